import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { howToTell } from "../../../src/desk/notices/preference.ts";
import { NOTICE_EVENTS, type Agent, type AgentPreferences } from "../../../src/desk/types.ts";
import { desk } from "./notice-world.ts";

const at = (text: string): number => Temporal.ZonedDateTime.from(text).epochMilliseconds;
const when = (how: ReturnType<typeof howToTell>, zone = "Europe/Berlin"): string =>
  how.how === "later"
    ? Temporal.Instant.fromEpochMilliseconds(how.at).toZonedDateTimeISO(zone).toPlainDateTime().toString()
    : how.how;
const dev = (notify?: AgentPreferences, timeZone?: string): Agent => ({
  ...desk.agents["dev"]!,
  ...(notify && { notify }),
  ...(timeZone && { timeZone }),
});
/** 20:00 to 07:00. */
const NIGHT = { from: 20 * 60, to: 7 * 60 };
const told = (text: string, notify?: AgentPreferences, timeZone?: string) =>
  howToTell(dev(notify, timeZone), desk, "overdue", at(text));

describe("howToTell", () => {
  it("tells at once who wants nothing else", () => {
    expect(told("2026-12-07T03:00[Europe/Berlin]")).toEqual({ how: "now" });
  });

  it("tells only of the events that are wanted, a digest too", () => {
    const events = ["new", "overdue"] as const;
    const how = NOTICE_EVENTS.map((event) => howToTell(dev({ events, digest: "daily" }), desk, event, 0).how);
    expect(how).toEqual(["digest", "not", "not", "digest", "not", "not"]);
    expect(NOTICE_EVENTS.map((event) => howToTell(dev({ events: [] }), desk, event, 0).how)).toEqual(
      NOTICE_EVENTS.map(() => "not"),
    );
  });

  it.each([
    ["2026-12-07T19:59:59.999[Europe/Berlin]", "now"],
    ["2026-12-07T20:00[Europe/Berlin]", "2026-12-08T07:00:00"],
    ["2026-12-07T23:59[Europe/Berlin]", "2026-12-08T07:00:00"],
    ["2026-12-08T00:00[Europe/Berlin]", "2026-12-08T07:00:00"],
    ["2026-12-08T06:59:59.999[Europe/Berlin]", "2026-12-08T07:00:00"],
    ["2026-12-08T07:00[Europe/Berlin]", "now"],
  ])("waits from 20:00 to 07:00: at %s, %s", (now, expected) => {
    expect(when(told(now, { quiet: NIGHT }))).toBe(expected);
  });

  it("knows quiet hours within a day", () => {
    const quiet = { from: 12 * 60, to: 13 * 60 + 30 };
    expect(when(told("2026-12-07T12:10[Europe/Berlin]", { quiet }))).toBe("2026-12-07T13:30:00");
    expect(told("2026-12-07T11:59[Europe/Berlin]", { quiet })).toEqual({ how: "now" });
    expect(told("2026-12-07T13:30[Europe/Berlin]", { quiet })).toEqual({ how: "now" });
  });

  it("counts the hours of the agent's zone, else the desk's", () => {
    const now = "2026-12-07T21:00[Europe/Berlin]";
    expect(told(now, { quiet: NIGHT }, "America/New_York")).toEqual({ how: "now" });
    expect(when(told(now, { quiet: NIGHT }, "Asia/Tokyo"), "Asia/Tokyo")).toBe("2026-12-08T07:00:00");
  });

  it("ends at 07:00 of the clock in nights on which the clock changes", () => {
    for (const evening of ["2026-03-28T21:00[Europe/Berlin]", "2026-10-24T21:00[Europe/Berlin]"])
      expect(when(told(evening, { quiet: NIGHT }))).toMatch(/T07:00:00$/);
    const hours = (text: string) => (told(text, { quiet: NIGHT }) as { at: number }).at - at(text);
    expect(hours("2026-03-28T21:00[Europe/Berlin]")).toBe(9 * 3_600_000);
    expect(hours("2026-10-24T21:00[Europe/Berlin]")).toBe(11 * 3_600_000);
  });

  it("ends when the clock jumps over the end, and begins again when it is put back before it", () => {
    const quiet = { from: 22 * 60, to: 2 * 60 + 30 };
    expect(when(told("2026-03-29T01:59[Europe/Berlin]", { quiet }))).toBe("2026-03-29T03:00:00");
    // 02:10 comes twice that night; the second time, half past two is still to come.
    const twice = at("2026-10-25T02:10+01:00[Europe/Berlin]");
    expect(howToTell(dev({ quiet }), desk, "new", twice)).toEqual({ how: "later", at: twice + 20 * 60_000 });
  });

  it("never waits longer than a day and an hour, and until a moment that is not quiet", () => {
    const zones = fc.constantFrom("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC");
    const minute = fc.nat(1439);
    const moments = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2028, 0, 1) });
    fc.assert(
      fc.property(zones, minute, minute, moments, (zone, from, to, now) => {
        const agent = dev({ quiet: { from, to } }, zone);
        const how = howToTell(agent, desk, "new", now);
        const local = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone);
        const shown = local.hour * 60 + local.minute;
        const quiet = from <= to ? from <= shown && shown < to : from <= shown || shown < to;
        expect(how.how).toBe(quiet ? "later" : "now");
        if (how.how !== "later") return;
        expect(how.at - now).toBeLessThanOrEqual(25 * 3_600_000);
        expect(howToTell(agent, desk, "new", how.at)).toEqual({ how: "now" });
        expect(howToTell(agent, desk, "new", how.at - 1).how).toBe("later");
      }),
      { numRuns: 300 },
    );
  });
});
