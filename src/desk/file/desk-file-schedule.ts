/** A schedule between the desk file and `Schedule`: `days` with `hours`, or `hours` by days where they differ. */
import { z } from "zod";
import { list, scalar, section, Wrong } from "../../yaml/fields.ts";
import { show, type Path, type Problem } from "../../yaml/problem.ts";
import { fileBeside, isCalendarName, MAX_CALENDAR, type Beside } from "./desk-file-beside.ts";
import { timeZoneField } from "./desk-file-general.ts";
import { MAX_HOLIDAYS, readHolidays } from "./desk-file-holidays.ts";
import {
  formatDays,
  formatHours,
  inOrder,
  isDate,
  overlap,
  parseDays,
  parseHours,
  toIntervals,
  workingDayMinutes,
} from "./desk-file-hours.ts";
import { textsOf, type Keys } from "./desk-file-plain.ts";
import { given } from "./desk-file-shape.ts";
import type { Schedule } from "../types.ts";

type Hours = { readonly from: number; readonly to: number };

const DAYS_HINT = "mon-fri or mon,wed";
const HOURS_HINT =
  '"09:00-17:30", a list of such when there is a break, or a map of days: { mon-thu: "09:00-17:30", fri: "09:00-15:00" }. Past midnight is two entries';
const HOLIDAYS_HINT = "dates or a calendar file, e.g. [2026-12-25, holidays.ics]";

/** One entry of `schedules:`. */
export const scheduleSection = (beside: Beside) =>
  section({
    days: list(scalar("a day", DAYS_HINT, parseDays)).optional(),
    hours: z.unknown().transform((input, context) => {
      const { hours, problems } = readHours(input);
      for (const problem of problems)
        context.issues.push({ code: "custom", input, ...problem, path: [...problem.path] });
      return hours;
    }),
    holidays: list(scalar("a date", HOLIDAYS_HINT, (input) => holiday(input, beside))).default([]),
    time_zone: timeZoneField().optional(),
  }).transform((file, context): Omit<Schedule, "key"> => {
    const fail = (message: string, path: string[]): never => {
      context.issues.push({ code: "custom", message, path, input: file });
      return z.NEVER;
    };
    const byDay = file.hours.some(({ days }) => days !== undefined);
    if (byDay && file.days !== undefined)
      return fail("stands beside hours that name their days. Take it out.", ["days"]);
    if (!byDay && file.days === undefined) return fail(`is missing. Write ${DAYS_HINT}.`, ["days"]);
    const holidays = [...new Set(file.holidays.flat())].sort();
    if (holidays.length > MAX_HOLIDAYS)
      return fail(`are ${holidays.length} days. Write at most ${MAX_HOLIDAYS}.`, ["holidays"]);
    return {
      intervals: intervalsOf(file.days?.flat() ?? [], file.hours),
      holidays,
      ...given({ timeZone: file.time_zone }),
    };
  });

export const toSchedule = (key: string, schedule: Omit<Schedule, "key">): Schedule => ({ key, ...schedule });

/** Hours of one day that share a minute; looks at the plain values, whatever else is wrong with the schedule. */
export function overlapProblem(schedule: Keys, path: Path): Problem[] {
  const both = overlap(plainIntervals(schedule));
  return both === undefined
    ? []
    : [{ path: [...path, "hours"], message: `${both}. Write hours that do not share a minute.` }];
}

/** One working day of it in minutes, from the plain values; that of `always` where there is none. */
export const plainWorkingDay = (schedule: Keys): number =>
  workingDayMinutes({ key: "", intervals: plainIntervals(schedule), holidays: [] });

function plainIntervals(schedule: Keys): Schedule["intervals"] {
  const days = textsOf(schedule["days"]).flatMap((text) => parseDays(text) ?? []);
  return intervalsOf(days, readHours(schedule["hours"]).hours);
}

function intervalsOf(days: readonly number[], hours: readonly HoursOfDays[]): Schedule["intervals"] {
  const sorted = [...new Set(days)].sort((a, b) => a - b);
  return inOrder(hours.flatMap((entry) => toIntervals(entry.days ?? sorted, entry.hours)));
}

function holiday(input: string, beside: Beside): readonly string[] | Wrong | undefined {
  if (isDate(input)) return [input];
  if (!isCalendarName(input)) return undefined;
  const bytes = fileBeside(beside, input, MAX_CALENDAR);
  if (bytes instanceof Wrong) return bytes;
  const read = readHolidays(bytes, beside.now);
  return "dates" in read ? read.dates : new Wrong(`${input} ${read.problem}. Write ${HOLIDAYS_HINT}.`);
}

type HoursOfDays = { readonly days?: readonly number[]; readonly hours: readonly Hours[] };
type Read = { readonly hours: HoursOfDays[]; readonly problems: { path: (string | number)[]; message: string }[] };

function readHours(input: unknown): Read {
  const problems: Read["problems"] = [];
  const fail = (path: (string | number)[], message: string): void => void problems.push({ path, message });
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
    return { hours: [], problems };
  }
  if (typeof input !== "object" || Array.isArray(input)) return { hours: [{ hours: read(input, []) }], problems };
  const hours = Object.entries(input as Record<string, unknown>).map(([key, value]) => {
    const days = parseDays(key);
    if (days === undefined) fail([key], `${show(key)} is not days. Write ${DAYS_HINT}.`);
    return { days: days ?? [], hours: read(value, [key]) };
  });
  return { hours, problems };
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
  const rest = {
    ...(schedule.holidays.length > 0 && { holidays: schedule.holidays }),
    ...(schedule.timeZone !== undefined && { time_zone: schedule.timeZone }),
  };
  if (groups.length === 1) return { ...groups[0], ...rest };
  return { hours: Object.fromEntries(groups.map(({ days, hours }) => [days, hours])), ...rest };
}
