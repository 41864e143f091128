/** The heading of a quoted mail: attribution, header block, divider, rule, a help desk's line. Read downwards in a new text, upwards from words that are known to be quoted. */
import { type Attribution, attributionEndingAt, mayEndAttribution } from "./attribution.ts";
import { isDivider, isUnderline } from "./dividers.ts";
import { isField } from "./field.ts";
import { headerBlockAt } from "./header-block.ts";
import { hasDate, hasTime, plain } from "./evidence.ts";
import { isBlank, isQuoted, isRule } from "./quote-lines.ts";
import { isReplyAboveLine } from "./reply-above.ts";

/** A header block is looked for this many lines up. */
const MAX_BLOCK = 12;

/** Between a rule and the header block under it stand this many lines at most. */
const RULE_TO_BLOCK = 4;
/** A heading is this many lines long at most, wrapped addresses and all. */
const MAX_HEADING = 40;

/** A heading as it stands: its first line, and the line below its last one. */
export type Heading = { readonly from: number; readonly to: number };

/**
 * The heading without attribution that begins at this line: a divider, a header block, a help desk's line.
 * @param first no line above this index belongs to it
 * @param mayLook asked before each costly look, which it may refuse
 */
export function headingAt(
  lines: readonly string[],
  i: number,
  first: number,
  mayLook: () => boolean,
): Heading | undefined {
  const line = lines[i] as string;
  if (isReplyAboveLine(line) || isDivider(line)) return { from: i, to: headingEnd(lines, i + 1) };
  let block = i;
  if (isUnderline(line))
    do block++;
    while (block < i + RULE_TO_BLOCK && isBlank(lines[block] ?? ""));
  if (!mayBeField(lines[block]) || !mayLook() || !headerBlockAt(lines, block)) return undefined;
  return { from: i > first && isDateAbove(lines[i - 1] as string) ? i - 1 : i, to: headingEnd(lines, block) };
}

/** A colon near the beginning: cheap, since it is asked of every line. */
function mayBeField(line: string | undefined): boolean {
  return line !== undefined && /[:：]/.test(line.slice(0, 60));
}

/** Orange writes the date over the header block, under a label of its own: `Message du : 23/11/2026 10:02`, then `De : …`. */
function isDateAbove(line: string): boolean {
  if (line.length > 80 || !/^\s{0,4}[\p{L} ]{2,25}[:：]\s/u.test(line)) return false;
  const bare = plain(line);
  return hasDate(bare) && hasTime(bare);
}

function headingEnd(lines: readonly string[], from: number): number {
  let end = from;
  while (
    end < lines.length &&
    end < from + MAX_HEADING &&
    !isBlank(lines[end] as string) &&
    !isQuoted(lines[end] as string)
  )
    end++;
  return end;
}

/** The attribution that ends at this line, believed without quoted lines below it. */
export function certainAttributionAt(lines: readonly string[], i: number): Attribution | undefined {
  if (!mayEndAttribution(lines[i] as string)) return undefined;
  const attribution = attributionEndingAt(lines, i);
  return attribution?.certainty === "certain" ? attribution : undefined;
}

/** Whether a quoted mail begins at or above this line: the last line of an attribution, a divider, a program's long rule. */
export function isHeading(lines: readonly string[], i: number): boolean {
  const line = lines[i] as string;
  return (
    isDivider(line) || isUnderline(line) || headerBlockAt(lines, i) || certainAttributionAt(lines, i) !== undefined
  );
}

/**
 * Index at which the heading begins that ends directly above `end`, with all that belongs to it; blank lines above count as
 * a part of it. For a text whose lines from `end` on are known to be quoted.
 */
export function headingStart(lines: readonly string[], end: number): number {
  let at = end;
  for (;;) {
    while (at > 0 && isBlank(lines[at - 1] as string)) at--;
    const start = at > 0 ? partStart(lines, at - 1) : at;
    if (start === at) return at;
    at = start;
  }
}

/** Where the part of a heading begins whose last line this is; the line below it when it is none. */
function partStart(lines: readonly string[], last: number): number {
  const line = lines[last] as string;
  // What follows is quoted for certain, so that a likely attribution is one.
  const attribution = mayEndAttribution(line) ? attributionEndingAt(lines, last) : undefined;
  if (attribution) return attribution.from;
  if (isRule(line) || isDivider(line) || isField(line)) return last;
  for (let from = last; from >= 0 && from > last - MAX_BLOCK && !isBlank(lines[from] as string); from--)
    if (headerBlockAt(lines, from)) return from;
  return last + 1;
}
