/** A schedule between the desk file and `Schedule`: `days` with `hours`, or `hours` by days where they differ. */
import { z } from "zod";
import { list, scalar, section, Wrong } from "../yaml/fields.ts";
import { show } from "../yaml/problem.ts";
import {
  formatDays,
  formatHours,
  inOrder,
  isDate,
  overlap,
  parseDays,
  parseHours,
  toIntervals,
} from "./desk-file-hours.ts";
import type { Schedule } from "./types.ts";

type Hours = { readonly from: number; readonly to: number };

const DAYS_HINT = "mon-fri or mon,wed";
const HOURS_HINT =
  '"09:00-17:30", a list of such when there is a break, or a map of days: { mon-thu: "09:00-17:30", fri: "09:00-15:00" }. Past midnight is two entries';

/** One entry of `schedules:`. */
export const scheduleSection = () =>
  section({
    days: list(scalar("a day", DAYS_HINT, parseDays)).optional(),
    hours: z.unknown().transform(readHours),
    holidays: list(scalar("a date", "dates, e.g. [2026-12-25, 2027-01-01]", holiday)).default([]),
  }).transform((file, context): Omit<Schedule, "key"> => {
    const fail = (message: string, path: string[]): never => {
      context.issues.push({ code: "custom", message, path, input: file });
      return z.NEVER;
    };
    const byDay = file.hours.some(({ days }) => days !== undefined);
    if (byDay && file.days !== undefined)
      return fail("stands beside hours that name their days. Take it out.", ["days"]);
    if (!byDay && file.days === undefined) return fail(`is missing. Write ${DAYS_HINT}.`, ["days"]);
    const days = [...new Set(file.days?.flat())].sort((a, b) => a - b);
    const intervals = inOrder(file.hours.flatMap((entry) => toIntervals(entry.days ?? days, entry.hours)));
    const both = overlap(intervals);
    if (both !== undefined) return fail(`${both}. Write hours that do not share a minute.`, ["hours"]);
    return { intervals, holidays: [...new Set(file.holidays)].sort() };
  });

export const toSchedule = (key: string, schedule: Omit<Schedule, "key">): Schedule => ({ key, ...schedule });

function holiday(input: string): string | Wrong | undefined {
  if (input.endsWith(".ics"))
    return new Wrong(
      "holidays from a calendar file are not supported yet. Write dates, e.g. [2026-12-25, 2027-01-01].",
    );
  return isDate(input) ? input : undefined;
}

type HoursOfDays = { readonly days?: readonly number[]; readonly hours: readonly Hours[] };

function readHours(input: unknown, context: z.core.$RefinementCtx): HoursOfDays[] {
  const fail = (path: (string | number)[], message: string): void =>
    void context.issues.push({ code: "custom", path, message, input });
  const read = (value: unknown, path: (string | number)[]): Hours[] =>
    (Array.isArray(value) ? value : [value]).flatMap((entry, n) => {
      const hours = typeof entry === "string" ? parseHours(entry) : undefined;
      if (hours === undefined)
        fail(
          Array.isArray(value) ? [...path, n] : path,
          `${entry === undefined ? "an empty value" : show(entry)} is not working hours. Write ${HOURS_HINT}.`,
        );
      return hours ?? [];
    });
  if (input === undefined || (Array.isArray(input) && input.length === 0)) {
    fail([], `is missing. Write ${HOURS_HINT}.`);
    return [];
  }
  if (typeof input !== "object" || Array.isArray(input)) return [{ hours: read(input, []) }];
  return Object.entries(input as Record<string, unknown>).map(([key, value]) => {
    const days = parseDays(key);
    if (days === undefined) fail([key], `${show(key)} is not days. Write ${DAYS_HINT}.`);
    return { days: days ?? [], hours: read(value, [key]) };
  });
}

/** A schedule as the desk file writes it. */
export function writeSchedule(schedule: Schedule): Record<string, unknown> {
  const byHours = new Map<string, number[]>();
  for (let day = 1; day <= 7; day++) {
    const hours = schedule.intervals.filter((interval) => interval.day === day).map(formatHours);
    if (hours.length > 0) byHours.set(hours.join(" "), [...(byHours.get(hours.join(" ")) ?? []), day]);
  }
  const groups = [...byHours].map(([hours, days]) => ({
    days: formatDays(days),
    hours: hours.includes(" ") ? hours.split(" ") : hours,
  }));
  const holidays = schedule.holidays.length > 0 ? { holidays: schedule.holidays } : {};
  if (groups.length === 1) return { ...groups[0], ...holidays };
  return { hours: Object.fromEntries(groups.map(({ days, hours }) => [days, hours])), ...holidays };
}
