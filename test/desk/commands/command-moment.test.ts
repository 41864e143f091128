/** Dates in plain words, over both changes of the clock, and what is asked about instead of guessed. */
import { Temporal } from "temporal-polyfill";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { readDays } from "../../../src/desk/commands/command-days.ts";
import { readMoment } from "../../../src/desk/commands/command-moment.ts";

const BERLIN = "Europe/Berlin";
/** A Thursday, 11:00 in Berlin. */
const NOW = "2026-11-26T10:00:00Z";
const known = (now: string, timeZone = BERLIN) => ({ agents: [], departments: [], now: Date.parse(now), timeZone });

/** The wall clock there: `2026-11-27 09:00`. */
function clock(text: string, now = NOW, timeZone = BERLIN): string {
  const read = readMoment(text, known(now, timeZone));
  if ("why" in read || read.value === null) return "why" in read ? read.why : "null";
  const there = Temporal.Instant.fromEpochMilliseconds(read.value).toZonedDateTimeISO(timeZone);
  return `${there.toPlainDate().toString()} ${there.toPlainTime().toString({ smallestUnit: "minute" })}`;
}

function days(text: string, now = NOW): string {
  const read = readDays(text, known(now));
  return "why" in read ? read.why : `${read.value.from}..${read.value.to}`;
}

describe("a moment", () => {
  test.each([
    ["tomorrow 9am", "2026-11-27 09:00"],
    ["Tomorrow, 9 am", "2026-11-27 09:00"],
    ["tomorrow", "2026-11-27 09:00"],
    ["tomorrow morning", "2026-11-27 09:00"],
    ["tomorrow at noon", "2026-11-27 12:00"],
    ["day after tomorrow 14:30", "2026-11-28 14:30"],
    ["friday", "2026-11-27 09:00"],
    ["until friday", "2026-11-27 09:00"],
    ["by Fri 5pm", "2026-11-27 17:00"],
    ["thursday", "2026-12-03 09:00"],
    ["thursday 10:00", "2026-12-03 10:00"],
    ["thursday 17:00", "2026-11-26 17:00"],
    ["next monday", "2026-11-30 09:00"],
    ["next friday", "2026-12-04 09:00"],
    ["monday morning", "2026-11-30 09:00"],
    ["3d", "2026-11-29 11:00"],
    ["4h", "2026-11-26 15:00"],
    ["2w", "2026-12-10 11:00"],
    ["in 3 days", "2026-11-29 11:00"],
    ["in 90 minutes", "2026-11-26 12:30"],
    ["next week", "2026-12-03 11:00"],
    ["2026-12-01", "2026-12-01 09:00"],
    ["2026-12-01 09:30", "2026-12-01 09:30"],
    ["2026-12-01T17:00", "2026-12-01 17:00"],
    ["2026-12-01T09:00Z", "2026-12-01 10:00"],
    ["2026-12-01T09:00+05:30", "2026-12-01 04:30"],
    ["tomorrow 9am UTC", "2026-11-27 10:00"],
    ["1 dec 17:00", "2026-12-01 17:00"],
    ["Dec 1", "2026-12-01 09:00"],
    ["dec 17", "2026-12-17 09:00"],
    ["1st of December at 5pm", "2026-12-01 17:00"],
    ["sunday 29 nov", "2026-11-29 09:00"],
    ["1/12", "2026-12-01 09:00"],
    ["13/1", "2027-01-13 09:00"],
    ["1.12.2026 9:00", "2026-12-01 09:00"],
    ["20 nov", "2027-11-20 09:00"],
    ["29 feb 2028", "2028-02-29 09:00"],
    ["tonight", "2026-11-26 20:00"],
    ["noon", "2026-11-26 12:00"],
    ["midnight", "2026-11-27 00:00"],
    ["9am", "2026-11-27 09:00"],
    ["17:00", "2026-11-26 17:00"],
    ["８ｐｍ", "2026-11-26 20:00"],
    ["tomorrow\u00a09am", "2026-11-27 09:00"],
    ["\u200btomorrow", "2026-11-27 09:00"],
    ["none", "null"],
    ["Never", "null"],
  ])("%j is %s", (text, there) => {
    expect(clock(text)).toBe(there);
  });

  test.each([
    ["friday I will call", '"i will call" does not belong to one; write tomorrow 9am'],
    ["maybe friday", '"maybe" does not belong to one; write'],
    ["tomorrow 25:00", '"25:00" does not belong to one'],
    ["monday in two weeks", "does not belong to one"],
    ["25:00", "is no date or time that there is; write"],
    ["30 February", "is no date or time that there is"],
    ["31/11", "is no date or time that there is"],
    ["2026-02-30", "has a day that does not exist, 2026-02-30; write"],
    ["2026-13-01", "has a day that does not exist, 2026-13-01"],
    ["1/13", "has a day that does not exist, 1/13"],
    ["12/31/2026", "has a day that does not exist"],
    ["monday 29 nov", "is 2026-11-29, which is another day of the week"],
    ["friday 17", "could be an hour or a day"],
    ["tomorrow 9", "could be an hour or a day"],
    ["9", "could be an hour or a day"],
    ["9am IST", "names a time zone; times are those of Europe/Berlin"],
    ["may", "does not say which day"],
    ["this week", "does not say which day"],
    ["friday - monday", "is a span of time and not one moment"],
    ["yesterday", "is past"],
    ["last friday", "is past"],
    ["3 days ago", "is past"],
    ["today", "is 2026-11-26 09:00 in Europe/Berlin, which has passed"],
    ["this morning", "which has passed"],
    ["now", "which has passed"],
    ["0d", "which has passed"],
    ["2026-11-20 09:00", "which has passed"],
    ["1 dec 17", "is 2017-12-01 09:00 in Europe/Berlin, which has passed"],
    ["6 years", "5 years are the most"],
    ["2099-01-01", "5 years are the most"],
    ["in 90000000 days", "is too far away"],
    ["soon", "is no date or time"],
    ["", "is no date or time"],
    ["x".repeat(500), "is too long for a date"],
  ])("%j is asked about: %s", (text, why) => {
    expect(clock(text)).toContain(why);
  });

  it("is not read where nobody knows the time", () => {
    for (const read of [readMoment, readDays])
      expect(read("friday", { agents: [], departments: [] })).toEqual({ why: "dates are not read here" });
  });
});

