/**
 * Which of many rules can hold for a message at all. Of each condition something is known that must be so when it holds: a
 * value that a field has, a piece of text in it, or a whole test. A rule is woken when that is so, and only rules that are
 * awake are decided. Waking too many costs time and nothing else. What nothing is known of is always awake.
 */
import type { CompiledCondition, CompiledTest } from "./condition.ts";
import { formsOf } from "./condition-operators.ts";
import type { FieldRef, View } from "./condition-view.ts";
import { literalSearch, type LiteralSearch } from "./rule-literals.ts";

/** One thing of which a rule needs at least one. `cost` says how little it narrows down: the lowest is used. */
type Key =
  | { readonly by: "value"; readonly field: FieldRef; readonly form: string; readonly cost: number }
  | { readonly by: "piece" | "literal"; readonly field: FieldRef; readonly text: string; readonly cost: number }
  | { readonly by: "test"; readonly test: CompiledTest; readonly cost: number };

/** More keys than this of one test (a long list) are asked as one test. */
const MAX_KEYS = 50;

const VALUE = 1;
/** Fields with few values and those that rules change hold their usual value in most messages. */
const COMMON_VALUE = 4;
const TEST = 6;
const NEVER_USED = 9;
const pieceCost = (text: string): number => Math.max(0, 5 - text.length);

/** Undefined = always; empty = never. */
type Keys = readonly Key[] | undefined;

function keysOf(condition: CompiledCondition): Keys {
  if ("test" in condition) return keysOfTest(condition.test);
  if ("any" in condition) {
    const each = condition.any.map(keysOf);
    return each.includes(undefined) ? undefined : each.flatMap((keys) => keys ?? []);
  }
  if (!("all" in condition)) return undefined;
  let best: Keys;
  for (const part of condition.all) {
    const keys = keysOf(part);
    if (keys !== undefined && costOf(keys) < costOf(best)) best = keys;
  }
  return best;
}

function costOf(keys: Keys): number {
  return keys === undefined ? NEVER_USED : Math.max(-1, ...keys.map(({ cost }) => cost));
}

function keysOfTest(test: CompiledTest): Keys {
  const { field, equal, pieces, patterns } = test;
  const { row } = field;
  if (equal !== undefined && (row.changes || equal.size <= MAX_KEYS)) {
    const cost = row.changes || row.choices || row.names || row.kind === "flag" ? COMMON_VALUE : VALUE;
    return [...equal.keys()].map((form) => ({ by: "value", field, form, cost }));
  }
  if (row.changes) return undefined;
  if (pieces !== undefined) return pieces.map((text) => ({ by: "piece", field, text, cost: pieceCost(text) }));
  const literals = patterns?.map((pattern) => pattern.literals);
  if (literals !== undefined && !literals.includes(undefined))
    return literals.flatMap((some) => (some ?? []).map((text) => literalKey(field, text)));
  return [{ by: "test", test, cost: TEST }];
}

const literalKey = (field: FieldRef, text: string): Key => ({ by: "literal", field, text, cost: pieceCost(text) });

export type RuleIndex = {
  /** Marks, with 1, the rules that can hold. */
  readonly wake: (view: View, awake: Uint8Array) => void;
  /** Marks those that can hold now that the ticket has changed. */
  readonly wakeByTicket: (view: View, awake: Uint8Array) => void;
};

type ByField<T> = Map<string, { readonly field: FieldRef; readonly of: T }>;
type Pairs = [literal: string, rule: number][];

/** Builds the index of conditions by their place; undefined = a rule without a condition. */
export function ruleIndex(conditions: readonly (CompiledCondition | undefined)[]): RuleIndex {
  const always: number[] = [];
  const values: ByField<Map<string, number[]>> = new Map();
  const pieces: ByField<Pairs> = new Map();
  const literals: ByField<Pairs> = new Map();
  const tests = new Map<string, { readonly test: CompiledTest; readonly rules: number[] }>();
  const add = (key: Key, rule: number): void => {
    if (key.by === "test") bucket(tests, testId(key.test), () => ({ test: key.test, rules: [] })).rules.push(rule);
    else if (key.by === "value") {
      const forms = bucket(values, key.field.key, () => ({ field: key.field, of: new Map<string, number[]>() })).of;
      bucket(forms, key.form, () => []).push(rule);
    } else {
      const pairs = bucket(key.by === "piece" ? pieces : literals, key.field.key, () => ({ field: key.field, of: [] }));
      pairs.of.push([key.text, rule]);
    }
  };
  for (const [rule, condition] of conditions.entries()) {
    const keys = condition === undefined ? undefined : keysOf(condition);
    if (keys === undefined) always.push(rule);
    else for (const key of keys) add(key, rule);
  }
  return wakers({
    always,
    values: [...values.values()],
    tests: [...tests.values()],
    ...searches(pieces, literals, always),
  });
}

const testId = ({ test: { field, argument, operator, value } }: CompiledTest): string =>
  JSON.stringify([field, argument, operator, value]);

function bucket<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let found = map.get(key);
  if (found === undefined) map.set(key, (found = make()));
  return found;
}

type Search = { readonly field: FieldRef; readonly searcher: LiteralSearch };
type Searches = { readonly pieces: readonly Search[]; readonly literals: readonly Search[] };

function searches(pieces: ByField<Pairs>, literals: ByField<Pairs>, always: number[]): Searches {
  const build = (byField: ByField<Pairs>): readonly Search[] =>
    [...byField.values()].flatMap(({ field, of: pairs }) => {
      const searcher = literalSearch(pairs);
      if (searcher === undefined) always.push(...pairs.map(([, rule]) => rule));
      return searcher === undefined ? [] : [{ field, searcher }];
    });
  return { pieces: build(pieces), literals: build(literals) };
}

type Parts = Searches & {
  readonly always: readonly number[];
  readonly values: readonly { readonly field: FieldRef; readonly of: ReadonlyMap<string, readonly number[]> }[];
  readonly tests: readonly { readonly test: CompiledTest; readonly rules: readonly number[] }[];
};

function wakers({ always, values, tests, pieces, literals }: Parts): RuleIndex {
  const wakeValues = (some: Parts["values"], view: View, mark: (rules: readonly number[]) => void): void => {
    for (const { field, of: rules } of some)
      for (const seen of view.folded(field))
        for (const form of formsOf(seen, field.row.kind)) mark(rules.get(form) ?? []);
  };
  const changing = values.filter(({ field }) => field.row.changes);
  const marker = (awake: Uint8Array) => (rules: readonly number[]) => {
    for (const rule of rules) awake[rule] = 1;
  };
  return {
    wake: (view, awake) => {
      const mark = marker(awake);
      mark(always);
      wakeValues(values, view, mark);
      for (const { field, searcher } of pieces) searcher.search(view.folded(field).map(String), mark);
      for (const { field, searcher } of literals) searcher.search(view.searched(field), mark);
      for (const { test, rules } of tests) if (test.find(view) !== undefined) mark(rules);
    },
    wakeByTicket: (view, awake) => wakeValues(changing, view, marker(awake)),
  };
}
