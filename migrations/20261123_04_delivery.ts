/** What goes out: deliveries, attempts, and the commands that ran. Times are UTC milliseconds in a bigint; flags are 0 or 1, so that both databases hold the same values. */
import type { Knex } from "knex";

type Table = Knex.CreateTableBuilder;
const id = (t: Table) => t.increments("id");
const ref = (t: Table, column: string, table: string) => t.integer(column).references("id").inTable(table);

const TABLES: [string, (t: Table) => void][] = [
  [
    "delivery",
    (t) => {
      id(t);
      t.text("kind").notNullable();
      t.text("cause").notNullable();
      t.text("recipient").notNullable();
      t.text("recipient_domain").notNullable();
      ref(t, "ticket_id", "ticket").index();
      ref(t, "entry_id", "entry");
      ref(t, "agent_id", "agent");
      t.text("audience").notNullable();
      t.integer("inbound_id");
      t.text("envelope_from").notNullable();
      t.text("message_id").notNullable();
      t.text("subject").notNullable();
      t.text("raw_sha256").references("sha256").inTable("raw");
      t.text("state").notNullable();
      t.integer("epoch").notNullable().defaultTo(0);
      t.bigInteger("not_before").notNullable();
      t.text("claimed_by");
      t.integer("attempts").notNullable().defaultTo(0);
      t.text("on_accept");
      t.text("cancel_if");
      t.text("response");
      t.bigInteger("created_at").notNullable();
      t.bigInteger("done_at");
      t.text("token_mode");
      t.bigInteger("token_expires_at");
      t.integer("token_revoked").notNullable().defaultTo(0);
      t.bigInteger("token_used_at");
      t.bigInteger("bounced_at");
      t.text("bounce");
      t.unique(["kind", "cause", "recipient"]);
      t.index(["state", "not_before"]);
      t.index(["kind", "created_at"]);
      t.index(["kind", "recipient", "created_at"]);
      t.index(["kind", "recipient_domain", "created_at"]);
    },
  ],
  [
    "attempt",
    (t) => {
      id(t);
      ref(t, "delivery_id", "delivery").notNullable();
      t.integer("epoch").notNullable();
      t.text("worker").notNullable();
      t.bigInteger("started_at").notNullable();
      t.bigInteger("data_started_at");
      t.bigInteger("finished_at");
      t.text("outcome");
      t.text("response");
      t.unique(["delivery_id", "epoch"]);
    },
  ],
  [
    "command_run",
    (t) => {
      id(t);
      ref(t, "ticket_id", "ticket").notNullable();
      ref(t, "agent_id", "agent").notNullable();
      t.integer("inbound_id");
      t.bigInteger("at").notNullable();
      t.text("commands").notNullable();
      t.text("inverse").notNullable();
      t.integer("seq_after").notNullable();
      t.text("deliveries").notNullable();
      t.bigInteger("undone_at");
      t.index(["ticket_id", "agent_id"]);
    },
  ],
  [
    "command_seen",
    (t) => {
      t.text("hash").primary();
      t.integer("inbound_id").notNullable();
      t.bigInteger("at").notNullable();
    },
  ],
];

export async function up(knex: Knex): Promise<void> {
  for (const [name, columns] of TABLES) await knex.schema.createTable(name, columns);
}

export async function down(knex: Knex): Promise<void> {
  for (const [name] of TABLES.toReversed()) await knex.schema.dropTable(name);
}
