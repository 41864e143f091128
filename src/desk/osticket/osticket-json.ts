/** An osTicket database as JSON: phpMyAdmin's export, or a map of tables to their rows. */
import {
  checkVersion,
  isNeeded,
  OSTICKET_TABLES,
  OsTicketProblem,
  tablePrefix,
  type OsRow,
} from "./osticket-tables.ts";
import type { OsTables } from "./osticket-tables.ts";

/**
 * @param text the whole file
 * @param askedPrefix the prefix of the tables, where the admin gives it
 * @throws OsTicketProblem when it is not such a file, or of no osTicket
 */
export function readOsTicketJson(text: string, askedPrefix?: string): OsTables {
  const raw = rawTables(parsed(text));
  const prefix = tablePrefix(raw.keys(), askedPrefix);
  const tables = new Map<string, OsRow[]>();
  const companyEntries = new Set<string>();
  for (const name of OSTICKET_TABLES) {
    const rows = raw.get(`${prefix}${name}`);
    if (rows === undefined) continue;
    tables.set(
      name,
      rows.map((row, n) => textRow(row, name, n)).filter((row) => isNeeded(name, row, companyEntries)),
    );
  }
  checkVersion(new Map([...tables].map(([name, rows]) => [name, columnsOf(name, rows)])));
  return tables;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    throw new OsTicketProblem(`it is not JSON (${(error as Error).message}). Export it again.`);
  }
}

/** phpMyAdmin writes a list: a header, the database, and for each table `{ type: "table", name, data: [rows] }`. */
function rawTables(value: unknown): ReadonlyMap<string, readonly unknown[]> {
  const entries: [string, unknown][] = Array.isArray(value)
    ? value.flatMap((part: unknown): [string, unknown][] =>
        isMap(part) && part["type"] === "table" ? [[String(part["name"]), part["data"]]] : [],
      )
    : isMap(value)
      ? Object.entries(value)
      : [];
  const tables = entries.filter((entry): entry is [string, unknown[]] => Array.isArray(entry[1]));
  if (tables.length === 0)
    throw new OsTicketProblem(
      "no table is in it. Export with phpMyAdmin as JSON, or write a map: { ost_staff: [{ staff_id: 1, … }], … }.",
    );
  return new Map(tables);
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function textRow(row: unknown, table: string, n: number): OsRow {
  if (!isMap(row))
    throw new OsTicketProblem(`row ${n + 1} of ${table} is not a map of columns. Export it again, with column names.`);
  return Object.fromEntries(Object.entries(row).map(([column, value]) => [column, asText(value)]));
}

function asText(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === "boolean") return value ? "1" : "0";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** What a table without rows has is not known: it is taken for a table of today. */
const columnsOf = (name: string, rows: readonly OsRow[]): readonly string[] =>
  rows.length > 0 ? Object.keys(rows[0]!) : name === "department" ? ["id"] : [];
