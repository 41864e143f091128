/** Who reads a trainee's answer before it goes out, and who is told when a reply waits too long. */
import { awayUntil } from "./assigning/presence.ts";
import { withoutPeopleOf } from "./assigning/assignment.ts";
import { may } from "./permission.ts";
import type { Agent, Desk, Ticket } from "./types.ts";

/**
 * The trainee's own reviewer; while that one is away or gone, the leads of the ticket's department, else the admins. Of
 * those, whoever is there goes before whoever is away. Never the trainee, and nobody who takes part in the ticket.
 */
export function reviewersOf(desk: Desk, ticket: Ticket, trainee: Agent, now: number): readonly Agent[] {
  const agents = able(desk, ticket, trainee);
  const here = agents.filter((agent) => awayUntil(agent, desk, now) === undefined);
  const own = here.find(({ key }) => key === trainee.reviewer);
  return own ? [own] : firstOf([leads(here, ticket), admins(here), leads(agents, ticket), admins(agents)]);
}

/** The leads of the ticket's department, else the admins; those who are there before those who are away. */
export function leadsOf(desk: Desk, ticket: Ticket, except: Agent, now: number): readonly Agent[] {
  const agents = able(desk, ticket, except);
  const here = agents.filter((agent) => awayUntil(agent, desk, now) === undefined);
  return firstOf([leads(here, ticket), admins(here), leads(agents, ticket), admins(agents)]);
}

const able = (desk: Desk, ticket: Ticket, except: Agent): Agent[] =>
  Object.values(withoutPeopleOf(desk, ticket).agents).filter(
    ({ active, key, role }) => active && key !== except.key && may(role, "review"),
  );

const leads = (agents: readonly Agent[], { department }: Ticket): readonly Agent[] =>
  agents.filter(({ role, departments }) => role === "lead" && departments.includes(department));

const admins = (agents: readonly Agent[]): readonly Agent[] => agents.filter(({ role }) => role === "admin");

const firstOf = (groups: readonly (readonly Agent[])[]): readonly Agent[] =>
  groups.find(({ length }) => length > 0) ?? [];
