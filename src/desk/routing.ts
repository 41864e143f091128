/**
 * Where a ticket goes. Who wins: rule, then topic, then department, then the desk's defaults, field by field. The
 * layers are settled anew after every rule, so that a rule which only says "this is the topic login" also brings what
 * that topic and its department say, and a rule that names a priority keeps it whatever the department has.
 */
import type { RuleFacts } from "./facts.ts";
import { assignmentText, compileRules, runRules } from "./rule.ts";
import type { AssignRequest, RuleTrace } from "./rule.ts";
import { assigneeAfter, overlay, ticketChanges, withTags } from "./settled.ts";
import type { Choice, ChosenField, Picks, Settled } from "./settled.ts";
import type { Cause, CausedChange, Department, DepartmentKey, Desk, RuleAction, Topic, Trigger } from "./types.ts";

export type RouteFacts = RuleFacts & {
  /** The department of the first address of ours in To, then Cc; undefined when none is a department's. */
  readonly department?: DepartmentKey;
  /** `login` of `support+login@…`. */
  readonly plusTag?: string;
};

/** One thing that was decided and why, for people. */
export type RouteStep = {
  readonly field: ChosenField | "assign" | "tag";
  readonly value: string | null;
  readonly because: string;
};

/** Plain JSON, stored with the ticket and shown to people. */
export type RouteTrace = {
  readonly deskVersion: number;
  readonly trigger: Trigger;
  readonly steps: readonly RouteStep[];
  readonly rules: readonly RuleTrace[];
};

export type Routed = {
  readonly changes: readonly CausedChange[];
  /** To be resolved by `pickAgent` with the loads, for the department the ticket has after `changes`. */
  readonly assignment: AssignRequest | null;
  readonly trace: RouteTrace;
};

const DESK_DEFAULT: Cause = { kind: "default", detail: "of the desk" };

/** Route a ticket. Defaults of topic, department and desk count when it opens; later only rules of the trigger run. */
export function route(desk: Desk, facts: RouteFacts): Routed {
  const opened = facts.trigger === "opened";
  const settle = (picks: Picks) => (opened ? layered(desk, facts, picks) : overlay(facts.ticket, picks));
  const run = runRules(compileRules(desk.rules), facts, { settle, refuse: (action) => refusal(desk, action) });
  const settled = settle(run.picks);
  const byDepartment = opened && run.picks.assign === undefined;
  const assignment = byDepartment ? departmentAssignment(desk, settled, facts) : run.assignment;
  const changes = ticketChanges(facts.ticket, settled);
  const steps = [...stepsOf(facts, settled), ...assignmentStep(assignment)];
  return { changes, assignment, trace: { deskVersion: desk.version, trigger: facts.trigger, steps, rules: run.trace } };
}

/** A cause in words: `rule "Login words"`, `topic login`, `department it`, `default of the desk`. */
export function causeText(cause: Cause): string {
  return `${cause.kind} ${cause.detail}`;
}

/** The ticket with rules over topic over department over defaults. */
function layered(desk: Desk, facts: RouteFacts, picks: Picks): Settled {
  const { ticket } = facts;
  const topic = picks.topic ?? topicByAddress(desk, facts);
  const topicRow = activeTopic(desk, topic?.value ?? ticket.topic);
  const ofTopic: Cause = { kind: "topic", detail: topicRow?.key ?? "" };
  const department =
    picks.department ??
    choice(activeDepartment(desk, topicRow?.department)?.key, ofTopic) ??
    choice(facts.department, { kind: "department", detail: "by the address" }) ??
    sure(desk.defaults.department, DESK_DEFAULT);
  const departmentRow = activeDepartment(desk, department.value);
  const ofDepartment: Cause = { kind: "department", detail: department.value };
  const priority =
    picks.priority ??
    choice(topicRow?.priority, ofTopic) ??
    choice(departmentRow?.priority, ofDepartment) ??
    sure(desk.defaults.priority, DESK_DEFAULT);
  const sla =
    choice(topicRow?.sla, ofTopic) ??
    choice(departmentRow?.sla, ofDepartment) ??
    choice(desk.defaults.sla, DESK_DEFAULT);
  const tags = [...(topicRow?.tags ?? []).map((value) => ({ value, cause: ofTopic })), ...picks.tags];
  return {
    ticket: {
      department: department.value,
      priority: priority.value,
      status: picks.status?.value ?? ticket.status,
      topic: topic?.value ?? ticket.topic,
      assignee: assigneeAfter(ticket, picks),
      sla: sla?.value ?? ticket.sla,
      tags: withTags(ticket.tags, tags),
    },
    causes: {
      topic: topic?.cause,
      department: department.cause,
      priority: priority.cause,
      sla: sla?.cause,
      status: picks.status?.cause,
    },
    tags,
  };
}

function sure<T>(value: T, cause: Cause): Choice<T> {
  return { value, cause };
}

function choice<T>(value: T | undefined, cause: Cause): Choice<T> | undefined {
  return value === undefined ? undefined : sure(value, cause);
}

function activeTopic(desk: Desk, key: string | null | undefined): Topic | undefined {
  const topic = typeof key === "string" && Object.hasOwn(desk.topics, key) ? desk.topics[key] : undefined;
  return topic?.active ? topic : undefined;
}

function activeDepartment(desk: Desk, key: string | undefined): Department | undefined {
  const department = key !== undefined && Object.hasOwn(desk.departments, key) ? desk.departments[key] : undefined;
  return department?.active ? department : undefined;
}

function topicByAddress(desk: Desk, facts: RouteFacts): Choice<string> | undefined {
  const tag = facts.plusTag?.toLowerCase();
  const key = Object.keys(desk.topics).find((one) => one.toLowerCase() === tag);
  return choice(activeTopic(desk, key)?.key, { kind: "topic", detail: `+${tag} in the address` });
}

/** The department's own way of assigning. It never takes a ticket from somebody who has it already. */
function departmentAssignment(desk: Desk, settled: Settled, facts: RouteFacts): AssignRequest | null {
  const department = activeDepartment(desk, settled.ticket.department);
  if (department === undefined || department.assign.strategy === "none" || facts.ticket.assignee !== null) return null;
  return { assignment: department.assign, cause: { kind: "department", detail: department.key } };
}

/** A rule may outlive what it names: the action is left out then, and the trace says so. */
function refusal(desk: Desk, action: RuleAction): string | undefined {
  if (action.action === "department" && activeDepartment(desk, action.to) === undefined) {
    return `left out: there is no department "${action.to}"`;
  }
  if (action.action === "topic" && activeTopic(desk, action.to) === undefined) {
    return `left out: there is no topic "${action.to}"`;
  }
  return undefined;
}

function stepsOf(facts: RouteFacts, settled: Settled): readonly RouteStep[] {
  const fields: readonly ChosenField[] = ["topic", "department", "priority", "sla", "status"];
  const chosen = fields.flatMap((field) => {
    const cause = settled.causes[field];
    return cause === undefined ? [] : [{ field, value: settled.ticket[field], because: causeText(cause) }];
  });
  const fresh = settled.tags.filter(({ value }) => !facts.ticket.tags.includes(value));
  return [...chosen, ...fresh.map(({ value, cause }) => ({ field: "tag" as const, value, because: causeText(cause) }))];
}

function assignmentStep(request: AssignRequest | null): readonly RouteStep[] {
  if (request === null) return [];
  return [{ field: "assign", value: assignmentText(request.assignment), because: causeText(request.cause) }];
}
