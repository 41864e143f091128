/**
 * A ticket for one agent by name. Who is away, has left, or takes part in the ticket is stood in for: by their deputy, or
 * the deputy's deputy, and so on; else as the department assigns, if that is another way. An agent who is not in the ticket's
 * department is a mistake in the desk file, which nobody else's picking should hide: nobody gets it then.
 */
import { departmentName, hindranceOf, type TicketPeople } from "./candidates.ts";
import type { Agent, AgentKey, Desk, Picking } from "../types.ts";

/** `because` is a clause for people: "Ann Lee has the fewest open tickets (2)". */
export type Picked = { readonly agent: AgentKey | null; readonly because: string };

/** Nobody by name: this picking decides. `because` says why it came to that; "" = it was asked for. */
export type Open = { readonly picking: Picking; readonly because: string };

/** `now` in UTC ms. */
export function namedAgent(desk: Desk, key: AgentKey, ticket: TicketPeople, now: number): Picked | Open {
  const agent = agentOf(desk, key);
  if (agent === undefined) return { agent: null, because: `there is no agent "${key}"` };
  const hindrance = hindranceOf(agent, desk, ticket, now);
  if (hindrance === undefined) return { agent: key, because: `it goes to ${agent.name}` };
  if (hindrance.what === "no member") return { agent: null, because: hindrance.why };
  const whys = [hindrance.why];
  const asked = new Set([key]);
  for (let next = agent.deputy; next !== undefined && !asked.has(next);) {
    asked.add(next);
    const deputy = agentOf(desk, next);
    const why = deputy && hindranceOf(deputy, desk, ticket, now)?.why;
    if (deputy && why === undefined)
      return { agent: next, because: `${whys.join("; ")}; ${deputy.name} is the deputy` };
    if (why !== undefined) whys.push(`the deputy ${why}`);
    next = deputy?.deputy;
  }
  return byDepartment(desk, ticket, now, asked, whys);
}

function byDepartment(
  desk: Desk,
  ticket: TicketPeople,
  now: number,
  asked: ReadonlySet<AgentKey>,
  whys: readonly string[],
): Picked | Open {
  const assign = desk.departments[ticket.department]?.assign ?? { strategy: "none" };
  if (assign.strategy !== "none" && assign.strategy !== "fixed") return { picking: assign, because: whys.join("; ") };
  const other = assign.strategy === "none" || asked.has(assign.agent) ? undefined : agentOf(desk, assign.agent);
  const why = other && hindranceOf(other, desk, ticket, now)?.why;
  const because = [...whys, ...(why === undefined ? [] : [why])].join("; ");
  if (other === undefined || why !== undefined) return { agent: null, because };
  return { agent: other.key, because: `${because}; ${departmentName(desk, ticket.department)} goes to ${other.name}` };
}

function agentOf(desk: Desk, key: AgentKey): Agent | undefined {
  return Object.hasOwn(desk.agents, key) ? desk.agents[key] : undefined;
}
