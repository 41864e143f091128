/**
 * Taking a merge back: the entries that came with the merged ticket return, with their mails and references. What was written
 * since stays in the survivor, where it was written. Refused when an entry is no longer where the merge has put it.
 */
import { applyChanges } from "../db/apply.ts";
import { entriesOf, moveEntries } from "../db/entry.ts";
import { eventsOf, insertEvent } from "../db/event.ts";
import { closeAgain, dropParticipant, heldBack, moveRoutes, wantAgain } from "../db/merge.ts";
import { moveMessageRefs } from "../db/message-ref.ts";
import { lockTicket, ticketById, touchTicket } from "../db/ticket.ts";
import type { Actor, Cause, CausedChange, Ticket } from "../desk/types.ts";
import { MERGED, type MergeMemory } from "./merge.ts";
import { recountResponse } from "./due.ts";
import { Refused } from "./refused.ts";
import type { Unit } from "./stage.ts";

export type Unmerge = {
  /** Id of the merged ticket. */
  readonly ticket: number;
  readonly actor: Actor;
  readonly cause: Cause;
};

/** Returns the ticket that lives again. Throws `Refused`, before anything is written, with the reason. */
export async function unmergeTicket(unit: Unit, { ticket: id, actor, cause }: Unmerge): Promise<Ticket> {
  const { tx, now } = unit;
  const intoId = (await ticketById(tx, id))?.mergedInto;
  for (const one of [id, ...(intoId ? [intoId] : [])].sort((a, b) => a - b)) await lockTicket(tx, one);
  const ticket = await lockTicket(tx, id);
  if (ticket.mergedInto === null) throw new Refused(`${ticket.publicNumber} was not merged`);
  const into = await lockTicket(tx, ticket.mergedInto);
  if (into.mergedInto !== null)
    throw new Refused(`${into.publicNumber}, into which it was merged, was merged itself; take that back first`);
  const memory = await memoryOf(unit, ticket);
  await mustBeThere(unit, into, memory.entries);
  const entries = [...memory.entries];
  await moveEntries(tx, entries, into.id, ticket.id);
  await moveMessageRefs(tx, into.id, ticket.id, entries);
  await moveRoutes(tx, entries, ticket.id);
  await heldBack(tx, memory.held ?? [], into.id, ticket.id);
  await closeAgain(tx, memory.closings ?? []);
  for (const { id: notice, epoch } of await wantAgain(tx, memory.notices ?? []))
    unit.bells.push({ queue: "deliver", id: notice, epoch });
  await touchTicket(tx, ticket.id, { merged_into: null });
  await takeBack(unit, into, memory, { actor, cause });
  await insertEvent(tx, into.id, { name: "merge taken back", actor, cause, old: ticket.publicNumber }, now);
  await insertEvent(tx, ticket.id, { name: "merge taken back", actor, cause, old: into.publicNumber }, now);
  await revive(unit, ticket, memory, { actor, cause });
  await recountResponse(unit, into.id);
  return await recountResponse(unit, ticket.id);
}

async function memoryOf({ tx }: Unit, { id, publicNumber }: Ticket): Promise<MergeMemory> {
  const merged = (await eventsOf(tx, id)).findLast(({ name }) => name === MERGED);
  if (!merged?.detail) throw new Refused(`nothing is known of how ${publicNumber} was merged`);
  return JSON.parse(merged.detail) as MergeMemory;
}

async function mustBeThere({ tx }: Unit, into: Ticket, entries: readonly number[]): Promise<void> {
  const there = new Set((await entriesOf(tx, into.id)).map(({ id }) => id));
  const gone = entries.find((id) => !there.has(id));
  if (gone === undefined) return;
  const row = await tx("entry").where({ id: gone }).first("ticket_id");
  const where = row ? (await ticketById(tx, row.ticket_id))?.publicNumber : undefined;
  const place = where ? `is in ${where} now` : "is gone";
  throw new Refused(`entry ${gone} ${place} and not in ${into.publicNumber}, so the merge cannot be taken back`);
}

type By = { readonly actor: Actor; readonly cause: Cause };

/** Tags, watchers and participants that the merge brought go again; who has written in the survivor since stays. */
async function takeBack(unit: Unit, into: Ticket, memory: MergeMemory, { actor, cause }: By): Promise<void> {
  const { tx, ids, now } = unit;
  const back: CausedChange[] = [
    ...memory.tags.map((tag) => ({ change: { change: "untag", tag } as const, cause })),
    ...memory.watchers.map((who) => ({ change: { change: "unwatch", who } as const, cause })),
  ];
  await applyChanges(tx, into.id, back, actor, ids, now);
  for (const address of memory.participants)
    if (await dropParticipant(tx, into.id, address))
      await insertEvent(tx, into.id, { name: "takes no part", actor, cause, old: address }, now);
}

async function revive(unit: Unit, ticket: Ticket, memory: MergeMemory, { actor, cause }: By): Promise<void> {
  const { tx, ids, now } = unit;
  if (memory.status === "closed") return;
  const asleep = memory.status === "snoozed" && (memory.until ?? 0) > now;
  const to = memory.status === "snoozed" && !asleep ? "open" : memory.status;
  const changes: CausedChange[] = [
    { change: { change: "set-status", to, ...(asleep ? { until: memory.until! } : {}) }, cause },
    { change: { change: "set-waiting-for", to: memory.waitingFor }, cause },
  ];
  await applyChanges(tx, ticket.id, changes, actor, ids, now);
}
