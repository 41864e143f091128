/**
 * The oracle for working time: the local clock of a zone, asked for every single minute of some days, and counting by
 * walking those minutes. It shares nothing with what it judges: no offsets, no days, no intervals merged.
 */
import type { Schedule } from "../../../src/desk/types.ts";

export const MINUTE = 60_000;

/** Every minute from `from` on as the wall clock shows it. */
export type Minutes = {
  readonly from: number;
  /** ISO weekday, 1 = Monday. */
  readonly weekday: readonly number[];
  readonly minuteOfDay: readonly number[];
  readonly date: readonly string[];
};

const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** Asks Intl, one minute after the other; `from` is the start of a minute in UTC milliseconds. */
export function wallClock(timeZone: string, from: number, length: number): Minutes {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    weekday: "short",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  });
  const [weekday, minuteOfDay, date]: [number[], number[], string[]] = [[], [], []];
  for (let n = 0; n < length; n++) {
    const [, day, month, dayOfMonth, year, hour, minute] =
      /^(\w+), (\d+)\/(\d+)\/(\d+), (\d+):(\d+)$/.exec(format.format(from + n * MINUTE)) ?? [];
    weekday.push(DAYS.indexOf(day!) + 1);
    minuteOfDay.push(Number(hour) * 60 + Number(minute));
    date.push(`${year}-${month}-${dayOfMonth}`);
  }
  return { from, weekday, minuteOfDay, date };
}

/** Whether somebody works in the minute with this number. */
export function isWorked(
  { weekday, minuteOfDay, date }: Minutes,
  n: number,
  { intervals, holidays }: Schedule,
): boolean {
  const minute = minuteOfDay[n]!;
  const inside = intervals.some(({ day, from, to }) => day === weekday[n] && from <= minute && minute < to);
  return inside && !holidays.includes(date[n]!);
}

/** How many of the minutes from one number to another, end exclusive, `counts` says yes to. */
export function countMinutes(from: number, to: number, counts: (n: number) => boolean): number {
  let count = 0;
  for (let n = from; n < to; n++) if (counts(n)) count++;
  return count;
}

/** The number of the minute with which so many are full; undefined when they are not before `end`. */
export function walkMinutes(
  from: number,
  end: number,
  wanted: number,
  counts: (n: number) => boolean,
): number | undefined {
  let left = wanted;
  for (let n = from; left > 0; n++) {
    if (n >= end) return undefined;
    if (counts(n)) left--;
    if (left === 0) return n + 1;
  }
  return from;
}
