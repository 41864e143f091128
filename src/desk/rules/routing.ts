/**
 * Where a ticket goes. Who wins: rule, then topic, organization, department, and the desk's defaults, field by field. The
 * layers are settled anew after every rule, so that a rule which only says "this is the topic login" also brings what
 * that topic and its department say, and a rule that names a priority keeps it whatever the department has.
 */
import type { RuleFacts } from "./facts.ts";
import { assignmentText, compileRules, runRules } from "./rule.ts";
import type { AssignRequest, RuleEffect, RuleTrace, Untold } from "./rule.ts";
import { overlay, settle } from "./settled.ts";
import type { Choice, ChosenField, Picks, Settled } from "./settled.ts";
import { pickTopic } from "../topic.ts";
import type { Cause, CausedChange, DepartmentKey, Desk, Organization, RuleAction, Trigger } from "../types.ts";

export type { AssignRequest, RuleEffect } from "./rule.ts";

export type RouteFacts = RuleFacts & {
  /** The department of the first address of ours in To, then Cc; undefined when none is a department's. */
  readonly department?: DepartmentKey;
  /** `login` of `support+login@…`. */
  readonly plusTag?: string;
};

/** One thing that was decided and why, for people. */
export type RouteStep = {
  readonly field: ChosenField | "assign" | "tag" | "untag" | "watch";
  readonly value: string | null;
  readonly because: string;
};

/** Plain JSON, stored with the ticket and shown to people. */
export type RouteTrace = {
  readonly deskVersion: number;
  readonly trigger: Trigger;
  readonly steps: readonly RouteStep[];
  /** Every rule of the trigger, or where there are many those that held. */
  readonly rules: readonly RuleTrace[];
  /** The positions of the others; absent when every rule is told. */
  readonly untold?: Untold;
};

export type Routed = {
  readonly changes: readonly CausedChange[];
  /** To be resolved by `pickAgent` with the loads, for the department the ticket has after `changes`. */
  readonly assignment: AssignRequest | null;
  /** To be carried out in this order, after the changes. */
  readonly effects: readonly RuleEffect[];
  readonly trace: RouteTrace;
};

const DESK_DEFAULT: Cause = { kind: "default", detail: "of the desk" };

/**
 * Route a ticket. Defaults of topic, organization, department and desk count when it opens; later only rules of the
 * trigger run.
 * @param whole tell of every rule in the trace, however many there are
 */
export function route(desk: Desk, facts: RouteFacts, whole?: boolean): Routed {
  const opened = facts.trigger === "opened";
  const layers = opened ? layersOf(desk, facts) : undefined;
  const settled = (picks: Picks) =>
    layers === undefined ? overlay(facts.ticket, picks) : layered(desk, facts, layers, picks);
  const refuse = (action: RuleAction) => refusal(desk, action);
  const run = runRules(compileRules(desk), facts, { settle: settled, refuse }, whole);
  const after = settled(run.picks);
  const byDepartment = opened && run.picks.assign === undefined;
  const assignment = byDepartment ? departmentAssignment(desk, after, facts) : run.assignment;
  const steps = [...stepsOf(after), ...assignmentStep(assignment)];
  const { changes, effects, trace: rules, untold } = run;
  const trace = { deskVersion: desk.version, trigger: facts.trigger, steps, rules, ...(untold && { untold }) };
  return { changes, assignment, effects, trace };
}

/** A cause in words: `rule "Login words"`, `topic login`, `department it`, `default of the desk`. */
export function causeText(cause: Cause): string {
  return `${cause.kind} ${cause.detail}`;
}

/** What does not depend on any rule. */
type Layers = { readonly topic?: Choice<string>; readonly organization?: Organization };

function layersOf(desk: Desk, { ticket, message, mailbox, plusTag, organization }: RouteFacts): Layers {
  // Who opened it may have chosen the topic already.
  const asked = { plusTag, subject: message?.subject ?? "", mailbox };
  const picked = ticket.topic === null ? pickTopic(desk, asked) : undefined;
  return {
    topic: picked && { value: picked.topic, cause: { kind: "topic", detail: picked.because } },
    organization: activeOne(desk.organizations, organization),
  };
}

