import { expect, it } from "vitest";
import { dueTimes } from "../../src/desk/sla.ts";
import { DESK } from "./rule-world.ts";

/** Monday 23 November 2026, 16:30 in Berlin. */
const OPENED = Date.parse("2026-11-23T15:30:00Z");

it("counts the minutes of the plan in its schedule and the desk's time zone", () => {
  expect(dueTimes(DESK, "standard", OPENED)).toEqual({
    respondDueAt: Date.parse("2026-11-24T11:00:00Z"),
    resolveDueAt: Date.parse("2026-11-26T15:30:00Z"),
  });
});

it("counts every hour when the plan's schedule is not one of the desk's", () => {
  expect(dueTimes(DESK, "gold", OPENED)).toEqual({
    respondDueAt: OPENED + 60 * 60_000,
    resolveDueAt: OPENED + 480 * 60_000,
  });
});

it.each([null, undefined, "unknown", "constructor", "idle"])("promises nothing by plan %s", (plan) => {
  expect(dueTimes(DESK, plan, OPENED)).toEqual({ respondDueAt: null, resolveDueAt: null });
});
