/** What every list for an agent has in common: what they may see, and in which order it stands. */
import type { Knex } from "knex";
import type { Sight } from "../desk/sight.ts";
import type { Ticket } from "../desk/types.ts";
import type { Db } from "./connect.ts";
import { selected, type TicketRow, toTicket } from "./ticket.ts";

/** Of a query on `ticket`, joined as `selected` does. */
export type TicketQuery = Knex.QueryBuilder;

/** The next due time of a ticket that is not closed; `nextDue` says the same of one. */
export const DUE = `(case
  when ticket.status = 'closed' then null
  when ticket.responded_at is not null or ticket.respond_due_at is null then ticket.resolve_due_at
  when ticket.resolve_due_at is null or ticket.respond_due_at < ticket.resolve_due_at then ticket.respond_due_at
  else ticket.resolve_due_at end)`;

/** Only what the agent may see (`maySee`), and nothing that was merged into another ticket. */
export function withinSight(query: TicketQuery, { key, emails, departments }: Sight): TicketQuery {
  const marks = emails.map(() => "?").join(", ");
  query
    .whereNull("ticket.merged_into")
    .whereNotIn("address.address", emails)
    .whereRaw(
      `not exists (select 1 from participant p join address a on a.id = p.address_id
        where p.ticket_id = ticket.id and a.address in (${marks}))`,
      [...emails],
    );
  if (departments === "all") return query;
  return query.where((seen) =>
    seen
      .whereIn("department.key", [...departments])
      .orWhere("agent.key", key)
      .orWhereRaw(`exists (select 1 from watcher w where w.ticket_id = ticket.id and w.who in (?, ${marks}))`, [
        key,
        ...emails,
      ]),
  );
}

/** What is due first, then what is due never, the oldest first; closed tickets at the end, the last closed first. */
export function inOrderOfDue(query: TicketQuery): TicketQuery {
  return query
    .orderByRaw("case when ticket.status = 'closed' then 1 else 0 end")
    .orderByRaw("case when ticket.status = 'closed' then -ticket.closed_at end")
    .orderByRaw(`case when ${DUE} is null then 1 else 0 end`)
    .orderByRaw(DUE)
    .orderBy("ticket.id");
}

export type Found = {
  readonly tickets: readonly Ticket[];
  /** How many there are, shown or not. */ readonly total: number;
};

/** The first tickets of a query within sight, and how many there are. `narrow` is asked twice: to read and to count. */
export async function found(
  db: Db,
  sight: Sight,
  narrow: (query: TicketQuery) => TicketQuery,
  limit: number,
): Promise<Found> {
  const rows: TicketRow[] = await inOrderOfDue(narrow(withinSight(selected(db), sight))).limit(limit);
  const total = rows.length < limit ? rows.length : await count(db, sight, narrow);
  return { tickets: rows.map(toTicket), total };
}

async function count(db: Db, sight: Sight, narrow: (query: TicketQuery) => TicketQuery): Promise<number> {
  const row = await narrow(withinSight(joined(db), sight))
    .count({ n: "*" })
    .first();
  return Number(row?.n ?? 0);
}

/** Tickets with what `withinSight` asks about, and no more. */
export function joined(db: Db): TicketQuery {
  return db("ticket")
    .join("address", "address.id", "ticket.customer_address_id")
    .join("department", "department.id", "ticket.department_id")
    .leftJoin("agent", "agent.id", "ticket.assignee_id");
}