/** The ticket with rules over topic over organization over department over defaults. */
function layered(desk: Desk, facts: RouteFacts, layers: Layers, picks: Picks): Settled {
  const { organization } = layers;
  const topic = picks.topic ?? layers.topic;
  const topicRow = activeOne(desk.topics, topic?.value ?? facts.ticket.topic);
  const ofTopic: Cause = { kind: "topic", detail: topicRow?.key ?? "" };
  const ofOrganization: Cause = { kind: "organization", detail: organization?.key ?? "" };
  const department =
    picks.department ??
    choice(activeOne(desk.departments, topicRow?.department)?.key, ofTopic) ??
    choice(activeOne(desk.departments, organization?.department)?.key, ofOrganization) ??
    choice(facts.department, { kind: "department", detail: "by the address" }) ??
    sure(desk.defaults.department, DESK_DEFAULT);
  const departmentRow = activeOne(desk.departments, department.value);
  const ofDepartment: Cause = { kind: "department", detail: department.value };
  const priority =
    picks.priority ??
    choice(topicRow?.priority, ofTopic) ??
    choice(organization?.priority, ofOrganization) ??
    choice(departmentRow?.priority, ofDepartment) ??
    sure(desk.defaults.priority, DESK_DEFAULT);
  const sla =
    picks.sla ??
    choice(topicRow?.sla, ofTopic) ??
    choice(organization?.sla, ofOrganization) ??
    choice(departmentRow?.sla, ofDepartment) ??
    choice(desk.defaults.sla, DESK_DEFAULT);
  const tags = [
    ...(topicRow?.tags ?? []).map((value) => ({ value, cause: ofTopic })),
    ...(organization?.tags ?? []).map((value) => ({ value, cause: ofOrganization })),
    ...picks.tags,
  ];
  return settle(facts.ticket, picks, tags, { department, priority, sla, topic, status: picks.status });
}

function sure<T>(value: T, cause: Cause): Choice<T> {
  return { value, cause };
}

function choice<T>(value: T | undefined, cause: Cause): Choice<T> | undefined {
  return value === undefined ? undefined : sure(value, cause);
}

/** What the desk has under this key, unless it has left the desk file. */
function activeOne<T extends { readonly active: boolean }>(
  all: Readonly<Record<string, T>>,
  key: string | null | undefined,
): T | undefined {
  const one = typeof key === "string" && Object.hasOwn(all, key) ? all[key] : undefined;
  return one?.active ? one : undefined;
}

/** The department's own way of assigning. It never takes a ticket from somebody who has it already. */
function departmentAssignment(desk: Desk, settled: Settled, facts: RouteFacts): AssignRequest | null {
  const department = activeOne(desk.departments, settled.ticket.department);
  if (department === undefined || department.assign.strategy === "none" || facts.ticket.assignee !== null) return null;
  return { assignment: department.assign, cause: { kind: "department", detail: department.key } };
}

/** A rule may outlive what it names: the action is left out then, and the trace says so. */
function refusal(desk: Desk, action: RuleAction): string | undefined {
  const gone = goneName(desk, action);
  return gone === undefined ? undefined : `left out: there is no ${gone.what} "${gone.name}"`;
}

function goneName(desk: Desk, action: RuleAction): { readonly what: string; readonly name: string } | undefined {
  switch (action.action) {
    case "department":
      return activeOne(desk.departments, action.to) ? undefined : { what: "department", name: action.to };
    case "topic":
      return activeOne(desk.topics, action.to) ? undefined : { what: "topic", name: action.to };
    case "sla":
      return Object.hasOwn(desk.sla, action.to) ? undefined : { what: "SLA plan", name: action.to };
    case "reply":
    case "reject":
      return Object.hasOwn(desk.canned, action.canned) ? undefined : { what: "canned text", name: action.canned };
    case "watch": {
      const name = action.who.find((who) => !who.includes("@") && !activeOne(desk.agents, who));
      return name === undefined ? undefined : { what: "agent", name };
    }
    default:
      return undefined;
  }
}

function stepsOf(settled: Settled): readonly RouteStep[] {
  const fields: readonly ChosenField[] = ["topic", "department", "priority", "sla", "status"];
  const chosen = fields.flatMap((field) => {
    const cause = settled.causes[field];
    return cause === undefined ? [] : [{ field, value: settled.ticket[field], because: causeText(cause) }];
  });
  const each = (field: RouteStep["field"], choices: readonly Choice<string>[]) =>
    choices.map(({ value, cause }) => ({ field, value, because: causeText(cause) }));
  return [
    ...chosen,
    ...each("tag", settled.tags),
    ...each("untag", settled.untagged),
    ...each("watch", settled.watchers),
  ];
}

function assignmentStep(request: AssignRequest | null): readonly RouteStep[] {
  if (request === null) return [];
  return [{ field: "assign", value: assignmentText(request.assignment), because: causeText(request.cause) }];
}
