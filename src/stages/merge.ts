/**
 * Merging: the entries of one ticket go on in another, the survivor, and everything by which answers are found leads there.
 * Nobody sees another customer's thread unasked (I6): the two customers are one person or of one organization, or a human
 * has said "anyway". What was done is kept with the merged ticket's event, so that it can be taken back (unmerge.ts).
 *
 * What waits: words that the rules have not seen are routed as a reply in the survivor. A mail of the merged ticket that has
 * not left still leaves (its answers arrive in the survivor), but a reply with #close closes nothing, and notices that the
 * ticket was or will be closed are cancelled. Acknowledgements are not sent again.
 */
import { applyChanges } from "../db/apply.ts";
import { entriesOf, moveEntries } from "../db/entry.ts";
import { insertEvent } from "../db/event.ts";
import { cancelClosingNotices, type Closing, closeNothing, lockRoutesOf, mergeRoutes, moveHeld } from "../db/merge.ts";
import { moveMessageRefs } from "../db/message-ref.ts";
import { addressesOf } from "../db/people.ts";
import { addParticipant, lockTicket, survivor, touchTicket } from "../db/ticket.ts";
import { statusRefusal } from "../desk/lifecycle.ts";
import type { Actor, Cause, CausedChange, Person, Status, Ticket } from "../desk/types.ts";
import { recountResponse } from "./due.ts";
import { Refused } from "./refused.ts";
import type { Unit } from "./stage.ts";
import { changeStatus } from "./status.ts";
import { belongTogether } from "./strangers.ts";
import { mayTakePart } from "./take-part.ts";

export type Merge = {
  /** Ids of the ticket that ends and of the one that goes on. */
  readonly from: number;
  readonly into: number;
  readonly actor: Actor;
  readonly cause: Cause;
  /** A human knows that two customers will read one another. */
  readonly anyway?: boolean;
  /** Nobody but its customer comes along: by a subject and a From alone a stranger in Cc would read the survivor. */
  readonly customerOnly?: boolean;
  /** Nobody comes along and no status changes: what was split off comes back (#undo). */
  readonly alone?: boolean;
  /** The route row that the caller has in hand and finishes itself. */
  readonly routeInHand?: number;
};

/** What an unmerge needs to know; the detail of the merged ticket's event. */
export type MergeMemory = {
  readonly entries: readonly number[];
  readonly participants: readonly string[];
  readonly tags: readonly string[];
  readonly watchers: readonly string[];
  readonly status: Status;
  readonly until: number | null;
  readonly waitingFor: Ticket["waitingFor"];
  /** Messages that were held for it, and mails that were to close it or to say so; unknown of old merges. */
  readonly held?: readonly number[];
  readonly notices?: readonly number[];
  readonly closings?: readonly Closing[];
};

export const MERGED = "merged";

/** Merges and returns the survivor as it stands then. Throws `Refused`, before anything is written, with the reason. */
export async function mergeTickets(unit: Unit, merge: Merge): Promise<Ticket> {
  const { tx, now } = unit;
  const { actor, cause } = merge;
  await lockRoutesOf(tx, merge.from);
  const [from, into] = await lockBoth(unit, merge.from, merge.into);
  const against = refusal(from, into, merge);
  if (against) throw new Refused(against);
  const strangers = await strangersTo(unit, from, into, merge);
  if (strangers) throw new Refused(strangers, { unlessAnyway: true });
  const entries = (await entriesOf(tx, from.id)).map(({ id }) => id);
  const why = `${from.publicNumber} was merged into ${into.publicNumber}`;
  const notices = await cancelClosingNotices(tx, from.id, why, now);
  const closings = await closeNothing(tx, entries);
  await moveEntries(tx, entries, from.id, into.id);
  await moveMessageRefs(tx, from.id, into.id, "all");
  const held = await moveHeld(tx, from.id, into.id);
  const routes = await mergeRoutes(tx, from.id, into.id, merge.routeInHand, why, now);
  unit.bells.push(...routes.map((id) => ({ queue: "route", id }) as const));
  const participants = await joinParticipants(unit, from, into, merge);
  const tags = from.tags.filter((tag) => !into.tags.includes(tag));
  const watchers = from.watchers.filter((who) => !into.watchers.includes(who));
  const moved = { entries, participants, tags, watchers, held, notices, closings };
  await endTicket(unit, from, into, merge, { ...moved, ...lifeOf(from) });
  const joined: CausedChange[] = [
    ...tags.map((tag) => ({ change: { change: "tag", tag } as const, cause })),
    ...watchers.map((who) => ({ change: { change: "watch", who } as const, cause })),
  ];
  const detail = [`${entries.length} entries`, ...participants.map((one) => `${one} takes part from now on`)].join(
    "; ",
  );
  await recountResponse(unit, into.id);
  const mergedIn = { name: "merged in", actor, cause, new: from.publicNumber, detail };
  await insertEvent(tx, into.id, mergedIn, now);
  await applyChanges(tx, into.id, joined, actor, unit.ids, now);
  const merged = await lockTicket(tx, into.id);
  return merge.alone ? merged : await goOn(unit, from, merged, merge);
}

