/** Phrases of a table looked for at one place of a text, without trying each of some hundreds. */

/** @returns how many characters the longest phrase takes that stands at `at`; 0 when none does */
export type Beginnings = (text: string, at?: number) => number;

/** Two characters tell most phrases apart: few are left to compare. */
const KEY = 2;

/**
 * @param phrases in lower case and NFC, as the tables hold them; the text has to be so too
 * @param ends whether a phrase may end there: `Wien` does not begin with the prefix `wi`
 */
export function beginningsOf(
  phrases: Iterable<string>,
  ends: (text: string, at: number) => boolean = endsWord,
): Beginnings {
  const byKey = new Map<string, string[]>();
  for (const phrase of new Set(phrases)) {
    const key = phrase.slice(0, KEY);
    byKey.set(key, [...(byKey.get(key) ?? []), phrase]);
  }
  for (const [key, list] of byKey)
    byKey.set(
      key,
      list.toSorted((a, b) => b.length - a.length),
    );
  return (text, at = 0) => {
    for (const key of [text.slice(at, at + KEY), text.slice(at, at + 1)]) {
      const found = byKey.get(key)?.find((phrase) => text.startsWith(phrase, at) && ends(text, at + phrase.length));
      if (found !== undefined) return found.length;
    }
    return 0;
  };
}

/** Written without spaces between words: a phrase may end anywhere. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Hangul}]/u;
const WORD = /[\p{L}\p{M}\p{N}]/u;

/** Whether a word ends before `at`. */
export function endsWord(text: string, at: number): boolean {
  const next = String.fromCodePoint(text.codePointAt(at) ?? 0x20);
  return !WORD.test(next) || UNSPACED.test(text.charAt(at - 1));
}
