import { describe, expect, it, test } from "vitest";
import {
  closePendingDays,
  mayChangeStatus,
  mayReopen,
  pendingStep,
  reopenUntil,
  statusRefusal,
  TRANSITIONS,
  waitingForAfter,
  waitingForAfterMove,
} from "../../src/desk/lifecycle.ts";
import type { Actor, Desk, Status } from "../../src/desk/types.ts";
import { STATUSES } from "../../src/desk/types.ts";
import { DESK } from "./rules/rule-world.ts";

type Kind = Actor["kind"];
const DAY = 24 * 3600_000;

/** The whole table: for every pair of statuses, who may. Written out, so that a change of the table has to be meant. */
const ALL: readonly Kind[] = ["customer", "participant", "stranger", "agent", "admin", "postern"];
const OF_THE_DESK: readonly Kind[] = ["agent", "admin", "postern"];
const PEOPLE_OF_THE_DESK: readonly Kind[] = ["agent", "admin"];
const WHO_MAY: Record<Status, Record<Status, readonly Kind[]>> = {
  open: { open: ALL, pending: OF_THE_DESK, snoozed: OF_THE_DESK, closed: OF_THE_DESK },
  pending: { open: ALL, pending: ALL, snoozed: OF_THE_DESK, closed: OF_THE_DESK },
  snoozed: { open: ALL, pending: OF_THE_DESK, snoozed: OF_THE_DESK, closed: OF_THE_DESK },
  closed: { open: ALL, pending: PEOPLE_OF_THE_DESK, snoozed: PEOPLE_OF_THE_DESK, closed: ALL },
};
const CELLS = STATUSES.flatMap((from) =>
  STATUSES.flatMap((to) => ALL.map((by) => ({ from, to, by, may: WHO_MAY[from][to].includes(by) }))),
);

describe("the table of transitions", () => {
  test.each(CELLS)("$from -> $to by $by: $may", ({ from, to, by, may }) => {
    const ticket = { publicNumber: "NW-1001", status: from, mergedInto: null };
    const until = to === "snoozed" ? { until: 1 } : {};
    expect(statusRefusal(ticket, { to, ...until }, by) === undefined).toBe(may);
    // Staying as it is needs nobody's leave; only a new moment for sleeping does.
    expect(mayChangeStatus(from, to, by)).toBe(from === to || may);
  });

  it("has every cell, and each transition once", () => {
    expect(CELLS).toHaveLength(4 * 4 * 6);
    expect(new Set(TRANSITIONS.map(({ from, to }) => `${from} ${to}`)).size).toBe(TRANSITIONS.length);
  });

  it("says who may not do what", () => {
    const open = { publicNumber: "NW-1001", status: "open", mergedInto: null } as const;
    expect(statusRefusal(open, { to: "closed" }, "customer")).toBe("an open ticket is not made closed by a customer");
    expect(statusRefusal({ ...open, status: "closed" }, { to: "pending" }, "postern")).toContain("a rule or the clock");
  });

  it("needs a moment for sleeping, and lets nobody touch a merged ticket", () => {
    const open = { publicNumber: "NW-1001", status: "open", mergedInto: null } as const;
    expect(statusRefusal(open, { to: "snoozed" }, "agent")).toContain("needs a moment");
    const merged = { ...open, status: "closed", mergedInto: 4 } as const;
    for (const to of ["open", "pending"] as const)
      expect(statusRefusal(merged, { to }, "admin")).toContain("NW-1001 was merged");
    expect(statusRefusal(merged, { to: "closed" }, "admin")).toBeUndefined();
  });
});

const closed = {
  status: "closed",
  /** 23 November 2026, 16:30 in Berlin; 14 days later is 7 December. */
  closedAt: Date.parse("2026-11-23T15:30:00Z"),
  mergedInto: null,
  department: "support",
} as const;

/** The desk of the other tests with other days for its department. */
function deskWith(
  days: { reopenDays?: number; closePendingDays?: number },
  defaults: Partial<Desk["defaults"]> = {},
): Desk {
  const support = { ...DESK.departments["support"]!, ...days };
  return { ...DESK, defaults: { ...DESK.defaults, ...defaults }, departments: { ...DESK.departments, support } };
}

