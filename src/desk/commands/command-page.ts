/** docs/commands.md, made from the table. */
import type { CommandName } from "./command-table.ts";
import { COMMANDS, HELP_GROUPS } from "./command-table.ts";
import { placesOf, usage } from "./command-help.ts";
import { may, rolesFor } from "../permission.ts";
import { ROLES } from "../types.ts";

/** The page, whole, in Markdown. */
export function commandsPage(): string {
  const groups = HELP_GROUPS.map(({ title, names }) => `### ${title}\n\n${names.map(section).join("\n")}`);
  return `${READING}${groups.join("\n")}\n${roleTable()}${ANSWERS}`;
}

function section(name: CommandName): string {
  const row = COMMANDS[name];
  const also = row.aliases.map((alias) => `\`#${alias}\``).join(", ");
  return [
    `#### ${usage(name)}`,
    "",
    `${sentence(row.help)} ${row.does}`,
    "",
    `    ${row.example}`,
    "",
    ...(also === "" ? [] : [`- Also: ${also}`]),
    `- Where: ${placesOf(name)}`,
    `- Who: ${rolesFor(row.permission)}`,
    `- Undo: ${row.undo}`,
    "",
  ].join("\n");
}

function sentence(clause: string): string {
  return `${clause.charAt(0).toUpperCase()}${clause.slice(1)}.`;
}

/** One line for all commands that the same roles may use would hide which those are: one line a command. */
function roleTable(): string {
  const head = `| command | ${ROLES.join(" | ")} |\n|---|${ROLES.map(() => "---|").join("")}\n`;
  const rows = HELP_GROUPS.flatMap(({ names }) => names).map((name) => {
    const cells = ROLES.map((role) => (may(role, COMMANDS[name].permission) ? "yes" : ""));
    return `| \`#${name}\` | ${cells.join(" | ")} |\n`;
  });
  return `## Who may use which\n\nA role stands in the desk file, and counts at the moment a command is carried out.\n\n${head}${rows.join("")}`;
}

const READING = `# Commands by mail

Agents work tickets from the mail client they already use: lines that begin with \`#\` and a letter, above or below the
text of a reply to one of our mails.

    #priority high #tag login
    #close
    Your account was locked. I have unlocked it.

\`#help\` mails you the commands that you may use, \`#help snooze\` all about one. This page is made from the same table.

## Where commands stand

- In one block at the top of your text, or in one at its end, above your signature. Several may stand on one line; blank
  lines between them do not matter. Everything else is the reply, or the note when \`#note\` is among the commands.
- Text after a command that takes nothing is text: \`#close Refunded.\` closes, and sends "Refunded.". After a command
  that takes something nothing may follow: text goes on a line of its own.
- \`# Steps\` and \`#1 restart\` are text: no letter follows the \`#\` directly. \`# close\` alone on a line is asked about.
- Capitals, full-width \`＃\`, the \`#\` of a phone's keycap, invisible characters, blanks of any width, a list's bullet,
  quotation marks around the line and a full stop after it are tolerated; so is the subject that a mail client writes
  above your text (\`Re: [NW-48201] …\`).
- A desk may have words of its own, in its language (\`commands:\` in the [desk file](desk-file.md#commands)).

Without any command a reply is sent to the customer and everybody who takes part; the ticket stays as it is and waits for
the customer.

## When something is not understood

Then **nothing** is done or sent, and you are asked: for a line of a block that looks like a command but is not one
(\`#clsoe\`), a name that nobody or more than one has, a missing or wrong argument, a day that does not exist, commands that
contradict each other or have no place here, a command or a near miss of one in the middle of the text, and a second
command in the text behind a first. All commands of one mail are carried out together, or none is.

The mail that tells you quotes the line and says what was probably meant. Answer it with

- \`#confirm\`, when the line is text: all of your text is sent as you wrote it; or
- the corrected line, \`#close\`: it takes the place of the wrong one, and your mail is carried out.

## Dates

In plain English, in your time zone (yours in the desk file, else the desk's). All words have to belong to the date.

| you write | it means |
|---|---|
| \`4h\`, \`30m\`, \`in 90 minutes\` | so much later |
| \`3d\`, \`2w\`, \`in 3 days\`, \`next week\` | days later at the same time of day, also over a change of the clock |
| \`tomorrow 9am\`, \`friday 14:00\`, \`monday at noon\` | that time |
| \`tomorrow\`, \`friday\`, \`2026-12-01\`, \`1 dec\` | 09:00 of that day; a weekday that is today means in a week |
| \`next monday\`, \`day after tomorrow\` | as you would say it |
| \`1/12\`, \`1.12.2026\` | the day first: 1 December |
| \`17:00\`, \`noon\` | today, or tomorrow when that has passed |
| \`morning\`, \`afternoon\`, \`evening\`, \`tonight\` | 09:00, 15:00, 20:00, 20:00 |
| \`2026-12-01T09:00Z\`, \`9am UTC\` | in that time and not yours; other names of zones are refused |
| \`none\`, \`never\` | no date, for \`#due\` and \`#pending\` |

A date without a year is the next one. Past moments and those more than 5 years ahead are refused. A number that could be two
things (\`friday 17\`) is asked about.

Days of an absence: \`today\`, \`tomorrow\`, \`friday\` (today, when it is one), \`until friday\`, \`3d\` (today and two more),
\`next week\` (Monday to Sunday), \`20 dec - 3 jan\`, \`20-25 dec\`, \`2026-12-20..2027-01-03\`. Both ends are included.

## New mails and lists

A new mail to the desk may be commands only: \`#list overdue\`, \`#search printer\`, \`#open joe@example.com\` with what the
caller said. Its subject may hold the command too. \`#list\` mails you a numbered list, and lines of the answer act on its rows:

    1 #close
    2-4 #dept billing #priority high
    5, 7 #assign ann
    all #tag outage
    NW-48201 #take

In a new mail a ticket is named by its number, as in the last line. Text has no place beside such lines: a reply to a
customer goes in answer to the ticket's own mail.

## The commands

`;

const ANSWERS = `
## Answers to our questions

When we ask you something, the mail says what you may answer, alone on the first line:

- \`#confirm\`: yes, this unproven mail was mine; yes, do what you asked me about; or: send the text that was stopped, as text.
- \`#send\`, or another text: a trainee's answer goes as it stands, or yours in its place.
- \`#accept\`: a stranger's message belongs to this ticket, and its sender takes part from now on.
- \`#new\`: a stranger's message becomes a ticket of its own.
- \`#block\`: a stranger's message is quarantined, and everything else from its sender.
`;
