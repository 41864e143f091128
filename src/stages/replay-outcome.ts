/**
 * What a run of the rules comes to, in a form in which two desks can be compared, and the differences. Pure. Strategies
 * are compared as strategies: whose turn it would have been depends on everything that happened before.
 */
import { assignmentWords, effectText } from "../desk/explain/explain-effect.ts";
import type { RuleTicket } from "../desk/rules/facts.ts";
import { causeText, type Routed } from "../desk/rules/routing.ts";
import { afterChange } from "../desk/rules/settled.ts";
import type { CausedChange, Effect } from "../desk/types.ts";
import { leftOut } from "./effects.ts";
import type { Foretold } from "./replay-facts.ts";

export const OUTCOME_FIELDS = ["topic", "department", "priority", "sla", "status", "assign", "acknowledged"] as const;
export type OutcomeField = (typeof OUTCOME_FIELDS)[number];

/** A value and the words that say who decided it; null = nobody said anything. */
export type Decided = { readonly value: string | null; readonly because: string | null };
/** `key` says more than the words show: whole texts, whole addresses. */
type Done = Decided & { readonly action: Effect["action"]; readonly key: string };

export type Outcome = {
  readonly fields: Readonly<Record<OutcomeField, Decided>>;
  readonly tags: readonly Decided[];
  readonly watchers: readonly Decided[];
  readonly effects: readonly Done[];
  /** Names of the rules that held. */
  readonly held: readonly string[];
};

/** A message that both desks have decided about. */
export type Replayed = {
  readonly inboundId: number;
  readonly from: string | null;
  readonly subject: string | null;
  readonly ticket: string | null;
  readonly before: Outcome;
  readonly after: Outcome;
};

/** One thing that differs. For tags, watchers and effects, `from` or `to` is null: they are there or not. */
export type Difference = {
  readonly field: OutcomeField | "tag" | "watcher" | "effect";
  readonly from: string | null;
  readonly to: string | null;
  /** Who decides it now; where nobody does any more, who did. */
  readonly by: string;
};

/** A run of the rules with what will be made of it. */
export type Decision = {
  readonly before: RuleTicket;
  readonly routed: Routed;
  readonly changes: readonly CausedChange[];
  readonly fate: Foretold;
  /** Why there is no acknowledgement, undefined when there is one; null when the trigger asks for none. */
  readonly against: string | undefined | null;
};

export function outcomeOf({ before, routed, changes, fate, against }: Decision): Outcome {
  const after = changes.reduce((ticket, { change }) => afterChange(ticket, change), before);
  const reasons = new Map(routed.trace.steps.map(({ field, because }) => [field, because]));
  const decided = (field: "topic" | "department" | "priority" | "sla" | "status"): Decided => ({
    value: after[field],
    because: reasons.get(field) ?? null,
  });
  return {
    fields: {
      topic: decided("topic"),
      department: decided("department"),
      priority: decided("priority"),
      sla: decided("sla"),
      status: fate === "routed" ? decided("status") : { value: "closed", because: becauseOf(routed, fate) },
      // Nobody is picked for a ticket that nobody will work on.
      assign: fate === "routed" ? assigned(routed) : { value: null, because: becauseOf(routed, fate) },
      acknowledged: acknowledged(against),
    },
    tags: after.tags.toSorted().map((value) => ({ value, because: reasonOf(routed, "tag", value) })),
    watchers: after.watchers.toSorted().map((value) => ({ value, because: reasonOf(routed, "watch", value) })),
    effects: routed.effects
      // Who the customer is, is settled before what becomes of the ticket.
      .filter(({ effect }) => effect.action === "customer" || leftOut(effect, { fate }) === undefined)
      .map(({ effect, match, cause }) => ({
        action: effect.action,
        key: JSON.stringify([effect, "text" in effect ? match : {}]),
        value: effectText(effect, match),
        because: causeText(cause),
      })),
    held: routed.trace.rules.filter(({ result }) => result).map(({ name }) => name),
  };
}

function assigned({ assignment }: Routed): Decided {
  if (assignment === null) return { value: null, because: null };
  return { value: assignmentWords(assignment.assignment), because: causeText(assignment.cause) };
}

function becauseOf({ effects }: Routed, fate: Foretold): string | null {
  const action = fate === "spam" ? "spam" : "reject";
  const cause = effects.find(({ effect }) => effect.action === action)?.cause;
  return cause ? causeText(cause) : null;
}

function acknowledged(against: string | undefined | null): Decided {
  if (against === null) return { value: null, because: null };
  return against === undefined ? { value: "yes", because: null } : { value: "no", because: against };
}

function reasonOf({ trace }: Routed, of: "tag" | "watch", wanted: string): string | null {
  return trace.steps.find(({ field, value }) => field === of && value === wanted)?.because ?? null;
}

/** What is otherwise after than before: fields first, then tags, watchers and effects. */
export function differences(before: Outcome, after: Outcome): readonly Difference[] {
  const fields = OUTCOME_FIELDS.flatMap((field): Difference[] => {
    const [from, to] = [before.fields[field], after.fields[field]];
    return from.value === to.value ? [] : [{ field, from: from.value, to: to.value, by: byWhom(from, to) }];
  });
  return [
    ...fields,
    ...listed("tag", before.tags, after.tags),
    ...listed("watcher", before.watchers, after.watchers),
    ...listed("effect", before.effects, after.effects),
  ];
}

const byWhom = (from: Decided, to: Decided): string =>
  to.because ?? (from.because === null ? "nobody" : `no longer ${from.because}`);

type Listed = Decided & { readonly key?: string };

/** As lists in which a value may stand twice: a rule may leave two notes of the same words. */
function listed(
  field: "tag" | "watcher" | "effect",
  before: readonly Listed[],
  after: readonly Listed[],
): readonly Difference[] {
  const gone = without(before, after).map((one) => ({
    field,
    from: one.value,
    to: null,
    by: `no longer ${one.because}`,
  }));
  const fresh = without(after, before).map((one) => ({
    field,
    from: null,
    to: one.value,
    by: one.because ?? "nobody",
  }));
  return [...gone, ...fresh];
}

const keyOf = ({ key, value }: Listed): string | null => key ?? value;

function without(list: readonly Listed[], others: readonly Listed[]): readonly Listed[] {
  const left = others.map(keyOf);
  return list.filter((one) => {
    const at = left.indexOf(keyOf(one));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
