/** Whose turn it is, what agents have to do, and who is away: what assigning looks at, so that it costs the same after years. */
import type { Knex } from "knex";

type Table = Knex.CreateTableBuilder;
const ref = (t: Table, column: string, table: string) => t.integer(column).references("id").inTable(table);

const TABLES: [string, (t: Table) => void][] = [
  [
    // Event ids are taken before they are committed, so that the greatest one seen is no turn: turns are counted under a lock.
    "assignment_turn",
    (t) => {
      ref(t, "department_id", "department").notNullable();
      ref(t, "agent_id", "agent").notNullable();
      t.bigInteger("turn").notNullable();
      t.primary(["department_id", "agent_id"]);
    },
  ],
  [
    // There as long as the agent is away or has left; what people give them from `began_at` on stays with them.
    "agent_absence",
    (t) => {
      ref(t, "agent_id", "agent").primary();
      t.bigInteger("began_at").notNullable();
    },
  ],
];

export async function up(knex: Knex): Promise<void> {
  for (const [name, columns] of TABLES) await knex.schema.createTable(name, columns);
  await knex.raw(
    "create index ticket_not_closed_of_agent on ticket (assignee_id, status, waiting_for, priority) where status <> 'closed'",
  );
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw("drop index ticket_not_closed_of_agent");
  for (const [name] of TABLES.toReversed()) await knex.schema.dropTable(name);
}
