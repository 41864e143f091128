/** Tickets as rows and as the pure type. */
import type { Person, Priority, Status, Ticket } from "../desk/types.ts";
import type { EmailAddress } from "../mail/types.ts";
import { type Db, isSqlite } from "./connect.ts";
import { type DeskIds, nextTicketNumber } from "./desk.ts";
import { addressId } from "./people.ts";

export type TicketRow = Record<string, string | number | null> & { id: number };

const SELECT = [
  "ticket.*",
  "address.address as customer_address",
  "department.key as department_key",
  "agent.key as assignee_key",
  "topic.key as topic_key",
];

/** Tags and participants come with the row: a ticket is read many times, and three statements are three waits. */
const LISTS = {
  sqlite: [
    "(select group_concat(tag, ' ') from ticket_tag where ticket_id = ticket.id) as tag_list",
    "(select group_concat(who, ' ') from watcher where ticket_id = ticket.id) as watcher_list",
    `(select json_group_array(json_object('name', p.name, 'address', a.address)) from (select * from participant
      where ticket_id = ticket.id order by added_at, address_id) p join address a on a.id = p.address_id) as participant_list`,
  ],
  postgres: [
    "(select string_agg(tag, ' ') from ticket_tag where ticket_id = ticket.id) as tag_list",
    "(select string_agg(who, ' ') from watcher where ticket_id = ticket.id) as watcher_list",
    `(select json_agg(json_build_object('name', p.name, 'address', a.address) order by p.added_at, p.address_id)::text
      from participant p join address a on a.id = p.address_id where p.ticket_id = ticket.id) as participant_list`,
  ],
};

/** Rows of tickets with all that a ticket has; read them with `toTicket`. */
export function selected(db: Db) {
  const lists = isSqlite(db) ? LISTS.sqlite : LISTS.postgres;
  return rows(db).select([...SELECT, ...lists.map((text) => db.raw(text))]);
}

function rows(db: Db) {
  return db("ticket")
    .join("address", "address.id", "ticket.customer_address_id")
    .join("department", "department.id", "ticket.department_id")
    .leftJoin("agent", "agent.id", "ticket.assignee_id")
    .leftJoin("topic", "topic.id", "ticket.topic_id");
}

const nullable = (value: string | number | null | undefined): number | null =>
  value === null || value === undefined ? null : Number(value);

export function toTicket(row: TicketRow): Ticket {
  const people = JSON.parse(String(row.participant_list ?? "[]")) as Person[];
  return {
    id: row.id,
    publicNumber: String(row.public_number),
    subject: String(row.subject),
    baseSubject: String(row.base_subject),
    status: row.status as Status,
    priority: row.priority as Priority,
    department: String(row.department_key),
    assignee: row.assignee_key as string | null,
    topic: row.topic_key as string | null,
    sla: row.sla as string | null,
    tags: row.tag_list === null ? [] : String(row.tag_list).split(" ").sort(),
    customer: { name: String(row.customer_name), address: row.customer_address as EmailAddress },
    participants: people,
    watchers: row.watcher_list === null ? [] : String(row.watcher_list).split(" ").sort(),
    organization: row.organization as string | null,
    supportAddress: row.support_address as EmailAddress,
    mailbox: String(row.mailbox),
    language: row.language as string | null,
    waitingFor: row.waiting_for as Ticket["waitingFor"],
    openedAt: Number(row.opened_at),
    closedAt: nullable(row.closed_at),
    lastCustomerAt: nullable(row.last_customer_at),
    lastAgentAt: nullable(row.last_agent_at),
    respondDueAt: nullable(row.respond_due_at),
    resolveDueAt: nullable(row.resolve_due_at),
    respondedAt: nullable(row.responded_at),
    statusSince: Number(row.status_since),
    snoozedUntil: nullable(row.snoozed_until),
    slaPausedAt: nullable(row.sla_paused_at),
    dueAt: nullable(row.due_at),
    spam: row.spam === 1,
    mergedInto: nullable(row.merged_into),
    linkedTo: nullable(row.linked_to),
    seq: Number(row.seq),
  };
}

export async function ticketById(db: Db, id: number): Promise<Ticket | undefined> {
  const row = await selected(db).where("ticket.id", id).first();
  return row ? toTicket(row) : undefined;
}

/** `NW-48201` in any case, or the bare number. */
export async function ticketByNumber(db: Db, publicNumber: string): Promise<Ticket | undefined> {
  const bare = /^\d{1,15}$/.test(publicNumber) ? Number(publicNumber) : undefined;
  const where = bare === undefined ? { "ticket.public_number": publicNumber.toUpperCase() } : { "ticket.number": bare };
  const row = await selected(db).where(where).orderBy("ticket.id", "desc").first();
  return row ? toTicket(row) : undefined;
}

/**
 * Locks the ticket for this transaction and reads it: whoever changes a ticket comes through here. Rows that only refer to it
 * are not held up, or who holds another ticket and links it to this one would lock up with who waits for that.
 */
