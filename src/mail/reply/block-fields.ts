/**
 * One field of the header block of a quoted or forwarded mail: the label before the colon, looked up in the tables of
 * languages, and what stands behind it.
 *   From: Maria Santos <maria@home.example>     · Outlook, Gmail, Apple Mail
 *   *From:* Maria Santos                        · Gmail's plain text of Outlook's bold
 *   **Von:** Maria Santos                       · Markdown
 *   De : Maria Santos                           · French
 *   Subject: \tCannot log in                    · Thunderbird
 *   发件人：Maria Santos                         · with the wide colon
 *   | 发件人 | Maria Santos |                    · NetEase, a table without colons
 */
import { ALL_WORDS } from "../words/all.ts";
import type { BlockField } from "../words/types.ts";

/** A field that a block shows; what a label may stand for is decided by what the block has already. */
export type BlockLine = {
  readonly label: string;
  /** What the label stands for, with the languages in which it does. */
  readonly kinds: ReadonlyMap<BlockField, ReadonlySet<string>>;
  /** Where in the line the value begins. */
  readonly valueAt: number;
};

/** The longest label has about forty characters; a colon further on ends no label. */
const MAX_LABEL = 60;
/** A value is taken up to here: addresses of a long list; more than that is no value. In characters. */
const MAX_VALUE = 8000;

/** Marks of direction stand before and behind the colon in Hebrew and Arabic mail; joiners are nobody's letters. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;

const LABELS = collectLabels();

function collectLabels(): ReadonlyMap<string, ReadonlyMap<BlockField, ReadonlySet<string>>> {
  const labels = new Map<string, Map<BlockField, Set<string>>>();
  for (const { code, fields } of ALL_WORDS) {
    for (const [kind, words] of Object.entries(fields) as [BlockField, readonly string[]][]) {
      for (const word of words) {
        const kinds = labels.get(labelForm(word)) ?? new Map<BlockField, Set<string>>();
        labels.set(labelForm(word), kinds.set(kind, (kinds.get(kind) ?? new Set()).add(code)));
      }
    }
  }
  return labels;
}

function labelForm(text: string): string {
  // Most lines by far: no marks, no stars, no accents.
  if (/^[A-Za-z]+(?:[ -][A-Za-z]+)*$/.test(text)) return text.toLowerCase();
  return text
    .replace(INVISIBLE, "")
    .replace(/[’‘`´]/g, "'")
    .replace(/^[\s*_|]+|[\s*_|.]+$/g, "")
    .replace(/\s+/g, " ")
    .normalize("NFC")
    .toLowerCase()
    .replaceAll("i\u0307", "i");
}

/** The field that a line shows; undefined for any other line. Costs little for those. */
export function blockLine(line: string | undefined): BlockLine | undefined {
  if (line === undefined || line.length < 3) return undefined;
  const head = line.slice(0, MAX_LABEL);
  return fieldBefore(head, head.search(/[:：]/)) ?? fieldBefore(head, cellEnd(head));
}

function fieldBefore(head: string, end: number): BlockLine | undefined {
  if (end <= 0) return undefined;
  const label = labelForm(head.slice(0, end));
  const kinds = LABELS.get(label);
  return kinds && { label, kinds, valueAt: end + 1 };
}

/** `| 日期 | 2026年11月23日 |` and `日期\t2026年…`: the end of the first cell. */
function cellEnd(head: string): number {
  if (!/[|\t]/.test(head)) return -1;
  const cell = /^\s{0,3}\|?\s{0,3}[^|\t]{1,40}?\s{0,3}[|\t]/.exec(head);
  return cell ? cell[0].length - 1 : -1;
}

/** A value without the stars of its label (`*From:* Maria`), the bars of a table, and marks of direction. */
export function valueForm(text: string): string {
  const value = text
    .slice(0, MAX_VALUE)
    .replace(INVISIBLE, "")
    .replace(/^[ \t\u00a0]{0,20}(?:\*{1,2}|_{1,2}|\|)?[\s\u00a0]{0,40}/, "")
    .trimEnd();
  return value.endsWith("|") ? value.slice(0, -1).trimEnd() : value;
}

/**
 * Fields that stand one behind the other in one line, as Yahoo's plain text has them:
 *   From: "Maria Santos" <maria@home.example>To: "Northwind" <support@nw.example>Sent: Monday, 23 November 2026 at 10:02:11 GMT+1Subject: Cannot log in
 * @returns the fields as lines of their own; the line itself when it holds fewer than three
 */
export function unstuck(line: string): readonly string[] {
  if (line.length < 3 * MIN_STUCK) return [line];
  const head = line.slice(0, MAX_STUCK);
  const starts = [0];
  for (const match of head.matchAll(/[:：]/g)) {
    const from = labelStart(head, match.index, starts.at(-1) as number);
    if (from !== undefined) starts.push(from);
    if (starts.length > MAX_FIELDS) break;
  }
  if (starts.length < 3) return [line];
  return starts.map((start, i) =>
    (i + 1 < starts.length ? head.slice(start, starts[i + 1]) : line.slice(start)).trim(),
  );
}

/** Six or seven fields with their values; longer lines are nobody's. In characters. */
const MAX_STUCK = 2000;
/** `To: a@b.example`, about. */
const MIN_STUCK = 12;
const MAX_FIELDS = 12;
/** `Copie carbone invisible` and the like, in characters. */
const MAX_STUCK_LABEL = 24;

/** Where the label begins that ends at this colon: right behind a bracket, a digit, a small letter or a blank, with a capital. */
function labelStart(text: string, colon: number, after: number): number | undefined {
  const least = Math.max(after + 3, colon - MAX_STUCK_LABEL);
  let found: number | undefined;
  for (let at = colon - 1; at >= least; at--) {
    const [before, first] = [text[at - 1] as string, text[at] as string];
    const parted = !/[\p{Lu}\p{Lo}\-/]/u.test(before) || /^[AP]M$/.test(text.slice(at - 2, at));
    const begins = /[\p{Lu}\p{Lo}]/u.test(first) && parted;
    if (begins && LABELS.has(labelForm(text.slice(at, colon)))) found = at;
  }
  return found;
}
