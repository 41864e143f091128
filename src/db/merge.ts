/** Rows that follow a ticket's entries when tickets are merged or split: routes that wait, mails that wait, held messages. */
import type { Db } from "./connect.ts";
import { isSqlite } from "./connect.ts";
import { chunks } from "./inbound.ts";

/** A reply that was to close its ticket once it is accepted; `onAccept` as its row has it. */
export type Closing = { readonly id: number; readonly onAccept: string };

/** Takes the route rows of a ticket that wait, before its own row is locked: in the order in which a worker locks them. */
export async function lockRoutesOf(tx: Db, ticketId: number): Promise<void> {
  if (isSqlite(tx)) return;
  await tx("route").where({ ticket_id: ticketId, state: "pending" }).orderBy("id").forUpdate().select("id");
}

/** Whether the rules have yet to see a new ticket for the first time. */
export async function waitsForFirstRoute(tx: Db, ticketId: number): Promise<boolean> {
  return Boolean(await tx("route").where({ ticket_id: ticketId, state: "pending", trigger: "opened" }).first("id"));
}

/**
 * What the rules had not looked at yet: words go with their ticket, as a reply there; what was about the merged ticket
 * itself is done with. The row in hand (`except`) is the caller's.
 */
export async function mergeRoutes(
  tx: Db,
  from: number,
  into: number,
  except: number | undefined,
  why: string,
  now: number,
): Promise<number[]> {
  const waiting = () =>
    tx("route")
      .where({ ticket_id: from, state: "pending" })
      .whereNot({ id: except ?? 0 });
  await waiting()
    .whereNull("entry_id")
    .update({ state: "done", done_at: now, trace: JSON.stringify({ because: why }) });
  const ids: number[] = await waiting().orderBy("id").pluck("id");
  await waiting().where({ trigger: "opened" }).update({ trigger: "customer_replied" });
  await waiting().update({ ticket_id: into, plus_tag: null });
  return ids;
}

/** Route rows of these entries that wait, to the ticket where the entries are now. */
export async function moveRoutes(tx: Db, entryIds: readonly number[], to: number): Promise<void> {
  for (const part of chunks(entryIds))
    await tx("route").whereIn("entry_id", part).where({ state: "pending" }).update({ ticket_id: to });
}

/** Notices that a ticket was or will be closed, which are not true once it is merged. Returns the ids of those that did not leave. */
export async function cancelClosingNotices(tx: Db, ticketId: number, why: string, now: number): Promise<number[]> {
  const rows: { id: number }[] = await tx("delivery")
    .where({ ticket_id: ticketId, state: "pending" })
    .whereIn("kind", ["closure", "warning"])
    .update({ state: "cancelled", response: why, done_at: now })
    .returning("id");
  return rows.map(({ id }) => id);
}

/** The merge was taken back: they are true again. Returns those that wait again, for their bells. */
export async function wantAgain(tx: Db, ids: readonly number[]): Promise<{ id: number; epoch: number }[]> {
  return await tx("delivery")
    .whereIn("id", ids)
    .where({ state: "cancelled" })
    .update({ state: "pending", response: null, done_at: null })
    .returning(["id", "epoch"]);
}

/** A reply under way still goes out, but closes nothing: the ticket that it was to close goes on as part of another. Returns what they were to do. */
export async function closeNothing(tx: Db, entryIds: readonly number[]): Promise<Closing[]> {
  const found: Closing[] = [];
  for (const part of chunks(entryIds)) {
    const closing = () => tx("delivery").whereIn("entry_id", part).whereNot({ state: "accepted" });
    found.push(...(await closing().whereNotNull("on_accept").orderBy("id").select("id", "on_accept as onAccept")));
    await closing().update({ on_accept: null });
  }
  return found;
}

/** The merge was taken back: what has not arrived yet closes its ticket again. */
export async function closeAgain(tx: Db, closings: readonly Closing[]): Promise<void> {
  for (const { id, onAccept } of closings)
    await tx("delivery").where({ id }).whereNot({ state: "accepted" }).update({ on_accept: onAccept });
}

/** Messages held for a ticket wait for the one that lives. Returns their ids. */
export async function moveHeld(tx: Db, from: number, into: number): Promise<number[]> {
  const rows: { id: number }[] = await tx("inbound")
    .where({ ticket_id: from, state: "held" })
    .update({ ticket_id: into })
    .returning("id");
  return rows.map(({ id }) => id);
}

/** The merge was taken back: of these messages, those that still wait in `from` wait for `to`. */
export async function heldBack(tx: Db, ids: readonly number[], from: number, to: number): Promise<void> {
  for (const part of chunks(ids))
    await tx("inbound").whereIn("id", part).where({ ticket_id: from, state: "held" }).update({ ticket_id: to });
}

/** Takes a participant out again, unless an entry in the ticket after this one is theirs. True when they are gone. */
export async function dropParticipant(tx: Db, ticketId: number, address: string, after = 0): Promise<boolean> {
  const theirs = tx("entry").where({ ticket_id: ticketId, author_address: address }).where("id", ">", after);
  if (await theirs.first("id")) return false;
  const known = tx("address").where({ address }).select("id");
  return (await tx("participant").where({ ticket_id: ticketId }).whereIn("address_id", known).delete()) > 0;
}
