/**
 * What assigning looks at: what agents have to do, whose turn it is, who knows the customer. Counted under a lock on the
 * agents, so that nobody picks by a count that another pick is about to change. Costs grow with what is open, never with
 * what has been.
 */
import { type AgentLoad, type LastAgent, ticketWeight } from "../desk/assigning/assignment.ts";
import type { Agent, Priority, Ticket } from "../desk/types.ts";
import { type Db, isSqlite } from "./connect.ts";
import type { DeskIds } from "./desk.ts";

/** A customer's addresses and, of each, tickets that are looked through for an agent who knows them. */
const MOST_ADDRESSES = 10;
const MOST_TICKETS = 20;

/**
 * Until the transaction ends nobody else picks among these agents. In the order of their ids, so that two picks that share
 * agents wait for one another instead of locking each other up; rows that only refer to an agent are not held up. On SQLite
 * a transaction that writes is alone anyway.
 */
async function lockAgents(tx: Db, agentIds: readonly number[]): Promise<void> {
  if (isSqlite(tx)) return;
  await tx("agent").whereIn("id", agentIds).orderBy("id").forNoKeyUpdate().select("id");
}

type Counted = { assignee_id: number; status: string; waiting_for: string | null; priority: Priority; n: number };

/** Locks the agents and counts for them, leaving out the ticket that is to be given to one of them. */
export async function agentLoads(
  tx: Db,
  members: readonly Agent[],
  ticket: Pick<Ticket, "id" | "department">,
  ids: DeskIds,
): Promise<AgentLoad[]> {
  await lockAgents(
    tx,
    members.map(({ key }) => ids.agent.id(key)).sort((a, b) => a - b),
  );
  // A statement of its own, after the lock: what a statement reads is as old as the moment it began.
  return await countLoads(tx, members, ticket, ids);
}

/** The same without the lock, for who only asks: another pick may be changing it. */
export async function countLoads(
  tx: Db,
  members: readonly Agent[],
  ticket: Pick<Ticket, "id" | "department">,
  ids: DeskIds,
): Promise<AgentLoad[]> {
  const agentIds = members.map(({ key }) => ids.agent.id(key));
  const counted: Counted[] = await tx("ticket")
    .whereIn("assignee_id", agentIds)
    // As the index says it, so that the index is used.
    .whereRaw("status <> 'closed'")
    .whereNot("id", ticket.id)
    .groupBy("assignee_id", "status", "waiting_for", "priority")
    .select("assignee_id", "status", "waiting_for", "priority", tx.raw("count(*) as n"));
  const turns: { agent_id: number; turn: number }[] = await tx("assignment_turn")
    .where({ department_id: ids.department.id(ticket.department) })
    .whereIn("agent_id", agentIds)
    .select("agent_id", "turn");
  const turnOf = new Map(turns.map((row) => [row.agent_id, Number(row.turn)]));
  return members.map(({ key }) => {
    const id = ids.agent.id(key);
    const theirs = counted.filter((row) => row.assignee_id === id).map((row) => ({ ...row, n: Number(row.n) }));
    return {
      agent: key,
      openTickets: theirs.reduce((sum, { n }) => sum + n, 0),
      weight: theirs.reduce((sum, row) => sum + row.n * ticketWeight(row.priority, waits(row)), 0),
      turn: turnOf.get(id) ?? 0,
    };
  });
}

const waits = ({ status, waiting_for }: Counted): boolean => status !== "open" || waiting_for === "customer";

/** The agent has had their turn in this department. The caller has locked its members by `agentLoads`. */
export async function takeTurn(tx: Db, departmentId: number, agentId: number): Promise<void> {
  const next = tx("assignment_turn")
    .where({ department_id: departmentId })
    .select(tx.raw("coalesce(max(turn), 0) + 1"));
  await tx("assignment_turn")
    .insert({ department_id: departmentId, agent_id: agentId, turn: next })
    .onConflict(["department_id", "agent_id"])
    .merge();
}

type KnownBy = { public_number: string; opened_at: number; agent: string };

/**
 * Who knows the customer: of their newest other ticket that somebody had or answered, from any of their addresses, the
 * agent who has it, else the one who answered last. Undefined when nobody does.
 */
export async function lastAgentOf(db: Db, ticket: Pick<Ticket, "id" | "customer">): Promise<LastAgent | undefined> {
  const addressIds: number[] = await db("address")
    .where("person_id", db("address").where({ address: ticket.customer.address }).select("person_id"))
    .orderBy("id")
    .limit(MOST_ADDRESSES)
    .pluck("id");
  const known: KnownBy[] = [];
  for (const addressId of addressIds) {
    const row = await lastKnown(db, addressId, ticket.id);
    if (row) known.push(row);
  }
  const newest = known.toSorted((a, b) => Number(b.opened_at) - Number(a.opened_at))[0];
  return newest && { agent: newest.agent, ticket: newest.public_number };
}

async function lastKnown(db: Db, addressId: number, exceptId: number): Promise<KnownBy | undefined> {
  const recent = db("ticket")
    .where({ customer_address_id: addressId, spam: 0 })
    .whereNull("merged_into")
    .whereNot("id", exceptId)
    .orderBy([
      { column: "opened_at", order: "desc" },
      { column: "id", order: "desc" },
    ])
    .limit(MOST_TICKETS)
    .as("recent");
  const answered = db("entry")
    .whereRaw("entry.ticket_id = recent.id")
    .where({ kind: "reply" })
    .whereNotNull("agent_id")
    .orderBy("seq", "desc")
    .limit(1)
    .select("agent_id");
  return await db(recent)
    .join("agent", "agent.id", db.raw("coalesce(recent.assignee_id, (?))", [answered]))
    .orderBy([
      { column: "recent.opened_at", order: "desc" },
      { column: "recent.id", order: "desc" },
    ])
    .first("recent.public_number", "recent.opened_at", "agent.key as agent");
}
