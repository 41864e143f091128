/** Departments of osTicket, and which addresses are whose: in Postern an address belongs to one department. */
import { domainOf, localPartOf } from "../../mail/address.ts";
import type { EmailAddress } from "../../mail/types.ts";
import { addressOf, distinctNames, nameOf, originOf, remark, rowById, type Draft } from "./osticket-draft.ts";
import { planOfDepartment } from "./osticket-sla.ts";
import { configNumber, configValue, hasFlag, numberOf, rowsOf, textOf, type OsRow } from "./osticket-tables.ts";
import type { OsTables } from "./osticket-tables.ts";
import { toLiquid } from "./osticket-text.ts";

const [ACTIVE, ARCHIVED] = [0x0004, 0x0008];
/** `group_membership`: nobody of the department is told of new mail. */
const ALERTS_OFF = 2;
const LONGEST_SIGNATURE = 2_000;

/** osTicket before 1.12 knew no inactive departments: there no row has the flag. */
export function isActiveDepartment(tables: OsTables, row: OsRow): boolean {
  const flagged = rowsOf(tables, "department").some((one) => hasFlag(one, ACTIVE));
  return !hasFlag(row, ARCHIVED) && (!flagged || hasFlag(row, ACTIVE));
}

/** `Support / Billing`: names count together with those above. */
export function departmentName(tables: OsTables, row: OsRow): string {
  const names: string[] = [];
  let above: OsRow | undefined = row;
  for (let level = 0; above !== undefined && level < 8; level++) {
    names.unshift(nameOf("department", above));
    above = numberOf(above, "pid") === 0 ? undefined : rowById(tables, "department", textOf(above, "pid"));
  }
  return names.join(" / ").slice(-90);
}

/** Which addresses are whose. The first of a department is the one it writes from. */
export type Addresses = ReadonlyMap<string, readonly EmailAddress[]>;

/** Every address of osTicket by the id of the department whose mail it gets: its own setting, or the default department. */
export function addressesByDepartment(draft: Draft): Addresses {
  const owned = new Map<string, EmailAddress[]>();
  const standard = defaultDepartmentId(draft);
  for (const row of rowsOf(draft.tables, "email")) {
    const address = addressOf(row);
    if (address === undefined) {
      remark(draft, "email", row, [], "is not an address that mail can have. It was left out.");
      continue;
    }
    const asked = textOf(row, "dept_id");
    const owner = draft.keys.department.has(asked) ? asked : standard;
    const list = owned.get(owner) ?? [];
    if (!list.includes(address)) owned.set(owner, [...list, address]);
  }
  return new Map([...owned].map(([id, list]) => [id, outgoingFirst(draft, id, list)]));
}

function outgoingFirst(draft: Draft, department: string, list: readonly EmailAddress[]): EmailAddress[] {
  const row = rowById(draft.tables, "department", department);
  const outgoing = addressOf(rowById(draft.tables, "email", textOf(row, "email_id")));
  return [...list].sort((a, b) => Number(b === outgoing) - Number(a === outgoing));
}

/** The default department, else the first one that is there. */
export function defaultDepartmentId(draft: Draft): string {
  const asked = configValue(draft.tables, "default_dept_id");
  return draft.keys.department.has(asked) ? asked : ([...draft.keys.department.keys()][0] ?? "");
}

/** The section `departments` of the desk file. */
export function departments(draft: Draft, owned: Addresses): Record<string, unknown> {
  const rows = rowsOf(draft.tables, "department");
  const present = rows.filter((row) => draft.keys.department.has(textOf(row, "id")));
  const names = distinctNames(
    present.map((row) => ({
      key: draft.keys.department.get(textOf(row, "id"))!,
      name: departmentName(draft.tables, row),
    })),
  );
  for (const row of rows.filter((one) => !present.includes(one)))
    remark(draft, "department", row, [], "is not active and was left out.");
  return Object.fromEntries(
    present.map((row) => {
      const key = draft.keys.department.get(textOf(row, "id"))!;
      return [key, oneDepartment(draft, row, { key, name: names.get(key)!, owned })];
    }),
  );
}

