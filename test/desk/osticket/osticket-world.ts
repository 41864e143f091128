/** An osTicket 1.18 of a made-up firm, as rows, and in the forms in which such a database is dumped. */
import { readFileSync } from "node:fs";
import type { OsRow } from "../../../src/desk/osticket/osticket-tables.ts";

export type World = Record<string, OsRow[]>;
type Value = string | number | null;

/** Columns of the tables that are read, and of two that are not, in osTicket's order. Dates are left to `updated`. */
const COLUMNS: Record<string, string> = {
  attachment: "id object_id type file_id name inline lang",
  canned_response: "canned_id dept_id isenabled title response lang notes created updated",
  config: "id namespace key value updated",
  department:
    "id pid tpl_id sla_id schedule_id email_id autoresp_email_id manager_id flags name signature ispublic group_membership ticket_auto_response message_auto_response path updated created",
  email: "email_id noautoresp priority_id dept_id topic_id email name notes created updated",
  filter: "id execorder isactive flags status match_all_rules stop_onmatch target email_id name notes created updated",
  filter_action: "id filter_id sort type configuration updated",
  filter_rule: "id filter_id what how val isactive notes created updated",
  form: "id pid type flags title instructions name notes created updated",
  form_entry: "id form_id object_id object_type sort extra created updated",
  form_entry_values: "entry_id field_id value value_id",
  form_field: "id form_id flags type label name configuration sort hint created updated",
  help_topic:
    "topic_id topic_pid ispublic noautoresp flags status_id priority_id dept_id staff_id team_id sla_id page_id sequence_id sort topic number_format notes created updated",
  organization: "id name manager status domain extra created updated",
  role: "id flags name permissions notes created updated",
  schedule: "id flags name timezone description created updated",
  schedule_entry:
    "id schedule_id flags sort name repeats starts_on starts_at ends_on ends_at stops_on day week month created updated",
  sequence: "id name flags next increment padding updated",
  sla: "id schedule_id flags grace_period name notes created updated",
  staff:
    "staff_id dept_id role_id username firstname lastname passwd email phone signature isactive isadmin isvisible onvacation assigned_only extra created updated",
  staff_dept_access: "staff_id dept_id role_id flags",
  team: "team_id lead_id flags name notes created updated",
  team_member: "team_id staff_id flags",
  thread_entry: "id thread_id staff_id user_id type body format created",
  ticket: "ticket_id number user_id status_id dept_id created",
  ticket_priority: "priority_id priority priority_desc priority_color priority_urgency ispublic",
  ticket_status: "id name state mode flags sort properties created updated",
};

/** A row with every column of its table: what is not given is NULL, dates are a date. */
export function row(table: string, values: Record<string, Value>): OsRow {
  const columns = COLUMNS[table]!.split(" ");
  const odd = Object.keys(values).find((column) => !columns.includes(column));
  if (odd !== undefined) throw new Error(`${table} has no column ${odd}`);
  return Object.fromEntries(
    columns.map((column) => {
      const value = values[column];
      const date = /^(created|updated)$/.test(column) ? "2026-01-02 03:04:05" : null;
      return [column, value === undefined ? date : value === null ? null : String(value)];
    }),
  );
}

const ROWS = JSON.parse(readFileSync(new URL("./osticket-1.18.json", import.meta.url), "utf8")) as Record<
  string,
  Record<string, Value>[]
>;

/** Departments 1 Support, 2 Billing (below it), 3 Old (archived); agents ann, ben, chloe, and dora who left. No filters. */
export const world = (): World =>
  Object.fromEntries(Object.entries(ROWS).map(([table, list]) => [table, list.map((one) => row(table, one))]));

export type FilterSketch = {
  id: number;
  name?: string;
  order?: number;
  all?: boolean;
  stop?: boolean;
  active?: boolean;
  target?: string;
  email?: number;
  rules: readonly (readonly [what: string, how: string, val: string])[];
  actions: readonly (readonly [type: string, configuration: object])[];
};

