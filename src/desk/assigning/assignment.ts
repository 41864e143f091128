/**
 * Which agent gets a ticket. Pure: the caller counts the loads inside the transaction that writes the assignment, while
 * nobody else can be counting the same agents. What is equal is decided by turn, then by key, so that a choice can be repeated.
 */
import { candidates, departmentName, hindranceOf, type TicketPeople } from "./candidates.ts";
import { namedAgent, type Open, type Picked } from "./named-agent.ts";
import type {
  Agent,
  AgentKey,
  Assignment,
  DepartmentKey,
  Desk,
  Picking,
  Priority,
  Strategy,
  Ticket,
} from "../types.ts";

export type AgentLoad = {
  readonly agent: AgentKey;
  /** Tickets of the agent that are not closed. */
  readonly openTickets: number;
  /** The sum of their `ticketWeight`. */
  readonly weight: number;
  /** Grows with every ticket that a strategy gave to somebody in this department; 0 = never to this agent. */
  readonly turn: number;
};

export type LastAgent = { readonly agent: AgentKey; /** Public number. */ readonly ticket: string };

export type PickFacts = {
  /** UTC ms. */
  readonly now: number;
  readonly ticket: TicketPeople;
  readonly loads: readonly AgentLoad[];
  /** Who had the customer's last ticket, or answered it; only `sticky` asks. */
  readonly lastAgent?: LastAgent;
};

/** How much work a ticket of a priority is, beside a normal one. */
const WEIGHTS: Readonly<Record<Priority, number>> = { low: 0.5, normal: 1, high: 2, urgent: 4 };
/** A ticket that waits for somebody else is not forgotten: it comes back. */
const WAITING = 0.25;
/** More of those who were passed over are counted, not named. */
const MOST_NAMED = 3;

/** `waits` = nobody of the desk has to act now: pending, snoozed, or answered. */
export function ticketWeight(priority: Priority, waits: boolean): number {
  return WEIGHTS[priority] * (waits ? WAITING : 1);
}

/** Picks for the department that the ticket is in. */
export function pickAgent(assignment: Assignment, desk: Desk, facts: PickFacts): Picked {
  const found = resolveNamed(assignment, desk, facts);
  return "picking" in found ? pickAmong(found, desk, facts) : found;
}

/** As far as it can be said without loads: who is named, or by which picking to choose. */
export function resolveNamed(
  assignment: Assignment,
  desk: Desk,
  { ticket, now }: Pick<PickFacts, "ticket" | "now">,
): Picked | Open {
  if (assignment.strategy === "none") return { agent: null, because: "nobody is assigned automatically" };
  if (assignment.strategy === "fixed") return namedAgent(desk, assignment.agent, ticket, now);
  return { picking: assignment, because: "" };
}

/** Picks among the active members of the ticket's department. */
export function pickAmong({ picking, because }: Open, desk: Desk, facts: PickFacts): Picked {
  const { ticket, now } = facts;
  const members = rank(membersOf(desk, ticket.department), facts.loads, strategyOf(picking));
  const openTickets = new Map(members.map(({ key, load }) => [key, load.openTickets]));
  const { able, passedOver, allOff } = candidates(members, picking, { desk, ticket, now, openTickets });
  const last = picking.strategy === "sticky" ? whoWasLast(desk, facts, passedOver) : undefined;
  const kept = able.find(({ key }) => key === facts.lastAgent?.agent);
  if (last && kept) return { agent: kept.key, because: clauses([because, last.because]) };
  const said = (key: AgentKey, why: string) => key === last?.agent || because.includes(why);
  const others = members.map(({ key }) => ({ key, why: passedOver.get(key) ?? "" }));
  const whys = others.filter(({ key, why }) => why !== "" && !said(key, why)).map(({ why }) => why);
  const notes = [allOff ? "nobody is at work now" : "", ...shortList(whys)];
  const name = departmentName(desk, ticket.department);
  const nobody = members.length === 0 ? `${name} has no active member` : `nobody of ${name} can have it`;
  const first = able[0];
  const decisive = first === undefined ? nobody : WORDS[strategyOf(picking)](first);
  return { agent: first?.key ?? null, because: clauses([because, last?.because ?? "", decisive, ...notes]) };
}

