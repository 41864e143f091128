/** The tickets of people. */
import type { Db } from "./connect.ts";

/** Ids of the tickets whose customer has one of these addresses, oldest first: the order in which they are locked. */
export async function ticketsOfCustomer(db: Db, addresses: readonly string[]): Promise<number[]> {
  return await db("ticket")
    .join("address", "address.id", "ticket.customer_address_id")
    .whereIn("address.address", addresses)
    .orderBy("ticket.id")
    .pluck("ticket.id");
}

/** Numbers, subjects and statuses of what somebody has asked from any of these addresses, newest first. */
export async function historyOf(
  db: Db,
  addresses: readonly string[],
  limit: number,
): Promise<{ number: string; subject: string; status: string; openedAt: number }[]> {
  const rows: { number: string; subject: string; status: string; openedAt: number }[] = await db("ticket")
    .join("address", "address.id", "ticket.customer_address_id")
    .whereIn("address.address", addresses)
    .orderBy("ticket.id", "desc")
    .limit(limit)
    .select("public_number as number", "subject", "status", "opened_at as openedAt");
  return rows.map((row) => ({ ...row, openedAt: Number(row.openedAt) }));
}
