/**
 * What the author newly wrote, apart from the history that the mail client quoted under, above or around it, and from
 * signature and footers. A customer's text is never empty: in doubt a line stays. For an agent's mail `doubt` says why
 * nothing of it may leave.
 */
import type { Mark } from "../html/marks.ts";
import { answeredText } from "./answered.ts";
import { doubtOf, shown } from "./doubt.ts";
import { compareWithHtml, passageWithin, type Comparison } from "./compare.ts";
import { kindsFromMarks } from "./from-html.ts";
import { kindsOf } from "./kinds.ts";
import type { Kind, Kinds } from "./line-kind.ts";
import { isBlank } from "./quote-lines.ts";
import { firstTail } from "./tails.ts";

export type ReplyInput = {
  /** The readable text. */
  readonly text: string;
  /** Marks of the client's HTML in `text`, when it was rendered from HTML. */
  readonly marks?: readonly Mark[];
  /** The HTML alternative rendered to text, when `text` is the plain part. */
  readonly html?: { readonly text: string; readonly marks: readonly Mark[] };
  /** The subject of the mail: a heading in whatever language repeats it. */
  readonly subject?: string;
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
  /** Rendered from HTML, so that no line was broken on its way. */
  readonly rendered: boolean;
  /** Lines that the HTML of the mail shows as new, too. */
  readonly fresh?: ReadonlySet<number>;
  readonly fallback: boolean;
  readonly doubt?: string;
};

/**
 * Splits a reply. Linear in the size of the input; never throws.
 */
export function splitReply(input: ReplyInput | string): Reply {
  const { text, marks = [], html, subject } = typeof input === "string" ? { text: input } : input;
  const division = divide(text, marks);
  return replyOf(html === undefined ? division : checked(division, html), subject);
}

function divide(text: string, marks: readonly Mark[], rendered = marks.length > 0): Division {
  const lines = text.split("\n");
  const first = kindsOf(lines, marks.length > 0 ? kindsFromMarks(lines, marks) : []);
  if (hasNew(lines, first)) return { ...first, lines, rendered, fallback: false };
  // Nothing outside of the client's own container of history: the answer stands in it, so the text decides.
  const within = marks.filter(({ kind }) => kind !== "history");
  if (within.length === marks.length) return { ...first, lines, rendered, fallback: true };
  const second = kindsOf(lines, kindsFromMarks(lines, within));
  const fallback = !hasNew(lines, second);
  const told = lines.some((line, i) => second.kinds[i] === "quoted" && !isBlank(line));
  const doubt = told ? undefined : "your words stand where your mail program keeps the quoted mail";
  return { ...second, lines, rendered, fallback, ...(doubt === undefined ? {} : { doubt }) };
}

function hasNew(lines: readonly string[], { kinds }: Kinds): boolean {
  return kinds.some((kind, i) => kind === "new" && !isBlank(lines[i] as string));
}

/** What the HTML of the same mail knows better: a history or a signature that the plain part does not mark, or other words altogether. */
function checked(plain: Division, html: NonNullable<ReplyInput["html"]>): Division {
  if (html.text.trim() === "" || plain.fallback) return plain;
  const other = divide(html.text, html.marks, true);
  if (other.fallback) return plain;
  const compared = compareWithHtml(plain.lines, plain.kinds, partsOf(other));
  if (!compared.compared) return { ...plain, doubt: "your mail is too large to compare its plain text with its HTML" };
  const { history, signature, fresh } = compared;
  const kinds = [...plain.kinds];
  for (const i of history) kinds[i] = "quoted";
  for (const i of signature) kinds[i] = "signature";
  const doubt = disagreement(plain, compared) ?? tailDoubt(other) ?? plain.doubt;
  const better = { ...plain, kinds, fresh, ...(doubt === undefined ? {} : { doubt }) };
  return hasNew(plain.lines, better)
    ? better
    : { ...plain, doubt: "plain text and HTML of your mail disagree on what is quoted" };
}

function disagreement({ lines, kinds }: Division, { history, unknown, fresh }: Comparison): string | undefined {
  const [first] = unknown;
  if (first !== undefined)
    return `plain text and HTML of your mail disagree: only the plain text has "${shown(lines[first] as string)}"`;
  const within = passageWithin(lines, kinds, history, fresh);
  return within === undefined
    ? undefined
    : `your mail program marks "${shown(lines[within] as string)}", in the middle of your text, as quoted`;
}

function partsOf({ lines, kinds }: Division): Pick<Reply, "replyText" | "quoted" | "signature"> {
  const parts: Record<Kind, string[]> = { new: [], quoted: [], signature: [] };
  for (let i = 0; i < lines.length; i++) parts[kinds[i] as Kind].push(lines[i] as string);
  return {
    replyText: tidy(parts.new.join("\n")),
    quoted: parts.quoted.join("\n").replace(/^\n+/, "").trimEnd(),
    signature: parts.signature.join("\n").trim(),
  };
}

function replyOf(division: Division, subject: string | undefined): Reply {
  const { lines, kinds, fallback } = division;
  if (fallback) {
    const text = lines.join("\n").trim();
    return { replyText: text, quoted: "", signature: "", fallback: text !== "" };
  }
  const answered = answeredText(lines, kinds);
  const doubt = division.doubt ?? doubtOf(lines, division, subject) ?? tailDoubt(division);
  return {
    ...partsOf(division),
    fallback: false,
    ...(answered === undefined ? {} : { answered }),
    ...(doubt === undefined ? {} : { doubt }),
  };
}

function tailDoubt({ lines, kinds, rendered, fresh }: Division): string | undefined {
  const tail = firstTail(lines, kinds, rendered, fresh);
  return tail === undefined
    ? undefined
    : `"${shown(lines[tail] as string)}" may be the rest of a quoted line (a blank line above it tells an answer)`;
}

function tidy(text: string): string {
  return text
    .replace(/\n{3,}/g, "\n\n")
    .replace(/^\s*\n/, "")
    .trim();
}