describe("over a change of the clock", () => {
  // Each: the day before it, and the night in which an hour is missing or there twice.
  test.each([
    ["Europe/Berlin", "2027-03-27T11:00:00Z", "3d", "2027-03-30 12:00"],
    ["Europe/Berlin", "2027-03-27T11:00:00Z", "24h", "2027-03-28 13:00"],
    ["Europe/Berlin", "2027-03-27T11:00:00Z", "tomorrow 9am", "2027-03-28 09:00"],
    ["Europe/Berlin", "2027-03-27T11:00:00Z", "2027-03-28 02:30", "2027-03-28 03:30"],
    ["Europe/Berlin", "2026-10-24T10:00:00Z", "3d", "2026-10-27 12:00"],
    ["Europe/Berlin", "2026-10-24T10:00:00Z", "24h", "2026-10-25 11:00"],
    ["Europe/Berlin", "2026-10-24T10:00:00Z", "monday", "2026-10-26 09:00"],
    ["Europe/Berlin", "2026-10-24T10:00:00Z", "tomorrow 02:30", "2026-10-25 02:30"],
    ["America/New_York", "2027-03-13T17:00:00Z", "2d", "2027-03-15 12:00"],
    ["America/New_York", "2027-03-13T17:00:00Z", "48h", "2027-03-15 13:00"],
    ["America/New_York", "2027-03-13T17:00:00Z", "tomorrow 2:30", "2027-03-14 03:30"],
    ["America/New_York", "2026-10-31T16:00:00Z", "1w", "2026-11-07 12:00"],
    ["America/New_York", "2026-10-31T16:00:00Z", "tomorrow 17:00", "2026-11-01 17:00"],
    ["America/New_York", "2026-10-31T16:00:00Z", "tomorrow 1:30", "2026-11-01 01:30"],
    ["Australia/Lord_Howe", "2026-10-03T01:30:00Z", "1d", "2026-10-04 12:00"],
    ["Australia/Lord_Howe", "2026-10-03T01:30:00Z", "24h", "2026-10-04 12:30"],
    ["Australia/Lord_Howe", "2027-04-03T01:00:00Z", "tomorrow noon", "2027-04-04 12:00"],
    ["Australia/Lord_Howe", "2027-04-03T01:00:00Z", "24h", "2027-04-04 11:30"],
  ])("in %s at %s, %s is %s", (zone, now, text, there) => {
    expect(clock(text, now, zone)).toBe(there);
  });

  it("takes the first of two hours with one name", () => {
    const read = readMoment("tomorrow 02:30", known("2026-10-24T10:00:00Z"));
    expect(read).toEqual({ value: Date.parse("2026-10-25T00:30:00Z") });
  });
});

