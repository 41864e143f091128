/**
 * Bytes to an InboundMessage. Never throws: mail is hostile, and what cannot be read becomes a defect. Reads like a
 * recipe; each question has a file of its own.
 */
import { authenticate } from "./authentication.ts";
import { natureOf } from "./auto-submitted.ts";
import { cleanThroughout } from "./clean.ts";
import { natureOfAnswer } from "./calendar-answer.ts";
import type { ParseContext } from "./context.ts";
import { readForward } from "./forward/forward.ts";
import { readHeaders, type HeaderBlock } from "./headers.ts";
import { detectLanguage } from "./language.ts";
import { NO_IDS, NOBODY, readDate, readIds, readPeople, readSubject } from "./message-fields.ts";
import { listAttachments } from "./mime/attachments.ts";
import { ALTERNATIVES_DIFFER, NO_PARTS, readParts, type Parts } from "./mime/parts.ts";
import { splitReply, type Reply } from "./reply/split.ts";
import { readReports, type Reports } from "./report/reports.ts";
import { bodyHash, clean, EMPTY_BODY, HTML_SAYS_MORE, readBody, type Body } from "./text.ts";
import type { Authentication, HeaderField, InboundMessage, NatureJudgement } from "./types.ts";

export type { ParseContext } from "./context.ts";

/** Without a readable MIME structure, this much of the raw body stands in for the text. In bytes. */
const MAX_RAW_TEXT = 64 * 1024;

/**
 * Reads a message.
 * @param raw the bytes as the mailbox held them
 * @returns always a message; `defects` says what was missing, guessed or cut
 */
export async function parse(raw: Buffer, context: ParseContext): Promise<InboundMessage> {
  const defects: string[] = [];
  const none: HeaderBlock = { fields: [], bodyOffset: 0, defects: [] };
  const block = attempt(defects, "headers", none, () => readHeaders(raw, context.legacyCharset));
  const fields = block.fields.map(({ name, value }) => ({ name, value: clean(value) }));
  defects.push(...block.defects);
  const parts = (await attemptLater(defects, "parts", () => readParts(raw, context.legacyCharset))) ?? NO_PARTS;
  defects.push(...parts.defects);
  const body = attempt(defects, "body", EMPTY_BODY, () => bodyOf(raw, block, parts));
  defects.push(...body.defects);
  const people = attempt(defects, "addresses", NOBODY, () => readPeople(fields, defects));
  const ids = attempt(defects, "ids", NO_IDS, () => readIds(fields, defects));
  const subject = attempt(defects, "subject", "", () => readSubject(fields, defects));
  const date = attempt(defects, "date", undefined, () => readDate(fields, defects));
  const { from, returnPath } = people;
  const judged = { headers: fields, from, returnPath, subject, messageId: ids.messageId };
  const headersSay = attempt(defects, "nature", UNJUDGED, () => natureOf(judged, context));
  const first = attempt(defects, "nature", headersSay, () =>
    natureOfAnswer(headersSay, parts.invitations, body.words.text),
  );
  const { nature, ...reports } = attempt<Reports>(defects, "report", { nature: first }, () =>
    readReports(judged, first, { text: body.text, files: parts.files }),
  );
  const auth = await judgeAuthor(raw, fields, date, defects, context);
  const reply = attempt(defects, "reply", { replyText: body.text, quoted: "", replyTextIsFallback: true }, () =>
    replyOf(body, subject, defects),
  );
  const language = await attemptLater(defects, "language", () => languageOf(nature, reply));
  const forwarded = await attemptLater(defects, "forward", () => forwardOf(nature, subject, body, parts, context));
  return cleanThroughout({
    ...ids,
    ...people,
    subject,
    ...(date === undefined ? {} : { date }),
    nature,
    auth,
    ...reports,
    ...(parts.protection === undefined ? {} : { protection: parts.protection }),
    text: body.text,
    ...(body.html === undefined ? {} : { html: body.html }),
    ...reply,
    // The forwarder's words stand above the mail and below it: that is no answer between its lines.
    ...(forwarded === undefined ? {} : { answered: undefined }),
    ...(language === undefined ? {} : { language }),
    ...(forwarded === undefined ? {} : { forwarded }),
    attachments: attempt(defects, "attachments", [], () => listAttachments(parts.files)),
    headers: fields,
    bodyHash: bodyHash(body),
    size: raw.length,
    defects: [...new Set(defects)],
  });
}

