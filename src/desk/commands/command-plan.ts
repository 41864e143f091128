/**
 * What a mail with commands comes to. Pure: the caller applies the plan in one transaction, so that all commands of a
 * mail are carried out together or none is. A refused plan changes and sends nothing.
 */
import type { ParsedCommand } from "./command.ts";
import { contradiction, wrongPlace } from "./command-conflict.ts";
import type { Refusal } from "./command-conflict.ts";
import { effectOf } from "./command-effect.ts";
import type { Act, Effect, ReplyTo, Scene } from "./command-scene.ts";
import { spelled } from "./command-spelled.ts";
import { COMMANDS } from "./command-table.ts";
import { mayChangeStatus, waitingForAfter } from "../lifecycle.ts";
import { may } from "../permission.ts";
import type { Permission } from "../permission.ts";
import { inverseOf } from "../inverse.ts";
import type { AssignRequest } from "../rules/rule.ts";
import type { Agent, Cause, CausedChange, Change, Desk, Status, Ticket } from "../types.ts";

export type CommandContext = {
  readonly ticket: Ticket;
  readonly agent: Agent;
  readonly desk: Desk;
  /** How many files came with the mail: with one, a mail without words is still a reply. */
  readonly attachments?: number;
  /** Set when the mail that is answered offered the ticket to a team: since when its assignee has it (UTC ms). */
  readonly takenSince?: number;
};

/** One line of the receipt: `#priority high` and `normal -> high`. */
export type CommandResult = { readonly command: string; readonly result: string };

export type CommandPlan = {
  /** To be applied now. Closing with a reply is not among them: see `closeOnAccept`. */
  readonly changes: readonly CausedChange[];
  /** To be resolved by `pickAgent`, after `changes`. */
  readonly assignment?: AssignRequest;
  /** What #undo applies to take `changes` and `assignment` back, in this order. */
  readonly inverse: readonly Change[];
  /** Text for the customer. */
  readonly reply?: string;
  /** Text for the desk only. */
  readonly note?: string;
  /** The reply ends with the closing line; when it is accepted, the status becomes closed and nobody is waited for. */
  readonly closeOnAccept: boolean;
  /** Closed without a reply: the customer is told by a notice. */
  readonly sendClosureNotice: boolean;
  /** What this mail sends leaves without the wait in which #undo can stop it; without text, what still waits leaves. */
  readonly sendNow: boolean;
  /** To be carried out by the stage after `changes`; each says its result and its own way back. */
  readonly acts: readonly { readonly act: Act; readonly command: ParsedCommand }[];
  /** Who gets `reply`. */
  readonly replyTo: ReplyTo;
  /** A prepared text that stands above `reply`, or is the reply where there is no other text. */
  readonly canned?: string;
  /** A question of the agent's; it stands alone. */
  readonly query?: QueryCommand;
  /** `#away` and `#back`; they stand alone. */
  readonly presence?: PresenceCommand;
  readonly undo: boolean;
  readonly confirm: boolean;
  /** The lines on which the commands stood. */
  readonly lines: readonly string[];
  readonly results: readonly CommandResult[];
  /** `results` as lines of text. */
  readonly receipt: readonly string[];
  /** Set when nothing may be done or sent, with the line that is to blame. */
  readonly refused?: Refusal;
};

export const QUERIES = ["list", "mine", "search", "show", "stats", "status", "who", "help"] as const;
export type QueryCommand = Extract<ParsedCommand, { name: (typeof QUERIES)[number] }>;
export type PresenceCommand = Extract<ParsedCommand, { name: "away" | "back" }>;

const isQuery = (command: ParsedCommand): command is QueryCommand =>
  (QUERIES as readonly string[]).includes(command.name);
const isPresence = (command: ParsedCommand): command is PresenceCommand =>
  command.name === "away" || command.name === "back";

