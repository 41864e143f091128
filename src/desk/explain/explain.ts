/**
 * A decision in words: who decided each field, what every rule saw and did, what follows. Made from the stored trace
 * alone, so that it can be told of a ticket whose desk has long been changed.
 */
import { ruleLines, untoldLines } from "./explain-rule.ts";
import type { RouteStep, RouteTrace } from "../rules/routing.ts";

/** What is stored with a route row: the trace, why the assignee was picked, what came of the effects. */
export type StoredTrace = RouteTrace & {
  readonly because?: string;
  readonly effects?: readonly { readonly rule: string; readonly effect: string; readonly did: string }[];
  /** Why the rules did not look. */
  readonly skipped?: string;
};

export type ExplainOptions = {
  /** Also the conditions that did not hold, part by part. */
  readonly all: boolean;
  /** Blanks before every line; default 0. */
  readonly indent?: number;
};

/** Lines on one run of the rules: fields, rules, what came of their effects. */
export function explainRoute(trace: StoredTrace, { all, indent = 0 }: ExplainOptions): readonly string[] {
  const blanks = " ".repeat(indent);
  if (trace.skipped !== undefined) return [`${blanks}the rules did not look: ${trace.skipped}`];
  const none = trace.rules.length === 0 && trace.untold === undefined;
  const fields = columns(fieldRows(trace)).map((line) => `${blanks}${line}`);
  if (none) return [...fields, `${blanks}no rule of this trigger is in force`];
  return [
    ...(fields.length === 0 ? [`${blanks}nothing was decided`] : fields),
    `${blanks}rules (${ruleCount(trace)})`,
    ...(trace.rules.length === 0 ? [] : ruleLines(trace.rules, indent + 2, all)),
    ...untoldLines(trace.untold, indent + 2),
    ...effectLines(trace, indent),
  ];
}

function effectLines({ effects = [] }: StoredTrace, indent: number): readonly string[] {
  if (effects.length === 0) return [];
  const blanks = " ".repeat(indent);
  const rows = columns(effects.map(({ effect, did, rule }) => [effect, did, `rule ${rule}`]));
  return [`${blanks}what came of it`, ...rows.map((row) => `${blanks}  ${row}`)];
}

function ruleCount({ rules, untold }: RouteTrace): string {
  const held = rules.filter(({ result }) => result).length;
  if (untold !== undefined) return `${held} held`;
  const looked = rules.filter(({ skipped }) => skipped === undefined).length;
  return `${held} of ${looked} held${looked < rules.length ? `, ${rules.length - looked} not looked at` : ""}`;
}

function fieldRows({ steps, because }: StoredTrace): readonly (readonly string[])[] {
  return steps.map((step) => [nameOf(step), step.value ?? "none", `${step.because}${pickedOf(step, because)}`]);
}

const nameOf = ({ field }: RouteStep): string => (field === "sla" ? "SLA plan" : field);

const pickedOf = ({ field }: RouteStep, because: string | undefined): string =>
  field === "assign" && because !== undefined ? `; ${because}` : "";

const WIDEST_CELL = 40;

/** Rows as columns with two blanks between them. @param widest in characters; a longer cell pushes its own line aside */
export function columns(rows: readonly (readonly string[])[], widest = WIDEST_CELL): readonly string[] {
  const count = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, n) =>
    Math.min(widest, Math.max(0, ...rows.map((row) => (row[n] ?? "").length))),
  );
  return rows.map((row) =>
    row
      .map((cell, n) => (n === row.length - 1 ? cell : cell.padEnd(widths[n]!)))
      .join("  ")
      .trimEnd(),
  );
}
