/**
 * In which language the author's words are. A script that only one language uses decides by itself; between the languages
 * of Latin, Cyrillic, Arabic and Devanagari the library eld does. A confidence of 0.8 or more means "sure enough to write
 * to the customer in it": measured, at most about one such answer in a hundred is wrong. In doubt it is lower.
 */
import type * as Eld from "eld/extrasmall";
import { oneOf, TWINS } from "./language-twins.ts";
import { scriptsOf } from "./script.ts";
import type { MessageLanguage } from "./types.ts";

/** Quotes and blank lines may come first, in characters. */
const MAX_TEXT = 3000;
/** What is looked at, in characters: with this many the library made no mistake; reading more only takes time. */
const SAMPLE = 240;
/** So many characters are enough for most; the rest is only read when they leave this much doubt. */
const FIRST_LOOK = 80;
const PLAIN = 0.9;
/** In letters: "Ok, merci" says nothing for certain. A Chinese or Korean character counts for several. */
const LEAST_LETTERS = 8;
/** Below this many letters nothing is sure: names, products and a loan word are half of such a text. */
const SHORT = 16;
/** In letters: `lep pozdrav`, `hvala lepo` are formulas of Slovenes too, and half of a shorter text. */
const LATIN_SERBIAN = 40;
/** The library's mean score of an n-gram. Real sentences have 60 to 150; names, code and unknown languages 15 to 45. */
const FOREIGN_SCORE = 48;
/** One script must write this part of the letters, else the text is a mixture. */
const MOST = 0.6;

/** Scripts of one language. Where there is a second (Yiddish, Tigrinya) it is rare in mail. */
const BY_SCRIPT: Readonly<Record<string, string>> = {
  greek: "el",
  hebrew: "he",
  armenian: "hy",
  georgian: "ka",
  thai: "th",
  lao: "lo",
  khmer: "km",
  burmese: "my",
  hangul: "ko",
  kana: "ja",
  han: "zh",
  bengali: "bn",
  gurmukhi: "pa",
  gujarati: "gu",
  oriya: "or",
  tamil: "ta",
  telugu: "te",
  kannada: "kn",
  malayalam: "ml",
  sinhala: "si",
  ethiopic: "am",
};

/** Scripts whose characters stand for syllables or words. */
const DENSE = new Set(["han", "kana", "hangul"]);
const CHARACTER_WORTH = 3;

/**
 * @param text the author's words; quoted lines, links, addresses and numbers in it are passed over
 * @returns undefined when too little is written to tell
 */
export async function detectLanguage(text: string): Promise<MessageLanguage | undefined> {
  const words = wordsOf(text);
  const scripts = scriptsOf(words).map(({ name, letters }) => ({
    name,
    letters: letters * (DENSE.has(name) ? CHARACTER_WORTH : 1),
  }));
  const first = scripts.toSorted((a, b) => b.letters - a.letters)[0];
  if (first === undefined) return undefined;
  const all = scripts.reduce((sum, { letters }) => sum + letters, 0);
  const kana = scripts.find(({ name }) => name === "kana")?.letters ?? 0;
  const japanese = kana > 0 && (first.name === "kana" || (first.name === "han" && kana >= first.letters / 10));
  const main = japanese ? kana + (scripts.find(({ name }) => name === "han")?.letters ?? 0) : first.letters;
  if (main < LEAST_LETTERS) return undefined;
  const whole = main / all >= MOST ? 1 : 0.6;
  const code = japanese ? "ja" : BY_SCRIPT[first.name];
  if (code === undefined) return await byNgrams(words, main, whole);
  // 了解、十月請求書送付希望: Han alone may also be terse Japanese.
  const sure = first.name === "han" && !japanese && main < 8 * CHARACTER_WORTH ? 0.7 : 0.98;
  return { code, confidence: rounded(sure * whole) };
}

