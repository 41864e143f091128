/**
 * Working time. A moment is business time when the local clock shows a time inside one of the schedule's intervals for
 * that weekday and the local date is no holiday. So a day on which the clock goes forward is as much shorter, and one
 * on which it goes back as much longer, as the people at work would find it. No schedule = always.
 */
import { Temporal } from "temporal-polyfill";
import type { Schedule } from "./types.ts";

const MINUTE = 60_000;
const DAY = 86_400_000;
/** A schedule without any working time (all holidays) must not be searched for ever. */
const HORIZON = 3_660 * DAY;

type Span = { readonly from: number; readonly to: number };

/**
 * The moment at which `minutes` of business time have passed since `start` (UTC milliseconds in and out).
 * A plan that is used up when work ends is due then, not on the next morning. Infinity when the schedule has not that
 * much working time in the next ten years.
 */
export function addBusinessMinutes(
  start: number,
  minutes: number,
  schedule: Schedule | undefined,
  timeZone: string,
): number {
  let left = minutes * MINUTE;
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
  const days = daysOf(schedule);
  const holidays = new Set(schedule.holidays);
  for (let from = start; from < end;) {
    const { offset, until } = offsetAt(from, timeZone);
    const to = Math.min(until, end);
    for (let day = Math.floor((from + offset) / DAY); day * DAY < to + offset; day += 1) {
      if (holidays.has(dateOf(day))) continue;
      for (const interval of days[weekdayOf(day)] ?? []) {
        const opens = Math.max(from, day * DAY + interval.from - offset);
        const closes = Math.min(to, day * DAY + interval.to - offset);
        if (opens < closes) yield { from: opens, to: closes };
      }
    }
    from = to;
  }
}

/** What to add to UTC for local time, in milliseconds, and the moment until which that holds. */
function offsetAt(at: number, timeZone: string): { offset: number; until: number } {
  const local = Temporal.Instant.fromEpochMilliseconds(Math.floor(at)).toZonedDateTimeISO(timeZone);
  const next = local.getTimeZoneTransition("next");
  return { offset: local.offsetNanoseconds / 1_000_000, until: next?.epochMilliseconds ?? Number.POSITIVE_INFINITY };
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

function dateOf(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}
