/** What each command does to a ticket: one row a command, so that a command without an effect does not compile. */
import { membersOf } from "../assigning/assignment.ts";
import type { ParsedCommand } from "./command.ts";
import type { CommandName } from "./command-table.ts";
import { fold } from "../words.ts";
import type { Agent, AgentKey, Assignment, Change, Desk, Status, Strategy, Ticket } from "../types.ts";

/** Everything a command may look at. */
export type Scene = {
  readonly ticket: Ticket;
  readonly agent: Agent;
  readonly desk: Desk;
  readonly commands: readonly ParsedCommand[];
  /** What becomes of the text of this mail. */
  readonly text: "reply" | "note" | "none";
};

export type Effect = {
  readonly changes?: readonly Change[];
  readonly assignment?: Assignment;
  /** For the receipt: what came of it. */
  readonly result: string;
  /** Why it cannot be done; nothing of the mail is done then. */
  readonly refused?: string;
};

/** The commands that a name may have: `tag` and `untag` share a shape. */
type Named<C extends ParsedCommand, N extends CommandName> = C extends ParsedCommand
  ? N extends C["name"]
    ? C
    : never
  : never;
type EffectOf<N extends CommandName> = (command: Named<ParsedCommand, N>, scene: Scene) => Effect;

export const EFFECTS: { readonly [N in CommandName]: EffectOf<N> } = {
  close: (_command, scene) => {
    if (scene.ticket.status === "closed") return { result: "it was closed already" };
    if (scene.text === "reply") return { result: "closes when your reply is accepted" };
    return { changes: [{ change: "set-status", to: "closed" }], result: "closed; the customer gets a closure notice" };
  },
  reopen: (_command, scene) => status(scene, "open"),
  pending: (_command, scene) => status(scene, "pending"),
  assign: (command, scene) =>
    assign(command.to === "me" ? fixed(scene.agent.key) : command.to, scene, command.to === "me"),
  take: (_command, scene) => assign(fixed(scene.agent.key), scene, true),
  dept: (command, scene) => moveTo(command.to, scene),
  priority: ({ to }, { ticket }) => {
    if (ticket.priority === to) return { result: `it was ${to} already` };
    return { changes: [{ change: "set-priority", to }], result: `${ticket.priority} -> ${to}` };
  },
  tag: ({ tags }, { ticket }) => {
    const fresh = tags.filter((tag) => !ticket.tags.some(sameAs(tag)));
    if (fresh.length === 0) return { result: `it had ${tags.join(", ")} already` };
    return { changes: fresh.map((tag) => ({ change: "tag", tag })), result: `tagged ${fresh.join(", ")}` };
  },
  untag: ({ tags }, { ticket }) => {
    const there = ticket.tags.filter((tag) => tags.some(sameAs(tag)));
    if (there.length === 0) return { result: `it had no tag ${tags.join(", ")}` };
    return { changes: there.map((tag) => ({ change: "untag", tag })), result: `removed ${there.join(", ")}` };
  },
  note: (_command, { text }) => {
    const refused = text === "none" ? "there is no text to keep as a note" : undefined;
    return { result: "kept as a note; nothing was sent to the customer", refused };
  },
  now: (_command, { text, commands }) => {
    if (text === "reply") return { result: "sent without waiting for #undo" };
    const closes = commands.some(({ name }) => name === "close");
    return { result: closes ? "the notice leaves at once" : "your mail that waits leaves at once, if there is one" };
  },
  help: () => ({ result: "the list of commands follows" }),
  undo: () => ({ result: "takes back your last commands" }),
  confirm: () => ({ result: "confirmed" }),
};

/** Look the row up; the table's type makes sure that it fits the command. */
export function effectOf(command: ParsedCommand, scene: Scene): Effect {
  const row = EFFECTS[command.name] as (command: ParsedCommand, scene: Scene) => Effect;
  return row(command, scene);
}

/** The desk file may write a tag "VIP", an agent "vip". */
function sameAs(tag: string): (other: string) => boolean {
  return (other) => fold(other) === fold(tag);
}

function status({ ticket }: Scene, to: Status): Effect {
  if (ticket.status === to) return { result: `it was ${to} already` };
  return { changes: [{ change: "set-status", to }], result: `${ticket.status} -> ${to}` };
}

function fixed(agent: AgentKey): Assignment {
  return { strategy: "fixed", agent };
}

const STRATEGY_WORDS: Readonly<Record<Strategy, string>> = {
  "round-robin": "goes to whose turn it is",
  "least-open": "goes to who has the fewest open tickets",
  "least-weighted": "goes to who has the least to do",
  sticky: "goes to the customer's last agent",
};

/** Whoever takes a ticket may have it from anywhere; given away it stays among the agents of its department. */
function assign(to: Assignment, scene: Scene, taken: boolean): Effect {
  const { ticket, desk, commands } = scene;
  if (to.strategy === "none") {
    if (ticket.assignee === null) return { result: "nobody had it" };
    return { changes: [{ change: "assign", to: null }], result: `${nameOf(desk, ticket.assignee)} no longer has it` };
  }
  if (to.strategy !== "fixed") return { assignment: to, result: STRATEGY_WORDS[to.strategy] };
  const moved = commands.find((command) => command.name === "dept");
  const department = moved?.to ?? ticket.department;
  const member = membersOf(desk, department).some((agent) => agent.key === to.agent);
  if (!taken && !member) {
    const refused = `${nameOf(desk, to.agent)} is not an active agent of ${desk.departments[department]?.name ?? department}`;
    return { result: refused, refused };
  }
  const who = taken ? "you" : nameOf(desk, to.agent);
  if (ticket.assignee === to.agent) return { result: `${who} had it already` };
  const from = ticket.assignee === null ? "" : `, until now ${nameOf(desk, ticket.assignee)}`;
  return { changes: [{ change: "assign", to: to.agent }], result: `${who} now ${taken ? "have" : "has"} it${from}` };
}

/** An agent who is not in the new department does not keep the ticket, unless this mail says who gets it. */
function moveTo(department: string, { ticket, desk, commands }: Scene): Effect {
  const name = desk.departments[department]?.name ?? department;
  if (ticket.department === department) return { result: `it was in ${name} already` };
  const moved: Change = { change: "set-department", to: department };
  const said = commands.some((command) => command.name === "assign" || command.name === "take");
  const stays = membersOf(desk, department).some((agent) => agent.key === ticket.assignee);
  if (said || stays) return { changes: [moved], result: `moved to ${name}` };
  const how = desk.departments[department]?.assign ?? { strategy: "none" };
  if (how.strategy !== "none")
    return { changes: [moved], assignment: how, result: `moved to ${name}, which assigns it` };
  const freed: readonly Change[] = ticket.assignee === null ? [] : [{ change: "assign", to: null }];
  return { changes: [moved, ...freed], result: `moved to ${name}; nobody has it now` };
}

function nameOf(desk: Desk, key: AgentKey): string {
  return desk.agents[key]?.name ?? key;
}
