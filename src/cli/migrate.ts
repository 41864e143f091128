/** `postern migrate`: the schema up to date, or one batch back. */
import { connect, migrateDown, migrateUp } from "../db/connect.ts";
import { type AddCommand, type Globals, print, requireConfig } from "./context.ts";

export const migrateCommand: AddCommand = (root, run) => {
  root
    .command("migrate")
    .description("bring the database schema up to date")
    .option("--down", "take the last batch back (this deletes its tables)")
    .action(run(migrate));
};

async function migrate(globals: Globals, { down }: { down?: boolean }): Promise<number> {
  const db = connect(requireConfig(globals).database);
  try {
    const names = down ? await migrateDown(db) : await migrateUp(db);
    print(names.length ? `${down ? "Taken back" : "Done"}: ${names.join(", ")}` : "The schema is up to date.");
    return 0;
  } finally {
    await db.destroy();
  }
}
