/**
 * What the HTML of a mail says about the plain part beside it, by their words: history and signature that only the HTML
 * marks, and words that only the plain part has. By runs of three words, since the parts wrap their lines and write links,
 * stars and bullets differently.
 */
import type { Kind } from "./line-kind.ts";
import { isBlank } from "./quote-lines.ts";
import { addedBelow, lettersOf } from "./plain-only.ts";
import { lastWordsOf, runsOf, wordsOf } from "./word-runs.ts";

/** The HTML of the same mail, split by itself. */
export type Other = { readonly replyText: string; readonly quoted: string; readonly signature: string };

/** Beyond this the parts are not compared. In characters. */
const MAX_COMPARED = 400_000;
/** A line of fewer letters proves nothing where it stands. */
const MIN_LETTERS = 12;
/** So many lines are looked for without their blanks; a client that glues more than that sends no text. */
const MAX_GLUED = 50;

export type Comparison = {
  /** Lines that are new in the plain part and history in the HTML. */
  readonly history: readonly number[];
  /** Lines that are new in the plain part and signature in the HTML, or hung under it by a mail server. */
  readonly signature: readonly number[];
  /** Lines that the HTML shows as new, too. */
  readonly fresh: ReadonlySet<number>;
  /** New lines of the plain part of which the HTML knows nothing. */
  readonly unknown: readonly number[];
  readonly compared: boolean;
};

/** Of how many words of a line the HTML says what. */
type Vote = { fresh: number; old: number; signed: number; none: number; letters: number };
type Says = "fresh" | "old" | "signed";
type Word = { readonly word: string; readonly line: number };
type Sources = Readonly<Record<Says, ReadonlySet<string>>>;

/** Compares the new lines of a plain part with the HTML beside it. Linear in the size of both. */
export function compareWithHtml(lines: readonly string[], kinds: readonly Kind[], html: Other): Comparison {
  const none = { history: [], signature: [], fresh: new Set<number>(), unknown: [], compared: false };
  if (html.replyText.length + html.quoted.length + html.signature.length > MAX_COMPARED) return none;
  const sources = { fresh: runsOf(html.replyText), old: runsOf(html.quoted), signed: runsOf(html.signature) };
  const votes = votesOf(newWords(lines, kinds), sources);
  const judged = judge(lines, kinds, votes, sources);
  takeWordless(lines, kinds, votes, judged);
  const unknown = unglued(lines, judged, html.replyText);
  const added = addedBelow({ lines, kinds, unknown, taken: [...judged.history, ...judged.signature] }, html.replyText);
  return {
    history: judged.history,
    signature: [...judged.signature, ...added],
    fresh: judged.fresh,
    unknown: unknown.filter((line) => !added.includes(line)),
    compared: true,
  };
}

function newWords(lines: readonly string[], kinds: readonly Kind[]): Word[] {
  const words: Word[] = [];
  for (const [i, line] of lines.entries())
    if (line !== "" && kinds[i] === "new" && words.length < MAX_COMPARED / 4)
      for (const word of wordsOf(line)) words.push({ word, line: i });
  return words;
}

function votesOf(words: readonly Word[], sources: Sources): Map<number, Vote> {
  const votes = new Map<number, Vote>();
  for (let start = 0, end = 0; start < words.length; start = end) {
    const line = (words[start] as Word).line;
    while (end < words.length && words[end]?.line === line) end++;
    const vote: Vote = { fresh: 0, old: 0, signed: 0, none: 0, letters: 0 };
    for (let i = start; i < end; i++) {
      vote[wordSays(words, i, start, end, sources) ?? "none"]++;
      vote.letters += (words[i] as Word).word.length;
    }
    votes.set(line, vote);
  }
  return votes;
}

/**
 * What the HTML says of the run that begins with this word; of the line's last run when that one leaves the line and the
 * next line is another matter. One word that differs must not spoil its neighbours: two words tell what is new, never what is old.
 */
function wordSays(words: readonly Word[], i: number, start: number, end: number, sources: Sources): Says | undefined {
  const whole = i + 3 <= words.length ? saysOf(keyOf(words, i, i + 3), sources) : undefined;
  if (whole !== undefined) return whole;
  const last = i + 3 > end ? saysOf(keyOf(words, Math.max(start, end - 3), end), sources) : undefined;
  if (last !== undefined) return last;
  const nextTo =
    (i + 1 < end && sources.fresh.has(keyOf(words, i, i + 2))) ||
    (i > start && sources.fresh.has(keyOf(words, i - 1, i + 1)));
  return nextTo ? "fresh" : undefined;
}

