/** The views of tickets: what is in each, and nothing that is not. */
import type { Ticket } from "../desk/types.ts";
import type { Db } from "./connect.ts";
import { selected, type TicketRow, toTicket } from "./ticket.ts";

export const TICKET_VIEWS = ["open", "pending", "snoozed", "closed", "unassigned", "overdue", "all", "spam"] as const;
export type TicketView = (typeof TICKET_VIEWS)[number];

export type TicketFilter = {
  readonly assignee?: string;
  readonly department?: string;
  readonly limit: number;
  readonly now: number;
};

/** Tickets of a view, newest first. What was merged is in none of them, spam in `spam` alone. */
export async function listTickets(db: Db, view: TicketView, filter: TicketFilter): Promise<Ticket[]> {
  let query = selected(db).orderBy("ticket.id", "desc").limit(filter.limit).whereNull("ticket.merged_into");
  query = query.where("ticket.spam", view === "spam" ? 1 : 0);
  if (view === "open" || view === "pending" || view === "snoozed" || view === "closed")
    query = query.where("ticket.status", view);
  if (view === "unassigned") query = query.whereNull("ticket.assignee_id").whereNot("ticket.status", "closed");
  if (view === "overdue")
    query = query
      .whereNot("ticket.status", "closed")
      .where("ticket.waiting_for", "us")
      .where((due) =>
        due.where("ticket.respond_due_at", "<", filter.now).orWhere("ticket.resolve_due_at", "<", filter.now),
      );
  if (filter.assignee) query = query.where("agent.key", filter.assignee);
  if (filter.department) query = query.where("department.key", filter.department);
  return (await query).map((row) => toTicket(row as TicketRow));
}
