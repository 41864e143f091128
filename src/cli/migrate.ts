/** `postern migrate`: the schema up to date, or one batch back. */
import { connect, type Db, isMigrated, migrateDown, migrateUp } from "../db/connect.ts";
import { account } from "../db/counts.ts";
import { type AddCommand, Exit, type Globals, print, requireConfig } from "./context.ts";

export const migrateCommand: AddCommand = (root, run) => {
  root
    .command("migrate")
    .description("bring the database schema up to date")
    .option("--down", "take the newest migration back; this deletes the tables it made")
    .option("--delete-everything-in-them", "with --down: yes, also when they hold something")
    .action(run(migrate));
};

type Options = { down?: boolean; deleteEverythingInThem?: boolean };

async function migrate(globals: Globals, { down, deleteEverythingInThem }: Options): Promise<number> {
  const db = connect(requireConfig(globals).database);
  try {
    if (down && !deleteEverythingInThem) await refuseToDelete(db);
    const names = down ? await migrateDown(db) : await migrateUp(db);
    print(
      names.length
        ? `${down ? "Taken back" : "Done"}: ${names.join(", ")}`
        : down
          ? "There is nothing to take back."
          : "The schema is up to date.",
    );
    return 0;
  } finally {
    await db.destroy();
  }
}

/** Mail that a mailbox marks as read is fetched once: what is deleted here does not come back. */
async function refuseToDelete(db: Db): Promise<void> {
  if (!(await isMigrated(db))) return;
  const { inbound, deliveries } = await account(db);
  const sum = (counts: Readonly<Record<string, number>>) => Object.values(counts).reduce((all, n) => all + n, 0);
  const [came, went] = [sum(inbound), sum(deliveries)];
  if (came + went === 0) return;
  const holds = `This database holds ${came} messages that came in and ${went} mails that went out, and they would be gone for good.`;
  throw new Exit(4, `${holds} Stop the gateway, make a backup, and add --delete-everything-in-them if you mean it.`);
}