const NOTHING = {
  changes: [],
  inverse: [],
  closeOnAccept: false,
  sendClosureNotice: false,
  sendNow: false,
  acts: [],
  replyTo: { to: "all" },
  undo: false,
  confirm: false,
  lines: [],
  results: [],
  receipt: [],
} as const satisfies CommandPlan;

const STATUS_AFTER: Readonly<Partial<Record<ParsedCommand["name"], Status>>> = {
  close: "closed",
  reopen: "open",
  pending: "pending",
  snooze: "snoozed",
};

const REPLY: Cause = { kind: "message", detail: "agent's reply" };

/** Plan the commands of one mail and its text (without command lines), both as `readCommands` gave them. */
export function planCommands(commands: readonly ParsedCommand[], body: string, context: CommandContext): CommandPlan {
  const has = (name: ParsedCommand["name"]) => commands.some((command) => command.name === name);
  const scene: Scene = { ...context, commands, text: textOf(commands, body, context) };
  const refusal =
    notAllowed(scene) ??
    wrongPlace(commands, "ticket", context.desk.prefix) ??
    contradiction(commands, context.agent.key) ??
    commands.map((one) => illegal(one, scene)).find(Boolean);
  if (refusal !== undefined) return { ...NOTHING, refused: refusal };
  const effects = distinct(commands).map((command) => ({ command, effect: effectOf(command, scene) }));
  const closing = has("close") && context.ticket.status !== "closed";
  const changes = [...effects.flatMap(({ command, effect }) => caused(effect, command)), ...waiting(scene)];
  const request = effects.find(({ effect }) => effect.assignment !== undefined);
  const assignment = request && { assignment: request.effect.assignment!, cause: causeOf(request.command) };
  const results = resultsOf(effects, scene, body);
  return {
    changes,
    ...(assignment === undefined ? {} : { assignment }),
    inverse: inverseOf(changes, assignment !== undefined, context.ticket),
    ...(scene.text === "none" ? {} : { [scene.text]: body }),
    closeOnAccept: closing && scene.text === "reply",
    sendClosureNotice: closing && scene.text !== "reply",
    sendNow: has("now"),
    undo: has("undo"),
    confirm: has("confirm"),
    acts: effects.flatMap(({ command, effect }) => (effect.acts ?? []).map((act) => ({ act, command }))),
    replyTo: replyToOf(commands),
    ...given("canned", commands.find((one) => one.name === "canned")?.canned),
    ...given("query", commands.find(isQuery)),
    ...given("presence", commands.find(isPresence)),
    lines: commands.map(({ line }) => line),
    results,
    receipt: results.map(({ command, result }) => `${command}: ${result}`),
  };
}

const given = <K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } =>
  (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: V };

function replyToOf(commands: readonly ParsedCommand[]): ReplyTo {
  if (commands.some(({ name }) => name === "reply")) return { to: "customer" };
  const one = commands.find(
    (command): command is Extract<ParsedCommand, { name: "to" | "cc" | "open" }> => command.name === "to",
  );
  return one === undefined ? { to: "all" } : { to: "one", person: { address: one.address, name: one.addressName } };
}

/** Beside a question to us (#help, #undo, #confirm) text is not a reply: often it is only a phone's signature. */
function textOf(commands: readonly ParsedCommand[], body: string, { attachments = 0 }: CommandContext): Scene["text"] {
  const canned = commands.some(({ name }) => name === "canned");
  if (body.trim() === "" && attachments === 0 && !canned) return "none";
  if (commands.some((command) => COMMANDS[command.name].group === "alone")) return "none";
  return commands.some((command) => command.name === "note") ? "note" : "reply";
}

function notAllowed({ agent, commands, text }: Scene): Refusal | undefined {
  const line = commands[0]?.line ?? "";
  if (!agent.active) return { line, why: `${agent.name} is no longer an agent of this desk` };
  const forbidden = commands.find((command) => !may(agent.role, permissionOf(command)));
  if (forbidden !== undefined) return { line: forbidden.line, why: `#${forbidden.name} is not for a ${agent.role}` };
  return text === "reply" && !may(agent.role, "reply") ? { line, why: `a ${agent.role} may not reply` } : undefined;
}

