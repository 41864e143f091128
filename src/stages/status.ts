/** A change of status by itself: the table of the lifecycle is asked. (`applyChanges` leaves the row for the rules of `status_changed`.) */
import { applyChanges } from "../db/apply.ts";
import { type Move, statusRefusal, waitingForAfterMove } from "../desk/lifecycle.ts";
import type { Actor, Cause, CausedChange, Ticket } from "../desk/types.ts";
import { Refused } from "./refused.ts";
import type { Unit } from "./stage.ts";

export type StatusChange = Move & { readonly actor: Actor; readonly cause: Cause };

/**
 * Changes the status of a ticket that this transaction has locked, and says who is waited for.
 * Nothing happens when it is so already. Throws `Refused` with the reason when the lifecycle forbids it.
 */
export async function changeStatus(unit: Unit, ticket: Ticket, change: StatusChange): Promise<Ticket> {
  const { to, until, actor, cause } = change;
  const refused = statusRefusal(ticket, { to, until }, actor.kind);
  if (refused) throw new Refused(refused);
  if (ticket.status === to && ticket.snoozedUntil === (until ?? null)) return ticket;
  const changes: CausedChange[] = [
    { change: { change: "set-status", to, ...(until === undefined ? {} : { until }) }, cause },
    { change: { change: "set-waiting-for", to: waitingForAfterMove(ticket, to) }, cause },
  ];
  return await applyChanges(unit.tx, ticket.id, changes, actor, unit.ids, unit.now);
}
