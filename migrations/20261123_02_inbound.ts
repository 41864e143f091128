/** What comes in: mailboxes, stored bytes, inbound messages and their identities. Times are UTC milliseconds in a bigint; flags are 0 or 1, so that both databases hold the same values. */
import type { Knex } from "knex";

type Table = Knex.CreateTableBuilder;
const id = (t: Table) => t.increments("id");
const ref = (t: Table, column: string, table: string) => t.integer(column).references("id").inTable(table);

const TABLES: [string, (t: Table) => void][] = [
  [
    "mailbox",
    (t) => {
      id(t);
      t.text("name").notNullable().unique();
      t.bigInteger("uid_validity");
      t.bigInteger("baseline_uid");
      t.bigInteger("adopted_at");
      t.bigInteger("validity_changed_at");
      t.text("state").notNullable();
      t.text("state_detail");
      t.bigInteger("state_at").notNullable();
    },
  ],
  [
    "raw",
    (t) => {
      t.text("sha256").primary();
      t.text("codec").notNullable();
      t.bigInteger("size").notNullable();
      t.binary("bytes").notNullable();
      t.bigInteger("stored_at").notNullable();
    },
  ],
  [
    "inbound",
    (t) => {
      id(t);
      ref(t, "mailbox_id", "mailbox").notNullable();
      t.bigInteger("uid_validity").notNullable();
      t.bigInteger("uid").notNullable();
      t.text("raw_sha256").references("sha256").inTable("raw").index();
      t.bigInteger("received_at").notNullable();
      t.bigInteger("stored_at").notNullable();
      t.text("state").notNullable();
      t.text("verdict");
      t.text("reason");
      t.text("hold_reason");
      t.text("message_id");
      t.text("from_address");
      t.text("subject");
      t.text("nature");
      t.text("auth");
      t.bigInteger("size").notNullable();
      t.integer("quiet").notNullable().defaultTo(0);
      t.integer("ticket_id").index();
      t.integer("entry_id");
      t.integer("duplicate_of");
      t.integer("agent_id").references("id").inTable("agent");
      t.integer("parse_attempts").notNullable().defaultTo(0);
      t.bigInteger("not_before").notNullable().defaultTo(0);
      t.bigInteger("recorded_at");
      t.integer("finished").notNullable().defaultTo(0);
      t.text("decided");
      t.integer("via_delivery_id");
      t.unique(["mailbox_id", "uid_validity", "uid"]);
      t.index(["state", "id"]);
      t.index(["from_address", "stored_at"]);
    },
  ],
  [
    "identity",
    (t) => {
      t.text("hash").primary();
      ref(t, "inbound_id", "inbound").notNullable();
      t.bigInteger("created_at").notNullable();
    },
  ],
];

export async function up(knex: Knex): Promise<void> {
  for (const [name, columns] of TABLES) await knex.schema.createTable(name, columns);
}

export async function down(knex: Knex): Promise<void> {
  for (const [name] of TABLES.toReversed()) await knex.schema.dropTable(name);
}
