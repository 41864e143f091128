/**
 * What would happen to one message if it came in now: the real judgement on a connection that cannot write, then the rules.
 * Without a store what is known is the desk: evidence in other messages cannot be looked up then.
 */
import { countLoads, lastAgentOf } from "../db/agent-load.ts";
import type { Db, Transaction } from "../db/connect.ts";
import { deskAndIds, type DeskIds } from "../db/desk.ts";
import { survivor } from "../db/ticket.ts";
import { membersOf, pickAmong, resolveNamed } from "../desk/assigning/assignment.ts";
import type { Trial } from "../desk/explain/explain-trial.ts";
import { decide } from "../desk/intake.ts";
import { type Routed, route as decideRoute, type RouteFacts } from "../desk/rules/routing.ts";
import type { Desk, Ticket, Trigger, Verdict } from "../desk/types.ts";
import type { InboundMessage } from "../mail/types.ts";
import { customerOf, lookAtFacts } from "./facts.ts";
import {
  againstAcknowledging,
  type Arrival,
  factsOfFollowUp,
  factsOfNew,
  type People,
  peopleOf,
  strangers,
} from "./replay-facts.ts";
import type { Stage } from "./stage.ts";

export type TrialOrder = {
  /** What the rules run for; undefined = as the judgement says. */
  readonly trigger?: Trigger;
  /** The ticket that the message is taken to be about, whatever its evidence says. */
  readonly ticket?: Ticket;
  /** UTC milliseconds. */
  readonly now: number;
  readonly mailbox: string;
  readonly rawSha256: string;
  /** Of a stored message: it is no copy of itself. */
  readonly inboundId?: number;
};

export type TrialStore = { readonly stage: Stage; readonly ids: DeskIds };

/** @param store undefined = there is only the desk */
export async function tryMessage(
  store: TrialStore | undefined,
  desk: Desk,
  message: InboundMessage,
  order: TrialOrder,
): Promise<Trial> {
  const verdict = store ? await judge(store, desk, message, order) : judgeAlone(desk, message, order);
  const known = order.ticket ?? (await ticketNamed(store, verdict));
  const trigger = order.trigger ?? (order.ticket ? "customer_replied" : triggerOf(verdict, message));
  const ticket = trigger === "opened" ? undefined : known;
  const facts = trigger && (await factsFor(store, desk, message, order, { trigger, ticket, verdict }));
  const routed = facts && decideRoute(desk, facts, true);
  return {
    verdict,
    looked: store !== undefined,
    desk,
    against: message.from
      ? againstAcknowledging(message, desk, store?.stage.settings.loopMark ?? "", routed?.effects)
      : "no sender to answer",
    ticket,
    trigger,
    routed,
    picked: facts && routed && store ? await pick(store, desk, { facts, routed, ticket, message }) : undefined,
  };
}

async function judge(
  { stage, ids }: TrialStore,
  desk: Desk,
  message: InboundMessage,
  { now, inboundId, rawSha256 }: TrialOrder,
): Promise<Verdict> {
  const unit = { stage, tx: stage.db as Transaction, now, desk, ids, bells: [], afterwards: [] };
  return decide(message, await lookAtFacts(unit, { inboundId, rawSha256 }, message));
}

function judgeAlone(desk: Desk, message: InboundMessage, { now }: TrialOrder): Verdict {
  const address = message.from?.address;
  const agent = Object.values(desk.agents).find(({ active, emails }) => active && address && emails.includes(address));
  return decide(message, { desk, now, policy: "confirm", agent, senderBlocked: false });
}

async function ticketNamed(store: TrialStore | undefined, verdict: Verdict): Promise<Ticket | undefined> {
  const id = "evidence" in verdict ? verdict.evidence.ticketId : undefined;
  if (!store || id === undefined) return undefined;
  return await survivor(store.stage.db, id);
}

/** For what the rules would be woken. */
function triggerOf(verdict: Verdict, { nature }: InboundMessage): Trigger | undefined {
  switch (verdict.verdict) {
    case "open-ticket":
      return "opened";
    case "agent-reply":
      return "agent_replied";
    case "follow-up": {
      const customers = verdict.as === "customer" || verdict.as === "participant" || verdict.as === "stranger";
      return customers && nature.nature !== "auto-response" ? "customer_replied" : undefined;
    }
    default:
      return undefined;
  }
}

