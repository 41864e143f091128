import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { addBusinessMinutes, businessMinutesBetween } from "../../../src/desk/sla/business-time.ts";
import type { Schedule } from "../../../src/desk/types.ts";

const MINUTE = 60_000;
const HOUR = 60;
const BERLIN = "Europe/Berlin";
const everyDay = [1, 2, 3, 4, 5, 6, 7];
const daily = (from: number, to: number): Schedule => ({
  key: "s",
  intervals: everyDay.map((day) => ({ day, from, to })),
  holidays: [],
});
const OFFICE: Schedule = {
  key: "office",
  intervals: [1, 2, 3, 4, 5].map((day) => ({ day, from: 9 * HOUR, to: 17 * HOUR })),
  holidays: ["2026-12-25"],
};

function berlin(local: string): number {
  return Temporal.PlainDateTime.from(local).toZonedDateTime(BERLIN).epochMilliseconds;
}

/** The definition itself, minute by minute on the local clock. */
function isOpen(time: number, schedule: Schedule, zone: string): boolean {
  const local = Temporal.Instant.fromEpochMilliseconds(time).toZonedDateTimeISO(zone);
  if (schedule.holidays.includes(local.toPlainDate().toString())) return false;
  const minute = local.hour * 60 + local.minute;
  return schedule.intervals.some(({ day, from, to }) => day === local.dayOfWeek && from <= minute && minute < to);
}

function countOpen(a: number, b: number, schedule: Schedule, zone: string): number {
  let open = 0;
  for (let time = a; time < b; time += MINUTE) open += isOpen(time, schedule, zone) ? 1 : 0;
  return open;
}

describe("addBusinessMinutes", () => {
  it.each([
    ["within a day", "2026-11-23T10:00", 60, "2026-11-23T11:00"],
    ["over a night", "2026-11-23T16:30", 60, "2026-11-24T09:30"],
    ["over a weekend", "2026-11-27T16:30", 60, "2026-11-30T09:30"],
    ["over a holiday and a weekend", "2026-12-24T16:30", 60, "2026-12-28T09:30"],
    ["from before work", "2026-11-23T05:00", 30, "2026-11-23T09:30"],
    ["up to the end of work, not the next morning", "2026-11-23T16:00", 60, "2026-11-23T17:00"],
    ["many days", "2026-11-23T09:00", 5 * 8 * HOUR, "2026-11-27T17:00"],
    ["over the end of summer time", "2026-10-23T16:00", 2 * HOUR, "2026-10-26T10:00"],
    ["over the start of summer time", "2026-03-27T16:00", 2 * HOUR, "2026-03-30T10:00"],
  ])("%s", (_name, start, minutes, due) => {
    expect(addBusinessMinutes(berlin(start), minutes, OFFICE, BERLIN)).toBe(berlin(due));
  });

  it("counts always without a schedule, and starts at once with no minutes", () => {
    expect(addBusinessMinutes(1_000, 2, undefined, BERLIN)).toBe(121_000);
    expect(addBusinessMinutes(berlin("2026-11-22T03:00"), 0, OFFICE, BERLIN)).toBe(berlin("2026-11-22T03:00"));
  });

  it("says never rather than search for ever", () => {
    const never: Schedule = { key: "never", intervals: [], holidays: [] };
    expect(addBusinessMinutes(0, 1, never, BERLIN)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe("days on which the clock changes", () => {
  it("has 23 hours in spring and 25 in autumn", () => {
    const always = daily(0, 24 * HOUR);
    const day = (date: string, next: string) =>
      businessMinutesBetween(berlin(`${date}T00:00`), berlin(`${next}T00:00`), always, BERLIN) / HOUR;
    expect(day("2026-03-29", "2026-03-30")).toBe(23);
    expect(day("2026-10-25", "2026-10-26")).toBe(25);
  });

  it("loses the hour that is not there and counts the hour that is there twice", () => {
    const night = daily(2 * HOUR, 3 * HOUR);
    expect(businessMinutesBetween(berlin("2026-03-29T00:00"), berlin("2026-03-29T12:00"), night, BERLIN)).toBe(0);
    expect(businessMinutesBetween(berlin("2026-10-25T00:00"), berlin("2026-10-25T12:00"), night, BERLIN)).toBe(120);
  });
});

describe("against counting every minute", () => {
  const interval = fc
    .record({
      day: fc.integer({ min: 1, max: 7 }),
      from: fc.integer({ min: 0, max: 1439 }),
      length: fc.integer({ min: 1, max: 900 }),
    })
    .map(({ day, from, length }) => ({ day, from, to: Math.min(1440, from + length) }));
  const zones = [
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
    "America/Sao_Paulo",
    "Pacific/Apia",
  ];
  const changes = ["2026-03-28", "2026-03-07", "2026-04-04", "2026-10-24", "2026-10-31", "2026-06-10", "2011-12-29"];
  const world = fc.record({
    intervals: fc.array(interval, { minLength: 1, maxLength: 8 }),
    holidays: fc.subarray(["2026-03-29", "2026-10-25", "2026-06-11"]),
    zone: fc.constantFrom(...zones),
    date: fc.constantFrom(...changes),
    offset: fc.integer({ min: 0, max: 1440 }),
    length: fc.integer({ min: 0, max: 1800 }),
  });

  it("counts the same between two moments, and adding them comes back", () => {
    fc.assert(
      fc.property(world, ({ intervals, holidays, zone, date, offset, length }) => {
        const schedule: Schedule = { key: "s", intervals, holidays };
        const start = Date.parse(`${date}T00:00:00Z`) + offset * MINUTE;
        const end = start + length * MINUTE;
        const counted = countOpen(start, end, schedule, zone);
        expect(businessMinutesBetween(start, end, schedule, zone)).toBe(counted);
        const due = addBusinessMinutes(start, counted, schedule, zone);
        expect(due).toBeLessThanOrEqual(Math.max(start, end));
        expect(businessMinutesBetween(start, due, schedule, zone)).toBe(counted);
        expect(counted === 0 || isOpen(due - MINUTE, schedule, zone)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it("adds up: from a to b and from b to c is from a to c", () => {
    fc.assert(
      fc.property(
        world,
        fc.integer({ min: 0, max: 500_000 }),
        ({ intervals, holidays, zone, offset, length }, more) => {
          const schedule: Schedule = { key: "s", intervals, holidays };
          const [a, b, c] = [offset, offset + length, offset + length + more].map(
            (n) => 1_774_000_000_000 + n * MINUTE,
          ) as [number, number, number];
          const between = (from: number, to: number) => businessMinutesBetween(from, to, schedule, zone);
          expect(between(a, b) + between(b, c)).toBeCloseTo(between(a, c), 6);
        },
      ),
      { numRuns: 100 },
    );
  });

  it("is 0 backwards", () => {
    expect(businessMinutesBetween(10, 5, OFFICE, BERLIN)).toBe(0);
  });
});
