/**
 * The engine of the rules: in order of position, each rule sees the ticket as those before it left it, a later rule
 * wins over an earlier one, and the trace says so. Pure; what an assignment strategy comes to is left to who knows
 * the loads.
 */
import { conditionDefects, test } from "./condition.ts";
import type { ConditionTrace } from "./condition.ts";
import type { RuleFacts, RuleTicket } from "./facts.ts";
import { overlay, ticketChanges } from "./settled.ts";
import type { Picks, Settled } from "./settled.ts";
import { TRIGGERS } from "./types.ts";
import type { Assignment, Cause, CausedChange, Rule, RuleAction, Trigger } from "./types.ts";

/** An assignment to be resolved by `pickAgent` where the loads are known. Strategy "none" takes the agent away. */
export type AssignRequest = { readonly assignment: Assignment; readonly cause: Cause };

type CompiledRule = { readonly rule: Rule; readonly defects: readonly string[] };
export type CompiledRules = Readonly<Record<Trigger, readonly CompiledRule[]>>;

/** What became of one rule, as plain JSON for people. */
export type RuleTrace = {
  readonly position: number;
  readonly name: string;
  /** True when its condition held and its actions ran. */
  readonly result: boolean;
  /** Null for a rule without a condition, and for one that was not looked at. */
  readonly condition: ConditionTrace | null;
  /** `priority normal -> high`, `priority low overrides rule "X"`, one line an action. */
  readonly did: readonly string[];
  /** Why the rule was not looked at. */
  readonly skipped?: string;
  /** True when this rule ended the run. */
  readonly stopped: boolean;
};

/** How rules act on their surroundings; routing puts topics and departments underneath. */
export type RuleWorld = {
  /** The ticket after what rules have picked so far. */
  readonly settle: (picks: Picks) => Settled;
  /** Why an action cannot be done ("there is no department x"), or undefined. */
  readonly refuse: (action: RuleAction) => string | undefined;
};

export type RuleRun = {
  readonly changes: readonly CausedChange[];
  readonly assignment: AssignRequest | null;
  readonly picks: Picks;
  readonly trace: readonly RuleTrace[];
};

/** Enabled rules by trigger in order of position. A rule with a defect is kept: it is skipped, and its trace says why. */
export function compileRules(rules: readonly Rule[]): CompiledRules {
  const compiled = rules
    .filter((rule) => rule.enabled)
    .toSorted((a, b) => a.position - b.position)
    .map((rule) => ({ rule, defects: rule.if === undefined ? [] : conditionDefects(rule.if) }));
  const byTrigger = TRIGGERS.map((trigger) => [trigger, compiled.filter(({ rule }) => rule.when === trigger)]);
  return Object.fromEntries(byTrigger) as CompiledRules;
}

/** Run the rules of the facts' trigger. Changes are only those that leave the ticket different. */
export function runRules(compiled: CompiledRules, facts: RuleFacts, world?: RuleWorld): RuleRun {
  const { settle, refuse } = world ?? {
    settle: (picks: Picks) => overlay(facts.ticket, picks),
    refuse: () => undefined,
  };
  const trace: RuleTrace[] = [];
  let picks: Picks = { tags: [] };
  let stoppedBy: string | undefined;
  for (const { rule, defects } of compiled[facts.trigger]) {
    const skipped = stoppedBy === undefined ? defects[0] : `rule "${stoppedBy}" stopped the run`;
    if (skipped !== undefined) {
      trace.push({ ...headOf(rule), result: false, condition: null, did: [], skipped, stopped: false });
      continue;
    }
    const seen = { ...facts, ticket: settle(picks).ticket };
    const trial = rule.if === undefined ? undefined : test(rule.if, seen);
    const result = trial?.result ?? true;
    const did: string[] = [];
    for (const action of result ? rule.then : []) {
      const line = refuse(action) ?? describe(action, settle(picks).ticket, picks);
      if (refuse(action) === undefined) picks = pick(picks, action, rule);
      did.push(line);
    }
    if (result && rule.stop) stoppedBy = rule.name;
    trace.push({ ...headOf(rule), result, condition: trial?.trace ?? null, did, stopped: result && rule.stop });
  }
  const changes = ticketChanges(facts.ticket, settle(picks));
  return { changes, assignment: requested(picks, facts.ticket), picks, trace };
}

function headOf(rule: Rule): Pick<RuleTrace, "position" | "name"> {
  return { position: rule.position, name: rule.name };
}

/** Remember what a rule chose, in place of what an earlier one chose for the same field. */
function pick(picks: Picks, action: RuleAction, rule: Rule): Picks {
  const cause: Cause = { kind: "rule", detail: `"${rule.name}"` };
  switch (action.action) {
    case "tag":
      return { ...picks, tags: [...picks.tags, ...action.tags.map((value) => ({ value, cause }))] };
    case "assign":
      return { ...picks, assign: { value: action.to, cause } };
    case "department":
    case "priority":
    case "status":
    case "topic":
      return { ...picks, [action.action]: { value: action.to, cause } };
    default:
      return picks;
  }
}

function describe(action: RuleAction, ticket: RuleTicket, picks: Picks): string {
  if (action.action === "tag") return `tag ${action.tags.join(", ")}`;
  if (!("to" in action) || action.action === "mail" || action.action === "sla") return action.action;
  const to = action.action === "assign" ? assignmentText(action.to) : action.to;
  const before = picks[action.action];
  if (before !== undefined) {
    const was = typeof before.value === "string" ? before.value : assignmentText(before.value);
    if (was !== to) return `${action.action} ${to} overrides rule ${before.cause.detail} (${was})`;
  }
  if (action.action === "assign") return `assign ${to}`;
  const now = ticket[action.action];
  return now === to ? `${action.action} stays ${to}` : `${action.action} ${now ?? "none"} -> ${to}`;
}

/** An assignment in one word: the agent's key, or the strategy. */
export function assignmentText(assignment: Assignment): string {
  return assignment.strategy === "fixed" ? assignment.agent : assignment.strategy;
}

/** What the rules ask for, unless it is so already. */
function requested(picks: Picks, ticket: RuleTicket): AssignRequest | null {
  if (picks.assign === undefined) return null;
  const { value: assignment, cause } = picks.assign;
  if (assignment.strategy === "none" && ticket.assignee === null) return null;
  if (assignment.strategy === "fixed" && assignment.agent === ticket.assignee) return null;
  return { assignment, cause };
}
