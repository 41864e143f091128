/**
 * What became of each rule, in words. A rule that held is told whole; one that did not, in one line with the first part
 * that kept it from holding, unless everything is asked for.
 */
import { conditionLines, firstFalse, markOf, NO, UNSEEN } from "./explain-condition.ts";
import type { RuleTrace, Untold } from "../rules/rule.ts";
import { shorten } from "../words.ts";

const NAME_WIDTH = 44;

/** Where a desk has many rules, those that did not hold are kept as their positions only. */
export function untoldLines(untold: Untold | undefined, indent: number): readonly string[] {
  if (untold === undefined) return [];
  const line = (text: string) => `${" ".repeat(indent)}${text}`;
  return [
    ...(untold.notHeld === "" ? [] : [line(`${NO} did not hold: ${untold.notHeld}`)]),
    ...(untold.afterStop === "" ? [] : [line(`${UNSEEN} not looked at after the stop: ${untold.afterStop}`)]),
  ];
}

/** Lines for the rules of one run, each begun with `indent` blanks. @param whole also the conditions that did not hold */
export function ruleLines(rules: readonly RuleTrace[], indent: number, whole: boolean): readonly string[] {
  const digits = String(Math.max(...rules.map(({ position }) => position))).length;
  const width = Math.min(NAME_WIDTH, Math.max(...rules.map(({ name }) => name.length)));
  const later = overridden(rules);
  const margin = { indent, digits, width, whole };
  return merged(rules, whole).flatMap((one) => linesOf(one, margin, later));
}

type Margin = { readonly indent: number; readonly digits: number; readonly width: number; readonly whole: boolean };
/** A rule, and how many after it were not looked at for the same reason. */
type Told = { readonly rule: RuleTrace; readonly last: RuleTrace };

function merged(rules: readonly RuleTrace[], whole: boolean): readonly Told[] {
  const told: { rule: RuleTrace; last: RuleTrace }[] = [];
  for (const rule of rules) {
    const before = told.at(-1);
    const same = before?.rule.skipped !== undefined && before.rule.skipped === rule.skipped;
    if (!whole && before !== undefined && same) before.last = rule;
    else told.push({ rule, last: rule });
  }
  return told;
}

function linesOf({ rule, last }: Told, margin: Margin, later: Overrides): readonly string[] {
  const { indent, digits, width, whole } = margin;
  const blanks = " ".repeat(indent);
  const head = (mark: string) => `${blanks}${mark} ${String(rule.position).padStart(digits)} `;
  const named = shorten(rule.name, NAME_WIDTH).padEnd(width);
  if (rule.skipped !== undefined) {
    const names = last === rule ? named : `to ${last.position}`.padEnd(width);
    return [`${head(UNSEEN)}${names}  not looked at: ${rule.skipped}`];
  }
  const inner = indent + digits + 3;
  if (rule.result) {
    const conditions = rule.condition === null ? [] : conditionLines(rule.condition, inner, whole);
    return [`${head(markOf(true))}${rule.name}${always(rule)}`, ...conditions, ...doings(rule, inner, later)];
  }
  if (!whole || rule.condition === null)
    return [`${head(markOf(false))}${named}  ${rule.condition === null ? "" : firstFalse(rule.condition)}`.trimEnd()];
  return [`${head(markOf(false))}${rule.name}`, ...conditionLines(rule.condition, inner, true)];
}

const always = (rule: RuleTrace): string => (rule.condition === null ? "  (it has no condition)" : "");

function doings(rule: RuleTrace, indent: number, later: Overrides): readonly string[] {
  const blanks = " ".repeat(indent);
  const done = rule.did.map((line) => `${line}${later.get(overrideKey(rule.name, fieldOf(line))) ?? ""}`);
  const stopped = rule.stopped ? ["stop: no later rule was looked at"] : [];
  return [...done, ...stopped].map((line) => `${blanks}→ ${line}`);
}

/** By the rule and the field: who had the last word. */
type Overrides = ReadonlyMap<string, string>;

const overrideKey = (rule: string, field: string): string => `${field}\0${rule}`;
const fieldOf = (line: string): string => line.split(" ", 1)[0] ?? "";

/** The engine writes `priority low overrides rule "Name" (high)` at the later rule; the earlier one is told of it here. */
const OVERRIDES = /^(?<field>\S+)(?: (?<to>.+?))? overrides rule "(?<name>.+)" \(/s;

function overridden(rules: readonly RuleTrace[]): Overrides {
  const later = new Map<string, string>();
  for (const { name, did } of rules)
    for (const line of did) {
      const found = OVERRIDES.exec(line)?.groups;
      if (!found) continue;
      const to = found["to"] === undefined ? "" : ` (${found["to"]})`;
      later.set(overrideKey(found["name"]!, found["field"]!), `, later overridden by rule "${name}"${to}`);
    }
  return later;
}
