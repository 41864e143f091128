/** A command as it should be written: `#priority high`. */
import { COMMANDS } from "./command-table.ts";
import type { ParsedCommand } from "./command.ts";

export function spelled(command: ParsedCommand): string {
  const argument = argumentOf(command);
  return argument === "" ? `#${command.name}` : `#${command.name} ${argument}`;
}

function argumentOf(command: ParsedCommand): string {
  if ("tags" in command) return command.tags.join(" ");
  if ("words" in command) return command.words;
  if ("address" in command) return command.address;
  if ("canned" in command) return command.canned;
  if ("number" in command) return String(command.number);
  if ("who" in command) return command.who;
  if ("entries" in command) return command.entries.join(", ");
  if (command.name === "accept") return command.always ? "always" : "";
  if (COMMANDS[command.name].argument === "none") return "";
  // Moments, dates and views stand on the line as the agent wrote them.
  if (!("to" in command)) return command.line.replace(/^\S+\s*/u, "");
  if (command.to === null) return "none";
  if (typeof command.to === "string") return command.to;
  return command.to.strategy === "fixed" ? command.to.agent : command.to.strategy;
}
