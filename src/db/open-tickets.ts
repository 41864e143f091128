/** Tickets that somebody still has to do with, by where they are: asked before a department or an agent goes. */
import type { Db } from "./connect.ts";

/** How many tickets are not closed in the department, or assigned to the agent, with this key. Spam and merged ones count not. */
export async function openTicketsOf(db: Db, kind: "department" | "agent", key: string): Promise<number> {
  const column = kind === "department" ? "ticket.department_id" : "ticket.assignee_id";
  const row = await db("ticket")
    .join(kind, `${kind}.id`, column)
    .where({ [`${kind}.key`]: key, "ticket.spam": 0 })
    .whereNull("ticket.merged_into")
    .whereNot("ticket.status", "closed")
    .count({ n: "*" })
    .first();
  return Number(row?.n ?? 0);
}
