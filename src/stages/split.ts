/**
 * Splitting: entries of one ticket become a ticket of their own, linked to it. The first of them is a customer's message,
 * and its author becomes the customer; nobody else takes part until they are asked to (I6). Mails about these entries and
 * the references to them go along, so that answers to them arrive in the new ticket.
 */
import { applyChanges } from "../db/apply.ts";
import { entriesOf, type EntryRow, moveEntries } from "../db/entry.ts";
import { insertEvent } from "../db/event.ts";
import { lockRoutesOf, moveRoutes, waitsForFirstRoute } from "../db/merge.ts";
import { moveMessageRefs } from "../db/message-ref.ts";
import { personOrganization } from "../db/people.ts";
import { insertTicket, lockTicket } from "../db/ticket.ts";
import { organizationOf } from "../desk/organization.ts";
import type { Actor, Cause, CausedChange, Ticket } from "../desk/types.ts";
import { baseSubject } from "../mail/base-subject.ts";
import type { EmailAddress } from "../mail/types.ts";
import { recountResponse } from "./due.ts";
import { ownSubject } from "./own-subject.ts";
import { Refused } from "./refused.ts";
import type { Unit } from "./stage.ts";

export type Split = {
  /** Id of the ticket that is split. */
  readonly from: number;
  /** Ids of entries. */
  readonly entries: readonly number[];
  /** Default: that of the first message, by its author. */
  readonly subject?: string;
  readonly actor: Actor;
  readonly cause: Cause;
};

/** Splits and returns the new ticket. Throws `Refused`, before anything is written, with the reason. */
export async function splitEntries(unit: Unit, split: Split): Promise<Ticket> {
  const { tx, now } = unit;
  const { actor, cause } = split;
  await lockRoutesOf(tx, split.from);
  const from = await lockTicket(tx, split.from);
  const all = await entriesOf(tx, from.id);
  const moved = all.filter(({ id }) => split.entries.includes(id));
  const against = refusal(from, all, moved, split.entries);
  if (against) throw new Refused(against);
  if (await waitsForFirstRoute(tx, from.id))
    throw new Refused(`the rules have not looked at ${from.publicNumber} yet; try again in a moment`);
  const opened = await openBeside(unit, from, moved, split.subject);
  const ids = moved.map(({ id }) => id);
  await moveEntries(tx, ids, from.id, opened.id);
  await moveMessageRefs(tx, from.id, opened.id, ids);
  await moveRoutes(tx, ids, opened.id);
  const said = `entries ${ids.join(", ")}`;
  const of = `split from ${from.publicNumber}: ${said}`;
  await insertEvent(tx, opened.id, { name: "opened", actor, cause, new: opened.publicNumber, detail: of }, now);
  await insertEvent(tx, from.id, { name: "split", actor, cause, new: opened.publicNumber, detail: said }, now);
  await likeItsOrigin(unit, from, opened, moved, split);
  await recountResponse(unit, from.id);
  return await recountResponse(unit, opened.id);
}

function refusal(
  from: Ticket,
  all: readonly EntryRow[],
  moved: readonly EntryRow[],
  wanted: readonly number[],
): string | undefined {
  if (from.mergedInto !== null) return `${from.publicNumber} was merged; split the ticket that it went into`;
  if (wanted.length === 0) return "name the entries that become a ticket of their own";
  const strange = wanted.find((id) => !moved.some((entry) => entry.id === id));
  const there = all.map(({ id }) => id).join(", ");
  if (strange !== undefined) return `${from.publicNumber} has no entry ${strange}; it has ${there}`;
  if (moved.length === all.length) return `these are all entries of ${from.publicNumber}; at least one has to stay`;
  const [first] = moved;
  if (first!.kind === "message") return undefined;
  return `entry ${first!.id} is a ${first!.kind}; a ticket begins with a message of a customer`;
}

async function openBeside(
  unit: Unit,
  from: Ticket,
  moved: readonly EntryRow[],
  wanted: string | undefined,
): Promise<Ticket> {
  const { tx, desk, ids, now } = unit;
  const first = moved[0]!;
  const subject = wanted ?? (await ownSubject(unit, from, first));
  const customer = { name: first.author_name, address: first.author_address as EmailAddress };
  const own = await personOrganization(tx, customer.address);
  const { supportAddress, mailbox, language, priority, department } = from;
  const beside = { supportAddress, mailbox, language, priority, department, linkedTo: from.id, participants: [] };
  const facts = { prefix: desk.prefix, subject, baseSubject: baseSubject(subject).toLowerCase(), customer };
  const organization = organizationOf(desk, customer.address, own);
  const openedAt = Number(first.created_at);
  return await insertTicket(tx, { ...beside, ...facts, organization, openedAt }, ids, now);
}

/** It is cared for as the ticket that it comes from; the rules do not look at it, since a human has decided. */
async function likeItsOrigin(
  unit: Unit,
  from: Ticket,
  opened: Ticket,
  moved: readonly EntryRow[],
  { actor, cause }: Split,
): Promise<void> {
  const last = moved.findLast(({ kind }) => kind === "message" || kind === "reply" || kind === "outside");
  const waitingFor = last?.kind === "message" ? ("us" as const) : ("customer" as const);
  const changes: CausedChange[] = [
    { change: { change: "set-topic", to: from.topic }, cause },
    { change: { change: "set-sla", to: from.sla }, cause },
    { change: { change: "assign", to: from.assignee }, cause },
    { change: { change: "set-waiting-for", to: waitingFor }, cause },
    ...from.tags.map((tag) => ({ change: { change: "tag", tag } as const, cause })),
  ];
  await applyChanges(unit.tx, opened.id, changes, actor, unit.ids, unit.now);
}
