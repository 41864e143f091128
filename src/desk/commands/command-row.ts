/** What a row of the grammar says. Types only: the rows stand in command-rows-*.ts, the table in command-table.ts. */
import type { Permission } from "../permission.ts";

/** What has to follow the name on its line: one reader a type in command-argument.ts. `…?` may be left out. */
export type ArgumentType =
  | "none"
  | "agent"
  | "department"
  | "topic"
  | "priority"
  | "plan"
  | "tags"
  | "moment"
  | "moment?"
  | "address"
  | "number"
  | "canned"
  | "words"
  | "words?"
  | "view?"
  | "dates?"
  | "always?"
  | "entries?"
  | "watcher?"
  | "command?";

/**
 * Commands of one group say the same thing in different ways: two different ones in a mail contradict each other.
 * Of `alone` there is one in a mail and nothing beside it; `tags`, `people` and `manner` may stand together.
 */
export type CommandGroup =
  | "status"
  | "assignee"
  | "department"
  | "topic"
  | "priority"
  | "sla"
  | "due"
  | "tags"
  | "watch"
  | "subject"
  | "audience"
  | "people"
  | "manner"
  | "canned"
  | "link"
  | "caller"
  | "alone";

/**
 * Where a command means something: `ticket` in an answer to a mail about a ticket (or behind a number of a list), `mail` in a
 * new mail to the desk, `question` in an answer to a question of ours.
 */
export type CommandPlace = "ticket" | "mail" | "question";

export type CommandRow = {
  readonly aliases: readonly string[];
  readonly argument: ArgumentType;
  /** How the argument is written in help, "" without one. */
  readonly label: string;
  readonly permission: Permission;
  readonly group: CommandGroup;
  readonly places: readonly CommandPlace[];
  /** One line for #help. */
  readonly help: string;
  readonly example: string;
  /** A sentence or two for the documentation. */
  readonly does: string;
  /** What #undo does about it, a sentence for the documentation. */
  readonly undo: string;
};
