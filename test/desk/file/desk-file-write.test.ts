import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { diffDesk } from "../../../src/desk/file/desk-diff.ts";
import { readDesk } from "../../../src/desk/file/desk-file.ts";
import { writeDesk } from "../../../src/desk/file/desk-file-write.ts";
import type { Desk } from "../../../src/desk/types.ts";
import { formatError } from "../../../src/yaml/problem.ts";
import { desks } from "./desk-arbitrary.ts";

function read(text: string): Desk {
  const result = readDesk(text, "desk.yaml");
  if (!result.ok) throw new Error(`${result.errors.map(formatError).join("\n")}\n${text}`);
  return result.desk;
}

/** Examples know their lines, which are the file's. */
const withoutLines = (desk: Desk): Desk => ({
  ...desk,
  rules: desk.rules.map((rule) => ({ ...rule, examples: rule.examples.map((one) => ({ ...one, line: 0 })) })),
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
