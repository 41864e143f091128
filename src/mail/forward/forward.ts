/**
 * A mail that its author passed on, inline or as a file: who wrote it, to whom, when, and its words. Whether there is one
 * is decided in place.ts; the outermost counts when forwards are nested. What cannot be read for certain is left out.
 */
import type { Mark } from "../html/marks.ts";
import type { FilePart } from "../mime/part.ts";
import { isClosing } from "../reply/dividers.ts";
import { isQuoted } from "../reply/quote-lines.ts";
import type { Forwarded } from "../types.ts";
import { attachedMessage, readAttachedMessage } from "./attached.ts";
import { readAttributed } from "./attributed.ts";
import { readMailbox, readMailboxes } from "./mailboxes.ts";
import { forwardAt, MAX_COMMENT, unquoted, type ForwardPlace } from "./place.ts";
import { readSpokenDate } from "./spoken-date.ts";
import { outermostPrefix } from "./subject-prefix.ts";

export type ForwardInput = {
  /** Decoded subject of the message. */
  readonly subject: string;
  /** The author's words, as the reply splitter gets them. */
  readonly text: string;
  /** What the client's HTML says of that text. */
  readonly marks?: readonly Mark[];
  readonly files: readonly FilePart[];
  /** Charset of bytes that name none, in an attached message. */
  readonly legacyCharset?: string;
};

const MAX_SUBJECT = 1000;

/**
 * Reads what was passed on. Never throws on any input, and takes linear time.
 * @returns undefined when nothing was, and in doubt
 */
export async function readForward(input: ForwardInput): Promise<Forwarded | undefined> {
  const inline = readInline(input);
  if (inline) return inline;
  // Who answers with `Re:` and attaches a mail shows it; they do not pass it on.
  if (outermostPrefix(input.subject) === "reply") return undefined;
  const file = attachedMessage(input.files);
  return file && (await readAttachedMessage(file, input.legacyCharset));
}

function readInline({ subject, text, marks = [] }: ForwardInput): Forwarded | undefined {
  const lines = headingsApart(text.trimEnd().split("\n"));
  const place = forwardAt(lines, subject, markedLine(text, marks));
  if (!place) return undefined;
  const { block, attribution } = place;
  const told = block ? readBlock(block.fields, block.languages) : readAttributed(attribution ?? "");
  return { by: "inline", to: [], cc: [], ...told, text: originalText(lines, place) };
}

function readBlock(
  fields: NonNullable<ForwardPlace["block"]>["fields"],
  languages: readonly string[],
): Partial<Forwarded> {
  const from = readMailbox(fields.from ?? "");
  const date = readSpokenDate(fields.sent ?? "", languages);
  const subject = fields.subject?.slice(0, MAX_SUBJECT).trim();
  return {
    ...(from ? { from } : {}),
    to: readMailboxes(fields.to ?? ""),
    cc: readMailboxes(fields.cc ?? ""),
    ...(date === undefined ? {} : { date }),
    ...(subject === undefined ? {} : { subject }),
  };
}

/** The line at which the client's container of a mail passed on begins: its first with words. */
function markedLine(text: string, marks: readonly Mark[]): number | undefined {
  const mark = marks.find(({ kind }) => kind === "forwarded");
  if (!mark) return undefined;
  const blank = /^\s*/.exec(text.slice(mark.from, mark.to))?.[0].length ?? 0;
  return text.slice(0, mark.from + blank).split("\n").length - 1;
}

/** `----- Forwarded Message ----- From: "Maria Santos" <…>To: …` (Yahoo): the heading and its block in one line. */
const HEADING_AND_FIELD = /^(\s{0,8}[-=_]{3,20}[^-=_:：]{3,80}[-=_]{3,20})\s{0,8}(?=[\p{L}*])/u;

function headingsApart(lines: string[]): string[] {
  for (let i = 0; i < lines.length && i < MAX_COMMENT; i++) {
    const line = lines[i] as string;
    const heading = /^\s{0,8}[-=_]{3}/.test(line) ? HEADING_AND_FIELD.exec(line) : null;
    if (!heading) continue;
    lines.splice(i, 1, heading[1] as string, line.slice(heading[0].length));
    break;
  }
  return lines;
}

/**
 * The words of the original: up to the end, or to the forward's closing line. Without its quote marks when all of it has
 * them (Apple Mail); then words below the last quoted line are the forwarder's.
 */
function originalText(lines: readonly string[], { from, body }: ForwardPlace): string {
  let original = lines.slice(body);
  const closing = original.findLastIndex((line) => line.length > 8 && isClosing(unquoted(line)));
  if (closing >= 0) original = original.slice(0, closing);
  const headed = lines.slice(from, body).some(isQuoted);
  const wholly = original.some(isQuoted) && original.every((line) => isQuoted(line) || line.trim() === "");
  if (headed) original = original.slice(0, original.findLastIndex(isQuoted) + 1);
  if (headed || wholly) original = original.map(unquoted);
  const words = withoutEcho(original, lines[from] as string);
  // Outlook for Mac indents the whole original.
  const indented = words.every((line) => line.startsWith("    ") || line.trim() === "");
  return (indented ? words.map((line) => line.slice(4)) : words).join("\n").trim();
}

/** Zoho repeats its heading below the block. */
function withoutEcho(lines: readonly string[], heading: string): readonly string[] {
  const first = lines.findIndex((line) => line.trim() !== "");
  const echoed = first >= 0 && first <= 3 && (lines[first] as string).trim() === heading.trim();
  return echoed ? lines.slice(first + 1) : lines;
}
