/** osTicket's schedules: business hours as weekly intervals, holiday schedules as the dates they mean. */
import { formatDays, formatHours, inOrder } from "../file/desk-file-hours.ts";
import { originOf, remark, rowById, type Draft } from "./osticket-draft.ts";
import { isTimeZone } from "./osticket-general.ts";
import { configValue, hasFlag, jsonOf, numberOf, rowsOf, rowsWith, textOf, type OsRow } from "./osticket-tables.ts";
import type { Schedule } from "../types.ts";

type Interval = Schedule["intervals"][number];

export const BUSINESS_HOURS = 0x0001;
/** Holidays are dates in the desk file: this year's and those of two more. */
const YEARS = 3;
const MIDNIGHT = 1_440;
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];

/** Schedules that have weekly hours: the others cannot stand in a desk file, and count as every hour of every day. */
export const hasHours = (draft: Pick<Draft, "tables">, row: OsRow): boolean =>
  hasFlag(row, BUSINESS_HOURS) && entriesOf(draft, row).some((entry) => weekly(entry).length > 0);

/** The section `schedules` of the desk file. */
export function schedules(draft: Draft): Record<string, unknown> {
  const section: Record<string, unknown> = {};
  for (const row of rowsOf(draft.tables, "schedule").filter((one) => hasFlag(one, BUSINESS_HOURS))) {
    const key = draft.keys.schedule.get(textOf(row, "id"));
    if (key === undefined) {
      const text = "has no weekly hours and was left out. What used it counts every hour (`always`).";
      remark(draft, "schedule", row, [], text);
      continue;
    }
    const path = ["schedules", key];
    originOf(draft, "schedule", row, path);
    section[key] = oneSchedule(draft, row, path);
  }
  return section;
}

function oneSchedule(draft: Draft, row: OsRow, path: string[]): Record<string, unknown> {
  for (const entry of entriesOf(draft, row).filter((one) => weekly(one).length === 0))
    remark(
      draft,
      "schedule_entry",
      entry,
      path,
      `repeats “${textOf(entry, "repeats")}”: working hours of Postern are weekly. It was left out; write the day's hours in if it matters.`,
    );
  const intervals = merged(entriesOf(draft, row).flatMap(weekly));
  const holidays = [...new Set(holidaysOf(draft, row, path))].sort();
  const zone = textOf(row, "timezone");
  const odd = zone !== "" && !isTimeZone(zone);
  if (odd) remark(draft, "schedule", row, path, `has the time zone “${zone}”, which there is not. The desk's counts.`);
  return {
    ...hoursOf(intervals),
    ...(holidays.length > 0 && { holidays }),
    ...(zone !== "" && !odd && zone !== draft.timeZone && { time_zone: zone }),
  };
}

const entriesOf = (draft: Pick<Draft, "tables">, row: OsRow): readonly OsRow[] =>
  rowsWith(draft.tables, "schedule_entry", "schedule_id", textOf(row, "id"));

/** The intervals of a week; none when the entry does not come every week. Over midnight they are two. */
function weekly(entry: OsRow): Interval[] {
  const from = minutes(textOf(entry, "starts_at")) ?? 0;
  const to = minutes(textOf(entry, "ends_at"), true) ?? MIDNIGHT;
  return daysOf(entry).flatMap((one) => {
    if (from < to) return [{ day: one, from, to }];
    const next = { day: (one % 7) + 1, from: 0, to };
    return to === 0 || from === to ? [{ day: one, from, to: MIDNIGHT }] : [{ day: one, from, to: MIDNIGHT }, next];
  });
}

function daysOf(entry: OsRow): number[] {
  const day = numberOf(entry, "day");
  switch (textOf(entry, "repeats")) {
    case "daily":
      return EVERY_DAY;
    case "weekdays":
      return EVERY_DAY.slice(0, 5);
    case "weekends":
      return EVERY_DAY.slice(5);
    case "weekly":
      return day >= 1 && day <= 7 ? [day] : [];
    default:
      return [];
  }
}

/** `08:30:00` -> 510; an end at 23:59 is the end of the day. */
function minutes(text: string, end = false): number | undefined {
  const parts = /^(\d{1,2}):(\d{2})/.exec(text);
  if (parts === null) return undefined;
  const minute = Number(parts[1]) * 60 + Number(parts[2]);
  return end && minute === MIDNIGHT - 1 ? MIDNIGHT : Math.min(minute, MIDNIGHT);
}

/** Intervals of one day that touch or overlap become one: the desk file wants them apart. */
function merged(intervals: readonly Interval[]): Interval[] {
  const whole: Interval[] = [];
  for (const next of inOrder(intervals)) {
    const last = whole.at(-1);
    if (last === undefined || last.day !== next.day || next.from > last.to) whole.push(next);
    else whole[whole.length - 1] = { ...last, to: Math.max(last.to, next.to) };
  }
  return whole;
}

