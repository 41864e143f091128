/** What agents do by mail beyond one reply: lists to act on, links, due times, questions, reviews, and how they want to be told. */
import type { Knex } from "knex";

type Table = Knex.CreateTableBuilder;
const ref = (t: Table, column: string, table: string) => t.integer(column).references("id").inTable(table);

const TABLES: [string, (t: Table) => void][] = [
  [
    // Both rows of a pair, so that either ticket finds the other.
    "ticket_link",
    (t) => {
      ref(t, "ticket_id", "ticket").notNullable();
      ref(t, "other_id", "ticket").notNullable();
      t.bigInteger("linked_at").notNullable();
      t.primary(["ticket_id", "other_id"]);
    },
  ],
  [
    // The tickets that a mailed list numbers, so that `2-4 #close` means what the agent read.
    "list_row",
    (t) => {
      ref(t, "delivery_id", "delivery").notNullable();
      t.integer("position").notNullable();
      ref(t, "ticket_id", "ticket").notNullable();
      t.primary(["delivery_id", "position"]);
    },
  ],
  [
    // `#wrong`: this Message-ID no longer leads to that ticket.
    "barred_ref",
    (t) => {
      t.string("hash").notNullable();
      ref(t, "ticket_id", "ticket").notNullable();
      t.bigInteger("barred_at").notNullable();
      t.primary(["hash", "ticket_id"]);
    },
  ],
  [
    // `#accept always`: whoever writes from this domain takes part in tickets of this customer.
    "accepted_domain",
    (t) => {
      ref(t, "address_id", "address").notNullable();
      t.string("domain").notNullable();
      t.bigInteger("accepted_at").notNullable();
      t.primary(["address_id", "domain"]);
    },
  ],
  [
    // What an agent wants to read in one mail; `delivery_id` is the mail that told it.
    "digest_line",
    (t) => {
      t.increments("id");
      ref(t, "agent_id", "agent").notNullable();
      ref(t, "ticket_id", "ticket").notNullable();
      ref(t, "entry_id", "entry");
      t.string("event").notNullable();
      t.string("cause").notNullable();
      t.bigInteger("at").notNullable();
      ref(t, "delivery_id", "delivery");
      t.unique(["agent_id", "cause"]);
      t.index(["delivery_id", "agent_id"]);
    },
  ],
];

export async function up(knex: Knex): Promise<void> {
  for (const [name, columns] of TABLES) await knex.schema.createTable(name, columns);
  await knex.schema.alterTable("ticket", (t) => {
    // UTC ms; null = as the plan says.
    t.bigInteger("due_at");
  });
  await knex.schema.alterTable("inbound", (t) => {
    // JSON: what the agent was asked about, and what is done when they agree.
    t.text("asked");
    // How often somebody was reminded that it waits.
    t.integer("reminded").notNullable().defaultTo(0);
  });
  await knex.schema.alterTable("entry", (t) => {
    // The agent's formatting of `text`: HTML of allowed elements whose words are those of `text`.
    t.text("rich");
  });
}

export async function down(knex: Knex): Promise<void> {
  // Not by knex, which copies a table of SQLite to drop a column; other rows refer to these.
  for (const column of ["entry drop column rich", "inbound drop column asked", "inbound drop column reminded"])
    await knex.raw(`alter table ${column}`);
  await knex.raw("alter table ticket drop column due_at");
  for (const [name] of TABLES.toReversed()) await knex.schema.dropTable(name);
}
