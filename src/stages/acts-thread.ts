/** `#split` and `#wrong`: entries that become a ticket of their own. Both come back by a merge that brings nobody along. */
import { barRefs } from "../db/barred-ref.ts";
import type { UndoStep } from "../db/command.ts";
import { deliveryById } from "../db/delivery.ts";
import { entriesOf, type EntryRow } from "../db/entry.ts";
import { insertEvent } from "../db/event.ts";
import { inboundById } from "../db/inbound.ts";
import { findMessageRef } from "../db/message-ref.ts";
import { getRaw } from "../db/raw.ts";
import { lockTicket } from "../db/ticket.ts";
import type { Cause, Ticket } from "../desk/types.ts";
import { readHeaders } from "../mail/headers.ts";
import { readIds } from "../mail/message-fields.ts";
import { answeredIds } from "../mail/threading.ts";
import { tokenInMessageId } from "../mail/token.ts";
import type { ActDone, Acting } from "./acting.ts";
import { lifeOf } from "./acts-between.ts";
import { Refused } from "./refused.ts";
import { splitEntries } from "./split.ts";
import type { Unit } from "./stage.ts";

/** Bytes of a message in which its headers are looked for. */
const MOST_HEADERS = 512 * 1024;

/** `wanted`: numbers as `#show` gives them; empty = the newest message. */
export async function splitOff(acting: Acting, wanted: readonly number[]): Promise<ActDone> {
  const { ticket, recording } = acting;
  const all = await entriesOf(recording.unit.tx, ticket.id);
  const newest = all.findLast(({ kind }) => kind === "message");
  const entries = wanted.length > 0 ? all.filter(({ seq }) => wanted.includes(seq)) : newest ? [newest] : [];
  const against = whyNotSplit(ticket, all, entries, wanted);
  if (against) throw new Refused(against);
  const { opened, undo } = await becomesItsOwn(acting, entries, { kind: "command", detail: "#split" });
  return { result: `${numbersOf(entries)} ${isOwn(entries, opened)}`, undo };
}

function whyNotSplit(
  { publicNumber }: Ticket,
  all: readonly EntryRow[],
  entries: readonly EntryRow[],
  wanted: readonly number[],
): string | undefined {
  const strange = wanted.find((seq) => !all.some((entry) => entry.seq === seq));
  if (strange !== undefined) return `${publicNumber} has no entry ${strange}; it has 1 to ${all.at(-1)?.seq ?? 0}`;
  if (entries.length === all.length)
    return all.length === 1
      ? `${publicNumber} has only one entry, so there is nothing to part it from`
      : `these are all entries of ${publicNumber}; at least one has to stay`;
  const [first] = entries;
  if (!first || first.kind === "message") return undefined;
  return `entry ${first.seq} is a ${first.kind}; a ticket begins with a message of a customer`;
}

const numbersOf = (entries: readonly EntryRow[]): string =>
  `${entries.length === 1 ? "entry" : "entries"} ${entries.map(({ seq }) => seq).join(", ")}`;
const isOwn = (entries: readonly EntryRow[], { publicNumber, customer }: Ticket): string =>
  `${entries.length === 1 ? "is" : "are"} ${publicNumber} now, a ticket of ${customer.address}`;

async function becomesItsOwn(
  { recording: { unit }, ticket, actor }: Acting,
  entries: readonly EntryRow[],
  cause: Cause,
): Promise<{ readonly opened: Ticket; readonly undo: UndoStep[] }> {
  const opened = await splitEntries(unit, { from: ticket.id, entries: entries.map(({ id }) => id), actor, cause });
  const undo: UndoStep[] = [
    { undo: "unchanged", ticket: opened.id, seq: (await lockTicket(unit.tx, opened.id)).seq },
    { undo: "join", ticket: opened.id },
    ...lifeOf(ticket),
  ];
  return { opened, undo };
}

/** The message that the mail answers, else the newest one, does not belong here, and what led it here leads here no more. */
export async function wrongTicket(acting: Acting): Promise<ActDone> {
  const { recording, ticket, actor } = acting;
  const { tx, now } = recording.unit;
  const all = await entriesOf(tx, ticket.id);
  const entry = (await answeredEntry(acting, all)) ?? all.findLast(({ kind }) => kind === "message");
  if (!entry) throw new Refused(`there is no message in ${ticket.publicNumber}`);
  if (all.length === 1)
    throw new Refused(
      `it is the only message of ${ticket.publicNumber}; #merge NUMBER moves it to another ticket, and #spam puts it aside`,
    );
  const cause: Cause = { kind: "command", detail: "#wrong" };
  const { opened, undo } = await becomesItsOwn(acting, [entry], cause);
  const hashes = await barRefs(tx, ticket.id, await whatLedHere(recording.unit, ticket, opened, entry), now);
  if (hashes.length > 0) {
    const detail = "answers to the same mail lead here no more";
    await insertEvent(
      tx,
      ticket.id,
      { name: "reference barred", actor, cause, new: entry.author_address, detail },
      now,
    );
  }
  const unbar: UndoStep[] = hashes.length > 0 ? [{ undo: "unbar", hashes }] : [];
  return { result: `the message of ${entry.author_address} ${isOwn([entry], opened)}`, undo: [...undo, ...unbar] };
}

async function answeredEntry(
  { recording: { unit, token } }: Acting,
  all: readonly EntryRow[],
): Promise<EntryRow | undefined> {
  const answered = token?.genuine ? await deliveryById(unit.tx, token.deliveryId) : undefined;
  return all.find(({ id, kind }) => id === answered?.entry_id && kind === "message");
}

/**
 * Of what the message answers, what it answers first, and the first that leads to the ticket. Not the whole chain: the
 * customer's own first message stands in it, and their answers to that shall go on arriving here.
 */
async function whatLedHere({ tx }: Unit, ticket: Ticket, opened: Ticket, entry: EntryRow): Promise<readonly string[]> {
  const inbound = entry.inbound_id === null ? undefined : await inboundById(tx, entry.inbound_id);
  // A message that was routed is kept as it came, and no longer as it was read.
  const raw = inbound?.raw_sha256 ? await getRaw(tx, inbound.raw_sha256) : Buffer.alloc(0);
  const ids = answeredIds(readIds(readHeaders(raw.subarray(0, MOST_HEADERS)).fields, []));
  const [direct] = ids;
  if (direct === undefined) return [];
  const byToken = ids.find((id) => {
    const token = tokenInMessageId(id);
    return token?.kind === "customer" && token.id === ticket.id;
  });
  const ref = await findMessageRef(tx, ids, [opened.id]);
  const byRef = ref?.ticketId === ticket.id ? ref.messageId : undefined;
  return [direct, ...[byToken, byRef].filter((id) => id !== undefined)];
}
