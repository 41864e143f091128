/** The file that an osTicket's database was dumped into, as the rows of its settings. Everything else in it is walked over. */
import { createReadStream } from "node:fs";
import { open, readFile, stat } from "node:fs/promises";
import { readOsTicketJson } from "../desk/osticket/osticket-json.ts";
import {
  checkVersion,
  isNeeded,
  maxRows,
  OSTICKET_TABLES,
  OsTicketProblem,
  tablePrefix,
  type OsRow,
  type OsTables,
} from "../desk/osticket/osticket-tables.ts";
import { sqlDumpReader, type SqlDumpSummary, type SqlDumpWishes } from "../text/sql-dump.ts";
import { SqlDumpProblem } from "../text/sql-lexer.ts";
import { Exit } from "./context.ts";

/** JSON is read as a whole: settings alone are far below this. In bytes. */
const MAX_JSON = 100_000_000;
/** What is kept of a dump, in characters of text: more is not settings. */
const MAX_KEPT = 100_000_000;

/**
 * Reads the tables of an osTicket from a mysqldump of any size, or a JSON export.
 * @param askedPrefix of its tables, where the admin gives it
 * @throws OsTicketProblem, SqlDumpProblem for what is no such file, Exit for what cannot be read
 */
export async function readOsTicket(dump: string, askedPrefix?: string): Promise<OsTables> {
  const unreadable = (error: NodeJS.ErrnoException): never => {
    throw new Exit(1, `${dump}: cannot be read (${error.code}). Write the path of the dump of osTicket's database.`);
  };
  const info = await stat(dump).catch(unreadable);
  const head = await firstBytes(dump).catch(unreadable);
  refuseOtherFiles(head);
  if (!/^\s*[[{]/.test(head.toString("utf8").replace(/^\uFEFF/, ""))) return await readDump(dump, askedPrefix);
  if (info.size > MAX_JSON)
    throw new OsTicketProblem(
      `it is JSON of more than ${MAX_JSON / 1_000_000} MB, which is not read. Export only the tables ${OSTICKET_TABLES.map((name) => `ost_${name}`).join(", ")}, or make a mysqldump, which may be of any size.`,
    );
  return readOsTicketJson(await readFile(dump, "utf8"), askedPrefix);
}

async function firstBytes(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4_096), 0, 4_096, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** Files that are no text of ours, each with what to do. */
function refuseOtherFiles(head: Buffer): void {
  const begins = (...bytes: number[]): boolean => bytes.every((byte, n) => head[n] === byte);
  if (begins(0x1f, 0x8b)) throw new OsTicketProblem("it is compressed. Unpack it first: gunzip DUMP.sql.gz.");
  if (begins(0x50, 0x4b, 0x03, 0x04)) throw new OsTicketProblem("it is a zip archive. Unpack it first.");
  if (begins(0xff, 0xfe) || begins(0xfe, 0xff))
    throw new OsTicketProblem(
      "it is in UTF-16, as PowerShell's > writes it, and may be damaged. Make it again: mysqldump --result-file=dump.sql DBNAME.",
    );
  if (head.length === 0)
    throw new OsTicketProblem("it is empty. Make the dump again: mysqldump --result-file=dump.sql DBNAME.");
}

/** Twice over the file: which tables there are, then their rows. So the prefix is known, and memory holds settings only. */
async function readDump(dump: string, askedPrefix: string | undefined): Promise<OsTables> {
  const columns = new Map<string, readonly string[]>();
  const named = new Set<string>();
  const { creates, inserts } = await feed(dump, {
    wants: (table) => (named.add(table), false),
    row: () => undefined,
    created: (table, its) => {
      columns.set(table, its);
      named.add(table);
    },
  });
  if (creates + inserts === 0)
    throw new OsTicketProblem(
      "it is no dump of a database: there is no CREATE TABLE and no INSERT in it. Make one: mysqldump --result-file=dump.sql DBNAME.",
    );
  const prefix = tablePrefix(named, askedPrefix);
  if (columns.size > 0)
    checkVersion(
      new Map([...columns].map(([table, its]) => [table.startsWith(prefix) ? table.slice(prefix.length) : "", its])),
    );
  return await rowsOfDump(dump, prefix);
}

async function rowsOfDump(dump: string, prefix: string): Promise<OsTables> {
  const tables = new Map<string, OsRow[]>(OSTICKET_TABLES.map((name) => [name, []]));
  const companyEntries = new Set<string>();
  let kept = 0;
  const nameOf = (table: string): string => (table.startsWith(prefix) ? table.slice(prefix.length) : "");
  await feed(dump, {
    wants: (table) => tables.has(nameOf(table)),
    row: (table, row, line) => {
      const name = nameOf(table);
      if (!isNeeded(name, row, companyEntries)) return;
      kept += Object.values(row).reduce((sum, value) => sum + (value?.length ?? 0), 0);
      if (tables.get(name)!.push(row) > maxRows(name) || kept > MAX_KEPT)
        throw new SqlDumpProblem(
          line,
          `${table} has more rows than settings ever have. Is this the dump of an osTicket?`,
        );
    },
  });
  return tables;
}

async function feed(dump: string, wishes: SqlDumpWishes): Promise<SqlDumpSummary> {
  const reader = sqlDumpReader(wishes);
  for await (const chunk of createReadStream(dump, { highWaterMark: 262_144 })) reader.write(chunk as Buffer);
  return reader.end();
}
