/** Working hours and the durations that are counted in them, as a desk file writes them. */
import { parseDuration } from "../../yaml/units.ts";
import type { Schedule } from "../types.ts";

export const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
/** The built-in schedule: every hour of every day. A desk does not list it: a schedule it does not know is this one. */
export const ALWAYS = "always";

type Interval = Schedule["intervals"][number];

const MINUTES_A_DAY = 1_440;

/** `mon-fri`, `mon,wed`, `fri-mon` (over the weekend) -> ISO days in order; undefined when a word is no day. */
export function parseDays(text: string): number[] | undefined {
  const days = new Set<number>();
  for (const part of text.toLowerCase().split(",")) {
    const [first, last = first] = part
      .split("-")
      .map((word) => DAYS.indexOf(word.trim().slice(0, 3) as (typeof DAYS)[number]) + 1);
    const words = part.split("-").map((word) => word.trim());
    if (words.length > 2 || !words.every(isDay) || first === undefined || last === undefined) return undefined;
    for (let day = first; ; day = (day % 7) + 1) {
      days.add(day);
      if (day === last) break;
    }
  }
  return [...days].sort((a, b) => a - b);
}

const LONG = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const isDay = (word: string): boolean => (DAYS as readonly string[]).includes(word) || LONG.includes(word);

/** Days as `mon-fri` or `mon,wed`. */
export function formatDays(days: readonly number[]): string {
  const runs: string[] = [];
  for (let n = 0; n < days.length;) {
    let end = n;
    while (end + 1 < days.length && days[end + 1] === days[end]! + 1) end++;
    const [first, last] = [DAYS[days[n]! - 1]!, DAYS[days[end]! - 1]!];
    if (end - n >= 2) runs.push(`${first}-${last}`);
    else runs.push(...days.slice(n, end + 1).map((day) => DAYS[day - 1]!));
    n = end + 1;
  }
  return runs.join(",");
}

/** `09:00-17:30` -> minutes from midnight, end exclusive (`24:00` = midnight); undefined when it is none or ends before it begins. */
export function parseHours(text: string): { from: number; to: number } | undefined {
  const parts = /^\s*(\d{1,2}):([0-5]\d)\s*-\s*(\d{1,2}):([0-5]\d)\s*$/.exec(text);
  if (parts === null) return undefined;
  const from = Number(parts[1]) * 60 + Number(parts[2]);
  const to = Number(parts[3]) * 60 + Number(parts[4]);
  return from < to && to <= MINUTES_A_DAY ? { from, to } : undefined;
}

/** `08:00` -> minutes from midnight, 23:59 at most; undefined when it is no time of day. */
export function parseClock(text: string): number | undefined {
  const parts = /^\s*(\d{1,2}):([0-5]\d)\s*$/.exec(text);
  const minute = Number(parts?.[1]) * 60 + Number(parts?.[2]);
  return minute < MINUTES_A_DAY ? minute : undefined;
}

/** Minutes from midnight as `08:00`. */
export const formatClock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

export const formatHours = (interval: { from: number; to: number }): string =>
  `${formatClock(interval.from)}-${formatClock(interval.to)}`;

/** Every interval on every day, by day and beginning. */
export function toIntervals(days: readonly number[], hours: readonly { from: number; to: number }[]): Interval[] {
  return days.flatMap((day) => hours.map(({ from, to }) => ({ day, from, to })));
}

export const inOrder = (intervals: readonly Interval[]): Interval[] =>
  [...intervals].sort((a, b) => a.day - b.day || a.from - b.from || a.to - b.to);

/** Two intervals of one day that share a minute, as their text; undefined when there are none. */
export function overlap(intervals: readonly Interval[]): string | undefined {
  const sorted = inOrder(intervals);
  for (let n = 1; n < sorted.length; n++) {
    const [before, after] = [sorted[n - 1]!, sorted[n]!];
    if (before.day === after.day && after.from < before.to)
      return `${formatHours(before)} and ${formatHours(after)} overlap on ${DAYS[before.day - 1]}`;
  }
  return undefined;
}

/** A real date of the calendar as `2026-12-25`. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === text;
}

/** One working day of a schedule in minutes: its week divided by its days, 510 for mon-fri 09:00-17:30; 1440 for `always`. */
export function workingDayMinutes(schedule: Schedule | undefined): number {
  if (schedule === undefined || schedule.intervals.length === 0) return MINUTES_A_DAY;
  const days = new Set(schedule.intervals.map(({ day }) => day)).size;
  const week = schedule.intervals.reduce((sum, { from, to }) => sum + to - from, 0);
  return Math.max(1, Math.round(week / days));
}

/** `4h`, `90m`, `3d` -> minutes of the schedule, a day being one working day of it; undefined when it is no such duration. */
export function parseWorkingTime(text: string, dayMinutes: number): number | undefined {
  const parts = /^(?:(\d{1,4})d)?((?:\d{1,6}[hm])*)$/.exec(text.trim().toLowerCase());
  if (parts === null || parts[0] === "") return undefined;
  const rest = parts[2] === "" ? 0 : parseDuration(parts[2]!);
  return rest === undefined ? undefined : Number(parts[1] ?? 0) * dayMinutes + rest / 60_000;
}

const MOST_DAYS = 9_999;

/** Minutes as `1d`, `3d` when they are whole working days, else `4h`, `1h30m`. */
export function formatWorkingTime(minutes: number, dayMinutes: number): string {
  const days = minutes / dayMinutes;
  if (days >= 1 && days <= MOST_DAYS && Number.isInteger(days)) return `${days}d`;
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return `${hours > 0 ? `${hours}h` : ""}${rest > 0 || hours === 0 ? `${rest}m` : ""}`;
}