type Place = { readonly key: string; readonly name: string; readonly owned: Addresses };

function oneDepartment(draft: Draft, row: OsRow, { key, name, owned }: Place): Record<string, unknown> {
  const path = ["departments", key];
  originOf(draft, "department", row, path);
  const [address, ...also] = owned.get(textOf(row, "id")) ?? [madeUpAddress(draft, row, key, path)];
  const sla = planOfDepartment(draft, row);
  const signature = signatureOf(draft, row, path);
  return {
    name,
    address,
    ...(also.length > 0 && { also }),
    assign: "none",
    ...(sla !== undefined && { sla }),
    tell: tellOf(draft, row),
    ...(signature !== "" && { signature }),
  };
}

/** osTicket's departments may share one address. Here each needs one of its own: a plus address reaches the shared mailbox. */
function madeUpAddress(draft: Draft, row: OsRow, key: string, path: string[]): EmailAddress {
  const shared =
    addressOf(rowById(draft.tables, "email", textOf(row, "email_id"))) ??
    addressOf(rowById(draft.tables, "email", configValue(draft.tables, "default_email_id"))) ??
    rowsOf(draft.tables, "email").flatMap((one) => addressOf(one) ?? [])[0];
  const made = (
    shared === undefined ? `${key}@example.com` : `${localPartOf(shared)}+${key}@${domainOf(shared)}`
  ) as EmailAddress;
  remark(
    draft,
    "department",
    row,
    [...path, "address"],
    shared === undefined
      ? `has no address in osTicket, and neither has anything else. ${made} is made up: write its real address.`
      : `shares ${shared} with another department. In Postern each has an address of its own: ${made} was made up. Write a real one, or keep it if your mail server takes plus addresses.`,
  );
  return made;
}

/** Whom osTicket alerts: settings of the whole desk, in the words of `tell`. */
function tellOf(draft: Draft, row: OsRow): Record<string, unknown> {
  const on = (key: string): boolean => configNumber(draft.tables, key) === 1;
  const who = (alert: string, people: Readonly<Record<string, string>>): string | string[] => {
    const told = on(`${alert}_active`)
      ? [...new Set(Object.entries(people).flatMap(([key, one]) => (on(`${alert}_${key}`) ? [one] : [])))]
      : [];
    return told.length === 1 ? told[0]! : told.length === 0 ? "none" : told;
  };
  const off = numberOf(row, "group_membership") === ALERTS_OFF;
  return {
    new: off ? "none" : who("ticket_alert", { dept_manager: "lead", dept_members: "members" }),
    customer_reply: who("message_alert", { assigned: "assignee", laststaff: "assignee", dept_manager: "lead" }),
    assigned: who("assigned_alert", { staff: "assignee" }),
    overdue: who("overdue_alert", { assigned: "assignee", dept_manager: "lead", dept_members: "members" }),
  };
}

function signatureOf(draft: Draft, row: OsRow, path: string[]): string {
  const { text, unknown } = toLiquid(textOf(row, "signature"), "signature");
  if (text.length > LONGEST_SIGNATURE || unknown.length > 0) {
    const why = unknown.length > 0 ? `names ${unknown.join(", ")}, which Postern has not` : "is too long";
    remark(draft, "department", row, path, `has a signature that ${why}. It was left out; write it as \`signature\`.`);
    return "";
  }
  return text;
}

/** Agents who have to be in a department that nobody works in: its manager, else the administrators. */
export function standInsFor(draft: Draft, department: OsRow): string[] {
  const manager = draft.keys.staff.get(textOf(department, "manager_id"));
  if (manager !== undefined) return [manager];
  const staff = rowsOf(draft.tables, "staff");
  const admins = staff.filter((one) => numberOf(one, "isadmin") === 1);
  const found = (admins.length > 0 ? admins : staff).flatMap(
    (one) => draft.keys.staff.get(textOf(one, "staff_id")) ?? [],
  );
  return found.slice(0, admins.length > 0 ? undefined : 1);
}
