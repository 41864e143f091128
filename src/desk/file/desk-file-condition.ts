/**
 * A rule's `if` between the desk file and a `Condition`: a map of `field: value` (several keys = all), `all`, `any`, `not`.
 * The fields and operators are the table's; nothing here knows what they mean.
 */
import { z } from "zod";
import { Wrong } from "../../yaml/fields.ts";
import { show, type Path } from "../../yaml/problem.ts";
import { didYouMean } from "../../text/nearest.ts";
import { FIELDS, type FieldRow, type OperatorName } from "../rules/condition-fields.ts";
import { testDefect } from "../rules/condition.ts";
import { readValue } from "./desk-file-value.ts";
import type { DeskNames } from "./desk-file-names.ts";
import type { Condition, Test } from "../types.ts";

const JOINTS = ["all", "any", "not"];
const MAX_DEPTH = 20;

type Subject = Pick<Test, "field" | "argument">;
type Fail = (path: Path, message: string, after?: string) => undefined;
type Reading = {
  readonly names: DeskNames;
  readonly fail: Fail;
  /** How many `all`, `any` and `not` are around. */
  readonly level: number;
};

/** The schema of `if`. */
export function conditionField(names: DeskNames) {
  return z.unknown().transform((input, context): Condition => {
    let failed = false;
    const fail: Fail = (path, message, after) => {
      failed = true;
      context.issues.push({ code: "custom", path: [...path], message, input, params: { after } });
      return undefined;
    };
    const condition = readCondition({ names, fail, level: 0 }, input, []);
    return condition === undefined || failed ? z.NEVER : condition;
  });
}

function readCondition(reading: Reading, input: unknown, path: Path): Condition | undefined {
  if (reading.level > MAX_DEPTH)
    return reading.fail(path, `is nested more than ${MAX_DEPTH} levels deep. Split the rule.`);
  if (typeof input !== "object" || input === null || Array.isArray(input)) {
    return reading.fail(
      path,
      `${input === undefined ? "an empty value" : show(input)} is not a condition. Write a map, e.g. { subject: { has_word: outage } }, or all:, any:, not:.`,
    );
  }
  const conditions = Object.entries(input).flatMap(
    ([key, value]) => readKey(reading, key, value, [...path, key]) ?? [],
  );
  if (Object.keys(input).length === 0)
    return reading.fail(path, "is empty. Leave `if` out for a rule that always applies.");
  return conditions.length === 1 ? conditions[0] : { all: conditions };
}

function readKey(reading: Reading, key: string, value: unknown, path: Path): Condition | undefined {
  const deeper = { ...reading, level: reading.level + 1 };
  if (key === "not") {
    const inner = readCondition(deeper, value, path);
    return inner && { not: inner };
  }
  if (key === "all" || key === "any") {
    if (!Array.isArray(value) || value.length === 0)
      return reading.fail(path, `needs a list of conditions. Write ${key}: [{ subject: down }, { body: down }].`);
    const inner = value.flatMap((entry, n) => readCondition(deeper, entry, [...path, n]) ?? []);
    return key === "all" ? { all: inner } : { any: inner };
  }
  const field = Object.hasOwn(FIELDS, key) ? FIELDS[key] : undefined;
  if (field === undefined) {
    const known = [...Object.keys(FIELDS), ...JOINTS];
    return reading.fail(
      path,
      `there is no field ${show(key)}. ${didYouMean(key, known)}Known here: ${known.join(", ")}.`,
    );
  }
  return field.argument !== undefined
    ? readArguments(reading, key, field, value, path)
    : readTests(reading, { field: key }, field, value, path);
}

/** `header: { X-Thing: { contains: x }, X-Other: y }`, `organization_attribute: { contract: gold }`. */
function readArguments(
  reading: Reading,
  key: string,
  field: FieldRow,
  value: unknown,
  path: Path,
): Condition | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value) || Object.keys(value).length === 0) {
    return reading.fail(
      path,
      `needs a name. Write ${key}: { ${key === "header" ? "X-Thing" : "contract"}: { ${field.defaultOperator}: text } }.`,
    );
  }
  const tests = Object.entries(value).flatMap(
    ([argument, inner]) => readTests(reading, { field: key, argument }, field, inner, [...path, argument]) ?? [],
  );
  return tests.length === 1 ? tests[0] : { all: tests };
}

/** A scalar or list (the default operator), or a map of operators. */
function readTests(
  reading: Reading,
  subject: Subject,
  field: FieldRow,
  value: unknown,
  path: Path,
): Condition | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return readTest(reading, subject, field, field.defaultOperator, value, path);
  const tests = Object.entries(value).flatMap(([operator, inner]) => {
    const known = field.operators.find((one) => one === operator);
    if (known !== undefined) return readTest(reading, subject, field, known, inner, [...path, operator]) ?? [];
    reading.fail(
      [...path, operator],
      `${subject.field} has no operator ${show(operator)}. ${didYouMean(operator, field.operators)}Known here: ${field.operators.join(", ")}.`,
    );
    return [];
  });
  if (Object.keys(value).length === 0)
    return reading.fail(path, `is empty. Write e.g. { ${field.defaultOperator}: text }.`);
  return tests.length === 1 ? tests[0] : { all: tests };
}

function readTest(
  reading: Reading,
  subject: Subject,
  field: FieldRow,
  operator: OperatorName,
  value: unknown,
  path: Path,
): Condition | undefined {
  const one = (input: unknown, at: Path) => {
    const read = readValue({ field, operator, names: reading.names }, input, subject.field);
    return read instanceof Wrong ? reading.fail(at, read.message, read.after) : read;
  };
  const read = Array.isArray(value) ? value.flatMap((entry, n) => one(entry, [...path, n]) ?? []) : one(value, path);
  if (read === undefined || (Array.isArray(value) && Array.isArray(read) && read.length < value.length))
    return undefined;
  const test = { ...subject, operator, value: read as Test["value"] };
  const defect = testDefect(test);
  return defect === undefined ? { test } : reading.fail(path, `${defect}.`);
}

/** A condition as the desk file writes it; reading it back gives the same condition. */
export function writeCondition(condition: Condition): unknown {
  if ("all" in condition) return { all: condition.all.map(writeCondition) };
  if ("any" in condition) return { any: condition.any.map(writeCondition) };
  if ("not" in condition) return { not: writeCondition(condition.not) };
  const { field, argument, operator, value } = condition.test;
  const short = argument === undefined && Object.hasOwn(FIELDS, field) && FIELDS[field]!.defaultOperator === operator;
  const inner = short ? value : { [operator]: value };
  return { [field]: argument === undefined ? inner : { [argument]: inner } };
}
