/**
 * Deciding conditions. They are compiled once for a desk: names looked up, patterns compiled, lists made sets. Then a
 * condition can be asked in two ways: does it hold (as little work as possible), and why (every part looked at, as plain
 * JSON). The language itself is two tables, condition-fields.ts and condition-operators.ts. A field that has no value
 * makes its test false, whatever the operator, except `exists: false`.
 */
import { conditionDefects, testDefect, testsOf, wantedOf } from "./condition-check.ts";
import type { OperatorName, Seen } from "./condition-fields.ts";
import { comparable, formsOf, normalForm, OPERATORS } from "./condition-operators.ts";
import { fieldRef, viewOf, type FieldRef, type View } from "./condition-view.ts";
import type { RuleFacts } from "./facts.ts";
import { compilePattern, type Captures, type Pattern } from "./pattern.ts";
import type { Condition, Desk, Test } from "../types.ts";
import { shorten } from "../words.ts";

export { FIELDS, OPERATOR_NAMES, type FieldRow, type OperatorName } from "./condition-fields.ts";
export { OPERATORS } from "./condition-operators.ts";
export { conditionDefects, testDefect };

const SEEN_LIMIT = 200;
const SEEN_COUNT = 10;

/** Why a condition came out as it did, as plain JSON: it is stored with the ticket and shown to people. */
export type ConditionTrace =
  | { readonly kind: "all" | "any" | "not"; readonly result: boolean; readonly parts: readonly ConditionTrace[] }
  | {
      readonly kind: "test";
      readonly result: boolean;
      readonly field: string;
      readonly argument?: string;
      readonly operator: string;
      readonly value: Test["value"];
      /** What the field held, each value shortened to 200 characters, ten values at most. */
      readonly seen: readonly string[];
      /** Which of the wanted values it was. */
      readonly matched?: string;
      /** What the named groups of a pattern caught, shortened likewise. */
      readonly captures?: Captures;
      /** Set when the test itself is not one: an unknown field, for instance. It is false then. */
      readonly defect?: string;
    };

/** Which of the wanted values was found, and what a pattern caught. */
type Found = { readonly matched?: string; readonly captures?: Captures };

export type CompiledTest = {
  readonly test: Test;
  readonly field: FieldRef;
  /** Of tests for equality: the wanted values by their normal form. */
  readonly equal?: ReadonlyMap<string, string>;
  /** Of tests for a piece of text: the wanted pieces, folded. */
  readonly pieces?: readonly string[];
  readonly patterns?: readonly Pattern[];
  readonly find: (view: View) => Found | undefined;
};

export type CompiledCondition =
  | { readonly all: readonly CompiledCondition[] }
  | { readonly any: readonly CompiledCondition[] }
  | { readonly not: CompiledCondition }
  | { readonly test: CompiledTest }
  | { readonly defect: string; readonly asked: Test };

/** Sets of a desk's lists are made once, whatever number of rules asks for them. */
export type Lists = (keys: readonly string[], kind: FieldRef["row"]["kind"]) => ReadonlyMap<string, string>;

/** The lists of a desk by normal form; the same map for the same question. */
export function listsOf(desk: Desk): Lists {
  const known = new Map<string, ReadonlyMap<string, string>>();
  return (keys, kind) => {
    const id = JSON.stringify([kind, ...keys]);
    let found = known.get(id);
    if (found === undefined)
      known.set(
        id,
        (found = byForm(
          keys.flatMap((key) => desk.lists[key] ?? []),
          kind,
        )),
      );
    return found;
  };
}

export function compileCondition(condition: Condition, desk: Desk, lists: Lists = listsOf(desk)): CompiledCondition {
  const compile = (one: Condition): CompiledCondition => compileCondition(one, desk, lists);
  if ("all" in condition) return { all: condition.all.map(compile) };
  if ("any" in condition) return { any: condition.any.map(compile) };
  if ("not" in condition) return { not: compile(condition.not) };
  const asked = condition.test;
  const defect = testDefect(asked, desk);
  const field = fieldRef(asked.field, asked.argument);
  if (defect !== undefined || field === undefined) return { defect: defect ?? "unknown field", asked };
  return { test: compileTest(asked, field, lists) };
}

function compileTest(asked: Test, field: FieldRef, lists: Lists): CompiledTest {
  const operator = asked.operator as OperatorName;
  const { kind } = field.row;
  const wanted = wantedOf(asked.value);
  const base = { test: asked, field };
  if (operator === "exists")
    return { ...base, find: (view) => (view.values(field).length > 0 === asked.value ? {} : undefined) };
  if (operator === "matches") {
    const patterns = wanted.map((source) => compilePattern(String(source)));
    return { ...base, patterns, find: oncePerRun((view) => firstMatch(patterns, view, field)) };
  }
  const { holds, names } = OPERATORS[operator];
  if (holds === undefined) {
    const equal = names === "list" ? lists(wanted.map(String), kind) : byForm(wanted, kind);
    return { ...base, equal, find: (view) => firstEqual(equal, view, field) };
  }
  const compared = wanted.map((one) => [comparable(one), String(one)] as const);
  const pieces = kind === "number" ? undefined : compared.map(([piece]) => String(piece));
  return {
    ...base,
    pieces,
    find: (view) => {
      const values = view.folded(field);
      const found = compared.find(([one]) => values.some((seen) => holds(seen, one)));
      return found && { matched: found[1] };
    },
  };
}

