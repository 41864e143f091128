/** `postern desk`: describe the desk in a file, see what would change, apply it in one transaction, write it back. */
import { writeFile } from "node:fs/promises";
import { userInfo } from "node:os";
import type { Config } from "../config/types.ts";
import { connect, type Db, migrateUp } from "../db/connect.ts";
import { currentDesk, requireDesk, storeDesk, upcomingNumber } from "../db/desk.ts";
import { openTicketsOf } from "../db/open-tickets.ts";
import { type DeskDifference, diffDesk } from "../desk/file/desk-diff.ts";
import { writeDesk } from "../desk/file/desk-file-write.ts";
import type { Desk } from "../desk/types.ts";
import { type AddCommand, counted, type Globals, print, printJson, requireConfig, withStore } from "./context.ts";
import { deskFromFile } from "./desk-file.ts";
import { addImport } from "./desk-import.ts";
import { isUpToDate, storeExists } from "./rules-read.ts";

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
  const outcome = options.dryRun ? await compared(config, after) : await applied(config, after);
  if (options.json) printJson(outcome);
  else report(outcome, options.dryRun === true);
  return 0;
}

type Outcome = {
  readonly differences: readonly DeskDifference[];
  /** What becomes of the tickets of those who go; what of the file has no effect. */
  readonly remarks: readonly string[];
  readonly version?: number;
};

/** A dry run makes nothing, not even the store or its schema. */
async function compared(config: Config, after: Desk): Promise<Outcome> {
  const first = { differences: diffDesk(undefined, after), remarks: [] };
  if (!storeExists(config)) return first;
  const db = connect(config.database, { readOnly: true });
  try {
    return (await isUpToDate(db)) ? await differing(db, after) : first;
  } finally {
    await db.destroy();
  }
}

async function applied(config: Config, after: Desk): Promise<Outcome> {
  const db = connect(config.database);
  try {
    await migrateUp(db);
    return await db.transaction(async (tx) => {
      const outcome = await differing(tx, after);
      if (outcome.differences.length === 0) return outcome;
      return { ...outcome, version: await storeDesk(tx, after, userInfo().username, Date.now()) };
    });
  } finally {
    await db.destroy();
  }
}

async function differing(db: Db, described: Desk): Promise<Outcome> {
  const before = await currentDesk(db);
  const { after, remarks } = numbered(before, described, await upcomingNumber(db));
  const differences = diffDesk(before, after);
  for (const { sign, kind, key } of differences) {
    if (sign !== "-" || (kind !== "department" && kind !== "agent")) continue;
    const tickets = await openTicketsOf(db, kind, key);
    if (tickets > 0) remarks.push(`${kind} ${key} still has ${counted(tickets, "ticket")} not closed. ${THEN[kind]}`);
  }
  return { differences, remarks };
}

/** The count only moves forward: a first number that it has reached is no change. */
function numbered(before: Desk | undefined, described: Desk, next: number | undefined) {
  const remarks: string[] = [];
  const { firstNumber } = described;
  if (before === undefined || next === undefined || firstNumber > next) return { after: described, remarks };
  if (firstNumber < next && firstNumber !== before.firstNumber)
    remarks.push(
      `ticket_numbers.next: ${firstNumber} has no effect. The count only moves forward: the next ticket is number ${next}.`,
    );
  return { after: { ...described, firstNumber: before.firstNumber }, remarks };
}

const THEN = {
  department: "None moves by itself: postern ticket set NUMBER --department KEY",
  agent: "Each is assigned anew as soon as it waits for the desk.",
};

function report({ differences, remarks, version }: Outcome, dryRun: boolean): void {
  for (const { line } of differences) print(line);
  for (const remark of remarks) print(`! ${remark}`);
  if (differences.length === 0) print("Nothing changes.");
  else
    print(
      dryRun
        ? `${counted(differences.length, "difference")}; nothing was applied (--dry-run).`
        : `Applied as version ${version}.`,
    );
}

async function exportDesk(globals: Globals, { output }: { output?: string }): Promise<number> {
  const text = await withStore(requireConfig(globals), async (db) => {
    const desk = await requireDesk(db);
    return writeDesk({ ...desk, firstNumber: (await upcomingNumber(db)) ?? desk.firstNumber });
  });
  if (!output) process.stdout.write(text);
  else await writeFile(output, text);
  return 0;
}
