import { describe, expect, it } from "vitest";
import { type SlaMark, slaAgenda, slaMoments } from "../../../src/desk/sla/sla-agenda.ts";
import { minutesOn, momentOn, type Pause, slaPauses } from "../../../src/desk/sla/sla-line.ts";
import { dueNow, planOf, type SlaFacts, slaState, standsStill } from "../../../src/desk/sla/sla.ts";
import type { Desk, Escalation, SlaPlan } from "../../../src/desk/types.ts";
import { DESK, department } from "../rules/rule-world.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Monday 23 November 2026, 16:30 in Berlin. */
const OPENED = Date.parse("2026-11-23T15:30:00Z");
const facts = (more: Partial<SlaFacts> = {}): SlaFacts => ({
  sla: null,
  department: "support",
  priority: "normal",
  openedAt: OPENED,
  respondedAt: null,
  closedAt: null,
  spam: false,
  mergedInto: null,
  pauses: [],
  ...more,
});
const pause = (from: number, to: number | null): Pause => ({
  from: OPENED + from * MINUTE,
  to: to === null ? null : OPENED + to * MINUTE,
});
const withPlan = (more: Partial<SlaPlan>): Desk => ({
  ...DESK,
  sla: { ...DESK.sla, gold: { ...DESK.sla["gold"]!, ...more } },
});

describe("the plan of a ticket", () => {
  const desk: Desk = { ...DESK, departments: { ...DESK.departments, fast: department("fast", { sla: "gold" }) } };
  it.each([
    ["its own first", { sla: "gold", department: "support" }, "gold"],
    ["else its department's", { sla: null, department: "fast" }, "gold"],
    ["else the desk's", { sla: null, department: "support" }, "standard"],
    ["another where the desk no longer has it", { sla: "constructor", department: "fast" }, "gold"],
  ])("is %s", (_name, ticket, key) => expect(planOf(desk, ticket)?.key).toBe(key));

  it("is none where the desk has none", () => {
    const without = { ...DESK, defaults: { ...DESK.defaults, sla: undefined } };
    expect(slaState(without, facts(), OPENED)).toBeNull();
    expect(dueNow(null)).toEqual({ respondDueAt: null, resolveDueAt: null });
  });
});

describe("due times", () => {
  it("count the minutes of the plan in its schedule and the desk's time zone", () => {
    expect(dueNow(slaState(DESK, facts(), OPENED))).toEqual({
      respondDueAt: Date.parse("2026-11-24T11:00:00Z"),
      resolveDueAt: Date.parse("2026-11-26T15:30:00Z"),
    });
  });

  it("count in the schedule's own time zone where it has one", () => {
    const office = { ...DESK.schedules[DESK.sla["standard"]!.schedule]!, timeZone: "America/New_York" };
    const desk = { ...DESK, schedules: { ...DESK.schedules, [office.key]: office } };
    // 10:30 in New York: four hours of the same day.
    expect(dueNow(slaState(desk, facts(), OPENED)).respondDueAt).toBe(OPENED + 4 * HOUR);
  });

  it("count every hour when the plan's schedule is not one of the desk's", () => {
    expect(dueNow(slaState(DESK, facts({ sla: "gold" }), OPENED))).toEqual({
      respondDueAt: OPENED + HOUR,
      resolveDueAt: OPENED + 8 * HOUR,
    });
  });

  it("are those of the priority, where the plan has some", () => {
    const desk = withPlan({ byPriority: { urgent: { respondMinutes: 10 } } });
    expect(dueNow(slaState(desk, facts({ sla: "gold", priority: "urgent" }), OPENED))).toEqual({
      respondDueAt: OPENED + 10 * MINUTE,
      resolveDueAt: OPENED + 8 * HOUR,
    });
  });

  it("do not exist where nobody ever works, for spam, and for what was merged", () => {
    const nothing = { respondDueAt: null, resolveDueAt: null };
    expect(dueNow(slaState(DESK, facts({ sla: "idle" }), OPENED))).toEqual(nothing);
    expect(slaState(DESK, facts({ sla: "gold", spam: true }), OPENED)).toBeNull();
    expect(slaState(DESK, facts({ sla: "gold", mergedInto: 1 }), OPENED)).toBeNull();
  });
});