/** A message does not change while rules run, and a pattern may take its time: index, decision and trace ask it once. */
function oncePerRun(find: CompiledTest["find"]): CompiledTest["find"] {
  const known = new WeakMap<View, Found | "nothing">();
  return (view) => {
    const before = known.get(view);
    if (before !== undefined) return before === "nothing" ? undefined : before;
    const found = find(view);
    known.set(view, found ?? "nothing");
    return found;
  };
}

function byForm(wanted: readonly Seen[], kind: FieldRef["row"]["kind"]): ReadonlyMap<string, string> {
  return new Map(
    wanted.flatMap((one) => {
      const form = normalForm(one, kind);
      return form === undefined ? [] : [[form, String(one)] as const];
    }),
  );
}

function firstEqual(equal: ReadonlyMap<string, string>, view: View, field: FieldRef): Found | undefined {
  for (const seen of view.folded(field)) {
    for (const form of formsOf(seen, field.row.kind)) {
      const matched = equal.get(form);
      if (matched !== undefined) return { matched };
    }
  }
  return undefined;
}

function firstMatch(patterns: readonly Pattern[], view: View, field: FieldRef): Found | undefined {
  const values = view.values(field);
  for (const { source, literals, find } of patterns) {
    for (const [index, value] of values.entries()) {
      if (literals !== undefined && !literals.some((one) => view.searched(field)[index]?.includes(one))) continue;
      const captures = find(String(value));
      if (captures !== undefined) return { matched: source, captures };
    }
  }
  return undefined;
}

/** Does it hold? Looks no further than it must. */
export function holds(condition: CompiledCondition, view: View): boolean {
  if ("test" in condition) return condition.test.find(view) !== undefined;
  if ("all" in condition) return condition.all.every((part) => holds(part, view));
  if ("any" in condition) return condition.any.some((part) => holds(part, view));
  return "not" in condition && !holds(condition.not, view);
}

/** What patterns caught in the parts that made a condition hold; the first that caught a name has it. */
export type Explained = { readonly trace: ConditionTrace; readonly captures: Captures };

/** The same answer with its reasons. Every part is looked at, also when the result is already known. */
export function explain(condition: CompiledCondition, view: View): Explained {
  if ("defect" in condition) {
    return { trace: { ...headOf(condition.asked), result: false, seen: [], defect: condition.defect }, captures: {} };
  }
  if ("test" in condition) return explainTest(condition.test, view);
  if ("not" in condition) {
    const { trace } = explain(condition.not, view);
    // What stands under a `not` that holds was not found.
    return { trace: { kind: "not", result: !trace.result, parts: [trace] }, captures: {} };
  }
  const kind = "all" in condition ? "all" : "any";
  const parts = ("all" in condition ? condition.all : condition.any).map((part) => explain(part, view));
  const held = ({ trace }: Explained): boolean => trace.result;
  const result = kind === "all" ? parts.every(held) : parts.some(held);
  const caught = parts.filter(held).map(({ captures }) => captures);
  return {
    trace: { kind, result, parts: parts.map(({ trace }) => trace) },
    captures: result ? Object.assign({}, ...caught.toReversed()) : {},
  };
}

function headOf({ field, argument, operator, value }: Test) {
  return { kind: "test", field, ...(argument === undefined ? {} : { argument }), operator, value } as const;
}

function explainTest({ test: asked, field, find }: CompiledTest, view: View): Explained {
  const found = find(view);
  const seen = view.values(field).slice(0, SEEN_COUNT).map(seenText);
  const captures = found?.captures ?? {};
  const named = Object.entries(captures).map(([name, value]) => [name, shorten(value, SEEN_LIMIT)] as const);
  const trace: ConditionTrace = {
    ...headOf(asked),
    result: found !== undefined,
    seen,
    ...(found?.matched === undefined ? {} : { matched: found.matched }),
    ...(named.length === 0 ? {} : { captures: Object.fromEntries(named) }),
  };
  return { trace, captures };
}

function seenText(value: Seen): string {
  const text = typeof value === "number" ? Math.round(value * 100) / 100 : value;
  return shorten(String(text), SEEN_LIMIT);
}

/** Decide a condition on its own, with its trace. */
export function test(condition: Condition, facts: RuleFacts, desk: Desk): { result: boolean } & Explained {
  const explained = explain(compileCondition(condition, desk), viewOf(facts, desk));
  return { result: explained.trace.result, ...explained };
}

/** Everything that is wrong in a compiled condition. */
export function defectsIn(condition: CompiledCondition): readonly string[] {
  if ("defect" in condition) return [condition.defect];
  return partsOf(condition).flatMap(defectsIn);
}

/** The names of all groups that the patterns in it may catch. */
export function groupsIn(condition: CompiledCondition): readonly string[] {
  if ("test" in condition) return (condition.test.patterns ?? []).flatMap(({ names }) => names);
  return [...new Set(partsOf(condition).flatMap(groupsIn))];
}

function partsOf(condition: CompiledCondition): readonly CompiledCondition[] {
  if ("all" in condition) return condition.all;
  if ("any" in condition) return condition.any;
  return "not" in condition ? [condition.not] : [];
}

/** The same of a condition as written: what `match.NAME` may be in the rule's texts. */
export function captureNames(condition: Condition): readonly string[] {
  const sources = testsOf(condition).flatMap(({ operator, value }) =>
    operator === "matches" ? wantedOf(value).map(String) : [],
  );
  return [...new Set(sources.flatMap(namesIn))];
}

function namesIn(source: string): readonly string[] {
  try {
    return compilePattern(source).names;
  } catch {
    return [];
  }
}
