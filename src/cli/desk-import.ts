/** `postern desk import osticket`: a desk file from the dump of an osTicket. It writes a file and applies nothing. */
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import type { Command } from "commander";
import { readDesk } from "../desk/file/desk-file.ts";
import { deskFromOsTicket, type OsTicketDesk } from "../desk/osticket/osticket.ts";
import { OsTicketProblem } from "../desk/osticket/osticket-tables.ts";
import { titleOf } from "../desk/osticket/osticket-draft.ts";
import { SqlDumpProblem } from "../text/sql-lexer.ts";
import { plain } from "../sandbox/say.ts";
import { formatError } from "../yaml/problem.ts";
import { counted, Exit, type Globals, print, printJson, type Run } from "./context.ts";
import { readOsTicket } from "./osticket-dump.ts";

type Options = { output?: string; overwrite?: boolean; prefix?: string; tablePrefix?: string; json?: boolean };

/** Adds the subcommand below `postern desk`. */
export function addImport(desk: Command, run: Run): void {
  desk
    .command("import")
    .description("a desk file from another help desk's database")
    .command("osticket")
    .argument("DUMP", "the osTicket database: a mysqldump (.sql) or a JSON export")
    .description("write osTicket's departments, agents, topics, SLA plans, filters and canned responses as a desk file")
    .option("-o, --output <FILE>", "write to a file (default: to the terminal)")
    .option("--overwrite", "replace that file if it is there")
    .option("--prefix <LETTERS>", "before ticket numbers: NW makes [NW-1001]")
    .option("--table-prefix <PREFIX>", "of osTicket's tables, when there are several (ost_)")
    .option("--json", "what was made and what to look at, as JSON")
    .action(run(importOsTicket));
}

async function importOsTicket(_globals: Globals, dump: string, options: Options): Promise<number> {
  if (options.prefix !== undefined && !/^[A-Z0-9]{1,10}$/.test(options.prefix))
    throw new Exit(2, `--prefix "${options.prefix}": write 1 to 10 capital letters and digits, such as NW.`);
  if (options.output !== undefined && !options.overwrite && existsSync(options.output))
    throw new Exit(4, `${options.output} is there already. Write another name, or --overwrite. Nothing was written.`);
  const made = await converted(dump, options);
  const { output } = options;
  if (output !== undefined)
    await writeFile(output, made.yaml).catch((error: NodeJS.ErrnoException) => {
      throw new Exit(
        1,
        `${output}: cannot be written (${error.code}). Write the path of a file in a folder that is there.`,
      );
    });
  else if (!options.json) process.stdout.write(made.yaml);
  const read = readDesk(made.yaml, output ?? "desk.yaml");
  const mistakes = read.ok ? [] : read.errors.map(formatError);
  if (options.json) {
    const { yaml, counts, remarks } = made;
    printJson({ file: output ?? null, ...(output === undefined && { desk: yaml }), counts, remarks, mistakes });
  } else report(made, output, mistakes);
  return mistakes.length === 0 ? 0 : 4;
}

async function converted(dump: string, options: Options): Promise<OsTicketDesk> {
  try {
    const tables = await readOsTicket(dump, options.tablePrefix);
    const source = dump.split(/[/\\]/).at(-1)!;
    return deskFromOsTicket(tables, { prefix: options.prefix, now: Date.now(), source });
  } catch (error) {
    if (error instanceof OsTicketProblem) throw new Exit(4, `${dump}: ${error.message} Nothing was written.`);
    if (error instanceof SqlDumpProblem)
      throw new Exit(4, `${dump}${error.line > 0 ? `:${error.line}` : ""}: ${error.message} Nothing was written.`);
    throw error;
  }
}

/** One of each section. */
const SECTIONS: Readonly<Record<string, string>> = {
  departments: "department",
  agents: "agent",
  topics: "topic",
  sla: "SLA plan",
  schedules: "schedule",
  organizations: "organization",
  canned: "canned text",
  rules: "rule",
};

/** To stderr, so that a desk file on stdout stays one. */
function report({ counts, remarks }: OsTicketDesk, output: string | undefined, mistakes: readonly string[]): void {
  const say = (text: string): void => void process.stderr.write(`${plain(text)}\n`);
  const file = output ?? "the desk file";
  const parts = Object.entries(counts).map(([section, count]) => counted(count, SECTIONS[section] ?? section));
  (output === undefined ? say : print)(`${output ?? "Written"}: ${parts.join(", ")}.`);
  if (remarks.length > 0) say(`\nTo look at (${remarks.length}):`);
  for (const one of remarks)
    say(
      `  ${one.line > 0 ? `${output ?? "line "}${output === undefined ? "" : ":"}${one.line}` : "left out"}  ${titleOf(one)} ${one.text}`,
    );
  if (mistakes.length > 0)
    say(`\n${file} has mistakes that have to be mended before it can be applied:\n${mistakes.join("\n")}`);
  const next = output ?? "desk.yaml";
  say(
    `\nNothing is in force yet. ${output === undefined ? "Save it as desk.yaml, then" : "Next"}:\n  postern desk apply ${next} --dry-run\n  postern desk apply ${next}`,
  );
}
