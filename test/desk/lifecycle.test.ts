import { describe, expect, it } from "vitest";
import { TRANSITIONS, mayChangeStatus, mayReopen, reopenUntil, waitingForAfter } from "../../src/desk/lifecycle.ts";
import { STATUSES } from "../../src/desk/types.ts";
import { DESK } from "./rule-world.ts";

describe("mayChangeStatus", () => {
  it("lets the desk do what the table says and customers only wake a ticket", () => {
    for (const from of STATUSES) {
      for (const to of STATUSES) {
        expect(mayChangeStatus(from, to, "agent")).toBe(true);
        expect(mayChangeStatus(from, to, "customer")).toBe(from === to || to === "open");
        expect(mayChangeStatus(from, to, "stranger")).toBe(from === to || to === "open");
      }
    }
  });

  it("has each transition once", () => {
    expect(new Set(TRANSITIONS.map(({ from, to }) => `${from} ${to}`)).size).toBe(TRANSITIONS.length);
  });
});

describe("mayReopen", () => {
  /** Closed on 23 November 2026, 16:30 in Berlin; 14 days later is 7 December. */
  const closed = { status: "closed", closedAt: Date.parse("2026-11-23T15:30:00Z"), mergedInto: null } as const;
  const lastMoment = Date.parse("2026-12-07T23:00:00Z") - 1;

  it("reopens to the end of the last day of the window", () => {
    expect(reopenUntil(closed, DESK)).toBe(lastMoment);
    expect(mayReopen(closed, lastMoment, DESK)).toBe(true);
    expect(mayReopen(closed, lastMoment + 1, DESK)).toBe(false);
  });

  it("keeps the local day over the end of summer time", () => {
    const before = { ...closed, closedAt: Date.parse("2026-10-20T08:00:00Z") };
    expect(reopenUntil(before, DESK)).toBe(Date.parse("2026-11-03T23:00:00Z") - 1);
  });

  it("goes on in a ticket that is not closed, and never in a merged one", () => {
    expect(mayReopen({ ...closed, status: "open", closedAt: null }, lastMoment + 1, DESK)).toBe(true);
    expect(mayReopen({ ...closed, status: "pending", closedAt: null }, lastMoment + 1, DESK)).toBe(true);
    expect(mayReopen({ ...closed, mergedInto: 4 }, 0, DESK)).toBe(false);
    expect(reopenUntil({ status: "open", closedAt: null }, DESK)).toBeNull();
  });
});

it("knows who has to act next", () => {
  expect(waitingForAfter("agent-reply")).toBe("customer");
  expect(waitingForAfter("customer-message")).toBe("us");
  expect(waitingForAfter("opened")).toBe("us");
  expect(waitingForAfter("closed")).toBeNull();
});
