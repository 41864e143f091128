/** Tickets that somebody has linked: two rows a pair, so that either finds the other. Nobody reads more for it. */
import type { Db } from "./connect.ts";

export type LinkedTicket = {
  readonly id: number;
  readonly publicNumber: string;
  readonly subject: string;
  readonly status: string;
};

/** The tickets that this one is linked with, in the order in which they were opened. */
export async function linksOf(db: Db, ticketId: number): Promise<LinkedTicket[]> {
  return await db("ticket_link")
    .join("ticket", "ticket.id", "ticket_link.other_id")
    .where({ "ticket_link.ticket_id": ticketId })
    .orderBy("ticket.id")
    .select(
      "ticket.id as id",
      "ticket.public_number as publicNumber",
      "ticket.subject as subject",
      "ticket.status as status",
    );
}

/** Links both ways; false when they were linked before. */
export async function insertLink(tx: Db, one: number, other: number, now: number): Promise<boolean> {
  const rows: unknown[] = await tx("ticket_link")
    .insert([
      { ticket_id: one, other_id: other, linked_at: now },
      { ticket_id: other, other_id: one, linked_at: now },
    ])
    .onConflict(["ticket_id", "other_id"])
    .ignore()
    .returning("ticket_id");
  return rows.length > 0;
}

/** False when they were not linked. */
export async function deleteLink(tx: Db, one: number, other: number): Promise<boolean> {
  const both = tx("ticket_link")
    .where({ ticket_id: one, other_id: other })
    .orWhere({ ticket_id: other, other_id: one });
  return (await both.delete()) > 0;
}
