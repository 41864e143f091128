/** The views of tickets: what is in each, and nothing that is not. */
import type { ListView } from "../desk/commands/command.ts";
import type { Sight } from "../desk/sight.ts";
import type { Ticket } from "../desk/types.ts";
import type { Db } from "./connect.ts";
import { DUE, type Found, found, type TicketQuery } from "./ticket-sight.ts";
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

/** Moments in UTC milliseconds: `now`, and the end of the agent's local day. */
export type Today = { readonly now: number; readonly dayEnds: number };

/** A view as an agent lists it: what they may see, in the order in which it is due. */
export async function listForAgent(db: Db, view: ListView, sight: Sight, today: Today, limit: number): Promise<Found> {
  return await found(db, sight, (query) => NARROW[view.view](query, view, sight, today), limit);
}

type Narrow = (query: TicketQuery, view: ListView, sight: Sight, today: Today) => TicketQuery;

const living: Narrow = (query) => query.where("ticket.spam", 0).whereNot("ticket.status", "closed");
const withStatus =
  (status: string): Narrow =>
  (query) =>
    query.where({ "ticket.spam": 0, "ticket.status": status });

const NARROW: Readonly<Record<ListView["view"], Narrow>> = {
  open: withStatus("open"),
  pending: withStatus("pending"),
  snoozed: withStatus("snoozed"),
  closed: withStatus("closed"),
  mine: (query, view, sight, today) => living(query, view, sight, today).where("agent.key", sight.key),
  unassigned: (query, view, sight, today) => living(query, view, sight, today).whereNull("ticket.assignee_id"),
  waiting: (query, view, sight, today) =>
    living(query, view, sight, today).where({ "ticket.status": "open", "ticket.waiting_for": "us" }),
  overdue: (query, view, sight, today) =>
    living(query, view, sight, today).where("ticket.waiting_for", "us").whereRaw(`${DUE} < ?`, [today.now]),
  due: (query, view, sight, today) =>
    living(query, view, sight, today).where("ticket.waiting_for", "us").whereRaw(`${DUE} < ?`, [today.dayEnds]),
  all: (query) => query.where("ticket.spam", 0),
  spam: (query) => query.where("ticket.spam", 1),
  department: (query, view, sight, today) =>
    living(query, view, sight, today).where("department.key", view.view === "department" ? view.department : ""),
  agent: (query, view, sight, today) =>
    living(query, view, sight, today).where("agent.key", view.view === "agent" ? view.agent : ""),
};
