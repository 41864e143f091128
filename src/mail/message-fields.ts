/**
 * What the header fields of a message say, one question a function: who, which ids, which subject, when. What cannot be
 * read is a defect.
 */
import { canonicalAddress } from "./address.ts";
import { asWritten, readAddressList } from "./address-list.ts";
import { parseDate } from "./date.ts";
import { decodeWords } from "./encoded-word.ts";
import { headerValue, headerValues } from "./headers.ts";
import { parseMessageIds } from "./message-id.ts";
import { clean } from "./text.ts";
import type { EmailAddress, HeaderField, InboundMessage, MessageId, NamedAddress } from "./types.ts";

/** A subject beyond this is cut, with a defect. In characters. */
const MAX_SUBJECT = 1000;

export type People = Pick<
  InboundMessage,
  "from" | "fromAsWritten" | "sender" | "replyTo" | "to" | "cc" | "deliveredTo" | "returnPath"
>;
export const NOBODY: People = { replyTo: [], to: [], cc: [], deliveredTo: [] };

export function readPeople(fields: readonly HeaderField[], defects: string[]): People {
  const lists = (name: string): NamedAddress[] =>
    headerValues(fields, name).flatMap((value) => {
      const list = readAddressList(value);
      if (list.doubtful) defects.push(`${name}: not every address could be read`);
      return list.addresses;
    });
  const froms = headerValues(fields, "from");
  if (froms.length > 1) defects.push(`from: ${froms.length} From headers`);
  const authors = lists("from");
  if (authors.length > 1) defects.push("from: more than one author, the first is taken");
  if (authors.length === 0) defects.push("from: no usable address");
  const sender = lists("sender")[0];
  const returnPath = readReturnPath(fields);
  return {
    ...(authors[0] ? { from: authors[0] } : froms[0] ? { fromAsWritten: asWritten(froms[0]) } : {}),
    ...(sender ? { sender } : {}),
    replyTo: lists("reply-to"),
    to: lists("to"),
    cc: lists("cc"),
    deliveredTo: readDeliveredTo(fields),
    ...(returnPath === undefined ? {} : { returnPath }),
  };
}

/** RFC 5321 section 4.4: the topmost Return-Path is the final delivery's. `<>` is the null path, "". */
function readReturnPath(fields: readonly HeaderField[]): string | undefined {
  const value = headerValue(fields, "return-path");
  if (value === undefined) return undefined;
  const path = value.replace(/^[^<]*<([^<>]*)>.*$/s, "$1").trim();
  return path === "" ? "" : (canonicalAddress(path) ?? path.slice(0, 300));
}

const DELIVERED_TO = ["delivered-to", "x-original-to", "envelope-to", "x-envelope-to"];

function readDeliveredTo(fields: readonly HeaderField[]): EmailAddress[] {
  const values = fields.filter((field) => DELIVERED_TO.includes(field.name)).map((field) => field.value);
  return [...new Set(values.flatMap((value) => readAddressList(value).addresses.map(({ address }) => address)))].slice(
    0,
    50,
  );
}

export type Ids = { messageId?: MessageId; inReplyTo: readonly MessageId[]; references: readonly MessageId[] };
export const NO_IDS: Ids = { inReplyTo: [], references: [] };

export function readIds(fields: readonly HeaderField[], defects: string[]): Ids {
  const [messageId] = parseMessageIds(headerValue(fields, "message-id"));
  if (!messageId) defects.push("message-id: missing or unreadable");
  return {
    ...(messageId ? { messageId } : {}),
    inReplyTo: parseMessageIds(headerValues(fields, "in-reply-to")),
    references: parseMessageIds(headerValues(fields, "references")),
  };
}

export function readSubject(fields: readonly HeaderField[], defects: string[]): string {
  const subject = decodeWords((headerValue(fields, "subject") ?? "").slice(0, 8 * MAX_SUBJECT)).replace(/\s+/g, " ");
  if (subject.length > MAX_SUBJECT) defects.push(`subject: cut after ${MAX_SUBJECT} characters`);
  return clean(subject.slice(0, MAX_SUBJECT)).trim();
}

export function readDate(fields: readonly HeaderField[], defects: string[]): number | undefined {
  const value = headerValue(fields, "date");
  const date = value === undefined ? undefined : parseDate(value);
  if (date === undefined) defects.push(value === undefined ? "date: missing" : "date: not a date");
  return date;
}