/** A message that cannot be judged must not be answered or acted upon, so it counts as a mailing. */
const UNJUDGED: NatureJudgement = { nature: "bulk", because: "its headers could not be judged" };

/** A defect instead of an exception. A bug in a reader must not lose the rest of the message. */
function attempt<T>(defects: string[], what: string, otherwise: T, read: () => T): T {
  try {
    return read();
  } catch (error) {
    defects.push(`${what}: could not be read (${words(error)})`);
    return otherwise;
  }
}

async function attemptLater<T>(defects: string[], what: string, read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    defects.push(`${what}: could not be read (${words(error)})`);
    return undefined;
  }
}

function words(error: unknown): string {
  return String((error as Error)?.message ?? error).slice(0, 200);
}

function bodyOf(raw: Buffer, block: HeaderBlock, parts: Parts): Body {
  const body = readBody(parts);
  if (body.text !== "" || (parts.defects.length === 0 && parts !== NO_PARTS)) return body;
  // The structure broke before any text came out: the words are still there for a human.
  const raws = raw.subarray(block.bodyOffset, block.bodyOffset + MAX_RAW_TEXT).toString("utf8");
  const text = clean(raws.replace(/\r\n?/g, "\n")).trim();
  return { ...body, text, words: { text }, defects: [...body.defects, "body: shown as it came, undecoded"] };
}

type ReplyFields = Pick<
  InboundMessage,
  "replyText" | "replyTextIsFallback" | "replyDoubt" | "answered" | "signature" | "quoted"
>;

/** What was added here is read with the author's words, but never mailed on as an agent's. */
function replyOf({ words, added }: Body, subject: string, defects: string[]): ReplyFields {
  const reply: Reply = splitReply({ ...words, subject });
  if (reply.fallback) defects.push("reply: nothing new could be told from the quoted history");
  const more = added(reply.replyText);
  const doubt =
    more !== ""
      ? "an invitation, an encrypted message or hidden words are in your mail"
      : defects.includes(ALTERNATIVES_DIFFER) || defects.includes(HTML_SAYS_MORE)
        ? "the plain text of your mail and its HTML, or two plain texts in it, say different things"
        : reply.doubt;
  return {
    replyText: [reply.replyText, more].filter((one) => one !== "").join("\n\n"),
    replyTextIsFallback: reply.fallback || (reply.replyText === "" && more !== ""),
    ...(doubt === undefined ? {} : { replyDoubt: doubt }),
    ...(reply.answered === undefined ? {} : { answered: reply.answered }),
    ...(reply.signature === "" ? {} : { signature: reply.signature }),
    quoted: reply.quoted,
  };
}

/** What a report or an automatic answer returns was not passed on by anybody; everything else may be. */
async function forwardOf(
  { nature }: NatureJudgement,
  subject: string,
  { words: { text, marks } }: Body,
  { files }: Parts,
  { legacyCharset }: ParseContext,
): Promise<InboundMessage["forwarded"]> {
  if (nature === "delivery-report" || nature === "auto-response") return undefined;
  return await readForward({ subject, text, marks, files, legacyCharset });
}

/** Of people's own words only: what could not be told from the quoted history may be somebody else's. */
async function languageOf({ nature }: NatureJudgement, reply: ReplyFields): Promise<InboundMessage["language"]> {
  if (nature !== "correspondence" || reply.replyTextIsFallback) return undefined;
  return await detectLanguage(reply.replyText);
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
      detail: `could not be checked: ${words(error)}`,
    };
  }
}
