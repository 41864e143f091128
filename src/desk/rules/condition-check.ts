/** What is wrong with a condition as written, in sentences for the admin. A rule with a defect never acts. */
import { FIELDS, type FieldRow, type OperatorName } from "./condition-fields.ts";
import { OPERATORS } from "./condition-operators.ts";
import { patternProblem } from "./pattern.ts";
import type { Condition, Desk, Test } from "../types.ts";
import { fold } from "../words.ts";

/** What is wrong with one test, undefined when nothing is. Whether a list is in the desk is checked only with a desk. */
export function testDefect(asked: Test, desk?: Pick<Desk, "lists">): string | undefined {
  const row = Object.hasOwn(FIELDS, asked.field) ? FIELDS[asked.field] : undefined;
  if (row === undefined) return `there is no field "${asked.field}"; the fields are ${Object.keys(FIELDS).join(", ")}`;
  if (row.argument !== undefined && !asked.argument) return `"${asked.field}" needs ${row.argument}`;
  const operator = row.operators.find((allowed) => allowed === asked.operator);
  if (operator === undefined)
    return `"${asked.field}" cannot be tested with "${asked.operator}"; use ${row.operators.join(", ")}`;
  return valueDefect(asked, row, operator) ?? meaningDefect(asked, operator, desk);
}

function valueDefect(asked: Test, row: FieldRow, operator: OperatorName): string | undefined {
  const { value } = asked;
  if (operator === "exists" || row.kind === "flag") {
    return typeof value === "boolean" ? undefined : `"${asked.field}" with "${operator}" takes true or false`;
  }
  if (row.kind === "number") return typeof value === "number" ? undefined : `"${asked.field}" takes a number`;
  const wanted = wantedOf(value);
  if (wanted.length === 0 || wanted.some((one) => typeof one !== "string" || fold(one) === "")) {
    return `"${asked.field}" with "${operator}" takes a text, or a list of texts`;
  }
  const odd = wanted.find((one) => row.choices !== undefined && !row.choices.includes(fold(String(one))));
  return odd === undefined ? undefined : `"${odd}" is no ${asked.field}; it is one of ${row.choices?.join(", ")}`;
}

function meaningDefect(asked: Test, operator: OperatorName, desk?: Pick<Desk, "lists">): string | undefined {
  const wanted = wantedOf(asked.value).map(String);
  if (OPERATORS[operator].names === "list" && desk !== undefined) {
    const gone = wanted.find((key) => !Object.hasOwn(desk.lists, key));
    return gone === undefined
      ? undefined
      : `there is no list "${gone}"; the lists are ${Object.keys(desk.lists).join(", ") || "none"}`;
  }
  if (operator !== "matches") return undefined;
  const problems = wanted.map((source) => ({ source, problem: patternProblem(source) }));
  const wrong = problems.find(({ problem }) => problem !== undefined);
  if (wrong?.problem === undefined) return undefined;
  return `the pattern "${wrong.source}" cannot be used: ${wrong.problem.message}, at character ${wrong.problem.position}`;
}

/** The values that a test names, one or several. */
export function wantedOf(value: Test["value"]): readonly (string | number | boolean)[] {
  return typeof value === "object" ? value : [value];
}

/** Every defect of a condition, with nested ones. */
export function conditionDefects(condition: Condition, desk?: Pick<Desk, "lists">): readonly string[] {
  return testsOf(condition).flatMap((one) => testDefect(one, desk) ?? []);
}

/** Every test in a condition, in the order in which they stand there. */
export function testsOf(condition: Condition): readonly Test[] {
  if ("test" in condition) return [condition.test];
  if ("not" in condition) return testsOf(condition.not);
  return ("all" in condition ? condition.all : condition.any).flatMap(testsOf);
}
