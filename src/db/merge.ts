/** Rows that follow a ticket's entries when tickets are merged or split: routes that wait, mails that wait, held messages. */
import type { Db } from "./connect.ts";
import { isSqlite } from "./connect.ts";
import { chunks } from "./inbound.ts";

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

/** Notices that a ticket was or will be closed, which are not true once it is merged. Returns how many did not leave. */
export async function cancelClosingNotices(tx: Db, ticketId: number, why: string, now: number): Promise<number> {
  return await tx("delivery")
    .where({ ticket_id: ticketId, state: "pending" })
    .whereIn("kind", ["closure", "warning"])
    .update({ state: "cancelled", response: why, done_at: now });
}

/** A reply under way still goes out, but closes nothing: the ticket that it was to close goes on as part of another. */
export async function closeNothing(tx: Db, entryIds: readonly number[]): Promise<void> {
  for (const part of chunks(entryIds))
    await tx("delivery").whereIn("entry_id", part).whereNot({ state: "accepted" }).update({ on_accept: null });
}

/** Messages held for a ticket wait for the one that lives. */
export async function moveHeld(tx: Db, from: number, into: number): Promise<void> {
  await tx("inbound").where({ ticket_id: from, state: "held" }).update({ ticket_id: into });
}

/** Takes a participant out again, unless an entry in the ticket after this one is theirs. True when they are gone. */
export async function dropParticipant(tx: Db, ticketId: number, address: string, after = 0): Promise<boolean> {
  const theirs = tx("entry").where({ ticket_id: ticketId, author_address: address }).where("id", ">", after);
  if (await theirs.first("id")) return false;
  const known = tx("address").where({ address }).select("id");
  return (await tx("participant").where({ ticket_id: ticketId }).whereIn("address_id", known).delete()) > 0;
}
