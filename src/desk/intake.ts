/**
 * The judgement on an inbound message: (message, facts) -> verdict, first match wins. Nothing is looked up here; the facts
 * were loaded in the transaction that will record the verdict.
 */
import { domainOf, isFreemail } from "../mail/address.ts";
import { autoSubmitted } from "../mail/auto-submitted.ts";
import { autoresponderHeader } from "../mail/autoresponder-headers.ts";
import { isMereThanks } from "../mail/thanks.ts";
import type { InboundMessage } from "../mail/types.ts";
import type { IntakeFacts } from "./intake-facts.ts";
import { mayReopen } from "./lifecycle.ts";
import { partIn } from "./part-in.ts";
import { decideAgent } from "./proof.ts";
import type { Ticket, Verdict } from "./types.ts";

type Row = (message: InboundMessage, facts: IntakeFacts) => Verdict | undefined;

const ROWS: readonly Row[] = [duplicate, own, report, nobody, blocked, agentMail, followUp, adopted, folded];

/** The verdict; a message that nothing else claims opens a ticket. */
export function decide(message: InboundMessage, facts: IntakeFacts): Verdict {
  for (const row of ROWS) {
    const verdict = row(message, facts);
    if (verdict) return verdict;
  }
  return { verdict: "open-ticket", linkedTo: null, because: "no evidence names a ticket" };
}

function duplicate(_message: InboundMessage, { duplicateOf }: IntakeFacts): Verdict | undefined {
  return duplicateOf === undefined
    ? undefined
    : { verdict: "duplicate", of: duplicateOf, because: `the same mail as inbound ${duplicateOf}` };
}

/** Mail of ours that came back. What merely bears our address is a person writing from a shared mailbox. */
function own({ nature, headers }: InboundMessage, { ticket, ourMessageId }: IntakeFacts): Verdict | undefined {
  if (nature.nature !== "own") return undefined;
  if (!ourMessageId && !headers.some(({ name }) => name === "x-postern-loop")) return undefined;
  return {
    verdict: "record-report",
    ticketId: ticket?.id ?? null,
    deliveryId: null,
    because: `our own mail came back (${nature.because})`,
  };
}

/** What machines tell about our mail. A complaint or a read receipt is nobody's reply either. */
function report(message: InboundMessage, facts: IntakeFacts): Verdict | undefined {
  const { ticket, bounced } = facts;
  const { nature, feedbackReport, readReceipt } = message;
  const delivery = nature.nature === "delivery-report";
  if (!delivery && !feedbackReport && !readReceipt) return undefined;
  const ticketId = bounced?.ticketId ?? ticket?.id ?? null;
  return {
    verdict: "record-report",
    ticketId,
    deliveryId: bounced?.deliveryId ?? null,
    because: delivery ? `a delivery report (${nature.because})` : nature.because,
    ...mistaken(message, facts),
  };
}

/** The agent whose own reply this seems to be, whatever it looks like: they are told that nothing was sent. */
function mistaken(
  message: InboundMessage,
  { token, agent, ticket, proven }: IntakeFacts,
): { readonly wroteIt?: string } {
  if (!agent || !ticket || !token?.genuine || token.revoked || !token.ofNotice) return {};
  const theirs = token.agent === agent.key || token.agent === null;
  if (!theirs || (message.auth.result !== "pass" && !proven)) return {};
  return isMarkedAutomatic(message) ? {} : { wroteIt: agent.key };
}

function nobody({ from, fromAsWritten: written }: InboundMessage): Verdict | undefined {
  if (from) return undefined;
  const says =
    written && (written.name !== "" || written.address !== "") ? `: it says "${written.name || written.address}"` : "";
  return { verdict: "quarantine", because: `no usable From address${says}, so nobody could be answered` };
}

function blocked({ from }: InboundMessage, { senderBlocked }: IntakeFacts): Verdict | undefined {
  return senderBlocked ? { verdict: "quarantine", because: `${from?.address} is blocked` } : undefined;
}

/** Mail of agents, and of anybody who holds an agent's token, unless they are the ticket's customer. */
function agentMail(message: InboundMessage, facts: IntakeFacts): Verdict | undefined {
  if (facts.ticket && partOf(facts.ticket, message, facts)) return undefined;
  if (!facts.agent && !facts.token) return undefined;
  const machine = machineReason(message, facts);
  if (machine === undefined) return decideAgent(message, facts);
  return {
    verdict: "record-report",
    ticketId: facts.ticket?.id ?? null,
    deliveryId: null,
    because: machine,
    ...mistaken(message, facts),
  };
}

