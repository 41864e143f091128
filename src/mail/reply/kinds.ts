/**
 * What every line of a text is: new words, quoted history or signature. One pass from top to bottom; every look back or
 * ahead is bounded, and so is the number of costly looks, so that time is linear in the size of the text.
 */
import { attributionEndingAt, isGroupWise, mayEndAttribution } from "./attribution.ts";
import { isDivider, isUnderline } from "./dividers.ts";
import { headerBlockAt } from "./header-block.ts";
import { initialsOf, isBlank, isQuoted, isRule, isWrappedTail, oddMarkOf } from "./quote-lines.ts";
import { isReplyAboveLine } from "./reply-above.ts";
import { hasDate, hasTime, plain } from "./evidence.ts";
import { footerOf } from "./footer.ts";
import { signatureStart } from "./signature.ts";

export type Kind = "new" | "quoted" | "signature";

export type Kinds = {
  readonly kinds: Kind[];
  /** What looks like an attribution but was not believed, since nothing quoted follows: indices of their first lines. */
  readonly unbelieved: readonly number[];
  /** More of the text looks like attributions than anybody's mail does, and the rest was not looked at. */
  readonly exhausted: boolean;
};

/** No mail has more lines than this that look like attributions or header blocks and stand unquoted. */
const MAX_LOOKS = 2000;
/** Between a rule or a divider and the header block under it stand this many lines at most. */
const RULE_TO_BLOCK = 4;
/** A header block is this many lines long at most, wrapped addresses and all. */
const MAX_BLOCK = 40;

type Reading = {
  readonly lines: readonly string[];
  readonly kinds: Kind[];
  readonly nextFilled: readonly number[];
  readonly unbelieved: number[];
  looks: number;
  /** Lines with words that are new so far. */
  newSoFar: number;
  /** Whether something else than `>` shows that an older mail is quoted. */
  told: boolean;
};

/**
 * @param lines the text
 * @param known what is known of a line from elsewhere (the client's own HTML); such lines are left as they are
 */
export function kindsOf(lines: readonly string[], known: readonly (Kind | undefined)[] = []): Kinds {
  const reading: Reading = {
    lines,
    kinds: lines.map((_, i) => known[i] ?? "new"),
    nextFilled: nextFilledLines(lines),
    unbelieved: [],
    looks: 0,
    newSoFar: 0,
    told: known.some((kind) => kind === "quoted"),
  };
  for (let i = 0; i < lines.length;) i = readLine(reading, i);
  keepLoneQuote(reading);
  cutBelowLinkedFooter(reading);
  dropRulesAboveQuotes(reading);
  markSignatures(reading);
  return { kinds: reading.kinds, unbelieved: reading.unbelieved, exhausted: reading.looks > MAX_LOOKS };
}

/** Judges one line, and those that belong to it. Returns the index of the next one to judge. */
function readLine(reading: Reading, i: number): number {
  const { lines, kinds } = reading;
  const line = lines[i] as string;
  if (kinds[i] !== "new" || isBlank(line)) return i + 1;
  const attributed = readAttribution(reading, i);
  if (attributed !== undefined) return attributed;
  if (isGroupWise(line) && !isQuoted(lines[i - 1] ?? "")) return readHistory(reading, i, i + 1);
  if (isQuoted(line) || (kinds[i - 1] === "quoted" && isWrappedTail(lines, i)) || isInitialled(lines, i)) {
    kinds[i] = "quoted";
    return i + 1;
  }
  const end = beginsHistory(reading, i);
  if (end !== undefined) return readHistory(reading, isDateAbove(reading, i - 1) ? i - 1 : i, end);
  reading.newSoFar++;
  return i + 1;
}

/** `MS> Hello` with another line of the same initials next to it. */
function isInitialled(lines: readonly string[], i: number): boolean {
  const initials = initialsOf(lines[i] as string);
  if (initials === undefined) return false;
  return initialsOf(lines[i + 1] ?? "") === initials || initialsOf(lines[i - 1] ?? "") === initials;
}

/** An attribution that ends at this line, with what it stands over. */
function readAttribution(reading: Reading, i: number): number | undefined {
  const { lines, kinds, nextFilled } = reading;
  if (isQuoted(lines[i] as string) ? !closesBracket(lines, i) : !mayEndAttribution(lines[i] as string))
    return undefined;
  if (++reading.looks > MAX_LOOKS) return undefined;
  let first = i;
  while (first > 0 && kinds[first - 1] === "new" && i - first < 8) first--;
  const attribution = attributionEndingAt(lines, i, first);
  if (!attribution) return undefined;
  const below = nextFilled[i + 1] as number;
  const quotedBelow =
    below < lines.length &&
    (kinds[below] === "quoted" || isQuoted(lines[below] as string) || isInitialled(lines, below));
  const odd = below < lines.length ? oddQuoteEnd(lines, below) : below;
  if (!quotedBelow && odd === below && attribution.certainty !== "certain") {
    if (attribution.certainty === "likely") reading.unbelieved.push(attribution.from);
    return undefined;
  }
  for (let one = attribution.from; one < i; one++) if (!isBlank(lines[one] as string)) reading.newSoFar--;
  reading.told = true;
  kinds.fill("quoted", attribution.from, i + 1);
  if (quotedBelow) return fillQuoted(reading, i + 1, below);
  return fillQuoted(reading, i + 1, odd > below ? odd : lines.length);
}

/** An address broken in its bracket, so that the rest looks quoted: `Maria Santos <maria@home.example` / `> wrote:`. */
function closesBracket(lines: readonly string[], i: number): boolean {
  const above = (lines[i - 1] ?? "").slice(-300);
  return (
    /^>[^<>]{0,40}[:：]\s*$/u.test((lines[i] as string).slice(0, 60)) && above.lastIndexOf("<") > above.lastIndexOf(">")
  );
}

