import { describe, expect, it } from "vitest";
import { route } from "../../../src/desk/rules/routing.ts";
import type { RouteFacts } from "../../../src/desk/rules/routing.ts";
import type { Desk, Organization, Rule } from "../../../src/desk/types.ts";
import { DESK, facts, rule, subjectHas, ticket, topic } from "./rule-world.ts";

function routed(more: Partial<RouteFacts> = {}, rules: readonly Rule[] = [], desk: Partial<Desk> = {}) {
  const made = route({ ...DESK, ...desk, rules }, facts(more));
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

describe("an organization", () => {
  const fab = {
    key: "fab",
    name: "Fabrikam",
    domains: [],
    department: "it",
    priority: "urgent",
    sla: "gold",
    tags: ["vip"],
    attributes: {},
    active: true,
  } as const;
  const of = (more: Partial<Organization>, facts: Partial<RouteFacts> = {}, rules: readonly Rule[] = []) =>
    routed({ organization: "fab", ...facts }, rules, { organizations: { fab: { ...fab, ...more } } }).changes;

  it("wins over the department of the address and its ways", () => {
    expect(of({}, { department: "billing" })).toEqual({
      "set-department": "it by organization fab",
      "set-priority": "urgent by organization fab",
      "set-sla": "gold by organization fab",
      "tag vip": "by organization",
    });
  });

  it("gives way to the topic and to rules, field by field", () => {
    const low = rule(1, { then: [{ action: "sla", to: "idle" }] });
    expect(of({}, { plusTag: "invoice" }, [low])).toEqual({
      "set-topic": "invoice by topic +invoice in the address",
      "set-department": "billing by topic invoice",
      "set-priority": "low by topic invoice",
      "set-sla": 'idle by rule "Rule 1"',
      "tag vip": "by organization",
    });
  });

  it("says nothing once it has left the desk file, nor after the opening, nor of a department that is gone", () => {
    expect(of({ active: false })).toEqual({});
    expect(of({}, { trigger: "customer_replied" })).toEqual({});
    expect(of({ department: "gone", priority: undefined, sla: undefined, tags: [] })).toEqual({});
  });

  it("can lose its tag to a rule", () => {
    expect(
      of({ department: undefined, priority: undefined }, {}, [rule(1, { then: [{ action: "untag", tags: ["vip"] }] })]),
    ).toEqual({
      "set-sla": "gold by organization fab",
    });
  });
});

describe("a topic", () => {
  const topics = { ...DESK.topics, login: topic("login", { department: "it", words: ["log in"] }) };

  it("comes from a word in the subject", () => {
    expect(routed({}, [], { topics }).changes).toMatchObject({
      "set-topic": 'login by topic "log in" in the subject',
      "set-department": "it by topic login",
    });
  });

  it("stays what was chosen when the ticket was opened", () => {
    expect(routed({ ticket: ticket({ topic: "invoice" }) }, [], { topics }).changes).toMatchObject({
      "set-department": "billing by topic invoice",
    });
  });

  it("of a rule takes its place, with what belongs to it", () => {
    const made = routed({}, [rule(1, { then: [{ action: "topic", to: "invoice" }] })], { topics });
    expect(made.changes).toEqual({
      "set-topic": 'invoice by rule "Rule 1"',
      "set-department": "billing by topic invoice",
      "set-priority": "low by topic invoice",
      "set-sla": "gold by topic invoice",
    });
  });
});

it("hands on effects, and leaves out those that name what is gone", () => {
  const made = routed({}, [
    rule(1, {
      then: [
        { action: "reply", canned: "none" },
        { action: "sla", to: "lead" },
        { action: "watch", who: ["old"] },
        { action: "watch", who: ["boss@nw.example"] },
        { action: "tell", audience: ["lead"] },
      ],
    }),
  ]);
  expect(made.effects).toMatchObject([{ effect: { action: "tell" }, cause: { kind: "rule", detail: '"Rule 1"' } }]);
  expect(made.trace.rules[0]?.did).toEqual([
    'left out: there is no canned text "none"',
    'left out: there is no SLA plan "lead"',
    'left out: there is no agent "old"',
    "watch boss@nw.example",
    "tell lead",
  ]);
  expect(made.trace.steps).toContainEqual({ field: "watch", value: "boss@nw.example", because: 'rule "Rule 1"' });
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
