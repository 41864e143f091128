import { describe, expect, it } from "vitest";
import { changeInWords } from "../../../src/desk/change-words.ts";
import { slaSentences } from "../../../src/desk/notices/notice-sla.ts";
import { dueInWords, minutesInWords } from "../../../src/desk/sla/sla-words.ts";
import { slaState } from "../../../src/desk/sla/sla.ts";
import { DESK } from "../rules/rule-world.ts";

const OPENED = Date.parse("2026-11-23T15:30:00Z");
const HOUR = 3_600_000;
const facts = {
  sla: "gold",
  department: "support",
  priority: "normal" as const,
  openedAt: OPENED,
  respondedAt: null,
  closedAt: null,
  spam: false,
  mergedInto: null,
  pauses: [],
};
const words = (change: Partial<typeof facts> | object, hours: number) =>
  dueInWords(slaState(DESK, { ...facts, ...change }, OPENED + hours * HOUR));

it.each([
  [0, "0 min"],
  [0.4, "0 min"],
  [45, "45 min"],
  [60, "1 h"],
  [130.2, "2 h 10 min"],
  [-95, "1 h 35 min"],
  [1800, "30 h"],
])("%d minutes are %s", (minutes, text) => expect(minutesInWords(minutes)).toBe(text));

describe("both clocks in words", () => {
  it.each([
    [
      "running",
      {},
      0.5,
      "plan gold: answer due 2026-11-23 16:30:00Z, 30 min left; solution due 2026-11-23 23:30:00Z, 7 h 30 min left",
    ],
    [
      "answered",
      { respondedAt: OPENED + HOUR },
      2,
      "plan gold: answer in time; solution due 2026-11-23 23:30:00Z, 6 h left",
    ],
    [
      "answered late",
      { respondedAt: OPENED + 3 * HOUR },
      3,
      "plan gold: answer 2 h late; solution due 2026-11-23 23:30:00Z, 5 h left",
    ],
    [
      "overdue",
      {},
      9,
      "plan gold: answer overdue since 2026-11-23 16:30:00Z, by 8 h; solution overdue since 2026-11-23 23:30:00Z, by 1 h",
    ],
    [
      "paused",
      { pauses: [{ from: OPENED + HOUR / 2, to: null }] },
      9,
      "plan gold: answer paused, 30 min left; solution paused, 7 h 30 min left",
    ],
    [
      "overdue and paused",
      { pauses: [{ from: OPENED + 2 * HOUR, to: null }] },
      9,
      "plan gold: answer overdue since 2026-11-23 16:30:00Z, paused; solution paused, 6 h left",
    ],
    ["closed", { closedAt: OPENED + HOUR }, 9, "plan gold: answer in time; solution in time"],
    ["without a plan", { spam: true }, 1, "no SLA plan"],
    [
      "a schedule without working time",
      { sla: "idle" },
      1,
      "plan idle: answer never due: its schedule has no working time; solution never due: its schedule has no working time",
    ],
  ])("%s", (_name, change, hours, text) => expect(words(change, hours)).toBe(text));

  it("writes moments as it is told to", () => {
    expect(dueInWords(slaState(DESK, facts, OPENED), () => "then")).toBe(
      "plan gold: answer due then, 1 h left; solution due then, 8 h left",
    );
  });
});

describe("events of plans in words", () => {
  const event = { actor: "postern", cause_kind: "sla", cause: "plan gold, answer", old: null, new: null };
  it.each([
    ["sla breached", "overdue (plan gold, answer)"],
    ["sla escalated", "escalated (plan gold, answer)"],
    ["sla warning", undefined],
  ])("%s", (name, text) => expect(changeInWords({ ...event, name }, DESK)).toBe(text));

  it("say which change came of one", () => {
    expect(changeInWords({ ...event, name: "set-sla", new: "gold" }, DESK)).toBe("SLA plan gold (plan gold, answer)");
    expect(changeInWords({ ...event, name: "set-priority", old: "low", new: "high" }, DESK)).toBe(
      "priority low -> high (plan gold, answer)",
    );
  });
});

it("names each clock once in a mail, by what came last, and everything that was done", () => {
  const at = (clock: "respond" | "resolve", hours: number, done?: string) => ({
    clock,
    dueAt: OPENED + hours * HOUR,
    plan: "gold",
    ...(done && { done }),
  });
  expect(
    slaSentences([at("respond", -1), at("respond", -2, "tagged late"), at("resolve", 2)], DESK.timeZone, OPENED),
  ).toBe(
    "The answer is overdue since 14:30 today (plan gold). The solution is due at 18:30 today (plan gold). Escalated: tagged late.",
  );
});
