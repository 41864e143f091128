/** Decisions in words: the text itself is what is promised, so it stands here as it is printed. */
import { describe, expect, it } from "vitest";
import { conditionLines, firstFalse, seenText, testText } from "../../../src/desk/explain/explain-condition.ts";
import { assignmentWords, effectText } from "../../../src/desk/explain/explain-effect.ts";
import { ruleLines } from "../../../src/desk/explain/explain-rule.ts";
import { explainRoute } from "../../../src/desk/explain/explain.ts";
import { bulk, downOrOutage, rule, tested, TRACE } from "./explain-traces.ts";
import { at } from "../rules/rule-world.ts";

describe("a test in words", () => {
  it.each([
    [downOrOutage(true, "x"), 'subject has the word "outage" or "down"'],
    [tested(true, { field: "size", operator: "at_least", value: 5000 }), "size is at least 5000"],
    [tested(true, { field: "has_attachment", operator: "is", value: true }), "has attachment is true"],
    [tested(true, { field: "cc", operator: "exists", value: true }), "cc is there"],
    [tested(true, { field: "topic", operator: "exists", value: false }), "topic is missing"],
    [tested(true, { field: "from", operator: "in_list", value: "vip" }), 'from is in the list "vip"'],
    [tested(true, { field: "from", operator: "in", value: ["a", "b", "c"] }), 'from is one of "a", "b" or "c"'],
    [
      tested(true, { field: "header", argument: "X-Spam-Flag", operator: "starts", value: "yes" }),
      'header "X-Spam-Flag" starts with "yes"',
    ],
    [
      tested(true, { field: "of_a_later_version", operator: "sounds_like", value: "x" }),
      'of a later version sounds like "x"',
    ],
  ])("%#", (trace, words) => {
    expect(testText(trace)).toBe(words);
  });

  it("says what was seen: nothing, much, which of several, what a pattern caught, a defect", () => {
    const head = { field: "to", operator: "is", value: "d@x.example" };
    expect(seenText(tested(false, head))).toBe("no value");
    const many = ["a@x.example", "b@x.example", "c@x.example", "d@x.example"];
    expect(seenText(tested(true, { ...head, seen: many, matched: "d@x.example" }))).toBe(
      '"a@x.example", "b@x.example", "c@x.example" and 1 more, found "d@x.example"',
    );
    expect(seenText(tested(false, { ...head, seen: [`one\n\ttwo ${"long ".repeat(30)}`] }))).toMatch(
      /^"one two (?:long )+l?…"$/,
    );
    expect(seenText(tested(true, { ...head, seen: ["order 77"], captures: { order: "77" } }))).toBe(
      '"order 77"; order = "77"',
    );
    expect(seenText(tested(false, { ...head, defect: 'there is no field "too"' }))).toBe(
      'cannot be tested: there is no field "too"',
    );
  });
});

describe("why a condition did not hold", () => {
  const no = downOrOutage(false, "Hello");
  const yes = bulk(true);

  it.each([
    [no, 'subject has the word "outage" or "down": "Hello"'],
    [{ kind: "all", result: false, parts: [yes, no] } as const, 'subject has the word "outage" or "down": "Hello"'],
    [
      { kind: "any", result: false, parts: [no, bulk(false)] } as const,
      'subject has the word "outage" or "down": "Hello" (and 1 more)',
    ],
    [{ kind: "not", result: false, parts: [yes] } as const, 'not, but nature is "bulk": "bulk"'],
    [
      { kind: "not", result: false, parts: [{ kind: "any", result: true, parts: [no, yes] }] } as const,
      'not, but nature is "bulk": "bulk"',
    ],
    [{ kind: "any", result: false, parts: [] } as const, "any of nothing"],
  ])("%#", (trace, words) => {
    expect(firstFalse(trace)).toBe(words);
  });

  it("is told part by part where everything is asked for, each with what was seen", () => {
    const lines = conditionLines({ kind: "all", result: false, parts: [yes, no] }, 2, true);
    expect(lines).toEqual([
      "  ✗ all of",
      '    ✓ nature is "bulk"                         "bulk"',
      '    ✗ subject has the word "outage" or "down"  "Hello"',
    ]);
  });
});

