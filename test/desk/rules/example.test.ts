import { describe, expect, it } from "vitest";
import { runExamples } from "../../../src/desk/rules/example.ts";
import type { Desk, ExampleResult, ExampleTicket, Rule, RuleExample } from "../../../src/desk/types.ts";
import { at, DESK, message, rule, subjectHas } from "./rule-world.ts";

type Parts = Partial<Exclude<RuleExample["given"], { eml: string }>>;

function example(given: Parts, expected: ExampleResult, ticket: ExampleTicket = {}): RuleExample {
  return { given: { headers: {}, ticket, ...given }, expect: expected, line: 12, column: 7 };
}

function fails(rules: readonly Rule[], more: Partial<Desk> = {}) {
  return runExamples({ ...DESK, ...more, rules }, () => undefined).map(
    ({ expected, actual }) => `${expected} / ${actual}`,
  );
}

const outage = (examples: readonly RuleExample[], more: Partial<Rule> = {}) =>
  rule(1, {
    name: "Outage",
    if: { all: [subjectHas("down"), { not: { test: { field: "nature", operator: "is", value: "bulk" } } }] },
    then: [
      { action: "priority", to: "urgent" },
      { action: "assign", to: { strategy: "fixed", agent: "ann" } },
      { action: "tag", tags: ["outage"] },
      { action: "note", text: "!" },
      { action: "silence" },
    ],
    examples,
    ...more,
  });

const URGENT: ExampleResult = { priority: "urgent", assign: "ann", tags: ["outage"], effects: ["note", "silence"] };

describe("examples that come out as they say", () => {
  it.each<[string, RuleExample]>([
    ["all of it", example({ from: "Joe <joe@x.example>", subject: "Site is down" }, URGENT)],
    ["nothing", example({ subject: "Download broken" }, {})],
    ["a mailing by its header", example({ subject: "down", headers: { "List-Id": "<news.x.example>" } }, {})],
    ["the layers below", example({ subject: "down", to: "it@nw.example" }, { department: "it", sla: "gold" })],
    ["the topic of a plus address", example({ subject: "down", to: "support+login@nw.example" }, { topic: "login" })],
    ["a ticket that has tags", example({ subject: "down" }, { tags: ["outage", "old"] }, { tags: ["old"] })],
  ])("%s", (_name, one) => {
    expect(fails([outage([one])])).toEqual([]);
  });

  it("of every trigger, with a ticket as it stands", () => {
    const replied = rule(1, {
      when: "customer_replied",
      if: {
        all: [
          { test: { field: "department", operator: "is", value: "it" } },
          { test: { field: "body", operator: "contains", value: "thanks" } },
        ],
      },
      then: [{ action: "status", to: "pending" }],
      examples: [
        example({ text: "Thanks" }, { status: "pending", priority: "normal" }, { department: "it" }),
        example({ text: "Thanks" }, {}),
      ],
    });
    const clock = rule(2, {
      when: "clock",
      if: {
        all: [
          { test: { field: "tag", operator: "is", value: "late" } },
          { test: { field: "subject", operator: "exists", value: false } },
        ],
      },
      then: [
        { action: "reject", canned: "sorry" },
        { action: "watch", who: ["ann"] },
      ],
      examples: [example({ subject: "x" }, { effects: ["reject", "watch"], status: "closed" }, { tags: ["late"] })],
    });
    const canned = { sorry: { key: "sorry", text: "Sorry" } };
    expect(fails([replied, clock], { canned })).toEqual([]);
  });

  it("know the organization of the sender, headers, and the form's visitor", () => {
    const fab = { key: "fab", name: "F", domains: ["fab.example"], tags: ["big"], attributes: {}, active: true };
    const rules = [
      rule(1, {
        if: { test: { field: "header", argument: "X-Form", operator: "is", value: "contact" } },
        then: [{ action: "priority", to: "high" }],
        examples: [
          example(
            { from: "form@nw.example", headers: { "X-Form": "Contact", "Reply-To": "v@fab.example" } },
            { tags: ["big"], priority: "high" },
          ),
        ],
      }),
    ];
    expect(fails(rules, { organizations: { fab }, formSenders: [at("form@nw.example")] })).toEqual([]);
  });
});

