/**
 * What every line of a text is: new words, quoted history or signature. One pass from top to bottom; every look back or
 * ahead is bounded, and so is the number of costly looks, so that time is linear in the size of the text.
 */
import { attributionEndingAt, isGroupWise, mayEndAttribution } from "./attribution.ts";
import { correctKinds } from "./corrections.ts";
import { type Heading, headingAt } from "./heading.ts";
import type { Kind, Kinds, Reading } from "./line-kind.ts";
import { closesBracket, isBlank, isInitialled, isQuoted, isWrappedTail, oddQuoteEnd } from "./quote-lines.ts";

/** No mail has more lines than this that look like attributions or header blocks and stand unquoted. */
const MAX_LOOKS = 2000;
/**
 * @param lines the text
 * @param known what is known of a line from elsewhere (the client's own HTML); such lines are left as they are
 */
export function kindsOf(lines: readonly string[], known: readonly (Kind | undefined)[] = []): Kinds {
  let looks = 0;
  const reading: Reading = {
    lines,
    kinds: lines.map((_, i) => known[i] ?? "new"),
    nextFilled: nextFilledLines(lines),
    unbelieved: [],
    mayLook: () => ++looks <= MAX_LOOKS,
    newSoFar: 0,
    told: known.some((kind) => kind === "quoted"),
  };
  for (let i = 0; i < lines.length;) i = readLine(reading, i);
  correctKinds(reading);
  return { kinds: reading.kinds, unbelieved: reading.unbelieved, exhausted: looks > MAX_LOOKS };
}

/** Judges one line, and those that belong to it. Returns the index of the next one to judge. */
function readLine(reading: Reading, i: number): number {
  const { lines, kinds } = reading;
  const line = lines[i] as string;
  if (kinds[i] !== "new" || isBlank(line)) return i + 1;
  const attributed = readAttribution(reading, i);
  if (attributed !== undefined) return attributed;
  if (isGroupWise(line) && !isQuoted(lines[i - 1] ?? "")) return readHistory(reading, i, { from: i, to: i + 1 });
  if (isQuoted(line) || (kinds[i - 1] === "quoted" && isWrappedTail(lines, i)) || isInitialled(lines, i)) {
    kinds[i] = "quoted";
    return i + 1;
  }
  const heading = headingAt(lines, i, kinds[i - 1] === "new" ? i - 1 : i, reading.mayLook);
  if (heading) return readHistory(reading, i, heading);
  reading.newSoFar++;
  return i + 1;
}

/** An attribution that ends at this line, with what it stands over. */
function readAttribution(reading: Reading, i: number): number | undefined {
  const { lines, kinds, nextFilled } = reading;
  if (isQuoted(lines[i] as string) ? !closesBracket(lines, i) : !mayEndAttribution(lines[i] as string))
    return undefined;
  if (!reading.mayLook()) return undefined;
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

/**
 * History without marks reaches to the end. Only when nothing new stands above it and `>` lines follow its heading do
 * people answer below (Outlook Express):
 *   ----- Original Message -----
 *   From: support@nw.example
 *   > Please send us the number.
 *   It is 4711.
 */
function readHistory(reading: Reading, i: number, { from, to }: Heading): number {
  const { lines, nextFilled } = reading;
  // The date over the block was taken for new.
  if (from < i) reading.newSoFar--;
  reading.told = true;
  const below = nextFilled[to] as number;
  const marked = below < lines.length && isQuoted(lines[below] as string);
  return fillQuoted(reading, from, reading.newSoFar === 0 && marked ? below : lines.length);
}

function fillQuoted({ kinds }: Reading, from: number, to: number): number {
  for (let i = from; i < to; i++) if (kinds[i] === "new") kinds[i] = "quoted";
  return to;
}

/** For every line the first one at or after it that is not blank; one extra entry for the end. */
function nextFilledLines(lines: readonly string[]): number[] {
  const next = Array.from<number>({ length: lines.length + 1 }).fill(lines.length);
  for (let i = lines.length - 1; i >= 0; i--) next[i] = isBlank(lines[i] as string) ? (next[i + 1] as number) : i;
  return next;
}
