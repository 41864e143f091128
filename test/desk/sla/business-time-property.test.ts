/** Ten thousand random schedules and stretches of time around changes of the clock, each counted minute by minute as well. */
import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { beforeAll, describe, expect, it } from "vitest";
import { addBusinessMinutes, businessMinutesBetween } from "../../../src/desk/sla/business-time.ts";
import { minutesOn, momentOn, type Pause, slaPauses } from "../../../src/desk/sla/sla-line.ts";
import type { Schedule } from "../../../src/desk/types.ts";
import { countMinutes, isWorked, MINUTE, type Minutes, wallClock, walkMinutes } from "./business-time-minutes.ts";

const CASES = 10_000;
/** Of the days around a change; most of them lie before and after it. */
const WINDOW = 8 * 1440;
/** Both changes of a year in five zones; Lord Howe's are of half an hour, Santiago's at midnight. */
const CHANGES = [
  ["Europe/Berlin", "2026-03-29T01:00Z"],
  ["Europe/Berlin", "2026-10-25T01:00Z"],
  ["America/New_York", "2026-03-08T07:00Z"],
  ["America/New_York", "2026-11-01T06:00Z"],
  ["Australia/Sydney", "2026-04-04T16:00Z"],
  ["Australia/Sydney", "2026-10-03T16:00Z"],
  ["Australia/Lord_Howe", "2026-04-04T15:00Z"],
  ["Australia/Lord_Howe", "2026-10-03T15:30Z"],
  ["America/Santiago", "2026-04-05T03:00Z"],
  ["America/Santiago", "2026-09-06T04:00Z"],
] as const;

const interval = fc
  .record({
    day: fc.integer({ min: 1, max: 7 }),
    from: fc.oneof(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 0, max: 240 })),
    length: fc.oneof(fc.integer({ min: 1, max: 90 }), fc.integer({ min: 60, max: 1440 })),
  })
  .map(({ day, from, length }) => ({ day, from, to: Math.min(1440, from + length) }));

const world = fc.record({
  change: fc.integer({ min: 0, max: CHANGES.length - 1 }),
  intervals: fc.array(interval, { minLength: 1, maxLength: 14 }),
  /** Numbers of days of the window. */
  holidays: fc.array(fc.integer({ min: 0, max: 8 }), { maxLength: 3 }),
  /** Three of four begin within the two days before the change, the others anywhere. */
  start: fc.oneof(
    { weight: 3, arbitrary: fc.integer({ min: 2 * 1440, max: 4 * 1440 + 120 }) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 6 * 1440 }) },
  ),
  length: fc.integer({ min: 0, max: 4 * 1440 }),
  share: fc.double({ min: 0, max: 1, noNaN: true }),
  pauses: fc.array(
    fc.record({ from: fc.integer({ min: -600, max: 5000 }), length: fc.integer({ min: 0, max: 900 }) }),
    {
      maxLength: 4,
    },
  ),
  stillPaused: fc.option(fc.integer({ min: 0, max: 5000 })),
});

