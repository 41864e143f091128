import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readDesk } from "../../../src/desk/file/desk-file.ts";
import { errors, SMALL } from "./desk-file-texts.ts";

describe("mistakes", () => {
  it("are all reported, in the order of the file", () => {
    const text = `name: Northwind
ticket_numbers: { prefix: nw }
time_zone: Europe/Berln
defaults: { department: suport, sla: gold }
schedules:
  office: { days: mon-fri, hours: ["09:00-12:00", "11:00-17:00"] }
sla:
  standard: { respond: 4, resolve: 3d, during: ofice }
agents:
  ann: { name: Ann Lee, emails: [ann@nw.example], in: [support], signature: Ann }
  ben: { name: ann, emails: [support@nw.example, ANN@nw.example], in: [suport] }
departments:
  support: { address: support@nw.example, assign: anna, tell: { new: asignee } }
  billing: { address: support@nw.example }
topics:
  login: { titel: Login }
macros: { reset: Hi }
`;
    expect(errors(text)).toEqual(
      [
        /^desk\.yaml:2:27 ticket_numbers\.prefix: "nw" is not a prefix\. Write 1 to 10 capital letters and digits, e\.g\. NW\.$/,
        /^desk\.yaml:3:12 time_zone: "Europe\/Berln" is not a time zone\. Did you mean "Europe\/Berlin"\?/,
        /^desk\.yaml:4:25 defaults\.department: there is no department "suport" in this file\. Did you mean "support"\? Known here: support, billing\.$/,
        /^desk\.yaml:4:38 defaults\.sla: there is no SLA plan "gold" in this file\. Known here: standard\.$/,
        /^desk\.yaml:6:35 schedules\.office\.hours: 09:00-12:00 and 11:00-17:00 overlap on mon\./,
        /^desk\.yaml:8:24 sla\.standard\.respond: "4" is not a working time\. Write minutes, hours or working days, e\.g\. 4h\.$/,
        /^desk\.yaml:8:48 sla\.standard\.during: there is no schedule "ofice".* Did you mean "office"\?/,
        /^desk\.yaml:10:66 agents\.ann\.signature: `signature` is not supported yet\. Take it out; known here: name, emails, role, in, away/,
        /^desk\.yaml:11:16 agents\.ben\.name: "ann" could also mean ann\. Write a name that tells them apart\.$/,
        /^desk\.yaml:11:30 agents\.ben\.emails\[1\]: support@nw\.example is already an address of the department support\./,
        /^desk\.yaml:11:50 agents\.ben\.emails\[2\]: ann@nw\.example is already an address of the agent ann\./,
        /^desk\.yaml:11:72 agents\.ben\.in\[1\]: there is no department "suport"/,
        /^desk\.yaml:13:51 departments\.support\.assign: there is no agent "anna" in this file\. Did you mean "ann"\?/,
        /^desk\.yaml:13:70 departments\.support\.tell\.new: "asignee" is nobody that can be told\. Did you mean "assignee"\?/,
        /^desk\.yaml:14:3 departments\.billing: nobody works in billing\./,
        /^desk\.yaml:14:23 departments\.billing\.address: support@nw\.example is already an address of the department support\./,
        /^desk\.yaml:16:3 topics\.login\.title: is missing\. Write the title/,
        /^desk\.yaml:16:12 topics\.login\.titel: there is no key "titel" here\. Did you mean "title"\?/,
        /^desk\.yaml:17:1 macros: `macros` is not supported yet\./,
      ].map((message) => expect.stringMatching(message)),
    );
  });

  it.each([
    ["an empty file", "", /:1:1 name: is missing\. Write the name that customers know/],
    ["a key twice", `${SMALL}name: Other\n`, /:8:1: the key "name" is here twice/],
    [
      "hours past midnight",
      `${SMALL}schedules: { n: { days: mon, hours: "22:00-06:00" } }`,
      /hours: "22:00-06:00" is not working hours.*Past midnight is two entries/,
    ],
    [
      "a day that is none",
      `${SMALL}schedules: { n: { days: mondy, hours: "08:00-09:00" } }`,
      /:8:25 schedules\.n\.days: "mondy" is not a day\. Write mon-fri/,
    ],
    ["no days", `${SMALL}schedules: { n: { hours: "08:00-09:00" } }`, /schedules\.n\.days: is missing\. Write mon-fri/],
    [
      "a date that does not exist",
      `${SMALL}schedules: { n: { days: mon, hours: "08:00-09:00", holidays: 2026-02-30 } }`,
      /"2026-02-30" is not a date/,
    ],
    [
      "a calendar file",
      `${SMALL}schedules: { n: { days: mon, hours: "08:00-09:00", holidays: de.ics } }`,
      /holidays: there is no file de\.ics here\. Write a path that begins at the folder of the desk file\.$/,
    ],
    [
      "a schedule called always",
      `${SMALL}schedules: { always: { days: mon, hours: "08:00-09:00" } }`,
      /schedules\.always: cannot be the key of a schedule.*always has a meaning of its own/,
    ],
    ["an agent called none", SMALL.replace("ann:", "none:"), /agents\.none: cannot be the key of an agent/],
    [
      "an assignment to somebody else's agent",
      SMALL.replace("Support@NW.example", "s@nw.example, assign: ben").replace(
        "departments:",
        "  ben: { name: Ben, emails: b@nw.example }\ndepartments:",
      ),
      /departments\.support\.assign: ben does not work in support\. Write support into agents\.ben\.in/,
    ],
    [
      "one address in two places of a department",
      SMALL.replace("Support@NW.example", "s@nw.example, also: [S@nw.example]"),
      /s@nw\.example is here twice/,
    ],
    [
      "two rules of one name",
      `${SMALL}rules:\n  - { name: A, when: opened, then: { stop: true } }\n  - { name: A, when: opened, then: { stop: true } }\n`,
      /:10:13 rules\[2\]\.name: rule 1 has this name too/,
    ],
    [
      "a time at which no rule runs",
      `${SMALL}rules:\n  - { name: A, when: closed, then: { stop: true } }\n`,
      /rules\[1\]\.when: "closed" is not known here\. Write opened or customer_replied or agent_replied or status_changed or clock/,
    ],
    ["rules that are a map", `${SMALL}rules: { a: b }\n`, /rules: is not a list/],
    [
      "a broken signature",
      SMALL.replace("Support@NW.example", "s@nw.example, signature: '{{ agent.name'"),
      /signature: is not a text in Liquid: line 1: /,
    ],
    [
      "a signature that names what there is not",
      SMALL.replace("Support@NW.example", "s@nw.example, signature: '{{ agent.fist_name }}'"),
      /signature: is not a text in Liquid: line 1: there is no "agent\.fist_name" here; did you mean "agent\.first_name"\?/,
    ],
    [
      "an address with a name",
      SMALL.replace("emails: ann@nw.example", "emails: [Ann <ann@nw.example>]"),
      /emails\[1\]: "Ann <ann@nw\.example>" is not an email address/,
    ],
    ["no address", SMALL.replace("ann@nw.example", "[]"), /agents\.ann\.emails: is an empty list/],
    [
      "a hold in days",
      SMALL.replace("department: support }", "department: support, hold: 1d }"),
      /defaults\.hold: "1d" is not a time in business hours/,
    ],
    ["__proto__ as a key", SMALL.replace("ann:", "__proto__:"), /agents: __proto__ cannot be a key/],
  ])("tells of %s", (_, text, message) => {
    expect(errors(text)).toEqual(expect.arrayContaining([expect.stringMatching(message)]));
  });

  it("refuses in the model of the full format exactly what this version does not know", () => {
    const later = ["closure: in-reply", "views: { a: open }"];
    for (const line of later) {
      const text = line.startsWith("closure")
        ? SMALL.replace("department: support }", `department: support, ${line} }`)
        : `${SMALL}${line}\n`;
      expect(errors(text)).toEqual([expect.stringMatching(/is not supported yet\. Take it out; known here: /)]);
    }
  });
});

describe("any text", () => {
  const example = readFileSync("desk.example.yaml", "utf8");
  const piece = fc.oneof(
    fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      ":",
      "\n",
      "  ",
      "\t",
      "- ",
      "&a ",
      "*a",
      '"',
      "'",
      "~",
      "|\n",
      "#",
      "? ",
      "!x ",
      "null",
      "---\n",
    ),
    fc.string({ maxLength: 5 }),
  );
  const edit = fc.tuple(fc.nat(example.length), fc.nat(12), piece);

  it("is a desk or a list of mistakes with a place in the file; it never throws", () => {
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
        const text = edits.reduce((all, [at, cut, put]) => all.slice(0, at) + put + all.slice(at + cut), example);
        const result = readDesk(text, "desk.yaml");
        if (result.ok) return;
        expect(result.errors.length).toBeGreaterThan(0);
        for (const { line, column, message } of result.errors) {
          expect(line).toBeGreaterThan(0);
          expect(line).toBeLessThanOrEqual(text.split(/\n/).length);
          expect(column).toBeGreaterThan(0);
          expect(message).not.toMatch(/undefined|\[object|NaN|Invalid input/);
        }
      }),
      { numRuns: 300 },
    );
  });
});
