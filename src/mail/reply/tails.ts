/**
 * The rest of a quoted line that the author's mail program broke without quoting it again: it looks like an answer.
 *   > Please tell nobody before the audit of 12 December is over, said the board of
 *   Fabrikam and Dev.
 * Whatever stands directly below a quoted line may be such a rest, unless its first word had room above. A blank line
 * between, or the HTML of the mail, tells that it is an answer. A sentence's end above does not: programs break there, too.
 */
import type { Kind } from "./line-kind.ts";
import { isBlank } from "./quote-lines.ts";

/** As programs count a line: characters, columns (wide characters take two), bytes of UTF-8. */
type Size = readonly [characters: number, columns: number, bytes: number];
/** Nobody breaks lines at less, as far as a quote of few lines tells; who counts bytes counts to 72 at least. */
const LEAST: Size = [55, 55, 72];
/** Nobody breaks at more than this; a longer line shows that nothing was broken. */
const WIDEST = 132;
/** A program that breaks at 72 leaves lines of up to 80 as they are. */
const MARGIN = 10;
/** Three lines that end so near to each other at the right, and not too near to the left, were broken there. In characters. */
const RAGGED = 12;
const MANY = 3;
const BROKEN_FROM = 50;
/** Longer lines are measured by their length alone. In characters. */
const MEASURED = 400;

const WIDE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uff60]/gu;
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;
/** Nothing to break at: a link, a rule. */
const UNBREAKABLE = /[!-\u024f]{41}/;
/** Up to where a line can be broken first: a word, or one character of a script without blanks. */
const FIRST =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|^[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]{1,100}/u;

/**
 * Index of the first new line that may be the rest of the quoted line above it.
 * @param rendered whether the text was rendered from HTML, which breaks no lines: then only a quote that was broken before makes a doubt
 * @param fresh lines that are the author's for certain
 */
export function firstTail(
  lines: readonly string[],
  kinds: readonly Kind[],
  rendered: boolean,
  fresh: ReadonlySet<number> = new Set(),
): number | undefined {
  const limits = new Map<boolean, Size>();
  for (let i = 1; i < lines.length; i++) {
    if (kinds[i] !== "new" || kinds[i - 1] !== "quoted" || fresh.has(i)) continue;
    if (isBlank(lines[i] as string) || isBlank(lines[i - 1] as string)) continue;
    const above = lines[i - 1] as string;
    // Some programs break only at blanks: what they do to Japanese says nothing of what they do to German.
    const spaced = !UNSPACED.test(above.slice(0, MEASURED));
    const limit = limits.get(spaced) ?? roomOf(lines, kinds, { spaced, rendered });
    limits.set(spaced, limit);
    if (!hadRoom(above, (lines[i] as string).trimStart(), limit)) return i;
  }
  return undefined;
}

function hadRoom(above: string, line: string, limit: Size): boolean {
  const last = sizeOf(above);
  const first = sizeOf(FIRST.exec(line)?.[0] ?? "");
  return limit.every((room, i) => (last[i] as number) + 1 + (first[i] as number) <= room);
}

/** Up to where a quoted line could have been filled: no program that broke lines left a longer one. */
function roomOf(
  lines: readonly string[],
  kinds: readonly Kind[],
  { spaced, rendered }: { spaced: boolean; rendered: boolean },
): Size {
  const sizes = lines
    .filter((line, i) => kinds[i] === "quoted" && !isBlank(line) && !UNBREAKABLE.test(line))
    .filter((line) => UNSPACED.test(line.slice(0, MEASURED)) !== spaced)
    .map(sizeOf);
  const longest = sizes.reduce<Size>(
    ([a, b, c], [x, y, z]) => [Math.max(a, x), Math.max(b, y), Math.max(c, z)],
    [0, 0, 0],
  );
  const widest = longest[0];
  const ragged = sizes.filter(([length]) => length >= widest - RAGGED).length;
  const broken = widest >= BROKEN_FROM && ragged >= MANY;
  const room = (one: 0 | 1 | 2): number => {
    if (longest[one] > WIDEST || (rendered && !broken)) return Infinity;
    return broken ? longest[one] - MARGIN : Math.max(longest[one] - MARGIN, LEAST[one]);
  };
  return [room(0), room(1), room(2)];
}

function sizeOf(text: string): Size {
  const line = text.trimEnd();
  if (line.length > MEASURED) return [line.length, line.length, line.length];
  return [line.length, line.length + (line.match(WIDE)?.length ?? 0), bytesOf(line)];
}

function bytesOf(line: string): number {
  let bytes = 0;
  for (const character of line) {
    const code = character.codePointAt(0) as number;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
