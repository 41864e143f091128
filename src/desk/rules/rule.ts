/**
 * The engine of the rules: in order of position, each rule sees the ticket as those before it left it, a later rule
 * wins over an earlier one, and the trace says so. Rules are compiled once for a desk. Where there are many, an index says
 * which can hold at all, and the trace tells of those that held. Pure; what an assignment strategy comes to is left to who
 * knows the loads.
 */
import { compileCondition, defectsIn, explain, groupsIn, holds, listsOf } from "./condition.ts";
import type { CompiledCondition, ConditionTrace } from "./condition.ts";
import { viewOf, type View } from "./condition-view.ts";
import type { RuleFacts, RuleTicket } from "./facts.ts";
import type { Captures } from "./pattern.ts";
import { act, type Chosen, type RuleEffect } from "./rule-action.ts";
import { ruleIndex, type RuleIndex } from "./rule-index.ts";
import { NO_PICKS, overlay, ticketChanges } from "./settled.ts";
import type { Picks, Settled } from "./settled.ts";
import { TRIGGERS } from "../types.ts";
import type { Assignment, Cause, CausedChange, Desk, Rule, RuleAction, Trigger } from "../types.ts";

export { assignmentText, type RuleEffect } from "./rule-action.ts";

/** An assignment to be resolved by `pickAgent` where the loads are known. Strategy "none" takes the agent away. */
export type AssignRequest = { readonly assignment: Assignment; readonly cause: Cause };

/** Up to so many rules of a trigger every one is told whole; of more only those that held. */
export const TOLD_WHOLE = 50;

type CompiledRule = {
  readonly rule: Rule;
  readonly defect?: string;
  /** Undefined = always. */
  readonly condition?: CompiledCondition;
  /** Every named group of its patterns with "". */
  readonly unmatched: Captures;
};
type RuleSet = { readonly rules: readonly CompiledRule[]; readonly index: RuleIndex };
export type CompiledRules = { readonly desk: Desk; readonly of: Readonly<Record<Trigger, RuleSet>> };

/** What became of one rule, as plain JSON for people. */
export type RuleTrace = {
  readonly position: number;
  readonly name: string;
  /** True when its condition held and its actions ran. */
  readonly result: boolean;
  /** Null for a rule without a condition, and for one that was not looked at. */
  readonly condition: ConditionTrace | null;
  /** What its named groups caught, when they caught something. */
  readonly captures?: Captures;
  /** `priority normal -> high`, `priority low overrides rule "X"`, one line an action. */
  readonly did: readonly string[];
  /** Why the rule was not looked at. */
  readonly skipped?: string;
  /** True when this rule ended the run. */
  readonly stopped: boolean;
};

/** Rules that are not told one by one: their positions, `1-40, 42-1000`; "" for none. */
export type Untold = { readonly notHeld: string; readonly afterStop: string };

/** How rules act on their surroundings; routing puts topics, organizations and departments underneath. */
export type RuleWorld = {
  /** The ticket after what rules have picked so far. */
  readonly settle: (picks: Picks) => Settled;
  /** Why an action cannot be done ("there is no department x"), or undefined. */
  readonly refuse: (action: RuleAction) => string | undefined;
};

export type RuleRun = {
  readonly changes: readonly CausedChange[];
  readonly assignment: AssignRequest | null;
  /** In the order of the rules and their actions. */
  readonly effects: readonly RuleEffect[];
  readonly picks: Picks;
  readonly trace: readonly RuleTrace[];
  /** Undefined when every rule is in the trace. */
  readonly untold?: Untold;
};

const compiled = new WeakMap<Desk, CompiledRules>();

/**
 * Enabled rules by trigger in order of position, compiled once for a desk: a desk never changes, a new version is another
 * object. A rule with a defect is kept: it is skipped, and its trace says why.
 */
export function compileRules(desk: Desk): CompiledRules {
  let known = compiled.get(desk);
  if (known === undefined) compiled.set(desk, (known = compileAfresh(desk)));
  return known;
}

function compileAfresh(desk: Desk): CompiledRules {
  const lists = listsOf(desk);
  const rules = desk.rules
    .filter((rule) => rule.enabled)
    .toSorted((a, b) => a.position - b.position)
    .map((rule): CompiledRule => {
      if (rule.if === undefined) return { rule, unmatched: {} };
      const condition = compileCondition(rule.if, desk, lists);
      const defect = defectsIn(condition)[0];
      if (defect !== undefined) return { rule, defect, unmatched: {} };
      return { rule, condition, unmatched: Object.fromEntries(groupsIn(condition).map((name) => [name, ""])) };
    });
  const sets = TRIGGERS.map((trigger) => {
    const own = rules.filter(({ rule }) => rule.when === trigger);
    return [trigger, { rules: own, index: ruleIndex(own.map(({ condition }) => condition)) }];
  });
  return { desk, of: Object.fromEntries(sets) as Record<Trigger, RuleSet> };
}

/**
 * Run the rules of the facts' trigger. Changes are only those that leave the ticket different.
 * @param whole tell of every rule, not only of those that held; default for up to `TOLD_WHOLE` rules
 */
