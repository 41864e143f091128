/** The desk: its versions, the ids of what is in it, people, counters and leases. Times are UTC milliseconds in a bigint; flags are 0 or 1, so that both databases hold the same values. */
import type { Knex } from "knex";

type Table = Knex.CreateTableBuilder;
const id = (t: Table) => t.increments("id");
const ref = (t: Table, column: string, table: string) => t.integer(column).references("id").inTable(table);

const TABLES: [string, (t: Table) => void][] = [
  [
    "desk_version",
    (t) => {
      id(t);
      t.bigInteger("created_at").notNullable();
      t.text("actor").notNullable();
      t.text("sha256").notNullable();
      t.text("desk").notNullable();
    },
  ],
  [
    "agent",
    (t) => {
      id(t);
      t.text("key").notNullable().unique();
      t.text("name").notNullable();
      t.integer("active").notNullable();
    },
  ],
  [
    "agent_address",
    (t) => {
      t.text("address").primary();
      ref(t, "agent_id", "agent").notNullable();
    },
  ],
  [
    "department",
    (t) => {
      id(t);
      t.text("key").notNullable().unique();
      t.text("name").notNullable();
      t.integer("active").notNullable();
    },
  ],
  [
    "topic",
    (t) => {
      id(t);
      t.text("key").notNullable().unique();
      t.text("name").notNullable();
      t.integer("active").notNullable();
    },
  ],
  [
    "counter",
    (t) => {
      t.text("name").primary();
      t.bigInteger("next").notNullable();
    },
  ],
  [
    "lease",
    (t) => {
      t.text("name").primary();
      t.text("holder").notNullable();
      t.integer("epoch").notNullable();
      t.bigInteger("heartbeat").notNullable();
    },
  ],
  [
    "person",
    (t) => {
      id(t);
      t.text("name").notNullable();
      t.bigInteger("created_at").notNullable();
    },
  ],
  [
    "address",
    (t) => {
      id(t);
      t.text("address").notNullable().unique();
      ref(t, "person_id", "person").notNullable().index();
      t.integer("blocked").notNullable().defaultTo(0);
    },
  ],
];

export async function up(knex: Knex): Promise<void> {
  for (const [name, columns] of TABLES) await knex.schema.createTable(name, columns);
}

export async function down(knex: Knex): Promise<void> {
  for (const [name] of TABLES.toReversed()) await knex.schema.dropTable(name);
}