/** End of a block of lines that all carry `|` or `:`, two at least; `from` when there is none. */
function oddQuoteEnd(lines: readonly string[], from: number): number {
  const mark = oddMarkOf(lines[from] as string);
  if (mark === undefined) return from;
  let end = from + 1;
  while (end < lines.length && oddMarkOf(lines[end] as string) === mark) end++;
  return end - from >= 2 ? end : from;
}

/** Where the heading of a quoted mail ends that begins at this line: a divider, a header block, a help desk's line. */
function beginsHistory(reading: Reading, i: number): number | undefined {
  const { lines, nextFilled } = reading;
  const line = lines[i] as string;
  if (isReplyAboveLine(line) || isDivider(line)) return headingEnd(reading, i + 1);
  if (isUnderline(line)) {
    const below = nextFilled[i + 1] as number;
    return below - i <= RULE_TO_BLOCK && isBlock(reading, below) ? headingEnd(reading, below) : undefined;
  }
  return isBlock(reading, i) ? headingEnd(reading, i) : undefined;
}

/** Orange writes the date over the header block, under a label of its own: `Message du : 23/11/2026 10:02`, then `De : …`. */
function isDateAbove({ lines, kinds }: Reading, i: number): boolean {
  const line = lines[i] ?? "";
  if (kinds[i] !== "new" || line.length > 80 || !/^\s{0,4}[\p{L} ]{2,25}[:：]\s/u.test(line)) return false;
  const bare = plain(line);
  return hasDate(bare) && hasTime(bare);
}

/** Looks for a header block only where a line could be a field of one: a colon near its beginning. */
function isBlock(reading: Reading, i: number): boolean {
  const head = reading.lines[i]?.slice(0, 60);
  if (head === undefined || !/[:：]/.test(head)) return false;
  return ++reading.looks <= MAX_LOOKS && headerBlockAt(reading.lines, i);
}

function headingEnd({ lines }: Reading, from: number): number {
  let end = from;
  while (
    end < lines.length &&
    end < from + MAX_BLOCK &&
    !isBlank(lines[end] as string) &&
    !isQuoted(lines[end] as string)
  )
    end++;
  return end;
}

/**
 * History without marks reaches to the end. Only when nothing new stands above it and `>` lines follow its heading do
 * people answer below (Outlook Express):
 *   ----- Original Message -----
 *   From: support@nw.example
 *   > Please send us the number.
 *   It is 4711.
 */
function readHistory(reading: Reading, i: number, end: number): number {
  const { lines, nextFilled } = reading;
  reading.told = true;
  const below = nextFilled[Math.min(end, lines.length)] as number;
  const marked = below < lines.length && isQuoted(lines[below] as string);
  return fillQuoted(reading, i, reading.newSoFar === 0 && marked ? below : lines.length);
}

function fillQuoted({ kinds }: Reading, from: number, to: number): number {
  for (let i = from; i < to; i++) if (kinds[i] === "new") kinds[i] = "quoted";
  return to;
}

/** One line with a `>` in a text that quotes nothing else is a prompt or an arrow: `> npm install` · `>>> here <<<`. */
function keepLoneQuote({ lines, kinds, told, newSoFar }: Reading): void {
  if (told || newSoFar === 0) return;
  let lone = -1;
  for (let i = 0; i < kinds.length; i++) {
    if (kinds[i] !== "quoted") continue;
    if (lone >= 0) return;
    lone = i;
  }
  if (lone >= 0 && /\p{L}/u.test(lines[lone] as string)) kinds[lone] = "new";
}

/**
 * Where nothing else shows the quoted mail: nobody types below the line with a program's own link, which Outlook puts
 * directly over it.
 *   Get Outlook for iOS<https://aka.ms/o0ukef>
 */
function cutBelowLinkedFooter(reading: Reading): void {
  const { lines, kinds } = reading;
  if (reading.told || kinds.includes("quoted")) return;
  let above = false;
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] as string;
    if (
      above &&
      line.length < 600 &&
      line.includes("http") &&
      ++reading.looks <= MAX_LOOKS &&
      footerOf(line, true)?.linked
    ) {
      fillQuoted(reading, i + 1, lines.length);
      return;
    }
    above ||= !isBlank(line);
  }
}

/** The rule that a program draws over the quoted mail goes with it: `====` above `Message du : 23/11/2026`. */
function dropRulesAboveQuotes({ lines, kinds }: Reading): void {
  let quotedBelow = false;
  for (let i = lines.length - 1; i >= 0; i--) {
    if (kinds[i] !== "new") quotedBelow = kinds[i] === "quoted";
    else if (isBlank(lines[i] as string)) continue;
    else if (quotedBelow && isRule(lines[i] as string)) kinds[i] = "quoted";
    else quotedBelow = false;
  }
}

/** Signatures and footers stand at the end of a run of new lines: before a quote or at the very end. */
function markSignatures({ lines, kinds }: Reading): void {
  let end = lines.length;
  while (end > 0) {
    while (end > 0 && kinds[end - 1] !== "new") end--;
    let start = end;
    while (start > 0 && kinds[start - 1] === "new") start--;
    const at = signatureStart(lines, start, end);
    for (let i = at; i < end; i++) kinds[i] = "signature";
    end = start;
  }
}

/** For every line the first one at or after it that is not blank; one extra entry for the end. */
function nextFilledLines(lines: readonly string[]): number[] {
  const next = new Array<number>(lines.length + 1).fill(lines.length);
  for (let i = lines.length - 1; i >= 0; i--) next[i] = isBlank(lines[i] as string) ? (next[i + 1] as number) : i;
  return next;
}
