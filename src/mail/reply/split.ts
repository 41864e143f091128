/**
 * What the author newly wrote, apart from the history that the mail client quoted under, above or around it.
 * One pass over the lines with the tables of reply-lines.ts; every look ahead is bounded, so time is linear.
 */
import {
  attributionAt,
  endsWithFooter,
  headerBlockAt,
  isDivider,
  isQuoted,
  isSignature,
  isUnderline,
  isWrappedQuote,
} from "./lines.ts";

export type Reply = {
  /** Never empty when the text is not: then it is the whole text. */
  readonly replyText: string;
  /** The quoted history with its attribution lines, as it stood. Empty when none was seen. */
  readonly quoted: string;
  /** True when nothing new was left beside the history, and `replyText` is everything. */
  readonly fallback: boolean;
};

type Kind = "new" | "quoted" | "signature";

/** A signature under a line that is not exactly `-- ` may be this long in lines, else it is text. */
const MAX_SIGNATURE = 12;

/**
 * Splits a reply.
 * @param text the readable text of the message
 * @param quoteAt place from which on the client itself marked everything as history
 */
export function splitReply(text: string, quoteAt?: number): Reply {
  const marked = quoteAt === undefined ? undefined : divide(text.slice(0, quoteAt), text.slice(quoteAt));
  // Nothing above the client's own mark: the answer stands below or between, so the text decides.
  return marked && !marked.fallback ? marked : divide(text, "");
}

function divide(text: string, history: string): Reply {
  const lines = text.split("\n");
  const kinds = classify(lines);
  const pick = (kind: Kind): string => lines.filter((_, i) => kinds[i] === kind).join("\n");
  const replyText = tidy(pick("new"));
  const quoted = `${pick("quoted")}\n${history}`.replace(/^\n+/, "").trimEnd();
  if (replyText === "")
    return { replyText: `${text}${history}`.trim(), quoted: "", fallback: text.trim() !== "" || history.trim() !== "" };
  return { replyText, quoted, fallback: false };
}

/** Removes the leading `>` of every line: `> > Hello` gives `Hello`. */
export function stripQuotedPrefix(text: string): string {
  return text.replace(/^(?:[ \t]?>)+[ \t]?/gm, "");
}

function classify(lines: readonly string[]): Kind[] {
  const kinds: Kind[] = Array.from(lines, () => "new");
  const nextFilled = nextFilledLines(lines);
  let i = 0;
  while (i < lines.length) {
    const line = lines[i] as string;
    if (isQuoted(line) || isWrappedQuote(lines, i)) {
      kinds[i++] = "quoted";
      continue;
    }
    if (endsTheReply(lines, i, nextFilled)) {
      kinds.fill("quoted", i);
      break;
    }
    const attribution = attributionAt(lines, i);
    if (attribution) {
      const below = nextFilled[i + attribution.lines] as number;
      const quotedBelow = below < lines.length && isQuoted(lines[below] as string);
      if (quotedBelow) {
        kinds.fill("quoted", i, below);
        i = below;
        continue;
      }
      // History without `>`: certain only when the line names a time and an author.
      if (attribution.certain && below < lines.length) {
        kinds.fill("quoted", i);
        break;
      }
    }
    i++;
  }
  markSignatures(lines, kinds);
  return kinds;
}

/** From here on everything is history: a divider, or the header block of the quoted mail. */
function endsTheReply(lines: readonly string[], i: number, nextFilled: readonly number[]): boolean {
  const line = lines[i] as string;
  if (line.trim() === "") return false;
  if (isDivider(line) || headerBlockAt(lines, i)) return true;
  const below = nextFilled[i + 1] ?? lines.length;
  return isUnderline(line) && below - i <= 4 && headerBlockAt(lines, below);
}

/** Signatures and phone footers stand at the end of a run of new lines: before a quote or at the very end. */
function markSignatures(lines: readonly string[], kinds: Kind[]): void {
  let end = lines.length;
  while (end > 0) {
    while (end > 0 && kinds[end - 1] !== "new") end--;
    let start = end;
    while (start > 0 && kinds[start - 1] === "new") start--;
    markSignature(lines, kinds, start, end);
    end = start;
  }
}

function markSignature(lines: readonly string[], kinds: Kind[], start: number, end: number): void {
  for (let i = start; i < end; i++) {
    const exact = /^-- ?$/.test(lines[i] as string);
    if (exact || (isSignature(lines[i] as string) && end - i <= MAX_SIGNATURE && i > start)) {
      kinds.fill("signature", i, end);
      end = i;
      break;
    }
  }
  // Footers, several at most: `Sent from my iPhone` under `Get Outlook for iOS`.
  for (let last = end - 1, seen = 0; last >= start && seen < 3; last--) {
    const line = lines[last] as string;
    if (line.trim() === "") continue;
    if (!endsWithFooter(line)) break;
    kinds.fill("signature", last, end);
    seen++;
  }
}

/** For every line the first one at or after it that is not blank; one extra entry for the end. */
function nextFilledLines(lines: readonly string[]): number[] {
  const next = Array.from({ length: lines.length + 1 }, () => lines.length);
  for (let i = lines.length - 1; i >= 0; i--)
    next[i] = (lines[i] as string).trim() === "" ? (next[i + 1] as number) : i;
  return next;
}

function tidy(text: string): string {
  return text
    .replace(/\n{3,}/g, "\n\n")
    .replace(/^\s*\n/, "")
    .trim();
}
