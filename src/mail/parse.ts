/**
 * Bytes to an InboundMessage. Never throws: mail is hostile, and what cannot be read becomes a defect. Reads like a
 * recipe; each question has a file of its own.
 */
import { listAttachments } from "./mime/attachments.ts";
import { canonicalAddress } from "./address.ts";
import { asWritten, readAddressList } from "./address-list.ts";
import { authenticate } from "./authentication.ts";
import { natureOf } from "./auto-submitted.ts";
import { hasDeliveryStatus, readDeliveryReport } from "./report/delivery-report.ts";
import type { ParseContext } from "./context.ts";
import { parseDate } from "./date.ts";
import { decodeWords } from "./encoded-word.ts";
import { headerValue, headerValues, readHeaders, type HeaderBlock } from "./headers.ts";
import { parseMessageIds } from "./message-id.ts";
import { readParts, type Parts } from "./mime/parts.ts";
import { splitReply } from "./reply/split.ts";
import { bodyHash, clean, readBody, type Body } from "./text.ts";
import type {
  Authentication,
  EmailAddress,
  HeaderField,
  InboundMessage,
  MessageId,
  NamedAddress,
  NatureJudgement,
} from "./types.ts";

export type { ParseContext } from "./context.ts";

/** A subject beyond this is cut, with a defect. In characters. */
const MAX_SUBJECT = 1000;
/** Without a readable MIME structure, this much of the raw body stands in for the text. In bytes. */
const MAX_RAW_TEXT = 64 * 1024;

/**
 * Reads a message.
 * @param raw the bytes as the mailbox held them
 * @returns always a message; `defects` says what was missing, guessed or cut
 */
export async function parse(raw: Buffer, context: ParseContext): Promise<InboundMessage> {
  const defects: string[] = [];
  const block = attempt(defects, "headers", { fields: [], bodyOffset: 0, defects: [] } as HeaderBlock, () =>
    readHeaders(raw, context.legacyCharset),
  );
  const fields = block.fields.map(({ name, value }) => ({ name, value: clean(value) }));
  defects.push(...block.defects);
  const parts = await readParts(raw, context.legacyCharset);
  defects.push(...parts.defects);
  const body = attempt(defects, "body", { text: "", defects: [] } as Body, () => bodyOf(raw, block, parts));
  defects.push(...body.defects);
  const people = attempt(defects, "addresses", NOBODY, () => readPeople(fields, defects));
  const ids = attempt(defects, "ids", NO_IDS, () => readIds(fields, defects));
  const subject = attempt(defects, "subject", "", () => readSubject(fields, defects));
  const date = attempt(defects, "date", undefined, () => readDate(fields, defects));
  const judged = {
    headers: fields,
    from: people.from,
    returnPath: people.returnPath,
    subject,
    messageId: ids.messageId,
  };
  // A message that cannot be judged must not be answered or acted upon, so it counts as a mailing.
  const unjudged: NatureJudgement = { nature: "bulk", because: "its headers could not be judged" };
  const nature = attempt(defects, "nature", unjudged, () => natureOf(judged, context));
  const auth = await judgeAuthor(raw, fields, date, defects, context);
  const reply = attempt(defects, "reply", { replyText: body.text, quoted: "", fallback: true }, () =>
    splitReply(body.text, body.quoteAt),
  );
  if (reply.fallback) defects.push("reply: nothing new could be told from the quoted history");
  const report =
    nature.nature === "delivery-report" || hasDeliveryStatus(parts.files)
      ? attempt(defects, "report", undefined, () =>
          readDeliveryReport({ headers: fields, text: body.text, files: parts.files }),
        )
      : undefined;
  return {
    ...ids,
    ...people,
    subject,
    ...(date === undefined ? {} : { date }),
    nature,
    auth,
    ...(report ? { deliveryReport: report } : {}),
    text: body.text,
    ...(body.html === undefined ? {} : { html: body.html }),
    replyText: reply.replyText,
    replyTextIsFallback: reply.fallback,
    quoted: reply.quoted,
    attachments: attempt(defects, "attachments", [], () => listAttachments(parts.files)),
    headers: fields,
    bodyHash: bodyHash(body),
    size: raw.length,
    defects: [...new Set(defects)],
  };
}

/** A defect instead of an exception. A bug in a reader must not lose the rest of the message. */
function attempt<T>(defects: string[], what: string, otherwise: T, read: () => T): T {
  try {
    return read();
  } catch (error) {
    defects.push(`${what}: could not be read (${String((error as Error)?.message ?? error).slice(0, 200)})`);
    return otherwise;
  }
}

function bodyOf(raw: Buffer, block: HeaderBlock, parts: Parts): Body {
  const body = readBody(parts);
  if (body.text !== "" || parts.defects.length === 0) return body;
  // The structure broke before any text came out: the words are still there for a human.
  const text = raw.subarray(block.bodyOffset, block.bodyOffset + MAX_RAW_TEXT).toString("utf8");
  return {
    ...body,
    text: clean(text.replace(/\r\n?/g, "\n")).trim(),
    defects: [...body.defects, "body: shown as it came, undecoded"],
  };
}

type People = Pick<
  InboundMessage,
  "from" | "fromAsWritten" | "sender" | "replyTo" | "to" | "cc" | "deliveredTo" | "returnPath"
>;
const NOBODY: People = { replyTo: [], to: [], cc: [], deliveredTo: [] };

function readPeople(fields: readonly HeaderField[], defects: string[]): People {
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

type Ids = { messageId?: MessageId; inReplyTo: readonly MessageId[]; references: readonly MessageId[] };
const NO_IDS: Ids = { inReplyTo: [], references: [] };

function readIds(fields: readonly HeaderField[], defects: string[]): Ids {
  const [messageId] = parseMessageIds(headerValue(fields, "message-id"));
  if (!messageId) defects.push("message-id: missing or unreadable");
  return {
    ...(messageId ? { messageId } : {}),
    inReplyTo: parseMessageIds(headerValues(fields, "in-reply-to")),
    references: parseMessageIds(headerValues(fields, "references")),
  };
}

function readSubject(fields: readonly HeaderField[], defects: string[]): string {
  const subject = decodeWords((headerValue(fields, "subject") ?? "").slice(0, 8 * MAX_SUBJECT)).replace(/\s+/g, " ");
  if (subject.length > MAX_SUBJECT) defects.push(`subject: cut after ${MAX_SUBJECT} characters`);
  return clean(subject.slice(0, MAX_SUBJECT)).trim();
}

function readDate(fields: readonly HeaderField[], defects: string[]): number | undefined {
  const value = headerValue(fields, "date");
  const date = value === undefined ? undefined : parseDate(value);
  if (date === undefined) defects.push(value === undefined ? "date: missing" : "date: not a date");
  return date;
}

async function judgeAuthor(
  raw: Buffer,
  fields: readonly HeaderField[],
  date: number | undefined,
  defects: readonly string[],
  context: ParseContext,
): Promise<Authentication> {
  try {
    return await authenticate({ raw, fields, date, defects }, context);
  } catch (error) {
    return {
      result: "none",
      by: "nobody",
      dmarc: "none",
      detail: `could not be checked: ${String((error as Error)?.message ?? error).slice(0, 200)}`,
    };
  }
}
