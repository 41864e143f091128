/**
 * The header block (`From: … Sent: … To: … Subject: …`) that mail clients put over a quoted or forwarded mail, in the
 * languages of the tables. Three fields in one language at least, the author among them; and a subject or an address, so
 * that the timetable `From: Graz, To: Vienna, Date: 23.11.` is none.
 */
import type { BlockField } from "../words/types.ts";
import { blockLine, unstuck, valueForm, type BlockLine } from "./block-fields.ts";

export type HeaderBlockRead = {
  /** Values as they stand, unwrapped; a field that is there and empty is "". */
  readonly fields: Readonly<Partial<Record<BlockField, string>>>;
  /** Languages that have the most of its labels: `["de"]`, or `["es", "pt"]` when both would do. */
  readonly languages: readonly string[];
  /** Lines that it takes, from its first to its last. */
  readonly lines: number;
};

/** Wrapped lists of recipients make a block long; this is more than any client shows. In lines. */
const MAX_LINES = 40;
/** A wrapped value takes this many lines before the next field shows. */
const MAX_WRAPPED = 8;
/** Values in characters: an address list of a large meeting. */
const MAX_VALUE = 8000;
/** Plain text is wrapped from 72 characters on (RFC 2822 section 2.1.1: 78 at most). */
const WRAPPED_FROM = 72;

const CORE: readonly BlockField[] = ["from", "sent", "to", "cc", "bcc", "replyTo", "subject"];
const PEOPLE: ReadonlySet<BlockField> = new Set<BlockField>(["from", "to", "cc", "bcc", "replyTo"]);

/**
 * Whether the header block of an older mail begins at this line, for who splits replies: from or sent first, as clients
 * write it above an answer's history, or all four fields in another order.
 */
export function headerBlockAt(lines: readonly string[], i: number): boolean {
  const first = blockLine(lines[i]);
  if (!first) return false;
  const block = readHeaderBlock(lines, i);
  if (!block) return false;
  if (first.kinds.has("from") || first.kinds.has("sent")) return true;
  return ["from", "sent", "to", "subject"].every((kind) => block.fields[kind as BlockField] !== undefined);
}

/**
 * Reads the header block that begins at this line.
 * @param lines lines of a text without quote marks
 * @returns undefined when none begins here
 */
export function readHeaderBlock(lines: readonly string[], i: number): HeaderBlockRead | undefined {
  const first = blockLine(lines[i]);
  if (!first || !["from", "sent", "to", "subject"].some((kind) => first.kinds.has(kind as BlockField)))
    return undefined;
  const pieces = unstuck(lines[i] as string);
  const window = pieces.length > 1 ? [...pieces, ...lines.slice(i + 1, i + MAX_LINES)] : lines.slice(i, i + MAX_LINES);
  const draft = collect(window);
  const languages = isCertain(draft.found) ? languagesOf(draft.found) : undefined;
  if (!languages) return undefined;
  const fields = Object.fromEntries([...draft.found].map(([kind, { value }]) => [kind, value]));
  return { fields, languages, lines: draft.end - pieces.length + 1 };
}

type Found = { readonly field: BlockLine; value: string };
type Draft = {
  readonly window: readonly string[];
  readonly found: Map<BlockField, Found>;
  current: BlockField | undefined;
  /** Values stand below their labels, as the cells of a table do once they are text. */
  below: boolean;
  /** Fields stand in paragraphs of their own: decided between the first two. */
  gapped: boolean | undefined;
  end: number;
};

function collect(window: readonly string[]): Draft {
  const draft: Draft = { window, found: new Map(), current: undefined, below: false, gapped: undefined, end: 0 };
  let i = 0;
  while (i < window.length) {
    const line = window[i] as string;
    if (line.trim() === "") {
      if (!bridges(draft, i)) break;
      draft.gapped = true;
      i++;
      continue;
    }
    const field = blockLine(line);
    const took = field ? takeField(draft, field, line) : takeMore(draft, i);
    if (!took) break;
    draft.end = ++i;
    // Two fields without a blank between them: a blank line ends this block.
    if (draft.found.size === 2) draft.gapped ??= false;
  }
  return draft;
}

/** A blank line is inside of the block when its fields are paragraphs and a new one follows. */
function bridges({ window, found, gapped }: Draft, i: number): boolean {
  if (gapped === false || found.size === 0) return false;
  const next = blockLine(window[i + 1]);
  return next !== undefined && kindFor(next, found, window[i + 1] as string) !== undefined;
}

