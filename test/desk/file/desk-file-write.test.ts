import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { diffDesk } from "../../../src/desk/file/desk-diff.ts";
import { readDesk } from "../../../src/desk/file/desk-file.ts";
import { writeDesk } from "../../../src/desk/file/desk-file-write.ts";
import type { Desk } from "../../../src/desk/types.ts";
import { formatError } from "../../../src/yaml/problem.ts";
import { desks } from "./desk-arbitrary.ts";
import { SMALL } from "./desk-file-texts.ts";

function read(text: string): Desk {
  const result = readDesk(text, "desk.yaml");
  if (!result.ok) throw new Error(`${result.errors.map(formatError).join("\n")}\n${text}`);
  return result.desk;
}

/** Examples know their lines, which are the file's. */
const withoutLines = (desk: Desk): Desk => ({
  ...desk,
  rules: desk.rules.map((rule) => ({
    ...rule,
    examples: rule.examples.map((one) => ({ ...one, line: 0, column: 0 })),
  })),
});

describe("writeDesk", { timeout: 60_000 }, () => {
  it("writes what readDesk reads: the same desk comes back, and nothing differs", () => {
    fc.assert(
      fc.property(desks, (desk) => {
        const back = read(writeDesk(desk));
        expect(withoutLines(back)).toStrictEqual(JSON.parse(JSON.stringify(desk)));
        expect(diffDesk(desk, back)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it("is stable: writing what was read gives the same text", () => {
    const text = writeDesk(read(readFileSync("desk.example.yaml", "utf8")));
    expect(writeDesk(read(text))).toBe(text);
  });

  it("keeps days of an SLA plan, and leaves out what is the default", () => {
    const text = writeDesk(read(readFileSync("desk.example.yaml", "utf8")));
    expect(text).toContain("resolve: 3d");
    expect(text).toContain("respond: 4h");
    expect(text).not.toMatch(/budgets|customer_reply|role: agent/);
  });

  it("keeps working days as days, one of them too", () => {
    const plans = (text: string) =>
      `${SMALL}schedules: { day: { days: mon-fri, hours: "09:00-17:00" } }\nsla:\n${text}`;
    const text = plans(
      "  a: { respond: 4h, resolve: 1d, during: day, escalate: { of: resolve, after: 1d, tell: lead } }\n" +
        "  b: { respond: 90m, resolve: 1d, priorities: { urgent: { resolve: 480m } } }\n",
    );
    const back = writeDesk(read(text));
    expect(back.match(/(?:respond|resolve|after): \w+/g)).toEqual([
      "respond: 4h",
      "resolve: 1d",
      "after: 1d",
      "respond: 1h30m",
      "resolve: 1d",
      "resolve: 8h",
    ]);
    expect(read(back).sla).toEqual(read(text).sla);
  });

  it("leaves out who is no longer active", () => {
    const desk = read(readFileSync("desk.example.yaml", "utf8"));
    const gone = <T extends { active: boolean }>(one: T): T => ({ ...one, active: false });
    const text = writeDesk({
      ...desk,
      agents: { ...desk.agents, old: { ...gone(desk.agents["ben"]!), key: "old" } },
      organizations: { ...desk.organizations, old: { ...gone(Object.values(desk.organizations)[0]!), key: "old" } },
    });
    expect(text).toBe(writeDesk(desk));
  });
});
