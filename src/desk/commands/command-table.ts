/**
 * THE grammar of commands by mail: everything about a command that is not code stands in its row. Reading, help,
 * documentation, "did you mean" and tests are made from this table.
 */
import type { Permission } from "../permission.ts";

export const COMMAND_NAMES = [
  "close",
  "reopen",
  "pending",
  "assign",
  "take",
  "dept",
  "priority",
  "tag",
  "untag",
  "note",
  "help",
  "undo",
  "now",
  "confirm",
] as const;
export type CommandName = (typeof COMMAND_NAMES)[number];

export type ArgumentType = "none" | "agent" | "department" | "priority" | "tags";

export type CommandRow = {
  readonly aliases: readonly string[];
  /** What has to follow the name on its line. */
  readonly argument: ArgumentType;
  /** How the argument is written in help, "" without one. */
  readonly label: string;
  readonly permission: Permission;
  /** Commands of one group say the same thing in different ways: two different ones in a mail contradict each other. */
  readonly group: "status" | "assignee" | "department" | "priority" | "tags" | "manner" | "alone";
  /** One line for #help. */
  readonly help: string;
  readonly example: string;
  /** A sentence or two for the documentation. */
  readonly does: string;
};

export const COMMANDS: Readonly<Record<CommandName, CommandRow>> = {
  close: {
    aliases: ["resolve", "resolved", "solved", "closed"],
    argument: "none",
    label: "",
    permission: "close",
    group: "status",
    help: "close the ticket",
    example: "#close",
    does: "With text, the text is sent with a closing line and the ticket closes when the mail server has accepted it. Without text, the customer gets a closure notice.",
  },
  reopen: {
    aliases: ["open"],
    argument: "none",
    label: "",
    permission: "reopen",
    group: "status",
    help: "open the ticket again",
    example: "#reopen",
    does: "Opens a closed or pending ticket. The customer is told nothing unless there is text.",
  },
  pending: {
    aliases: ["wait"],
    argument: "none",
    label: "",
    permission: "pending",
    group: "status",
    help: "wait for the customer",
    example: "#pending",
    does: "Sets the ticket aside until the customer writes. Text is sent as usual.",
  },
  assign: {
    aliases: [],
    argument: "agent",
    label: "NAME",
    permission: "assign",
    group: "assignee",
    help: "give the ticket to somebody: a name, me, none, round-robin, least-open, least-weighted or sticky",
    example: "#assign ann",
    does: "The name is an agent's key, first name, full name or address. It has to be an agent of the ticket's department. `none` takes the ticket from whoever has it; `round-robin` (whose turn it is), `least-open` (who has the fewest tickets), `least-weighted` (who has the least to do) and `sticky` (the customer's last agent) pick among the department's agents.",
  },
  take: {
    aliases: [],
    argument: "none",
    label: "",
    permission: "take",
    group: "assignee",
    help: "take the ticket yourself",
    example: "#take",
    does: "The same as `#assign me`.",
  },
  dept: {
    aliases: ["department"],
    argument: "department",
    label: "NAME",
    permission: "department",
    group: "department",
    help: "move the ticket to another department",
    example: "#dept billing",
    does: "The name is a department's key or full name. An agent who is not in the new department loses the ticket, and the department's own way of assigning picks the next one. The customer's mail keeps coming from the address they wrote to.",
  },
  priority: {
    aliases: ["prio"],
    argument: "priority",
    label: "LEVEL",
    permission: "priority",
    group: "priority",
    help: "low, normal, high or urgent",
    example: "#priority high",
    does: "Sets the priority.",
  },
  tag: {
    aliases: [],
    argument: "tags",
    label: "WORD…",
    permission: "tag",
    group: "tags",
    help: "add tags",
    example: "#tag refund vip",
    does: "Adds up to eight tags of letters, digits, dots, hyphens and underscores; case does not matter.",
  },
  untag: {
    aliases: [],
    argument: "tags",
    label: "WORD…",
    permission: "tag",
    group: "tags",
    help: "remove tags",
    example: "#untag vip",
    does: "Removes tags.",
  },
  note: {
    aliases: [],
    argument: "none",
    label: "",
    permission: "note",
    group: "manner",
    help: "keep the text as a note; nothing goes to the customer",
    example: "#note Called her, she will try again tomorrow.",
    does: "The text, on the same line or below, becomes a note that only the desk sees.",
  },
  help: {
    aliases: [],
    argument: "none",
    label: "",
    permission: "help",
    group: "alone",
    help: "mail me this list",
    example: "#help",
    does: "Answers with the commands that you may use. Text beside it is not sent.",
  },
  undo: {
    aliases: [],
    argument: "none",
    label: "",
    permission: "undo",
    group: "alone",
    help: "take back my last command on this ticket",
    example: "#undo",
    does: "Takes back your last commands on this ticket and stops your reply, as long as it has not left. It is refused when something else has happened since. Text beside it is not sent.",
  },
  now: {
    aliases: [],
    argument: "none",
    label: "",
    permission: "now",
    group: "manner",
    help: "send at once, without the wait in which #undo stops it",
    example: "#now",
    does: "The reply leaves without waiting for an #undo.",
  },
  confirm: {
    aliases: [],
    argument: "none",
    label: "",
    permission: "confirm",
    group: "alone",
    help: "yes, as you asked",
    example: "#confirm",
    does: "Answers a question of ours, for instance whether a mail really came from you. Text beside it is not sent.",
  },
};

/** Every word that names a command, in lower case. */
export const COMMAND_WORDS: ReadonlyMap<string, CommandName> = new Map(
  COMMAND_NAMES.flatMap((name) => [name, ...COMMANDS[name].aliases].map((word) => [word, name] as const)),
);
