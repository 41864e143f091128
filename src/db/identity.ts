/** Identities: the hashes by which the same mail is known again, whichever mailbox or poller brings it. Kept past retention. */
import type { Db } from "./connect.ts";

/** Same Message-ID, From and body count as the same mail for this long (design: I3). */
const SAME_MAIL_MS = 7 * 24 * 3600_000;

/**
 * Claims the hashes for this inbound message and returns the inbound id that owned one of them before, if any. Inserting
 * locks the row until the transaction ends, so two pollers with the same mail wait for each other here.
 * @param dated the hash of Message-ID, From and body, good for seven days; @param exact the hash of the raw bytes, good forever
 */
export async function claimIdentity(
  tx: Db,
  inboundId: number,
  exact: string,
  dated: string | undefined,
  now: number,
): Promise<number | undefined> {
  const owners: number[] = [];
  for (const hash of [exact, ...(dated ? [dated] : [])].sort()) {
    await tx("identity").insert({ hash, inbound_id: inboundId, created_at: now }).onConflict("hash").merge({ hash });
    const row = await tx("identity").where({ hash }).first();
    const owner = Number(row.inbound_id);
    if (owner === inboundId) continue;
    if (hash === dated && now - Number(row.created_at) > SAME_MAIL_MS)
      await tx("identity").where({ hash }).update({ inbound_id: inboundId, created_at: now });
    else owners.push(owner);
  }
  return owners[0];
}

/** The inbound id that `claimIdentity` would return; claims nothing. */
export async function knownIdentity(
  db: Db,
  inboundId: number | undefined,
  exact: string,
  dated: string | undefined,
  now: number,
): Promise<number | undefined> {
  for (const hash of [exact, ...(dated ? [dated] : [])].sort()) {
    const row = await db("identity").where({ hash }).first();
    if (!row || Number(row.inbound_id) === inboundId) continue;
    if (hash === exact || now - Number(row.created_at) <= SAME_MAIL_MS) return Number(row.inbound_id);
  }
  return undefined;
}
