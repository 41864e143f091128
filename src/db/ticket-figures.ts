/** Figures of tickets within an agent's sight: how many of what, a row a department and a row an agent. */
import type { Sight } from "../desk/sight.ts";
import type { Db } from "./connect.ts";
import { DUE, joined, withinSight } from "./ticket-sight.ts";

export type Figures = {
  readonly open: number;
  readonly overdue: number;
  readonly unassigned: number;
  /** Open, and it is our turn. */
  readonly waiting: number;
  readonly pending: number;
  readonly snoozed: number;
  readonly closedToday: number;
  readonly closedThisWeek: number;
};

/** UTC ms: now, and when the local day and the local week began. */
export type Since = { readonly now: number; readonly dayBegan: number; readonly weekBegan: number };

const NAMES = {
  open: "ticket.status = 'open'",
  overdue: `ticket.status <> 'closed' and ticket.waiting_for = 'us' and ${DUE} < ?`,
  unassigned: "ticket.status <> 'closed' and ticket.assignee_id is null",
  waiting: "ticket.status = 'open' and ticket.waiting_for = 'us'",
  pending: "ticket.status = 'pending'",
  snoozed: "ticket.status = 'snoozed'",
  closedToday: "ticket.status = 'closed' and ticket.closed_at >= ?",
  closedThisWeek: "ticket.status = 'closed' and ticket.closed_at >= ?",
} as const satisfies Record<keyof Figures, string>;

/** By key; the key "" of agents is nobody. Without spam. */
export async function figures(
  db: Db,
  by: "department" | "agent",
  sight: Sight,
  since: Since,
): Promise<Map<string, Figures>> {
  const values: Partial<Record<string, number>> = {
    overdue: since.now,
    closedToday: since.dayBegan,
    closedThisWeek: since.weekBegan,
  };
  const query = withinSight(joined(db), sight).where("ticket.spam", 0).groupBy(`${by}.key`).select(`${by}.key as key`);
  for (const [name, test] of Object.entries(NAMES)) {
    const given = values[name] === undefined ? [] : [values[name]];
    query.select(db.raw(`sum(case when ${test} then 1 else 0 end) as ??`, [...given, name]));
  }
  const rows: ({ key: string | null } & Record<keyof Figures, number>)[] = await query;
  const names = Object.keys(NAMES) as (keyof Figures)[];
  const read = (row: (typeof rows)[number]) => Object.fromEntries(names.map((name) => [name, Number(row[name] ?? 0)]));
  return new Map(rows.map((row) => [row.key ?? "", read(row) as Figures]));
}

/** Mails that wait or failed, of tickets within sight: how many in each state. Notifications to agents count too. */
export async function troubledMails(db: Db, sight: Sight, now: number): Promise<Record<string, number>> {
  const rows: { state: string; n: number }[] = await withinSight(joined(db), sight)
    .join("delivery", "delivery.ticket_id", "ticket.id")
    .where((states) =>
      states
        .whereIn("delivery.state", ["rejected", "uncertain", "sending"])
        .orWhere((late) => late.where("delivery.state", "pending").where("delivery.attempts", ">", 0)),
    )
    .where("delivery.created_at", ">=", now - 30 * 24 * 3600_000)
    .groupBy("delivery.state")
    .select("delivery.state as state", db.raw("count(*) as n"));
  return Object.fromEntries(rows.map(({ state, n }) => [state, Number(n)]));
}
