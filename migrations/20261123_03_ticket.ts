/** Tickets with their entries, events, files and routes. Times are UTC milliseconds in a bigint; flags are 0 or 1, so that both databases hold the same values. */
import type { Knex } from "knex";

type Table = Knex.CreateTableBuilder;
const id = (t: Table) => t.increments("id");
const ref = (t: Table, column: string, table: string) => t.integer(column).references("id").inTable(table);

const TABLES: [string, (t: Table) => void][] = [
  [
    "ticket",
    (t) => {
      id(t);
      t.bigInteger("number").notNullable();
      t.text("public_number").notNullable().unique();
      t.text("subject").notNullable();
      t.text("base_subject").notNullable();
      t.text("status").notNullable();
      t.text("priority").notNullable();
      ref(t, "department_id", "department").notNullable();
      ref(t, "assignee_id", "agent");
      ref(t, "topic_id", "topic");
      t.text("sla");
      ref(t, "customer_address_id", "address").notNullable();
      t.text("customer_name").notNullable();
      t.text("support_address").notNullable();
      t.text("mailbox").notNullable();
      t.text("waiting_for");
      t.bigInteger("opened_at").notNullable();
      t.bigInteger("closed_at");
      t.bigInteger("last_customer_at");
      t.bigInteger("last_agent_at");
      t.bigInteger("respond_due_at");
      t.bigInteger("resolve_due_at");
      t.integer("merged_into").references("id").inTable("ticket");
      t.integer("linked_to").references("id").inTable("ticket");
      t.integer("seq").notNullable();
      t.index(["status", "department_id"]);
      t.index(["customer_address_id", "opened_at"]);
    },
  ],
  [
    "ticket_tag",
    (t) => {
      ref(t, "ticket_id", "ticket").notNullable();
      t.text("tag").notNullable();
      t.primary(["ticket_id", "tag"]);
    },
  ],
  [
    "participant",
    (t) => {
      ref(t, "ticket_id", "ticket").notNullable();
      ref(t, "address_id", "address").notNullable();
      t.text("name").notNullable();
      t.bigInteger("added_at").notNullable();
      t.primary(["ticket_id", "address_id"]);
    },
  ],
  [
    "entry",
    (t) => {
      id(t);
      ref(t, "ticket_id", "ticket").notNullable();
      t.integer("seq").notNullable();
      t.text("kind").notNullable();
      ref(t, "inbound_id", "inbound").index();
      t.text("author_kind").notNullable();
      t.text("author_address").notNullable();
      t.text("author_name").notNullable();
      ref(t, "agent_id", "agent");
      t.text("text").notNullable();
      t.text("quoted");
      t.text("message_id");
      t.text("marks").notNullable();
      t.bigInteger("created_at").notNullable();
      t.index(["ticket_id", "seq"]);
    },
  ],
  [
    "attachment",
    (t) => {
      id(t);
      ref(t, "entry_id", "entry").notNullable().index();
      t.text("raw_sha256").references("sha256").inTable("raw").notNullable();
      t.integer("part").notNullable();
      t.text("filename").notNullable();
      t.text("content_type").notNullable();
      t.bigInteger("size").notNullable();
      t.text("sha256").notNullable();
      t.integer("inline").notNullable();
      t.text("content_id");
    },
  ],
  [
    "event",
    (t) => {
      id(t);
      ref(t, "ticket_id", "ticket").notNullable();
      t.integer("seq").notNullable();
      t.bigInteger("at").notNullable();
      t.text("name").notNullable();
      t.text("actor_kind").notNullable();
      t.text("actor").notNullable();
      t.text("cause_kind").notNullable();
      t.text("cause").notNullable();
      t.text("old");
      t.text("new");
      t.text("detail");
      t.unique(["ticket_id", "seq"]);
      t.index(["name", "new", "id"]);
    },
  ],
  [
    "message_ref",
    (t) => {
      t.text("hash").notNullable();
      ref(t, "entry_id", "entry");
      ref(t, "ticket_id", "ticket").notNullable();
      t.text("kind").notNullable();
      t.integer("delivery_id");
      t.integer("barred").notNullable().defaultTo(0);
      t.unique(["hash", "ticket_id"]);
    },
  ],
  [
    "route",
    (t) => {
      id(t);
      ref(t, "ticket_id", "ticket").notNullable();
      ref(t, "entry_id", "entry");
      t.text("trigger").notNullable();
      t.text("state").notNullable();
      t.text("plus_tag");
      t.integer("attempts").notNullable().defaultTo(0);
      t.bigInteger("not_before").notNullable().defaultTo(0);
      t.text("error");
      ref(t, "desk_version_id", "desk_version");
      t.text("trace");
      t.bigInteger("created_at").notNullable();
      t.bigInteger("done_at");
      t.integer("reopened").notNullable().defaultTo(0);
      t.index(["state", "not_before"]);
      t.index(["ticket_id"]);
    },
  ],
];

export async function up(knex: Knex): Promise<void> {
  for (const [name, columns] of TABLES) await knex.schema.createTable(name, columns);
}

export async function down(knex: Knex): Promise<void> {
  for (const [name] of TABLES.toReversed()) await knex.schema.dropTable(name);
}