describe("a run of the rules", () => {
  it("is short unless everything is asked for", () => {
    expect(explainRoute(TRACE, { all: false }).join("\n")).toBe(
      `
topic       login       topic "log in" in the subject
department  it          topic login
priority    urgent      rule "Outages are urgent"
SLA plan    none        default of the desk
tag         vip         organization fabrikam
assign      least-open  department it; Dev Patel has the fewest open tickets (2)
rules (2 of 3 held, 2 not looked at)
  ✓ 1 Everything of Fabrikam
      ✓ organization is "fabrikam"  "fabrikam"
      → priority normal -> high, later overridden by rule "Outages are urgent" (urgent)
  ✗ 2 Invoices                subject has the word "invoice": "The site is down" (and 1 more)
  ✓ 3 Outages are urgent
      ✓ all of
        ✓ any of (1 more not needed)
          ✓ subject has the word "outage" or "down"  "The site is down"
        ✓ not
          ✗ nature is "bulk"                         "correspondence"
      → priority urgent overrides rule "Everything of Fabrikam" (high)
      → tell lead
      → stop: no later rule was looked at
  – 4 to 5                    not looked at: rule "Outages are urgent" stopped the run`.slice(1),
    );
  });

  it("shows every part and every rule when asked to", () => {
    const lines = explainRoute(TRACE, { all: true, indent: 4 });
    expect(lines.every((line) => line.startsWith("    "))).toBe(true);
    const text = lines.map((line) => line.slice(4)).join("\n");
    expect(text).toContain(
      `
  ✗ 2 Invoices
      ✗ all of
        ✗ subject has the word "invoice"  "The site is down"
        ✗ has attachment is true          "false"
`,
    );
    expect(text).toContain(`✗ body contains "outage"  `);
    expect(text).toContain("  – 4 Newsletters             not looked at");
    expect(text).toContain("  – 5 Robots                  not looked at");
  });

  it("says so when there was nothing to decide", () => {
    expect(explainRoute({ deskVersion: 1, trigger: "clock", steps: [], rules: [] }, { all: false })).toEqual([
      "no rule of this trigger is in force",
    ]);
  });

  it("tells of a rule without a condition, and of a name that is too long", () => {
    const long = rule(10, `A rule with ${"many ".repeat(20)}words`, {
      condition: tested(false, { field: "from", operator: "is", value: "a@x.example", seen: ["b@x.example"] }),
    });
    const [first, second] = ruleLines([rule(2, "Always", { result: true }), long], 0, false);
    expect(first).toBe("✓  2 Always  (it has no condition)");
    expect(second).toMatch(/^✗ 10 A rule with .{31}…  from is "a@x\.example": "b@x\.example"$/);
  });
});

describe("effects and assignments", () => {
  it.each([
    [
      effectText({ action: "note", text: "Order {{ match.order }}\n" }, { order: "77" }),
      'note "Order {{ match.order }}" (order = 77)',
    ],
    [effectText({ action: "tell", audience: ["lead", at("boss@nw.example")] }), "tell lead, boss@nw.example"],
    [effectText({ action: "merge", withinMinutes: 1440 }), "merge into a ticket of the last day"],
    [effectText({ action: "merge", withinMinutes: 90 }), "merge into a ticket of the last 90 minutes"],
    [effectText({ action: "silence" }, { order: "77" }), "no acknowledgement"],
    [assignmentWords({ strategy: "fixed", agent: "ann" }), "ann"],
    [assignmentWords({ strategy: "none" }), "none"],
    [
      assignmentWords({ strategy: "sticky", otherwise: "round-robin", skills: ["network"], capacity: 10 }),
      "sticky, else round-robin, skills network, capacity 10",
    ],
  ])("%#", (is, words) => {
    expect(is).toBe(words);
  });
});