describe("mayReopen", () => {
  const lastMoment = Date.parse("2026-12-07T23:00:00Z") - 1;

  it("reopens to the end of the last day of the window", () => {
    expect(reopenUntil(closed, DESK)).toBe(lastMoment);
    expect(mayReopen(closed, lastMoment, DESK)).toBe(true);
    expect(mayReopen(closed, lastMoment + 1, DESK)).toBe(false);
  });

  it("goes by the department's days before the desk's", () => {
    expect(reopenUntil(closed, deskWith({ reopenDays: 30 }))).toBe(Date.parse("2026-12-23T23:00:00Z") - 1);
    expect(reopenUntil({ ...closed, department: "elsewhere" }, deskWith({ reopenDays: 30 }))).toBe(lastMoment);
  });

  it("keeps the local day over the end of summer time", () => {
    const before = { ...closed, closedAt: Date.parse("2026-10-20T08:00:00Z") };
    expect(reopenUntil(before, DESK)).toBe(Date.parse("2026-11-03T23:00:00Z") - 1);
  });

  it("goes on in a ticket that is not closed, and never in a merged one", () => {
    for (const status of ["open", "pending", "snoozed"] as const)
      expect(mayReopen({ ...closed, status, closedAt: null }, lastMoment + 1, DESK)).toBe(true);
    expect(mayReopen({ ...closed, mergedInto: 4 }, 0, DESK)).toBe(false);
    expect(reopenUntil({ ...closed, status: "open", closedAt: null }, DESK)).toBeNull();
  });
});

describe("pendingStep", () => {
  const since = Date.UTC(2026, 10, 1, 12);
  const desk = deskWith({}, { closePendingDays: 14, closeWarningDays: 3 });
  const pending = { department: "support", statusSince: since, lastEntryAt: null, warnedAt: null };
  const at = (days: number) => since + days * DAY;

  it("never closes without a setting", () => {
    expect(closePendingDays("support", DESK)).toBeUndefined();
    expect(pendingStep(pending, DESK, at(1000))).toBeUndefined();
  });

  it("warns, waits and closes, each at its moment", () => {
    expect(pendingStep(pending, desk, at(11) - 1)).toEqual({ step: "wait", closeAt: at(14) });
    expect(pendingStep(pending, desk, at(11))).toEqual({ step: "warn", closeAt: at(14) });
    const warned = { ...pending, warnedAt: at(11) };
    expect(pendingStep(warned, desk, at(14) - 1)).toEqual({ step: "wait", closeAt: at(14) });
    expect(pendingStep(warned, desk, at(14))).toEqual({ step: "close", closeAt: at(14) });
  });

  it("gives the whole warning when it comes late", () => {
    expect(pendingStep(pending, desk, at(90))).toEqual({ step: "warn", closeAt: at(93) });
    expect(pendingStep({ ...pending, warnedAt: at(90) }, desk, at(93) - 1)?.step).toBe("wait");
    expect(pendingStep({ ...pending, warnedAt: at(90) }, desk, at(93))?.step).toBe("close");
  });

  it("counts from the last entry, and takes an older warning for none", () => {
    const later = { ...pending, lastEntryAt: at(12), warnedAt: at(11) };
    expect(pendingStep(later, desk, at(14))).toEqual({ step: "wait", closeAt: at(26) });
    expect(pendingStep(later, desk, at(23))).toEqual({ step: "warn", closeAt: at(26) });
  });

  it("goes by the department first, and closes without a warning where none is wished", () => {
    expect(pendingStep(pending, deskWith({ closePendingDays: 7 }, desk.defaults), at(4))?.step).toBe("warn");
    const plain = deskWith({ closePendingDays: 7 }, { closeWarningDays: 0 });
    expect(pendingStep(pending, plain, at(7) - 1)?.step).toBe("wait");
    expect(pendingStep(pending, plain, at(7))?.step).toBe("close");
  });

  it("warns at once where the warning is longer than the days", () => {
    const short = deskWith({ closePendingDays: 2 }, { closeWarningDays: 3 });
    expect(pendingStep(pending, short, at(0))).toEqual({ step: "warn", closeAt: at(2) });
  });
});

describe("who is waited for", () => {
  it("after what happened", () => {
    expect(waitingForAfter("agent-reply")).toBe("customer");
    expect(waitingForAfter("customer-message")).toBe("us");
    expect(waitingForAfter("opened")).toBe("us");
    expect(waitingForAfter("closed")).toBeNull();
  });

  it("after a status was set: sleeping and waking change nothing about it", () => {
    for (const waitingFor of ["us", "customer"] as const) {
      expect(waitingForAfterMove({ status: "open", waitingFor }, "snoozed")).toBe(waitingFor);
      expect(waitingForAfterMove({ status: "snoozed", waitingFor }, "open")).toBe(waitingFor);
      expect(waitingForAfterMove({ status: "open", waitingFor }, "pending")).toBe("customer");
      expect(waitingForAfterMove({ status: "pending", waitingFor }, "open")).toBe("us");
      expect(waitingForAfterMove({ status: "open", waitingFor }, "closed")).toBeNull();
    }
  });
});
