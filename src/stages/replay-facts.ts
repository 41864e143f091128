/**
 * What the rules would be told about a message, without recording it: the facts of a new ticket as receive opens it, or
 * those of a ticket that it follows up. Only reads. What is known of people is what is known of them today.
 */
import type { Db } from "../db/connect.ts";
import { ourAddresses } from "../db/desk.ts";
import { customerFact, personOrganization } from "../db/people.ts";
import { organizationOf } from "../desk/organization.ts";
import { effectText } from "../desk/explain/explain-effect.ts";
import { causeText, type Routed, type RouteFacts, type RuleEffect } from "../desk/rules/routing.ts";
import type { CausedChange, Desk, Effect, Person, Ticket, Trigger } from "../desk/types.ts";
import { isNoReply } from "../mail/address.ts";
import { mayAnswerAutomatically } from "../mail/automatic.ts";
import type { InboundMessage } from "../mail/types.ts";
import { answerable, personInReplyTo, withoutOwnWatchers } from "./effects-people.ts";
import { EffectProblem } from "./effects-text.ts";
import { customerOf } from "./facts.ts";
import type { PastTicket } from "./replay-past.ts";
import { mayTakePart } from "./take-part.ts";
import { supportPlace } from "./thread.ts";

/** How a message came in. Times are UTC milliseconds. */
export type Arrival = {
  readonly message: InboundMessage;
  readonly mailbox: string;
  /** The mailbox's own support address, where its settings name one. */
  readonly mailboxAddress: string | undefined;
  /** When it was recorded: the ticket opened, or its customer wrote. */
  readonly recordedAt: number;
  /** When the rules looked. */
  readonly routedAt: number;
};

/** What is known of a customer, for a desk. */
export type People = (desk: Desk, customer: Person) => Promise<Pick<RouteFacts, "customer" | "organization">>;

/** From the store. */
export function peopleOf(db: Db): People {
  return async (desk, customer) => ({
    customer: await customerFact(db, { customer }),
    organization: organizationOf(desk, customer.address, await personOrganization(db, customer.address)),
  });
}

/** Where there is no store: nothing but the address. */
export const strangers: People = async (desk, customer) => ({
  customer: { ...customer, addresses: [customer.address], attributes: {} },
  organization: organizationOf(desk, customer.address, null),
});

/** The facts of a ticket that this message opens. */
export async function factsOfNew(people: People, desk: Desk, arrival: Arrival): Promise<RouteFacts> {
  const { message, mailbox, mailboxAddress, recordedAt, routedAt } = arrival;
  const place = supportPlace(message, desk, mailboxAddress);
  return {
    trigger: "opened",
    message,
    mailbox,
    ticket: {
      department: place.department.key,
      priority: desk.defaults.priority,
      status: "open",
      topic: null,
      assignee: null,
      sla: null,
      tags: [],
      watchers: [],
    },
    ...(await people(desk, customerOf(message, desk))),
    waitingFor: "us",
    times: {
      now: routedAt,
      openedAt: recordedAt,
      statusSince: recordedAt,
      lastCustomerAt: recordedAt,
      lastAgentAt: null,
      respondDueAt: null,
      resolveDueAt: null,
    },
    department: place.department.key,
    plusTag: place.plusTag,
  };
}

/** The facts of a message in a ticket that was there before; its organization is the one it was opened for. */
export async function factsOfFollowUp(
  people: People,
  desk: Desk,
  arrival: Arrival,
  ticket: Pick<Ticket, "openedAt" | "organization">,
  past: PastTicket,
  trigger: Trigger,
): Promise<RouteFacts> {
  const { message, mailbox, routedAt } = arrival;
  return {
    trigger,
    message,
    mailbox,
    ticket: past.ticket,
    ...(await people(desk, past.customer)),
    organization: ticket.organization,
    waitingFor: past.waitingFor,
    times: {
      now: routedAt,
      openedAt: ticket.openedAt,
      statusSince: past.statusSince,
      lastCustomerAt: past.lastCustomerAt,
      lastAgentAt: past.lastAgentAt,
      // A ticket's due times have no history.
      respondDueAt: null,
      resolveDueAt: null,
    },
    department: past.ticket.department,
  };
}

/** What becomes of a ticket as a whole. Whether there is a ticket to merge into depends on the day: that is not foretold. */
export type Foretold = "routed" | "rejected" | "spam";

/** As effects-fate.ts decides it when the row is routed. @param answered an agent has written in the ticket */
export function fateOf(effects: readonly RuleEffect[], { trigger }: RouteFacts, answered: boolean): Foretold {
  const has = (action: Effect["action"]) => effects.some(({ effect }) => effect.action === action);
  const customers = trigger === "opened" || trigger === "customer_replied";
  if (has("spam") && customers && !answered) return "spam";
  return has("reject") ? "rejected" : "routed";
}

/**
 * Why the customer would get no acknowledgement, undefined when they would. Budgets are left aside: they count what was
 * sent in the hour before.
 */
export function againstAcknowledging(
  message: InboundMessage,
  desk: Desk,
  loopMark: string,
  effects: readonly RuleEffect[] = [],
): string | undefined {
  const silencing = effects.find(({ effect }) => SILENCING.includes(effect.action));
  if (silencing) return `${causeText(silencing.cause)} (${effectText(silencing.effect)})`;
  const { ownListIds, forwarders } = desk;
  const customer = customerAfter(message, desk, effects);
  const answered = answerable(message, { customer }, desk);
  const allowed = mayAnswerAutomatically(answered, {
    ourAddresses: ourAddresses(desk),
    loopMark,
    ownListIds,
    forwarders,
  });
  if ("no" in allowed) return allowed.because;
  return isNoReply(customer.address) ? `${customer.address} is an address that nobody reads` : undefined;
}

/** Effects after which no acknowledgement leaves. */
const SILENCING: readonly Effect["action"][] = ["silence", "reject", "spam"];

/** Who the customer is once the rules have had their say. */
function customerAfter(message: InboundMessage, desk: Desk, effects: readonly RuleEffect[]): Person {
  const customer = customerOf(message, desk);
  if (!effects.some(({ effect }) => effect.action === "customer")) return customer;
  try {
    return personInReplyTo(message, desk);
  } catch (error) {
    if (error instanceof EffectProblem) return customer;
    throw error;
  }
}

/** Changes as they would be made of a new ticket: nobody watches their own. */
export function changesOfNew(message: InboundMessage, desk: Desk, routed: Routed): readonly CausedChange[] {
  const customer = customerOf(message, desk);
  const participants = message.cc.filter(({ address }) => mayTakePart(address, desk));
  return withoutOwnWatchers({ customer, participants }, routed.changes);
}
