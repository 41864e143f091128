/**
 * When the clock of SLA plans has to look at a ticket again, and what the plans need to know of tickets from before: who was
 * answered, and which clocks stand still. Times are UTC milliseconds.
 */
import type { Knex } from "knex";

/** A reply that an agent took back never left, and answers nobody. */
const FIRST_ANSWER = `select min(created_at) from entry where entry.ticket_id = ticket.id
  and entry.author_kind = 'agent' and entry.kind in ('reply', 'outside') and entry.marks not like '%taken back%'`;

const STANDS_STILL = "status <> 'open' or waiting_for = 'customer'";
const SINCE = `case when status = 'closed' then coalesce(closed_at, status_since)
  when waiting_for = 'customer' then coalesce(last_agent_at, status_since) else status_since end`;

export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable("ticket", (t) => {
    t.bigInteger("sla_look_at").index();
    t.index(["status", "sla_desk_version"]);
  });
  await knex.raw(`update ticket set responded_at = (${FIRST_ANSWER})`);
  await knex.raw(`update ticket set sla_paused_at = ${SINCE} where ${STANDS_STILL}`);
  await knex.raw(`insert into sla_pause (ticket_id, from_at)
    select id, sla_paused_at from ticket where sla_paused_at is not null`);
}

export async function down(knex: Knex): Promise<void> {
  await knex("sla_pause").delete();
  await knex("ticket").update({ responded_at: null, sla_paused_at: null, sla_desk_version: null });
  await knex.schema.alterTable("ticket", (t) => {
    t.dropIndex(["status", "sla_desk_version"]);
    t.dropIndex(["sla_look_at"]);
  });
  // In SQL: for SQLite knex would make the table anew, and drop one that others refer to.
  await knex.raw("alter table ticket drop column sla_look_at");
}
