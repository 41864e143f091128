/**
 * What the client's own HTML says about the lines of a text, and what its words say about the plain part beside it: a
 * history that the plain part does not mark is known by standing in the HTML's container of history.
 */
import type { Mark } from "../html/marks.ts";
import type { Kind } from "./line-kind.ts";
import { isBlank, isQuoted } from "./quote-lines.ts";

const KIND_OF: Readonly<Record<Mark["kind"], Kind>> = {
  history: "quoted",
  attribution: "quoted",
  forwarded: "quoted",
  signature: "signature",
};

/**
 * The kinds that marks give to the lines of the text in which they stand; undefined where they say nothing. A line belongs to a
 * mark when its first visible character does.
 */
export function kindsFromMarks(lines: readonly string[], marks: readonly Mark[]): (Kind | undefined)[] {
  const sorted = marks.toSorted((left, right) => left.from - right.from);
  const kinds: (Kind | undefined)[] = [];
  let offset = 0;
  let next = 0;
  let open: Mark[] = [];
  for (const line of lines) {
    if (next === sorted.length && open.length === 0) {
      kinds.push(undefined);
      continue;
    }
    const at = offset + (line.length - line.trimStart().length);
    while (next < sorted.length && (sorted[next] as Mark).from <= at) open.push(sorted[next++] as Mark);
    if (open.length > 0) open = open.filter(({ to }) => to > at);
    const kind = open.find((mark) => mark.kind !== "signature") ?? open[0];
    kinds.push(kind && !isBlank(line) ? KIND_OF[kind.kind] : undefined);
    offset += line.length + 1;
  }
  return withAnswersBetween(lines, kinds);
}

/** An answer between two quoted lines of one container of history stays the author's: it carries no `>` of its own. */
function withAnswersBetween(lines: readonly string[], kinds: (Kind | undefined)[]): (Kind | undefined)[] {
  let quotedAbove = false;
  let between: number[] = [];
  for (const [i, line] of lines.entries()) {
    if (kinds[i] !== "quoted") {
      if (isBlank(line)) continue;
      quotedAbove = false;
      between = [];
    } else if (isQuoted(line)) {
      for (const one of between) kinds[one] = undefined;
      between = [];
      quotedAbove = true;
    } else if (quotedAbove) between.push(i);
  }
  return kinds;
}

/** The other part of an alternative, split by itself. */
export type Other = { readonly replyText: string; readonly quoted: string };

/** Beyond this the parts are not compared. In characters. */
const MAX_COMPARED = 400_000;
/** A line of fewer letters proves nothing where it stands. */
const MIN_LETTERS = 12;

export type Comparison = {
  /** Lines that are new in the plain part and history in the HTML. */
  readonly history: readonly number[];
  /** New lines of the plain part of which the HTML knows nothing. */
  readonly unknown: readonly number[];
  readonly compared: boolean;
};

/** Of how many words of a line the HTML says what. */
type Vote = { fresh: number; old: number; none: number; letters: number };

/**
 * Compares the new lines of a plain part with the HTML beside it, by runs of three words, since the parts wrap their
 * lines and write links, stars and bullets differently.
 */
export function compareWithHtml(lines: readonly string[], kinds: readonly Kind[], html: Other): Comparison {
  const none = { history: [], unknown: [], compared: false };
  if (html.replyText.length + html.quoted.length > MAX_COMPARED) return none;
  const fresh = runsOf(wordsOf(html.replyText));
  const old = runsOf(wordsOf(html.quoted));
  const words: { readonly word: string; readonly line: number }[] = [];
  for (const [i, line] of lines.entries())
    if (line !== "" && kinds[i] === "new" && words.length < MAX_COMPARED / 4)
      for (const word of wordsOf(line)) words.push({ word, line: i });
  const votes = new Map<number, Vote>();
  for (const [i, { word, line }] of words.entries()) {
    const vote = votes.get(line) ?? { fresh: 0, old: 0, none: 0, letters: 0 };
    vote.letters += word.length;
    const run = runAt(words, i);
    if (fresh.has(run)) vote.fresh++;
    else if (old.has(run)) vote.old++;
    else vote.none++;
    votes.set(line, vote);
  }
  return { ...judged(votes), compared: true };
}

/** A short line proves nothing by itself; below a line of history it is history, too, when the HTML has it only there. */
function judged(votes: ReadonlyMap<number, Vote>): { history: number[]; unknown: number[] } {
  const history: number[] = [];
  const unknown: number[] = [];
  let below = false;
  for (const [line, vote] of votes) {
    const short = vote.letters < MIN_LETTERS;
    if (short ? below && vote.fresh === 0 && vote.old > 0 : vote.old > vote.fresh + vote.none) history.push(line);
    else if (!short && vote.none > vote.fresh + vote.old) unknown.push(line);
    below = history.at(-1) === line;
  }
  return { history, unknown };
}

/** `[image: logo.png]` · `[cid:image001.png@01DB]` · `<https://nw.example/manual>` */
const NO_WORDS =
  /\[(?:image|cid|bild|imagem?|immagine|afbeelding)[^\]\n]{0,200}\]|<?(?:https?:\/\/|mailto:|www\.)[^\s<>]{1,2000}>?/giu;
/** Words; single characters of scripts without blanks, which are wrapped anywhere. */
const WORD =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[[\p{L}\p{M}\p{N}]--[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]]+/gv;

/** Words without links and pictures, and without the numbers of lists: letters and digits in lower case. */
function wordsOf(text: string): string[] {
  const words = text.replace(NO_WORDS, " ").normalize("NFKC").toLowerCase().match(WORD) ?? [];
  return words.filter((word) => !/^\d{1,2}$/.test(word));
}

function runsOf(words: readonly string[]): Set<string> {
  const runs = new Set<string>();
  for (let i = 0; i < words.length; i++) runs.add(`${words[i]} ${words[i + 1] ?? ""} ${words[i + 2] ?? ""}`);
  return runs;
}

function runAt(words: readonly { readonly word: string }[], i: number): string {
  return `${words[i]?.word} ${words[i + 1]?.word ?? ""} ${words[i + 2]?.word ?? ""}`;
}
