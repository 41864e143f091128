/** The desk file in the making: keys for what osTicket numbers, and what has to be said about it. */
import { canonicalAddress } from "../../mail/address.ts";
import type { EmailAddress } from "../../mail/types.ts";
import type { Path } from "../../yaml/problem.ts";
import { rowsWith, textOf, type OsRow, type OsTableName, type OsTables } from "./osticket-tables.ts";

/** Something of osTicket that Postern has not, or not so: what it is and what to do instead. */
export type OsRemark = {
  readonly table: OsTableName;
  readonly id: string;
  readonly name: string;
  readonly text: string;
  /** Where it belongs in the desk file; empty when nothing of it is there. */
  readonly path: Path;
};

/** osTicket's id -> the key in the desk file. What is left out has none. */
type Keys = ReadonlyMap<string, string>;

export type Draft = {
  readonly tables: OsTables;
  /** UTC milliseconds; holidays are written from this year on. */
  readonly now: number;
  readonly timeZone: string;
  readonly keys: Readonly<Record<KeyedTable, Keys>>;
  readonly remarks: OsRemark[];
  /** Comments of the file, by place. */
  readonly comments: { readonly path: Path; readonly text: string }[];
};

export type KeyedTable =
  "department" | "staff" | "help_topic" | "sla" | "schedule" | "canned_response" | "organization" | "team";

export const idColumn = (table: OsTableName): string =>
  ({
    staff: "staff_id",
    help_topic: "topic_id",
    canned_response: "canned_id",
    email: "email_id",
    team: "team_id",
    ticket_priority: "priority_id",
  })[table as string] ?? "id";

/** The row with this id. */
export const rowById = (tables: OsTables, table: OsTableName, id: string): OsRow | undefined =>
  rowsWith(tables, table, idColumn(table), id)[0];

/** Says something about a row. */
export function remark(draft: Draft, table: OsTableName, row: OsRow, path: Path, text: string): void {
  draft.remarks.push({ table, id: textOf(row, idColumn(table)), name: nameOf(table, row), text, path });
}

/** `filter 7 "VIP"`, the way a remark and a comment name a row. */
export const titleOf = ({ table, id, name }: Pick<OsRemark, "table" | "id" | "name">): string =>
  `${table.replace("_", " ")} ${id}${name === "" ? "" : ` “${name}”`}`;

/** A comment that says where an entry of the file comes from. */
export function originOf(draft: Draft, table: OsTableName, row: OsRow, path: Path, more = ""): void {
  const title = titleOf({ table, id: textOf(row, idColumn(table)), name: nameOf(table, row) });
  draft.comments.push({ path, text: `osTicket: ${title}${more}` });
}

export function nameOf(table: OsTableName, row: OsRow): string {
  if (table === "staff") return staffName(row);
  const column = { help_topic: "topic", canned_response: "title", email: "email", config: "key" }[table as string];
  return textOf(row, column ?? "name")
    .replace(/\s+/g, " ")
    .slice(0, 100);
}

const staffName = (row: OsRow): string =>
  `${textOf(row, "firstname")} ${textOf(row, "lastname")}`.replace(/\s+/g, " ").trim().slice(0, 100) ||
  textOf(row, "username").slice(0, 100);

/** The longest key of a desk file. */
const MAX_KEY = 40;

/** `Billing & Payments` -> `billing-payments`; empty when nothing of it is left (a name in another script). */
export const slug = (name: string): string =>
  name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replace(/ß/g, "ss")
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, MAX_KEY)
    .replace(/^-+|-+$/g, "");

/** A key for each row: from its name, numbered where two would be the same, never a reserved word. */
export function keysFor(
  table: KeyedTable,
  rows: readonly OsRow[],
  name: (row: OsRow) => string,
  reserved: readonly string[] = [],
): Map<string, string> {
  const used: UsedKeys = new Map(reserved.map((word) => [word, 1]));
  const keys = new Map<string, string>();
  for (const row of rows) {
    const id = textOf(row, idColumn(table));
    if (id !== "" && !keys.has(id)) keys.set(id, freeKey(slug(name(row)) || `${table.replace("_", "-")}-${id}`, used));
  }
  return keys;
}

/** Keys that are taken, each with the number up to which it was counted on. */
export type UsedKeys = Map<string, number>;

/** The key itself, or with the first number that makes it new. Notes it as used. */
export function freeKey(wanted: string, used: UsedKeys): string {
  let key = wanted;
  let n = used.get(wanted) ?? 1;
  while (used.has(key)) key = `${wanted.slice(0, MAX_KEY - 1 - String(++n).length)}-${n}`;
  used.set(wanted, n);
  used.set(key, used.get(key) ?? 1);
  return key;
}

/**
 * Names that tell their owners apart, as `#assign` needs them: none is another's name or key.
 * @param owners their keys and names, in the order of the file
 */
export function distinctNames(owners: readonly { key: string; name: string }[]): Map<string, string> {
  const taken = new Map(owners.map(({ key }) => [key.toLowerCase(), key]));
  const names = new Map<string, string>();
  for (const { key, name } of owners) {
    const free = (one: string): boolean => (taken.get(one.toLowerCase()) ?? key) === key;
    const chosen = free(name) ? name : `${name.slice(0, 55)} (${key})`;
    taken.set(chosen.toLowerCase(), key);
    names.set(key, chosen);
  }
  return names;
}

/** The address in a column; undefined when there is none, or what stands there is none. */
export const addressOf = (row: OsRow | undefined, column = "email"): EmailAddress | undefined =>
  canonicalAddress(textOf(row, column));
