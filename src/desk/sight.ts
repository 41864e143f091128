/**
 * Which tickets an agent may see in lists, threads and figures: those of their departments, those that are theirs, and those
 * they watch; leads and admins all. Nobody sees a ticket in which they are the customer or take part: they would read notes
 * about themselves.
 */
import { partIn } from "./part-in.ts";
import type { Agent, Ticket } from "./types.ts";

export type Sight = Pick<Agent, "key" | "emails"> & { readonly departments: Agent["departments"] | "all" };

export function sightOf({ key, emails, role, departments }: Agent): Sight {
  return { key, emails, departments: role === "lead" || role === "admin" ? "all" : departments };
}

/** The same question as `withinSight` of the store, for one ticket. */
export function maySee(
  { key, emails, departments }: Sight,
  ticket: Pick<Ticket, "department" | "assignee" | "watchers" | "customer" | "participants">,
): boolean {
  if (partIn(ticket, emails) !== undefined) return false;
  if (departments === "all" || departments.includes(ticket.department) || ticket.assignee === key) return true;
  return ticket.watchers.some((who) => who === key || (emails as readonly string[]).includes(who));
}

/** The next due time (UTC ms), as a list names it: the answer's while there is none, or the solution's. Null once it is closed. */
export function nextDue(
  ticket: Pick<Ticket, "status" | "respondDueAt" | "respondedAt" | "resolveDueAt">,
): number | null {
  if (ticket.status === "closed") return null;
  const times = [ticket.respondedAt === null ? ticket.respondDueAt : null, ticket.resolveDueAt];
  const due = times.filter((at) => at !== null);
  return due.length === 0 ? null : Math.min(...due);
}

/** Late, and it is our turn. */
export function isOverdue(ticket: Parameters<typeof nextDue>[0] & Pick<Ticket, "waitingFor">, now: number): boolean {
  const due = nextDue(ticket);
  return due !== null && due < now && ticket.waitingFor === "us";
}
