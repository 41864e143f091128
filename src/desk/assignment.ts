/** Which agent gets a ticket. Pure: the caller counts the loads inside the transaction that writes the assignment. */
import type { Agent, AgentKey, Assignment, DepartmentKey, Desk, Ticket } from "./types.ts";

export type AgentLoad = {
  readonly agent: AgentKey;
  /** Tickets of the agent that are not closed. */
  readonly openTickets: number;
  /** A number that grows with every assignment; 0 = never had one. */
  readonly lastAssignedSeq: number;
};

/** `because` is a clause for people: "Ann Lee has the fewest open tickets (2)". */
export type Picked = { readonly agent: AgentKey | null; readonly because: string };

/**
 * Pick among the active members of the department. Round robin takes who was assigned longest ago, least-open who has
 * the fewest open tickets (then longest ago); what is still equal is decided by key, so that the choice can be repeated.
 */
export function pickAgent(
  assignment: Assignment,
  desk: Desk,
  department: DepartmentKey,
  loads: readonly AgentLoad[],
): Picked {
  if (assignment.strategy === "none") return { agent: null, because: "nobody is assigned automatically" };
  if (assignment.strategy === "fixed") return pickFixed(desk, assignment.agent, department);
  const members = membersOf(desk, department).map((agent) => loadOf(agent, loads));
  const byTurn = (a: AgentLoad, b: AgentLoad) => a.lastAssignedSeq - b.lastAssignedSeq || (a.agent < b.agent ? -1 : 1);
  const byLoad = (a: AgentLoad, b: AgentLoad) => a.openTickets - b.openTickets || byTurn(a, b);
  const first = members.sort(assignment.strategy === "round-robin" ? byTurn : byLoad)[0];
  if (first === undefined) return { agent: null, because: `${departmentName(desk, department)} has no active member` };
  const who = desk.agents[first.agent]?.name ?? first.agent;
  return assignment.strategy === "round-robin"
    ? { agent: first.agent, because: `it is ${who}'s turn` }
    : { agent: first.agent, because: `${who} has the fewest open tickets (${first.openTickets})` };
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

function pickFixed(desk: Desk, key: AgentKey, department: DepartmentKey): Picked {
  const agent = Object.hasOwn(desk.agents, key) ? desk.agents[key] : undefined;
  if (agent === undefined) return { agent: null, because: `there is no agent "${key}"` };
  if (!agent.active) return { agent: null, because: `${agent.name} is no longer active` };
  if (!agent.departments.includes(department)) {
    return { agent: null, because: `${agent.name} is not in ${departmentName(desk, department)}` };
  }
  return { agent: key, because: `it goes to ${agent.name}` };
}

function loadOf(agent: Agent, loads: readonly AgentLoad[]): AgentLoad {
  return loads.find((load) => load.agent === agent.key) ?? { agent: agent.key, openTickets: 0, lastAssignedSeq: 0 };
}

function departmentName(desk: Desk, key: DepartmentKey): string {
  return desk.departments[key]?.name ?? key;
}
