/** One line of an agent's text: commands, something that only looks like them, or text. */
import type { Known, ParsedCommand } from "./command.ts";
import { ARGUMENTS } from "./command-argument.ts";
import { besideHash, hiddenCommand, joined, readerMeant, spacedHash } from "./command-near.ts";
import { COMMANDS } from "./command-table.ts";
import type { CommandName } from "./command-table.ts";
import { commandOf, nearestWord } from "./command-words.ts";

export type LineReading =
  | { readonly kind: "text" }
  | {
      readonly kind: "commands";
      readonly commands: readonly ParsedCommand[];
      /** Text behind the last command: `Refunded.` of `#close Refunded.`. */
      readonly prose: string;
      /** True when a bullet or a quotation mark stood before it. */
      readonly decorated: boolean;
    }
  | {
      readonly kind: "wrong";
      readonly line: string;
      readonly why: string;
      readonly suggestion?: string;
      /** True when the line begins, undecorated, with the name of a command: it is meant as one wherever it stands. */
      readonly named: boolean;
    };

/** Bullets, quotation marks and emphasis that mail clients put before a line: `- #close`, `“#close”`, `*#close*`. Not `>`. */
const DECORATED = /^\s*[\s•·‣▪◦⁃*"'“”„«»‹›‘’`–—-]{0,12}(?=#\p{L})/u;
/** Invisible characters, and the variation selector that makes a phone's # a keycap. */
const UNSEEN = /[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]|[\ufe00-\ufe0f]|\u20e3/;
/** A bullet of a list, and not a mark of emphasis that has an end too. */
const BULLET = /^\s*[•·‣▪◦⁃*–—-]\s+$/u;
const HASHES = /[#\uff03\ufe5f]/;

const NAME = /^#([^\s#]+)/u;
/** From its last other character on: an expression that ends in `$` would try each of a long run of blanks. */
const TRAILING = /[\s.,;:!?…"'“”’»«›)*`\]]/u;
function withoutTrailing(text: string): string {
  let end = text.length;
  while (end > 0 && TRAILING.test(text[end - 1]!)) end -= 1;
  return text.slice(0, end);
}
/** What may stand between two commands, or between a command and the text behind it: `#close, #tag x`, `#close - Refunded`. */
const SEPARATOR = /^(?:\s*[.,;:!?…"'“”’»«›)*`&+/|–—-]+(?=\s|#|$))*\s*/u;
/** More on one line are no instructions of a person. */
const MOST_COMMANDS = 20;

type Cleaned = {
  readonly text: string;
  /** Where each character of `text` stood in the raw line. */ readonly at: readonly number[];
};

/** Read a line. Linear in its length. */
export function readLine(raw: string, known: Known): LineReading {
  if (!HASHES.test(raw)) return { kind: "text" };
  const clean = cleaned(raw);
  const start = DECORATED.exec(clean.text)?.[0];
  if (start !== undefined) return readCommands(raw, clean, start.length, start.trim() !== "", known);
  const near = besideHash(clean.text, known) ?? spacedHash(clean.text, (line) => saysOnlyCommands(line, known));
  return near === undefined ? { kind: "text" } : { kind: "wrong", line: clean.text.trim(), ...near };
}

/** Without words of the writer's own: `# Subject matters` is a heading. */
function saysOnlyCommands(line: string, known: Known): boolean {
  const reading = readCommands(line, cleaned(line), 0, false, known);
  const free = (name: CommandName) => ["words", "tags"].includes(COMMANDS[name].argument);
  return reading.kind === "commands" && reading.prose === "" && !reading.commands.some(({ name }) => free(name));
}

/** True for a line that a reader sees as empty. */
export function isBlank(raw: string): boolean {
  return !/[\p{L}\p{N}]/u.test(raw) && cleaned(raw).text.trim() === "";
}

function cleaned(raw: string): Cleaned {
  const at: number[] = [];
  let text = "";
  for (let index = 0; index < raw.length; index += 1) {
    const character = raw.charAt(index);
    at.push(index);
    // Most of every line is plain letters.
    if (character > " " && character < "\u007f") text += character;
    else if (UNSEEN.test(character)) at.pop();
    else text += HASHES.test(character) ? "#" : /\s/.test(character) ? " " : character;
  }
  return { text, at };
}

function readCommands(raw: string, clean: Cleaned, start: number, decorated: boolean, known: Known): LineReading {
  const line = clean.text.trim();
  const commands: ParsedCommand[] = [];
  const wrong = (why: string, suggestion?: string, named = commands.length > 0 && !decorated): LineReading => {
    return { kind: "wrong", line, why, ...(suggestion === undefined ? {} : { suggestion }), named };
  };
  for (let position = start; position < clean.text.length;) {
    const token = withoutTrailing(NAME.exec(clean.text.slice(position))?.[0] ?? "#");
    const from = position + token.length;
    position = nextCommand(clean.text, from);
    const behind = clean.text.slice(from, position);
    const meant = meantBy(token, trimmed(behind), known);
    // A near miss is asked about wherever it stands; in a list of a text only when it stands alone.
    if ("why" in meant) return wrong(meant.why, meant.suggestion, isNamed(meant, decorated, commands, behind));
    const { name, takesWord } = meant;
    if (commands.length === MOST_COMMANDS) return wrong(`more than ${MOST_COMMANDS} commands stand on one line`);
    if (COMMANDS[name].argument !== "none") {
      const read = readArgument(name, decorated ? trimmed(behind) : withEnd(name, behind), line, known);
      if ("why" in read) return wrong(read.why, read.suggestion, !decorated);
      commands.push(read);
      continue;
    }
    commands.push({ name, line } as ParsedCommand);
    const prose = from + (SEPARATOR.exec(behind)?.[0].length ?? 0);
    if (takesWord || prose >= position) continue;
    const words = raw.slice(clean.at[prose] ?? 0).trim();
    const listed = commands.length === 1 && BULLET.test(clean.text.slice(0, start));
    const no = decorated ? inList(words, token, listed) : proseRefused(words, name, token, known);
    return no === undefined ? { kind: "commands", commands, prose: words, decorated } : wrong(no.why, no.suggestion);
  }
  return { kind: "commands", commands, prose: "", decorated };
}

type Refused = { readonly why: string; readonly suggestion?: string };
type Meant = { readonly name: CommandName; /** The word behind the name belongs to it. */ readonly takesWord: boolean };

/** The command that `#word` names, also with a blank inside: `#reply all`. */
function meantBy(token: string, behind: string, known: Known): Meant | (Refused & { readonly near: boolean }) {
  const name = commandOf(token.slice(1), known);
  const both = joined(token.slice(1), behind, known);
  if (name === undefined) {
    const why = `"${both === undefined ? token : `${token} ${behind}`}" is not a command`;
    const suggestion = both === undefined ? suggestName(token, behind, known) : `#${both.word} ${both.rest}`.trim();
    return { why, ...(suggestion === undefined ? {} : { suggestion }), near: suggestion !== undefined };
  }
  const joinedName = both === undefined ? undefined : commandOf(both.word, known);
  if (both === undefined || joinedName === undefined || joinedName === name || COMMANDS[name].argument !== "none")
    return { name, takesWord: false };
  if (both.rest === "") return { name: joinedName, takesWord: true };
  return { why: `this could be #${both.word}, or #${name} and text; put the text on a line of its own`, near: true };
}

function isNamed(
  { near }: { readonly near: boolean },
  decorated: boolean,
  before: readonly ParsedCommand[],
  behind: string,
): boolean {
  if (before.length > 0) return !decorated;
  return near && (!decorated || trimmed(behind) === "");
}

/** Where the next word begins that could be a command. */
function nextCommand(text: string, from: number): number {
  const next = /#(?<=(?:\s|^[.,;:!?]*)#)(?=\p{L})/u.exec(text.slice(from));
  return next === null ? text.length : from + next.index;
}

function trimmed(segment: string): string {
  return withoutTrailing(segment.replace(/^[\s:="'“”„«»‘’]+/u, ""));
}

/** Of words for people the end belongs to them: `#subject Printer broken?` */
function withEnd(name: CommandName, behind: string): string {
  return COMMANDS[name].argument.startsWith("words") ? behind.replace(/^[\s:=]+/u, "").trimEnd() : trimmed(behind);
}

/** Text behind a command is text, unless a second command hides in it: that would reach the customer. */
function proseRefused(prose: string, name: CommandName, token: string, known: Known): Refused | undefined {
  const reader = readerMeant(name, prose);
  if (reader !== undefined) return { why: `"${prose}" would be sent to the customer`, suggestion: reader };
  const hidden = hiddenCommand(prose, known);
  if (hidden === undefined) return undefined;
  return {
    why: `"#${hidden}" stands in the text behind ${token}; a command goes before the text or on a line of its own`,
  };
}

/** `- #note Called him` may be a line of a text, or a command that a mail client made a list of. */
function inList(prose: string, token: string, listed: boolean): Refused {
  const why = `"${token}" stands in a line of text`;
  return listed ? { why, suggestion: prose.length > 60 ? token : `${token} ${prose}` } : { why };
}

function suggestName(token: string, between: string, known: Known): string | undefined {
  const near = nearestWord(token.slice(1), known);
  const name = near === undefined ? undefined : commandOf(near, known);
  if (name === undefined) return undefined;
  const argument = COMMANDS[name].argument === "none" || between.length > 60 ? "" : between;
  return `#${near} ${argument}`.trim();
}

function readArgument(
  name: CommandName,
  text: string,
  line: string,
  known: Known,
): ParsedCommand | { readonly why: string; readonly suggestion?: string } {
  const type = COMMANDS[name].argument;
  if (type === "none") return { why: `"#${name}" takes nothing` };
  if (text === "" && !type.endsWith("?"))
    return { why: `"#${name}" needs ${COMMANDS[name].label}, as in ${COMMANDS[name].example}` };
  const read = ARGUMENTS[type](text, known);
  if ("why" in read)
    return read.instead === undefined ? { why: read.why } : { why: read.why, suggestion: `#${name} ${read.instead}` };
  if (name === "snooze" && "moment" in read.value && read.value.moment === null)
    return { why: "a ticket is snoozed until a moment, as in #snooze 3d; #reopen wakes it" };
  return { name, line, ...named(name, read.value) } as ParsedCommand;
}

/** `#snooze` has an `until`, `#due` an `at`. */
function named(name: CommandName, value: object): object {
  if (!("moment" in value)) return value;
  return name === "due" ? { at: value.moment } : { until: value.moment };
}