/** Tokens that are no words of a language: `https://…`, `a@b.example`, `KB5034441`, `#close`, `/var/log`, `<div>`. */
const NO_WORD = /[\d@#/\\_<>{}=|~^*+]|\bwww\./i;

/** The words to look at. ASCII runs are judged alone, since `詳細はhttps://…です` has no spaces. */
function wordsOf(text: string): string {
  let kept = "";
  for (const line of text.slice(0, MAX_TEXT).split("\n")) {
    if (/^\s{0,10}[>|]/.test(line)) continue;
    kept += ` ${line.slice(0, 2 * SAMPLE)}`;
    if (kept.length > 2 * SAMPLE) break;
  }
  if (NO_WORD.test(kept)) kept = kept.replace(/[!-~]+/g, (run) => (NO_WORD.test(run) ? " " : run));
  return kept.replace(/\s+/g, " ").trim().slice(0, SAMPLE).normalize("NFC");
}

/** The library's codes where mail programs and desks use others. */
const CODES: Readonly<Record<string, string>> = { no: "nb" };

/** Loading takes 0.2 s of CPU and 30 MB: only for whoever reads mail, when it is first needed. */
let library: typeof Eld.eld | undefined;

async function byNgrams(words: string, letters: number, whole: number): Promise<MessageLanguage | undefined> {
  library ??= (await import("eld/extrasmall")).eld;
  const eld = library;
  const judge = (text: string): MessageLanguage | undefined =>
    byScores(text, eld.detect(text).getScores(), (letters * text.length) / words.length, whole);
  const look = words.slice(0, FIRST_LOOK);
  const seen = judge(words.length <= FIRST_LOOK ? words : look.slice(0, look.lastIndexOf(" ") + 1) || look);
  return words.length <= FIRST_LOOK || (seen?.confidence ?? 0) >= PLAIN ? seen : judge(words);
}

function byScores(
  words: string,
  all: Readonly<Record<string, number>>,
  letters: number,
  whole: number,
): MessageLanguage | undefined {
  const scores = Object.entries(all).toSorted((a, b) => b[1] - a[1]);
  const best = scores[0];
  if (best === undefined) return undefined;
  const second = scores.find(([code], n) => n > 0 && !lacksLetter(words, code, best[0]));
  const [score, next] = [raw(best[1]), second === undefined ? 0 : raw(second[1])];
  const apart = 1 - next / score;
  const evidence = apart * Math.min(letters, 120);
  const sure = Math.min(
    evidence / (evidence + HALF),
    letters < SHORT ? 0.7 : 0.99,
    score < FOREIGN_SCORE ? 0.6 : 0.99,
    // Two languages in one text: "…kann mich nicht anmelden. Please help me…"
    apart < 0.08 ? 0.7 : 0.99,
  );
  const twins = TWINS[best[0]];
  if (twins !== undefined) {
    const { code, certain } = oneOf(twins, words);
    const enough = certain && (code !== "sr" || letters >= LATIN_SERBIAN);
    return { code, confidence: rounded(enough ? sure * whole : Math.min(sure * whole, 0.7)) };
  }
  return { code: CODES[best[0]] ?? best[0], confidence: rounded(sure * whole) };
}

/** Distance of the two best scores times letters at which it is as likely as not; 0.8 lies at four times as much. */
const HALF = 1.25;

/** The library scales a mean score s to s / (s + 25). */
const raw = (scaled: number): number => (25 * scaled) / (1 - scaled);

const rounded = (confidence: number): number => Math.round(confidence * 100) / 100;

/** Letters that not all relatives have, with the library's codes of those that do. */
const LETTERS: readonly (readonly [letters: RegExp, codes: string])[] = [
  [/[ыэё]/i, "ru be"],
  [/[іў]/i, "uk be"],
  [/[їєґ]/i, "uk"],
  [/ъ/i, "ru bg"],
  [/щ/i, "ru uk bg"],
  [/[ђјљњћџ]/i, "sr"],
  [/[řěů]/i, "cs"],
  [/[ľĺŕ]/i, "sk"],
  [/đ/i, "hr"],
  [/[æø]/i, "da no is"],
  [/[ığ]/, "tr az"],
];

/** Whether a letter of the text is in the best language's alphabet and not in the rival's: "ы" is not Bulgarian. */
function lacksLetter(words: string, rival: string, best: string): boolean {
  return LETTERS.some(([letters, codes]) => codes.includes(best) && !codes.includes(rival) && letters.test(words));
}
