/**
 * The line by which a mail program says whose words follow, in whatever language and wrapped however it likes. Read from
 * its last line back, since only that one shows itself cheaply.
 *   On Mon, 23 Nov 2026 at 10:02, Maria Santos <maria@home.example> wrote:
 *   Am 23.11.2026 um 10:02 schrieb Maria Santos:
 *   Le lun. 23 nov. 2026 à 10:02, Maria Santos
 *   <maria@home.example> a écrit :
 *   2026-11-23 10:02 GMT+01:00 Maria Santos <maria@home.example>:
 *   ---- On Mon, 23 Nov 2026 10:02:00 +0000 maria@home.example wrote ----
 * A sentence of the author's that only looks like one (`On Monday I wrote to you:`) must stay: losing it is worse than a
 * line too much.
 */
import { type Certainty, judge } from "./attribution-text.ts";
import { beginsWithDate, endsInWrote, hasDay, hasTime, opens, plain } from "./evidence.ts";
import { isQuoted } from "./quote-lines.ts";

/** Wrapped over at most this many lines; mailers that break at 40 characters need six for a long name and address. */
const MAX_LINES = 6;
/** Longer lines, and attributions, are nobody's. In characters. */
const MAX_LINE = 400;
const MAX_TEXT = 600;
/** No mailer breaks a line that is shorter. In characters. */
const WRAPPED_FROM = 20;

export type Attribution = { readonly from: number; readonly certainty: Certainty };

/** Whether a line may be the last one of an attribution. Cheap, since it is asked of every line. */
export function mayEndAttribution(line: string): boolean {
  if (line.length > MAX_LINE || line.length < 2) return false;
  const last = lastVisible(line);
  return last === ":" || last === "：" || last === "-" || last === "—" || endsLikeVerb(line, last);
}

/** A verb at the very end of a line that names a time: rare enough to look twice. */
function endsLikeVerb(line: string, last: string): boolean {
  return last !== "" && last !== "." && last !== "," && /\d[:.h]\d\d/.test(line) && endsInWrote(plain(line));
}

/** `>>> Maria Santos <maria@home.example> 23/11/2026 10:02 >>>`: GroupWise, over a history without marks of its own. */
export function isGroupWise(line: string): boolean {
  if (!line.startsWith(">>> ") || line.length > MAX_LINE || !line.trimEnd().endsWith(">>>")) return false;
  const bare = plain(line);
  return hasDay(bare) && hasTime(bare);
}

function lastVisible(line: string): string {
  for (let at = line.length - 1; at >= 0 && at >= line.length - 30; at--)
    if (!/[\s*_\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/.test(line[at] as string)) return line[at] as string;
  return "";
}

/**
 * The attribution whose last line is this one, if it is one.
 * @param lines the lines of the text
 * @param last index of its last line, for which `mayEndAttribution` said yes
 * @param first no line above this index belongs to it
 */
export function attributionEndingAt(lines: readonly string[], last: number, first = 0): Attribution | undefined {
  const found = shortestEndingAt(lines, last, first);
  // Maria Santos <maria@home.example>
  // 於 2026年11月23日 週一 上午10:02寫道：
  const above = found && found.from > first ? (lines[found.from - 1] as string) : "";
  return found && isNameAndAddress(above) ? { ...found, from: found.from - 1 } : found;
}

function isNameAndAddress(line: string): boolean {
  return line.length < 200 && /^[^<>:.!?]{0,80}<[^<>\s]{3,120}>(?: \S{1,3})?\s{0,4}$/.test(line) && line.includes("@");
}

function shortestEndingAt(lines: readonly string[], last: number, first: number): Attribution | undefined {
  let best: Attribution | undefined;
  let text = "";
  for (let from = last; from >= first && from > last - MAX_LINES; from--) {
    const line = lines[from] as string;
    if (from < last && endsParagraph(line, text)) break;
    text = `${line.trim()} ${text}`.trim();
    if (text.length > MAX_TEXT) break;
    const bare = unwrapped(text);
    const certainty = judge(bare);
    if (certainty === undefined) continue;
    // The first that begins as an attribution begins is all of it: a greeting above stays.
    if (opens(bare) && beginsWithDate(bare) && hasDay(bare)) return { from, certainty };
    if (!best || isBetter({ from, certainty }, best, lines) || (begins(bare) && isWrappedAbove(lines, from, best)))
      best = { from, certainty };
  }
  return best;
}

/** Surer, or whole where the shorter one begins in the middle. */
function isBetter(longer: Attribution, shorter: Attribution, lines: readonly string[]): boolean {
  return (shorter.certainty !== "certain" && longer.certainty === "certain") || isTorn(shorter.from, lines);
}

/** The longer one begins as an attribution begins, in a line long enough to be wrapped, and the shorter one does not. */
function isWrappedAbove(lines: readonly string[], from: number, shorter: Attribution): boolean {
  return (lines[from] as string).length >= WRAPPED_FROM && !begins(plain(lines[shorter.from] as string));
}

function begins(text: string): boolean {
  return beginsWithDate(text) || opens(text);
}

/** A line that cannot be the beginning of what follows: blank, quoted, a sentence's end, another attribution's end. */
function endsParagraph(line: string, below: string): boolean {
  if (line.trim() === "" || line.length > MAX_LINE || isQuoted(line)) return true;
  // A long address may be broken behind its bracket, never in front of a full stop.
  return /(?:\p{Ll}{5}[.!?]|[:：!?]|^(?:hi|hello)\b.{0,40},)\s*$/u.test(line) && !/^[<>]/.test(below);
}

/** Begins in the middle: with the address or the verb. The name stands on the line above. */
function isTorn(from: number, lines: readonly string[]): boolean {
  return /^[\s*]*(?:[<(\p{Ll}]|\S+@)/u.test(lines[from] as string);
}

/** Without what programs put around it: `---- … ----` · `- …` · `*…*`, a bracket broken over two lines, a link in an address. */
function unwrapped(text: string): string {
  return plain(text)
    .replace(/^[-–—*_>\s]+/, "")
    .replace(/[*_\s]+$/, "")
    .replace(/<\s?(?:<\s?)?(?:mailto:)?\s?/g, "<")
    .replace(/\s?>[>\s]*/g, "> ")
    .replace(/ ([:：])$/, "$1")
    .trim();
}
