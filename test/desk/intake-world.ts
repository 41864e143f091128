/** A message and the facts about it, for tests of the judgement: plain correspondence of Maria's unless a test says otherwise. */
import type { IntakeFacts, TokenFact } from "../../src/desk/intake-facts.ts";
import type { Evidence, Ticket } from "../../src/desk/types.ts";
import type { EmailAddress, InboundMessage, MessageId } from "../../src/mail/types.ts";
import { testDesk } from "../db/desks.ts";

export const NOW = Date.UTC(2026, 10, 23, 10);
export const DAY = 24 * 3600_000;
export const at = (text: string) => text as EmailAddress;
export const desk = testDesk();

export const MARIA = { name: "Maria Santos", address: at("maria@home.example") };
export const OLIVER = { name: "Oliver", address: at("oliver@home.example") };
export const STRANGER = { name: "Zoe", address: at("zoe@else.example") };

export function message(change: Partial<InboundMessage> = {}): InboundMessage {
  return {
    messageId: "m1@home.example" as MessageId,
    inReplyTo: [],
    references: [],
    from: MARIA,
    replyTo: [],
    to: [{ name: "", address: at("support@nw.example") }],
    cc: [],
    deliveredTo: [],
    subject: "Cannot log in",
    date: NOW,
    nature: { nature: "correspondence", because: "nothing says that a machine sent it" },
    auth: { result: "pass", by: "authserv", dmarc: "pass", detail: "dmarc=pass" },
    text: "It still does not work.",
    replyText: "It still does not work.",
    replyTextIsFallback: false,
    quoted: "",
    attachments: [],
    headers: [],
    bodyHash: "b1",
    size: 100,
    defects: [],
    ...change,
  };
}

export const authenticated = (result: "pass" | "fail" | "none"): InboundMessage["auth"] => ({
  result,
  by: result === "none" ? "nobody" : "authserv",
  dmarc: result,
  detail: `dmarc=${result}`,
});

export function ticket(change: Partial<Ticket> = {}): Ticket {
  return {
    id: 7,
    publicNumber: "NW-1007",
    subject: "Cannot log in",
    baseSubject: "cannot log in",
    status: "open",
    priority: "normal",
    department: "support",
    assignee: "ann",
    topic: null,
    sla: null,
    tags: [],
    customer: MARIA,
    participants: [OLIVER],
    supportAddress: at("support@nw.example"),
    language: null,
    mailbox: "support",
    waitingFor: "us",
    openedAt: NOW - DAY,
    closedAt: null,
    lastCustomerAt: NOW - DAY,
    lastAgentAt: null,
    dueAt: null,
    respondDueAt: null,
    resolveDueAt: null,
    mergedInto: null,
    linkedTo: null,
    watchers: [],
    organization: null,
    respondedAt: null,
    statusSince: NOW - DAY,
    snoozedUntil: null,
    slaPausedAt: null,
    spam: false,
    seq: 3,
    ...change,
  };
}

export const evidence = (strength: Evidence["strength"]): Evidence => ({
  strength,
  ticketId: 7,
  because: `evidence ${strength}`,
});

export function facts(change: Partial<IntakeFacts> = {}): IntakeFacts {
  return {
    desk,
    now: NOW,
    policy: "confirm",
    senderBlocked: false,
    ...change,
  };
}

/** Facts of a message that some evidence ties to the ticket. */
export const tied = (strength: Evidence["strength"], change: Partial<IntakeFacts> = {}, of: Partial<Ticket> = {}) =>
  facts({ evidence: evidence(strength), ticket: ticket(of), ...change });

export function token(change: Partial<TokenFact> = {}): TokenFact {
  return {
    deliveryId: 12,
    genuine: true,
    expired: false,
    revoked: false,
    agent: "ann",
    ticketId: 7,
    inboundId: null,
    mode: "act",
    ...change,
  };
}

export const agentPerson = (key: string) => ({ name: desk.agents[key]!.name, address: desk.agents[key]!.emails[0]! });
