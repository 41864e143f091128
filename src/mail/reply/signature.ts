/**
 * Signatures, where a run of new lines ends: under a line made for it, under a closing, or a name behind a dash. A line
 * that only looks like one must stay, so everything but RFC 3676's `-- ` asks what stands under it.
 */
import { ALL_WORDS } from "../words/all.ts";
import { disclaimerStart } from "./disclaimer.ts";
import { hasAddress, plain } from "./evidence.ts";
import { footerOf } from "./footer.ts";

/** A signature under a line that is not exactly `-- ` may be this long, in lines that are not blank, else it is text. */
const MAX_SIGNATURE = 12;
/** Lines of a name, a post, a street, a telephone. In characters. */
const MAX_LINE = 90;
/** `Sent from my iPhone` under `Get Outlook for iOS`, a virus scanner under both. */
const MAX_FOOTERS = 3;

const CLOSINGS = new Set(ALL_WORDS.flatMap(({ closings }) => closings));

/**
 * Index at which the signature and the footers of the new lines from `start` to `end` begin; `end` without any.
 */
export function signatureStart(lines: readonly string[], start: number, end: number): number {
  let at = start;
  while (at < end && !/^-- ?$/.test(lines[at] as string)) at++;
  if (at === end) at = separatedStart(lines, start, end);
  at = disclaimerStart(lines, start, at);
  at = footersStart(lines, start, at);
  at = closingStart(lines, start, at);
  return footersStart(lines, start, signedStart(lines, start, at));
}

/** Imitations of `-- `: `—` · `__` · `***` · `---`. The first with nothing but a block under it. */
function separatedStart(lines: readonly string[], start: number, end: number): number {
  let found = end;
  let filled = 0;
  let listed = false;
  for (let i = end - 1; i >= start; i--) {
    const line = (lines[i] as string).trim();
    if (line === "") continue;
    if (line.length <= 100 && /^(?:-{2,3}|[—–]{1,20}|_{2,}|\*{3})$/.test(line)) {
      // A mailing list draws a long line; the same one over `Join the meeting: https://…` stays, and what stands under it.
      if (filled > 0 && (listed || !/^_{4}/.test(line))) found = i;
    } else if (!footerOf(line, true)) {
      if (++filled > MAX_SIGNATURE || line.length > MAX_LINE || isWords(line)) break;
      listed ||= hasAddress(line) || /mailing list|unsubscribe/i.test(line);
    }
  }
  return found;
}

/** Whether the lines under a closing are a name and how to reach somebody, and no words: few, short, no question, no sentence. */
function isBlock(lines: readonly string[], from: number, to: number): boolean {
  let filled = 0;
  for (let i = from; i < to; i++) {
    const line = (lines[i] as string).trim();
    if (line === "" || footerOf(line, true)) continue;
    if (++filled > MAX_SIGNATURE || line.length > MAX_LINE || isWords(line)) return false;
  }
  return filled > 0;
}

/** A question, a sentence, a command, an item of a list, an afterword: `Does it work?` · `#close` · `- first point` · `PS: …` */
function isWords(line: string): boolean {
  if (/[?？]$|^#\p{L}|^(?:[-*•+]|\d{1,2}[.)]) \S|^p\.? ?s\.?\b/iu.test(line)) return true;
  return /\p{L}{2}[.!:…]$/u.test(line) && line.split(/\s+/).length >= 6 && !hasAddress(line);
}

function footersStart(lines: readonly string[], start: number, end: number): number {
  let at = end;
  for (let last = end - 1, seen = 0; last >= start && seen < MAX_FOOTERS; last--) {
    const line = lines[last] as string;
    if (line.trim() === "") continue;
    const above = last === start || (lines[last - 1] as string).trim() === "";
    if (!footerOf(line, above)) break;
    at = last;
    seen++;
  }
  return at;
}

/**
 * A closing with a name and more under it. A closing with a mere name is the author's own word and stays:
 *   Kind regards,          (goes)        Kind regards,      (stays)
 *   Maria Santos                         Maria
 *   Fabrikam, +49 30 1234
 */
function closingStart(lines: readonly string[], start: number, end: number): number {
  let filled = 0;
  for (let i = end - 1; i > start; i--) {
    const line = (lines[i] as string).trim();
    if (line === "") continue;
    if (isClosing(line))
      return filled >= 2 && isName(firstFilled(lines, i + 1)) && isBlock(lines, i + 1, end) ? i : end;
    if (++filled > MAX_SIGNATURE || line.length > MAX_LINE) return end;
  }
  return end;
}

function isClosing(line: string): boolean {
  return line.length <= 60 && CLOSINGS.has(plain(line).replace(/[\s,.!–—-]+$/, ""));
}

function firstFilled(lines: readonly string[], from: number): string {
  let i = from;
  while ((lines[i] as string).trim() === "") i++;
  return (lines[i] as string).trim();
}

/** `Maria Santos` · `MARIA` · `Dr. Maria Santos-Silva` · `田中太郎` */
function isName(line: string): boolean {
  return /^[*_]?(?:[\p{Lu}\p{Lo}][\p{L}\p{M}.'’-]{0,30}[ ,]{0,2}){1,5}[*_]?$/u.test(line);
}

/** `-Maria` · `—Maria Santos` as the last line, below a blank one; a hyphen and a blank begin an item of a list. */
function signedStart(lines: readonly string[], start: number, end: number): number {
  let last = end - 1;
  while (last > start && (lines[last] as string).trim() === "") last--;
  if (last <= start || (lines[last - 1] as string).trim() !== "") return end;
  const name = /^(?:-{1,2}|[—–] ?)(\p{Lu}.{0,60})$/u.exec((lines[last] as string).trimEnd())?.[1];
  return name !== undefined && isName(name) ? last : end;
}
