/** A ticket as choices would leave it, with the reason of each choice, and the changes that lead there. */
import type { RuleTicket } from "./facts.ts";
import { waitingForAfter } from "./lifecycle.ts";
import type { Assignment, Cause, CausedChange, Change, DepartmentKey, Priority, Status, TopicKey } from "./types.ts";

export type Choice<T> = { readonly value: T; readonly cause: Cause };

/** What rules have chosen so far, field by field. Tags add up; everything else is replaced. */
export type Picks = {
  readonly department?: Choice<DepartmentKey>;
  readonly priority?: Choice<Priority>;
  readonly status?: Choice<Status>;
  readonly topic?: Choice<TopicKey>;
  readonly assign?: Choice<Assignment>;
  readonly tags: readonly Choice<string>[];
};

export type ChosenField = "department" | "priority" | "status" | "topic" | "sla";

export type Settled = {
  readonly ticket: RuleTicket;
  readonly causes: Readonly<Partial<Record<ChosenField, Cause>>>;
  readonly tags: readonly Choice<string>[];
};

/** Picks laid over a ticket, nothing else: what rules do to a ticket that is already under way. */
export function overlay(ticket: RuleTicket, picks: Picks): Settled {
  const { department, priority, status, topic } = picks;
  return {
    ticket: {
      ...ticket,
      department: department?.value ?? ticket.department,
      priority: priority?.value ?? ticket.priority,
      status: status?.value ?? ticket.status,
      topic: topic?.value ?? ticket.topic,
      assignee: assigneeAfter(ticket, picks),
      tags: withTags(ticket.tags, picks.tags),
    },
    causes: { department: department?.cause, priority: priority?.cause, status: status?.cause, topic: topic?.cause },
    tags: picks.tags,
  };
}

/** The agent a later rule sees. A strategy is not resolved yet: the ticket then still shows who it had. */
export function assigneeAfter(ticket: RuleTicket, picks: Picks): string | null {
  const assignment = picks.assign?.value;
  if (assignment?.strategy === "fixed") return assignment.agent;
  return assignment?.strategy === "none" ? null : ticket.assignee;
}

/** The union in order of appearance. */
export function withTags(tags: readonly string[], more: readonly Choice<string>[]): readonly string[] {
  return [...new Set([...tags, ...more.map((choice) => choice.value)])];
}

/** The real changes from a ticket to what was settled: nothing for what stays as it is. Assignment is not among them. */
export function ticketChanges(before: RuleTicket, settled: Settled): readonly CausedChange[] {
  const after = settled.ticket;
  const changes: CausedChange[] = [];
  const add = (field: ChosenField, change: Change) => {
    const cause = settled.causes[field];
    if (before[field] !== after[field] && cause !== undefined) changes.push({ change, cause });
  };
  add("topic", { change: "set-topic", to: after.topic });
  add("department", { change: "set-department", to: after.department });
  add("priority", { change: "set-priority", to: after.priority });
  add("sla", { change: "set-sla", to: after.sla });
  add("status", { change: "set-status", to: after.status });
  if (after.status === "closed") add("status", { change: "set-waiting-for", to: waitingForAfter("closed") });
  for (const tag of after.tags) {
    const cause = settled.tags.find((choice) => choice.value === tag)?.cause;
    if (!before.tags.includes(tag) && cause !== undefined) changes.push({ change: { change: "tag", tag }, cause });
  }
  return changes;
}
