/**
 * Lines with a `>` that the author typed: a prompt, an arrow. They stand above the heading of the quoted mail and do not
 * stand in it, so that leaving them out would lose words, and sending them could show another mail's.
 *   Please type this:
 *   > net stop spooler
 *   On Mon, 23 Nov 2026 at 10:02, Maria Santos <maria@home.example> wrote:
 *   > The printer is slow.
 */
import { isGroupWise } from "./attribution.ts";
import { certainAttributionAt } from "./heading.ts";
import type { Kind } from "./line-kind.ts";
import { lettersOf } from "./plain-only.ts";
import { isBlank, isQuoted } from "./quote-lines.ts";

/** Nobody types more of them. In lines. */
const MAX_LOOKED_FOR = 50;
/** Only the beginning of a line is looked for. In characters. */
const MAX_LINE = 500;

/** Index of the first of them; undefined when there is none, or no heading below. */
export function typedWithMark(lines: readonly string[], kinds: readonly Kind[]): number | undefined {
  const marked: number[] = [];
  let heading = 0;
  for (; heading < lines.length && !isHeadingLine(lines, kinds, heading); heading++) {
    if (kinds[heading] !== "quoted" || lettersOf(beginningOf(lines[heading] as string)) === "") continue;
    marked.push(heading);
    // A quoted mail that only its marks show.
    if (marked.length > MAX_LOOKED_FOR) return undefined;
  }
  if (marked.length === 0 || heading === lines.length) return undefined;
  const history = lettersOf(lines.filter((_, i) => i >= heading && kinds[i] === "quoted").join(""));
  return marked.find((i) => !history.includes(lettersOf(beginningOf(lines[i] as string))));
}

/** Quoted without a mark, and no rest of a marked line; or an attribution that has a mark itself (Apple Mail, GroupWise). */
function isHeadingLine(lines: readonly string[], kinds: readonly Kind[], i: number): boolean {
  const line = lines[i] as string;
  if (kinds[i] !== "quoted" || isBlank(line)) return false;
  if (isQuoted(line)) return isGroupWise(line) || certainAttributionAt(lines, i) !== undefined;
  return !isQuoted(lines[i - 1] ?? "");
}

function beginningOf(line: string): string {
  return line.slice(0, MAX_LINE);
}
