/**
 * Lines that only look like commands: marked as a mail client or a habit marks them, or with a blank in the wrong place.
 * They are asked about, because what was meant for the desk must not go to a customer. Lines come cleaned (`#`, blanks).
 */
import type { Known } from "./command.ts";
import { COMMANDS, type CommandName } from "./command-table.ts";
import { commandOf, nearestWord } from "./command-words.ts";
import { fold } from "../words.ts";

export type NearMiss = {
  readonly why: string;
  readonly suggestion: string;
  /** Wherever it stands. */ readonly named: boolean;
};

/** `(#close)` · `1. #close` · `##close` · `_#close_` · `\#close`. Not `>`: that is quoted. */
const LOOSE = /^[^\p{L}#>]{0,40}#{1,6}(?<name>\p{L}[\p{L}\p{M}\p{N}-]{0,40})(?![\p{L}\p{N}])(?<rest>.{0,8})/u;
/** As in an answer to a list, or in a prepared mail: `NW-48201 #close`, `held 17 #confirm`. */
const NUMBERED =
  /^\s{0,12}(?:\[?[\p{L}\p{N}]{1,12}-\d{1,12}\]?|held \d{1,12})[\s:,-]{1,4}#(?<name>\p{L}[\p{L}\p{M}\p{N}-]{0,40})/iu;
/** `# close`. With words behind it, it is a heading. */
const SPACED = /^\s{0,12}#{1,6}\s{1,4}(?<rest>\p{L}.{0,80})$/u;

/** A line whose first word would be a command if nothing else stood before its `#`. */
export function besideHash(text: string, known: Known): NearMiss | undefined {
  const numbered = NUMBERED.exec(text)?.groups?.["name"];
  if (numbered !== undefined && commandOf(numbered, known) !== undefined) {
    const why = "a number stands before a command only in a new mail or in the answer to a list";
    return { why, suggestion: `#${fold(numbered)}`, named: true };
  }
  const { name, rest = "" } = LOOSE.exec(text)?.groups ?? {};
  if (name === undefined) return undefined;
  const alone = !/[\p{L}\p{N}]/u.test(rest);
  const word = commandOf(name, known) === undefined ? alone && nearestWord(name, known) : fold(name);
  return word ? { why: "a command begins its line with one #", suggestion: `#${word}`, named: true } : undefined;
}

/**
 * `# close` for what would be a command without the blank. As a heading it is written large, and in the middle of a text
 * headings are text; so are those of more words: `# Open questions`.
 * @param isCommand whether a line consists of commands
 */
export function spacedHash(text: string, isCommand: (line: string) => boolean): NearMiss | undefined {
  const rest = SPACED.exec(text)?.groups?.["rest"]?.trimEnd();
  if (rest === undefined || !isCommand(`#${rest}`)) return undefined;
  const why = "a blank stands between # and the command";
  return { why, suggestion: `#${rest}`, named: /^\p{Ll}/u.test(rest) };
}

/** `#re open`, `#reply all`: the word behind a name, when both together are a command. */
export function joined(
  word: string,
  behind: string,
  known: Known,
): { readonly word: string; readonly rest: string } | undefined {
  const [, next, rest = ""] = /^(\p{L}[\p{L}\p{M}]{0,20})(?![\p{L}\p{M}\p{N}-])(.*)$/su.exec(behind) ?? [];
  if (next === undefined) return undefined;
  const found = [`${word}-${next}`, `${word}${next}`].map(fold).find((one) => commandOf(one, known) !== undefined);
  return found === undefined ? undefined : { word: found, rest: rest.trim() };
}

/** `#reply to all` sends "to all" to the customer, alone. */
export function readerMeant(name: CommandName, prose: string): string | undefined {
  const everybody = /^(?:to )?(?:all|everybody|everyone)[.!]?$/u.test(fold(prose.slice(0, 40)));
  return COMMANDS[name].group === "audience" && everybody ? "#reply-all" : undefined;
}

/** A command, or nearly one, among words that are text. */
export function hiddenCommand(prose: string, known: Known): string | undefined {
  const tokens = [...prose.matchAll(/[#\uff03\ufe5f](\p{L}[\p{L}\p{M}\p{N}_-]*)/gu)].map((match) =>
    fold(match[1] ?? ""),
  );
  const exact = tokens.find((word) => commandOf(word, known) !== undefined);
  // A storm of hashes is text: only the first ones are compared with every command.
  return exact ?? tokens.slice(0, 20).find((word) => nearestWord(word, known) !== undefined);
}
