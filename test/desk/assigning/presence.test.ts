import { describe, expect, it } from "vitest";
import { awayText, awayUntil, inWorkingHours } from "../../../src/desk/assigning/presence.ts";
import type { Absence } from "../../../src/desk/types.ts";
import { agent, DESK } from "../rules/rule-world.ts";

const away = (...ranges: [string, string][]): readonly Absence[] => ranges.map(([from, to]) => ({ from, to }));
/** Noon in Berlin on a day of the winter of 2026. */
const noon = (date: string) => Date.parse(`${date}T11:00:00Z`);

describe("away", () => {
  it.each([
    [away(), "2026-12-24", undefined],
    [away(["2026-12-20", "2027-01-03"]), "2026-12-19", undefined],
    [away(["2026-12-20", "2027-01-03"]), "2026-12-20", "2027-01-03"],
    [away(["2026-12-20", "2027-01-03"]), "2027-01-04", undefined],
    [away(["2026-12-24", "2026-12-24"]), "2026-12-24", "2026-12-24"],
  ])("%j on %s", (ranges, date, until) => {
    expect(awayUntil({ away: ranges }, DESK, noon(date))).toBe(until);
  });

  it("makes one absence of several without a day between them, in whatever order they are written", () => {
    const ranges = away(["2027-01-01", "2027-01-10"], ["2026-12-20", "2026-12-31"], ["2027-01-12", "2027-01-20"]);
    expect(awayUntil({ away: ranges }, DESK, noon("2026-12-21"))).toBe("2027-01-10");
    expect(awayUntil({ away: ranges }, DESK, noon("2027-01-11"))).toBeUndefined();
  });

  it("begins and ends at midnight where the desk is, also when the clocks change that night", () => {
    const one = { away: away(["2026-03-29", "2026-03-29"]) };
    const times = [
      ["2026-03-28T22:59:59.999Z", undefined],
      ["2026-03-28T23:00:00Z", "2026-03-29"],
      ["2026-03-29T21:59:59.999Z", "2026-03-29"],
      ["2026-03-29T22:00:00Z", undefined],
    ] as const;
    for (const [at, until] of times) expect(awayUntil(one, DESK, Date.parse(at))).toBe(until);
    expect(awayUntil(one, { timeZone: "Pacific/Auckland" }, Date.parse("2026-03-28T11:00:00Z"))).toBe("2026-03-29");
  });

  it("is said with the year only when it is another one", () => {
    const ben = agent("ben", "Ben Ortiz", { away: away(["2026-12-20", "2027-01-03"]) });
    expect(awayText(ben, DESK, noon("2026-12-24"))).toBe("Ben Ortiz is away until 3 January 2027");
    expect(awayText(ben, DESK, noon("2027-01-02"))).toBe("Ben Ortiz is away until 3 January");
    expect(awayText(ben, DESK, noon("2027-01-03"))).toBe("Ben Ortiz is away today");
    expect(awayText(ben, DESK, noon("2027-01-04"))).toBeUndefined();
  });
});

describe("working hours", () => {
  const office = agent("ben", "Ben Ortiz", { schedule: "office" });
  it.each([
    ["2026-12-23T07:59:59.999Z", false],
    ["2026-12-23T08:00:00Z", true],
    ["2026-12-23T16:29:59.999Z", true],
    ["2026-12-23T16:30:00Z", false],
    ["2026-12-25T10:00:00Z", false],
    ["2026-12-26T10:00:00Z", false],
  ])("office at %s", (time, at) => {
    expect(inWorkingHours(office, DESK, Date.parse(time))).toBe(at);
  });

  it("are in the schedule's own time zone when it has one", () => {
    const zoned = { ...DESK.schedules["office"]!, timeZone: "America/New_York" };
    const desk = { ...DESK, schedules: { office: zoned } };
    expect(inWorkingHours(office, desk, Date.parse("2026-12-23T10:00:00Z"))).toBe(false);
    expect(inWorkingHours(office, desk, Date.parse("2026-12-23T14:00:00Z"))).toBe(true);
  });

  it("are always, without a schedule or with the one that is built in", () => {
    expect(inWorkingHours({}, DESK, 0)).toBe(true);
    expect(inWorkingHours({ schedule: "always" }, DESK, 0)).toBe(true);
  });
});
