/** What osTicket's settings say of the desk as a whole: name, numbers, time zone, defaults; and its priorities in Postern's words. */
import { remark, rowById, type Draft } from "./osticket-draft.ts";
import { configNumber, configValue, numberOf, rowsOf, textOf, type OsRow, type OsTables } from "./osticket-tables.ts";
import type { Priority } from "../types.ts";

const KNOWN: Readonly<Record<string, Priority>> = {
  low: "low",
  normal: "normal",
  high: "high",
  emergency: "urgent",
  urgent: "urgent",
  critical: "urgent",
};
/** By urgency, 1 is the most: for priorities of the admin's own. */
const BY_URGENCY: readonly Priority[] = ["urgent", "urgent", "high", "normal", "low"];
/** The largest number that a desk file takes as the next one. */
const MAX_NUMBER = 999_999_999;

/** The nearest of Postern's four priorities; undefined when there is no such row (osTicket's "unchanged"). */
export function priorityOf(draft: Pick<Draft, "tables">, id: string): Priority | undefined {
  const row = rowById(draft.tables, "ticket_priority", id);
  if (row === undefined) return undefined;
  return known(row) ?? BY_URGENCY[Math.max(0, Math.min(4, numberOf(row, "priority_urgency")))]!;
}

function known(row: OsRow): Priority | undefined {
  const name = textOf(row, "priority").toLowerCase();
  return Object.hasOwn(KNOWN, name) ? KNOWN[name] : undefined;
}

/** Says for every priority of the admin's own what it became. */
export function sayPriorities(draft: Draft): void {
  for (const row of rowsOf(draft.tables, "ticket_priority")) {
    const id = textOf(row, "priority_id");
    if (known(row) !== undefined) continue;
    draft.remarks.push({
      table: "ticket_priority",
      id,
      name: textOf(row, "priority_desc") || textOf(row, "priority"),
      text: `became ${priorityOf(draft, id)}: Postern has low, normal, high and urgent.`,
      path: [],
    });
  }
}

/** The company's name: a field of the form "Company Information", else the title of the help desk. */
export function companyName(tables: OsTables): string {
  const form = rowsOf(tables, "form").find((one) => textOf(one, "type") === "C");
  const field = rowsOf(tables, "form_field").find(
    (one) => textOf(one, "form_id") === textOf(form, "id") && textOf(one, "name") === "name",
  );
  const value = rowsOf(tables, "form_entry_values").find((one) => textOf(one, "field_id") === textOf(field, "id"));
  const name = (field && textOf(value, "value")) || configValue(tables, "helpdesk_title") || "Support";
  return name.replace(/\s+/g, " ").slice(0, 100);
}

/** An IANA name; UTC when osTicket's is none. */
export function timeZoneOf(tables: OsTables): string {
  const zone = configValue(tables, "default_timezone");
  return isTimeZone(zone) ? zone : "UTC";
}

export function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone }).format(0);
    return /^[A-Za-z][A-Za-z0-9_+/-]*$/.test(zone);
  } catch {
    return false;
  }
}

/** `Northwind Support` -> `NS`: a prefix where the admin names none. */
export const prefixFrom = (name: string): string =>
  name
    .normalize("NFKD")
    .toUpperCase()
    .split(/[^A-Z0-9]+/)
    .map((word) => word.slice(0, 1))
    .join("")
    .slice(0, 4) || "T";

/** `ticket_numbers`: the sequence goes on; where numbers were random, above all of them. */
export function ticketNumbers(draft: Draft, prefix: string): { prefix: string; next: number } {
  const format = configValue(draft.tables, "ticket_number_format") || "######";
  const sequence = rowById(draft.tables, "sequence", configValue(draft.tables, "ticket_sequence_id"));
  if (sequence !== undefined) {
    if (!/^#+$/.test(format)) sayFormat(draft, sequence, format);
    return { prefix, next: Math.min(MAX_NUMBER, Math.max(1, numberOf(sequence, "next"))) };
  }
  const digits = Math.min(8, Math.max(3, format.replace(/[^#]/g, "").length));
  draft.comments.push({
    path: ["ticket_numbers"],
    text: `osTicket gave random numbers (${format}). Postern counts: it begins above all of them.`,
  });
  return { prefix, next: 10 ** digits + 1 };
}

function sayFormat(draft: Draft, sequence: OsRow, format: string): void {
  remark(
    draft,
    "sequence",
    sequence,
    ["ticket_numbers"],
    `wrote numbers as “${format.slice(0, 40)}”. Postern writes the prefix and the number.`,
  );
}

/** The section `defaults`. */
export function defaults(draft: Draft, department: string): Record<string, unknown> {
  const config = (key: string): string => configValue(draft.tables, key);
  const say = (key: string, text: string): void =>
    void draft.remarks.push({ table: "config", id: "core", name: key, text, path: ["defaults"] });
  if (!draft.keys.department.has(config("default_dept_id")))
    say("default_dept_id", `names no active department; ${department} was taken.`);
  if (configNumber(draft.tables, "default_help_topic") !== 0)
    say(
      "default_help_topic",
      "is a help topic for tickets that have none. Postern leaves them without; write a rule if you need it.",
    );
  const priority = priorityOf(draft, config("default_priority_id"));
  const sla = draft.keys.sla.get(config("default_sla_id"));
  const schedule = draft.keys.schedule.get(config("schedule_id"));
  return {
    department,
    ...(priority !== undefined && priority !== "normal" && { priority }),
    ...(sla !== undefined && { sla }),
    ...(schedule !== undefined && { schedule }),
  };
}
