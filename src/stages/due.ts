/** When an answer and a solution are due: made true again after whatever due times depend on, in the same transaction. */
import { firstAnswerAt, forgetPauses, reckonSla } from "../db/sla.ts";
import { lockTicket, touchTicket } from "../db/ticket.ts";
import type { Ticket } from "../desk/types.ts";
import type { Unit } from "./stage.ts";

/** Reckons pauses and due times by the ticket as it stands, and returns it. `applyChanges` does it after its own changes. */
export async function reckonDue({ tx, desk, now }: Unit, ticketId: number): Promise<Ticket> {
  return await reckonSla(tx, desk, await lockTicket(tx, ticketId), now);
}

/** An agent has answered; the first answer ends the clock that waits for it. */
export async function noteResponse(unit: Unit, ticketId: number): Promise<Ticket> {
  const ticket = await lockTicket(unit.tx, ticketId);
  if (ticket.respondedAt !== null) return ticket;
  await touchTicket(unit.tx, ticketId, { responded_at: unit.now });
  return await reckonDue(unit, ticketId);
}

/**
 * What an agent did since `since` (UTC milliseconds) was taken back: what they wrote was no answer, and the time until now
 * counts as it did before. The entry is marked as taken back already.
 */
export async function takeBackResponse(unit: Unit, ticketId: number, since: number): Promise<Ticket> {
  await forgetPauses(unit.tx, ticketId, since);
  return await recountResponse(unit, ticketId);
}

/** Entries came or went (merge, split, #undo): when the first answer was written is looked up again. */
export async function recountResponse(unit: Unit, ticketId: number): Promise<Ticket> {
  await touchTicket(unit.tx, ticketId, { responded_at: await firstAnswerAt(unit.tx, ticketId) });
  return await reckonDue(unit, ticketId);
}