describe("days of an absence", () => {
  test.each([
    ["today", "2026-11-26..2026-11-26"],
    ["tomorrow", "2026-11-27..2026-11-27"],
    ["friday", "2026-11-27..2026-11-27"],
    ["thursday", "2026-11-26..2026-11-26"],
    ["until friday", "2026-11-26..2026-11-27"],
    ["Until 20 Dec.", "2026-11-26..2026-12-20"],
    ["2026-12-20..2027-01-03", "2026-12-20..2027-01-03"],
    ["2026-12-20…2027-01-03", "2026-12-20..2027-01-03"],
    ["2026-12-20 – 2027-01-03", "2026-12-20..2027-01-03"],
    ["20 dec - 3 jan", "2026-12-20..2027-01-03"],
    ["from Dec 20 to Jan 3", "2026-12-20..2027-01-03"],
    ["20-25 dec", "2026-12-20..2026-12-25"],
    ["20 to 25 dec", "2026-12-20..2026-12-25"],
    ["20/12 - 3/1", "2026-12-20..2027-01-03"],
    ["friday - wednesday", "2026-11-27..2026-12-02"],
    ["1 nov - 10 dec", "2026-11-01..2026-12-10"],
    ["3d", "2026-11-26..2026-11-28"],
    ["for 2 weeks", "2026-11-26..2026-12-09"],
    ["a week", "2026-11-26..2026-12-02"],
    ["this week", "2026-11-26..2026-11-29"],
    ["next week", "2026-11-30..2026-12-06"],
  ])("%j is %s", (text, range) => {
    expect(days(text)).toBe(range);
  });

  it("that have begun are this year's, not the next", () => {
    expect(days("20 dec - 3 jan", "2026-12-28T09:00:00Z")).toBe("2026-12-20..2027-01-03");
    expect(days("until friday", "2026-11-27T20:00:00Z")).toBe("2026-11-27..2026-11-27");
    expect(days("friday", "2026-11-27T07:00:00Z")).toBe("2026-11-27..2026-11-27");
  });

  test.each([
    ["2027-01-03..2026-12-20", "ends before it begins; write today, until friday"],
    ["2026-11-01..2026-11-10", "is over; write"],
    ["friday 17:00", "an absence is of whole days"],
    ["4h", "an absence is of whole days"],
    ["noon", "an absence is of whole days"],
    ["next month", "does not say which days"],
    ["until further notice", "is no date or time that there is; write today"],
    ["30 feb - 3 mar", "is no date or time"],
    ["0d", "is no day"],
    ["999w", "5 years are the most"],
    ["2026-12-20..2040-01-01", "5 years are the most"],
  ])("%j is asked about: %s", (text, why) => {
    expect(days(text)).toContain(why);
  });
});

describe("whatever stands there", () => {
  const words = fc.constantFrom(
    ..."friday tomorrow 3d noon at 9am 17:00 dec 1/12 2026-12-01 next last - .. until maybe in 5 weeks 99 31 : +02:00".split(
      " ",
    ),
  );
  const text = fc.oneof(
    fc.array(words, { maxLength: 12 }).map((many) => many.join(" ")),
    fc.string({ unit: "binary" }),
  );

  it("is a moment to come or a reason, and days in order or a reason", () => {
    const now = Date.parse(NOW);
    const toCome = (at: number | null) => at === null || (at > now && at < now + 1_830 * 86_400_000);
    fc.assert(
      fc.property(text, (one) => {
        const moment = readMoment(one, known(NOW));
        const range = readDays(one, known(NOW));
        expect("why" in moment ? moment.why !== "" : toCome(moment.value)).toBe(true);
        const inOrder = "why" in range || (range.value.from <= range.value.to && range.value.to >= "2026-11-26");
        expect(inOrder).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});
