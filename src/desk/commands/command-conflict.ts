/** Commands of one mail that cannot all be meant. */
import type { ParsedCommand } from "./command.ts";
import { COMMANDS } from "./command-table.ts";
import type { AgentKey } from "../types.ts";

export type Refusal = { readonly line: string; readonly why: string };

const EXCLUSIVE = ["status", "assignee", "department", "priority"] as const;

/** The first contradiction, with the line that contradicts an earlier one. Saying the same thing twice is none. */
export function contradiction(commands: readonly ParsedCommand[], agent: AgentKey): Refusal | undefined {
  const alone = commands.find((command) => COMMANDS[command.name].group === "alone");
  const beside = commands.find((command) => alone !== undefined && command.name !== alone.name);
  if (alone !== undefined && beside !== undefined) {
    return { line: beside.line, why: `#${alone.name} stands alone, without #${beside.name}` };
  }
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
  return tagConflict(commands);
}

function meaning(command: ParsedCommand, agent: AgentKey): string {
  if (command.name === "take") return `assign ${agent}`;
  if (command.name !== "assign") return "to" in command ? `${command.name} ${command.to}` : command.name;
  if (command.to === "me") return `assign ${agent}`;
  return `assign ${command.to.strategy === "fixed" ? command.to.agent : `strategy ${command.to.strategy}`}`;
}

function tagConflict(commands: readonly ParsedCommand[]): Refusal | undefined {
  const added = new Set(commands.flatMap((command) => (command.name === "tag" ? command.tags : [])));
  for (const command of commands) {
    const both = command.name === "untag" ? command.tags.find((tag) => added.has(tag)) : undefined;
    if (both !== undefined) return { line: command.line, why: `the tag "${both}" is both added and removed` };
  }
  return undefined;
}
