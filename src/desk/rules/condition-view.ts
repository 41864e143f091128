/**
 * The facts as the conditions of one run see them: every field is read once, folded once, however many rules ask for it.
 * What rules change is read again after each change.
 */
import { FIELDS, type FieldRow, type Seen } from "./condition-fields.ts";
import { comparable } from "./condition-operators.ts";
import type { RuleFacts, RuleTicket } from "./facts.ts";
import { waitingForAfterMove } from "../lifecycle.ts";
import { foldAscii } from "./pattern-literals.ts";
import type { Desk } from "../types.ts";

/** A field, with its argument where it has one. Two of the same `key` read the same. */
export type FieldRef = { readonly key: string; readonly row: FieldRow; readonly argument: string };

/** Undefined for a field that there is not. */
export function fieldRef(field: string, argument = ""): FieldRef | undefined {
  const row = Object.hasOwn(FIELDS, field) ? FIELDS[field] : undefined;
  return row && { key: `${field}\0${argument.toLowerCase()}`, row, argument };
}

export type View = {
  readonly facts: () => RuleFacts;
  /** Values as they are. */
  readonly values: (field: FieldRef) => readonly Seen[];
  /** Values as `is`, `contains` and the like compare them. */
  readonly folded: (field: FieldRef) => readonly Seen[];
  /** Values as literals of patterns are looked for in them. */
  readonly searched: (field: FieldRef) => readonly string[];
  /** From here on the ticket is this one. */
  readonly setTicket: (ticket: RuleTicket) => void;
};

type Kept = { readonly values: readonly Seen[]; folded?: readonly Seen[]; searched?: readonly string[] };

/** A view of facts, as one run of the rules needs it. */
export function viewOf(given: RuleFacts, desk: Desk): View {
  let facts = given;
  const lasting = new Map<string, Kept>();
  const passing = new Map<string, Kept>();
  const kept = ({ key, row, argument }: FieldRef): Kept => {
    const store = row.changes ? passing : lasting;
    let known = store.get(key);
    if (known === undefined) store.set(key, (known = { values: row.read(facts, argument, desk) }));
    return known;
  };
  return {
    facts: () => facts,
    values: (field) => kept(field).values,
    folded: (field) => {
      const known = kept(field);
      return (known.folded ??= known.values.map(comparable));
    },
    searched: (field) => {
      const known = kept(field);
      return (known.searched ??= known.values.map((value) => foldAscii(String(value))));
    },
    setTicket: (ticket) => {
      // A status that a rule has just set is as old as now.
      const statusSince = ticket.status === given.ticket.status ? given.times.statusSince : given.times.now;
      const before = { status: given.ticket.status, waitingFor: given.waitingFor };
      const waitingFor = waitingForAfterMove(before, ticket.status);
      facts = { ...given, ticket, waitingFor, times: { ...given.times, statusSince } };
      passing.clear();
    },
  };
}
