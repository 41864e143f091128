import { describe, expect, it, test } from "vitest";
import { untilOf } from "../../src/cli/ticket-until.ts";

const BERLIN = "Europe/Berlin";
/** 23 October 2026, 12:00 in Berlin; summer time ends on the 25th. */
const NOW = Date.parse("2026-10-23T10:00:00Z");

describe("--until", () => {
  test.each([
    ["30m", "2026-10-23T10:30:00Z"],
    ["4h", "2026-10-23T14:00:00Z"],
    ["72h", "2026-10-26T10:00:00Z"],
    ["3d", "2026-10-26T11:00:00Z"],
    ["1w", "2026-10-30T11:00:00Z"],
    ["2026-12-01", "2026-12-01T08:00:00Z"],
    ["tomorrow", "2026-10-24T07:00:00Z"],
    ["monday 14:30", "2026-10-26T13:30:00Z"],
    ["2026-12-01 09:00", "2026-12-01T08:00:00Z"],
    ["2026-12-01T9:00", "2026-12-01T08:00:00Z"],
  ])("%s is %s", (text, at) => {
    expect(new Date(untilOf(text, NOW, BERLIN)).toISOString()).toBe(new Date(at).toISOString());
  });

  test.each([
    ["soon", "is no date or time that there is; write tomorrow 9am"],
    ["3", "a number that could be an hour or a day"],
    ["none", "is no moment; write"],
    ["3d or so", '"or so" does not belong to one'],
    ["2026-02-30", "has a day that does not exist, 2026-02-30"],
    ["2026-12-01 25:00", '"25:00" does not belong to one'],
    ["2026-10-23", "2026-10-23 09:00 in Europe/Berlin, which has passed"],
    ["0d", "which has passed"],
    ["9999d", "5 years are the most"],
  ])("%s is refused: %s", (text, why) => {
    expect(() => untilOf(text, NOW, BERLIN)).toThrow(why);
  });

  it("is a matter of the desk's time zone", () => {
    const there = untilOf("2026-12-01", NOW, "America/New_York");
    expect(new Date(there).toISOString()).toBe("2026-12-01T14:00:00.000Z");
  });
});
