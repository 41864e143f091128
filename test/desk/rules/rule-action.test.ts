/** What actions do beside the plain replacing of a field: tags, snoozing, watchers, effects, episodes. */
import { describe, expect, it } from "vitest";
import { compileRules, runRules } from "../../../src/desk/rules/rule.ts";
import { readRuleTag } from "../../../src/desk/rules/rule-tag.ts";
import type { Condition, Rule, RuleAction } from "../../../src/desk/types.ts";
import { DESK, facts, message, rule, ticket } from "./rule-world.ts";

const run = (rules: readonly Rule[], from = facts()) => runRules(compileRules({ ...DESK, rules }), from);
const order: Condition = { test: { field: "subject", operator: "matches", value: "order (?P<n>\\S+)(?P<x>!)?" } };
const about = (subject: string) => facts({ message: message({ subject }) });
const changesOf = (made: ReturnType<typeof run>) => made.changes.map(({ change }) => change);

describe("tags", () => {
  it.each([
    ["vip", { tag: "vip" }],
    ["Order-{{ match.n }}", { tag: "order-17a" }],
    ["{{match.n}}{{- match.n -}}", { tag: "17a17a" }],
    ["o-{{ match.n | upcase }}", { tag: "o-17a" }],
    ["{{ match.x }}", { why: "{{ match.x }}: match.x caught nothing" }],
    ["{{ match.evil }}", { why: '{{ match.evil }}: "{{ desk.name }}" cannot be a tag' }],
    ["two words", { why: 'two words: "two words" cannot be a tag' }],
    ["{{ nobody.n | upcase }}", { why: expect.stringMatching(/undefined variable/) }],
  ])("%j", (text, result) => {
    expect(readRuleTag(text, { n: "17A", x: "", evil: "{{ desk.name }}" })).toEqual(result);
  });

  it("are made of what the rule's own patterns caught; those that come to nothing are left out", () => {
    const then: RuleAction[] = [{ action: "tag", tags: ["order-{{ match.n }}", "seen"] }];
    const made = run([rule(1, { if: order, then })], about("order 17"));
    expect(changesOf(made)).toEqual([
      { change: "tag", tag: "order-17" },
      { change: "tag", tag: "seen" },
    ]);
    expect(made.trace[0]).toMatchObject({ captures: { n: "17" }, did: ["tag order-17, seen"] });
    const odd = run([rule(1, { if: order, then })], about("order #/%"));
    expect(changesOf(odd)).toEqual([{ change: "tag", tag: "seen" }]);
    expect(odd.trace[0]?.did).toEqual(['tag seen; left out: the tag order-{{ match.n }}: "order-#/%" cannot be a tag']);
  });

  it("come and go in the order of the rules, compared as people read them", () => {
    const made = run(
      [
        rule(1, { name: "A", then: [{ action: "untag", tags: ["vip", "absent"] }] }),
        rule(2, { name: "B", then: [{ action: "tag", tags: ["new", "brief"] }] }),
        rule(3, { name: "C", then: [{ action: "untag", tags: ["brief"] }] }),
        rule(4, {
          if: { test: { field: "tag", operator: "is", value: "vip" } },
          then: [{ action: "priority", to: "low" }],
        }),
      ],
      facts({ ticket: ticket({ tags: ["VIP", "old"] }) }),
    );
    expect(made.changes).toEqual([
      { change: { change: "tag", tag: "new" }, cause: { kind: "rule", detail: '"B"' } },
      { change: { change: "untag", tag: "VIP" }, cause: { kind: "rule", detail: '"A"' } },
    ]);
  });

  it("are no more than a ticket can have", () => {
    const tags = Array.from({ length: 99 }, (_, n) => `t${n}`);
    const made = run(
      [rule(1, { then: [{ action: "tag", tags: ["a", "b", "t5"] }] })],
      facts({ ticket: ticket({ tags }) }),
    );
    expect(changesOf(made)).toEqual([{ change: "tag", tag: "a" }]);
    expect(made.trace[0]?.did).toEqual(["tag a, t5; left out: the tag b: 100 tags are the most"]);
  });
});

