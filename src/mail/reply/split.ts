/**
 * What the author newly wrote, apart from the history that the mail client quoted under, above or around it, and from
 * signature and footers. A customer's text is never empty: in doubt a line stays. For an agent's mail `doubt` says why
 * nothing of it may leave.
 */
import type { Mark } from "../html/marks.ts";
import { answeredText } from "./answered.ts";
import { doubtOf } from "./doubt.ts";
import { compareWithHtml, kindsFromMarks } from "./from-html.ts";
import { kindsOf } from "./kinds.ts";
import type { Kind, Kinds } from "./line-kind.ts";
import { isBlank } from "./quote-lines.ts";

export type ReplyInput = {
  /** The readable text. */
  readonly text: string;
  /** Marks of the client's HTML in `text`, when it was rendered from HTML. */
  readonly marks?: readonly Mark[];
  /** The HTML alternative rendered to text, when `text` is the plain part. */
  readonly html?: { readonly text: string; readonly marks: readonly Mark[] };
};

export type Reply = {
  /** Never empty when the text is not: then it is the whole text. */
  readonly replyText: string;
  /** The quoted history with its attribution lines, as it stood. Empty when none was seen. */
  readonly quoted: string;
  /** Signatures and footers that were taken off. */
  readonly signature: string;
  /** True when nothing new was left beside history and signature, and `replyText` is everything. */
  readonly fallback: boolean;
  /** `replyText` with the quoted lines that its answers stand under; undefined when no answer stands under quoted lines. */
  readonly answered?: string;
  /** Why an agent's reply with this text must not leave; undefined when that is sure. */
  readonly doubt?: string;
};

type Division = Kinds & {
  readonly lines: readonly string[];
  readonly fallback: boolean;
  readonly doubt?: string;
};

/**
 * Splits a reply. Linear in the size of the input; never throws.
 */
export function splitReply(input: ReplyInput | string): Reply {
  const { text, marks = [], html } = typeof input === "string" ? { text: input } : input;
  const division = divide(text, marks);
  return replyOf(html === undefined ? division : checked(division, html));
}

function divide(text: string, marks: readonly Mark[]): Division {
  const lines = text.split("\n");
  const first = kindsOf(lines, marks.length > 0 ? kindsFromMarks(lines, marks) : []);
  if (hasNew(lines, first)) return { ...first, lines, fallback: false };
  // Nothing outside of the client's own container of history: the answer stands in it, so the text decides.
  const within = marks.filter(({ kind }) => kind !== "history");
  if (within.length === marks.length) return { ...first, lines, fallback: true };
  const second = kindsOf(lines, kindsFromMarks(lines, within));
  const fallback = !hasNew(lines, second);
  const told = lines.some((line, i) => second.kinds[i] === "quoted" && !isBlank(line));
  const doubt = told ? undefined : "your words stand where your mail program keeps the quoted mail";
  return { ...second, lines, fallback, ...(doubt === undefined ? {} : { doubt }) };
}

function hasNew(lines: readonly string[], { kinds }: Kinds): boolean {
  return kinds.some((kind, i) => kind === "new" && !isBlank(lines[i] as string));
}

/** What the HTML of the same mail knows better: a history that the plain part does not mark, or other words altogether. */
function checked(plain: Division, html: NonNullable<ReplyInput["html"]>): Division {
  if (html.text.trim() === "" || plain.fallback) return plain;
  const other = divide(html.text, html.marks);
  if (other.fallback) return plain;
  const { history, unknown, compared } = compareWithHtml(plain.lines, plain.kinds, replyOf(other));
  if (!compared) return { ...plain, doubt: "your mail is too large to compare its plain text with its HTML" };
  const kinds = [...plain.kinds];
  for (const i of history) kinds[i] = "quoted";
  const doubt =
    unknown.length > 0
      ? `plain text and HTML of your mail disagree: only the plain text has "${(plain.lines[unknown[0] as number] as string).trim().slice(0, 80)}"`
      : plain.doubt;
  const better = { ...plain, kinds, ...(doubt === undefined ? {} : { doubt }) };
  return hasNew(plain.lines, better)
    ? better
    : { ...plain, doubt: "plain text and HTML of your mail disagree on what is quoted" };
}

function replyOf(division: Division): Reply {
  const { lines, kinds, fallback } = division;
  if (fallback) {
    const text = lines.join("\n").trim();
    return { replyText: text, quoted: "", signature: "", fallback: text !== "" };
  }
  const parts: Record<Kind, string[]> = { new: [], quoted: [], signature: [] };
  for (let i = 0; i < lines.length; i++) parts[kinds[i] as Kind].push(lines[i] as string);
  const answered = answeredText(lines, kinds);
  const doubt = division.doubt ?? doubtOf(lines, division);
  return {
    replyText: tidy(parts.new.join("\n")),
    quoted: parts.quoted.join("\n").replace(/^\n+/, "").trimEnd(),
    signature: parts.signature.join("\n").trim(),
    fallback: false,
    ...(answered === undefined ? {} : { answered }),
    ...(doubt === undefined ? {} : { doubt }),
  };
}

function tidy(text: string): string {
  return text
    .replace(/\n{3,}/g, "\n\n")
    .replace(/^\s*\n/, "")
    .trim();
}
