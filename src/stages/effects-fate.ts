/**
 * What becomes of the ticket as a whole, known before anything is done: it is routed, rejected, put aside as spam, or goes
 * into another ticket. Nobody is picked for a ticket that nobody will work on.
 */
import { eventsOf } from "../db/event.ts";
import { addressesOf } from "../db/people.ts";
import { ticketToMergeInto } from "../db/ticket-merge.ts";
import type { RuleEffect } from "../desk/rules/routing.ts";
import type { Cause, Ticket } from "../desk/types.ts";
import type { InboundMessage } from "../mail/types.ts";
import type { Unit } from "./stage.ts";

export type Fate =
  | { readonly fate: "routed" }
  | { readonly fate: "rejected" | "spam"; readonly cause: Cause }
  | { readonly fate: "merged"; readonly cause: Cause; readonly into: number };

/** Spam before rejection before merging: who sends spam gets no answer. Only rules of `opened` have such effects. */
export async function fateOf(
  unit: Unit,
  ticket: Ticket,
  message: InboundMessage | undefined,
  effects: readonly RuleEffect[],
): Promise<Fate> {
  const find = (action: RuleEffect["effect"]["action"]) => effects.find(({ effect }) => effect.action === action);
  const spam = find("spam");
  if (spam && (await whyNotSpam(unit, ticket)) === undefined) return { fate: "spam", cause: spam.cause };
  const reject = find("reject");
  if (reject) return { fate: "rejected", cause: reject.cause };
  const merge = find("merge");
  const may = merge && whyNotMerge(message) === undefined;
  const into = may ? await mergeTarget(unit, ticket, merge) : undefined;
  return merge && into !== undefined ? { fate: "merged", cause: merge.cause, into } : { fate: "routed" };
}

/** A human's word that it is none stands against every rule. */
export async function whyNotSpam({ tx }: Unit, ticket: Ticket): Promise<string | undefined> {
  const saved = (await eventsOf(tx, ticket.id)).findLast(({ name, new: to }) => name === "set-spam" && to === "no");
  return saved ? `${saved.actor} said that it is no spam` : undefined;
}

/** Subject and From anybody can write: a message whose author is refuted goes into nobody's thread. */
export function whyNotMerge(message: InboundMessage | undefined): string | undefined {
  const refuted = message?.auth.result === "fail" || message?.auth.dmarc === "fail";
  return refuted ? `the sender could not be authenticated (${message.auth.detail})` : undefined;
}

async function mergeTarget({ tx, now }: Unit, ticket: Ticket, { effect }: RuleEffect): Promise<number | undefined> {
  if (effect.action !== "merge" || ticket.baseSubject === "") return undefined;
  const customers = await addressesOf(tx, ticket.customer.address);
  return await ticketToMergeInto(tx, ticket, customers, now - effect.withinMinutes * 60_000);
}