describe("status", () => {
  const NOW = Date.UTC(2026, 2, 28, 11);
  const at = (more = {}) => facts({ times: { ...facts().times, now: NOW }, ...more });
  const snooze = (days: number): Rule => rule(1, { then: [{ action: "status", to: "snoozed", days }] });

  it("snoozes until the same time of the day, also over a change of the clock", () => {
    const until = Date.UTC(2026, 2, 31, 10);
    expect(changesOf(run([snooze(3)], at()))).toEqual([{ change: "set-status", to: "snoozed", until }]);
    expect(run([snooze(3)], at()).trace[0]?.did).toEqual(["status open -> snoozed until 2026-03-31T10:00:00.000Z"]);
    expect(changesOf(run([snooze(0.5)], at()))).toMatchObject([{ until: NOW + 12 * 3_600_000 }]);
  });

  it("snoozes again what sleeps already", () => {
    const asleep = at({ ticket: ticket({ status: "snoozed" }) });
    expect(changesOf(run([snooze(1)], asleep))).toMatchObject([{ change: "set-status", to: "snoozed" }]);
  });

  it("says whose turn it is then", () => {
    const pending = rule(1, { then: [{ action: "status", to: "pending" }] });
    expect(changesOf(run([pending], at()))).toEqual([
      { change: "set-status", to: "pending" },
      { change: "set-waiting-for", to: "customer" },
    ]);
  });

  it("does nothing that the life of a ticket does not allow", () => {
    const closed = at({ ticket: ticket({ status: "closed" }), waitingFor: null });
    const made = run([rule(1, { then: [{ action: "status", to: "pending" }] })], closed);
    expect(made.changes).toEqual([]);
    expect(made.trace[0]?.did[0]).toMatch(/^left out: .*closed ticket/);
    expect(run([rule(1, { then: [{ action: "status", to: "snoozed" }] })], at()).changes).toEqual([]);
  });
});

it("sets an SLA plan, and tells whose plan it replaced", () => {
  const made = run([
    rule(1, { name: "A", then: [{ action: "sla", to: "gold" }] }),
    rule(2, { then: [{ action: "sla", to: "idle" }] }),
  ]);
  expect(changesOf(made)).toEqual([{ change: "set-sla", to: "idle" }]);
  expect(made.trace.map(({ did }) => did[0])).toEqual(["sla standard -> gold", 'sla idle overrides rule "A" (gold)']);
});

it("lets people watch who do not yet", () => {
  const made = run(
    [
      rule(1, { then: [{ action: "watch", who: ["ann", "boss@nw.example"] }] }),
      rule(2, { then: [{ action: "watch", who: ["ben", "ann"] }] }),
    ],
    facts({ ticket: ticket({ watchers: ["ben"] }) }),
  );
  expect(changesOf(made)).toEqual([
    { change: "watch", who: "ann" },
    { change: "watch", who: "boss@nw.example" },
  ]);
  expect(made.effects).toEqual([]);
});

describe("effects", () => {
  it("are kept in order, each with its rule and what that rule caught", () => {
    const made = run(
      [
        rule(1, { name: "A", if: order, then: [{ action: "note", text: "{{ match.n }}" }, { action: "silence" }] }),
        rule(2, { name: "B", then: [{ action: "webhook", url: "https://u:secret@hooks.nw.example/x" }] }),
      ],
      about("order 17"),
    );
    const [a, b] = [
      { kind: "rule", detail: '"A"' },
      { kind: "rule", detail: '"B"' },
    ];
    expect(made.effects).toEqual([
      { effect: { action: "note", text: "{{ match.n }}" }, cause: a, match: { n: "17", x: "" } },
      { effect: { action: "silence" }, cause: a, match: { n: "17", x: "" } },
      { effect: { action: "webhook", url: "https://u:secret@hooks.nw.example/x" }, cause: b, match: {} },
    ]);
    expect(made.trace.map(({ did }) => did)).toEqual([["note", "acknowledge no"], ["webhook hooks.nw.example"]]);
  });

  it("of which there can be only one are replaced by a later rule's", () => {
    const made = run([
      rule(1, {
        name: "A",
        then: [
          { action: "merge", withinMinutes: 60 },
          { action: "note", text: "a" },
        ],
      }),
      rule(2, {
        name: "B",
        then: [
          { action: "note", text: "b" },
          { action: "merge", withinMinutes: 120 },
        ],
      }),
    ]);
    expect(made.effects.map(({ effect }) => effect)).toEqual([
      { action: "note", text: "a" },
      { action: "note", text: "b" },
      { action: "merge", withinMinutes: 120 },
    ]);
    expect(made.trace[1]?.did).toEqual(["note", 'merge within 2 h overrides rule "A" (merge within 1 h)']);
  });
});

it("lets a clock rule hold without acting while its episode lasts", () => {
  const rules = [
    rule(1, { name: "Late", when: "clock", then: [{ action: "priority", to: "high" }] }),
    rule(2, { name: "Later", when: "clock", then: [{ action: "tag", tags: ["late"] }] }),
  ];
  const made = run(rules, facts({ trigger: "clock", message: undefined, acted: new Set(["Late"]) }));
  expect(changesOf(made)).toEqual([{ change: "tag", tag: "late" }]);
  expect(made.trace.map(({ result }) => result)).toEqual([true, true]);
  expect(made.trace[0]?.did).toEqual(["nothing: it has acted and its condition still holds"]);
});
