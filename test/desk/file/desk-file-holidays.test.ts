import { describe, expect, it } from "vitest";
import { readHolidays } from "../../../src/desk/file/desk-file-holidays.ts";
import { readDesk } from "../../../src/desk/file/desk-file.ts";
import { formatError } from "../../../src/yaml/problem.ts";
import { SMALL } from "./desk-file-texts.ts";

const NOW = Date.UTC(2026, 10, 23);
const event = (...lines: string[]) => ["BEGIN:VEVENT", ...lines, "END:VEVENT"].join("\r\n");
const calendar = (...events: string[]) =>
  Buffer.from(`${["BEGIN:VCALENDAR", "VERSION:2.0", ...events, "END:VCALENDAR"].join("\r\n")}\r\n`);
const read = (...events: string[]) => readHolidays(calendar(...events), NOW);
const years = (from: number, to: number, day: string) =>
  Array.from({ length: to - from + 1 }, (_, n) => `${from + n}-${day}`);

describe("readHolidays", () => {
  it.each([
    ["one day", ["DTSTART;VALUE=DATE:20261225", "DTEND;VALUE=DATE:20261226"], ["2026-12-25"]],
    ["one day without an end", ["DTSTART;VALUE=DATE:20261225"], ["2026-12-25"]],
    [
      "several days, the end left out",
      ["DTSTART;VALUE=DATE:20261224", "DTEND;VALUE=DATE:20261227"],
      ["2026-12-24", "2026-12-25", "2026-12-26"],
    ],
    ["a length", ["DTSTART;VALUE=DATE:20261231", "DURATION:P2D"], ["2026-12-31", "2027-01-01"]],
    [
      "midnight to midnight, as Outlook writes a whole day",
      ["DTSTART:20261225T000000", "DTEND:20261226T000000", "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE"],
      ["2026-12-25"],
    ],
    ["every year, from long ago", ["DTSTART;VALUE=DATE:19900101", "RRULE:FREQ=YEARLY"], years(2025, 2036, "01-01")],
    [
      "every year until one",
      ["DTSTART;VALUE=DATE:20201003", "RRULE:FREQ=YEARLY;UNTIL=20271003"],
      years(2025, 2027, "10-03"),
    ],
    [
      "the fourth Thursday of November",
      ["DTSTART;VALUE=DATE:20251127", "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH;COUNT=3"],
      ["2025-11-27", "2026-11-26", "2027-11-25"],
    ],
    [
      "29 February, only where there is one",
      ["DTSTART;VALUE=DATE:20240229", "RRULE:FREQ=YEARLY"],
      ["2028-02-29", "2032-02-29", "2036-02-29"],
    ],
    [
      "a year left out and a day put in",
      [
        "DTSTART;VALUE=DATE:20250501",
        "RRULE:FREQ=YEARLY;COUNT=3",
        "EXDATE;VALUE=DATE:20260501",
        "RDATE;VALUE=DATE:20260502",
      ],
      ["2025-05-01", "2026-05-02", "2027-05-01"],
    ],
  ])("reads %s", (_, lines, dates) => {
    expect(read(event(...lines, "SUMMARY:A holiday"))).toEqual({ dates });
  });

  it("reads a series with one of its days moved, and leaves out what is cancelled", () => {
    expect(
      read(
        event("UID:a", "DTSTART;VALUE=DATE:20260501", "RRULE:FREQ=YEARLY;COUNT=2"),
        event("UID:a", "RECURRENCE-ID;VALUE=DATE:20270501", "DTSTART;VALUE=DATE:20270503"),
        event("UID:b", "DTSTART;VALUE=DATE:20260601", "STATUS:CANCELLED"),
      ),
    ).toEqual({ dates: ["2026-05-01", "2027-05-03"] });
  });

  it("passes over appointments", () => {
    expect(read(event("DTSTART:20261224T140000Z"), event("DTSTART;VALUE=DATE:20261225"))).toEqual({
      dates: ["2026-12-25"],
    });
  });

  it.each([
    ["what is no calendar", Buffer.from("<html>Not found</html>"), /^is not a calendar with events$/],
    ["only old dates", calendar(event("DTSTART;VALUE=DATE:20191225")), /^has no whole day from 2025 to 2036$/],
    [
      "a weekly event",
      calendar(event("DTSTART;VALUE=DATE:20261225", "RRULE:FREQ=WEEKLY", "SUMMARY:Team day")),
      /comes again in another way than yearly: Team day$/,
    ],
    [
      "a rule that is none",
      calendar(event("DTSTART;VALUE=DATE:20261225", "RRULE:FREQ=SOMETIMES")),
      /comes again in another way than yearly: without a name$/,
    ],
    [
      "too many events",
      calendar(...Array.from({ length: 2001 }, () => event("DTSTART;VALUE=DATE:20261225"))),
      /^has more than 2000 events$/,
    ],
    [
      "too many days",
      calendar(...Array.from({ length: 12 }, (_, n) => event(`DTSTART;VALUE=DATE:${2025 + n}0101`, "DURATION:P99D"))),
      /^has more than 1000 days$/,
    ],
  ])("says why there are none in %s", (_, ics, problem) => {
    expect(readHolidays(ics, NOW)).toEqual({ problem: expect.stringMatching(problem) });
  });

  it.each([
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=1MO",
    "FREQ=YEARLY;INTERVAL=999999",
    "FREQ=YEARLY;BYYEARDAY=366;BYDAY=MO",
  ])("comes to an end with %s", (rule) => {
    const started = performance.now();
    expect(read(event("DTSTART;VALUE=DATE:20261225", `RRULE:${rule}`))).toMatchObject({
      dates: expect.arrayContaining(["2026-12-25"]),
    });
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

describe("a calendar in a desk file", () => {
  const text = `${SMALL}schedules: { n: { days: mon, hours: "08:00-09:00", holidays: [2026-11-02, de.ics, 2026-12-25] } }\n`;
  const desk = (de: Buffer | Error) => readDesk(text, "desk.yaml", { files: new Map([["de.ics", de]]), now: NOW });
  const message = (de: Buffer | Error) => {
    const result = desk(de);
    return result.ok ? [] : result.errors.map(formatError);
  };

  it("is read as dates, beside those that stand in the file", () => {
    const result = desk(calendar(event("DTSTART;VALUE=DATE:20261224", "DTEND;VALUE=DATE:20261227")));
    expect(result.ok && result.desk.schedules["n"]?.holidays).toEqual([
      "2026-11-02",
      "2026-12-24",
      "2026-12-25",
      "2026-12-26",
    ]);
  });

  it.each([
    [
      new Error("there is none"),
      /^desk\.yaml:8:75 schedules\.n\.holidays\[2\]: de\.ics cannot be read \(there is none\)\. Write a path that begins at the folder of the desk file\.$/,
    ],
    [
      Buffer.from("hello"),
      /^desk\.yaml:8:75 .*: de\.ics is not a calendar with events\. Write dates or a calendar file, e\.g\./,
    ],
    [Buffer.alloc(1_048_577), /^desk\.yaml:8:75 .*: de\.ics is larger than 1MB\. Name a smaller file\.$/],
    [Buffer.alloc(0), /^desk\.yaml:8:75 .*: de\.ics is empty\. Name another file\.$/],
  ])("is a mistake at its place when it is broken: %#", (de, expected) => {
    expect(message(de)).toEqual([expect.stringMatching(expected)]);
  });
});