/** Only what a person wrote acts. A mailing that names no ticket and no token of ours is anybody's mail. */
function machineReason({ nature, returnPath }: InboundMessage, { ticket, token }: IntakeFacts): string | undefined {
  if (nature.nature === "auto-response") return `an automatic answer never acts (${nature.because})`;
  if (!ticket && !token) return undefined;
  if (nature.nature === "bulk") return `a mailing never acts (${nature.because})`;
  return returnPath === "" ? "mail with a null return path never acts" : undefined;
}

/** What says of itself that a machine sent it is never answered: two machines would go on for ever (RFC 3834 section 2). */
function isMarkedAutomatic({ headers, returnPath }: InboundMessage): boolean {
  if (returnPath === "" || (autoSubmitted(headers) ?? "no") !== "no") return true;
  return autoresponderHeader(headers) !== undefined;
}

function partOf(ticket: Ticket, { from }: InboundMessage, facts: IntakeFacts): "customer" | "participant" | undefined {
  return from && partIn(ticket, facts.senderAddresses ?? [from.address]);
}

function followUp(message: InboundMessage, facts: IntakeFacts): Verdict | undefined {
  const { ticket, evidence, desk, now } = facts;
  if (!ticket || !evidence) return undefined;
  const as = partOf(ticket, message, facts) ?? (isAccepted(message, facts) ? "participant" : "stranger");
  const refused = message.auth.result === "fail" || message.auth.dmarc === "fail";
  if (evidence.strength === 3 && as === "stranger")
    return hold(
      ticket,
      `${message.from?.address} takes no part in ${ticket.publicNumber}, and only the subject names it`,
    );
  if (refused && (as === "stranger" || evidence.strength === 3))
    return hold(ticket, `the sender could not be authenticated (${message.auth.detail})`);
  const quiet = quietly(message);
  if (ticket.spam && !quiet)
    return {
      verdict: "open-ticket",
      linkedTo: ticket.id,
      because: `${ticket.publicNumber} was put aside as spam, and the rules look at this one anew`,
    };
  if (!quiet && !mayReopen(ticket, now, desk)) {
    return {
      verdict: "open-ticket",
      linkedTo: ticket.id,
      because: `${ticket.publicNumber} was closed too long ago to reopen`,
    };
  }
  const reopens = ticket.status !== "open" && !quiet;
  return {
    verdict: "follow-up",
    evidence,
    as,
    reopens,
    because: quiet ? `${evidence.because}; ${quiet} changes nothing` : evidence.because,
  };
}

/** `#accept always` was said of a domain, which only a proven sender writes from; a freemail domain is everybody's. */
const isAccepted = ({ from, auth }: InboundMessage, { domainAccepted }: IntakeFacts): boolean =>
  domainAccepted === true && auth.result === "pass" && from !== undefined && !isFreemail(domainOf(from.address));

/** What is kept in the thread, also in an old one, and wakes nobody. */
function quietly({ nature, replyText }: InboundMessage): string | undefined {
  if (nature.nature === "auto-response") return "an automatic answer";
  return isMereThanks(replyText) ? "a mere thanks" : undefined;
}

const hold = (ticket: Ticket, because: string): Verdict => ({
  verdict: "hold",
  reason: "stranger",
  ticketId: ticket.id,
  agent: null,
  because,
});

function adopted(_message: InboundMessage, { adoptedBy }: IntakeFacts): Verdict | undefined {
  if (!adoptedBy) return undefined;
  const because = `${adoptedBy.publicNumber} of the same sender answers this message`;
  return {
    verdict: "follow-up",
    evidence: { strength: 2, ticketId: adoptedBy.id, because },
    as: "customer",
    reopens: false,
    because,
  };
}

function folded(message: InboundMessage, { foldInto, desk }: IntakeFacts): Verdict | undefined {
  if (!foldInto) return undefined;
  const because = `more than ${desk.budgets.foldAfter} tickets of this sender with this subject within an hour`;
  return {
    verdict: "follow-up",
    evidence: { strength: 3, ticketId: foldInto.id, because },
    as: "customer",
    reopens: foldInto.status !== "open" && !foldInto.spam && !quietly(message),
    because,
  };
}
