/** The subject that the author of a message gave it: what the desk or somebody else calls their ticket is not for them to read. */
import type { EntryRow } from "../db/entry.ts";
import { firstSubject } from "../db/event.ts";
import { inboundById } from "../db/inbound.ts";
import { getRaw } from "../db/raw.ts";
import { plainSubject } from "../desk/notices/notice-words.ts";
import type { Ticket } from "../desk/types.ts";
import { readHeaders } from "../mail/headers.ts";
import { readPeople, readSubject } from "../mail/message-fields.ts";
import type { Unit } from "./stage.ts";

/** Bytes of a message in which its headers are looked for. */
const MOST_HEADERS = 512 * 1024;
const LONGEST_FIRST_LINE = 100;

/** Without prefixes and numbers of ours. What was not written by mail, or without a subject, begins with its first line. */
export async function ownSubject(unit: Unit, ticket: Ticket, entry: EntryRow): Promise<string> {
  const written = (await subjectInMail(unit, entry)) ?? (await firstOfTicket(unit, ticket, entry)) ?? "";
  const line = entry.text.trim().split("\n", 1)[0]!.trim().slice(0, LONGEST_FIRST_LINE).toWellFormed();
  return plainSubject(written.trim() || line, unit.desk.prefix);
}

/** Undefined where the mail is not the author's: an agent has passed it on, or taken down what they said. */
async function subjectInMail({ tx }: Unit, { inbound_id, author_address }: EntryRow): Promise<string | undefined> {
  const inbound = inbound_id === null ? undefined : await inboundById(tx, inbound_id);
  if (!inbound?.raw_sha256) return undefined;
  const { fields } = readHeaders((await getRaw(tx, inbound.raw_sha256)).subarray(0, MOST_HEADERS));
  const { from, replyTo } = readPeople(fields, []);
  const theirs = [from, ...replyTo].some((one) => one?.address === author_address);
  return theirs ? readSubject(fields, []) : undefined;
}

/** The message that a ticket began with gave it its subject. */
async function firstOfTicket({ tx }: Unit, ticket: Ticket, entry: EntryRow): Promise<string | undefined> {
  const theirs = entry.author_address === ticket.customer.address && entry.seq === 1;
  return theirs ? ((await firstSubject(tx, ticket.id)) ?? ticket.subject) : undefined;
}
