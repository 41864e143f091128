/** What each command does to a ticket: one row a command, so that a command without an effect does not compile. */
import { membersOf } from "../assigning/assignment.ts";
import { dayOf, timeOfDay } from "../notices/notice-words.ts";
import { planOf } from "../sla/sla.ts";
import type { ParsedCommand } from "./command.ts";
import { ACT_EFFECTS, ELSEWHERE, TEXT_EFFECTS } from "./command-effect-more.ts";
import type { Effect, EffectOf, Scene } from "./command-scene.ts";
import type { CommandName } from "./command-table.ts";
import { fold } from "../words.ts";
import type { AgentKey, Assignment, Change, Desk, Status, Strategy } from "../types.ts";

export const EFFECTS: { readonly [N in CommandName]: EffectOf<N> } = {
  close: (_command, scene) => {
    if (scene.ticket.status === "closed") return { result: "it was closed already" };
    if (scene.text === "reply") return { result: "closes when your reply is accepted" };
    return { changes: [{ change: "set-status", to: "closed" }], result: "closed; the customer gets a closure notice" };
  },
  reopen: (_command, scene) => status(scene, "open"),
  pending: ({ until }, scene) => status(scene, "pending", until ?? undefined),
  snooze: ({ until }, scene) => status(scene, "snoozed", until),
  assign: (command, scene) =>
    assign(command.to === "me" ? fixed(scene.agent.key) : command.to, scene, command.to === "me"),
  take: (_command, scene) => {
    const { ticket, agent, desk, takenSince } = scene;
    const first = takenSince === undefined || ticket.assignee === null || ticket.assignee === agent.key;
    if (first) return assign(fixed(agent.key), scene, true);
    const since = moment(takenSince, scene);
    const refused = `${nameOf(desk, ticket.assignee)} has it since ${since}; #assign me takes it over`;
    return { result: refused, refused };
  },
  drop: (_command, scene) => {
    const { ticket, agent, desk } = scene;
    if (ticket.assignee === null) return { result: "nobody had it" };
    if (ticket.assignee === agent.key) return assign({ strategy: "none" }, scene, false);
    const refused = `${nameOf(desk, ticket.assignee)} has it, not you; #assign none takes it away`;
    return { result: refused, refused };
  },
  dept: (command, scene) => moveTo(command.to, scene),
  topic: ({ to }, { ticket, desk }) => {
    const name = (key: string | null) => (key === null ? "none" : (desk.topics[key]?.title ?? key));
    if (ticket.topic === to) return { result: `it was ${name(to)} already` };
    return { changes: [{ change: "set-topic", to }], result: `${name(ticket.topic)} -> ${name(to)}` };
  },
  sla: ({ to }, scene) => plan(to, scene),
  due: ({ at }, scene) => {
    if (scene.ticket.dueAt === at) return { result: "it was so already" };
    const result = at === null ? "as the plan says again" : `due ${moment(at, scene)}`;
    return { changes: [{ change: "set-due", to: at }], result };
  },
  subject: ({ words }, { ticket }) => {
    if (ticket.subject === words) return { result: "it was so already" };
    return { changes: [{ change: "set-subject", to: words }], result: `was "${ticket.subject}"` };
  },
  watch: ({ who }, scene) => watching(who, scene, true),
  unwatch: ({ who }, scene) => watching(who, scene, false),
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
  ...TEXT_EFFECTS,
  ...ACT_EFFECTS,
  ...ELSEWHERE,
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

function status(scene: Scene, to: Status, until?: number): Effect {
  const { ticket } = scene;
  if (ticket.status === to && (until ?? null) === ticket.snoozedUntil) return { result: `it was ${to} already` };
  const change: Change = { change: "set-status", to, ...(until === undefined ? {} : { until }) };
  const end = until === undefined ? "" : ` until ${moment(until, scene)}`;
  return { changes: [change], result: `${ticket.status} -> ${to}${end}` };
}

/** Without a plan of its own a ticket has the one of its department or desk, and that stands in the ticket then. */
function plan(wanted: string | null, { ticket, desk, commands }: Scene): Effect {
  const department = commands.find((command) => command.name === "dept")?.to ?? ticket.department;
  const to = wanted ?? planOf(desk, { sla: null, department })?.key ?? null;
  const whose = wanted === null && to !== null ? ", the plan of its department or the desk" : "";
  if (ticket.sla === to) return { result: `it was ${to ?? "none"} already${whose}` };
  return { changes: [{ change: "set-sla", to }], result: `${ticket.sla ?? "none"} -> ${to ?? "none"}${whose}` };
}

/** In the agent's time zone, as they have written it. */
function moment(at: number, { agent, desk }: Scene): string {
  const clock = { timeZone: agent.timeZone ?? desk.timeZone, locale: "en-GB" };
  return `${dayOf(at, at, clock)} ${timeOfDay(at, clock)}`;
}

function watching(who: AgentKey, { ticket, agent, desk }: Scene, on: boolean): Effect {
  const key = who === "me" ? agent.key : who;
  const name = key === agent.key ? "you" : nameOf(desk, key);
  const watches = ticket.watchers.includes(key);
  if (watches === on) return { result: on ? `${name} watched it already` : `${name} did not watch it` };
  const result = on ? `${name} will be told of everything` : `${name} will no longer be told`;
  return { changes: [{ change: on ? "watch" : "unwatch", who: key }], result };
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
