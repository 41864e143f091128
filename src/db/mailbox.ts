/** Mailboxes as they are polled: adoption, UIDVALIDITY, health. */
import type { Db } from "./connect.ts";

export type MailboxRow = {
  id: number;
  name: string;
  uid_validity: number | null;
  baseline_uid: number | null;
  adopted_at: number | null;
  validity_changed_at: number | null;
  state: string;
  state_detail: string | null;
  state_at: number;
};

export async function mailboxByName(db: Db, name: string, now: number): Promise<MailboxRow> {
  await db("mailbox").insert({ name, state: "new", state_at: now }).onConflict("name").ignore();
  return await db("mailbox").where({ name }).first();
}

export async function listMailboxes(db: Db): Promise<MailboxRow[]> {
  return await db("mailbox").orderBy("name").select();
}

/**
 * The first UID to look at. The first poll ever adopts the mailbox: its UIDNEXT is the baseline, so older mail enters only
 * by import. After a UIDVALIDITY change (RFC 9051 section 2.3.1.1) every message is looked at, and hashes decide what is known.
 */
export async function beginMailbox(
  tx: Db,
  name: string,
  facts: { uidValidity: number; uidNext: number },
  now: number,
): Promise<number> {
  const row = await mailboxByName(tx, name, now);
  if (row.uid_validity === facts.uidValidity && row.baseline_uid !== null) return row.baseline_uid;
  const first = row.adopted_at === null;
  const baseline = first ? facts.uidNext : 1;
  const change = first ? { adopted_at: now } : { validity_changed_at: now };
  await tx("mailbox")
    .where({ id: row.id })
    .update({ uid_validity: facts.uidValidity, baseline_uid: baseline, ...change });
  return baseline;
}

export async function setMailboxState(
  db: Db,
  name: string,
  state: string,
  detail: string | undefined,
  now: number,
): Promise<void> {
  await db("mailbox")
    .where({ name })
    .update({ state, state_detail: detail ?? null, state_at: now });
}

export async function mailboxById(db: Db, id: number): Promise<MailboxRow> {
  const row = await db("mailbox").where({ id }).first();
  if (!row) throw new Error(`There is no mailbox with id ${id}.`);
  return row;
}
