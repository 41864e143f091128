/** What an agent reads about commands by mail, made from the table. docs/commands.md is made in command-page.ts. */
import type { Known } from "./command.ts";
import type { CommandPlace } from "./command-row.ts";
import { COMMANDS, HELP_GROUPS } from "./command-table.ts";
import type { CommandName } from "./command-table.ts";
import { ownWords } from "./command-words.ts";
import { may, rolesFor } from "../permission.ts";
import type { Role } from "../types.ts";

/** The desk's own words, as `knownNames` gives them. */
type Words = Pick<Known, "words">;

export type HelpRow = {
  /** `The ticket`. */
  readonly group: string;
  /** `#assign NAME` */
  readonly usage: string;
  readonly help: string;
  /** Both as a line of a table, wrapped. */
  readonly line: string;
};

/** Of the first column; a longer usage has a line of its own. */
const WIDTH = 18;
/** RFC 3676 section 4.2: lines that no mail client breaks. */
const LONGEST_LINE = 76;

/** `#assign NAME` */
export function usage(name: CommandName): string {
  return [`#${name}`, COMMANDS[name].label].filter((part) => part !== "").join(" ");
}

/** Other words for a command, the desk's own first: `#schliessen`, `#resolve`. */
export function otherWords(name: CommandName, words: Words = {}): readonly string[] {
  return [...ownWords(name, words), ...COMMANDS[name].aliases].map((word) => `#${word}`);
}

/** The commands a role may use, in the order of the table, for a template. */
export function helpRows(role: Role, words: Words = {}): readonly HelpRow[] {
  return HELP_GROUPS.flatMap(({ title, names }) =>
    names
      .filter((name) => may(role, COMMANDS[name].permission))
      .map((name) => {
        const also = otherWords(name, words).join(" ");
        const help = also === "" ? COMMANDS[name].help : `${COMMANDS[name].help} (also ${also})`;
        return { group: title, usage: usage(name), help, line: asLine(usage(name), help) };
      }),
  );
}

function asLine(left: string, right: string): string {
  const wide = left.length >= WIDTH;
  const [first = "", ...more] = wrapped(right, LONGEST_LINE - WIDTH - 2);
  const indent = " ".repeat(WIDTH + 2);
  const lines = wide ? [`  ${left}`, `${indent}${first}`] : [`  ${left.padEnd(WIDTH)}${first}`];
  return [...lines, ...more.map((line) => `${indent}${line}`)].join("\n");
}

function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

const PLACES: Readonly<Record<CommandPlace, string>> = {
  ticket: "in the answer to a ticket's mail or behind a ticket's number",
  mail: "in a new mail to the desk",
  question: "in the answer to a question of ours",
};

/** `in the answer to a ticket's mail, or in a new mail to the desk` */
export function placesOf(name: CommandName): string {
  return COMMANDS[name].places.map((place) => PLACES[place]).join(", or ");
}

/** All about one command, in lines of text that fit a mail. Markdown's marks of code are for the documentation. */
export function helpAbout(name: CommandName, role: Role, words: Words = {}): readonly string[] {
  const row = COMMANDS[name];
  const also = otherWords(name, words);
  const who = may(role, row.permission) ? [] : [`Not for a ${role}: it is for ${rolesFor(row.permission)}.`];
  const lines = [
    `${usage(name)}: ${row.help}.`,
    ...(also.length === 0 ? [] : [`Also ${also.join(", ")}.`]),
    "",
    row.does,
    "",
    `Where: ${placesOf(name)}.`,
    `Undo: ${row.undo}`,
    ...who,
    "",
    `    ${row.example}`,
  ];
  return lines.flatMap((line) => (line.startsWith(" ") || line === "" ? [line] : wrapped(plain(line), LONGEST_LINE)));
}

const plain = (markdown: string): string => markdown.replaceAll("`", "");