describe("examples that do not", () => {
  it("say what came out instead", () => {
    const wrong = example(
      { subject: "Site is down" },
      { priority: "high", tags: ["outage", "x"], effects: ["mail"], assign: "ben" },
    );
    expect(fails([outage([wrong])])).toEqual([
      "priority high, assign ben, tag outage, tag x, mail / priority urgent, assign ann, no tag x, no mail",
    ]);
  });

  it("say that the rule acted, or did not", () => {
    expect(fails([outage([example({ subject: "down" }, {})])])).toEqual([
      "that the rule does nothing / that it acts: priority normal -> urgent; assign ann; tag outage; note; acknowledge no",
    ]);
    expect(fails([outage([example({ subject: "up" }, URGENT)])])[0]).toMatch(
      /\/ priority normal, assign least-open, no tag outage, no note, no acknowledge false \(the rule did not hold\)$/,
    );
    const first = rule(0, { name: "First", then: [], stop: true });
    expect(fails([first, outage([example({ subject: "down" }, URGENT)])])[0]).toMatch(
      /\(the rule was not looked at: rule "First" stopped the run\)$/,
    );
  });

  it("name the rule and the line; a later rule may be to blame", () => {
    const later = rule(2, { then: [{ action: "priority", to: "low" }] });
    const rules = [outage([example({ subject: "down" }, { priority: "urgent" })]), later];
    expect(runExamples({ ...DESK, rules }, () => undefined)).toEqual([
      { rule: "Outage", line: 12, column: 7, expected: "priority urgent", actual: "priority low" },
    ]);
  });

  it("say that an agent who is not in the ticket's department does not get it", () => {
    const given = example({ subject: "x" }, { assign: "ann" });
    const assign = (agent: string): Rule["then"] => [{ action: "assign", to: { strategy: "fixed", agent } }];
    const agents = { ...DESK.agents, ann: { ...DESK.agents["ann"]!, departments: [] } };
    expect(fails([rule(1, { then: assign("ann"), examples: [given] })])).toEqual([]);
    expect(fails([rule(1, { then: assign("ann"), examples: [given] })], { agents })).toEqual([
      expect.stringMatching(/^assign ann \/ assign none \(Ann.* is not in .+\)$/),
    ]);
    const later = rule(2, { then: [{ action: "department", to: "billing" }] });
    const elsewhere = { ...DESK.agents, ann: { ...DESK.agents["ann"]!, departments: ["support"] } };
    expect(fails([rule(1, { then: assign("ann"), examples: [given] }), later], { agents: elsewhere })).toHaveLength(1);
  });

  it("take nobody for away, and leave a ticket with whom it had when the other cannot have it", () => {
    const away = { ...DESK.agents["ann"]!, away: [{ from: "2026-01-01", to: "2026-01-31" }] };
    const then: Rule["then"] = [{ action: "assign", to: { strategy: "fixed", agent: "ann" } }];
    const examples = [example({ subject: "x" }, { assign: "ann" })];
    expect(fails([rule(1, { then, examples })], { agents: { ...DESK.agents, ann: away } })).toEqual([]);
    const agents = { ann: { ...away, departments: [] }, ben: { ...DESK.agents["ann"]!, key: "ben", emails: [] } };
    const kept = [example({ subject: "x" }, { assign: "ben" }, { assignee: "ben" })];
    expect(fails([rule(1, { then, examples: kept })], { agents })).toEqual([]);
  });

  it("of a rule that is switched off are not run", () => {
    expect(fails([outage([example({ subject: "up" }, URGENT)], { enabled: false })])).toEqual([]);
  });
});

describe("an example that is a whole message", () => {
  const whole: RuleExample = { given: { eml: "…", ticket: {} }, expect: URGENT, line: 3, column: 1 };
  it("is decided by what was read in it", () => {
    const parsed = (one: RuleExample) => (one === whole ? message({ subject: "It is down" }) : undefined);
    expect(runExamples({ ...DESK, rules: [outage([whole])] }, parsed)).toEqual([]);
  });
  it("fails when it could not be read", () => {
    expect(fails([outage([whole])])[0]).toMatch(/could not be read$/);
  });
});

it("happens on a Wednesday at noon where the desk is", () => {
  const noon = rule(1, {
    if: {
      all: [
        { test: { field: "hour", operator: "is", value: 12 } },
        { test: { field: "weekday", operator: "is", value: "wed" } },
        { test: { field: "during", operator: "is", value: "office" } },
      ],
    },
    then: [{ action: "priority", to: "high" }],
    examples: [example({}, { priority: "high" })],
  });
  for (const timeZone of ["Europe/Berlin", "America/Los_Angeles", "Pacific/Auckland"])
    expect(fails([noon], { timeZone })).toEqual([]);
});
