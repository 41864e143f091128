/**
 * Episodes of clock rules: a row as long as the condition of a rule that has acted goes on holding for a ticket. While it is
 * there the rule does nothing; once it is gone the rule may act again.
 */
import type { CustomerFact } from "../desk/rules/facts.ts";
import type { Ticket } from "../desk/types.ts";
import type { Db } from "./connect.ts";
import { chunks } from "./inbound.ts";
import { selected, type TicketRow, toTicket } from "./ticket.ts";

/** Ids of the tickets that the clock's rules look at: what is closed, spam or merged is let be. */
export async function livingTickets(db: Db): Promise<number[]> {
  const living = db("ticket").whereIn("status", ["open", "pending", "snoozed"]).where({ spam: 0, merged_into: null });
  return await living.orderBy("id").pluck("id");
}

/** Tickets with what rules may ask of their customers: three statements, however many tickets. */
export async function ticketsWithCustomers(
  db: Db,
  ids: readonly number[],
): Promise<{ ticket: Ticket; customer: CustomerFact }[]> {
  const tickets = (await selected(db).whereIn("ticket.id", ids)).map((row: unknown) => toTicket(row as TicketRow));
  const people = () =>
    db("ticket").join("address as own", "own.id", "ticket.customer_address_id").whereIn("ticket.id", ids);
  const addresses: { id: number; address: string }[] = await people()
    .join("address as other", "other.person_id", "own.person_id")
    .select("ticket.id", "other.address");
  const attributes: { id: number; name: string; value: string }[] = await people()
    .join("person_attribute", "person_attribute.person_id", "own.person_id")
    .select("ticket.id", "person_attribute.name", "person_attribute.value");
  const addressesOf = Map.groupBy(addresses, ({ id }) => id);
  const attributesOf = Map.groupBy(attributes, ({ id }) => id);
  return tickets.map((ticket) => ({
    ticket,
    customer: {
      ...ticket.customer,
      addresses: addressesOf.get(ticket.id)?.map(({ address }) => address) ?? [ticket.customer.address],
      attributes: Object.fromEntries(attributesOf.get(ticket.id)?.map(({ name, value }) => [name, value]) ?? []),
    },
  }));
}

/** The rules that have an episode, of each of these tickets that has any. */
export async function episodesOf(db: Db, ticketIds: readonly number[]): Promise<Map<number, Set<string>>> {
  const found = new Map<number, Set<string>>();
  for (const part of chunks(ticketIds)) {
    const rows: { ticket_id: number; rule: string }[] = await db("rule_episode")
      .whereIn("ticket_id", part)
      .select("ticket_id", "rule");
    for (const { ticket_id, rule } of rows) found.set(ticket_id, (found.get(ticket_id) ?? new Set()).add(rule));
  }
  return found;
}

export async function beginEpisode(tx: Db, ticketId: number, rule: string, now: number): Promise<void> {
  await tx("rule_episode")
    .insert({ ticket_id: ticketId, rule, began_at: now })
    .onConflict(["ticket_id", "rule"])
    .ignore();
}

export async function endEpisodes(tx: Db, ticketId: number, rules: readonly string[]): Promise<void> {
  if (rules.length > 0) await tx("rule_episode").where({ ticket_id: ticketId }).whereIn("rule", rules).delete();
}

/** Ends the episodes of rules that the desk no longer has, and of tickets that the clock lets be. Asks before it writes. */
export async function endStrayEpisodes(db: Db, rules: readonly string[]): Promise<number> {
  const ended = db("ticket").whereRaw("status = 'closed' or spam = 1 or merged_into is not null").select("id");
  const stray = () =>
    db("rule_episode").where((one) => void one.whereNotIn("rule", rules).orWhereIn("ticket_id", ended.clone()));
  return (await stray().first("rule")) ? await stray().delete() : 0;
}
