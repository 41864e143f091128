/** What people read about commands, made from the table. */
import { COMMANDS, COMMAND_NAMES } from "./command-table.ts";
import type { CommandName } from "./command-table.ts";
import { may, rolesFor } from "../permission.ts";
import type { Role } from "../types.ts";

/** `#assign NAME` */
export function usage(name: CommandName): string {
  return [`#${name}`, COMMANDS[name].label].filter((part) => part !== "").join(" ");
}

/** The commands a role may use, for a template. */
export function helpRows(role: Role): readonly { readonly usage: string; readonly help: string }[] {
  return COMMAND_NAMES.filter((name) => may(role, COMMANDS[name].permission)).map((name) => {
    const also = COMMANDS[name].aliases.map((alias) => `#${alias}`).join(" ");
    return { usage: usage(name), help: also === "" ? COMMANDS[name].help : `${COMMANDS[name].help} (also ${also})` };
  });
}

/** The text that answers #help: the commands this role may use, in plain text, lines of at most 78 characters. */
export function commandHelp(role: Role): string {
  const rows = helpRows(role);
  const width = Math.max(...rows.map((row) => row.usage.length)) + 2;
  const lines = rows.flatMap((row) => {
    const [first = "", ...more] = wrapped(row.help, 76 - width);
    return [`  ${row.usage.padEnd(width)}${first}`, ...more.map((line) => `  ${" ".repeat(width)}${line}`)];
  });
  return [
    "Reply to a ticket's mail to answer the customer. Commands go on the first",
    "lines or on the last ones, each on its own line or several on one:",
    "",
    ...lines,
    "",
    "Commands are never sent to the customer. When one of them is not",
    "understood, nothing is sent and you are asked.",
  ].join("\n");
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

const READING = `# Commands by mail

Agents steer a ticket from the mail client they already use: lines that begin with \`#\` and a letter, above or below
the text of a reply to one of our mails.

    #priority high #tag login
    #close
    Your account was locked. I have unlocked it.

## Where commands stand

- In one block at the top of your text, or in one at its end. Several may stand on one line; blank lines between them
  do not matter. Everything else is the reply, or the note when \`#note\` is among the commands.
- Text after a command that takes nothing is text: \`#close Refunded.\` closes, and sends "Refunded.". After a command
  that takes something nothing may follow: text goes on a line of its own.
- \`# Steps\` and \`#1 restart\` are text: no letter follows the \`#\` directly.
- Capitals, full-width \`＃\`, invisible characters, a list's bullet, quotation marks around the line and a full stop
  after it are tolerated.

## When something is not understood

Then **nothing** is done or sent, and you are asked: for a line of a block that looks like a command but is not one
(\`#clsoe\`), a name that nobody or more than one has, a missing or wrong argument, commands that contradict each other,
a command in the middle of the text, and a second command in the text behind a first.
All commands of one mail are carried out together, or none is.

Without any command a reply is sent to the customer, the ticket stays as it is and waits for the customer.

## The commands

`;

const ANSWERS = `
## Answers to our questions

When a message is held, the mail about it names what you may answer, alone on the first line:

- \`#confirm\`: yes, this unproven mail was mine; or: send the text that was stopped, as text.
- \`#accept\`: a stranger's message belongs to this ticket, and its sender takes part from now on.
- \`#new\`: a stranger's message becomes a ticket of its own.
- \`#block\`: a stranger's message is quarantined, and everything else from its sender.
`;

/** docs/commands.md, whole. */
export function commandsPage(): string {
  const rows = COMMAND_NAMES.map((name) => {
    const row = COMMANDS[name];
    const also = row.aliases.length === 0 ? "" : ` Also: ${row.aliases.map((alias) => `\`#${alias}\``).join(", ")}.`;
    return `### ${usage(name)}\n\n${sentence(row.help)} ${row.does}${also}\n\n    ${row.example}\n\nFor: ${rolesFor(row.permission)}.\n`;
  });
  return READING + rows.join("\n") + ANSWERS;
}

function sentence(clause: string): string {
  return `${clause.charAt(0).toUpperCase()}${clause.slice(1)}.`;
}