type Ranked = Agent & { readonly load: AgentLoad };
type Choosing = Exclude<Strategy, "sticky">;

const ORDER: Readonly<Record<Choosing, (a: AgentLoad, b: AgentLoad) => number>> = {
  "round-robin": () => 0,
  "least-open": (a, b) => a.openTickets - b.openTickets,
  "least-weighted": (a, b) => a.weight - b.weight,
};

const WORDS: Readonly<Record<Choosing, (first: Ranked) => string>> = {
  "round-robin": ({ name }) => `it is ${name}'s turn`,
  "least-open": ({ name, load }) => `${name} has the fewest open tickets (${load.openTickets})`,
  "least-weighted": ({ name, load }) => `${name} has the least to do (weight ${load.weight})`,
};

const strategyOf = (picking: Picking): Choosing =>
  picking.strategy === "sticky" ? (picking.otherwise ?? "least-open") : picking.strategy;

/** In the order in which they would get it. */
function rank(members: readonly Agent[], loads: readonly AgentLoad[], strategy: Choosing): readonly Ranked[] {
  const known = new Map(loads.map((load) => [load.agent, load]));
  const none = { openTickets: 0, weight: 0, turn: 0 };
  return members
    .map((agent) => ({ ...agent, load: known.get(agent.key) ?? { agent: agent.key, ...none } }))
    .sort((a, b) => ORDER[strategy](a.load, b.load) || a.load.turn - b.load.turn || (a.key < b.key ? -1 : 1));
}

/** The customer's last agent: that it was they, or why they cannot have this ticket too. */
function whoWasLast(
  desk: Desk,
  { lastAgent, ticket, now }: PickFacts,
  passedOver: ReadonlyMap<AgentKey, string>,
): Picked {
  const agent = lastAgent && desk.agents[lastAgent.agent];
  if (!agent) return { agent: null, because: "no agent knows the customer yet" };
  const why = passedOver.get(agent.key) ?? hindranceOf(agent, desk, ticket, now)?.why;
  const because =
    why === undefined
      ? `${agent.name} had the customer's last ticket (${lastAgent.ticket})`
      : `the customer's last agent ${why}`;
  return { agent: agent.key, because };
}

/** The agent may go on with the ticket when nobody else is found for it. `now` in UTC ms. */
export function mayKeep(desk: Desk, key: AgentKey | null, ticket: TicketPeople, now: number): boolean {
  const agent = key === null || !Object.hasOwn(desk.agents, key) ? undefined : desk.agents[key];
  return agent !== undefined && hindranceOf(agent, desk, ticket, now) === undefined;
}

/** The desk without the agents who are this ticket's customer or take part in it: they are customers there. */
export function withoutPeopleOf(
  desk: Desk,
  { customer, participants }: Pick<Ticket, "customer" | "participants">,
): Desk {
  const people = new Set<string>([customer, ...participants].map(({ address }) => address));
  const others = Object.entries(desk.agents).filter(([, { emails }]) => !emails.some((address) => people.has(address)));
  return others.length === Object.keys(desk.agents).length ? desk : { ...desk, agents: Object.fromEntries(others) };
}

/** The active agents of a department. */
export function membersOf(desk: Desk, department: DepartmentKey): readonly Agent[] {
  return Object.values(desk.agents).filter((agent) => agent.active && agent.departments.includes(department));
}

const clauses = (parts: readonly string[]): string => parts.filter((part) => part !== "").join("; ");

function shortList(whys: readonly string[]): readonly string[] {
  if (whys.length <= MOST_NAMED + 1) return whys;
  return [...whys.slice(0, MOST_NAMED), `${whys.length - MOST_NAMED} others cannot have it`];
}