type Then = { readonly trigger: Trigger; readonly ticket: Ticket | undefined; readonly verdict: Verdict };

async function factsFor(
  store: TrialStore | undefined,
  desk: Desk,
  message: InboundMessage,
  { mailbox, now }: TrialOrder,
  { trigger, ticket, verdict }: Then,
): Promise<RouteFacts | undefined> {
  if (!message.from) return undefined;
  const people: People = store ? peopleOf(store.stage.db) : strangers;
  const mailboxAddress = store?.stage.settings.addressOf(mailbox);
  const arrival: Arrival = { message, mailbox, mailboxAddress, recordedAt: now, routedAt: now };
  const facts = ticket
    ? withDueTimes(
        await factsOfFollowUp(people, desk, arrival, ticket, present(ticket, trigger, verdict, now), trigger),
        ticket,
      )
    : { ...(await factsOfNew(people, desk, arrival)), trigger };
  // These look at a ticket, not at a message.
  return trigger === "clock" || trigger === "status_changed" ? { ...facts, message: undefined } : facts;
}

/** Of a ticket as it stands now they are known. */
function withDueTimes(facts: RouteFacts, { respondedAt, respondDueAt, resolveDueAt }: Ticket): RouteFacts {
  return {
    ...facts,
    times: { ...facts.times, respondDueAt: respondedAt === null ? respondDueAt : null, resolveDueAt },
  };
}

/** The ticket as it would stand once the message was recorded. */
function present(ticket: Ticket, trigger: Trigger, verdict: Verdict, now: number) {
  const wrote = trigger === "customer_replied";
  const reopens = wrote && ticket.status !== "open" && !("reopens" in verdict && !verdict.reopens);
  return {
    ticket: reopens ? { ...ticket, status: "open" as const } : ticket,
    customer: ticket.customer,
    waitingFor: wrote ? ("us" as const) : ticket.waitingFor,
    statusSince: reopens ? now : ticket.statusSince,
    lastCustomerAt: wrote ? now : (ticket.lastCustomerAt ?? ticket.openedAt),
    lastAgentAt: trigger === "agent_replied" ? now : ticket.lastAgentAt,
  };
}

type Picks = {
  readonly facts: RouteFacts;
  readonly routed: Routed;
  readonly ticket: Ticket | undefined;
  readonly message: InboundMessage;
};

async function pick(
  store: TrialStore,
  desk: Desk,
  { facts, routed, ticket, message }: Picks,
): Promise<Trial["picked"]> {
  if (routed.assignment === null) return undefined;
  const { db } = store.stage;
  const moved = routed.changes.findLast(({ change }) => change.change === "set-department")?.change;
  const department = moved && "to" in moved ? String(moved.to) : facts.ticket.department;
  const people = ticket ?? { id: 0, customer: customerOf(message, desk), participants: message.cc };
  const assigned = { ...people, department };
  const { now } = facts.times;
  const found = resolveNamed(routed.assignment.assignment, desk, { ticket: assigned, now });
  if (!("picking" in found)) return found;
  const lastAgent = found.picking.strategy === "sticky" ? await lastAgentOf(db, assigned) : undefined;
  const loads = await countLoads(db, membersOf(desk, department), assigned, forgiving(store.ids));
  return pickAmong(found, desk, { now, ticket: assigned, loads, lastAgent });
}

/** A proposed desk may know people and departments that the store does not: nothing is counted for them. */
function forgiving(ids: DeskIds): DeskIds {
  const orNobody = (known: DeskIds["agent"]): DeskIds["agent"] => ({
    key: (id) => known.key(id),
    id: (key) => {
      try {
        return known.id(key);
      } catch {
        return 0;
      }
    },
  });
  return { agent: orNobody(ids.agent), department: orNobody(ids.department), topic: ids.topic };
}

/** The active desk and the ids of its keys, for a trial. */
export async function trialStore(stage: Stage): Promise<TrialStore & { readonly desk: Desk }> {
  return { stage, ...(await deskAndIds(stage.db as Db)) };
}