export async function lockTicket(tx: Db, id: number): Promise<Ticket> {
  if (!isSqlite(tx)) await tx("ticket").where({ id }).forNoKeyUpdate().first("id");
  const ticket = await ticketById(tx, id);
  if (!ticket) throw new Error(`There is no ticket with id ${id}.`);
  return ticket;
}

/** Follows merges to the ticket that lives. */
export async function survivor(db: Db, id: number): Promise<Ticket | undefined> {
  let ticket = await ticketById(db, id);
  for (let hops = 0; ticket?.mergedInto && hops < 50; hops++) ticket = await ticketById(db, ticket.mergedInto);
  return ticket;
}

/** Locks the ticket that lives: merges followed, also one that was committed while the lock was waited for. */
export async function lockSurvivor(tx: Db, id: number): Promise<Ticket> {
  let ticket = await lockTicket(tx, (await survivor(tx, id))?.id ?? id);
  for (let hops = 0; ticket.mergedInto !== null && hops < 50; hops++)
    ticket = await lockTicket(tx, (await survivor(tx, ticket.mergedInto))?.id ?? ticket.mergedInto);
  return ticket;
}

/** Tickets that were merged into this one, and those that had been merged into them. */
export async function mergedTickets(db: Db, id: number): Promise<{ id: number; publicNumber: string }[]> {
  const found: { id: number; publicNumber: string }[] = [];
  for (let into = [id]; into.length > 0;) {
    const rows: typeof found = await db("ticket")
      .whereIn("merged_into", into)
      .whereNotIn("id", [id, ...found.map((one) => one.id)])
      .orderBy("id")
      .select("id", "public_number as publicNumber");
    found.push(...rows);
    into = rows.map((one) => one.id);
  }
  return found;
}

/** Numbers of the tickets that were opened as a continuation of this one. */
export async function linkedFrom(db: Db, id: number): Promise<string[]> {
  return await db("ticket").where({ linked_to: id }).orderBy("id").pluck("public_number");
}

export type NewTicket = {
  prefix: string;
  subject: string;
  baseSubject: string;
  department: string;
  priority: Priority;
  customer: Person;
  participants: readonly Person[];
  supportAddress: EmailAddress;
  mailbox: string;
  language: string | null;
  linkedTo: number | null;
  /** Key of the customer's organization. */
  organization: string | null;
  openedAt: number;
};

/** Opens a ticket with the next number. Its events and entries are the caller's. */
export async function insertTicket(tx: Db, ticket: NewTicket, ids: DeskIds, now: number): Promise<Ticket> {
  const number = await nextTicketNumber(tx);
  const [row] = await tx("ticket")
    .insert({
      number,
      public_number: `${ticket.prefix}-${number}`,
      subject: ticket.subject,
      base_subject: ticket.baseSubject,
      status: "open",
      priority: ticket.priority,
      department_id: ids.department.id(ticket.department),
      customer_address_id: await addressId(tx, ticket.customer, now),
      customer_name: ticket.customer.name,
      support_address: ticket.supportAddress,
      mailbox: ticket.mailbox,
      language: ticket.language,
      waiting_for: "us",
      opened_at: ticket.openedAt,
      status_since: ticket.openedAt,
      last_customer_at: ticket.openedAt,
      linked_to: ticket.linkedTo,
      organization: ticket.organization,
      seq: 0,
    })
    .returning("id");
  for (const person of ticket.participants) await addParticipant(tx, row.id, person, now);
  return await lockTicket(tx, row.id);
}

export async function addParticipant(tx: Db, ticketId: number, person: Person, now: number): Promise<void> {
  const id = await addressId(tx, person, now);
  await tx("participant")
    .insert({ ticket_id: ticketId, address_id: id, name: person.name, added_at: now })
    .onConflict(["ticket_id", "address_id"])
    .ignore();
}

/** Columns that are not changes with events: clocks and links. */
export async function touchTicket(
  tx: Db,
  id: number,
  change: Partial<
    Record<
      | "last_customer_at"
      | "last_agent_at"
      | "respond_due_at"
      | "resolve_due_at"
      | "merged_into"
      | "linked_to"
      | "customer_name"
      | "responded_at"
      | "sla_paused_at"
      | "sla_desk_version"
      | "close_warned_at"
      | "organization",
      number | string | null
    >
  >,
): Promise<void> {
  await tx("ticket").where({ id }).update(change);
}

/** New tickets of one sender with one base subject since a moment: for folding a storm into one. */
export async function recentTickets(
  db: Db,
  customer: EmailAddress,
  baseSubject: string,
  since: number,
): Promise<number[]> {
  return await db("ticket")
    .join("address", "address.id", "ticket.customer_address_id")
    .where({ "address.address": customer, "ticket.base_subject": baseSubject, "ticket.merged_into": null })
    .where("ticket.opened_at", ">=", since)
    .orderBy("ticket.id")
    .pluck("ticket.id");
}