/** False at a label that is there already: the next block, or words. `Sent by:` beside `From:` is passed over. */
function takeField(draft: Draft, field: BlockLine, line: string): boolean {
  const kind = kindFor(field, draft.found, line);
  if (kind === undefined) return ![...draft.found.values()].some((found) => found.field.label === field.label);
  draft.found.set(kind, { field, value: valueForm(line.slice(field.valueAt)) });
  draft.current = kind;
  return true;
}

/** The field that is still open; of two the one that the value fits: `Enviado a:` is a day in Portuguese, people in Spanish. */
function kindFor(
  { kinds, valueAt }: BlockLine,
  found: ReadonlyMap<BlockField, unknown>,
  line: string,
): BlockField | undefined {
  const [first, ...others] = [...kinds.keys()].filter((kind) => !found.has(kind));
  if (others.length === 0) return first;
  const value = line.slice(valueAt, valueAt + MAX_VALUE);
  const dated = /\p{N}/u.test(value) && !value.includes("@");
  return [first, ...others].find((kind) => (kind === "sent") === dated) ?? first;
}

/** The rest of a value on the next line, or the whole of it. */
function takeMore(draft: Draft, i: number): boolean {
  const found = draft.current && draft.found.get(draft.current);
  if (!found || !continues(draft, found, i)) return false;
  const more = valueForm(draft.window[i] as string);
  const glue = found.value === "" || found.value.endsWith("<") ? "" : " ";
  if (found.value.length + more.length <= MAX_VALUE) found.value += glue + more;
  return true;
}

function continues(draft: Draft, found: Found, i: number): boolean {
  const { window, below } = draft;
  const line = window[i] as string;
  if (line.length > MAX_VALUE) return false;
  // From:
  // Maria Santos
  if (found.value === "" && (draft.found.size === 1 || below)) {
    draft.below = true;
    return true;
  }
  if (fieldAhead(draft, i + 1)) return true;
  if (draft.current !== undefined && PEOPLE.has(draft.current)) {
    // To: Northwind <support@nw.example>; Tom Baker
    // <tom@home.example>
    return /[,;<]$/.test(found.value) || /^\s{0,8}(?:<|\[mailto:|\S{1,80}@\S{1,80}[>;,]?$)/.test(line);
  }
  // Subject: words up to the edge, of which the last did not fit any more
  const above = (window[i - 1] as string).trimEnd().length;
  const word = (/^\s*(\S{1,80})/.exec(line)?.[1] ?? "").length;
  return above < 100 && above + word >= WRAPPED_FROM && (window[i + 1] ?? "").trim() === "";
}

/** Whether another field follows before a blank line: then what lies between belongs to the value. */
function fieldAhead({ window, found }: Draft, from: number): boolean {
  for (let i = from; i < from + MAX_WRAPPED && i < window.length; i++) {
    const line = window[i] as string;
    if (line.trim() === "") return false;
    const field = blockLine(line);
    if (field) return kindFor(field, found, line) !== undefined;
  }
  return false;
}

/**
 * The languages that have three of the labels or more, those with the most; undefined when there are none. Gmail translates
 * `From` and leaves `Date`, `Subject`, `To`: then English ones count, too, if the author has an address, as there always.
 */
function languagesOf(found: ReadonlyMap<BlockField, Found>): readonly string[] | undefined {
  const counts = new Map<string, number>();
  let known = 0;
  for (const kind of CORE) {
    const languages = found.get(kind)?.field.kinds.get(kind);
    if (!languages) continue;
    known++;
    for (const language of languages) counts.set(language, (counts.get(language) ?? 0) + 1);
  }
  if ((counts.get("en") ?? 0) >= 3) return ["en"];
  const most = Math.max(0, ...counts.values());
  const best = [...counts].filter(([, count]) => count === most).map(([language]) => language);
  if (most >= 3) return best;
  const author = found.get("from");
  if (known < 3 || !author?.value.includes("@")) return undefined;
  const others = [...found].filter(
    ([kind, { field }]) => CORE.includes(kind) && field.kinds.get(kind)?.has("en"),
  ).length;
  const translated = [...(author.field.kinds.get("from") ?? [])];
  return others >= 2 && !translated.includes("en") ? translated : undefined;
}

function isCertain(found: ReadonlyMap<BlockField, Found>): boolean {
  if (found.size < 3) return false;
  const value = (kind: BlockField): string | undefined => found.get(kind)?.value;
  const subject = found.has("subject");
  if (!value("from") && !(value("sent") && value("to") && subject)) return false;
  const sent = value("sent");
  if (sent !== undefined && !/\p{N}/u.test(sent)) return false;
  return subject || [...PEOPLE].some((kind) => value(kind)?.includes("@"));
}
