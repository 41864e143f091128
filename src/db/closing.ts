/** What the clock of the lifecycle looks for: tickets that wake, pending tickets, and the mails about their closing. */
import type { AckCounts } from "../desk/budget.ts";
import type { PendingTicket } from "../desk/lifecycle.ts";
import type { Db } from "./connect.ts";
import type { DeliveryRow } from "./delivery.ts";
import { AUTOMATIC } from "./entry.ts";

const HOUR = 3600_000;
const DAY = 24 * HOUR;
const nullable = (value: unknown): number | null => (value === null || value === undefined ? null : Number(value));

/** Snoozed tickets whose moment has come, and pending ones that were to wait until then, from an id on. */
export async function ticketsToWake(db: Db, now: number, after: number, limit: number): Promise<number[]> {
  return await db("ticket")
    .where({ merged_into: null })
    .where((due) =>
      due
        .where((asleep) => asleep.whereIn("status", ["snoozed", "pending"]).where("snoozed_until", "<=", now))
        .orWhere({ status: "snoozed", snoozed_until: null }),
    )
    .where("id", ">", after)
    .orderBy("id")
    .limit(limit)
    .pluck("id");
}

/** Pending tickets without a moment at which they are open again, from an id on; spam is closed already. */
export async function pendingTickets(
  db: Db,
  after: number,
  limit: number,
): Promise<(PendingTicket & { readonly id: number })[]> {
  const rows: Record<string, unknown>[] = await db("ticket")
    .join("department", "department.id", "ticket.department_id")
    .where({ "ticket.status": "pending", "ticket.merged_into": null, "ticket.spam": 0, "ticket.snoozed_until": null })
    .where("ticket.id", ">", after)
    .orderBy("ticket.id")
    .limit(limit)
    .select("ticket.id", "ticket.status_since", "ticket.close_warned_at", "department.key", lastEntry(db));
  return rows.map((row) => ({
    id: Number(row["id"]),
    department: String(row["key"]),
    statusSince: Number(row["status_since"]),
    lastEntryAt: nullable(row["last_entry_at"]),
    warnedAt: nullable(row["close_warned_at"]),
  }));
}

/** What somebody wrote; reports and automatic answers must not keep a ticket open for ever. */
const lastEntry = (db: Db) =>
  db("entry")
    .where("entry.ticket_id", db.ref("ticket.id"))
    .whereNot("entry.kind", "report")
    .whereNot("entry.marks", "like", `%"${AUTOMATIC}"%`)
    .max("entry.created_at")
    .as("last_entry_at");

/** One pending ticket, read again in the transaction that may change it. */
export async function pendingTicket(tx: Db, id: number): Promise<PendingTicket | undefined> {
  return (await pendingTickets(tx, id - 1, 1)).find((one) => one.id === id);
}

/** The newest warning of a ticket. */
export async function lastWarning(db: Db, ticketId: number): Promise<DeliveryRow | undefined> {
  return await db("delivery").where({ ticket_id: ticketId, kind: "warning" }).orderBy("id", "desc").first();
}

/** Mails about closing that went to a customer lately: a budget of their own, so that they use up nobody's acknowledgement. */
export async function closingCounts(db: Db, recipient: string, domain: string, now: number): Promise<AckCounts> {
  const count = async (by: Record<string, string>, since: number): Promise<number> => {
    const rows = db("delivery").where(by).whereIn("kind", ["warning", "closure"]).whereNot({ state: "cancelled" });
    return Number((await rows.where("created_at", ">=", since).count({ n: "*" }).first())?.n ?? 0);
  };
  return {
    senderHour: await count({ recipient }, now - HOUR),
    senderDay: await count({ recipient }, now - DAY),
    domainHour: await count({ recipient_domain: domain }, now - HOUR),
    allHour: await count({}, now - HOUR),
    weeklyMedian: undefined,
  };
}
