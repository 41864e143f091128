/** A ticket as choices would leave it, with the reason of each choice, and the changes that lead there. */
import type { RuleTicket } from "./facts.ts";
import { waitingForAfterMove } from "../lifecycle.ts";
import type { Assignment, Cause, CausedChange, Change, DepartmentKey, Priority, Status, TopicKey } from "../types.ts";
import type { Ticket } from "../types.ts";
import { fold } from "../words.ts";

export type Choice<T> = { readonly value: T; readonly cause: Cause };
/** A tag to be there, or not to be there. */
export type TagChoice = Choice<string> & { readonly gone?: true };
/** `until` (UTC ms) belongs to snoozed. */
export type StatusChoice = Choice<Status> & { readonly until?: number };

/** What rules have chosen so far, field by field. Tags and watchers add up; everything else is replaced. */
export type Picks = {
  readonly department?: Choice<DepartmentKey>;
  readonly priority?: Choice<Priority>;
  readonly status?: StatusChoice;
  readonly topic?: Choice<TopicKey>;
  readonly sla?: Choice<string>;
  readonly assign?: Choice<Assignment>;
  readonly tags: readonly TagChoice[];
  readonly watchers: readonly Choice<string>[];
};

export const NO_PICKS: Picks = { tags: [], watchers: [] };

export type ChosenField = "department" | "priority" | "status" | "topic" | "sla";

export type Settled = {
  readonly ticket: RuleTicket;
  readonly causes: Readonly<Partial<Record<ChosenField, Cause>>>;
  readonly snoozedUntil?: number;
  /** Tags and watchers that were not there, tags that were. */
  readonly tags: readonly Choice<string>[];
  readonly untagged: readonly Choice<string>[];
  readonly watchers: readonly Choice<string>[];
};

/** Picks laid over a ticket, nothing else: what rules do to a ticket that is already under way. */
export function overlay(ticket: RuleTicket, picks: Picks): Settled {
  const { department, priority, status, topic, sla } = picks;
  return settle(ticket, picks, picks.tags, { department, priority, status, topic, sla });
}

type Chosen = {
  readonly department?: Choice<DepartmentKey>;
  readonly priority?: Choice<Priority>;
  readonly status?: StatusChoice;
  readonly topic?: Choice<TopicKey>;
  readonly sla?: Choice<string>;
};

/** A ticket with a choice for each field that has one, and tags in the order in which they come and go. */
export function settle(ticket: RuleTicket, picks: Picks, tags: readonly TagChoice[], chosen: Chosen): Settled {
  const { department, priority, status, topic, sla } = chosen;
  const tagged = withTags(ticket.tags, tags);
  const watchers = picks.watchers.filter(({ value }) => !ticket.watchers.includes(value));
  return {
    ticket: {
      department: department?.value ?? ticket.department,
      priority: priority?.value ?? ticket.priority,
      status: status?.value ?? ticket.status,
      topic: topic?.value ?? ticket.topic,
      sla: sla?.value ?? ticket.sla,
      assignee: assigneeAfter(ticket, picks),
      tags: tagged.after,
      watchers: watchers.length === 0 ? ticket.watchers : [...ticket.watchers, ...watchers.map(({ value }) => value)],
    },
    causes: {
      department: department?.cause,
      priority: priority?.cause,
      status: status?.cause,
      topic: topic?.cause,
      sla: sla?.cause,
    },
    snoozedUntil: status?.until,
    tags: tagged.added,
    untagged: tagged.removed,
    watchers,
  };
}

/** The agent a later rule sees. A strategy is not resolved yet: the ticket then still shows who it had. */
function assigneeAfter(ticket: RuleTicket, picks: Picks): string | null {
  const assignment = picks.assign?.value;
  if (assignment?.strategy === "fixed") return assignment.agent;
  return assignment?.strategy === "none" ? null : ticket.assignee;
}

