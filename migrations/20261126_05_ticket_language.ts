/** The language that a ticket's customer writes in, by which the templates of mail to the customer are chosen; null = the desk's. */
import type { Knex } from "knex";

export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable("ticket", (t) => {
    t.text("language");
  });
}

export async function down(knex: Knex): Promise<void> {
  // In SQL: for SQLite knex would make the table anew, and drop one that others refer to.
  await knex.raw("alter table ticket drop column language");
}
