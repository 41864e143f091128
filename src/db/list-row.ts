/** What a mailed list numbers: `2-4 #close` means the tickets that the agent read, whatever has changed since. */
import type { Db } from "./connect.ts";
import { chunks } from "./inbound.ts";

export type ListRow = { readonly position: number; readonly ticketId: number };

export async function insertListRows(tx: Db, deliveryId: number, rows: readonly ListRow[]): Promise<void> {
  const inserts = rows.map(({ position, ticketId }) => ({ delivery_id: deliveryId, position, ticket_id: ticketId }));
  for (const part of chunks(inserts, 300)) await tx("list_row").insert(part);
}

/** In order of their positions; none for a mail that numbers nothing. */
export async function listRows(db: Db, deliveryId: number): Promise<ListRow[]> {
  return await db("list_row")
    .where({ delivery_id: deliveryId })
    .orderBy("position")
    .select("position", "ticket_id as ticketId");
}
