/**
 * The life of a ticket: which status may follow which, at whose hands, who has to act next, how long a closed ticket can
 * be woken, and when a pending one is closed by itself. Whoever sets a status asks here first.
 */
import { Temporal } from "temporal-polyfill";
import type { Actor, DepartmentKey, Desk, Status, Ticket } from "./types.ts";

type ActorKind = Actor["kind"];

export type Transition = { readonly from: Status; readonly to: Status; readonly by: readonly ActorKind[] };

/** Rules and the clock act as postern. */
const DESK: readonly ActorKind[] = ["agent", "admin", "postern"];
/** What is closed is put to rest again by a person only: a rule that meets a mere thanks must not bring it back to life. */
const PEOPLE: readonly ActorKind[] = ["agent", "admin"];
/** Whoever writes to the ticket wakes it; only the desk puts it to rest. */
const ANYONE: readonly ActorKind[] = [...DESK, "customer", "participant", "stranger"];

/** Every legal change of status. What is not in this table does not happen. */
export const TRANSITIONS: readonly Transition[] = [
  { from: "open", to: "pending", by: DESK },
  { from: "open", to: "snoozed", by: DESK },
  { from: "open", to: "closed", by: DESK },
  { from: "pending", to: "open", by: ANYONE },
  { from: "pending", to: "snoozed", by: DESK },
  { from: "pending", to: "closed", by: DESK },
  { from: "snoozed", to: "open", by: ANYONE },
  { from: "snoozed", to: "pending", by: DESK },
  // Until another moment.
  { from: "snoozed", to: "snoozed", by: DESK },
  { from: "snoozed", to: "closed", by: DESK },
  { from: "closed", to: "open", by: ANYONE },
  { from: "closed", to: "pending", by: PEOPLE },
  { from: "closed", to: "snoozed", by: PEOPLE },
];

/** May this kind of actor change the status like this? Staying as it is needs nobody's leave. */
export function mayChangeStatus(from: Status, to: Status, by: ActorKind): boolean {
  return from === to || TRANSITIONS.some((row) => row.from === from && row.to === to && row.by.includes(by));
}

const NAMES: Readonly<Record<ActorKind, string>> = {
  customer: "a customer",
  participant: "a participant",
  stranger: "a stranger",
  agent: "an agent",
  admin: "an admin",
  postern: "a rule or the clock",
};

/** Where a ticket is to go; `until` (UTC ms) belongs to snoozed. One that has passed wakes it in the next round of the clock. */
export type Move = { readonly to: Status; readonly until?: number };

/** Why the status may not be changed like this, a clause for people; undefined when it may. */
export function statusRefusal(
  ticket: Pick<Ticket, "publicNumber" | "status" | "mergedInto">,
  { to, until }: Move,
  by: ActorKind,
): string | undefined {
  const { publicNumber, status, mergedInto } = ticket;
  if (status === to && to !== "snoozed") return undefined;
  if (mergedInto !== null) return `${publicNumber} was merged into another ticket, and that one goes on`;
  if (to === "snoozed" && until === undefined) return "a snoozed ticket needs a moment at which it wakes";
  if (TRANSITIONS.some((row) => row.from === status && row.to === to && row.by.includes(by))) return undefined;
  return `${status === "open" ? "an" : "a"} ${status} ticket is not made ${to} by ${NAMES[by]}`;
}

type Closed = Pick<Ticket, "status" | "closedAt" | "department">;

/** Days after closing in which a customer's reply reopens: the department's, else the desk's. */
export function reopenDays(department: DepartmentKey, desk: Desk): number {
  return desk.departments[department]?.reopenDays ?? desk.defaults.reopenDays;
}

/**
 * The last moment (UTC milliseconds) at which a customer's reply still reopens a closed ticket: the end of the local
 * day, because the closure notice names a date. Null while the ticket is not closed.
 */
export function reopenUntil(ticket: Closed, desk: Desk): number | null {
  if (ticket.status !== "closed" || ticket.closedAt === null) return null;
  const closed = Temporal.Instant.fromEpochMilliseconds(ticket.closedAt).toZonedDateTimeISO(desk.timeZone);
  const dayAfter = closed.toPlainDate().add({ days: reopenDays(ticket.department, desk) + 1 });
  return dayAfter.toZonedDateTime({ timeZone: desk.timeZone }).epochMilliseconds - 1;
}

/**
 * May a follow-up that arrives at `at` go on in this ticket? True for tickets that are not closed; for closed ones
 * within the reopen window. False = it opens a new, linked ticket. A merged ticket never goes on: its survivor does.
 */
export function mayReopen(ticket: Closed & Pick<Ticket, "mergedInto">, at: number, desk: Desk): boolean {
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

/**
 * Who has to act after a change of status alone. Sleeping changes nothing about that: it is the same after waking. A closed
 * ticket, which waits for nobody, is put to sleep to be looked at again by us.
 */
export function waitingForAfterMove(ticket: Pick<Ticket, "status" | "waitingFor">, to: Status): Ticket["waitingFor"] {
  if (to === "snoozed" || (ticket.status === "snoozed" && to === "open"))
    return ticket.waitingFor ?? waitingForAfter("reopened");
  if (ticket.status === to) return ticket.waitingFor;
  return waitingForAfter(to === "open" ? "reopened" : to);
}

const DAY = 24 * 3600_000;

/** A pending ticket as the closing looks at it; times in UTC ms. */
export type PendingTicket = {
  readonly department: DepartmentKey;
  readonly statusSince: number;
  /** The last entry that somebody wrote; automatic answers and reports do not count. */
  readonly lastEntryAt: number | null;
  /** When the customer was told that it will be closed. */
  readonly warnedAt: number | null;
};

export type PendingStep = { readonly step: "wait" | "warn" | "close"; readonly closeAt: number };

/** Days after which a pending ticket is closed: the department's, else the desk's; undefined = never. */
export function closePendingDays(department: DepartmentKey, desk: Desk): number | undefined {
  return desk.departments[department]?.closePendingDays ?? desk.defaults.closePendingDays;
}

/**
 * What time has come for. Days are 24 hours, counted from the later of the status and the last entry. Nothing is closed
 * before the customer has had the whole warning; a warning from before the last entry is none.
 */
export function pendingStep(ticket: PendingTicket, desk: Desk, now: number): PendingStep | undefined {
  const days = closePendingDays(ticket.department, desk);
  if (days === undefined) return undefined;
  const since = Math.max(ticket.statusSince, ticket.lastEntryAt ?? 0);
  const due = since + days * DAY;
  const warning = Math.min(desk.defaults.closeWarningDays, days) * DAY;
  if (warning === 0) return { step: now >= due ? "close" : "wait", closeAt: due };
  const warnedAt = ticket.warnedAt !== null && ticket.warnedAt >= since ? ticket.warnedAt : undefined;
  if (warnedAt === undefined)
    return { step: now >= due - warning ? "warn" : "wait", closeAt: Math.max(due, now + warning) };
  const closeAt = Math.max(due, warnedAt + warning);
  return { step: now >= closeAt ? "close" : "wait", closeAt };
}
