/**
 * What rules do beside changing fields. Each effect is carried out once for its route row, in the transaction of the row's
 * changes, and leaves an event whose cause is the rule (I9). One that cannot be done is taken back alone and says why: a
 * text that cannot be rendered must not hold up the ticket.
 */
import type { RuleEffect } from "../desk/rules/routing.ts";
import { insertEvent } from "../db/event.ts";
import type { Effect, Ticket } from "../desk/types.ts";
import { rejectCustomer, replyToCustomer } from "./effects-canned.ts";
import type { Deed, Done } from "./effects-deed.ts";
import type { Fate } from "./effects-fate.ts";
import { addNote } from "./effects-note.ts";
import { changeCustomer } from "./effects-people.ts";
import { mailOthers, tellPeople } from "./effects-tell.ts";
import { EffectProblem } from "./effects-text.ts";
import { callWebhook } from "./effects-webhook.ts";
import { mergeTicket, setSpam } from "./effects-whole.ts";
import { Leak } from "./mail-out.ts";
import { inPart } from "./stage.ts";

/** What became of one effect, for people. */
export type EffectTrace = { readonly rule: string; readonly effect: Effect["action"]; readonly did: string };

/** `watch` is none: the engine makes it a change of the ticket. */
type Action = Exclude<Effect["action"], "watch">;
type Doer<A extends Action> = (deed: Deed, effect: Extract<Effect, { action: A }>) => Promise<Done>;

const DOERS: { readonly [A in Action]: Doer<A> } = {
  note: addNote,
  reply: replyToCustomer,
  tell: tellPeople,
  mail: mailOthers,
  webhook: callWebhook,
  // Carried out by leaving the acknowledgement out; that is an event then.
  silence: async () => ({ did: "no acknowledgement" }),
  reject: rejectCustomer,
  spam: setSpam,
  merge: mergeTicket,
  customer: changeCustomer,
};

export type Route = Pick<Deed, "unit" | "row" | "message" | "entry" | "fate">;

/** An effect with its number among those of the row, from 1. */
export type Numbered = RuleEffect & Pick<Deed, "place">;

/** Carries the effects out in order. */
export async function carryOutEffects(
  route: Route,
  before: Ticket,
  effects: readonly Numbered[],
): Promise<{ ticket: Ticket; trace: readonly EffectTrace[] }> {
  const trace: EffectTrace[] = [];
  let ticket = before;
  for (const { effect, cause, match, place } of effects) {
    const done = leftOut(effect, route.fate) ?? (await carryOut({ ...route, ticket, cause, match, place }, effect));
    ticket = done.ticket ?? ticket;
    trace.push({ rule: cause.detail, effect: effect.action, did: done.did });
  }
  return { ticket, trace };
}

async function carryOut(deed: Deed, effect: Effect): Promise<Done> {
  try {
    return await inPart(deed.unit, (unit) =>
      (DOERS[effect.action as Action] as Doer<Action>)({ ...deed, unit }, effect as never),
    );
  } catch (error) {
    if (!(error instanceof EffectProblem || error instanceof Leak)) throw error;
    const { unit, ticket, cause } = deed;
    const event = {
      name: `${effect.action} not done`,
      actor: { kind: "postern" },
      cause,
      detail: error.message,
    } as const;
    await insertEvent(unit.tx, ticket.id, event, unit.now);
    return { did: `not done: ${error.message}` };
  }
}

/** Nothing leaves the desk about spam; who is rejected gets one mail. */
export function leftOut(effect: Effect, { fate }: Pick<Fate, "fate">): Done | undefined {
  if (fate === "spam" && !["note", "spam"].includes(effect.action)) return { did: "left out: the message is spam" };
  if (fate === "rejected" && ["reply", "merge"].includes(effect.action))
    return { did: "left out: the message is rejected" };
  return undefined;
}