function saysOf(run: string, { fresh, old, signed }: Sources): Says | undefined {
  if (fresh.has(run)) return "fresh";
  if (old.has(run)) return "old";
  return signed.has(run) ? "signed" : undefined;
}

function keyOf(words: readonly Word[], from: number, to: number): string {
  let key = (words[from] as Word).word;
  for (let i = from + 1; i < to; i++) key += ` ${(words[i] as Word).word}`;
  return key;
}

type Judged = { history: number[]; signature: number[]; fresh: Set<number>; unknown: number[] };

/** A short line proves nothing by itself; below a line of history it is history, too, when the HTML has it only there. */
function judge(
  lines: readonly string[],
  kinds: readonly Kind[],
  votes: ReadonlyMap<number, Vote>,
  { old }: Sources,
): Judged {
  const judged: Judged = { history: [], signature: [], fresh: new Set(), unknown: [] };
  let below = false;
  for (const [line, vote] of votes) {
    const under = kinds[line - 1] === "quoted" && !isBlank(lines[line - 1] as string);
    const known = vote.fresh + vote.old + vote.signed;
    const short = vote.letters < MIN_LETTERS;
    if (under && isTornOff(lines, line, old)) judged.history.push(line);
    else if (short ? (below || under) && vote.fresh === 0 && vote.old > 0 : vote.old > known - vote.old + vote.none)
      judged.history.push(line);
    else if (short ? vote.signed > 0 && vote.signed === known : vote.signed > known - vote.signed + vote.none)
      judged.signature.push(line);
    else if ((!short && vote.none > known) || (known === 0 && isCommand(lines[line] as string)))
      judged.unknown.push(line);
    else if (vote.fresh > 0 && vote.fresh >= vote.old + vote.none) judged.fresh.add(line);
    below = judged.history.at(-1) === line;
  }
  return judged;
}

/** `www.nw.example` · `[image: logo.png]` directly below a line of a signature or of history: no words to compare, but one piece with it. */
function takeWordless(
  lines: readonly string[],
  kinds: readonly Kind[],
  votes: ReadonlyMap<number, Vote>,
  { history, signature }: Judged,
): void {
  for (const taken of [history, signature])
    for (const line of taken.toSorted((left, right) => left - right))
      for (let i = line + 1; kinds[i] === "new" && !votes.has(i) && /\p{L}/u.test(lines[i] as string); i++)
        taken.push(i);
}

/** `#close`: short, and yet never carried out when the HTML does not have it. */
function isCommand(line: string): boolean {
  return /^\s{0,9}[#＃]\p{L}/u.test(line);
}

/** The HTML has the words at the end of the quoted line above and this line's first words in one piece of history. */
function isTornOff(lines: readonly string[], i: number, old: ReadonlySet<string>): boolean {
  const above = lastWordsOf(lines[i - 1] as string);
  const [first, second] = wordsOf((lines[i] as string).slice(0, 300));
  const last = above.at(-1);
  if (first === undefined || last === undefined) return false;
  if (second !== undefined && old.has(`${last} ${first} ${second}`)) return true;
  return above.length > 1 && old.has(`${above.at(-2)} ${last} ${first}`);
}

/** Unknown lines that the HTML does have, with blanks elsewhere: `NameMaria Santos`, the glued cells of a table. */
function unglued(lines: readonly string[], { unknown, fresh }: Judged, replyText: string): number[] {
  if (unknown.length === 0 || unknown.length > MAX_GLUED) return unknown;
  const letters = lettersOf(replyText);
  return unknown.filter((line) => {
    const own = lettersOf((lines[line] as string).slice(0, 2000));
    const known = own.length >= MIN_LETTERS && (lines[line] as string).length <= 2000 && letters.includes(own);
    if (known) fresh.add(line);
    return !known;
  });
}

/**
 * A line that the HTML calls history and that stands between new ones, above the mail that the plain part quotes: what the
 * author marked as a quotation. Neither to be left out in silence nor to be sent.
 */
export function passageWithin(
  lines: readonly string[],
  kinds: readonly Kind[],
  history: readonly number[],
  fresh: ReadonlySet<number>,
): number | undefined {
  const known = new Set(history);
  let passage: number | undefined;
  let begun = false;
  let enclosed: number | undefined;
  for (let i = 0; i < lines.length; i++) {
    if (isBlank(lines[i] as string)) continue;
    if (kinds[i] !== "new") {
      if (kinds[i] === "quoted" && enclosed !== undefined) return enclosed;
      begun = false;
      passage = undefined;
    } else if (known.has(i)) {
      if (begun) passage ??= i;
    } else if (fresh.has(i)) {
      enclosed ??= passage;
      begun = true;
    }
  }
  return undefined;
}