describe("a clock", () => {
  const respond = (more: Partial<SlaFacts>, minutes: number) =>
    slaState(DESK, facts({ sla: "gold", ...more }), OPENED + minutes * MINUTE)!.respond;

  it("runs, is overdue, and is done", () => {
    expect(respond({}, 30)).toMatchObject({ state: "running", remainingMinutes: 30, overdue: false, met: null });
    expect(respond({}, 60)).toMatchObject({ remainingMinutes: 0, overdue: false, met: null });
    expect(respond({}, 61)).toMatchObject({ state: "running", remainingMinutes: -1, overdue: true, met: false });
    expect(respond({ respondedAt: OPENED + HOUR }, 90)).toMatchObject({
      state: "done",
      remainingMinutes: 0,
      overdue: false,
      met: true,
    });
    expect(respond({ respondedAt: OPENED + HOUR + 1 }, 90)).toMatchObject({
      state: "done",
      met: false,
      dueAt: OPENED + HOUR,
    });
  });

  it("stands still in a pause, and has the same time left after it", () => {
    const still = respond({ pauses: [pause(20, null)] }, 500);
    expect(still).toMatchObject({ state: "paused", dueAt: null, remainingMinutes: 40, overdue: false, met: null });
    expect(respond({ pauses: [pause(20, 500)] }, 500)).toMatchObject({
      state: "running",
      dueAt: OPENED + 540 * MINUTE,
      remainingMinutes: 40,
    });
  });

  it("that was over before the pause stays over, and is not longer overdue because of it", () => {
    const late = respond({ pauses: [pause(70, null)] }, 500);
    expect(late).toMatchObject({
      state: "paused",
      dueAt: OPENED + HOUR,
      remainingMinutes: -10,
      overdue: true,
      met: false,
    });
  });

  it("of an answer is done when the ticket is closed without one, and goes on when it is opened again", () => {
    const closed = { closedAt: OPENED + 30 * MINUTE, pauses: [pause(30, null)] };
    expect(respond(closed, 900)).toMatchObject({ state: "done", met: true, remainingMinutes: 30 });
    expect(respond({ pauses: [pause(30, 900)] }, 901)).toMatchObject({ state: "running", remainingMinutes: 29 });
  });
});

it.each([
  ["open", "us", false],
  ["open", null, false],
  ["open", "customer", true],
  ["pending", "us", true],
  ["snoozed", "us", true],
  ["closed", null, true],
] as const)("a ticket that is %s and waits for %s stands still: %s", (status, waitingFor, still) =>
  expect(standsStill({ status, waitingFor })).toBe(still),
);

describe("pauses", () => {
  it("that overlap, touch, lie in one another or are none count once", () => {
    const messy = [
      pause(50, 60),
      pause(0, 20),
      pause(10, 30),
      pause(12, 13),
      pause(30, 40),
      pause(45, 45),
      pause(99, 90),
    ];
    expect(slaPauses(messy)).toEqual([pause(0, 40), pause(50, 60)]);
    expect(slaPauses([pause(5, null), pause(1, 3), pause(7, 9)])).toEqual([pause(1, 3), pause(5, null)]);
  });

  it("to the millisecond do not move what is due at the end of work to the next morning", () => {
    const office = DESK.schedules[DESK.sla["standard"]!.schedule];
    const nine = Date.parse("2026-11-23T08:00:00Z");
    for (let odd = 1; odd < 400; odd++) {
      const pauses = [1, 2, 3].map((hour) => ({
        from: nine + hour * HOUR + odd,
        to: nine + hour * HOUR + 7 * odd + 333,
      }));
      const line = { from: nine, pauses, schedule: office, timeZone: "Europe/Berlin" };
      const worked = minutesOn(line, nine + 5 * HOUR);
      expect(momentOn(line, worked)).toBe(nine + 5 * HOUR);
      expect(Number.isInteger(momentOn(line, worked / 3))).toBe(true);
    }
  });
});

