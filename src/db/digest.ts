/** What agents want to read in one mail instead of many: a line for each piece of news, until a mail has told it. */
import type { NoticeEvent } from "../desk/types.ts";
import type { Db } from "./connect.ts";
import type { EntryRow } from "./entry.ts";
import { chunks } from "./inbound.ts";

export type DigestLine = {
  readonly agentId: number;
  readonly ticketId: number;
  /** The words that it is about; null when there are none. */
  readonly entryId: number | null;
  readonly event: NoticeEvent;
  /** As of a delivery: an agent reads of one cause once. */
  readonly cause: string;
};

export type DigestLineRow = {
  id: number;
  agent_id: number;
  ticket_id: number;
  entry_id: number | null;
  event: NoticeEvent;
  cause: string;
  at: number | string;
  delivery_id: number | null;
};

/** Adds a line that happened `now` (UTC ms); false when the agent has one of this cause already, told or not. */
export async function addDigestLine(tx: Db, line: DigestLine, now: number): Promise<boolean> {
  const rows = await tx("digest_line")
    .insert({
      agent_id: line.agentId,
      ticket_id: line.ticketId,
      entry_id: line.entryId,
      event: line.event,
      cause: line.cause,
      at: now,
    })
    .onConflict(["agent_id", "cause"])
    .ignore()
    .returning("id");
  return rows.length > 0;
}

/** The agents for whom lines wait, each with the time of their oldest one (UTC ms). */
export async function agentsWithDigest(db: Db): Promise<{ agentId: number; since: number }[]> {
  const rows: { agent_id: number; since: number | string }[] = await db("digest_line")
    .where({ delivery_id: null })
    .groupBy("agent_id")
    .orderBy("agent_id")
    .select("agent_id", db.raw("min(at) as since"));
  return rows.map(({ agent_id, since }) => ({ agentId: agent_id, since: Number(since) }));
}

/** An agent's lines that no mail has told yet, oldest first. */
export async function pendingDigestLines(db: Db, agentId: number): Promise<DigestLineRow[]> {
  return await db("digest_line").where({ agent_id: agentId, delivery_id: null }).orderBy("id").select();
}

/** These lines were told by this mail. */
export async function markDigestTold(tx: Db, ids: readonly number[], deliveryId: number): Promise<void> {
  for (const part of chunks(ids)) await tx("digest_line").whereIn("id", part).update({ delivery_id: deliveryId });
}

/** Lines that nobody has to read any more, as the ticket does not concern the agent now. */
export async function dropDigestLines(tx: Db, ids: readonly number[]): Promise<void> {
  for (const part of chunks(ids)) await tx("digest_line").whereIn("id", part).delete();
}

/** Entries by their ids, in no order; those that are gone are left out. */
export async function entriesByIds(db: Db, ids: readonly number[]): Promise<EntryRow[]> {
  const found: EntryRow[] = [];
  for (const part of chunks([...new Set(ids)])) found.push(...(await db("entry").whereIn("id", part).select()));
  return found;
}
