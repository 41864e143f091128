/** What a desk file may not say because it would never come true, and where its mistakes are told. */
import { describe, expect, it } from "vitest";
import { errors, ruleErrors, SMALL } from "./desk-file-texts.ts";

const PEOPLE = SMALL.replace(
  "departments:",
  `  root: { name: Root, emails: root@nw.example, skills: [network] }
  ben: { name: Ben, emails: ben@nw.example, in: [it], skills: [network], deputy: ann }
departments:
  it: { address: it@nw.example }`,
);

describe("an agent who works in no department", () => {
  it.each([
    ["a rule", `${PEOPLE}rules: [{ name: A, when: opened, then: { assign: root } }]\n`, "rules[1].then.assign"],
    [
      "an escalation",
      `${PEOPLE}sla: { a: { respond: 1h, resolve: 2h, escalate: { of: respond, after: 0m, assign: root } } }\n`,
      "sla.a.escalate.assign",
    ],
    ["escalate_to", `${PEOPLE}sla: { a: { respond: 1h, resolve: 2h, escalate_to: root } }\n`, "sla.a.escalate_to"],
    ["a deputy", PEOPLE.replace("deputy: ann", "deputy: root"), "agents.ben.deputy"],
  ])("is not given tickets by %s", (_, text, field) => {
    expect(errors(text)).toEqual([
      expect.stringMatching(
        new RegExp(
          `^desk\\.yaml:\\d+:\\d+ ${field.replace(/[[\].]/g, "\\$&")}: root works in no department, so no ticket can go to root\\. Write a department into agents\\.root\\.in, or another agent here\\.$`,
        ),
      ),
    ]);
  });

  it("is nobody's mistake otherwise", () => expect(errors(PEOPLE)).toEqual([]));
});

it("a department asks for skills that somebody there has", () => {
  const asks = "{ assign: { by: least-open, skills: network }, address: ";
  expect(errors(PEOPLE.replace("it: { address: ", `it: ${asks}`))).toEqual([]);
  expect(errors(PEOPLE.replace("support: { address: ", `support: ${asks}`))).toEqual([
    expect.stringMatching(
      /:48 departments\.support\.assign\.skills: nobody in support has the skill "network"\. Write it into the `skills` of at least one agent who works there\.$/,
    ),
  ]);
});

describe("values that can never hold", () => {
  it.each([
    ["{ language: german }", '"german" can never be the language. Write a code of ISO 639, such as de or pt.'],
    ["{ language: [de, german] }", '"german" can never be the language. Write a code of ISO 639, such as de or pt.'],
    ["{ hour: { at_least: 25 } }", '"25" is too great: it is 23 at most. Write a number from 0 to 23.'],
    ["{ hour: { more_than: 23 } }", '"23" is too great: it is 23 at most. Write a number from 0 to 23.'],
    [
      "{ from: [nonsense] }",
      '"nonsense" is neither an address nor a domain. Write joe@example.com, or example.com for everybody there.',
    ],
    [
      "{ customer_domain: { in: [x.example, y] } }",
      '"y" is neither an address nor a domain. Write joe@example.com, or example.com for everybody there.',
    ],
  ])("are refused: %s", (condition, message) => {
    const found = ruleErrors(`if: ${condition}\nthen: { stop: true }`);
    expect(found).toHaveLength(1);
    expect(found[0]!.endsWith(message)).toBe(true);
  });

  it.each([
    "{ hour: { at_least: 18, less_than: 24 } }",
    "{ from: [joe@x.example, '@x.example', x.example, '@intranet'] }",
    "{ from: { contains: nonsense }, language: DE }",
  ])("are not: %s", (condition) => expect(ruleErrors(`if: ${condition}\nthen: { stop: true }`)).toEqual([]));
});

describe("conditions in conditions", () => {
  const nested = (levels: number) =>
    errors(`${SMALL}rules:
  - { name: R, when: opened, if: ${"{ any: [".repeat(levels)}{ subject: x }${"] }".repeat(levels)}, then: { stop: true } }
  - { name: S, when: opened, then: { stop: true } }
`);

  it.each([1, 11, 20])("may be %d levels deep", (levels) => expect(nested(levels)).toEqual([]));

  it.each([
    [21, /^desk\.yaml:9:.* is nested more than 20 levels deep\. Split the rule\.$/],
    [40, /^desk\.yaml:9:.* is nested more than 20 levels deep\. Split the rule\.$/],
    [200, /^desk\.yaml:9:.* is nested too deeply\./],
  ])("may not be %d levels deep, which is the only mistake then", (levels, message) => {
    expect(nested(levels)).toEqual([expect.stringMatching(message)]);
  });
});

describe("plans and assignments that say less than they seem to", () => {
  const plan = (lines: string) =>
    errors(`${SMALL}schedules: { day: { days: mon-fri, hours: "09:00-17:00" } }\nsla: { a: ${lines} }\n`);
  it.each([
    [
      "{ respond: 4h, resolve: 2h }",
      /sla\.a\.resolve: the closing would be due after 2h, before the first answer \(4h\)/,
    ],
    ["{ respond: 9h, resolve: 1d, during: day }", /sla\.a\.resolve: the closing would be due after 1d, .* \(9h\)/],
    [
      "{ respond: 1h, resolve: 8h, priorities: { low: { respond: 2d } } }",
      /sla\.a\.priorities\.low\.respond: the closing would be due after 8h, before the first answer \(2d\)/,
    ],
    [
      "{ respond: 1h, resolve: 8h, priorities: { urgent: {} } }",
      /priorities\.urgent: says no time\. Write respond, resolve or both\./,
    ],
  ])("%s", (lines, message) => expect(plan(lines)).toEqual([expect.stringMatching(message)]));

  it("but a plan whose times fit is one", () => {
    expect(plan("{ respond: 9h, resolve: 2d, during: day, priorities: { low: { respond: 1d } } }")).toEqual([]);
    expect(plan("{ respond: 9h, resolve: 1d }")).toEqual([]);
  });

  it("`otherwise` belongs to sticky", () => {
    expect(ruleErrors("then: { assign: { by: least-open, otherwise: round-robin } }")).toEqual([
      expect.stringMatching(/then\.assign\.otherwise: belongs to sticky: least-open finds somebody without it\./),
    ]);
  });
});
