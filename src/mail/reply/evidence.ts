/**
 * What an attribution is made of, in any language: a verb of writing, a date, a clock time, an address. The verbs come
 * from the tables of words; dates and times are known by their digits, so that no names of months are needed.
 */
import { ALL_WORDS } from "../words/all.ts";

/** Marks of direction and joiners stand around names in Hebrew, Arabic and Japanese mail; they are not for reading. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;
/** Zeros of the digits in use in mail: Arabic, Persian, Devanagari, Bengali, Thai, full width. */
const ZEROS = [0x660, 0x6f0, 0x966, 0x9e6, 0xe50, 0xff10];
const OTHER_DIGIT = /[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef\u0e50-\u0e59\uff10-\uff19]/g;

/** Lower case, composed, digits as in ASCII, no invisible marks, one blank between words: the form that all tests here want. */
export function plain(text: string): string {
  // Most lines of most mail, and every line is asked for several times.
  if (/^[ -~]*$/.test(text)) return text.replace(/ {2,}/g, " ").toLowerCase().trim();
  return text
    .replace(INVISIBLE, "")
    .replace(OTHER_DIGIT, (digit) => {
      const code = digit.codePointAt(0) as number;
      return String(code - (ZEROS.find((zero) => code >= zero && code < zero + 10) as number));
    })
    .replace(/\s+/g, " ")
    .normalize("NFC")
    .toLowerCase()
    .trim();
}

/** Scripts that put no blanks between words; a word of theirs is found anywhere. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;

/** A pattern for any of these words, whole words where the script has blanks. */
export function anyOf(words: Iterable<string>): string {
  const forms = [...new Set(words)].toSorted((left, right) => right.length - left.length);
  const spaced = forms.filter((word) => !UNSPACED.test(word)).map(quote);
  const unspaced = forms.filter((word) => UNSPACED.test(word)).map(quote);
  const whole = spaced.length > 0 ? [`(?<![\\p{L}\\p{M}\\p{N}])(?:${spaced.join("|")})(?![\\p{L}\\p{M}\\p{N}])`] : [];
  return `(?:${[...whole, ...unspaced].join("|")})`;
}

/** A word as a pattern of itself. */
export function quote(word: string): string {
  return word.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}

/** A word that says that somebody wrote: `wrote` · `schrieb` · `a écrit` · `写道`. */
export const WROTE = anyOf(ALL_WORDS.flatMap(({ wrote }) => wrote));
const WROTE_ANYWHERE = new RegExp(WROTE, "u");
/** `… wrote` with nothing behind it: `On Mon, 23 Nov 2026 10:02:00 +0000 Maria Santos <maria@home.example> wrote` */
const WROTE_LAST = new RegExp(`${WROTE}$`, "u");
const OPENER_FIRST = new RegExp(`^${anyOf(ALL_WORDS.flatMap((words) => words.attributionOpeners))}`, "u");

export const saysWrote = (text: string): boolean => WROTE_ANYWHERE.test(text);
export const endsInWrote = (text: string): boolean => WROTE_LAST.test(text);
/** `on` · `am` · `le` · `在` */
export const opens = (text: string): boolean => OPENER_FIRST.test(text);

/** `<maria@home.example>` · `[mailto:maria@home.example]` · `(maria@home.example)` */
const ANGLED = /[<[(](?:mailto:)?[^<>()[\]\s@]{1,100}@[^<>()[\]\s]{1,200}[>\])]/;
const BARE = /[^\s<>()@,;:]{1,100}@[^\s<>()@,;:]{1,100}\.[^\s<>()@,;:]{2,30}/;
export const hasAngledAddress = (text: string): boolean => ANGLED.test(text);
export const hasAddress = (text: string): boolean => ANGLED.test(text) || BARE.test(text);

/** `23.11.2026` · `11/23/26` · `2026-11-23` · `23. 11. 2026` · `2026年11月23日` · `2026년 11월 23일` · a year of our time or the Thai `2569` */
const DATE =
  /\d{1,4}(?:[./-]|\. )\d{1,2}(?:[./-]|\. )\d{2,4}|\d{1,2} ?[月월] ?\d{1,2}|(?<![\d.,])(?:19|20|25|1[34])\d{2}(?!\d|,\d)/;
/** `23 Nov` · `Nov 23,` · `23. nov` · `23 de novembro` · `th 11 23` */
const DAY = /(?<![\d:.,])\d{1,2}\.?(?: de| d')? ?\p{L}{3,}|\p{L}{3,}\.? \d{1,2}(?!\d|[:.]\d)/u;
/** `10:02` · `10.02` · `10h02` · `10時02分` · `10시 2분` · `7 PM` */
const TIME =
  /(?<![\d.])(?:[01]?\d|2[0-4])(?:[:h][0-5]\d|\.[0-5]\d(?![\d.])|[時时点시] ?\d{1,2})(?!\d)|(?<!\d)\d{1,2} ?[ap]\.?m\b/u;

export const hasDate = (text: string): boolean => DATE.test(text);
export const hasDay = (text: string): boolean => DATE.test(text) || DAY.test(text);
export const hasTime = (text: string): boolean => TIME.test(text);

/**
 * Begins with a date or a time, perhaps behind a few words: `On Monday, 23 …` · `23.11.2026, 10:02 …` · `ср, 23 нояб. …`
 * · `Vào Th 2, 23 thg 11 …` · `在 2026年…`. A sentence takes longer to come to its date.
 */
export function beginsWithDate(text: string): boolean {
  return /^(?:[^\d\s<>@]{1,14} ){0,4}[^\d\s<>@]{0,10}\d/u.test(text);
}
