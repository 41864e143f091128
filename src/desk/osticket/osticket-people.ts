/** Agents of osTicket: who they are, where they work, and which of Postern's roles comes nearest to theirs. */
import { addressOf, distinctNames, nameOf, originOf, remark, rowById, type Draft } from "./osticket-draft.ts";
import { standInsFor, type Addresses } from "./osticket-places.ts";
import { numberOf, rowsOf, rowsWith, textOf, type OsRow } from "./osticket-tables.ts";
import type { Role } from "../types.ts";

const DAY_MS = 86_400_000;
/** osTicket's vacation has no end: this many days are written, and the admin is told. */
const VACATION_DAYS = 28;

export const isActiveStaff = (row: OsRow): boolean => numberOf(row, "isactive") === 1;

/** The section `agents` of the desk file. */
export function agents(draft: Draft, owned: Addresses): Record<string, unknown> {
  const staff = rowsOf(draft.tables, "staff");
  const present = staff.filter((row) => draft.keys.staff.has(textOf(row, "staff_id")));
  for (const row of staff.filter((one) => !present.includes(one)))
    remark(draft, "staff", row, [], whyLeftOut(row, owned));
  const names = distinctNames(
    present.map((row) => ({ key: draft.keys.staff.get(textOf(row, "staff_id"))!, name: nameOf("staff", row) })),
  );
  const section = new Map(
    present.map((row) => {
      const key = draft.keys.staff.get(textOf(row, "staff_id"))!;
      return [key, oneAgent(draft, row, key, names.get(key)!)];
    }),
  );
  fillDepartments(draft, section);
  for (const row of present) giveReviewer(draft, row, section);
  return Object.fromEntries(section);
}

/** Who gets a key: active, with an address that nobody else has. */
export function withAddress(staff: readonly OsRow[], taken: ReadonlySet<string>): OsRow[] {
  const used = new Set(taken);
  return staff.filter((row) => {
    const address = addressOf(row);
    if (address === undefined || used.has(address)) return false;
    used.add(address);
    return true;
  });
}

function whyLeftOut(row: OsRow, owned: Addresses): string {
  if (!isActiveStaff(row)) return "is not active and was left out.";
  const address = addressOf(row);
  if (address === undefined) return "has no address and was left out: agents of Postern work by mail. Give them one.";
  const shared = [...owned.values()].flat().includes(address) ? "a department's" : "another agent's";
  return `was left out: ${address} is ${shared}. An agent needs an address of their own.`;
}

type AgentEntry = { name: string; emails: string[]; role?: Role; in: string[]; away?: string; reviewer?: string };

function oneAgent(draft: Draft, row: OsRow, key: string, name: string): AgentEntry {
  const path = ["agents", key];
  originOf(draft, "staff", row, path);
  const role = roleOf(draft, row, path);
  const away = numberOf(row, "onvacation") === 1 ? vacation(draft, row, path) : undefined;
  if (numberOf(row, "assigned_only") === 1)
    remark(draft, "staff", row, path, "sees only tickets assigned to them. Postern has no such limit.");
  return {
    name,
    emails: [addressOf(row)!],
    ...(role !== "agent" && { role }),
    in: departmentsOf(draft, row),
    ...(away !== undefined && { away }),
  };
}

/** The primary department, then those with extended access. */
export function departmentsOf(draft: Draft, row: OsRow): string[] {
  const extended = rowsWith(draft.tables, "staff_dept_access", "staff_id", textOf(row, "staff_id"));
  const ids = [textOf(row, "dept_id"), ...extended.map((access) => textOf(access, "dept_id"))];
  return [...new Set(ids.flatMap((id) => draft.keys.department.get(id) ?? []))];
}

/** Only who works in a department of the desk file can be given tickets. */
export function worksSomewhere(draft: Draft, staffId: string): boolean {
  const row = rowById(draft.tables, "staff", staffId);
  return row !== undefined && departmentsOf(draft, row).length > 0;
}

/** Administrators, managers of a department, and by the permissions of their role everybody else. */
function roleOf(draft: Draft, row: OsRow, path: string[]): Role {
  if (numberOf(row, "isadmin") === 1) return "admin";
  const manages = rowsWith(draft.tables, "department", "manager_id", textOf(row, "staff_id")).some((one) =>
    draft.keys.department.has(textOf(one, "id")),
  );
  if (manages) return "lead";
  const role = rowById(draft.tables, "role", textOf(row, "role_id"));
  if (role === undefined) return "agent";
  const permissions = textOf(role, "permissions");
  const may = (what: string): boolean => permissions.includes(`"${what}"`);
  if (!may("ticket.reply"))
    remark(
      draft,
      "staff",
      row,
      path,
      `may not answer in osTicket (role “${nameOf("role", role)}”). Every agent of Postern may; take them out if they only look.`,
    );
  return may("ticket.assign") || may("ticket.transfer") ? "agent" : "trainee";
}

/** A trainee's answers wait for a lead of their departments; where there is none somebody has to be named. */
function giveReviewer(draft: Draft, row: OsRow, section: ReadonlyMap<string, AgentEntry>): void {
  const key = draft.keys.staff.get(textOf(row, "staff_id"))!;
  const trainee = section.get(key)!;
  const others = [...section].filter(([, { role }]) => role !== "trainee");
  const leads = others.filter(([, one]) => one.role === "lead" && one.in.some((place) => trainee.in.includes(place)));
  if (trainee.role !== "trainee" || leads.length > 0) return;
  const [reviewer] = others.find(([, { role }]) => role === "admin" || role === "lead") ?? others[0] ?? [];
  const path = ["agents", key];
  if (reviewer === undefined) {
    delete trainee.role;
    remark(draft, "staff", row, path, "would be a trainee, and nobody could send what they write: they are an agent.");
  } else {
    trainee.reviewer = reviewer;
    const text = `is a trainee in departments without a lead. ${reviewer} was written as who sends their answers.`;
    remark(draft, "staff", row, [...path, "reviewer"], text);
  }
}

function vacation(draft: Draft, row: OsRow, path: string[]): string {
  const date = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
  const until = date(draft.now + VACATION_DAYS * DAY_MS);
  remark(
    draft,
    "staff",
    row,
    [...path, "away"],
    `is on vacation, until when osTicket does not say. ${until} was written: write the last day.`,
  );
  return `${date(draft.now)}..${until}`;
}

/** Every department of Postern has somebody; osTicket's may be empty. */
function fillDepartments(draft: Draft, section: ReadonlyMap<string, AgentEntry>): void {
  for (const row of rowsOf(draft.tables, "department")) {
    const key = draft.keys.department.get(textOf(row, "id"));
    if (key === undefined || [...section.values()].some((agent) => agent.in.includes(key))) continue;
    const standIns = standInsFor(draft, row).filter((one) => section.has(one));
    for (const one of standIns) section.get(one)!.in.push(key);
    const who = standIns.length > 0 ? `${standIns.join(", ")} was written in` : "there is nobody who could be";
    remark(draft, "department", row, ["departments", key], `has no agents in osTicket; ${who}. Write who works there.`);
  }
}
