/** osTicket's SLA plans: one grace period each, counted in the hours of a schedule. */
import { ALWAYS } from "../file/desk-file-hours.ts";
import { freeKey, originOf, remark, rowById, type Draft, type UsedKeys } from "./osticket-draft.ts";
import { configValue, hasFlag, numberOf, rowsOf, textOf, type OsRow, type OsTables } from "./osticket-tables.ts";

const [ACTIVE, NO_ALERTS] = [0x0001, 0x0004];

/** Before flags there was a column of its own. */
export const isActivePlan = (row: OsRow): boolean =>
  (row["isactive"] === undefined ? hasFlag(row, ACTIVE) : numberOf(row, "isactive") === 1) &&
  numberOf(row, "grace_period") > 0;

/** The section `sla`: the plans, and one more for each department that counts a plan in hours of its own. */
export function plans(draft: Draft): Record<string, unknown> {
  const section: Record<string, unknown> = {};
  for (const row of rowsOf(draft.tables, "sla")) {
    const key = draft.keys.sla.get(textOf(row, "id"));
    if (key === undefined) {
      const why = numberOf(row, "grace_period") > 0 ? "is not active" : "has no grace period";
      remark(draft, "sla", row, [], `${why} and was left out.`);
      continue;
    }
    const path = ["sla", key];
    originOf(draft, "sla", row, path);
    section[key] = planWith(row, scheduleOf(draft, row));
    if (hasFlag(row, NO_ALERTS))
      remark(
        draft,
        "sla",
        row,
        path,
        "sends no overdue alerts. In Postern departments say who is told: `tell: { overdue: none }`.",
      );
  }
  if (Object.keys(section).length > 0)
    draft.comments.push({
      path: ["sla"],
      text: "osTicket has one time for a ticket, Postern two: shorten `respond` to the time you promise for a first answer.",
    });
  return { ...section, ...departmentPlans(draft) };
}

const planWith = (row: OsRow, schedule: string): Record<string, unknown> => {
  const time = `${numberOf(row, "grace_period")}h`;
  return { respond: time, resolve: time, during: schedule };
};

/** The schedule that a plan names, else the system's, else every hour. */
function scheduleOf(draft: Draft, row: OsRow): string {
  const own = draft.keys.schedule.get(textOf(row, "schedule_id"));
  return own ?? draft.keys.schedule.get(configValue(draft.tables, "schedule_id")) ?? ALWAYS;
}

/** In osTicket the schedule of a department goes before the plan's. */
function ownHours(draft: Draft, department: OsRow): { plan: OsRow; key: string; schedule: string } | undefined {
  const schedule = draft.keys.schedule.get(textOf(department, "schedule_id"));
  const plan = planRow(draft.tables, department);
  const key = draft.keys.sla.get(textOf(plan, "id"));
  if (schedule === undefined || plan === undefined || key === undefined) return undefined;
  return schedule === scheduleOf(draft, plan) ? undefined : { plan, key, schedule };
}

const planRow = (tables: OsTables, department: OsRow): OsRow | undefined =>
  rowById(tables, "sla", textOf(department, "sla_id")) ?? rowById(tables, "sla", configValue(tables, "default_sla_id"));

const variants = new WeakMap<Draft, ReadonlyMap<string, string>>();

/** Keys of those plans by plan and schedule, the same whoever asks. */
function variantKeys(draft: Draft): ReadonlyMap<string, string> {
  const known = variants.get(draft) ?? newVariantKeys(draft);
  variants.set(draft, known);
  return known;
}

function newVariantKeys(draft: Draft): ReadonlyMap<string, string> {
  const used: UsedKeys = new Map([...draft.keys.sla.values()].map((key) => [key, 1]));
  const keys = new Map<string, string>();
  for (const department of rowsOf(draft.tables, "department")) {
    const own = draft.keys.department.has(textOf(department, "id")) ? ownHours(draft, department) : undefined;
    if (own === undefined || keys.has(`${own.key} ${own.schedule}`)) continue;
    keys.set(`${own.key} ${own.schedule}`, freeKey(`${own.key}-${own.schedule}`.slice(0, 40).replace(/-+$/, ""), used));
  }
  return keys;
}

function departmentPlans(draft: Draft): Record<string, unknown> {
  const keys = variantKeys(draft);
  const section: Record<string, unknown> = {};
  for (const department of rowsOf(draft.tables, "department")) {
    const own = draft.keys.department.has(textOf(department, "id")) ? ownHours(draft, department) : undefined;
    const key = own && keys.get(`${own.key} ${own.schedule}`);
    if (own === undefined || key === undefined || section[key] !== undefined) continue;
    originOf(draft, "sla", own.plan, ["sla", key], `, in the hours of ${textOf(department, "name")}`);
    section[key] = planWith(own.plan, own.schedule);
  }
  return section;
}

/** The plan of a department: its own setting, or the variant in its hours. Undefined = the desk's. */
export function planOfDepartment(draft: Draft, department: OsRow): string | undefined {
  const own = ownHours(draft, department);
  return own === undefined
    ? draft.keys.sla.get(textOf(department, "sla_id"))
    : variantKeys(draft).get(`${own.key} ${own.schedule}`);
}
