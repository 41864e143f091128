import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { diffDesk } from "../../../src/desk/file/desk-diff.ts";
import { readDesk } from "../../../src/desk/file/desk-file.ts";
import { writeDesk } from "../../../src/desk/file/desk-file-write.ts";
import type { Desk } from "../../../src/desk/types.ts";
import { formatError } from "../../../src/yaml/problem.ts";

const EXAMPLE = readFileSync("desk.example.yaml", "utf8");

function read(text: string): Desk {
  const result = readDesk(text, "desk.yaml");
  if (!result.ok) throw new Error(result.errors.map(formatError).join("\n"));
  return result.desk;
}

const before = read(EXAMPLE);
const lines = (after: Desk, from: Desk | undefined = before) => diffDesk(from, after).map(({ line }) => line);
/** The example with some of its text replaced. */
const edited = (...edits: [string, string][]): Desk =>
  read(
    edits.reduce((text, [from, to]) => {
      if (!text.includes(from)) throw new Error(`no ${from}`);
      return text.replace(from, to);
    }, EXAMPLE),
  );

describe("diffDesk", () => {
  it("finds nothing between a desk and its export", () => {
    expect(lines(read(writeDesk(before)))).toEqual([]);
  });

  it("lists everything of a first desk", () => {
    expect(diffDesk(undefined, before).map(({ line }) => line)).toEqual([
      "+ desk Northwind Support",
      "+ schedule office",
      "+ sla standard",
      "+ sla gold",
      "+ agent ann (Ann Lee)",
      "+ agent ben (Ben Ortiz)",
      "+ agent chloe (Chloe Roy)",
      "+ agent dev (Dev Patel)",
      "+ department support (support@nw.example)",
      "+ department billing (billing@nw.example)",
      "+ department it (it@nw.example)",
      "+ topic login (Login and access)",
      "+ topic invoice (Invoices)",
      "+ topic other (Something else)",
      "+ organization fabrikam (Fabrikam)",
      "+ canned text reset",
      '+ rule "Outages are urgent, newsletters are not"',
      '+ rule "Order numbers"',
      '+ rule "Eight working hours without our answer"',
    ]);
  });

  it.each<[[string, string][], string[]]>([
    [
      [
        ["assign: none", "assign: round-robin"],
        ["tell: { new: billing-team@nw.example }", "tell: { new: members }"],
      ],
      ["~ department billing: assign none -> round-robin; tell.new billing-team@nw.example -> members"],
    ],
    [[["    assign: dev\n    sla: gold\n", "    assign: dev\n"]], ["~ department it: sla gold -> nothing"]],
    [
      [
        ["respond: 4h", "respond: 2h"],
        ["undo: 60s", "undo: 2m"],
      ],
      ["~ desk: defaults.undo 1m -> 2m", "~ sla standard: respond 4h -> 2h"],
    ],
    [
      [['hours: "09:00-17:30"', 'hours: "09:00-17:00"']],
      expect.arrayContaining([
        "~ schedule office: hours { days: mon-fri, hours: 09:00-17:30 } -> { days: mon-fri, hours: 09:00-17:00 }",
      ]),
    ],
    [
      [["then: { priority: urgent", "then: { priority: high"]],
      [
        '~ rule "Outages are urgent, newsletters are not": then { priority: urgent, assign: ann } -> { priority: high, assign: ann }',
      ],
    ],
    [
      [["when: clock\n", "when: clock\n    enabled: false\n"]],
      ['~ rule "Eight working hours without our answer": enabled true -> false'],
    ],
    [[["name: Order numbers", "name: Orders"]], ['+ rule "Orders"', '- rule "Order numbers" (deactivated)']],
    [[["  other: { title: Something else }\n", ""]], ["- topic other (deactivated)"]],
  ])("shows %j", (edits, expected) => {
    expect(lines(edited(...edits))).toEqual(expected);
  });

  it.each<[[string, string][], string[]]>([
    [
      [
        ["warn: 30m", "warn: 1h"],
        ["of: respond, after: 0m, tell: lead, priority: high", "of: respond, after: 1h, tell: ben"],
        ["priorities: { urgent: { respond: 1h } }", "priorities: {}"],
      ],
      [
        "~ sla standard: priorities { urgent: { respond: 1h } } -> nothing; warn 30m -> 1h; escalate { of: respond, after: 0m, tell: lead, priority: high }, { of: resolve, before: 4h, tell: assignee } -> { of: respond, after: 1h, tell: ben }, { of: resolve, before: 4h, tell: assignee }",
      ],
    ],
    [
      [
        ["away: 2026-12-20..2027-01-03, deputy: ann", "skills: [network]"],
        ["capacity: 20", "capacity: 30, schedule: office, skills: [network]"],
        ["assign: least-open", "assign: { by: sticky, skills: [network] }"],
        ["close_pending: 14d", "reopen: 30d"],
      ],
      [
        "~ agent ben: schedule nothing -> office; skills nothing -> network; capacity 20 -> 30",
        "~ agent chloe: away 2026-12-20..2027-01-03 -> nothing; deputy ann -> nothing; skills nothing -> network",
        "~ department support: assign least-open -> { by: sticky, skills: [ network ] }; reopen nothing -> 30d; close_pending 14d -> nothing",
      ],
    ],
    [
      [
        ["words: [invoice, refund]", "words: [invoice], portal: true"],
        ["domains: [fabrikam.example]", "domains: [fabrikam.example, fab.example]"],
        ["attributes: { contract: gold }", "attributes: { contract: silver }"],
        ["choose a new password at", "get a new password at"],
        ["form_senders:", "lists: { vip: joe@x.example }\nform_senders:"],
      ],
      [
        "~ topic invoice: words invoice, refund -> invoice; portal nothing -> true",
        "~ organization fabrikam: domains fabrikam.example -> fabrikam.example, fab.example; attributes { contract: gold } -> { contract: silver }",
        String.raw`~ canned text reset: text "Hi {{ customer.first_name | default: \"there\" }}, you can choose a new password at https://nw.example/reset." -> "Hi {{ customer.first_name | default: \"there\" }}, you can get a new password at https://nw.example/reset."`,
        "+ list vip",
      ],
    ],
    [
      [
        [
          "  fabrikam: { name: Fabrikam, domains: [fabrikam.example], sla: gold, tag: vip, attributes: { contract: gold } }\n",
          "",
        ],
      ],
      ["- organization fabrikam (deactivated)"],
    ],
    [
      [["expect: nothing }", "expect: { tag: x } }"]],
      [
        '~ rule "Outages are urgent, newsletters are not": examples …le, subject: Download broken }, expect: nothing } -> …le, subject: Download broken }, expect: { tag: x } }',
      ],
    ],
  ])("shows what is new in this format: %#", (edits, expected) => {
    expect(lines(edited(...edits))).toEqual(expected);
  });

  it("shows a long text around the place where it changes", () => {
    const long = (word: string) => ({
      ...before,
      canned: { reset: { key: "reset", text: `${"a ".repeat(5000)}${word}${" b".repeat(5000)}` } },
    });
    const [line, ...others] = lines(long("new"), long("old"));
    expect(others).toEqual([]);
    expect(line).toMatch(/^~ canned text reset: text …[a ]+old b[b ]+… -> …[a ]+new b[b ]+…$/);
    expect(line!.length).toBeLessThan(500);
  });

  it("deactivates who is absent, and says when somebody is back", () => {
    const without = edited([
      "  ben: { name: Ben Ortiz, emails: [ben@nw.example], role: trainee, in: [support], capacity: 20 }\n",
      "",
    ]);
    expect(lines(without)).toEqual(["- agent ben (deactivated)"]);
    const stored: Desk = {
      ...without,
      agents: { ...without.agents, ben: { ...before.agents["ben"]!, active: false } },
    };
    expect(lines(without, stored)).toEqual([]);
    expect(lines(before, stored)).toEqual(["+ agent ben (Ben Ortiz) (active again)"]);
  });

  it("calls a swap of rules a change, and a new rule above the others only new", () => {
    const two = { ...before, rules: before.rules.slice(0, 2) };
    const [first, second] = two.rules as [Desk["rules"][0], Desk["rules"][0]];
    const swapped = {
      ...before,
      rules: [
        { ...second, position: 1 },
        { ...first, position: 2 },
      ],
    };
    expect(lines(swapped, two)).toEqual([`~ rules run in another order: "${second.name}", "${first.name}"`]);
    const added = {
      ...before,
      rules: [
        { ...first, name: "New", position: 1 },
        { ...first, position: 2 },
        { ...second, position: 3 },
      ],
    };
    expect(lines(added, two)).toEqual(['+ rule "New"']);
  });
});
