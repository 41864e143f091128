/**
 * Gives a ticket to somebody: the one place where loads are counted, an agent is picked and the assignment is written, in
 * one transaction. Locks in this order: the ticket, then the agents of its department. Who has yet to lock another ticket
 * does that first.
 */
import { agentLoads, lastAgentOf, takeTurn } from "../db/agent-load.ts";
import { applyChanges } from "../db/apply.ts";
import { lockTicket } from "../db/ticket.ts";
import { mayKeep, membersOf, pickAmong, resolveNamed } from "../desk/assigning/assignment.ts";
import type { Open, Picked } from "../desk/assigning/named-agent.ts";
import type { AssignRequest } from "../desk/rules/rule.ts";
import type { Actor, Ticket } from "../desk/types.ts";
import type { Unit } from "./stage.ts";

export type Assigned = {
  readonly ticket: Ticket;
  /** Clauses for people: what decided, and who was passed over and why. */
  readonly because: string;
};

/**
 * Assigns the ticket as asked for, with an event whose cause says why. When nobody is found, an agent who may have the
 * ticket keeps it; one who is away, has left or is not in the department loses it.
 */
export async function assignTicket(
  unit: Unit,
  { id }: Pick<Ticket, "id">,
  { assignment, cause }: AssignRequest,
  actor: Actor = { kind: "postern" },
): Promise<Assigned> {
  const { tx, desk, ids, now } = unit;
  const ticket = await lockTicket(tx, id);
  const found = resolveNamed(assignment, desk, { ticket, now });
  const picked = "picking" in found ? await pickByLoad(unit, ticket, found) : found;
  const stays = picked.agent === null && assignment.strategy !== "none" && mayKeep(desk, ticket.assignee, ticket, now);
  const to = stays ? ticket.assignee : picked.agent;
  const kept = stays ? `; it stays with ${desk.agents[to!]!.name}` : "";
  const because = `${picked.because}${kept}`;
  const change = { change: "assign", to } as const;
  const changes = [{ change, cause: { ...cause, detail: `${cause.detail}: ${because}` } }];
  return { ticket: await applyChanges(tx, ticket.id, changes, actor, ids, now), because };
}

async function pickByLoad({ tx, desk, ids, now }: Unit, ticket: Ticket, open: Open): Promise<Picked> {
  const lastAgent = open.picking.strategy === "sticky" ? await lastAgentOf(tx, ticket) : undefined;
  const loads = await agentLoads(tx, membersOf(desk, ticket.department), ticket, ids);
  const picked = pickAmong(open, desk, { now, ticket, loads, lastAgent });
  if (picked.agent !== null) await takeTurn(tx, ids.department.id(ticket.department), ids.agent.id(picked.agent));
  return picked;
}
