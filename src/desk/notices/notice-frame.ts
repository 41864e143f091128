/** What all mail of one kind has in common: sender, ids, headers. The words come rendered. */
import { scrub } from "../../mail/scrub.ts";
import { threadIndex } from "../../mail/thread-index.ts";
import * as token from "../../mail/token.ts";
import type { HeaderField, OutboundMessage } from "../../mail/types.ts";
import type { AgentFacts, CustomerFacts } from "./notice-facts.ts";
import type { Rendered } from "./notice-template.ts";
import { firstName, personName, safeName, shortLine } from "./notice-words.ts";
import type { Desk, EmailAddress, Ticket } from "../types.ts";

/** RFC 3834 section 5: an answer to a message, or mail that comes of itself. */
type Automatic = "auto-replied" | "auto-generated";

/** RFC 5322 section 3.6.4 lets a chain be trimmed; every mail client keeps the thread with its root and its last ids. */
const LONGEST_CHAIN = 20;
const LONGEST_ID = 250;
const LONGEST_SUBJECT = 200;

/** Mail to a customer: from the department, at the support address that the customer wrote to. */
export function customerMail(
  facts: CustomerFacts,
  mail: {
    kind: token.CustomerMail;
    id: number;
    rendered: Rendered;
    automatic?: Automatic;
    attachments?: OutboundMessage["attachments"];
  },
): OutboundMessage {
  const { ticket, desk, host, now, to } = facts;
  const from = { name: shortLine(departmentTitle(desk, ticket), 100), address: ticket.supportAddress };
  const replyTo = token.customerReplyAddress(ticket.supportAddress, ticket.id, facts.token);
  const [inReplyTo] = usableIds(facts.inReplyTo === undefined ? [] : [facts.inReplyTo]);
  return {
    messageId: token.customerMessageId(mail.kind, mail.id, ticket.id, facts.token, host),
    from,
    to: [{ name: safeName(to.name), address: to.address }],
    replyTo: facts.plusAddressing ? { name: from.name, address: replyTo } : undefined,
    subject: shortLine(mail.rendered.subject, LONGEST_SUBJECT),
    date: now,
    inReplyTo,
    references: trimmedChain(usableIds([...facts.references, ...(inReplyTo === undefined ? [] : [inReplyTo])])),
    text: mail.rendered.text,
    html: mail.rendered.html,
    headers: mail.automatic ? automaticHeaders(mail.automatic, facts.loopMark) : [],
    attachments: mail.attachments ?? [],
  };
}

/**
 * Mail to an agent. The token stands as its placeholder in Reply-To, Message-ID and References; fillToken puts it in when
 * the mail is sent. All mail of a ticket hangs under one made-up root, so that it is one thread in the agent's client.
 */
export function agentMail(
  facts: AgentFacts,
  mail: { rendered: Rendered; fromName: string; automatic: Automatic; importance?: "high" | "low" },
): OutboundMessage {
  const { ticket, host, deliveryId } = facts;
  const support = ticket?.supportAddress ?? facts.supportAddress;
  const answerable = facts.answerable ?? true;
  const fill = token.TOKEN_PLACEHOLDER;
  const tagged = answerable && facts.plusAddressing ? token.agentReplyAddress(support, deliveryId, fill) : support;
  const root = ticket ? [token.agentThreadId(ticket.id, host)] : [];
  return {
    messageId: answerable ? token.agentMessageId(deliveryId, fill, host) : `n${deliveryId}@${host}`,
    from: { name: shortLine(mail.fromName, 100), address: support },
    to: [{ name: personName(facts.to.name, facts.to.address), address: facts.to.address }],
    replyTo: { name: shortLine(mail.fromName, 100), address: tagged },
    subject: shortLine(mail.rendered.subject, LONGEST_SUBJECT),
    date: facts.now,
    inReplyTo: root[0],
    references: [...root, ...(answerable ? [token.agentReferenceId(deliveryId, fill, host)] : [])],
    text: mail.rendered.text,
    html: mail.rendered.html,
    headers: [
      ...automaticHeaders(mail.automatic, facts.loopMark),
      ...(mail.importance ? importanceHeaders(mail.importance) : []),
      ...(ticket && root[0] && answerable ? threadHeaders(root[0], ticket, mail.rendered.subject, facts.now) : []),
    ],
    attachments: [],
  };
}

/** Importance (RFC 2156 section 5.3.4), and X-Priority for the programs that know only that. */
function importanceHeaders(importance: "high" | "low"): HeaderField[] {
  return [
    { name: "importance", value: importance },
    { name: "x-priority", value: importance === "high" ? "1" : "5" },
  ];
}

/** What keeps a thread together in Outlook ([MS-OXOMSG] sections 2.2.1.3 and 2.2.1.5); others go by References and subject. */
function threadHeaders(root: string, ticket: Ticket, subject: string, now: number): HeaderField[] {
  return [
    { name: "thread-topic", value: shortLine(subject, LONGEST_SUBJECT) },
    { name: "thread-index", value: threadIndex(root, ticket.openedAt, now) },
  ];
}

/** `IT, Northwind Support`. */
export function departmentTitle(desk: Desk, ticket: Ticket): string {
  const department = desk.departments[ticket.department]?.name;
  return department === undefined ? desk.name : `${department}, ${desk.name}`;
}

/** `Northwind Support` -> `Northwind`, for "Maria Santos via Northwind". */
export function companyOf(desk: Desk): string {
  return desk.name.replace(/ (?:support|help ?desk|service ?desk|support team)$/i, "");
}

/** Agents' addresses that a customer may not see: all but this customer's own and those of departments. */
export function hiddenAddresses(desk: Desk, recipient: EmailAddress): EmailAddress[] {
  const open = new Set<EmailAddress>([
    recipient,
    ...Object.values(desk.departments).flatMap((one) => [one.address, ...one.also]),
  ]);
  return Object.values(desk.agents).flatMap(({ emails }) => emails.filter((address) => !open.has(address)));
}

/** Text for an agent: tokens of other mails taken out, so that nobody gets a token that was not sent to them. */
export function withoutTokens(text: string, supportAddress: EmailAddress): string {
  return scrub(text, { agentAddresses: [], supportAddress });
}

/** The first word of a colleague's name. */
export function agentNames(desk: Desk, key: string | null): { name: string; first_name: string } {
  const name = (key === null ? undefined : desk.agents[key]?.name) ?? "";
  return { name, first_name: firstName(name) ?? name };
}

/** RFC 3834, Exchange's own field, and our mark by which it is known when it comes back. Only automatic mail has them. */
function automaticHeaders(automatic: Automatic, loopMark: string): HeaderField[] {
  return [
    { name: "auto-submitted", value: automatic },
    { name: "x-auto-response-suppress", value: "All" },
    { name: "x-postern-loop", value: loopMark },
  ];
}

/** Message-IDs from outside that can be written into a header, and carry no token of an agent. */
function usableIds(ids: readonly string[]): string[] {
  const bare = ids.map((id) => id.trim().replace(/^<(.*)>$/, "$1"));
  const usable = (id: string): boolean => /^[\x21-\x3b\x3d\x3f-\x7e]+$/.test(id) && id.length <= LONGEST_ID;
  return [...new Set(bare.filter((id) => usable(id) && token.tokenInMessageId(id)?.kind !== "agent"))];
}

function trimmedChain(ids: readonly string[]): readonly string[] {
  return ids.length <= LONGEST_CHAIN ? ids : [...ids.slice(0, 1), ...ids.slice(1 - LONGEST_CHAIN)];
}
