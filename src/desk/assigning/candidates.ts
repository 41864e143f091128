/**
 * Who of a department may be given a ticket, and why not the others. In this order: who takes part in the ticket is a
 * customer there, who is away is not there, then skills, then capacity. Of those who are left, agents at work go before
 * agents who are off; when nobody is at work, all of them count.
 */
import { awayText, inWorkingHours } from "./presence.ts";
import type { Agent, AgentKey, DepartmentKey, Desk, Picking, Ticket } from "../types.ts";

/** What is known of the ticket that is to be given to somebody. */
export type TicketPeople = Pick<Ticket, "department" | "customer" | "participants">;

export type Hindrance = { readonly what: "gone" | "away" | "takes part" | "no member"; readonly why: string };

/** What keeps an agent from any ticket of this kind, whatever they have to do; undefined = nothing. `now` in UTC ms. */
export function hindranceOf(agent: Agent, desk: Desk, ticket: TicketPeople, now: number): Hindrance | undefined {
  if (!agent.active) return { what: "gone", why: `${agent.name} is no longer active` };
  if (!agent.departments.includes(ticket.department))
    return { what: "no member", why: `${agent.name} is not in ${departmentName(desk, ticket.department)}` };
  const away = awayText(agent, desk, now);
  if (away !== undefined) return { what: "away", why: away };
  if (has(agent, ticket.customer)) return { what: "takes part", why: `${agent.name} is the customer` };
  if (ticket.participants.some((person) => has(agent, person)))
    return { what: "takes part", why: `${agent.name} takes part in the ticket` };
  return undefined;
}

export type Candidates<A> = {
  readonly able: readonly A[];
  /** Those of the members who cannot have it, each with the reason as a clause. */
  readonly passedOver: ReadonlyMap<AgentKey, string>;
  /** Nobody of `able` is in their working hours. */
  readonly allOff: boolean;
};

export type CandidateFacts = {
  readonly desk: Desk;
  readonly ticket: TicketPeople;
  /** UTC ms. */
  readonly now: number;
  /** How many tickets an agent has that are not closed; nobody who is left out has any. */
  readonly openTickets: ReadonlyMap<AgentKey, number>;
};

/** Keeps the order of the members. */
export function candidates<A extends Agent>(
  members: readonly A[],
  picking: Picking,
  { desk, ticket, now, openTickets }: CandidateFacts,
): Candidates<A> {
  const passedOver = new Map<AgentKey, string>();
  const able = members.filter((agent) => {
    const why =
      hindranceOf(agent, desk, ticket, now)?.why ??
      lacking(agent, picking.skills ?? []) ??
      full(agent, picking.capacity, openTickets.get(agent.key) ?? 0);
    if (why !== undefined) passedOver.set(agent.key, why);
    return why === undefined;
  });
  const working = able.filter((agent) => inWorkingHours(agent, desk, now));
  if (working.length === 0 || working.length === able.length) {
    return { able, passedOver, allOff: able.length > 0 && working.length === 0 };
  }
  for (const agent of able) if (!working.includes(agent)) passedOver.set(agent.key, `${agent.name} is not at work now`);
  return { able: working, passedOver, allOff: false };
}

export function departmentName(desk: Desk, key: DepartmentKey): string {
  return desk.departments[key]?.name ?? key;
}

function has(agent: Agent, { address }: Ticket["customer"]): boolean {
  return agent.emails.includes(address);
}

function lacking(agent: Agent, skills: readonly string[]): string | undefined {
  const missing = skills.filter((skill) => !agent.skills.includes(skill));
  return missing.length === 0 ? undefined : `${agent.name} lacks ${missing.join(" and ")}`;
}

/** Of the two limits the lower one counts. */
function full(agent: Agent, most: number | undefined, open: number): string | undefined {
  const limit = Math.min(most ?? Number.POSITIVE_INFINITY, agent.capacity ?? Number.POSITIVE_INFINITY);
  return open < limit ? undefined : `${agent.name} has ${open} of at most ${limit} tickets`;
}
