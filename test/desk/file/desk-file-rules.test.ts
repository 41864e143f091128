import { describe, expect, it } from "vitest";
import { rule, ruleErrors } from "./desk-file-texts.ts";

describe("conditions", () => {
  const test = (field: string, operator: string, value: unknown) => ({ test: { field, operator, value } });

  it.each([
    ["{ from: a@x.example }", test("from", "is", "a@x.example")],
    ["{ subject: down }", test("subject", "contains", "down")],
    ["{ subject: { has_word: [outage, down] } }", test("subject", "has_word", ["outage", "down"])],
    ["{ subject: { is: 0123 } }", test("subject", "is", "0123")],
    ["{ size: 5MB }", test("size", "at_least", 5_242_880)],
    ["{ topic: { exists: false } }", test("topic", "exists", false)],
    ["{ has_attachment: true }", test("has_attachment", "is", true)],
    [
      "{ header: { X-Thing: { starts: y } } }",
      { test: { field: "header", argument: "X-Thing", operator: "starts", value: "y" } },
    ],
    ["{ subject: a, body: { ends: b } }", { all: [test("subject", "contains", "a"), test("body", "ends", "b")] }],
    ["{ size: { at_least: 1, at_most: 9 } }", { all: [test("size", "at_least", 1), test("size", "at_most", 9)] }],
    ["{ not: { nature: bulk } }", { not: test("nature", "is", "bulk") }],
    [
      "{ any: [{ subject: a }, { all: [{ body: b }] }] }",
      { any: [test("subject", "contains", "a"), { all: [test("body", "contains", "b")] }] },
    ],
  ])("reads %s", (written, condition) => {
    expect(rule(`if: ${written}\nthen: { stop: true }`).if).toEqual(condition);
  });

  it.each([
    ["{ subjet: a }", /rules\[1\]\.if\.subjet: there is no field "subjet"\. Did you mean "subject"\? Known here: from/],
    [
      "{ subject: { has_wrod: a } }",
      /if\.subject\.has_wrod: subject has no operator "has_wrod"\. Did you mean "has_word"\?/,
    ],
    [
      "{ all: [{ body: x }, { topic: loggin }] }",
      /rules\[1\]\.if\.all\[2\]\.topic: "loggin" is no topic of this desk\. Did you mean "login"\?/,
    ],
    ["{ department: sales }", /if\.department: "sales" is no department of this desk\. Known here: it, support/],
    ["{ assignee: anne }", /"anne" is no assignee of this desk\. Did you mean "ann"\?/],
    ["{ priority: urgnt }", /"urgnt" is no priority of this desk\. Did you mean "urgent"\?/],
    ["{ size: big }", /if\.size: "big" is not a number\. Write e\.g\. 1000/],
    ["{ topic: { exists: maybe } }", /if\.topic\.exists: "maybe" is neither true nor false/],
    ["{ header: x }", /if\.header: needs a name\. Write header:/],
    ["{ any: { subject: x } }", /if\.any: needs a list of conditions/],
    ["down", /if: "down" is not a condition\. Write a map/],
    ["{ subject: }", /if\.subject: an empty value cannot be compared/],
    ["{ subject: [] }", /if\.subject: /],
    ["{ waiting_for: them }", /"them" is no waiting_for of this desk\. .*Known here: us, customer/],
    ["{ hours_open: 1d }", /hours_open: "1d" is not a number of hours\. Write e\.g\. 8 or 0\.5\.$/],
    ["{ during: offic }", /during: "offic" is no schedule of this desk\. Known here: always/],
    ["{ from: { in_list: vip } }", /in_list: "vip" is no list of this desk\. Known here: none/],
    [
      "{ subject: { matches: 'a(b' } }",
      /^desk\.yaml:\d+:33 rules\[1\]\.if\.subject\.matches: "a\(b" is not a regular expression: missing closing \), at its character 2\. Write one in RE2's syntax/,
    ],
    ["{ organization_attribute: gold }", /needs a name\. Write organization_attribute: \{ contract: \{ is: text \} \}/],
    ["{}", /if: is empty\. Leave `if` out/],
  ])("refuses %s", (written, message) => {
    expect(ruleErrors(`if: ${written}\nthen: { stop: true }`)).toEqual([expect.stringMatching(message)]);
  });
});

describe("actions", () => {
  it("are read in the order in which they apply", () => {
    const { then, stop } = rule(
      "then: { status: closed, tag: [VIP, vip], assign: ben, priority: high, topic: login, department: it, stop: true }",
    );
    expect(then).toEqual([
      { action: "department", to: "it" },
      { action: "topic", to: "login" },
      { action: "priority", to: "high" },
      { action: "assign", to: { strategy: "fixed", agent: "ben" } },
      { action: "tag", tags: ["vip"] },
      { action: "status", to: "closed" },
    ]);
    expect(stop).toBe(true);
  });

  it.each([
    ["then: { priorty: high }", [/then\.priorty: there is no key "priorty" here\. Did you mean "priority"\?/]],
    [
      "then: { tell: nobody }",
      [/then\.tell: "nobody" is nobody that can be told\. Write assignee, members, lead, the key of an agent/],
    ],
    ["then: { forward: x }", [/then\.forward: `forward` is not supported yet/]],
    [
      "then: { assign: bob }",
      [
        /then\.assign: there is no agent "bob" in this file\. .*Write none, round-robin, least-open, least-weighted, sticky or/,
      ],
    ],
    ["then: {}", [/then: does nothing/]],
    ["then:", [/then: is missing or empty/]],
    ["then: { tag: two words }", [/then\.tag: "two words" is not a tag/]],
  ])("refuses %s", (written, messages) => {
    expect(ruleErrors(written)).toEqual(messages.map((message) => expect.stringMatching(message)));
  });
});
