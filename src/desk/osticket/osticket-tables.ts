/**
 * The tables of an osTicket database that say how a desk works, as rows by name without the installation's prefix.
 * Written after osTicket 1.17 and 1.18; what older versions have otherwise is read where it means the same.
 */

/** A row by column; everything is text or null, as in the dump. */
export type OsRow = Readonly<Record<string, string | null>>;
export type OsTables = ReadonlyMap<string, readonly OsRow[]>;

/** Tables that are read. All others (tickets, threads, files, users …) are walked over. */
export const OSTICKET_TABLES = [
  "attachment",
  "canned_response",
  "config",
  "department",
  "email",
  "filter",
  "filter_action",
  "filter_rule",
  "form",
  "form_entry",
  "form_entry_values",
  "form_field",
  "help_topic",
  "organization",
  "role",
  "schedule",
  "schedule_entry",
  "sequence",
  "sla",
  "staff",
  "staff_dept_access",
  "team",
  "team_member",
  "ticket_priority",
  "ticket_status",
] as const;
export type OsTableName = (typeof OSTICKET_TABLES)[number];

/** Without these a database is no osTicket's. */
const CORE = ["config", "department", "help_topic", "staff"];

/** A refusal in words: what is wrong and what to do. */
export class OsTicketProblem extends Error {}

/**
 * The installation's prefix, `ost_`, from the names of all tables.
 * @param asked what the admin says it is
 * @throws OsTicketProblem when there is no osTicket among them, or more than one
 */
export function tablePrefix(names: Iterable<string>, asked?: string): string {
  const all = new Set(names);
  const complete = (prefix: string): boolean => CORE.every((name) => all.has(`${prefix}${name}`));
  const found = [...all]
    .filter((name) => name.endsWith("help_topic"))
    .map((name) => name.slice(0, -"help_topic".length))
    .filter(complete);
  if (asked !== undefined && found.includes(asked)) return asked;
  if (asked === undefined && found.length === 1) return found[0]!;
  if (found.length > 0)
    throw new OsTicketProblem(
      `there ${found.length === 1 ? "is an osTicket" : "are several osTickets"} in it, with the table prefix ${found.map((prefix) => `"${prefix}"`).join(" and ")}. Write one of them: --table-prefix ${found[0]}`,
    );
  throw new OsTicketProblem(
    `there are no tables of osTicket in it (looked for ${CORE.map((name) => `ost_${name}`).join(", ")} with any prefix)${
      all.size === 0 ? "" : `; it has ${[...all].slice(0, 5).join(", ")}${all.size > 5 ? ", …" : ""}`
    }. Dump osTicket's whole database; its name is DBNAME in include/ost-config.php.`,
  );
}

/**
 * @param columns of the tables, by name without prefix
 * @throws OsTicketProblem for versions whose filters or departments are kept otherwise
 */
export function checkVersion(columns: ReadonlyMap<string, readonly string[]>): void {
  const old = columns.has("department") && !columns.get("department")!.includes("id");
  if (!old && (columns.has("filter_action") || !columns.has("filter"))) return;
  throw new OsTicketProblem(
    "it is of an osTicket before 1.10, which keeps filters and departments in another way. Upgrade a copy of it to 1.17 or 1.18 (osTicket's own upgrader does that), and dump the copy.",
  );
}

/** Settings are few. Lines of filters hold every banned sender, the others a row for each of something that may be many. */
const MANY = new Set(["attachment", "config", "filter_rule", "form_entry_values", "organization", "staff_dept_access"]);

/** More rows of a table than this are not settings. */
export const maxRows = (table: string): number => (MANY.has(table) ? 50_000 : 5_000);

/**
 * Whether a row is needed. Two tables hold a row for every ticket beside the few that matter: of form entries only the
 * company's count, of attachments only those of canned responses.
 * @param companyEntries ids of the company's entries, in which this notes them
 */
export function isNeeded(table: string, row: OsRow, companyEntries: Set<string>): boolean {
  if (table === "attachment") return row["type"] === "C";
  if (table === "form_entry" && row["object_type"] === "C") companyEntries.add(row["id"] ?? "");
  if (table === "form_entry") return row["object_type"] === "C";
  if (table === "form_entry_values") return companyEntries.has(row["entry_id"] ?? "");
  return true;
}

export const rowsOf = (tables: OsTables, name: OsTableName): readonly OsRow[] => tables.get(name) ?? [];

/** A text without blanks at its ends, and without NUL, which a desk file cannot hold; empty when it is NULL or missing. */
export const textOf = (row: OsRow | undefined, column: string): string =>
  (row?.[column] ?? "").replaceAll("\0", "").trim();

/** A whole number; 0 when it is NULL, missing or none, as osTicket takes it. */
export function numberOf(row: OsRow | undefined, column: string): number {
  const number = Number(textOf(row, column) || 0);
  return Number.isSafeInteger(number) ? number : 0;
}

export const hasFlag = (row: OsRow, flag: number, column = "flags"): boolean => (numberOf(row, column) & flag) !== 0;

type Index = ReadonlyMap<string, readonly OsRow[]>;
const indexes = new WeakMap<OsTables, Map<string, Index>>();

/** The rows that have this text in a column, in their order. Looked up, not searched: filters may have thousands of lines. */
export function rowsWith(tables: OsTables, table: OsTableName, column: string, value: string): readonly OsRow[] {
  const known = indexes.get(tables) ?? new Map<string, Index>();
  indexes.set(tables, known);
  const index = known.get(`${table} ${column}`) ?? Map.groupBy(rowsOf(tables, table), (row) => textOf(row, column));
  known.set(`${table} ${column}`, index);
  return index.get(value) ?? [];
}

/** A setting of `ost_config`. */
export const configValue = (tables: OsTables, key: string, namespace = "core"): string =>
  textOf(
    rowsWith(tables, "config", "key", key).find((row) => textOf(row, "namespace") === namespace),
    "value",
  );

export const configNumber = (tables: OsTables, key: string): number => {
  const number = Number(configValue(tables, key) || 0);
  return Number.isSafeInteger(number) ? number : 0;
};

/** A JSON object in a column; undefined when it is none. */
export function jsonOf(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (Array.isArray(value)) return {};
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
