/**
 * Working time. A moment is business time when the local clock shows a time inside one of the schedule's intervals for
 * that weekday and the local date is no holiday. So a day on which the clock goes forward is as much shorter, and one
 * on which it goes back as much longer, as the people at work would find it. A schedule's own time zone counts, else the
 * desk's. No schedule = always.
 */
import type { Schedule } from "../types.ts";
import { stretchAt } from "./zone-offset.ts";

const MINUTE = 60_000;
const DAY = 86_400_000;
/** A schedule without any working time (all holidays) must not be searched for ever. */
const HORIZON = 3_660 * DAY;

type Span = { readonly from: number; readonly to: number };

/**
 * The moment at which `minutes` of business time have passed since `start` (UTC milliseconds in and out).
 * A plan that is used up when work ends is due then, not on the next morning. Infinity when the schedule has not that
 * much working time in the next ten years.
 * @param timeZone the desk's; the schedule's own goes before it
 */
export function addBusinessMinutes(
  start: number,
  minutes: number,
  schedule: Schedule | undefined,
  timeZone: string,
): number {
  let left = Math.round(minutes * MINUTE);
  if (left <= 0) return start;
  if (schedule === undefined) return start + left;
  for (const span of workingSpans(start, start + HORIZON, schedule, timeZone)) {
    const length = span.to - span.from;
    if (length >= left) return span.from + left;
    left -= length;
  }
  return Number.POSITIVE_INFINITY;
}

/** Business minutes from `a` to `b` (UTC milliseconds), with fractions; 0 when `b` is not after `a`. */
export function businessMinutesBetween(a: number, b: number, schedule: Schedule | undefined, timeZone: string): number {
  if (b <= a) return 0;
  if (schedule === undefined) return (b - a) / MINUTE;
  let worked = 0;
  for (const span of workingSpans(a, b, schedule, timeZone)) worked += span.to - span.from;
  return worked / MINUTE;
}

/** The working time between two moments in order, cut where the offset of the zone changes. */
function* workingSpans(start: number, end: number, schedule: Schedule, timeZone: string): Generator<Span> {
  const { days, holidays } = weekOf(schedule);
  const zone = schedule.timeZone ?? timeZone;
  for (let from = start; from < end;) {
    const { offset, until } = stretchAt(from, zone);
    const to = Math.min(until, end);
    for (let day = Math.floor((from + offset) / DAY); day * DAY < to + offset; day += 1) {
      if (holidays.has(day)) continue;
      for (const interval of days[weekdayOf(day)] ?? []) {
        const opens = Math.max(from, day * DAY + interval.from - offset);
        const closes = Math.min(to, day * DAY + interval.to - offset);
        if (opens < closes) yield { from: opens, to: closes };
      }
    }
    from = to;
  }
}

/** A schedule as it is counted with: intervals by weekday, holidays as days since 1970-01-01. */
type Week = { readonly days: readonly (readonly Span[])[]; readonly holidays: ReadonlySet<number> };

/** A schedule belongs to a version of the desk and never changes. */
const weeks = new WeakMap<Schedule, Week>();

function weekOf(schedule: Schedule): Week {
  const known = weeks.get(schedule);
  if (known !== undefined) return known;
  const holidays = new Set(schedule.holidays.map((date) => Math.floor(Date.parse(`${date}T00:00:00Z`) / DAY)));
  const week = { days: daysOf(schedule), holidays };
  weeks.set(schedule, week);
  return week;
}

/** Intervals by weekday in milliseconds from midnight, in order, those that touch or overlap made one. */
function daysOf(schedule: Schedule): readonly (readonly Span[])[] {
  return Array.from({ length: 8 }, (_, day) => {
    const spans: Span[] = [];
    const sorted = schedule.intervals.filter((one) => one.day === day).sort((a, b) => a.from - b.from);
    for (const { from, to } of sorted) {
      const last = spans.at(-1);
      if (last === undefined || from * MINUTE > last.to) spans.push({ from: from * MINUTE, to: to * MINUTE });
      else spans[spans.length - 1] = { from: last.from, to: Math.max(last.to, to * MINUTE) };
    }
    return spans;
  });
}

/** 1 = Monday .. 7 = Sunday for a day counted from 1970-01-01, which was a Thursday. */
function weekdayOf(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}