type Tagged = {
  readonly after: readonly string[];
  readonly added: readonly Choice<string>[];
  readonly removed: readonly Choice<string>[];
};

/** Tags in order of appearance. What goes is compared folded, since old tickets may have tags in capitals. */
function withTags(before: readonly string[], choices: readonly TagChoice[]): Tagged {
  if (choices.length === 0) return { after: before, added: [], removed: [] };
  const added = new Map<string, Choice<string>>();
  const removed = new Map<string, Choice<string>>();
  for (const { value, cause, gone } of choices) {
    const there = before.filter((tag) => fold(tag) === value || tag === value);
    if (gone) {
      added.delete(value);
      for (const tag of there) removed.set(tag, { value: tag, cause });
    } else if (there.length > 0) for (const tag of there) removed.delete(tag);
    else if (!added.has(value)) added.set(value, { value, cause });
  }
  const after = [...before.filter((tag) => !removed.has(tag)), ...added.keys()];
  return { after, added: [...added.values()], removed: [...removed.values()] };
}

/** The real changes from a ticket to what was settled: nothing for what stays as it is. Assignment is not among them. */
export function ticketChanges(
  before: RuleTicket,
  settled: Settled,
  waitingFor: Ticket["waitingFor"],
): readonly CausedChange[] {
  const { ticket: after, causes, snoozedUntil } = settled;
  const changes: CausedChange[] = [];
  const add = (field: ChosenField, change: Change) => {
    const cause = causes[field];
    if (before[field] !== after[field] && cause !== undefined) changes.push({ change, cause });
  };
  add("topic", { change: "set-topic", to: after.topic });
  add("department", { change: "set-department", to: after.department });
  add("priority", { change: "set-priority", to: after.priority });
  add("sla", { change: "set-sla", to: after.sla });
  changes.push(
    ...statusChanges(before.status, after.status, { until: snoozedUntil, cause: causes.status, waitingFor }),
  );
  changes.push(...settled.tags.map(({ value, cause }) => ({ change: { change: "tag", tag: value }, cause }) as const));
  changes.push(
    ...settled.untagged.map(({ value, cause }) => ({ change: { change: "untag", tag: value }, cause }) as const),
  );
  changes.push(
    ...settled.watchers.map(({ value, cause }) => ({ change: { change: "watch", who: value }, cause }) as const),
  );
  return changes;
}

type Move = { readonly until?: number; readonly cause?: Cause; readonly waitingFor: Ticket["waitingFor"] };

function statusChanges(from: Status, to: Status, { until, cause, waitingFor }: Move): readonly CausedChange[] {
  const again = to === "snoozed" && until !== undefined;
  if (cause === undefined || (from === to && !again)) return [];
  const waiting = waitingForAfterMove({ status: from, waitingFor }, to);
  return [
    { change: { change: "set-status", to, ...(until === undefined ? {} : { until }) }, cause },
    ...(waiting === waitingFor ? [] : [{ change: { change: "set-waiting-for", to: waiting }, cause } as const]),
  ];
}

/** A ticket as the rules see it, after one change. */
export function afterChange(ticket: RuleTicket, change: Change): RuleTicket {
  switch (change.change) {
    case "set-topic":
      return { ...ticket, topic: change.to };
    case "set-department":
      return { ...ticket, department: change.to };
    case "set-priority":
      return { ...ticket, priority: change.to };
    case "set-sla":
      return { ...ticket, sla: change.to };
    case "set-status":
      return { ...ticket, status: change.to };
    case "assign":
      return { ...ticket, assignee: change.to };
    case "tag":
      return { ...ticket, tags: [...new Set([...ticket.tags, change.tag])] };
    case "untag":
      return { ...ticket, tags: ticket.tags.filter((tag) => tag !== change.tag) };
    case "watch":
      return { ...ticket, watchers: [...new Set([...ticket.watchers, change.who])] };
    default:
      return ticket;
  }
}