/** The world with these filters. */
export function withFilters(...sketches: FilterSketch[]): World {
  const made = world();
  let line = 0;
  for (const one of sketches) {
    const {
      id,
      name = `F${id}`,
      order = 10,
      all = false,
      stop = false,
      active = true,
      target = "Any",
      email = 0,
    } = one;
    made["filter"]!.push(
      row("filter", {
        id,
        execorder: order,
        isactive: active ? 1 : 0,
        match_all_rules: all ? 1 : 0,
        stop_onmatch: stop ? 1 : 0,
        target,
        email_id: email,
        name,
        notes: "",
      }),
    );
    for (const [what, how, val] of one.rules)
      made["filter_rule"]!.push(
        row("filter_rule", { id: ++line, filter_id: id, what, how, val, isactive: 1, notes: "" }),
      );
    for (const [n, [type, configuration]] of one.actions.entries())
      made["filter_action"]!.push(
        row("filter_action", {
          id: ++line,
          filter_id: id,
          sort: n + 1,
          type,
          configuration: JSON.stringify(configuration),
        }),
      );
  }
  return made;
}

export const tablesOf = (made: World): ReadonlyMap<string, readonly OsRow[]> => new Map(Object.entries(made));

const quoted = (value: string): string =>
  `'${value
    .replace(/[\\'"]/g, "\\$&")
    .replace(/\n/g, "\\n")
    .replace(/\r/g, "\\r")
    .replace(/\0/g, "\\0")}'`;
const literal = (value: string | null): string =>
  value === null ? "NULL" : /^(0|[1-9]\d*)$/.test(value) ? value : quoted(value);
const valuesOf = (one: OsRow): string => `(${Object.values(one).map(literal).join(",")})`;

export type DumpStyle = { prefix?: string; complete?: boolean; oneRow?: boolean; creates?: boolean };

/** As mysqldump writes it, with the comments that it puts between. */
export function asSql(
  made: World,
  { prefix = "ost_", complete = false, oneRow = false, creates = true }: DumpStyle = {},
): string {
  const parts = Object.keys(made)
    .sort()
    .map((table) => {
      const name = `\`${prefix}${table}\``;
      const columns = COLUMNS[table]!.split(" ").map((column) => `\`${column}\``);
      const create = creates
        ? `DROP TABLE IF EXISTS ${name};\n/*!40101 SET @saved_cs_client     = @@character_set_client */;\nCREATE TABLE ${name} (\n${columns
            .map((column) => `  ${column} varchar(255) DEFAULT 'it''s; (a)' COMMENT 'x, y',\n`)
            .join(
              "",
            )}  PRIMARY KEY (${columns[0]}),\n  KEY \`k\` (${columns[1]}(10))\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3;\n\n`
        : "";
      const into = `INSERT INTO ${name}${complete ? ` (${columns.join(", ")})` : ""} VALUES `;
      const list = made[table]!;
      const inserts =
        list.length === 0
          ? ""
          : oneRow
            ? list.map((one) => `${into}${valuesOf(one)};\n`).join("")
            : `${into}${list.map(valuesOf).join(",")};\n`;
      return `--\n-- Table structure for table ${name}\n--\n\n${create}LOCK TABLES ${name} WRITE;\n/*!40000 ALTER TABLE ${name} DISABLE KEYS */;\n${inserts}/*!40000 ALTER TABLE ${name} ENABLE KEYS */;\nUNLOCK TABLES;\n`;
    });
  return `-- MySQL dump 10.13  Distrib 8.0.36\n/*!50503 SET NAMES utf8mb4 */;\n${parts.join("\n")}-- Dump completed on 2026-11-26 10:00:00\n`;
}

/** As phpMyAdmin exports it. */
export const asPhpMyAdmin = (made: World, prefix = "ost_"): string =>
  JSON.stringify([
    { type: "header", version: "5.2.1", comment: "Export to JSON plugin for PHPMyAdmin" },
    { type: "database", name: "osticket" },
    ...Object.entries(made).map(([table, data]) => ({
      type: "table",
      name: `${prefix}${table}`,
      database: "osticket",
      data,
    })),
  ]);

export const asJson = (made: World, prefix = "ost_"): string =>
  JSON.stringify(Object.fromEntries(Object.entries(made).map(([table, list]) => [`${prefix}${table}`, list])));
