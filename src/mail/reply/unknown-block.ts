/**
 * A header block in a language without a table, seen by its build: lines with a short label and a colon, one under the
 * other, among them an address, a day with a clock time, and the subject of this very mail. A doubt and no more, since
 * an appointment looks the same.
 *   Frá: Maria Santos <maria@home.example>
 *   Sent þann: mánudagur, 23. nóvember 2026 10:02
 *   Efni: Printer
 */
import { hasAddress, hasDay, hasTime, plain } from "./evidence.ts";

/** `Kopie an`: three words at most, no digits. In characters. */
const LABEL = /^[\s*_]{0,4}[\p{L}\p{M}][\p{L}\p{M}'’.-]{0,24}(?: [\p{L}\p{M}'’.-]{1,24}){0,2}[*_ \u00a0]{0,4}[:：]/u;
/** Longer lines are a paragraph. In characters. */
const MAX_LINE = 300;
/** Author, day, subject. */
const LEAST = 3;
/** Without the subject the day stands second, between author and addressee, one of them with an address. */
const LEAST_WITHOUT = 4;
/** A subject of fewer letters may stand behind any label. */
const MIN_SUBJECT = 4;

/** The line with the day of the first such block, by its index; undefined when there is none. */
export function unknownBlock(lines: readonly string[], fresh: readonly number[], subject: string): number | undefined {
  const about = bareSubject(subject);
  let block: number[] = [];
  for (const i of fresh) {
    if (!LABEL.test((lines[i] as string).slice(0, MAX_LINE)) || (lines[i] as string).length > MAX_LINE) block = [];
    else if (block.length > 0 && block.at(-1) !== i - 1) block = [i];
    else block.push(i);
    if (block.length >= LEAST && block.length <= 8) {
      const day = dayIn(lines, block, about);
      if (day !== undefined) return day;
    }
  }
  return undefined;
}

function dayIn(lines: readonly string[], block: readonly number[], about: string): number | undefined {
  const values = block.map((i) => valueOf(lines[i] as string));
  const dayAt = values.findIndex((value) => hasDay(value) && hasTime(value));
  if (dayAt < 0) return undefined;
  const repeats = about.length >= MIN_SUBJECT && values.some((value) => bareSubject(value) === about);
  const addressed = [values[dayAt - 1], values[dayAt + 1]].some((value) => hasAddress(value ?? ""));
  return repeats || (addressed && dayAt === 1 && block.length >= LEAST_WITHOUT) ? block[dayAt] : undefined;
}

function valueOf(line: string): string {
  return plain(line.slice(line.search(/[:：]/) + 1).replace(/^[\s*_]+/, ""));
}

/** Without `Re:` and the like in whatever language, and without the number of a ticket: the words behind the last colon. */
function bareSubject(subject: string): string {
  return plain(subject.slice(0, MAX_LINE))
    .replace(/\[[^\]]{1,40}\]/g, " ")
    .replace(/^(?:\s{0,4}\p{L}{1,6}(?:\[\d{1,3}\])?\s?[:：])+/u, "")
    .replace(/\s+/g, " ")
    .trim();
}
