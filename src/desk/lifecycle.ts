/** The life of a ticket: which status may follow which, at whose hands, and who has to act next. */
import { Temporal } from "temporal-polyfill";
import type { Actor, Desk, Status, Ticket } from "./types.ts";

type ActorKind = Actor["kind"];

export type Transition = { readonly from: Status; readonly to: Status; readonly by: readonly ActorKind[] };

const DESK: readonly ActorKind[] = ["agent", "admin", "postern"];
/** Whoever writes to the ticket wakes it; only the desk puts it to rest. */
const ANYONE: readonly ActorKind[] = [...DESK, "customer", "participant", "stranger"];

/** Every legal change of status. What is not in this table does not happen. */
export const TRANSITIONS: readonly Transition[] = [
  { from: "open", to: "pending", by: DESK },
  { from: "open", to: "closed", by: DESK },
  { from: "pending", to: "open", by: ANYONE },
  { from: "pending", to: "closed", by: DESK },
  { from: "closed", to: "open", by: ANYONE },
  { from: "closed", to: "pending", by: DESK },
];

/** May this kind of actor change the status like this? Staying as it is needs nobody's leave. */
export function mayChangeStatus(from: Status, to: Status, by: ActorKind): boolean {
  return from === to || TRANSITIONS.some((row) => row.from === from && row.to === to && row.by.includes(by));
}

/**
 * The last moment (UTC milliseconds) at which a customer's reply still reopens a closed ticket: the end of the local
 * day, because the closure notice names a date. Null while the ticket is not closed.
 */
export function reopenUntil(ticket: Pick<Ticket, "status" | "closedAt">, desk: Desk): number | null {
  if (ticket.status !== "closed" || ticket.closedAt === null) return null;
  const closed = Temporal.Instant.fromEpochMilliseconds(ticket.closedAt).toZonedDateTimeISO(desk.timeZone);
  const dayAfter = closed.toPlainDate().add({ days: desk.defaults.reopenDays + 1 });
  return dayAfter.toZonedDateTime({ timeZone: desk.timeZone }).epochMilliseconds - 1;
}

/**
 * May a follow-up that arrives at `at` go on in this ticket? True for tickets that are not closed; for closed ones
 * within the reopen window. False = it opens a new, linked ticket. A merged ticket never goes on: its survivor does.
 */
export function mayReopen(ticket: Pick<Ticket, "status" | "closedAt" | "mergedInto">, at: number, desk: Desk): boolean {
  if (ticket.mergedInto !== null) return false;
  if (ticket.status !== "closed") return true;
  const until = reopenUntil(ticket, desk);
  return until !== null && at <= until;
}

export type LifeEvent = "opened" | "customer-message" | "agent-reply" | "reopened" | "pending" | "closed";

const WAITING_FOR: Readonly<Record<LifeEvent, Ticket["waitingFor"]>> = {
  opened: "us",
  "customer-message": "us",
  "agent-reply": "customer",
  reopened: "us",
  pending: "customer",
  closed: null,
};

/** Who has to act after this happened. */
export function waitingForAfter(event: LifeEvent): Ticket["waitingFor"] {
  return WAITING_FOR[event];
}
