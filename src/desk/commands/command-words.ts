/** The words that name commands: those of the table, and the desk's own. */
import { nearest } from "../../text/nearest.ts";
import { fold } from "../words.ts";
import type { Known } from "./command.ts";
import { COMMAND_WORDS, type CommandName } from "./command-table.ts";

/** What a desk's own word may look like, folded: what can follow a `#` and be found again. */
export const OWN_WORD = /^\p{L}[\p{L}\p{M}\p{N}-]{1,39}$/u;

const TABLE_WORDS = [...COMMAND_WORDS.keys()];
/** Longer words are near to none. */
const LONGEST_WORD = 64;

/** The command that a word names, however it is written; undefined when it names none. */
export function commandOf(word: string, { words = {} }: Pick<Known, "words">): CommandName | undefined {
  const folded = fold(word);
  return COMMAND_WORDS.get(folded) ?? (Object.hasOwn(words, folded) ? words[folded] : undefined);
}

/** The word that was probably meant, as it should be written. Own words of the desk count as much as the table's. */
export function nearestWord(word: string, { words = {} }: Pick<Known, "words">): string | undefined {
  const wanted = fold(word.slice(0, LONGEST_WORD));
  // `nearest` allows an edit for every three letters: words with other lengths or letters need not be compared.
  const most = Math.max(1, Math.floor(wanted.length / 3));
  const alike = (one: string) => Math.abs(one.length - wanted.length) <= most && lacking(wanted, one) <= most;
  return nearest(wanted, [...TABLE_WORDS.filter(alike), ...Object.keys(words).filter(alike)]);
}

/** How many letters of a word another does not have: each of them is an edit at least. */
function lacking(word: string, other: string): number {
  let count = 0;
  for (const letter of word) if (!other.includes(letter)) count += 1;
  return count;
}

/** The desk's own words for a command, in the order of the desk file. */
export function ownWords(name: CommandName, { words = {} }: Pick<Known, "words">): readonly string[] {
  return Object.keys(words).filter((word) => words[word] === name);
}
