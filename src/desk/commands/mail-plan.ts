/** Whether the commands of a mail that names no ticket can be carried out. Pure; the stage does what they say. */
import { may } from "../permission.ts";
import type { Agent } from "../types.ts";
import type { ParsedCommand } from "./command.ts";
import { contradiction, type Refusal } from "./command-conflict.ts";
import { COMMANDS } from "./command-table.ts";

/**
 * Why nothing may be done, with the line that is to blame; undefined when all may.
 * @param listed it answers a list, whose tickets could be named by their rows
 */
export function planMail(
  commands: readonly ParsedCommand[],
  agent: Agent,
  prefix: string,
  listed: boolean,
): Refusal | undefined {
  const line = commands[0]?.line ?? "";
  if (!agent.active) return { line, why: `${agent.name} is no longer an agent of this desk` };
  const forbidden = commands.find(({ name }) => !may(agent.role, COMMANDS[name].permission));
  if (forbidden) return { line: forbidden.line, why: `#${forbidden.name} is not for a ${agent.role}` };
  const opens = commands.filter(({ name }) => name === "open");
  const [, second] = new Set(opens.map((one) => ("address" in one ? one.address : "")));
  if (second !== undefined) return { line: opens[1]!.line, why: "a mail opens one ticket" };
  const lost = opens.length > 0 ? commands.find(isForText) : commands.find(({ name }) => !isForMail(name));
  if (lost === undefined) return contradiction(commands, agent.key);
  if (opens.length > 0) return { line: lost.line, why: "the text of this mail is what the caller said" };
  return { line: lost.line, why: whereTo(lost, prefix, listed) };
}

const isForMail = (name: ParsedCommand["name"]): boolean =>
  COMMANDS[name].places.includes("mail") || name === "confirm";

/** What would make something else of the text. */
const isForText = ({ name }: ParsedCommand): boolean =>
  ["note", "reply", "reply-all", "to", "canned"].includes(name) ||
  !COMMANDS[name].places.some((place) => place !== "question");

function whereTo({ name, line }: ParsedCommand, prefix: string, listed: boolean): string {
  if (!COMMANDS[name].places.includes("ticket")) return "it answers a question of ours, and this mail answers none";
  // `#close NW-1003` names it behind the command: then the advice is to write just that, the other way round.
  const named = line.split(/\s+/).find((word) => word.toUpperCase().startsWith(`${prefix}-`) && /-\d+\.?$/.test(word));
  const who = named?.toUpperCase().replace(/\.$/, "") ?? (listed ? "1" : `${prefix}-48201`);
  return `it does not say which ticket it is for; write ${who} #${name}`;
}
