import { expect, it } from "vitest";
import { check, choice, section, text, textOr } from "../../src/yaml/fields.ts";
import { formatError } from "../../src/yaml/problem.ts";
import { readYaml } from "../../src/yaml/source.ts";

const status = textOr(
  choice(["open", "pending"]),
  section({ snoozed: text("a time", "3d"), note: text("a note", "x").optional() }),
);

function read(file: string) {
  const source = readYaml(file, "f.yaml");
  const result = check(section({ status: status.optional() }), source.value);
  return result.ok ? result.value : result.problems.map(source.place).map(formatError);
}

it.each([
  ["status: open", { status: "open" }],
  ["status: { snoozed: 3d }", { status: { snoozed: "3d" } }],
  ["status:", {}],
  ["status: opne", ['f.yaml:1:9 status: "opne" is not known here. Did you mean "open"? Write open or pending.']],
  ["status: {}", ["f.yaml:1:1 status.snoozed: is missing. Write 3d."]],
  [
    "status: { snozed: 3d, nte: x, snoozed: 1d }",
    [
      'f.yaml:1:11 status.snozed: there is no key "snozed" here. Did you mean "snoozed"? Known here: snoozed, note.',
      'f.yaml:1:23 status.nte: there is no key "nte" here. Did you mean "note"? Known here: snoozed, note.',
    ],
  ],
  ["status: [open]", ["f.yaml:1:9 status: a list is not a map. Write a map with snoozed, note."]],
])("reads %s as text or as a map", (file, result) => {
  const found = read(file);
  expect(found).toEqual(result);
});

it("does not go on with a value whose keys are unknown", () => {
  const outer = section({ status }).transform(({ status: one }) =>
    typeof one === "string" ? one : one.snoozed.length,
  );
  expect(check(outer, { status: { snoozed: "3d", other: "x" } })).toMatchObject({
    ok: false,
    problems: [{ path: ["status", "other"], at: "key" }],
  });
});

it.each([
  ["a: order (x", 11],
  ["a: 'order (x'", 12],
  ['a: "order (x"', 12],
  // The value is not written as it is read: the mistake is at its beginning then.
  ["a: 'it''s (x'", 4],
  ["a: |\n  order (x", 4],
])("finds the column inside the value of %j", (file, column) => {
  const source = readYaml(file, "f.yaml");
  const { a } = source.value as { a: string };
  expect(source.place({ path: ["a"], message: "", after: a.slice(0, a.indexOf("(") + 1) }).column).toBe(column);
});
