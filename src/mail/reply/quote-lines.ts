/** Lines of a quoted mail that carry a mark of their own, and the tails that mailers broke off them. */

/** Plain text is sent in lines of at most this many characters (RFC 2822 section 2.1.1; programs wrap from 72 on). */
const WRAPPED_FROM = 72;
/** Only the beginning of a line is looked at, so that a line of a megabyte costs nothing. In characters. */
const LOOKED_AT = 300;

/** `> Since this morning …` · `>> …` · ` > …` */
export function isQuoted(line: string): boolean {
  return /^[ \t]{0,3}>/.test(line);
}

/**
 * `MS> Since this morning …`, the author's initials before the mark (The Bat!). Believed only where two such lines stand
 * one under the other with the same initials, so that a `C> dir` somewhere in a text stays.
 */
function initialsOf(line: string): string | undefined {
  return /^[ \t]?([\p{L}]{1,3})>{1,9}[ \t]/u.exec(line.slice(0, 20))?.[1];
}

/** `| Since this morning …` · `: Since …`, the marks of a few old programs; believed only under an attribution. */
function oddMarkOf(line: string): "|" | ":" | undefined {
  const mark = /^[ \t]{0,2}([|:])(?:[ \t]|$)/.exec(line.slice(0, 5))?.[1];
  // A table in text: | Nails | 20 |
  return mark === undefined || line.slice(0, LOOKED_AT).trimEnd().endsWith("|") ? undefined : (mark as "|" | ":");
}

/** `MS> Hello` with another line of the same initials next to it. */
export function isInitialled(lines: readonly string[], i: number): boolean {
  const initials = initialsOf(lines[i] as string);
  if (initials === undefined) return false;
  return initialsOf(lines[i + 1] ?? "") === initials || initialsOf(lines[i - 1] ?? "") === initials;
}

/** End of a block of lines that all carry `|` or `:`, two at least; `from` when there is none. */
export function oddQuoteEnd(lines: readonly string[], from: number): number {
  const mark = oddMarkOf(lines[from] as string);
  if (mark === undefined) return from;
  let end = from + 1;
  while (end < lines.length && oddMarkOf(lines[end] as string) === mark) end++;
  return end - from >= 2 ? end : from;
}

/**
 * The tail of a long quoted line that a mailer broke without quoting it again, between two quoted lines:
 *   > Since this morning my password is refused. I have a customer call at noon, can
 *   you help?
 *   > Maria
 * Only a tail in lower case whose first word had no room above: an answer wedged in between begins with a capital or a
 * digit as a rule, and losing it is worse.
 */
export function isWrappedTail(lines: readonly string[], i: number): boolean {
  const [above = "", line = "", below = ""] = [lines[i - 1], lines[i], lines[i + 1]];
  if (!isQuoted(above) || !isQuoted(below) || line.length >= WRAPPED_FROM || !/^\p{Ll}/u.test(line)) return false;
  return above.trimEnd().length + 1 + (line.split(" ", 1)[0] as string).length >= WRAPPED_FROM;
}

/** A line of nothing but rule: `----` · `====` · `* * *` · `________`. */
export function isRule(line: string): boolean {
  return line.length <= 200 && /^[ \t]*(?:[-=_*~#—–][ \t]?){3,}$/.test(line);
}

/** Nothing to read: what `trim` leaves empty. */
export function isBlank(line: string): boolean {
  return line === "" || line.trim() === "";
}

/** An address broken in its bracket, so that the rest looks quoted: `Maria Santos <maria@home.example` / `> wrote:`. */
export function closesBracket(lines: readonly string[], i: number): boolean {
  const above = (lines[i - 1] ?? "").slice(-300);
  return (
    /^>[^<>]{0,40}[:：]\s*$/u.test((lines[i] as string).slice(0, 60)) && above.lastIndexOf("<") > above.lastIndexOf(">")
  );
}
