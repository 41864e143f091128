/**
 * A mere "thanks", in the languages of the tables: short, no question, no request. Every word must be known to ask for
 * nothing. In doubt it is not one, for then the ticket reopens and somebody looks.
 */
import { ALL_WORDS } from "./words/all.ts";
import { beginningsOf, endsWord, type Beginnings } from "./words/beginnings.ts";
import { daysAndMonths } from "./words/days.ts";
import type { LanguageWords } from "./words/types.ts";

/** Who writes more has more to say. In characters. */
const LONGEST = 200;
/** Question marks of all scripts; NFC makes the Greek one a semicolon. A digit belongs to an error, a date, an order. */
const ASKS = /[?？؟⁇⁈⁉‽՞፧]|[\p{Script=Greek}]\s?;|\p{Nd}|:-?[([/]/u;
/** 👍 🙏 ❤️ and smiles alone are thanks; 👎 and every other picture is not. */
const KIND_PICTURES =
  /[👍🙏👌👏🎉✅💯🙌🤝💪🥳🤗😀-😄😁😆😇😉-😍😎😘☺🙂🥰❤💚💙🧡💛💜💐🌹☀⭐✨✔](?:\u{FE0F}|[\u{1F3FB}-\u{1F3FF}])*/gu;
const SMILES = /[:;]-?[)D](?!\w)/g;
const APOSTROPHES = /[’ʼ´`]/g;

/** A picture that says thanks by itself stands here for one in the text. */
const PICTURE = "\u{1F44D}";

type Kind = "doubt" | "thanks" | "greeting" | "closing" | "around";
type Lexicon = { readonly code: string; readonly kinds: ReadonlyMap<string, Kind>; readonly longest: Beginnings };

/** English words of thanks that are also verbs: "Thanks, update the address", "help me now". */
const ENGLISH_REQUESTS = ["help", "reply", "answer", "update", "support", "service", "work", "time"].flatMap((verb) =>
  ["me", "us", "the", "my", "to", "with", "it", "this", "that", "all", "a", "i", "we"].map(
    (object) => `${verb} ${object}`,
  ),
);
/** Questions whose mark was forgotten: "Is it fixed now, thanks" */
const ENGLISH_QUESTIONS =
  "is it · is this · is that · is everything · is the · are you · are we · am i · have you · have i · has it · has the".split(
    " · ",
  );

/** What one is thanked for and what one calls for: "for your help", "🙏 help", "Danke, Hilfe". */
const CALLS = new Set(
  `help · support · update · reply · answer · response · hilfe · unterstützung · antwort · rückmeldung · aide · réponse · soutien
   · ayuda · respuesta · soporte · aiuto · risposta · supporto · ajuda · resposta · retorno · suporte · hulp · antwoord
   · hjälp · svar · hjælp · hjelp · apua · pomoc · odpowiedź · odpověď · помощь · ответ · допомога`.split(/\s*·\s*/),
);

let lexicons: readonly Lexicon[] | undefined;

/** @param replyText the author's new words, without quotes and signature */
export function isMereThanks(replyText: string): boolean {
  const trimmed = replyText.trim();
  if (trimmed === "" || trimmed.length > LONGEST) return false;
  const text = trimmed.normalize("NFC").replace(APOSTROPHES, "'").replace(SMILES, " ").replace(KIND_PICTURES, PICTURE);
  if (ASKS.test(text)) return false;
  lexicons ??= ALL_WORDS.map(lexiconOf);
  return lexicons.some((lexicon) => onlyThanks(text, lexicon));
}

function lexiconOf({ code, thanks, closings }: LanguageWords): Lexicon {
  const kinds = new Map<string, Kind>();
  const add = (words: readonly string[], kind: Kind): void =>
    words.forEach((word) => kinds.set(word.replace(APOSTROPHES, "'"), kind));
  const doubts = [...thanks.doubt, ...daysAndMonths(code)];
  if (code === "en") doubts.push(...ENGLISH_REQUESTS, ...ENGLISH_QUESTIONS);
  const doubtful = within(doubts);
  // What stands in two lists keeps the last kind: doubt above all.
  add(thanks.around, "around");
  // Closings that wait or ask are none here: `quedo a la espera de su respuesta`, `desde já obrigado`.
  add(
    closings.filter((closing) => !doubtful(closing)),
    "closing",
  );
  add(thanks.greetings, "greeting");
  add(thanks.thanks, "thanks");
  add(doubts, "doubt");
  return { code, kinds, longest: beginningsOf(kinds.keys()) };
}

/** Whether one of the words stands in a phrase. */
function within(words: readonly string[]): (phrase: string) => boolean {
  const at = beginningsOf(words, endsWord);
  return (phrase) => {
    for (let place = 0; place < phrase.length; place++)
      if ((place === 0 || /[^\p{L}\p{M}\p{N}]/u.test(phrase.charAt(place - 1))) && at(phrase, place) > 0) return true;
    return false;
  };
}

/** Ends a clause; in brackets, so that split() keeps it. */
const BREAK = /([\n.!…。！．;:–—,،，、]+|\s-+\s)/u;

/** Clauses in which no words are known but those of thanks; a name or two at the right place. */
function onlyThanks(text: string, { code, ...lexicon }: Lexicon): boolean {
  let thanks = false;
  const pieces = text.split(BREAK);
  for (let n = 0; n < pieces.length; n += 2) {
    const said = read((pieces[n] as string).trim(), lexicon);
    if (said === undefined || !asksNothing(said)) return false;
    const after = pieces.slice(n + 1).every((piece) => /^[\s.!…]*$/.test(piece)) ? "\n" : (pieces[n + 1] as string);
    if (!namesFit(said, pieces[n - 1], after)) return false;
    // German writes every noun with a capital: "Danke, Storno".
    if (code === "de" && said[0] === "name" && n > 0 && !/\n/.test(pieces[n - 1] as string)) return false;
    thanks ||= said.includes("thanks");
  }
  return thanks;
}

/**
 * An unknown word with a capital is a name behind a greeting ("Hi Ann, thanks") and at the end of a line: behind thanks, a
 * closing or a comma ("Thanks Ann", "LG Maria", "Thanks, Ann") or alone. Elsewhere it is what was chosen: "Blue, thanks".
 * @param before the marks in front of the clause, undefined at the beginning
 * @param after the marks behind it, a line's end at the end
 */
function namesFit(said: readonly Word[], before: string | undefined, after: string): boolean {
  const first = said.indexOf("name");
  if (first === -1) return true;
  const prior = said[first - 1];
  if (prior === "greeting") return true;
  if (said.slice(first).some((word) => word !== "name") || !after.includes("\n")) return false;
  if (prior !== undefined) return prior === "thanks" || prior === "closing";
  // "Ann,\n\nthanks" begins with a name; "Large.\n\nThanks" with an answer.
  return before === undefined ? /^[,،，、]/.test(after) : /[\n,،，、]/.test(before);
}

type Word = Exclude<Kind, "doubt"> | "name";

/** The kinds of a clause's words; undefined when one is unknown or shows a doubt. */
function read(clause: string, { kinds, longest }: Omit<Lexicon, "code">): readonly Word[] | undefined {
  const said: Word[] = [];
  const lower = clause.toLowerCase();
  // `İ` becomes longer: then names cannot be told by their place.
  const cased = lower.length === clause.length ? clause : lower;
  for (let at = 0; at < lower.length;) {
    const gap = /^[\s()*_"'~&+/·-]+/.exec(lower.slice(at))?.[0].length ?? 0;
    if (gap > 0) {
      at += gap;
      continue;
    }
    if (lower.startsWith(PICTURE, at)) {
      said.push("thanks");
      at += PICTURE.length;
      continue;
    }
    const length = longest(lower, at);
    const kind = kinds.get(lower.slice(at, at + length));
    if (kind === "doubt") return undefined;
    const name = kind === undefined ? nameLength(cased.slice(at)) : 0;
    if (kind === undefined && name === 0) return undefined;
    const calls = kind === "around" && CALLS.has(lower.slice(at, at + length));
    if (calls && said.at(-1) !== "around") return undefined;
    said.push(kind ?? "name");
    at += kind === undefined ? name : length;
  }
  return said;
}

/** "Ann", "O'Neill", "Santos-Weber"; not ERROR, and no word that shows a doubt in any language ("Leider Nicht"). */
function nameLength(text: string): number {
  const name = /^\p{Lu}\p{Ll}{1,20}(?:['-]\p{Lu}?\p{Ll}{1,20}){0,2}(?![\p{L}\p{N}])/u.exec(text)?.[0] ?? "";
  return name !== "" && !lexicons?.some(({ kinds }) => kinds.get(name.toLowerCase()) === "doubt") ? name.length : 0;
}

/** More words than these without a thanks among them are a sentence with a sense of its own. */
const FEW = 4;
/** "Maria Santos Weber" */
const MOST_NAMES = 3;

function asksNothing(said: readonly Word[]): boolean {
  // A name stands alone, or behind a greeting, a closing or the thanks: "Thanks Ann", "LG Maria".
  const misplaced = said.some((word, n) => word === "name" && n > 0 && said[n - 1] === "around");
  if (misplaced || said.filter((word) => word === "name").length > MOST_NAMES) return false;
  const first = said.indexOf("thanks");
  const around = (first === -1 ? said : said.slice(0, first)).filter((word) => word === "around").length;
  return around <= FEW;
}
