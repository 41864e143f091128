/** Times as conditions see them: hours with fractions, the desk's local time, and which schedules have working time now. */
import { businessMinutesBetween } from "../sla/business-time.ts";
import type { RuleFacts } from "./facts.ts";
import type { Desk, Schedule } from "../types.ts";
import { stretchAt } from "../sla/zone-offset.ts";

export const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** In the order of the days since 1970-01-01, which was a Thursday. */
const FROM_THURSDAY = ["thu", "fri", "sat", "sun", "mon", "tue", "wed"] as const;
export const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

/** The weekday and the hour (0 to 23) of now where the desk is. */
export function localTime({ times }: RuleFacts, desk: Desk): { readonly weekday: string; readonly hour: number } {
  const local = times.now + stretchAt(times.now, desk.timeZone).offset;
  const day = Math.floor(local / DAY);
  return { weekday: FROM_THURSDAY[((day % 7) + 7) % 7]!, hour: Math.floor((local - day * DAY) / HOUR) };
}

/** Keys of the schedules that have working time at this moment, and `always`. */
export function openSchedules({ times }: RuleFacts, desk: Desk): readonly string[] {
  const open = ([, schedule]: [string, Schedule]): boolean =>
    businessMinutesBetween(times.now, times.now + 1, schedule, zoneOf(schedule, desk)) > 0;
  return [
    "always",
    ...Object.entries(desk.schedules)
      .filter(open)
      .map(([key]) => key),
  ];
}

/** Working hours of the desk's schedule since a moment; without a schedule every hour counts. No value without a moment. */
export function businessHours({ times }: RuleFacts, desk: Desk, since: number | null): readonly number[] {
  if (since === null) return [];
  const key = desk.defaults.schedule;
  const schedule = key !== undefined && Object.hasOwn(desk.schedules, key) ? desk.schedules[key] : undefined;
  return [businessMinutesBetween(since, times.now, schedule, zoneOf(schedule, desk)) / 60];
}

const zoneOf = (schedule: Schedule | undefined, desk: Desk): string => schedule?.timeZone ?? desk.timeZone;

/** Hours to the earlier of the due times that are still open. */
export function dueHours({ times }: RuleFacts): readonly number[] {
  const due = [times.respondDueAt, times.resolveDueAt].filter((at) => at !== null);
  return due.length === 0 ? [] : [(Math.min(...due) - times.now) / HOUR];
}
