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

type Footers = { readonly telling: RegExp; readonly short: RegExp };
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
  const whole = (list: readonly string[]): RegExp =>
    list.length === 0
      ? /^(?!)/
      : new RegExp(
          `^(?:${list.map((phrase) => phrase.split("{}").map(quote).join(DEVICE)).join("|")})(?:${EXCUSE})?[.!]?$`,
          "u",
        );
  return { telling: whole(phrases.filter(isTelling)), short: whole(phrases.filter((phrase) => !isTelling(phrase))) };
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
  if (FOOTERS.telling.test(bare) || SCANNED.test(bare)) return { linked };
  return (alone || linked) && FOOTERS.short.test(bare) ? { linked } : undefined;
}
