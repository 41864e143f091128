/** What is stored of how the rules looked at a ticket for the first time. */
import type { StoredTrace } from "../../src/desk/explain/explain.ts";
import type { Street } from "../stages/street.ts";

export async function readyTrace(street: Street, ticketId: number): Promise<StoredTrace> {
  const row = await street.db("route").where({ ticket_id: ticketId }).orderBy("id").first();
  return JSON.parse(row.trace) as StoredTrace;
}
