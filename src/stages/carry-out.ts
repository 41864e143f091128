/**
 * What the engine has decided becomes true: changes, assignment, effects, due times, in the transaction of the route row.
 * Used for a row that waits, and for the clock's rules, which make their row as they act.
 */
import { applyChanges } from "../db/apply.ts";
import type { EntryRow } from "../db/entry.ts";
import type { RouteRow } from "../db/route.ts";
import type { StoredTrace } from "../desk/explain/explain.ts";
import type { Routed, RouteStep, RuleEffect } from "../desk/rules/routing.ts";
import type { Cause, CausedChange, Ticket } from "../desk/types.ts";
import type { InboundMessage } from "../mail/types.ts";
import { assignTicket } from "./assign.ts";
import { reckonDue } from "./due.ts";
import { carryOutEffects } from "./effects.ts";
import { type Fate, fateOf } from "./effects-fate.ts";
import { withoutOwnWatchers } from "./effects-people.ts";
import type { Unit } from "./stage.ts";

const POSTERN = { kind: "postern" } as const;

export type Ground = {
  readonly row: RouteRow;
  /** As it stood when the engine looked, locked by this transaction. */
  readonly ticket: Ticket;
  readonly entry: EntryRow | undefined;
  readonly message: InboundMessage | undefined;
};

export type CarriedOut = {
  readonly ticket: Ticket;
  readonly fate: Fate;
  /** The rule that wants no acknowledgement. */
  readonly silencedBy: Cause | undefined;
  /** What is stored with the row. */
  readonly record: StoredTrace;
};

/** The customer is settled first: whoever is written to, and whichever ticket this one may go into, depends on it. */
export async function carryOut(unit: Unit, ground: Ground, routed: Routed): Promise<CarriedOut> {
  const { ticket: before } = ground;
  const effects = routed.effects.map((one, n) => ({ ...one, place: n + 1 }));
  const [first, then] = [effects.filter(isCustomer), effects.filter((one) => !isCustomer(one))];
  const changes = withoutOwnWatchers(before, routed.changes);
  const changed = await applyChanges(unit.tx, before.id, changes, POSTERN, unit.ids, unit.now);
  const known = await carryOutEffects({ unit, ...ground, fate: { fate: "routed" } }, changed, first);
  const fate = await fateOf(unit, known.ticket, ground.message, then);
  const request = fate.fate === "routed" ? routed.assignment : null;
  const assigned = request ? await assignTicket(unit, known.ticket, request) : { ticket: known.ticket };
  const done = await carryOutEffects({ unit, ...ground, fate }, assigned.ticket, then);
  return {
    ticket: await reckonDue(unit, done.ticket.id),
    fate,
    silencedBy: effects.find(({ effect }) => effect.action === "silence")?.cause,
    record: {
      ...routed.trace,
      steps: stepsDone(routed, changes, fate),
      ...("because" in assigned ? { because: assigned.because } : {}),
      ...(effects.length === 0 ? {} : { effects: [...known.trace, ...done.trace] }),
    },
  };
}

const NOBODY = {
  spam: "the message is spam",
  rejected: "the message is rejected",
  merged: "it goes into another ticket",
};

/** What was wished and not done is told so: nobody gets a ticket that ends here, and nobody watches their own. */
function stepsDone({ trace, changes: wished }: Routed, changes: readonly CausedChange[], { fate }: Fate) {
  const left = wished.flatMap((one) =>
    one.change.change === "watch" && !changes.includes(one) ? [one.change.who] : [],
  );
  return trace.steps.map((step): RouteStep => {
    if (step.field === "assign" && fate !== "routed")
      return { ...step, because: `${step.because}; nobody is picked: ${NOBODY[fate]}` };
    const own = step.field === "watch" && left.includes(step.value!);
    return own ? { ...step, because: `${step.because}; left out: the ticket is theirs` } : step;
  });
}

const isCustomer = ({ effect }: RuleEffect): boolean => effect.action === "customer";
