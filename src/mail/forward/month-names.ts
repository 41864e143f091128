/**
 * Names of months in the languages of the tables, long and short, alone and beside a day (`listopad`, `listopada`), from
 * the Unicode CLDR that Node carries (ECMA-402): a table of our own would be four hundred names in thirty languages.
 */
import { ALL_WORDS } from "../words/all.ts";

/** Spellings that clients write and CLDR does not have, or had in older versions. */
const OTHERS: Readonly<Record<string, readonly (readonly [string, number])[]>> = {
  en: [["sept", 9]],
  de: [
    ["jän", 1],
    ["jänner", 1],
    ["feber", 2],
    ["mrz", 3],
    ["sept", 9],
  ], // Austria; Outlook's short March
  fr: [
    ["fev", 2],
    ["fevr", 2],
    ["aout", 8],
    ["dec", 12],
  ],
  es: [
    ["set", 9],
    ["setiembre", 9],
  ],
  pt: [["marco", 3]],
  no: [["sept", 9]],
};

/** A language with its months by name, 1 to 12. */
type Names = ReadonlyMap<string, ReadonlyMap<number, ReadonlySet<string>>>;

let names: Names | undefined;

/**
 * The month that a word names.
 * @param word lower case, composed, without a full stop
 * @param languages where the word may come from, when that is known: `listopad` is October in Croatian, November in Polish
 * @returns 1 to 12; undefined for any other word, and for a name of different months when the language does not decide
 */
export function monthNamed(word: string, languages: readonly string[]): number | undefined {
  names ??= collectNames();
  const months = names.get(word);
  if (!months) return undefined;
  if (months.size === 1) return [...months.keys()][0];
  const fitting = [...months].filter(([, codes]) => languages.some((language) => codes.has(language)));
  return fitting.length === 1 ? (fitting[0] as [number, unknown])[0] : undefined;
}

function collectNames(): Names {
  const found = new Map<string, Map<number, Set<string>>>();
  const add = (language: string, name: string, month: number): void => {
    const word = monthForm(name);
    // `11月` and `11` are read by their digits.
    if (word.length < 2 || /\d/.test(word)) return;
    const months = found.get(word) ?? new Map<number, Set<string>>();
    found.set(word, months.set(month, (months.get(month) ?? new Set()).add(language)));
  };
  for (const { code } of ALL_WORDS) {
    for (const style of ["long", "short"] as const) {
      for (const options of [
        { month: style },
        { month: style, day: "numeric" },
        { month: style, day: "numeric", year: "numeric" },
      ] as const) {
        const format = new Intl.DateTimeFormat(code, { ...options, timeZone: "UTC", calendar: "gregory" });
        for (let month = 1; month <= 12; month++) {
          const part = format.formatToParts(Date.UTC(2026, month - 1, 15)).find(({ type }) => type === "month");
          if (part) add(code, part.value, month);
        }
      }
    }
    for (const [name, month] of OTHERS[code] ?? []) add(code, name, month);
  }
  return found;
}

/** As words of a date are compared: `Nov.` and `NOV` are `nov`. */
export function monthForm(word: string): string {
  return word
    .normalize("NFC")
    .toLowerCase()
    .replaceAll("i\u0307", "i")
    .replace(/[.\s]+$/, "");
}
