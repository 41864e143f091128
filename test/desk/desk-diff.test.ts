import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { diffDesk } from "../../src/desk/desk-diff.ts";
import { readDesk } from "../../src/desk/desk-file.ts";
import { writeDesk } from "../../src/desk/desk-file-write.ts";
import type { Desk } from "../../src/desk/types.ts";
import { formatError } from "../../src/yaml/problem.ts";

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
      '+ rule "Login words"',
      '+ rule "Outages are urgent, newsletters are not"',
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
    [[["    sla: gold\n", ""]], ["~ department it: sla gold -> nothing"]],
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
      [["priority: urgent", "priority: high"]],
      [
        '~ rule "Outages are urgent, newsletters are not": then { priority: urgent, assign: ann } -> { priority: high, assign: ann }',
      ],
    ],
    [
      [["when: opened\n    if: { subject", "when: opened\n    enabled: false\n    if: { subject"]],
      ['~ rule "Login words": enabled true -> false'],
    ],
    [[["name: Login words", "name: Access"]], ['+ rule "Access"', '- rule "Login words" (deactivated)']],
    [[["  other: { title: Something else }\n", ""]], ["- topic other (deactivated)"]],
  ])("shows %j", (edits, expected) => {
    expect(lines(edited(...edits))).toEqual(expected);
  });

  it("deactivates who is absent, and says when somebody is back", () => {
    const without = edited([
      "  ben: { name: Ben Ortiz, emails: [ben@nw.example], role: trainee, in: [support] }\n",
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
    const [first, second] = before.rules as [Desk["rules"][0], Desk["rules"][0]];
    const swapped = {
      ...before,
      rules: [
        { ...second, position: 1 },
        { ...first, position: 2 },
      ],
    };
    expect(lines(swapped)).toEqual([`~ rules run in another order: "${second.name}", "${first.name}"`]);
    const added = {
      ...before,
      rules: [
        { ...first, name: "New", position: 1 },
        { ...first, position: 2 },
        { ...second, position: 3 },
      ],
    };
    expect(lines(added)).toEqual(['+ rule "New"']);
  });
});
