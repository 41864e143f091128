/** When an answer and a solution are due. */
import { addBusinessMinutes } from "./business-time.ts";
import type { Desk } from "./types.ts";

export type DueTimes = { readonly respondDueAt: number | null; readonly resolveDueAt: number | null };

/**
 * Due times of a ticket opened at `openedAt` (all UTC milliseconds). Null without a plan, or when the plan's schedule
 * never works. A schedule that the desk does not define ("always") means every hour of every day.
 */
export function dueTimes(desk: Desk, sla: string | null | undefined, openedAt: number): DueTimes {
  const plan = sla === null || sla === undefined || !Object.hasOwn(desk.sla, sla) ? undefined : desk.sla[sla];
  if (plan === undefined) return { respondDueAt: null, resolveDueAt: null };
  const schedule = Object.hasOwn(desk.schedules, plan.schedule) ? desk.schedules[plan.schedule] : undefined;
  const due = (minutes: number) => {
    const at = addBusinessMinutes(openedAt, minutes, schedule, desk.timeZone);
    return Number.isFinite(at) ? at : null;
  };
  return { respondDueAt: due(plan.respondMinutes), resolveDueAt: due(plan.resolveMinutes) };
}
