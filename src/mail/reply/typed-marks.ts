/**
 * Lines with a `>` that the author typed: a prompt, an arrow. They stand above the heading of the quoted mail and do not
 * stand in it, so that leaving them out would lose words, and sending them could show another mail's.
 *   Please type this:
 *   > net stop spooler
 *   On Mon, 23 Nov 2026 at 10:02, Maria Santos <maria@home.example> wrote:
 *   > The printer is slow.
 */
import type { Kind } from "./line-kind.ts";
import { lettersOf } from "./plain-only.ts";
import { isBlank, isQuoted } from "./quote-lines.ts";

/** So many are looked for in the quoted mail; an author who picks more than that is asked. In lines. */
const MAX_LOOKED_FOR = 50;
/** Only the beginning of a line is looked for. In characters. */
const MAX_LINE = 500;

/** Index of the first of them; undefined when there is none, or no heading below. */
export function typedWithMark(lines: readonly string[], kinds: readonly Kind[]): number | undefined {
  const heading = kinds.findIndex((_, i) => isHeadingLine(lines, kinds, i));
  if (heading < 1) return undefined;
  const marked: number[] = [];
  for (let i = 0; i < heading; i++)
    if (kinds[i] === "quoted" && isQuoted(lines[i] as string) && lettersOf(beginningOf(lines[i] as string)) !== "")
      marked.push(i);
  if (marked.length === 0 || marked.length > MAX_LOOKED_FOR) return marked[0];
  const history = lettersOf(lines.filter((_, i) => i >= heading && kinds[i] === "quoted").join(""));
  return marked.find((i) => !history.includes(lettersOf(beginningOf(lines[i] as string))));
}

/** Quoted without a mark, and no rest of a marked line. */
function isHeadingLine(lines: readonly string[], kinds: readonly Kind[], i: number): boolean {
  const line = lines[i] as string;
  return kinds[i] === "quoted" && !isBlank(line) && !isQuoted(line) && !isQuoted(lines[i - 1] ?? "");
}

function beginningOf(line: string): string {
  return line.slice(0, MAX_LINE);
}
