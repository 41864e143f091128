/**
 * Who may act by mail. A token is one factor, authentication the other; neither acts alone, unless the desk's policy says
 * that the token suffices. Every cell of (token x sender x authentication) is one line below.
 */
import { stripPlus } from "../mail/address.ts";
import { outermostPrefix } from "../mail/forward/subject-prefix.ts";
import type { InboundMessage } from "../mail/types.ts";
import { answerToList, decideNewMail } from "./agent-mail.ts";
import type { IntakeFacts, TokenFact } from "./intake-facts.ts";
import type { Agent, Evidence, Person, Ticket, Verdict } from "./types.ts";

/** Mail from an agent's address or with an agent's token. Undefined: an ordinary mail, judged like anybody's. */
export function decideAgent(message: InboundMessage, facts: IntakeFacts): Verdict | undefined {
  const pass = message.auth.result === "pass" || facts.proven === true;
  const { token, agent } = facts;
  if (token && token.genuine && !token.revoked)
    return agent ? ownToken(message, facts, token, agent, pass) : strangersToken(message, facts, token);
  if (!agent || !pass) return undefined;
  return withoutToken(message, facts, agent, token);
}

function ownToken(
  message: InboundMessage,
  facts: IntakeFacts,
  token: TokenFact,
  agent: Agent,
  pass: boolean,
): Verdict | undefined {
  const theirs = token.agent === agent.key || (token.agent === null && memberOf(agent, facts.ticket));
  if (!theirs) return othersToken(facts, agent, pass);
  if (token.mode === "prove") return answerToHold(token, agent);
  if (token.expired && !facts.proven) return challenge(facts, agent, "the token of this notification has expired");
  if (!pass && facts.policy === "confirm")
    return challenge(facts, agent, `the sender is not proven (${message.auth.detail})`);
  if (!pass && facts.policy === "strict")
    return note(facts, `the sender is not proven (${message.auth.detail}), and this desk's policy is strict`);
  const list = answerToList(facts, agent);
  if (list) return list;
  if (token.mode !== "act") return answerToHold(token, agent);
  const elsewhere = notToCustomer(message, facts, agent);
  if (elsewhere) return note(facts, elsewhere);
  if (facts.proven) return act(facts, agent, `${agent.key}'s own notification, confirmed from the registered address`);
  if (pass) return act(facts, agent, `${agent.key}'s own notification, sender proven (${message.auth.detail})`);
  return act(facts, agent, `${agent.key}'s own notification; this desk trusts the token alone`);
}

/**
 * Why a mail with the agent's own token is no answer to the customer: a token also comes along in the References of a
 * notification that is passed on to somebody. Undefined when the desk is who it was written to.
 */
function notToCustomer(message: InboundMessage, { desk, ticket }: IntakeFacts, agent: Agent): string | undefined {
  if (isForward(message, desk.prefix)) return "you forwarded our notification, which is no answer to the customer";
  const departments = Object.values(desk.departments);
  const ours = new Set<string>(departments.flatMap(({ address, also }) => [address, ...also]));
  if (ticket) ours.add(ticket.supportAddress);
  const isOurs = ({ address }: Person): boolean => ours.has(address) || ours.has(stripPlus(address));
  if (!message.to.some(isOurs))
    return "the desk is not in To of your mail, so it was not taken for an answer to the customer";
  // The list of a team is told, and stands in To of an answer to all.
  const told = departments.flatMap(({ tell }) => [...tell.new, ...tell.customer_reply, ...tell.assigned]);
  const people = ticket ? [ticket.customer, ...ticket.participants].map(({ address }) => address) : [];
  const expected = new Set<string>([...told, ...people, ...agent.emails]);
  const other = message.to.find((one) => !isOurs(one) && !expected.has(one.address));
  return other && `${other.address} stands in To beside the desk, so it may be meant for them and not for the customer`;
}

/** `Fwd: [NW-48201] Printer`: the prefix in front of our tag. One behind it is the customer's: `Re: [NW-48201] Fwd: Printer`. */
function isForward({ subject, forwarded }: InboundMessage, prefix: string): boolean {
  const tag = subject.toLowerCase().indexOf(`[${prefix.toLowerCase()}-`);
  const before = tag < 0 ? subject : subject.slice(0, tag);
  const kind = outermostPrefix(before, []);
  return kind === "forward" || (kind !== "reply" && forwarded?.by === "inline");
}

const memberOf = (agent: Agent, ticket: Ticket | undefined): boolean =>
  !ticket || agent.departments.includes(ticket.department);

function act({ ticket, evidence }: IntakeFacts, agent: Agent, because: string): Verdict | undefined {
  return ticket && evidence ? { verdict: "agent-reply", evidence, agent: agent.key, because } : undefined;
}

function challenge({ ticket }: IntakeFacts, agent: Agent, because: string): Verdict {
  return { verdict: "hold", reason: "proof", ticketId: ticket?.id ?? null, agent: agent.key, because };
}

function note({ ticket, evidence }: { ticket?: Ticket; evidence?: Evidence }, because: string): Verdict | undefined {
  return ticket && evidence ? { verdict: "follow-up", evidence, as: "agent-note", reopens: false, because } : undefined;
}

/** The question went to the agent's registered address alone; to a challenge (`prove`), the answer itself is the proof. */
function answerToHold(token: TokenFact, agent: Agent): Verdict | undefined {
  if (token.expired || token.inboundId === null || token.mode === "act" || token.mode === "list") return undefined;
  const because = `${agent.key} answers the question about inbound ${token.inboundId}`;
  return {
    verdict: "answer-to-hold",
    agent: agent.key,
    mode: token.mode,
    inboundId: token.inboundId,
    deliveryId: token.deliveryId,
    because,
  };
}

function othersToken(facts: IntakeFacts, agent: Agent, pass: boolean): Verdict | undefined {
  if (pass) return answerToList(facts, agent) ?? note(facts, `${agent.key} answered a notification of another agent`);
  return {
    verdict: "hold",
    reason: "proof",
    ticketId: facts.ticket?.id ?? null,
    agent: agent.key,
    because: "a notification of another agent, and the sender is not proven",
  };
}

/** An address that nobody knows holds an agent's token: held, and the agent's registered address is asked. */
function strangersToken(message: InboundMessage, { ticket }: IntakeFacts, token: TokenFact): Verdict {
  return {
    verdict: "hold",
    reason: "unknown-address",
    ticketId: ticket?.id ?? null,
    agent: token.agent,
    because: `${message.from?.address} is not an address of the agent who was notified`,
  };
}

/** A proven agent without a (good) token: never an answer to the customer. */
function withoutToken(
  message: InboundMessage,
  facts: IntakeFacts,
  agent: Agent,
  token: TokenFact | undefined,
): Verdict | undefined {
  const { ticket, evidence } = facts;
  const fresh = token ? undefined : decideNewMail(message, facts, agent);
  if (fresh) return fresh;
  if (!ticket || !evidence) {
    return token
      ? {
          verdict: "hold",
          reason: "proof",
          ticketId: null,
          agent: agent.key,
          because: "the token of this reply is not known",
        }
      : undefined;
  }
  const outside = message.to.some(({ address }) => address === ticket.customer.address);
  if (outside)
    return {
      verdict: "follow-up",
      evidence,
      as: "outside",
      reopens: false,
      because: `${agent.key} wrote to the customer directly, with the desk in copy`,
    };
  return note(facts, token ? "the token of this reply is not known" : "an answer without the token of a notification");
}
