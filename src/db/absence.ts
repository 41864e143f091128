/** Who is away as the clock has seen it, and the tickets that wait at an empty desk. */
import type { Db } from "./connect.ts";

/** Agents who count as away. */
export async function absentAgents(db: Db): Promise<number[]> {
  return await db("agent_absence").pluck("agent_id");
}

/** From now on these agents count as away, and nobody else does. Agents who were away already keep the time at which it began. */
export async function noteAbsences(tx: Db, agentIds: readonly number[], now: number): Promise<void> {
  await tx("agent_absence").whereNotIn("agent_id", agentIds).delete();
  for (const id of agentIds)
    await tx("agent_absence").insert({ agent_id: id, began_at: now }).onConflict("agent_id").ignore();
}

/**
 * Open tickets that wait for the desk and whose agent is away, after a ticket, in order of their ids. One that a person
 * gave to that agent, or that they took, since the absence began is left out: somebody decided so. Who has left the desk
 * keeps none.
 */
export async function strandedTickets(db: Db, afterId: number, limit: number): Promise<number[]> {
  return await db("agent_absence")
    .join("ticket", "ticket.assignee_id", "agent_absence.agent_id")
    .join("agent", "agent.id", "agent_absence.agent_id")
    .whereRaw("ticket.status <> 'closed'")
    .where({ "ticket.status": "open", "ticket.waiting_for": "us", "ticket.spam": 0 })
    .where("ticket.id", ">", afterId)
    .where((left) =>
      left
        .where({ "agent.active": 0 })
        .orWhereNotExists(
          db("event")
            .whereRaw("event.ticket_id = ticket.id and event.new = agent.key and event.at >= agent_absence.began_at")
            .where({ "event.name": "assign" })
            .whereIn("event.actor_kind", ["agent", "admin"])
            .select("event.id"),
        ),
    )
    .orderBy("ticket.id")
    .limit(limit)
    .pluck("ticket.id");
}
