/**
 * The lines with which mail programs divide a quoted or forwarded mail from what was newly written. The words come from
 * the tables of languages; what makes a heading of them is its build: dashes before them, or a whole line that ends in a
 * colon. Words alone prove nothing, since `the original message was lost` is a sentence.
 */
import { ALL_WORDS } from "../words/all.ts";

/** Longer lines are nobody's divider. Only the beginning of a line is looked at, so that a line of a megabyte costs nothing. In characters. */
const LOOKED_AT = 300;
/** `Forwarded by Maria Santos/HQ/ACME on 23.11.2026 10:02` has its own words in front; a heading has eight at most. */
const MAX_HEADING_WORDS = 8;

export type DividerKind = "original" | "forwarded";

/** Words with which a closing line begins or ends: `-----End of forwarded message-----`. It closes a mail and opens none. */
const END_WORDS =
  /^(?:end|ende|fin|fi|fine|fim|final|einde|slut|slutt|koniec|konec|kraj|край|крај|конец|завершение|кінець|завершення|loppu|sf[âa]r[șşs]it(?:ul)?|τέλος|סוף|نهاية|پایان|hết|kết thúc|akhir)(?![\p{L}\p{M}])|^สิ้นสุด|(?<![\p{L}\p{M}])(?:vége|sonu|끝|pabaiga|beigas|lõpp)$/u;

type Headings = { readonly opening: ReadonlyMap<string, DividerKind>; readonly closing: ReadonlySet<string> };
const HEADINGS = collectHeadings();

function collectHeadings(): Headings {
  const opening = new Map<string, DividerKind>();
  const closing = new Set<string>();
  for (const words of ALL_WORDS) {
    for (const [kind, phrases] of [
      ["original", words.originalMessage],
      ["forwarded", words.forwardedMessage],
    ] as const) {
      for (const phrase of phrases.map(spoken)) {
        if (END_WORDS.test(phrase)) closing.add(phrase);
        else opening.set(phrase, kind);
      }
    }
  }
  return { opening, closing };
}

/** Lower case, composed, one kind of apostrophe and of blank, no marks of direction: as the tables are written. */
function spoken(text: string): string {
  return text
    .replace(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, "")
    .replace(/[’‘`´]/g, "'")
    .replace(/\s+/g, " ")
    .normalize("NFC")
    .toLowerCase()
    .replaceAll("i\u0307", "i")
    .trim();
}

/** Two dashes at least before the words, of whatever kind: `--`, `—`, `====`, `****`, `____`. */
const RULED = /^[ \t\u00a0*]{0,40}([-_=*~+—–─━]{2,200}|—)[ \t\u00a0]{0,10}(?=[^\s])/;
const DASHES = "-_=*~+—–─━";

/** The words without the rule behind them, and how long that rule is. Read from the end: a pattern would look back for it. */
function withoutRuleBehind(text: string): { readonly words: string; readonly rule: number } {
  let end = text.length;
  while (end > 0 && /[\s*]/.test(text[end - 1] as string)) end--;
  let start = end;
  while (start > 0 && DASHES.includes(text[start - 1] as string)) start--;
  return { words: spoken(text.slice(0, start)).replace(/\s?[:：]$/, ""), rule: end - start };
}

/**
 * What a line divides off, if it is a divider.
 *   -----Original Message-----                                         original (Outlook, K-9, Samsung)
 *   -------- Weitergeleitete Nachricht --------                        forwarded (Thunderbird)
 *   ---------- Forwarded message ---------                             forwarded (Gmail)
 *   ============ Forwarded message ============                        forwarded (Zoho)
 *   ----- Forwarded by Maria Santos/HQ/ACME on 23.11.2026 10:02 -----  forwarded (Lotus Notes)
 *   Begin forwarded message:                                           forwarded (Apple Mail)
 * @param line one line, without its quote marks
 */
export function dividerKind(line: string): DividerKind | undefined {
  const head = line.slice(0, LOOKED_AT);
  const ruled = RULED.exec(head);
  if (!ruled) return bareKind(head);
  const { words, rule } = withoutRuleBehind(head.slice(ruled[0].length));
  const exact = HEADINGS.opening.get(words);
  if (exact !== undefined || HEADINGS.closing.has(words)) return exact;
  // With more words than the heading the rule must be one: a list or a signature begins with two dashes, too.
  return rule >= 2 || (ruled[1] as string).length >= 5 ? longestHeading(words) : undefined;
}

/** `Forwarded by Maria Santos on …` · `Original Message from Maria` · `原始邮件 (Maria)`: the longest beginning that the tables know. */
function longestHeading(words: string): DividerKind | undefined {
  let at = 0;
  let kind: DividerKind | undefined;
  for (let count = 0; count < MAX_HEADING_WORDS && at >= 0 && at < words.length; count++) {
    const next = words.indexOf(" ", at + 1);
    // `-----Original Message-----From: Maria` lost its line end; the dashes end the words, too.
    const beginning = (next < 0 ? words : words.slice(0, next)).replace(/(?:-{2}|[_=:：]).*$/s, "").trim();
    kind = HEADINGS.opening.get(beginning) ?? kind;
    at = next;
  }
  return kind;
}

/** `Begin forwarded message:` has no dashes; two words or more, the whole line, and the colon. */
function bareKind(head: string): DividerKind | undefined {
  if (head.length < 5 || head.length > 120 || !/[:：][\s*_]{0,4}$/.test(head)) return undefined;
  const words = spoken(head.replace(/^[\s*_]+/, "").replace(/[\s*_]*[:：][\s*_]*$/, ""));
  const telling = words.includes(" ") || /^[^\p{Script=Latin}\p{Script=Cyrillic}]{4,}$/u.test(words);
  return telling && HEADINGS.opening.get(words) === "forwarded" ? "forwarded" : undefined;
}

/** A line from which on everything is another mail, quoted or passed on. */
export function isDivider(line: string): boolean {
  return dividerKind(line) !== undefined;
}

/** `-----End of forwarded message-----` */
export function isClosing(line: string): boolean {
  const head = line.slice(0, LOOKED_AT);
  const ruled = RULED.exec(head);
  if (!ruled) return false;
  return HEADINGS.closing.has(withoutRuleBehind(head.slice(ruled[0].length)).words);
}

/** Outlook's rule above its header block: `________________________________` or `-------------------`. */
export function isUnderline(line: string): boolean {
  return /^[ \t]{0,4}(?:_{10,200}|-{10,200}|={10,200}|[─━—–]{6,200})[ \t]*$/.test(line.slice(0, LOOKED_AT));
}
