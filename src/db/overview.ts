/** The tickets that an overview or a digest looks at. */
import type { Ticket } from "../desk/types.ts";
import type { Db } from "./connect.ts";
import type { DeliveryKind } from "./delivery.ts";
import { chunks } from "./inbound.ts";
import { selected, type TicketRow, toTicket } from "./ticket.ts";

/** More than that is no overview. Nearest due time first, so that nothing urgent is cut off. */
const MOST = 1_000;

/** What is open or pending and is this agent's, or nobody's in one of these departments. */
export async function ticketsBefore(db: Db, agentKey: string, departments: readonly string[]): Promise<Ticket[]> {
  const rows = await selected(db)
    .whereIn("ticket.status", ["open", "pending"])
    .where({ "ticket.spam": 0 })
    .whereNull("ticket.merged_into")
    .where(
      (one) =>
        void one
          .where("agent.key", agentKey)
          .orWhere((none) => void none.whereNull("ticket.assignee_id").whereIn("department.key", departments)),
    )
    .orderByRaw("coalesce(ticket.respond_due_at, ticket.resolve_due_at, 9007199254740991), ticket.id")
    .limit(MOST);
  return rows.map((row: unknown) => toTicket(row as TicketRow));
}

/** Tickets by their ids; each that was merged is looked up as the one that it is part of now. */
export async function livingTicketsOf(db: Db, ids: readonly number[]): Promise<Map<number, Ticket>> {
  const found = new Map<number, Ticket>();
  for (const part of chunks([...new Set(ids)])) {
    for (const row of await selected(db).whereIn("ticket.id", part)) found.set(row.id, toTicket(row as TicketRow));
  }
  const merged = [...found.values()].filter(({ mergedInto }) => mergedInto !== null);
  if (merged.length === 0) return found;
  const into = await livingTicketsOf(
    db,
    merged.map((ticket) => ticket.mergedInto!),
  );
  for (const ticket of merged) {
    const survivor = into.get(ticket.mergedInto!);
    if (survivor) found.set(ticket.id, survivor);
  }
  return found;
}

/** Who closed each of these tickets last, as the key of an agent; those that somebody else closed, or nobody, are not there. */
export async function closedByAgent(db: Db, ticketIds: readonly number[]): Promise<Map<number, string>> {
  const closers = new Map<number, string>();
  for (const part of chunks(ticketIds)) {
    const rows: { ticket_id: number; actor_kind: string; actor: string }[] = await db("event")
      .where({ name: "set-status", new: "closed" })
      .whereIn("ticket_id", part)
      .orderBy("id")
      .select("ticket_id", "actor_kind", "actor");
    for (const { ticket_id, actor_kind, actor } of rows) {
      if (actor_kind === "agent") closers.set(ticket_id, actor);
      else closers.delete(ticket_id);
    }
  }
  return closers;
}

/** The mailbox that the newest ticket of a support address came to. */
export async function mailboxOfAddress(db: Db, supportAddress: string): Promise<string | undefined> {
  const row = await db("ticket").where({ support_address: supportAddress }).orderBy("id", "desc").first("mailbox");
  return row?.mailbox;
}

/** Which of these causes have a delivery of this kind already, to whatever address. */
export async function writtenCauses(db: Db, kind: DeliveryKind, causes: readonly string[]): Promise<Set<string>> {
  const found = new Set<string>();
  for (const part of chunks(causes))
    for (const cause of await db("delivery").where({ kind }).whereIn("cause", part).pluck("cause")) found.add(cause);
  return found;
}