describe("working time against counting every minute", () => {
  const windows: Minutes[] = [];
  beforeAll(() => {
    for (const [zone, at] of CHANGES) windows.push(wallClock(zone, Date.parse(at) - 4 * 1440 * MINUTE, WINDOW));
  });
  const seen = { cases: 0, over: new Set<number>(), paused: 0 };

  it("has a change of the clock in every window", () => {
    for (const [n, [zone, at]] of CHANGES.entries()) {
      const offset = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).offset;
      expect(offset(Date.parse(at) - 1)).not.toBe(offset(Date.parse(at)));
      const shown = windows[n]!.minuteOfDay;
      const jumps = shown.filter((minute, i) => i > 0 && (minute - shown[i - 1]! + 1440) % 1440 !== 1);
      expect(jumps).toHaveLength(1);
    }
  });

  it(`agrees in ${CASES} random cases, forwards and backwards, with pauses and without`, { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(world, (made) => {
        seen.cases++;
        const minutes = windows[made.change]!;
        const [zone] = CHANGES[made.change]!;
        const at = (n: number) => minutes.from + n * MINUTE;
        const schedule: Schedule = {
          key: "s",
          intervals: made.intervals,
          holidays: made.holidays.map((day) => minutes.date[Math.min(day * 1440, WINDOW - 1)]!),
          timeZone: zone,
        };
        const worked = (n: number) => isWorked(minutes, n, schedule);
        const { start } = made;
        const end = Math.min(WINDOW, start + made.length);

        // The desk's zone is another one: the schedule's own counts.
        const counted = countMinutes(start, end, worked);
        expect(businessMinutesBetween(at(start), at(end), schedule, "Asia/Kathmandu")).toBe(counted);

        const wanted = Math.round(counted * made.share);
        const stop = walkMinutes(start, WINDOW, wanted, worked)!;
        expect(addBusinessMinutes(at(start), wanted, schedule, "Asia/Kathmandu")).toBe(at(stop));
        if (start < 4 * 1440 && stop > 4 * 1440) seen.over.add(made.change);

        const spans: { from: number; to: number | null }[] = made.pauses.map((pause) => ({
          from: start + pause.from,
          to: start + pause.from + pause.length,
        }));
        if (made.stillPaused !== null) spans.push({ from: start + made.stillPaused, to: null });
        const pauses: Pause[] = spans.map(({ from, to }) => ({ from: at(from), to: to === null ? null : at(to) }));
        const runs = (n: number) => worked(n) && !spans.some(({ from, to }) => from <= n && (to === null || n < to));
        const line = { from: at(start), pauses: slaPauses(pauses), schedule, timeZone: "Asia/Kathmandu" };
        const used = countMinutes(start, end, runs);
        expect(minutesOn(line, at(end))).toBe(used);
        const due = Math.round(used * made.share);
        expect(momentOn(line, due)).toBe(at(walkMinutes(start, WINDOW, due, runs)!));
        // What an open pause leaves is not enough for more: it is not due as things stand.
        const stillsAt = made.stillPaused === null ? WINDOW : start + made.stillPaused;
        const atMost = countMinutes(start, Math.min(stillsAt, WINDOW), runs);
        expect(stillsAt < WINDOW ? momentOn(line, atMost + 1) : null).toBeNull();
        if (stillsAt < WINDOW) seen.paused++;
      }),
      { numRuns: CASES },
    );
    expect(seen.cases).toBe(CASES);
    expect(seen.over.size).toBe(CHANGES.length);
    expect(seen.paused).toBeGreaterThan(1000);
  });

  it("agrees over whole years with both changes in them", { timeout: 60_000 }, () => {
    const from = Date.parse("2026-01-15T00:00Z");
    const length = 366 * 1440;
    for (const zone of ["Europe/Berlin", "Australia/Lord_Howe"]) {
      const year = wallClock(zone, from, length);
      const schedule: Schedule = {
        key: "s",
        intervals: [1, 2, 3, 4, 5, 7].flatMap((day) => [
          { day, from: 90, to: 150 },
          { day, from: 540, to: 720 },
          { day, from: 765, to: 1440 },
        ]),
        holidays: ["2026-04-06", "2026-12-25"],
      };
      const worked = (n: number) => isWorked(year, n, schedule);
      for (const [a, b] of [
        [0, length],
        [777, 300_001],
        [200_000, 525_000],
      ] as const) {
        const counted = countMinutes(a, b, worked);
        expect(businessMinutesBetween(from + a * MINUTE, from + b * MINUTE, schedule, zone)).toBe(counted);
        const stop = walkMinutes(a, length, counted, worked)!;
        expect(addBusinessMinutes(from + a * MINUTE, counted, schedule, zone)).toBe(from + stop * MINUTE);
      }
    }
  });
});
