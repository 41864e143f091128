/**
 * A ticket as it stood before its rules looked at a message: its events are taken back, the last one first. Pure. Due
 * times are not among the events and stay unknown.
 */
import type { EventRow } from "../db/event.ts";
import type { RuleTicket } from "../desk/rules/facts.ts";
import type { EmailAddress, Person, Priority, Status, Ticket } from "../desk/types.ts";

export type PastTicket = {
  readonly ticket: RuleTicket;
  readonly customer: Person;
  readonly waitingFor: Ticket["waitingFor"];
  readonly statusSince: number;
  readonly lastCustomerAt: number;
  readonly lastAgentAt: number | null;
};

type Undone = RuleTicket & Pick<Ticket, "waitingFor" | "customer">;

const WROTE = /^(?:opened|(?:customer|participant|stranger) replied)$/;
const ANSWERED = new Set(["reply written", "answered outside"]);

/**
 * @param ticket as it stands now; @param events all of it, oldest first
 * @param message the inbound message, its entry, and when the rules looked at it
 */
export function ticketBefore(
  ticket: Ticket,
  events: readonly EventRow[],
  message: { readonly inboundId: number; readonly entryId: number; readonly routedAt: number },
): PastTicket {
  const cut = firstAfter(events, message);
  const earlier = events.slice(0, cut);
  const then = events.slice(cut).toReversed().reduce<Undone>(undo, ticket);
  const last = (wanted: (event: EventRow) => boolean) => earlier.findLast(wanted)?.at;
  return {
    ticket: then,
    customer: then.customer,
    waitingFor: then.waitingFor,
    statusSince: last(({ name }) => name === "set-status") ?? ticket.openedAt,
    lastCustomerAt: last(({ name }) => WROTE.test(name)) ?? ticket.openedAt,
    lastAgentAt: last(({ name }) => ANSWERED.has(name)) ?? null,
  };
}

/** What the rules saw includes what recording the message did; both may have happened in one millisecond. */
function firstAfter(
  events: readonly EventRow[],
  { inboundId, entryId, routedAt }: { inboundId: number; entryId: number; routedAt: number },
): number {
  const recorded = events.findIndex((event) => event.new === `entry ${entryId}`);
  const own = new RegExp(`^inbound ${inboundId}\\b`);
  const after = events.findIndex(
    ({ at, cause, actor_kind: actor }, n) =>
      n > recorded && at >= routedAt && !(own.test(cause) && actor !== "postern"),
  );
  return after < 0 ? events.length : after;
}

function undo(ticket: Undone, { name, old, new: to }: EventRow): Undone {
  switch (name) {
    case "set-status":
      // `snoozed until 2026-…`: the first word is the status.
      return { ...ticket, status: (old ?? "open").split(" ", 1)[0] as Status };
    case "set-priority":
      return { ...ticket, priority: old as Priority };
    case "set-department":
      return { ...ticket, department: old ?? ticket.department };
    case "set-topic":
      return { ...ticket, topic: old };
    case "set-sla":
      return { ...ticket, sla: old };
    case "assign":
      return { ...ticket, assignee: old };
    case "set-waiting-for":
      return { ...ticket, waitingFor: old as Ticket["waitingFor"] };
    case "set-customer":
      return { ...ticket, customer: { name: "", address: (old ?? ticket.customer.address) as EmailAddress } };
    case "tag":
      return { ...ticket, tags: ticket.tags.filter((tag) => tag !== to) };
    case "untag":
      return { ...ticket, tags: old === null ? ticket.tags : [...ticket.tags, old].sort() };
    case "watch":
      return { ...ticket, watchers: ticket.watchers.filter((who) => who !== to) };
    case "unwatch":
      return { ...ticket, watchers: old === null ? ticket.watchers : [...ticket.watchers, old].sort() };
    default:
      return ticket;
  }
}
