/**
 * Whether a text repeats words that are not for its reader, however a mail client or a hurried hand has broken, marked or
 * written them: texts are compared by runs of words in their plainest form, never by whole lines.
 */

/** A run says enough to be known by: as many words as no two people write alike by chance, and letters enough for that. */
const RUN_WORDS = 5;
const RUN_LETTERS = 20;
/** Fewer words, when they are long ones: `unverzügliche Rechnungsberichtigung Geschäftsleitung`. */
const FEW_WORDS = 3;
const FEW_LETTERS = 36;
/** Where no spaces part words, a character is a part of a word: 8 of Chinese or Japanese, 20 of Thai say as much as 5 words. */
const IDEOGRAPH = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー]/u;
const UNSPACED = /[\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
const IDEOGRAPH_WORD = RUN_WORDS / 8;
const UNSPACED_WORD = RUN_WORDS / 20;

/** A client breaks lines at 60 to 80 characters, and what it leaves of a line is shorter than that. */
const BROKEN_LINE = 56;
const BROKEN_HEAD = 40;

/** Zero-width and soft characters, marks of direction, variation selectors: nobody sees them. */
const UNSEEN = /[\p{Cf}\ufe00-\ufe0f\u034f]/gu;
/** `Au-` at the end of a line and `gust` on the next. */
const HYPHENATED = /(?<=\p{L})[-\u2010\u00ad]\n[>|\s]{0,10}(?=\p{Ll})/gu;
const WORD = /[\p{L}\p{M}\p{N}]+/gu;

/** The words of a text without case, width, accents' spelling, punctuation and line ends; an address or a link is one word. */
export function plainWords(text: string): string[] {
  const plain = text
    .replace(/\r\n?/g, "\n")
    .replace(HYPHENATED, "")
    .normalize("NFKC")
    .replace(UNSEEN, "")
    .replace(/['’ʼ`]/g, "")
    .toLowerCase();
  const words: string[] = [];
  for (const chunk of plain.split(/\s+/)) {
    if (chunk.includes("://") || /[\p{L}\p{N}]@[\p{L}\p{N}]/u.test(chunk))
      words.push(chunk.replace(/[.,;:!?)>\]]+$/, ""));
    else for (const [word] of chunk.matchAll(WORD)) words.push(...(isUnspaced(word) ? word : [word]));
  }
  return words;
}

const isUnspaced = (word: string): boolean => IDEOGRAPH.test(word) || UNSPACED.test(word);

/**
 * The first run of words that `text` shares with one of `secrets` and with none of `known`, in its plainest form; undefined
 * when there is none. `known` is what the reader has written or read before. Linear in all of them.
 */
export function repeatedRun(
  text: string,
  secrets: readonly string[],
  known: readonly string[] = [],
): string | undefined {
  const mine = plainWords(text);
  const runs = new Set(runsOf(mine));
  if (runs.size === 0) return undefined;
  const hits = new Set<string>();
  for (const secret of secrets) for (const run of runsOf(plainWords(secret))) if (runs.has(run)) hits.add(run);
  if (hits.size === 0) return undefined;
  for (const one of known) for (const run of runsOf(plainWords(one))) hits.delete(run);
  for (const run of runs) if (hits.has(run)) return run;
  return undefined;
}

const linesWithWords = (text: string): string[] =>
  text.split(/\r\n|[\r\n]/).filter((line) => plainWords(line).length > 0);

/**
 * A line of `text` that is the end of a long line of `secrets`: what a client's line break has left of it, too short for
 * a run of words. A text of that one line is somebody's answer. `innocent` says of a line that it stands in any mail.
 */
export function brokenTail(
  text: string,
  secrets: readonly string[],
  known: readonly string[],
  innocent: (line: string) => boolean,
): string | undefined {
  const lines = linesWithWords(text);
  if (lines.length < 2) return undefined;
  const tails = new Map<string, string>();
  let longest = 0;
  for (const line of lines) {
    const words = plainWords(line);
    if (words.length >= RUN_WORDS * 4 || innocent(line)) continue;
    tails.set(words.join(" "), line.trim());
    longest = Math.max(longest, words.length);
  }
  for (const secret of secrets)
    for (const line of secret.split(/\r\n|[\r\n]/)) {
      if (line.length < BROKEN_LINE) continue;
      const words = plainWords(line);
      for (let count = 1; count <= Math.min(longest, words.length - 1); count++) {
        const found = tails.get(words.slice(-count).join(" "));
        if (found === undefined || words.slice(0, -count).join(" ").length < BROKEN_HEAD) continue;
        if (repeatedRun(line, [line], known) !== undefined) return found;
      }
    }
  return undefined;
}

/** So little says something only where it is a whole line: `owes us 5k`. */
const LINE_WORDS = 2;
const LINE_LETTERS = 8;

/**
 * A line of `text` that is a whole line of `secrets`, too short for a run of words. A text of that one line is somebody's
 * answer, as for `brokenTail`.
 */
export function repeatedLine(
  text: string,
  secrets: readonly string[],
  known: readonly string[],
  innocent: (line: string) => boolean,
): string | undefined {
  const lines = linesWithWords(text);
  if (lines.length < 2) return undefined;
  const theirs = new Set<string>();
  for (const line of secrets.flatMap((secret) => secret.split(/\r\n|[\r\n]/))) {
    const words = plainWords(line);
    if (words.length >= LINE_WORDS && words.join("").length >= LINE_LETTERS) theirs.add(words.join(" "));
  }
  const found = lines.filter((line) => theirs.has(plainWords(line).join(" ")) && !innocent(line));
  if (found.length === 0) return undefined;
  const read = known.map((one) => ` ${plainWords(one).join(" ")} `);
  return found.find((line) => !read.some((one) => one.includes(` ${plainWords(line).join(" ")} `)))?.trim();
}

/** Every shortest run that says enough, one for each word it begins with. Runs are short, so this is linear. */
function* runsOf(words: readonly string[]): Generator<string> {
  for (let from = 0; from < words.length; from++) {
    let count = 0;
    let letters = 0;
    for (let to = from; to < words.length; to++) {
      const word = words[to] as string;
      const part = IDEOGRAPH.test(word) ? IDEOGRAPH_WORD : UNSPACED.test(word) ? UNSPACED_WORD : 1;
      count += part;
      letters += part < 1 ? RUN_LETTERS * (part / RUN_WORDS) : word.length;
      const many = count >= RUN_WORDS - 0.001 && letters >= RUN_LETTERS - 0.001;
      if (!many && !(count >= FEW_WORDS && letters >= FEW_LETTERS)) continue;
      yield words.slice(from, to + 1).join(" ");
      break;
    }
  }
}
