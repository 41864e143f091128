/**
 * THE grammar of commands by mail: everything about a command that is not code stands in its row. Reading, help,
 * documentation, "did you mean" and tests are made from this table.
 */
import type { CommandRow } from "./command-row.ts";
import { DESK_ROWS } from "./command-rows-desk.ts";
import { STATE_ROWS } from "./command-rows-state.ts";
import { THREAD_ROWS } from "./command-rows-thread.ts";

export type { ArgumentType, CommandGroup, CommandPlace, CommandRow } from "./command-row.ts";

const ROWS = { ...STATE_ROWS, ...THREAD_ROWS, ...DESK_ROWS } as const;
export type CommandName = keyof typeof ROWS;

export const COMMANDS: Readonly<Record<CommandName, CommandRow>> = ROWS;
/** As #help and the documentation list them. */
export const HELP_GROUPS: readonly { readonly title: string; readonly names: readonly CommandName[] }[] = [
  { title: "The ticket", names: Object.keys(STATE_ROWS) as CommandName[] },
  { title: "What is said in it, and to whom", names: Object.keys(THREAD_ROWS) as CommandName[] },
  { title: "The desk", names: Object.keys(DESK_ROWS) as CommandName[] },
];

export const COMMAND_NAMES = Object.keys(ROWS) as readonly CommandName[];

/** Every word that names a command, in lower case. A desk may have more in its own language (`Desk.commandWords`). */
export const COMMAND_WORDS: ReadonlyMap<string, CommandName> = new Map(
  COMMAND_NAMES.flatMap((name) => [name, ...COMMANDS[name].aliases].map((word) => [word, name] as const)),
);
