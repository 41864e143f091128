/** Commands of one mail that cannot all be meant, and commands where they mean nothing. */
import type { ParsedCommand } from "./command.ts";
import type { CommandPlace } from "./command-row.ts";
import { type CommandGroup, COMMANDS } from "./command-table.ts";
import type { AgentKey } from "../types.ts";

export type Refusal = { readonly line: string; readonly why: string };

/** Of these one thing can be said in a mail; the others add up. */
const EXCLUSIVE: readonly CommandGroup[] = [
  "status",
  "assignee",
  "department",
  "priority",
  "topic",
  "sla",
  "due",
  "subject",
  "audience",
  "canned",
  "caller",
];
/** Who reads the answer, and what is in it: a note is none. */
const OF_ANSWERS: readonly CommandGroup[] = ["audience", "canned"];

/** The first contradiction, with the line that contradicts an earlier one. Saying the same thing twice is none. */
export function contradiction(commands: readonly ParsedCommand[], agent: AgentKey): Refusal | undefined {
  const alone = commands.find((command) => COMMANDS[command.name].group === "alone");
  if (alone !== undefined) return besideAlone(alone, commands);
  for (const group of EXCLUSIVE) {
    const [first, ...more] = commands.filter((command) => COMMANDS[command.name].group === group);
    const other = more.find((command) => first !== undefined && meaning(command, agent) !== meaning(first, agent));
    if (first === undefined || other === undefined) continue;
    const why =
      first.name === other.name
        ? `there are two different #${first.name}`
        : `#${first.name} and #${other.name} contradict each other`;
    return { line: other.line, why };
  }
  return noteConflict(commands) ?? addedAndRemoved(commands);
}

function besideAlone(alone: ParsedCommand, commands: readonly ParsedCommand[]): Refusal | undefined {
  const other = commands.find((command) => command.name !== alone.name);
  if (other !== undefined) return { line: other.line, why: `#${alone.name} stands alone, without #${other.name}` };
  const again = commands.find((command) => meaning(command, "") !== meaning(alone, ""));
  return again && { line: again.line, why: `there are two different #${alone.name}` };
}

/** What a command says, whatever it stands on: `#take` says what `#assign me` says. */
function meaning(command: ParsedCommand, agent: AgentKey): string {
  if (command.name === "take") return `assign ${agent}`;
  if (command.name === "assign") {
    if (command.to === "me") return `assign ${agent}`;
    return `assign ${command.to.strategy === "fixed" ? command.to.agent : `strategy ${command.to.strategy}`}`;
  }
  const { line: _line, ...said } = command;
  return JSON.stringify(said);
}

function noteConflict(commands: readonly ParsedCommand[]): Refusal | undefined {
  const note = commands.find(({ name }) => name === "note");
  const other = commands.find(({ name }) => OF_ANSWERS.includes(COMMANDS[name].group));
  if (note === undefined || other === undefined) return undefined;
  return {
    line: other.line,
    why: `#${other.name} is about an answer, and #note keeps the text from everybody outside`,
  };
}

function addedAndRemoved(commands: readonly ParsedCommand[]): Refusal | undefined {
  const tags = new Set(commands.flatMap((command) => (command.name === "tag" ? command.tags : [])));
  const watchers = new Set(commands.flatMap((command) => (command.name === "watch" ? [command.who] : [])));
  for (const command of commands) {
    const both = command.name === "untag" ? command.tags.find((tag) => tags.has(tag)) : undefined;
    if (both !== undefined) return { line: command.line, why: `the tag "${both}" is both added and removed` };
    if (command.name === "unwatch" && watchers.has(command.who))
      return { line: command.line, why: "#watch and #unwatch contradict each other" };
  }
  return undefined;
}

/**
 * The first command that means nothing at this place, with a sentence that says where it belongs. In a new mail, `#open`
 * makes a ticket for the commands beside it.
 * @param prefix of the desk's ticket numbers
 */
export function wrongPlace(
  commands: readonly ParsedCommand[],
  place: CommandPlace,
  prefix = "NW",
): Refusal | undefined {
  const opens = place === "mail" && commands.some(({ name }) => name === "open");
  const fits = (one: CommandPlace) => one === place || (opens && one === "ticket");
  const wrong = commands.find(({ name }) => !COMMANDS[name].places.some(fits));
  return wrong && { line: wrong.line, why: belongs(wrong, place, `${prefix}-48201`) };
}

function belongs({ name }: ParsedCommand, place: CommandPlace, number: string): string {
  const { places } = COMMANDS[name];
  if (name === "open")
    return "#open makes a ticket for a caller: write it in a new mail to the desk (#reopen opens this ticket again)";
  if (place === "question") return `#${name} is no answer to this question; send it in answer to the ticket's own mail`;
  if (!places.includes("ticket")) return `#${name} answers a question of ours, and this mail answers none`;
  if (place === "mail") return `#${name} is for a ticket: write ${number} #${name}, or answer the ticket's mail`;
  return `#${name} means nothing here`;
}