describe("what is to be said", () => {
  const escalation = (of: Escalation["of"], afterMinutes: number): Escalation => ({
    of,
    afterMinutes,
    tell: [],
    tags: [],
  });
  const desk = withPlan({
    warnMinutes: 15,
    escalations: [
      escalation("respond", 30),
      escalation("respond", -30),
      escalation("respond", 30),
      escalation("resolve", 0),
    ],
  });
  const state = (more: Partial<SlaFacts>, minutes: number) =>
    slaState(desk, facts({ sla: "gold", ...more }), OPENED + minutes * MINUTE);
  const told = (more: Partial<SlaFacts>, minutes: number) =>
    slaMoments(state(more, minutes)).map(({ clock, mark, at }) => `${(at - OPENED) / MINUTE} ${clock} ${mark}`);

  it("is in order of time, each by its own name", () => {
    expect(told({}, 0)).toEqual([
      "30 respond escalation gold -30",
      "45 respond warning",
      "60 respond breach",
      "90 respond escalation gold 30",
      "90 respond escalation gold 30 (2)",
      "465 resolve warning",
      "480 resolve breach",
      "480 resolve escalation gold 0",
    ]);
  });

  it("is nothing of a clock that is done or paused; what is after a due time waits for the end of the pause", () => {
    expect(told({ respondedAt: OPENED }, 1)).toEqual([
      "465 resolve warning",
      "480 resolve breach",
      "480 resolve escalation gold 0",
    ]);
    expect(told({ pauses: [pause(50, null)] }, 500)).toEqual([]);
    expect(told({ pauses: [pause(70, null)] }, 500)).toEqual([
      "30 respond escalation gold -30",
      "45 respond warning",
      "60 respond breach",
    ]);
    expect(told({ closedAt: OPENED + MINUTE }, 500)).toEqual([]);
  });

  const mark = (name: string, at: number, due: number): SlaMark => ({
    clock: "respond",
    mark: name,
    at: OPENED + at * MINUTE,
    dueAt: OPENED + due * MINUTE,
  });
  const agenda = (marks: readonly SlaMark[], minutes: number, more: Partial<SlaFacts> = {}) => {
    const { say, nextAt } = slaAgenda(state(more, minutes), marks, OPENED + minutes * MINUTE);
    return { say: say.map((one) => one.mark), next: nextAt === null ? null : (nextAt - OPENED) / MINUTE };
  };

  it("is said when its moment has come and not before, and there is a next time", () => {
    expect(agenda([], 29)).toEqual({ say: [], next: 30 });
    expect(agenda([], 45)).toEqual({ say: ["escalation gold -30", "warning"], next: 60 });
    expect(agenda([mark("warning", 45, 60), mark("escalation gold -30", 30, 60)], 50)).toEqual({ say: [], next: 60 });
  });

  it("is no warning of what is over already", () => {
    expect(agenda([], 60)).toEqual({ say: ["escalation gold -30", "breach"], next: 90 });
  });

  it("is not said again after a pause, and is when time was gained and ran out anew", () => {
    const marks = [mark("escalation gold -30", 30, 60), mark("warning", 45, 60)];
    const paused = { pauses: [pause(50, 55)] };
    expect(agenda(marks, 56, paused)).toEqual({ say: [], next: 65 });
    const early = { pauses: [pause(10, 40)] };
    expect(agenda(marks, 80, early)).toEqual({ say: ["escalation gold -30", "warning"], next: 90 });
  });

  it("is no second breach when the due time becomes earlier still", () => {
    expect(agenda([mark("breach", 90, 80)], 100).say).toEqual([
      "escalation gold -30",
      "escalation gold 30",
      "escalation gold 30 (2)",
    ]);
    expect(agenda([mark("breach", 50, 40)], 100).say).toContain("breach");
  });
});
