/**
 * What a company's mail server hangs under the plain part only: a paragraph at the end of the author's words of which the
 * HTML knows nothing. The author saw the HTML, so it is none of theirs: not sent, and no reason to send nothing.
 */
import type { Kind } from "./line-kind.ts";
import { isBlank } from "./quote-lines.ts";
import { runsOf, wordsOf } from "./word-runs.ts";

/** A server's footer is a few lines; more is another text altogether. In lines. */
const MAX_ADDED = 8;

export type PlainPart = {
  readonly lines: readonly string[];
  readonly kinds: readonly Kind[];
  /** New lines of which the HTML knows nothing. */
  readonly unknown: readonly number[];
  /** New lines that are history or signature in the HTML. */
  readonly taken: readonly number[];
};

/**
 * The lines of one such paragraph; none when the HTML's last words are not found above it, since then the paragraph may
 * be those very words, spelled otherwise (`Gr??e aus M?nchen`).
 */
export function addedBelow({ lines, kinds, unknown, taken }: PlainPart, replyText: string): number[] {
  if (unknown.length === 0 || unknown.length > MAX_ADDED) return [];
  const away = new Set(taken);
  const isOwn = (i: number): boolean => kinds[i] === "new" && !away.has(i) && !isBlank(lines[i] as string);
  const last = unknown.at(-1) as number;
  const first = last - unknown.length + 1;
  const whole = unknown.every((line, i) => line === first + i && !/^\s{0,9}[#＃>]/u.test(lines[line] as string));
  if (!whole || first === 0 || !isBlank(lines[first - 1] as string)) return [];
  for (let i = last + 1; i < lines.length; i++) if (isOwn(i)) return [];
  const above = lines.slice(0, first).filter((_, i) => isOwn(i));
  const end = wordsOf(replyText).slice(-3).join(" ");
  return end !== "" && runsOf(above.join("\n")).has(end) ? Array.from(unknown) : [];
}

/** Letters and digits alone, in lower case. */
export function lettersOf(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, "");
}
