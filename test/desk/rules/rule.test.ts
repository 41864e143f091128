import { describe, expect, it } from "vitest";
import { compileRules, runRules } from "../../../src/desk/rules/rule.ts";
import type { Rule } from "../../../src/desk/types.ts";
import { DESK, facts, message, rule, subjectHas, ticket } from "./rule-world.ts";

const run = (rules: readonly Rule[], from = facts()) => runRules(compileRules({ ...DESK, rules }), from);

describe("runRules", () => {
  it("runs in order of position and names the rule of each change", () => {
    const made = run([
      rule(2, { name: "B", then: [{ action: "tag", tags: ["two"] }] }),
      rule(1, { name: "A", then: [{ action: "tag", tags: ["one"] }] }),
    ]);
    expect(made.changes).toEqual([
      { change: { change: "tag", tag: "one" }, cause: { kind: "rule", detail: '"A"' } },
      { change: { change: "tag", tag: "two" }, cause: { kind: "rule", detail: '"B"' } },
    ]);
  });

  it("lets a rule see the changes of those before it", () => {
    const seesIt = { test: { field: "department", operator: "is", value: "it" } };
    const made = run([
      rule(1, { then: [{ action: "department", to: "it" }] }),
      rule(2, { if: seesIt, then: [{ action: "priority", to: "high" }] }),
      rule(3, { if: { not: seesIt }, then: [{ action: "priority", to: "low" }] }),
    ]);
    expect(made.changes.map(({ change }) => change)).toEqual([
      { change: "set-department", to: "it" },
      { change: "set-priority", to: "high" },
    ]);
    expect(made.trace.map((one) => one.result)).toEqual([true, true, false]);
  });

  it("lets the later rule win, and says so", () => {
    const made = run([
      rule(1, { name: "Calm", then: [{ action: "priority", to: "low" }] }),
      rule(2, { then: [{ action: "priority", to: "urgent" }] }),
    ]);
    expect(made.changes).toEqual([
      { change: { change: "set-priority", to: "urgent" }, cause: { kind: "rule", detail: '"Rule 2"' } },
    ]);
    expect(made.trace[1]?.did).toEqual(['priority urgent overrides rule "Calm" (low)']);
  });

  it("makes no change of what comes back to where it was", () => {
    const made = run([
      rule(1, { then: [{ action: "priority", to: "low" }] }),
      rule(2, { then: [{ action: "priority", to: "normal" }] }),
    ]);
    expect(made.changes).toEqual([]);
  });

  it("ends at a stop, but only when the rule holds", () => {
    const tag = (text: string) => [{ action: "tag", tags: [text] }] as const;
    const made = run([
      rule(1, { if: subjectHas("zebra"), stop: true, then: tag("a") }),
      rule(2, { if: subjectHas("log in"), stop: true, then: tag("b") }),
      rule(3, { then: tag("c") }),
    ]);
    expect(made.changes.map(({ change }) => change)).toEqual([{ change: "tag", tag: "b" }]);
    expect(made.trace.map((one) => [one.stopped, one.skipped])).toEqual([
      [false, undefined],
      [true, undefined],
      [false, 'rule "Rule 2" stopped the run'],
    ]);
  });

  it("leaves out disabled rules and those of other triggers", () => {
    const then = [{ action: "priority", to: "high" }] as const;
    const made = run([rule(1, { enabled: false, then }), rule(2, { when: "customer_replied", then })]);
    expect(made).toMatchObject({ changes: [], trace: [] });
  });

  it("skips a rule that is not one, even when its negation would hold", () => {
    const nonsense = { not: { test: { field: "colour", operator: "is", value: "red" } } };
    const made = run([rule(1, { if: nonsense, then: [{ action: "status", to: "closed" }] })]);
    expect(made.changes).toEqual([]);
    expect(made.trace[0]?.skipped).toMatch(/no field "colour"/);
  });

  it("asks for an assignment, and for none when it is so already", () => {
    const toAnn = [rule(1, { then: [{ action: "assign", to: { strategy: "fixed", agent: "ann" } }] })];
    expect(run(toAnn).assignment).toEqual({
      assignment: { strategy: "fixed", agent: "ann" },
      cause: { kind: "rule", detail: '"Rule 1"' },
    });
    expect(run(toAnn, facts({ ticket: ticket({ assignee: "ann" }) })).assignment).toBeNull();
    const toNobody = [rule(1, { then: [{ action: "assign", to: { strategy: "none" } }] })];
    expect(run(toNobody).assignment).toBeNull();
    expect(run(toNobody, facts({ ticket: ticket({ assignee: "ann" }) })).assignment?.assignment).toEqual({
      strategy: "none",
    });
  });

  it("waits for nobody once a rule has closed the ticket", () => {
    const made = run([rule(1, { then: [{ action: "status", to: "closed" }] })]);
    expect(made.changes.map(({ change }) => change)).toEqual([
      { change: "set-status", to: "closed" },
      { change: "set-waiting-for", to: null },
    ]);
  });

  it("does not choke on two hundred rules over a megabyte of text", () => {
    const big = facts({ message: message({ text: "lorem ipsum ".repeat(90_000) }) });
    const many = Array.from({ length: 200 }, (_, index) =>
      rule(index + 1, {
        if: { test: { field: "body", operator: "has_word", value: `word${index}` } },
        then: [{ action: "priority", to: "high" }],
      }),
    );
    const began = performance.now();
    expect(run(many, big).changes).toEqual([]);
    expect(performance.now() - began).toBeLessThan(2_000);
  });
});
