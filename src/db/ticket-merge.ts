/** Which ticket another one may go into by a rule. */
import type { Ticket } from "../desk/types.ts";
import type { Db } from "./connect.ts";

/**
 * The id of the newest earlier ticket of these customers with the same base subject that was opened since a moment and is not
 * closed, spam or merged itself.
 */
export async function ticketToMergeInto(
  db: Db,
  ticket: Pick<Ticket, "id" | "baseSubject">,
  customers: readonly string[],
  since: number,
): Promise<number | undefined> {
  const row = await db("ticket")
    .join("address", "address.id", "ticket.customer_address_id")
    .whereIn("address.address", customers)
    .where({ "ticket.base_subject": ticket.baseSubject, "ticket.merged_into": null, "ticket.spam": 0 })
    .whereNot("ticket.status", "closed")
    .where("ticket.opened_at", ">=", since)
    .where("ticket.id", "<", ticket.id)
    .orderBy("ticket.id", "desc")
    .first("ticket.id");
  return row?.id;
}