export function runRules(rules: CompiledRules, facts: RuleFacts, world?: RuleWorld, whole?: boolean): RuleRun {
  const set = rules.of[facts.trigger];
  const around = world ?? { settle: (picks: Picks) => overlay(facts.ticket, picks), refuse: () => undefined };
  const run = startRun(rules.desk, facts, around);
  const all = whole ?? set.rules.length <= TOLD_WHOLE;
  if (all) runAll(run, set);
  else runAwake(run, set);
  const changes = ticketChanges(facts.ticket, run.settled, facts.waitingFor);
  const { picks, effects } = run.chosen;
  const untold = all ? undefined : untoldOf(run, set);
  return { changes, assignment: requested(picks, facts.ticket), effects, picks, trace: run.trace, untold };
}

/** A run as it goes on. */
type Run = {
  readonly desk: Desk;
  readonly facts: RuleFacts;
  readonly view: View;
  readonly world: RuleWorld;
  readonly trace: RuleTrace[];
  chosen: Chosen;
  settled: Settled;
  stoppedBy: Rule | undefined;
};

function startRun(desk: Desk, facts: RuleFacts, world: RuleWorld): Run {
  const settled = world.settle(NO_PICKS);
  const view = viewOf(facts, desk);
  view.setTicket(settled.ticket);
  const chosen = { picks: NO_PICKS, effects: [] };
  return { desk, facts, view, world, trace: [], chosen, settled, stoppedBy: undefined };
}

/** Every rule, with everything that can be told of it. */
function runAll(run: Run, { rules }: RuleSet): void {
  for (const one of rules) {
    const skipped = run.stoppedBy === undefined ? one.defect : `rule "${run.stoppedBy.name}" stopped the run`;
    if (skipped !== undefined)
      run.trace.push({ ...headOf(one.rule), result: false, condition: null, did: [], skipped, stopped: false });
    else run.trace.push(decide(run, one));
  }
}

/** Only rules that can hold; the trace has those that did, and those that are none. */
function runAwake(run: Run, { rules, index }: RuleSet): void {
  const awake = new Uint8Array(rules.length);
  index.wake(run.view, awake);
  for (const [place, one] of rules.entries()) {
    if (run.stoppedBy !== undefined) return;
    const { rule, defect, condition } = one;
    if (defect !== undefined)
      run.trace.push({ ...headOf(rule), result: false, condition: null, did: [], skipped: defect, stopped: false });
    if (defect !== undefined || awake[place] === 0) continue;
    if (condition !== undefined && !holds(condition, run.view)) continue;
    const before = run.settled.ticket;
    run.trace.push(decide(run, one));
    if (run.settled.ticket !== before) index.wakeByTicket(run.view, awake);
  }
}

/** Decides one rule and does what it says. */
function decide(run: Run, { rule, condition, unmatched }: CompiledRule): RuleTrace {
  const explained = condition && explain(condition, run.view);
  const result = explained?.trace.result ?? true;
  const stopped = result && rule.stop;
  const told = { ...headOf(rule), result, condition: explained?.trace ?? null, stopped };
  if (!result) return { ...told, did: [] };
  if (stopped) run.stoppedBy = rule;
  if (run.facts.acted?.has(rule.name)) return { ...told, did: ["nothing: it has acted and its condition still holds"] };
  const captures = explained?.captures ?? {};
  const did = doActions(run, rule, { ...unmatched, ...captures });
  return { ...told, ...(Object.keys(captures).length === 0 ? {} : { captures }), did };
}

function doActions(run: Run, rule: Rule, match: Captures): readonly string[] {
  const { desk, facts, world } = run;
  const acting = { rule, match, now: facts.times.now, timeZone: desk.timeZone, statusBefore: facts.ticket.status };
  return rule.then.map((action) => {
    const refused = world.refuse(action);
    if (refused !== undefined) return refused;
    const { did, ...chosen } = act(run.chosen, action, acting, run.settled.ticket);
    if (chosen.picks !== run.chosen.picks) {
      run.settled = world.settle(chosen.picks);
      run.view.setTicket(run.settled.ticket);
    }
    run.chosen = chosen;
    return did;
  });
}

function headOf(rule: Rule): Pick<RuleTrace, "position" | "name"> {
  return { position: rule.position, name: rule.name };
}

function untoldOf({ trace, stoppedBy }: Run, { rules }: RuleSet): Untold {
  const told = new Set(trace.map(({ position }) => position));
  const positions = rules.map(({ rule }) => rule.position).filter((position) => !told.has(position));
  const end = stoppedBy?.position ?? Number.POSITIVE_INFINITY;
  const places = rules.map(({ rule }) => rule.position);
  return {
    notHeld: ranges(
      positions.filter((position) => position < end),
      places,
    ),
    afterStop: ranges(
      positions.filter((position) => position > end),
      places,
    ),
  };
}

/** `1-40, 42`. Rules of other triggers that stand between two do not part them. */
function ranges(positions: readonly number[], places: readonly number[]): string {
  const next = new Map(places.map((place, index) => [place, places[index + 1]]));
  const found: [from: number, to: number][] = [];
  for (const position of positions) {
    const last = found.at(-1);
    if (last !== undefined && next.get(last[1]) === position) last[1] = position;
    else found.push([position, position]);
  }
  return found.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(", ");
}

/** What the rules ask for, unless it is so already. */
function requested(picks: Picks, ticket: RuleTicket): AssignRequest | null {
  if (picks.assign === undefined) return null;
  const { value: assignment, cause } = picks.assign;
  if (assignment.strategy === "none" && ticket.assignee === null) return null;
  if (assignment.strategy === "fixed" && assignment.agent === ticket.assignee) return null;
  return { assignment, cause };
}
