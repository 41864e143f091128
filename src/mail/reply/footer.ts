/**
 * Lines that phones and programs add under everything. The words come from the tables; a line counts only as a whole,
 * since `Sent from my desk, which is in Graz now` is a sentence of the author's.
 */
import { ALL_WORDS } from "../words/all.ts";
import { plain, quote } from "./evidence.ts";

/** A footer is one short line. In characters. */
const MAX_LENGTH = 160;
/** A device or program: no commas, few words. `iPhone` · `Galaxy A54 5G` · `Outlook für Android` */
const DEVICE = "[^,;:!?@]{1,50}";

/** `Sent from my iPhone. Please excuse any typos` · `Sent from my iPad - sorry for brevity` */
const EXCUSE = "\\s?[.,;–-]? ?(?:please |so )?(?:excuse|forgive|pardon|sorry|apologies)[^?]{0,80}";

type Test = (line: string) => boolean;
type Footers = { readonly telling: Test; readonly short: Test };
const FOOTERS = compileFooters();

/**
 * Telling ones have three words of their own (`sent from my {}`); short ones (`sent via {}`) could begin anything, and
 * count only in a paragraph of their own.
 */
function compileFooters(): Footers {
  const phrases = [...new Set(ALL_WORDS.flatMap(({ sentFrom }) => sentFrom))];
  const isTelling = (phrase: string): boolean => {
    const fixed = phrase.replace("{}", " ").trim();
    return (
      !phrase.includes("{}") ||
      fixed.split(" ").length >= 3 ||
      (fixed.length >= 6 && /[^\p{Script=Latin}\P{L}]/u.test(fixed))
    );
  };
  return {
    telling: anyWhole(phrases.filter(isTelling)),
    short: anyWhole(phrases.filter((phrase) => !isTelling(phrase))),
  };
}

/**
 * Whether a line is one of the phrases. Every line of every mail is asked, and there are hundreds of phrases: those that
 * begin with words of their own are found by their first two letters, the others only where their words stand at all.
 */
function anyWhole(phrases: readonly string[]): Test {
  const started = phrases.filter((phrase) => !phrase.slice(0, 2).includes("{"));
  const open = phrases.filter((phrase) => phrase.slice(0, 2).includes("{"));
  const byStart = new Map(
    [...Map.groupBy(started, (phrase) => phrase.slice(0, 2))].map(([start, list]) => [start, wholeOf(list)]),
  );
  const byWords = open.map((phrase) => {
    const words = phrase.split("{}").toSorted((left, right) => right.length - left.length)[0] as string;
    return { words, whole: wholeOf([phrase]) };
  });
  return (line) =>
    byStart.get(line.slice(0, 2))?.test(line) === true ||
    byWords.some(({ words, whole }) => line.includes(words) && whole.test(line));
}

function wholeOf(phrases: readonly string[]): RegExp {
  const forms = phrases.map((phrase) => phrase.split("{}").map(quote).join(DEVICE));
  return new RegExp(`^(?:${forms.join("|")})(?:${EXCUSE})?[.!]?$`, "u");
}

/** `This email has been checked for viruses by Avast antivirus software.` · `Virus-free.www.avast.com` · `Diese E-Mail wurde von Avast … auf Viren geprüft.` */
const SCANNED =
  /^(?:virus-free\b|virenfrei\b|sans virus\b|libre de virus\b|(?:this|diese|cet|este|questa|deze) e-?mail\b.{1,40}\b(?:viruses|viren|virus)\b|(?:scanned|checked) (?:by|for viruses))/;
/** `<https://aka.ms/o0ukef>` · `(https://…)` · `[https://…]` */
const LINK = /\s?[<([]?https?:\/\/[^\s<>()[\]]{1,500}[>)\]]?/g;

export type Footer = {
  /** The program's own link stands in the line: nobody typed it. */
  readonly linked: boolean;
};

/**
 * The footer that this line is, if it is one.
 * @param alone whether it is a paragraph of its own: nothing but blank lines or footers directly above
 */
export function footerOf(line: string, alone: boolean): Footer | undefined {
  if (line.length > MAX_LENGTH * 4) return undefined;
  const bare = plain(line.replace(LINK, "")).replace(/^[*_<|\s-]+|[*_>|\s]+$/g, "");
  if (bare.length < 4 || bare.length > MAX_LENGTH) return undefined;
  const linked = /https?:\/\//.test(line);
  if (FOOTERS.telling(bare) || SCANNED.test(bare)) return { linked };
  return (alone || linked) && FOOTERS.short(bare) ? { linked } : undefined;
}
