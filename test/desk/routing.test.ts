import { describe, expect, it } from "vitest";
import { route } from "../../src/desk/routing.ts";
import type { RouteFacts } from "../../src/desk/routing.ts";
import type { Rule } from "../../src/desk/types.ts";
import { DESK, facts, rule, subjectHas, ticket } from "./rule-world.ts";

function routed(more: Partial<RouteFacts> = {}, rules: readonly Rule[] = []) {
  const made = route({ ...DESK, rules }, facts(more));
  const changes = Object.fromEntries(
    made.changes.map(({ change, cause }) => [
      "tag" in change ? `tag ${change.tag}` : change.change,
      "to" in change
        ? `${JSON.stringify(change.to).replaceAll('"', "")} by ${cause.kind} ${cause.detail}`
        : `by ${cause.kind}`,
    ]),
  );
  return { ...made, changes };
}

describe("a new ticket", () => {
  it("takes the desk's defaults, and no change where it has them already", () => {
    expect(routed().changes).toEqual({});
    const bare = ticket({ sla: null, priority: "low", department: "billing" });
    expect(routed({ ticket: bare }).changes).toEqual({
      "set-department": "support by default of the desk",
      "set-priority": "normal by default of the desk",
      "set-sla": "standard by default of the desk",
    });
    expect(routed().assignment).toEqual({
      assignment: { strategy: "least-open" },
      cause: { kind: "department", detail: "support" },
    });
  });

  it("takes what the department of the address says over the defaults", () => {
    const made = routed({ department: "it" });
    expect(made.changes).toEqual({
      "set-department": "it by department by the address",
      "set-priority": "high by department it",
      "set-sla": "gold by department it",
    });
    expect(made.assignment?.assignment).toEqual({ strategy: "fixed", agent: "dev" });
  });

  it("takes a topic from the plus address, over the department of the address", () => {
    const made = routed({ department: "it", plusTag: "Invoice" });
    expect(made.changes).toEqual({
      "set-topic": "invoice by topic +invoice in the address",
      "set-department": "billing by topic invoice",
      "set-priority": "low by topic invoice",
      "set-sla": "gold by topic invoice",
    });
    expect(made.assignment).toBeNull();
    expect(routed({ plusTag: "login" }).changes).toMatchObject({
      "set-priority": "high by department it",
      "tag access": "by topic",
    });
  });

  it("ignores a plus address that is no topic, or no longer one", () => {
    expect(routed({ plusTag: "nonsense" }).changes).toEqual({});
    expect(routed({ plusTag: "past" }).changes).toEqual({});
    expect(routed({ plusTag: "constructor" }).changes).toEqual({});
  });

  it("lets rules win over topic and department", () => {
    const urgent = rule(1, { if: subjectHas("log in"), then: [{ action: "priority", to: "urgent" }] });
    expect(routed({ department: "it", plusTag: "invoice" }, [urgent]).changes).toMatchObject({
      "set-priority": 'urgent by rule "Rule 1"',
      "set-department": "billing by topic invoice",
    });
  });

  it("brings a department's own ways when a rule moves the ticket there", () => {
    const made = routed({}, [rule(1, { name: "Login words", then: [{ action: "department", to: "it" }] })]);
    expect(made.changes).toEqual({
      "set-department": 'it by rule "Login words"',
      "set-priority": "high by department it",
      "set-sla": "gold by department it",
    });
    expect(made.assignment).toEqual({
      assignment: { strategy: "fixed", agent: "dev" },
      cause: { kind: "department", detail: "it" },
    });
  });

  it("lets the rule's agent win, and shows later rules the settled ticket", () => {
    const made = routed({}, [
      rule(1, { then: [{ action: "topic", to: "login" }] }),
      rule(2, {
        if: {
          all: [
            { test: { field: "department", operator: "is", value: "it" } },
            { test: { field: "tag", operator: "is", value: "access" } },
          ],
        },
        then: [{ action: "assign", to: { strategy: "none" } }],
      }),
    ]);
    expect(made.trace.rules[1]?.result).toBe(true);
    expect(made.assignment).toBeNull();
  });

  it("leaves a ticket with the agent who has it", () => {
    expect(routed({ ticket: ticket({ assignee: "ann" }) }).assignment).toBeNull();
  });

  it("leaves out an action on what is gone, and says so", () => {
    const made = routed({}, [
      rule(1, {
        then: [
          { action: "department", to: "gone" },
          { action: "topic", to: "past" },
        ],
      }),
    ]);
    expect(made.changes).toEqual({});
    expect(made.trace.rules[0]?.did).toEqual([
      'left out: there is no department "gone"',
      'left out: there is no topic "past"',
    ]);
  });
});

it("runs only the rules of the trigger once a ticket is under way", () => {
  const moved = ticket({ department: "billing", priority: "low", sla: null });
  const rules = [
    rule(1, { then: [{ action: "priority", to: "urgent" }] }),
    rule(2, {
      when: "customer_replied",
      then: [
        { action: "status", to: "open" },
        { action: "tag", tags: ["back"] },
      ],
    }),
  ];
  const made = routed({ trigger: "customer_replied", ticket: moved, department: "it", plusTag: "login" }, rules);
  expect(made.changes).toEqual({ "tag back": "by rule" });
  expect(made.assignment).toBeNull();
});

it("explains itself in plain JSON with the version of the desk", () => {
  const { trace } = routed({ plusTag: "login" }, [
    rule(1, { if: subjectHas("log in"), then: [{ action: "priority", to: "urgent" }] }),
  ]);
  expect(JSON.parse(JSON.stringify(trace))).toEqual(trace);
  expect(trace.deskVersion).toBe(7);
  expect(trace.steps).toEqual([
    { field: "topic", value: "login", because: "topic +login in the address" },
    { field: "department", value: "it", because: "topic login" },
    { field: "priority", value: "urgent", because: 'rule "Rule 1"' },
    { field: "sla", value: "gold", because: "department it" },
    { field: "tag", value: "access", because: "topic login" },
    { field: "assign", value: "dev", because: "department it" },
  ]);
  expect(trace.rules[0]).toMatchObject({ condition: { matched: "log in" }, did: ["priority high -> urgent"] });
});