/** Both rows, the older first, so that two merges never wait for one another. Merging into a merged ticket means its survivor. */
async function lockBoth({ tx }: Unit, fromId: number, intoId: number): Promise<readonly [Ticket, Ticket]> {
  const living = (await survivor(tx, intoId))?.id ?? intoId;
  const locked = new Map<number, Ticket>();
  for (const id of [fromId, living].sort((a, b) => a - b)) locked.set(id, await lockTicket(tx, id));
  return [locked.get(fromId)!, locked.get(living)!];
}

function refusal(from: Ticket, into: Ticket, { into: asked, actor }: Merge): string | undefined {
  if (from.mergedInto !== null) return `${from.publicNumber} was merged already; "ticket show" says into which`;
  if (from.id === asked) return `${from.publicNumber} cannot be merged into itself`;
  if (from.id === into.id) return `that ticket was merged into ${from.publicNumber}; take it back first (unmerge)`;
  if (into.mergedInto !== null) return `${into.publicNumber} was merged into another ticket in the meantime`;
  if (into.spam && !from.spam) return `${into.publicNumber} is spam, and nobody would see ${from.publicNumber} there`;
  return statusRefusal(from, { to: "closed" }, actor.kind);
}

/** Why the people of the two tickets may not read one another. */
async function strangersTo(unit: Unit, from: Ticket, into: Ticket, merge: Merge): Promise<string | undefined> {
  if (merge.anyway) return undefined;
  const [one, other] = [from.customer.address, into.customer.address];
  const outsiders = merge.actor.kind === "agent" && !merge.alone ? await outsidersTo(unit, from, into) : [];
  const read =
    outsiders.length === 0 ? "" : `every answer in ${into.publicNumber} would be read by ${outsiders.join(", ")}`;
  if ((await addressesOf(unit.tx, other)).includes(one) || (await belongTogether(unit, one, other)))
    return read || undefined;
  const who = `${from.publicNumber} is ${one}'s and ${into.publicNumber} is ${other}'s`;
  const strange = `${who}, who are neither one person nor of one organization; each would read what is for the other`;
  return [strange, read].filter(Boolean).join(", and ");
}

/** Who takes part in the one ticket, is not of the other's organization, and would read what is about that from now on. */
async function outsidersTo(unit: Unit, from: Ticket, into: Ticket): Promise<string[]> {
  const outsiders = new Set<string>();
  for (const [theirs, others] of [
    [from, into],
    [into, from],
  ] as const) {
    const known = [others.customer, ...others.participants].map(({ address }) => address);
    for (const { address } of theirs.participants)
      if (!known.includes(address) && !(await belongTogether(unit, address, others.customer.address)))
        outsiders.add(address);
  }
  return [...outsiders];
}

/** The people of the merged ticket hear of what becomes of their words. Returns who was not in the survivor before. */
async function joinParticipants(
  { tx, desk, now }: Unit,
  from: Ticket,
  into: Ticket,
  { customerOnly, alone }: Merge,
): Promise<string[]> {
  if (alone) return [];
  const known = new Set<string>([into.customer, ...into.participants].map(({ address }) => address));
  const people: Person[] = [from.customer, ...(customerOnly ? [] : from.participants)];
  const joining = people.filter(({ address }) => !known.has(address) && mayTakePart(address, desk));
  for (const person of joining) await addParticipant(tx, into.id, person, now);
  return joining.map(({ address }) => address);
}

const lifeOf = ({ status, snoozedUntil, waitingFor }: Ticket) => ({ status, until: snoozedUntil, waitingFor });

async function endTicket(unit: Unit, from: Ticket, into: Ticket, merge: Merge, memory: MergeMemory): Promise<void> {
  const { tx, ids, now } = unit;
  const { actor, cause } = merge;
  await applyChanges(tx, from.id, [{ change: { change: "set-status", to: "closed" }, cause }], actor, ids, now);
  await touchTicket(tx, from.id, { merged_into: into.id });
  const detail = JSON.stringify(memory);
  await insertEvent(tx, from.id, { name: MERGED, actor, cause, new: into.publicNumber, detail }, now);
}

const LIVELY: Readonly<Record<Status, number>> = { open: 3, pending: 2, snoozed: 1, closed: 0 };

/** The survivor is as awake as the livelier of the two, and waits for us when one of them did. */
async function goOn(unit: Unit, from: Ticket, into: Ticket, { actor, cause }: Merge): Promise<Ticket> {
  const { tx, ids, now } = unit;
  let ticket = into;
  if (LIVELY[from.status] > LIVELY[into.status]) {
    const move = { to: from.status, ...(from.snoozedUntil === null ? {} : { until: from.snoozedUntil }) };
    const same = statusRefusal(into, move, actor.kind) === undefined;
    ticket = await changeStatus(unit, into, { ...(same ? move : { to: "open" as const }), actor, cause });
  }
  if (from.waitingFor === "us" && ticket.status !== "closed" && ticket.waitingFor !== "us")
    ticket = await applyChanges(
      tx,
      ticket.id,
      [{ change: { change: "set-waiting-for", to: "us" }, cause }],
      actor,
      ids,
      now,
    );
  return ticket;
}
