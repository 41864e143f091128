/** One line of an agent's text: commands, something that only looks like them, or text. */
import { nearest } from "../../text/nearest.ts";
import type { Known, ParsedCommand } from "./command.ts";
import { ARGUMENTS } from "./command-argument.ts";
import { COMMANDS, COMMAND_WORDS } from "./command-table.ts";
import type { CommandName } from "./command-table.ts";
import { fold } from "../words.ts";

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
/** `(#close)` · `1. #close` · `##close` · `_#close_` · `\\#close`: what a command is marked with by habit or by a mail client. Not `>`. */
const LOOSE = /^[^\p{L}#>]{0,12}#{1,6}(?<name>\p{L}[\p{L}\p{M}\p{N}-]{0,40})(?![\p{L}\p{N}])/u;
const HASHES = /[#\uff03\ufe5f]/;

const NAME = /^#([^\s#]+)/u;
const TRAILING = /[\s.,;:!?…"'“”’»«›)*`\]]+$/u;
/** What may stand between two commands, or between a command and the text behind it: `#close, #tag x`, `#close - Refunded`. */
const SEPARATOR = /^(?:\s*[.,;:!?…"'“”’»«›)*`&+/|–—-]+(?=\s|#|$))*\s*/u;

type Cleaned = {
  readonly text: string;
  /** Where each character of `text` stood in the raw line. */ readonly at: readonly number[];
};

/** Read a line. Linear in its length. */
export function readLine(raw: string, known: Known): LineReading {
  if (!HASHES.test(raw)) return { kind: "text" };
  const clean = cleaned(raw);
  const start = DECORATED.exec(clean.text)?.[0];
  if (start === undefined) return likeCommand(clean.text);
  return readCommands(raw, clean, start.length, start.trim() !== "", known);
}

/** A line whose first word would be a command if nothing else stood before its `#`. */
function likeCommand(text: string): LineReading {
  const name = LOOSE.exec(text)?.groups?.["name"];
  if (name === undefined || !COMMAND_WORDS.has(fold(name))) return { kind: "text" };
  const line = text.trim();
  return {
    kind: "wrong",
    line,
    why: "a command begins its line with one #",
    suggestion: `#${fold(name)}`,
    named: true,
  };
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
    if (UNSEEN.test(character)) continue;
    text += HASHES.test(character) ? "#" : /\s/.test(character) ? " " : character;
    at.push(index);
  }
  return { text, at };
}

function readCommands(raw: string, clean: Cleaned, start: number, decorated: boolean, known: Known): LineReading {
  const line = clean.text.trim();
  const commands: ParsedCommand[] = [];
  let named = false;
  let position = start;
  const wrong = (why: string, suggestion?: string): LineReading => {
    return { kind: "wrong", line, why, ...(suggestion === undefined ? {} : { suggestion }), named };
  };
  while (position < clean.text.length) {
    const token = (NAME.exec(clean.text.slice(position))?.[0] ?? "#").replace(TRAILING, "");
    const name = COMMAND_WORDS.get(fold(token.slice(1)));
    const from = position + token.length;
    const to = nextCommand(clean.text, from);
    const between = trimmed(clean.text.slice(from, to));
    if (name === undefined) return wrong(`"${token}" is not a command`, suggestName(token, between));
    if (commands.length === 0) named = !decorated;
    if (COMMANDS[name].argument === "none") {
      commands.push({ name, line } as ParsedCommand);
      const prose = from + (SEPARATOR.exec(clean.text.slice(from))?.[0].length ?? 0);
      if (prose < to) return withProse(raw.slice(clean.at[prose] ?? 0).trim(), commands, token, decorated, wrong);
    } else {
      const read = readArgument(name, between, line, known);
      if ("why" in read) return wrong(read.why, read.suggestion);
      commands.push(read);
    }
    position = to;
  }
  return { kind: "commands", commands, prose: "", decorated };
}

/** Where the next word begins that could be a command. */
function nextCommand(text: string, from: number): number {
  const next = /(?:(?<=\s)|(?<=^[.,;:!?]*))#(?=\p{L})/u.exec(text.slice(from));
  return next === null ? text.length : from + next.index;
}

function trimmed(segment: string): string {
  return segment.replace(/^[\s:="'“”„«»‘’]+/u, "").replace(TRAILING, "");
}

/** Text behind a command is text, unless a second command hides in it: that would reach the customer. */
function withProse(
  prose: string,
  commands: readonly ParsedCommand[],
  token: string,
  decorated: boolean,
  wrong: (why: string, suggestion?: string) => LineReading,
): LineReading {
  if (decorated) return wrong(`"${token}" stands in a line of text`);
  const tokens = [...prose.matchAll(/[#\uff03\ufe5f](\p{L}[\p{L}\p{M}\p{N}_-]*)/gu)].map((match) =>
    fold(match[1] ?? ""),
  );
  const exact = tokens.find((word) => COMMAND_WORDS.has(word));
  // A storm of hashes is text: only the first ones are compared with every command.
  const hidden = exact ?? tokens.slice(0, 20).find((word) => nearest(word, COMMAND_WORDS.keys()) !== undefined);
  if (hidden === undefined) return { kind: "commands", commands, prose, decorated };
  return wrong(
    `"#${hidden}" stands in the text behind ${token}; a command goes before the text or on a line of its own`,
  );
}

function suggestName(token: string, between: string): string | undefined {
  const near = nearest(fold(token.slice(1)), COMMAND_WORDS.keys());
  const name = near === undefined ? undefined : COMMAND_WORDS.get(near);
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
  if (text === "" && !type.endsWith("?")) return { why: `"#${name}" needs ${COMMANDS[name].label}` };
  const read = ARGUMENTS[type](text, known);
  if ("why" in read)
    return read.instead === undefined ? { why: read.why } : { why: read.why, suggestion: `#${name} ${read.instead}` };
  return { name, line, ...named(name, read.value) } as ParsedCommand;
}

/** `#snooze` has an `until`, `#due` an `at`. */
function named(name: CommandName, value: object): object {
  if (!("moment" in value)) return value;
  return name === "due" ? { at: value.moment } : { until: value.moment };
}
