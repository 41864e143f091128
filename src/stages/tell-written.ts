/** Somebody has written, a customer or a colleague: whom the department and the ticket's watchers make hear of it. */
import { entryById, type EntryRow } from "../db/entry.ts";
import { inboundById } from "../db/inbound.ts";
import type { RouteRow } from "../db/route.ts";
import type { NoticeKind } from "../desk/notices/notice.ts";
import type { NoticeEvent, Ticket } from "../desk/types.ts";
import type { Unit } from "./stage.ts";
import { audienceOf, causeOfMail, readers, tellReaders } from "./tell.ts";

type Change = {
  readonly row: RouteRow;
  readonly ticket: Ticket;
  readonly entry: EntryRow | undefined;
};

/** What a run of the rules is news of; undefined for what happens without anybody having written. */
const EVENTS: Partial<Record<RouteRow["trigger"], { readonly event: NoticeEvent; readonly kind: NoticeKind }>> = {
  opened: { event: "new", kind: "new" },
  customer_replied: { event: "customer_reply", kind: "customer-reply" },
  agent_replied: { event: "agent_reply", kind: "agent-reply" },
};

/** The kind of mail by which a rule tells of what it looked at. */
export const kindOf = (row: RouteRow): NoticeKind => EVENTS[row.trigger]?.kind ?? "customer-reply";

/**
 * The cause of all mails about one run of the rules, whoever wants them written. What an agent did by one mail is one event:
 * whoever was told that a ticket is theirs by it is not told of its text again.
 */
export const causeOf = (row: RouteRow, entry: EntryRow | undefined): string =>
  row.trigger === "agent_replied" && entry?.inbound_id
    ? causeOfMail(entry.inbound_id, entry.ticket_id)
    : `route ${row.id}`;

/** After routing: the new ticket, or what the customer or a colleague wrote, to those whom the department tells. */
export async function tellOfTicket(unit: Unit, { row, ticket, entry }: Change): Promise<void> {
  const said = EVENTS[row.trigger];
  if (!said || !entry || (await isQuiet(unit, entry))) return;
  if (said.event === "customer_reply" && ticket.status === "closed" && !row.reopened) return;
  if (said.event === "agent_reply" && entry.author_kind !== "agent") return;
  await tellReaders(unit, {
    ticket,
    entry,
    readers: readers(unit, ticket, audienceOf(unit.desk, ticket, said.event)),
    kind: said.kind,
    cause: causeOf(row, entry),
  });
}

/** A colleague's note, to whoever works on the ticket. */
export async function tellOfNote(unit: Unit, ticket: Ticket, entryId: number): Promise<void> {
  const entry = await entryById(unit.tx, entryId);
  if (entry?.kind !== "note") return;
  const told = readers(unit, ticket, audienceOf(unit.desk, ticket, "note"));
  const cause = entry.inbound_id === null ? `entry ${entry.id}` : causeOfMail(entry.inbound_id, entry.ticket_id);
  await tellReaders(unit, { ticket, entry, readers: told, kind: "note", cause });
}

/** Old mail of a rebuilt mailbox tells nobody; what the customer writes to the same ticket today does. */
async function isQuiet({ tx }: Unit, entry: EntryRow): Promise<boolean> {
  return entry.inbound_id !== null && (await inboundById(tx, entry.inbound_id))?.quiet === 1;
}
