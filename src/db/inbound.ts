/** Inbound rows: one for every message of a mailbox, from the moment its bytes are stored. */
import type { RawMessage } from "../mail/types.ts";
import type { Db } from "./connect.ts";
import { type PackedRaw, putRaw } from "./raw.ts";

export type InboundState = "stored" | "recorded" | "held" | "quarantined" | "duplicate";

export type InboundRow = {
  id: number;
  mailbox_id: number;
  uid_validity: number;
  uid: number;
  raw_sha256: string | null;
  received_at: number;
  stored_at: number;
  state: InboundState;
  verdict: string | null;
  reason: string | null;
  hold_reason: string | null;
  message_id: string | null;
  from_address: string | null;
  subject: string | null;
  nature: string | null;
  auth: string | null;
  size: number;
  quiet: number;
  ticket_id: number | null;
  entry_id: number | null;
  duplicate_of: number | null;
  agent_id: number | null;
  parse_attempts: number;
  not_before: number;
  recorded_at: number | null;
  finished: number;
  decided: string | null;
  via_delivery_id: number | null;
  asked: string | null;
  reminded: number;
};

/** SQLite takes at most 32,766 variables a statement; chunks stay well below. */
const CHUNK = 900;
export const chunks = <T>(list: readonly T[], size = CHUNK): T[][] =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, n) => list.slice(n * size, (n + 1) * size));

type Place = { mailboxId: number; uidValidity: number };
const place = ({ mailboxId, uidValidity }: Place) => ({ mailbox_id: mailboxId, uid_validity: uidValidity });

/** Which of these UIDs have no row yet. */
export async function missingUids(db: Db, where: Place, uids: readonly number[]): Promise<number[]> {
  const known = new Set<number>();
  for (const part of chunks(uids))
    for (const uid of await db("inbound").where(place(where)).whereIn("uid", part).pluck("uid")) known.add(Number(uid));
  return uids.filter((uid) => !known.has(uid));
}

/** Stores a message; a UID that has a row already is left as it is. `quiet`: no automatic mail may come of it. */
export async function storeInbound(
  tx: Db,
  where: Place,
  message: RawMessage,
  raw: PackedRaw,
  quiet: boolean,
  now: number,
): Promise<void> {
  await putRaw(tx, raw, now);
  await tx("inbound")
    .insert({
      ...place(where),
      uid: message.uid,
      raw_sha256: raw.sha256,
      received_at: message.receivedAt,
      stored_at: now,
      state: "stored",
      size: raw.size,
      quiet: quiet ? 1 : 0,
    })
    .onConflict(["mailbox_id", "uid_validity", "uid"])
    .ignore();
}

/** A message over the size cap: it stays on the server, and this row makes it visible. */
export async function storeTooLarge(
  db: Db,
  where: Place,
  facts: {
    uid: number;
    size: number;
    reason: string;
    from?: string;
    subject?: string;
    messageId?: string;
    receivedAt: number;
  },
  now: number,
): Promise<void> {
  const seen = {
    from_address: facts.from ?? null,
    subject: facts.subject ?? null,
    message_id: facts.messageId ?? null,
  };
  await db("inbound")
    .insert({
      ...place(where),
      uid: facts.uid,
      received_at: facts.receivedAt,
      stored_at: now,
      state: "quarantined",
      verdict: "quarantine",
      reason: facts.reason,
      size: facts.size,
      finished: 1,
      ...seen,
    })
    .onConflict(["mailbox_id", "uid_validity", "uid"])
    .ignore();
}

export async function unfinishedUids(db: Db, where: Place, present: readonly number[]): Promise<number[]> {
  const found: number[] = [];
  for (const part of chunks(present))
    found.push(
      ...(
        await db("inbound")
          .where({ ...place(where), finished: 0 })
          .whereIn("uid", part)
          .orderBy("uid")
          .pluck("uid")
      ).map(Number),
    );
  return found;
}

export async function markFinished(db: Db, where: Place, uids: readonly number[]): Promise<void> {
  for (const part of chunks(uids)) await db("inbound").where(place(where)).whereIn("uid", part).update({ finished: 1 });
}

/** The next stored messages of a mailbox that are due, in the order of the mailbox. */
export async function nextStored(db: Db, mailboxId: number, now: number, limit: number): Promise<InboundRow[]> {
  return await db("inbound")
    .where({ mailbox_id: mailboxId, state: "stored" })
    .where("not_before", "<=", now)
    .orderBy("id")
    .limit(limit)
    .select();
}

export async function inboundById(db: Db, id: number): Promise<InboundRow | undefined> {
  return await db("inbound").where({ id }).first();
}

/** Locks the row for this transaction; SQLite's transaction holds the whole database already. */
export async function lockInbound(tx: Db, id: number): Promise<InboundRow | undefined> {
  const query = tx<InboundRow>("inbound").where({ id }).first();
  return await (String(tx.client.config.client) === "pg" ? query.forUpdate() : query);
}

export async function updateInbound(tx: Db, id: number, change: Partial<Omit<InboundRow, "id">>): Promise<void> {
  await tx("inbound").where({ id }).update(change);
}

export type InboundFilter = { state?: string; limit?: number };

export async function listInbound(db: Db, filter: InboundFilter): Promise<(InboundRow & { mailbox: string })[]> {
  const query = db("inbound")
    .join("mailbox", "mailbox.id", "inbound.mailbox_id")
    .select("inbound.*", "mailbox.name as mailbox")
    .orderBy("inbound.id", "desc")
    .limit(filter.limit ?? 50);
  return await (filter.state ? query.where("inbound.state", filter.state) : query);
}

export async function countInbound(db: Db): Promise<Record<string, number>> {
  const rows: { state: string; n: number }[] = await db("inbound")
    .groupBy("state")
    .select("state", db.raw("count(*) as n"));
  return Object.fromEntries(rows.map((row) => [String(row.state), Number(row.n)]));
}

/** Held messages whose time has come. */
export async function heldBefore(db: Db, reason: string, before: number, limit: number): Promise<InboundRow[]> {
  return await db("inbound")
    .where({ state: "held", hold_reason: reason })
    .where("recorded_at", "<=", before)
    .orderBy("id")
    .limit(limit)
    .select();
}

/** Agents' replies that are held for a reason of their own and of which so many reminders have gone out, oldest first. */
export async function heldReplies(db: Db, before: number, reminded: number, limit: number): Promise<InboundRow[]> {
  return await db("inbound")
    .where({ state: "held", reminded })
    .whereIn("hold_reason", ["command", "nothing-new", "ask", "review"])
    .where("recorded_at", "<=", before)
    .orderBy("id")
    .limit(limit)
    .select();
}

/**
 * An agent's replies that were stopped on this ticket are settled once they act on it: they have written anew. A question about one
 * waits for its answer, unless there is a new reply in its place.
 */
export async function settleStopped(
  tx: Db,
  ticketId: number,
  agentId: number,
  { inboundId: by, replied }: { readonly inboundId: number; readonly replied: boolean },
  now: number,
): Promise<void> {
  await tx("inbound")
    .where({ state: "held", ticket_id: ticketId, agent_id: agentId })
    .whereIn("hold_reason", ["command", "nothing-new", ...(replied ? ["ask"] : [])])
    .whereNot({ id: by })
    .update({
      state: "recorded",
      hold_reason: null,
      recorded_at: now,
      reason: tx.raw("reason || ?", [`; written anew as inbound ${by}`]),
    });
}
