/** `#merge` and `#link`: this ticket and another, which the agent names by its number. */
import type { UndoStep } from "../db/command.ts";
import { insertEvent } from "../db/event.ts";
import { lockTicket, survivor, ticketByNumber } from "../db/ticket.ts";
import { insertLink } from "../db/ticket-link.ts";
import type { CausedChange, Cause, Ticket } from "../desk/types.ts";
import type { ActDone, Acting } from "./acting.ts";
import { mustAgree } from "./ask.ts";
import { mergeTickets } from "./merge.ts";
import { Refused } from "./refused.ts";
import { sees } from "./sees.ts";

const UNDO: Cause = { kind: "command", detail: "#undo" };

/** Of a ticket that the agent may not see they hear nothing, nor do they open it for themselves by a merge. */
async function named({ recording: { unit }, agent }: Acting, number: number): Promise<Ticket> {
  const { prefix } = unit.desk;
  const ticket = await ticketByNumber(unit.tx, `${prefix}-${number}`);
  const living = ticket && ((await survivor(unit.tx, ticket.id)) ?? ticket);
  if (!living || !(await sees(unit, agent, living)))
    throw new Refused(`there is no ticket ${prefix}-${number} that you may see`);
  return ticket;
}

/** This ticket goes on in the other. Customers who would read one another's words: only when the agent has agreed. */
export async function mergeInto(acting: Acting, number: number): Promise<ActDone> {
  const { recording, ticket, actor } = acting;
  const { unit } = recording;
  const other = await named(acting, number);
  const before = (await survivor(unit.tx, other.id)) ?? other;
  const merge = { from: ticket.id, into: other.id, actor, cause: { kind: "command", detail: "#merge" } } as const;
  const into = await mergeTickets(unit, merge).catch(async (error: unknown) => {
    if (!(error instanceof Refused) || !error.unlessAnyway) throw error;
    mustAgree(recording, `merge ${before.publicNumber}`, `${error.message}. ${goesOn(ticket, before)}`);
    return await mergeTickets(unit, { ...merge, anyway: true });
  });
  const undo: UndoStep[] = [
    { undo: "unchanged", ticket: into.id, seq: (await lockTicket(unit.tx, into.id)).seq },
    { undo: "unmerge", ticket: ticket.id },
    { undo: "restore", ticket: into.id, changes: lifeOf(before) },
  ];
  return { result: goesOn(ticket, into), undo };
}

const goesOn = (from: Ticket, into: Ticket): string => `${from.publicNumber} goes on in ${into.publicNumber}`;

/** The other ticket's status and whom it waits for, which a merge may have changed. */
export function lifeOf({ status, snoozedUntil, closedAt, waitingFor }: Ticket): CausedChange[] {
  const more = {
    ...(snoozedUntil === null ? {} : { until: snoozedUntil }),
    ...(closedAt === null ? {} : { closedAt }),
  };
  return [
    { change: { change: "set-status", to: status, ...more }, cause: UNDO },
    { change: { change: "set-waiting-for", to: waitingFor }, cause: UNDO },
  ];
}

/** Each names the other; nobody reads more than before. */
export async function linkTicket(acting: Acting, number: number): Promise<ActDone> {
  const { recording, ticket, actor } = acting;
  const { tx, now } = recording.unit;
  const other = await named(acting, number);
  if (other.id === ticket.id) throw new Refused(`${ticket.publicNumber} cannot be linked with itself`);
  if (other.mergedInto !== null) {
    const living = (await survivor(tx, other.id))?.publicNumber;
    throw new Refused(`${other.publicNumber} was merged into ${living}; link that one`);
  }
  if (!(await insertLink(tx, ticket.id, other.id, now)))
    return { result: `it was linked with ${other.publicNumber} already`, undo: [] };
  const cause: Cause = { kind: "command", detail: "#link" };
  await insertEvent(tx, ticket.id, { name: "linked", actor, cause, new: other.publicNumber }, now);
  await insertEvent(tx, other.id, { name: "linked", actor, cause, new: ticket.publicNumber }, now);
  return {
    result: `linked with ${other.publicNumber} (${other.subject})`,
    undo: [{ undo: "unlink", other: other.id }],
  };
}