/** `days` and `hours`, or `hours` by days where they differ. */
function hoursOf(intervals: readonly Interval[]): Record<string, unknown> {
  const byHours = new Map<string, number[]>();
  for (const day of EVERY_DAY) {
    const hours = intervals.filter((interval) => interval.day === day).map(formatHours);
    if (hours.length > 0) byHours.set(hours.join(" "), [...(byHours.get(hours.join(" ")) ?? []), day]);
  }
  const groups = [...byHours].map(([hours, days]) => ({
    days: formatDays(days),
    hours: hours.includes(" ") ? hours.split(" ") : hours,
  }));
  if (groups.length === 1) return groups[0]!;
  return { hours: Object.fromEntries(groups.map(({ days, hours }) => [days, hours])) };
}

/** The dates of the holiday schedules that a schedule names in its configuration. */
function holidaysOf(draft: Draft, row: OsRow, path: string[]): string[] {
  const named = jsonOf(configValue(draft.tables, "configuration", `schedule.${textOf(row, "id")}`))?.["holidays"];
  const ids = Array.isArray(named) ? named.map(String) : Object.values(Object(named ?? {})).map(String);
  const firstYear = new Date(draft.now).getUTCFullYear();
  return ids.flatMap((id) => {
    const holidays = rowById(draft.tables, "schedule", id);
    if (holidays === undefined || id === textOf(row, "id")) return [];
    const entries = entriesOf(draft, holidays);
    const repeats = entries.some((entry) => textOf(entry, "repeats") !== "never");
    if (repeats)
      remark(
        draft,
        "schedule",
        holidays,
        path,
        `was written as dates until ${firstYear + YEARS - 1}. Add later years in time, or name a calendar file: holidays: [holidays.ics].`,
      );
    return entries.flatMap((entry) => datesOf(draft, entry, firstYear, path));
  });
}

function datesOf(draft: Draft, entry: OsRow, firstYear: number, path: string[]): string[] {
  const [from, to] = [minutes(textOf(entry, "starts_at")) ?? 0, minutes(textOf(entry, "ends_at"), true) ?? MIDNIGHT];
  if (to - from < MIDNIGHT) {
    const text = "is a holiday of some hours only. Holidays of Postern are whole days; it was left out.";
    remark(draft, "schedule_entry", entry, path, text);
    return [];
  }
  const stops = textOf(entry, "stops_on").slice(0, 10);
  const years = Array.from({ length: YEARS }, (_, n) => firstYear + n);
  const dates = occurrences(entry, years);
  if (dates === undefined) {
    remark(
      draft,
      "schedule_entry",
      entry,
      path,
      "is a holiday whose date could not be worked out. Write its dates in.",
    );
    return [];
  }
  const begins = textOf(entry, "starts_on");
  return dates.filter(
    (date) => date >= `${firstYear}-01-01` && (!/^[1-9]/.test(stops) || date <= stops) && date >= begins,
  );
}

function occurrences(entry: OsRow, years: readonly number[]): string[] | undefined {
  const repeats = textOf(entry, "repeats");
  const [month, week, day] = [numberOf(entry, "month"), numberOf(entry, "week"), numberOf(entry, "day")];
  if (repeats === "never") return isRealDate(textOf(entry, "starts_on")) ? [textOf(entry, "starts_on")] : undefined;
  const months = repeats === "monthly" ? [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] : [month];
  if (!["monthly", "yearly"].includes(repeats) || months.some((one) => one < 1 || one > 12) || day < 1)
    return undefined;
  return years.flatMap((year) =>
    months.flatMap((one) => (week === 0 ? dateOf(year, one, day) : weekdayOf(year, one, week, day))),
  );
}

const isRealDate = (text: string): boolean => /^[1-9]\d{3}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));

/** That day, where the month has it. */
function dateOf(year: number, month: number, day: number): string[] {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 ? [date.toISOString().slice(0, 10)] : [];
}

/** The third Monday (week 3, day 1) or the last (week -1) of a month; days count from Monday. */
function weekdayOf(year: number, month: number, week: number, day: number): string[] {
  const first = new Date(Date.UTC(year, month - 1, 1)).getUTCDay() || 7;
  const days = [1, 8, 15, 22, 29].map((one) => one + ((day - first + 7) % 7));
  const dates = days.flatMap((one) => dateOf(year, month, one));
  const found = week === -1 ? dates.at(-1) : dates[week - 1];
  return found === undefined ? [] : [found];
}
