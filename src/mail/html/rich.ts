/**
 * The formatting that an agent gave their words, put around the words that may leave. Policy: the words are always those of
 * the text that passed every check, line by line; a line of the agent's HTML lends its formatting only when it says the same,
 * all other lines stay plain. The result has the elements p, br, b, i, u, s, code, pre, ul, ol, li and a with an address
 * of the web or of mail, and no other attribute than href and start.
 */
import { type RichLine, richLines } from "./rich-read.ts";
import { type Line, writeLines } from "./rich-write.ts";

/** How far ahead in the HTML a line is looked for: over commands, what was quoted, what was cut off. In lines. */
const LOOK_AHEAD = 200;
/** Mail clients break a paragraph of the HTML into this many lines of plain text at most. */
const MOST_BROKEN = 100;

/**
 * `text` as HTML with the formatting that `html` gives to the same words. Undefined when nothing in it is formatted. Never
 * throws; linear but for the bounded look ahead.
 * @param mayLink says whether a target may be shown; the words of a link that may not stay
 */
export function formatted(
  text: string,
  html: string,
  mayLink: (href: string) => boolean = () => true,
): string | undefined {
  const lines = matched(text.split(/\r\n|\r|\n/), richLines(html));
  return lines.some((line) => "rich" in line && isFormatted(line.rich)) ? writeLines(lines, mayLink) : undefined;
}

const isFormatted = ({ runs, item, pre }: RichLine): boolean =>
  pre || item !== undefined || runs.some(({ tags, href }) => tags.size > 0 || href !== undefined);

function matched(plain: readonly string[], rich: readonly RichLine[]): Line[] {
  const sides: Sides = {
    rich,
    keys: rich.map(({ runs }) => keyOf(runs.map(({ text }) => text).join(""))),
    plain,
    said: plain.map((line) => keyOf(withoutTargets(line))),
  };
  const lines: Line[] = [];
  let next = 0;
  for (let i = 0; i < plain.length;) {
    const found = findLine(sides, i, next);
    if (found === undefined) {
      lines.push({ plain: plain[i++] as string });
      continue;
    }
    lines.push({ rich: rich[found.at] as RichLine });
    next = found.at + 1;
    i = found.end;
  }
  return lines;
}

/** The lines of the HTML and those of the text, each with the words by which they are compared. */
type Sides = {
  readonly rich: readonly RichLine[];
  readonly keys: readonly string[];
  readonly plain: readonly string[];
  readonly said: readonly string[];
};

/** The line of the HTML that says what the text says from a line on, and where that ends. */
function findLine(sides: Sides, from: number, next: number): { at: number; end: number } | undefined {
  const { rich, keys, plain, said } = sides;
  const line = plain[from] as string;
  if (line.trim() === "") return undefined;
  const whole = said[from] as string;
  const bare = keyOf(withoutTargets(line.replace(MARKER, "")));
  for (let at = next; at < Math.min(keys.length, next + LOOK_AHEAD); at++) {
    const key = keys[at] as string;
    const isItem = (rich[at] as RichLine).item !== undefined;
    const begin = isItem && bare !== "" && key.startsWith(bare) ? bare : whole;
    if (begin === "" || !key.startsWith(begin)) continue;
    const end = endOfLine(sides, from, key, begin);
    if (end !== undefined) return { at, end };
  }
  return undefined;
}

/** Where the broken line ends whose words are `key`; undefined when they are others. `begin`: those of its first line. */
function endOfLine({ plain, said }: Sides, from: number, key: string, begin: string): number | undefined {
  let words = begin;
  for (let end = from + 1; end <= from + MOST_BROKEN; end++) {
    const isMore = end < plain.length && (plain[end] as string).trim() !== "";
    // `<https://…>` alone on the next line belongs to the link above it.
    if (words === key) return isMore && said[end] === "" && /</.test(plain[end] as string) ? end + 1 : end;
    if (!isMore) return undefined;
    words += said[end] as string;
    if (!key.startsWith(words)) return undefined;
  }
  return undefined;
}

/** Markers of items in plain text: `- ` · ` * ` · `•\t` · `·       ` · `1. ` · `a) ` */
const MARKER = /^\s*(?:[-–*•·◦▪§o]|\d{1,6}[.)]|[a-z][.)])\s+/;

/** `the manual <https://nw.example/m>` · `the manual<https://…>` · `[the manual](https://…)` */
function withoutTargets(text: string): string {
  return text
    .replace(/<(?:https?:\/\/|mailto:)[^<>]{1,2500}>/gi, "")
    .replace(/<[^<>\s@]{1,64}@[^<>\s@]{1,255}>/g, "")
    .replace(/\[([^[\]\n]{1,500})\]\((?:https?:\/\/|mailto:)[^()\s]{1,2500}\)/gi, "$1");
}

/**
 * The signs that clients write around formatted words in plain text, pictures and white space are no words. Marks of
 * direction are: they change what one reads.
 */
function keyOf(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/\[[^[\]\n]{1,200}\.(?:png|jpe?g|gif|webp|bmp)\]/gi, "")
    .replace(/[\s\u00ad\u200b-\u200d\u2060\ufeff*_/|~`]/gu, "");
}
