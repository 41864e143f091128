/** The steps that take an act back, one row a kind. Whether they may be taken at all has been asked before (undo.ts). */
import { applyChanges } from "../db/apply.ts";
import { unbarRefs } from "../db/barred-ref.ts";
import type { UndoStep } from "../db/command.ts";
import { disownAuthor } from "../db/entry.ts";
import { insertEvent } from "../db/event.ts";
import { updateInbound } from "../db/inbound.ts";
import { dropParticipant } from "../db/merge.ts";
import { ticketById } from "../db/ticket.ts";
import { deleteLink } from "../db/ticket-link.ts";
import type { Actor, Cause } from "../desk/types.ts";
import { mergeTickets } from "./merge.ts";
import type { Unit } from "./stage.ts";
import { unmergeTicket } from "./unmerge.ts";

/** Where the steps are carried out, and by whom. */
export type Undoing = { readonly unit: Unit; readonly ticketId: number; readonly actor: Actor };

const cause: Cause = { kind: "command", detail: "#undo" };

type Step = Extract<UndoStep, { undo: string }>;
type StepOf<K extends Step["undo"]> = Extract<Step, { undo: K }>;

const STEPS: { readonly [K in Step["undo"]]: (undoing: Undoing, step: StepOf<K>) => Promise<unknown> } = {
  // Asked before the first step.
  unchanged: async () => undefined,
  // The whole of its run (undo-opened.ts).
  "set-aside": async () => undefined,
  restore: ({ unit, actor }, { ticket, changes }) => applyChanges(unit.tx, ticket, changes, actor, unit.ids, unit.now),
  unmerge: ({ unit, actor }, { ticket }) => unmergeTicket(unit, { ticket, actor, cause }),
  join: ({ unit, ticketId, actor }, { ticket }) =>
    mergeTickets(unit, { from: ticket, into: ticketId, actor, cause, anyway: true, alone: true }),
  unlink: async ({ unit: { tx, now }, ticketId, actor }, { other }) => {
    if (!(await deleteLink(tx, ticketId, other))) return;
    for (const [one, two] of [
      [ticketId, other],
      [other, ticketId],
    ] as const) {
      const old = (await ticketById(tx, two))?.publicNumber;
      await insertEvent(tx, one, { name: "unlinked", actor, cause, old }, now);
    }
  },
  unbar: async ({ unit: { tx, now }, ticketId, actor }, { hashes }) => {
    await unbarRefs(tx, ticketId, hashes);
    await insertEvent(tx, ticketId, { name: "reference allowed again", actor, cause }, now);
  },
  readmit: async ({ unit }, { messages }) => {
    for (const { id, ...before } of messages) await updateInbound(unit.tx, id, before);
  },
  leave: async ({ unit: { tx, now }, ticketId, actor }, { address, lastEntry }) => {
    if (await dropParticipant(tx, ticketId, address, lastEntry))
      await insertEvent(tx, ticketId, { name: "takes no part", actor, cause, old: address }, now);
  },
  disown: ({ unit }, { entries }) => disownAuthor(unit.tx, entries),
  "forget-domain": async ({ unit: { tx, now }, ticketId, actor }, { addressId, domain }) => {
    await tx("accepted_domain").where({ address_id: addressId, domain }).delete();
    await insertEvent(tx, ticketId, { name: "domain forgotten", actor, cause, old: domain }, now);
  },
};

/** In their order; changes that stand together are applied together. */
export async function takeSteps(undoing: Undoing, steps: readonly UndoStep[]): Promise<void> {
  const { unit, ticketId, actor } = undoing;
  for (let rest = steps; rest.length > 0;) {
    const other = rest.findIndex((step) => "undo" in step);
    const changes = (other < 0 ? rest : rest.slice(0, other)).filter((step) => "change" in step);
    await applyChanges(unit.tx, ticketId, changes, actor, unit.ids, unit.now);
    const step = other < 0 ? undefined : rest[other];
    if (step && "undo" in step)
      await (STEPS[step.undo] as (undoing: Undoing, step: Step) => Promise<unknown>)(undoing, step);
    rest = other < 0 ? [] : rest.slice(other + 1);
  }
}
