/** What the client's own HTML says about the lines of the text to which it was rendered. */
import type { Mark } from "../html/marks.ts";
import type { Kind } from "./line-kind.ts";
import { isBlank, isQuoted } from "./quote-lines.ts";

const KIND_OF: Readonly<Record<Mark["kind"], Kind>> = {
  history: "quoted",
  attribution: "quoted",
  forwarded: "quoted",
  signature: "signature",
};

/**
 * The kinds that marks give to the lines of the text in which they stand; undefined where they say nothing. A line belongs to a
 * mark when its first visible character does.
 */
export function kindsFromMarks(lines: readonly string[], marks: readonly Mark[]): (Kind | undefined)[] {
  const sorted = marks.toSorted((left, right) => left.from - right.from);
  const kinds: (Kind | undefined)[] = [];
  let offset = 0;
  let next = 0;
  let open: Mark[] = [];
  for (const line of lines) {
    if (next === sorted.length && open.length === 0) {
      kinds.push(undefined);
      continue;
    }
    const at = offset + (line.length - line.trimStart().length);
    while (next < sorted.length && (sorted[next] as Mark).from <= at) open.push(sorted[next++] as Mark);
    if (open.length > 0) open = open.filter(({ to }) => to > at);
    const kind = open.find((mark) => mark.kind !== "signature") ?? open[0];
    kinds.push(kind && !isBlank(line) ? KIND_OF[kind.kind] : undefined);
    offset += line.length + 1;
  }
  return withAnswersBetween(lines, kinds);
}

/** An answer between two quoted lines of one container of history stays the author's: it carries no `>` of its own. */
function withAnswersBetween(lines: readonly string[], kinds: (Kind | undefined)[]): (Kind | undefined)[] {
  let quotedAbove = false;
  let between: number[] = [];
  for (const [i, line] of lines.entries()) {
    if (kinds[i] !== "quoted") {
      if (isBlank(line)) continue;
      quotedAbove = false;
      between = [];
    } else if (isQuoted(line)) {
      for (const one of between) kinds[one] = undefined;
      between = [];
      quotedAbove = true;
    } else if (quotedAbove) between.push(i);
  }
  return kinds;
}
