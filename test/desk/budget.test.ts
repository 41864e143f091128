import { describe, expect, it } from "vitest";
import { type AckCounts, overBudget } from "../../src/desk/budget.ts";
import { testDesk } from "../db/desks.ts";

const desk = testDesk();
const QUIET: AckCounts = { senderHour: 0, senderDay: 0, domainHour: 0, allHour: 0, weeklyMedian: undefined };
const over = (counts: Partial<AckCounts>, domain = "home.example", of = desk) =>
  overBudget(of, domain, { ...QUIET, ...counts });

describe("the budget of acknowledgements", () => {
  it("has the design's limits by default", () => {
    expect(desk.budgets).toMatchObject({ senderPerHour: 5, senderPerDay: 20, domainPerHour: 50, foldAfter: 20 });
  });

  it("lets the first ones go, up to each limit", () => {
    expect(over({})).toBeUndefined();
    expect(over({ senderHour: 4, senderDay: 19, domainHour: 49 })).toBeUndefined();
  });

  it("says which limit is reached", () => {
    expect(over({ senderHour: 5 })).toContain("within an hour, the budget is 5");
    expect(over({ senderDay: 20 })).toContain("within a day, the budget is 20");
    expect(over({ domainHour: 50 })).toContain("home.example had 50");
  });

  it("has no domain limit for freemail and for listed domains", () => {
    expect(over({ domainHour: 5000 }, "gmail.com")).toBeUndefined();
    const open = { ...desk, budgets: { ...desk.budgets, openDomains: ["fabrikam.example"] } };
    expect(over({ domainHour: 5000 }, "fabrikam.example", open)).toBeUndefined();
    expect(over({ domainHour: 5000 }, "sub.fabrikam.example", open)).toBeDefined();
  });

  it("breaks at 500 an hour, or at ten times the median once that is more, from the eighth day on", () => {
    expect(over({ allHour: 100_000 })).toBeUndefined();
    expect(over({ allHour: 499, weeklyMedian: 0 })).toBeUndefined();
    expect(over({ allHour: 500, weeklyMedian: 0 })).toContain("the breaker is at 500");
    expect(over({ allHour: 900, weeklyMedian: 100 })).toBeUndefined();
    expect(over({ allHour: 1000, weeklyMedian: 100 })).toContain("the breaker is at 1000");
  });
});
