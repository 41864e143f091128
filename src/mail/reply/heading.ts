/** The heading of a quoted mail, read upwards from its first line: attribution, header block, divider, rule. */
import { type Attribution, attributionEndingAt, mayEndAttribution } from "./attribution.ts";
import { isDivider, isUnderline } from "./dividers.ts";
import { isField } from "./field.ts";
import { headerBlockAt } from "./header-block.ts";
import { isRule } from "./quote-lines.ts";

/** A header block is looked for this many lines up. */
const MAX_BLOCK = 12;

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
    while (at > 0 && (lines[at - 1] as string).trim() === "") at--;
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
  for (let from = last; from >= 0 && from > last - MAX_BLOCK && (lines[from] as string).trim() !== ""; from--)
    if (headerBlockAt(lines, from)) return from;
  return last + 1;
}