/** `#assign me` is `#take`. */
function permissionOf(command: ParsedCommand): Permission {
  return command.name === "assign" && command.to === "me" ? "take" : COMMANDS[command.name].permission;
}

function illegal(command: ParsedCommand, scene: Scene): Refusal | undefined {
  const { line } = command;
  const effect = effectOf(command, scene);
  if (effect.refused !== undefined) return { line, why: effect.refused };
  const from = scene.ticket.status;
  const jump = effect.changes?.find(
    (change) => change.change === "set-status" && !mayChangeStatus(from, change.to, "agent"),
  );
  return jump === undefined ? undefined : { line, why: `a ${from} ticket cannot be changed like this` };
}

/** What is said twice counts once; the tags of several lines add up. */
function distinct(commands: readonly ParsedCommand[]): readonly ParsedCommand[] {
  const once = new Map<string, ParsedCommand>();
  for (const command of commands) {
    const key = sayingOf(command);
    const before = once.get(key);
    const tags = before !== undefined && "tags" in before && "tags" in command ? [...before.tags, ...command.tags] : [];
    once.set(key, "tags" in command && tags.length > 0 ? { ...command, tags: [...new Set(tags)] } : command);
  }
  return [...once.values()];
}

/** Two people can be added and told, two tickets linked; of most commands there is one meaning in a mail (command-conflict.ts). */
function sayingOf(command: ParsedCommand): string {
  if (command.name === "take" || command.name === "drop") return "assign";
  if ("who" in command) return `${command.name} ${command.who}`;
  if ("number" in command) return `${command.name} ${command.number}`;
  return command.name === "cc" ? `cc ${command.address}` : command.name;
}

function caused(effect: Effect, command: ParsedCommand): readonly CausedChange[] {
  return (effect.changes ?? []).map((change) => ({ change, cause: causeOf(command) }));
}

function causeOf(command: ParsedCommand): Cause {
  return { kind: "command", detail: `#${command.name}` };
}

/** Who has to act next. A ticket that closes with its reply changes when that is accepted, not now. */
function waiting({ ticket, commands, text }: Scene): readonly CausedChange[] {
  const said = commands.find((command) => COMMANDS[command.name].group === "status");
  const after = said === undefined ? ticket.status : (STATUS_AFTER[said.name] ?? ticket.status);
  if (after === "closed") {
    const now = said !== undefined && ticket.status !== "closed" && text !== "reply";
    return now ? setWaiting(ticket, waitingForAfter("closed"), causeOf(said)) : [];
  }
  const to = replyToOf(commands);
  const toOthers = to.to === "one" && to.person.address !== ticket.customer.address;
  if (text === "reply" && !toOthers) return setWaiting(ticket, waitingForAfter("agent-reply"), REPLY);
  if (said === undefined || after === ticket.status) return [];
  return setWaiting(ticket, waitingForAfter(after === "open" ? "reopened" : "pending"), causeOf(said));
}

function setWaiting(ticket: Ticket, to: Ticket["waitingFor"], cause: Cause): readonly CausedChange[] {
  return ticket.waitingFor === to ? [] : [{ change: { change: "set-waiting-for", to }, cause }];
}

function resultsOf(
  effects: readonly { readonly command: ParsedCommand; readonly effect: Effect }[],
  { ticket, commands, text }: Scene,
  body: string,
): readonly CommandResult[] {
  const results = effects.map(({ command, effect }) => ({ command: spelled(command), result: effect.result }));
  if (text === "none" && body.trim() !== "") return [...results, { command: "your text", result: "was not sent" }];
  const opens = commands.some((command) => command.name === "reopen" || command.name === "pending");
  const surprise = text === "reply" && ticket.status === "closed" && !opens;
  return surprise
    ? [...results, { command: "your reply", result: `is sent; ${ticket.publicNumber} stays closed` }]
    : results;
}
