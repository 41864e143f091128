/** Every key of postern.yaml and desk.yaml is explained, and nothing that does not exist. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { rootSection } from "../../src/config/schema.ts";
import { FIELDS } from "../../src/desk/rules/condition-fields.ts";
import { OPERATORS } from "../../src/desk/rules/condition-operators.ts";
import { namesOf } from "../../src/desk/file/desk-file-names.ts";
import { deskSection } from "../../src/desk/file/desk-file-schema.ts";
import { ALTERNATIVES } from "../../src/yaml/fields.ts";

/** The names of all keys of a schema, at any depth. */
function keysIn(schema: unknown): string[] {
  const def = (schema as z.ZodType)._zod.def as unknown as Record<string, unknown>;
  if (def["type"] === "object") {
    const shape = def["shape"] as Record<string, unknown>;
    return Object.entries(shape).flatMap(([key, inner]) => [key, ...keysIn(inner)]);
  }
  const inner = [def["innerType"], def["in"], def["out"], def["element"], def["valueType"]];
  const either = ALTERNATIVES.get(schema as z.ZodType)?.of ?? [];
  return [...inner, ...either].flatMap((one) => (one === undefined ? [] : keysIn(one)));
}

const AROUND = { file: null, baseDir: "/", readFile: () => "" };
const NAMES = namesOf(undefined);
const page = (name: string) => readFileSync(`docs/${name}.md`, "utf8");
const mentions = (text: string, key: string) =>
  new RegExp(`\`(?:[a-z_]+\\.)?${key}(?:\\.[a-z_]+)?\`|^## .*\\b${key}\\b`, "m").test(text);

describe.each([
  ["configuration", rootSection(AROUND), ["mailboxes", "lease_ttl", "plus_addressing", "greeting"]],
  [
    "desk-file",
    deskSection(NAMES),
    ["agents", "customer_reply", "fold_after", "holidays", "otherwise", "snoozed", "acknowledge"],
  ],
] as const)("docs/%s.md", (name, schema, some) => {
  const keys = [...new Set(keysIn(schema))];

  it("is checked against all keys", () => {
    expect(keys).toEqual(expect.arrayContaining([...some]));
    expect(keys.length).toBeGreaterThan(40);
  });

  it.each(keys)("explains %s", (key) => {
    expect(mentions(page(name), key)).toBe(true);
  });
});

it("docs/desk-file.md lists every field with its operators, and every operator", () => {
  const text = page("desk-file");
  for (const [field, row] of Object.entries(FIELDS)) {
    const others = row.operators.filter((one) => one !== row.defaultOperator).map((one) => `\`${one}\``);
    expect(text).toContain(
      `| \`${field}\`: ${row.about} | \`${row.defaultOperator}\` | ${others.join(", ") || "none"} |`,
    );
  }
  for (const [operator, row] of Object.entries(OPERATORS)) expect(text).toContain(`| \`${operator}\` | ${row.about} |`);
});
