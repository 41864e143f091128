/** `postern desk`: describe the desk in a file, see what would change, apply it in one transaction, write it back. */
import { writeFile } from "node:fs/promises";
import { userInfo } from "node:os";
import { connect, isMigrated, migrateUp } from "../db/connect.ts";
import { currentDesk, requireDesk, storeDesk } from "../db/desk.ts";
import { type DeskDifference, diffDesk } from "../desk/file/desk-diff.ts";
import { writeDesk } from "../desk/file/desk-file-write.ts";
import { type AddCommand, type Globals, print, printJson, requireConfig, withStore } from "./context.ts";
import { deskFromFile } from "./desk-file.ts";
import { addImport } from "./desk-import.ts";

export const deskCommand: AddCommand = (root, run) => {
  const desk = root.command("desk").description("departments, agents, topics and rules");
  desk
    .command("apply")
    .argument("FILE", "the desk file")
    .description("show what changes and apply it in one transaction")
    .option("--dry-run", "only show what would change")
    .option("--json", "the differences as JSON")
    .action(run(apply));
  desk
    .command("export")
    .description("write the active desk as a desk file")
    .option("-o, --output <FILE>", "write to a file")
    .action(run(exportDesk));
  addImport(desk, run);
};

async function apply(globals: Globals, file: string, options: { dryRun?: boolean; json?: boolean }): Promise<number> {
  const config = requireConfig(globals);
  const after = await deskFromFile(file, config, "\nNothing was changed.");
  const db = connect(config.database);
  try {
    const fresh = options.dryRun === true && !(await isMigrated(db));
    if (!options.dryRun) await migrateUp(db);
    const outcome = await db.transaction(async (tx) => {
      const differences = diffDesk(fresh ? undefined : await currentDesk(tx), after);
      const version =
        options.dryRun || differences.length === 0
          ? undefined
          : await storeDesk(tx, after, userInfo().username, Date.now());
      return { differences, version };
    });
    if (options.json) printJson(outcome);
    else report(outcome, options.dryRun === true);
    return 0;
  } finally {
    await db.destroy();
  }
}

export function report(
  { differences, version }: { differences: readonly DeskDifference[]; version?: number },
  dryRun: boolean,
): void {
  for (const { line } of differences) print(line);
  if (differences.length === 0) print("Nothing changes.");
  else
    print(
      dryRun ? `${differences.length} differences; nothing was applied (--dry-run).` : `Applied as version ${version}.`,
    );
}

async function exportDesk(globals: Globals, { output }: { output?: string }): Promise<number> {
  const text = await withStore(requireConfig(globals), async (db) => writeDesk(await requireDesk(db)));
  if (!output) process.stdout.write(text);
  else await writeFile(output, text);
  return 0;
}
