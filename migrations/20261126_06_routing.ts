/**
 * What routing needs: the clock of SLA plans with its pauses and marks, snoozing, watchers, what is known of customers,
 * episodes of clock rules, webhooks, and where entries came from when tickets were merged. Times are UTC milliseconds.
 */
import type { Knex } from "knex";

type Table = Knex.CreateTableBuilder;
const id = (t: Table) => t.increments("id");
const ref = (t: Table, column: string, table: string) => t.integer(column).references("id").inTable(table);

const TABLES: [string, (t: Table) => void][] = [
  [
    // The plan's clock stood still from `from_at` to `to_at` (null = it still does).
    "sla_pause",
    (t) => {
      id(t);
      ref(t, "ticket_id", "ticket").notNullable().index();
      t.bigInteger("from_at").notNullable();
      t.bigInteger("to_at");
    },
  ],
  [
    // What was said about a due time, once each: `warning`, `breach`, `escalation 1`.
    "sla_mark",
    (t) => {
      ref(t, "ticket_id", "ticket").notNullable();
      t.text("clock").notNullable();
      t.text("mark").notNullable();
      t.bigInteger("due_at").notNullable();
      t.bigInteger("at").notNullable();
      t.primary(["ticket_id", "clock", "mark", "due_at"]);
    },
  ],
  [
    "watcher",
    (t) => {
      ref(t, "ticket_id", "ticket").notNullable();
      // An agent's key, or an address.
      t.text("who").notNullable();
      t.primary(["ticket_id", "who"]);
    },
  ],
  [
    // A clock rule acts once as long as its condition goes on holding; the row goes when it no longer holds.
    "rule_episode",
    (t) => {
      ref(t, "ticket_id", "ticket").notNullable();
      t.text("rule").notNullable();
      t.bigInteger("began_at").notNullable();
      t.primary(["ticket_id", "rule"]);
    },
  ],
  [
    "person_attribute",
    (t) => {
      ref(t, "person_id", "person").notNullable();
      t.text("name").notNullable();
      t.text("value").notNullable();
      t.primary(["person_id", "name"]);
    },
  ],
  [
    "webhook_call",
    (t) => {
      id(t);
      ref(t, "ticket_id", "ticket").notNullable().index();
      // `route 17, action 2`: one call each, however often the route is tried.
      t.text("cause").notNullable().unique();
      t.text("url").notNullable();
      t.text("body").notNullable();
      // pending -> done | failed
      t.text("state").notNullable();
      t.integer("attempts").notNullable().defaultTo(0);
      t.bigInteger("not_before").notNullable().defaultTo(0);
      t.text("response");
      t.bigInteger("created_at").notNullable();
      t.bigInteger("done_at");
      t.index(["state", "not_before"]);
    },
  ],
];

export async function up(knex: Knex): Promise<void> {
  for (const [name, columns] of TABLES) await knex.schema.createTable(name, columns);
  await knex.schema.alterTable("ticket", (t) => {
    t.bigInteger("responded_at");
    t.bigInteger("status_since");
    t.bigInteger("snoozed_until");
    t.bigInteger("sla_paused_at");
    // The desk version by which the due times were last reckoned.
    t.integer("sla_desk_version");
    t.bigInteger("close_warned_at");
    t.integer("spam").notNullable().defaultTo(0);
    t.text("organization");
  });
  await knex("ticket").update({ status_since: knex.raw("coalesce(closed_at, opened_at)") });
  await knex.schema.alterTable("person", (t) => {
    // Set by hand; otherwise the domain of the address says it.
    t.text("organization");
  });
  await knex.schema.alterTable("entry", (t) => {
    // The ticket it was first in, before a merge or a split.
    t.integer("from_ticket_id");
  });
}

/** In SQL: for SQLite knex would make the table anew, and drop one that others refer to. */
const ADDED: readonly (readonly [table: string, column: string])[] = [
  ["entry", "from_ticket_id"],
  ["person", "organization"],
  ...[
    "responded_at",
    "status_since",
    "snoozed_until",
    "sla_paused_at",
    "sla_desk_version",
    "close_warned_at",
    "spam",
    "organization",
  ].map((column) => ["ticket", column] as const),
];

export async function down(knex: Knex): Promise<void> {
  for (const [table, column] of ADDED) await knex.raw(`alter table ${table} drop column ${column}`);
  for (const [name] of TABLES.toReversed()) await knex.schema.dropTable(name);
}
