/**
 * The desk's outgoing mail, each a pure function from facts to a message. Policy: mail to a customer comes from the
 * department and names no agent's address, command or token; an acknowledgement repeats nothing of the sender but the
 * shortened subject. Mail to an agent begins with a heading and holds the marker, has one subject as long as the ticket
 * lives, and carries its token in headers only.
 */
import type { OutboundMessage } from "../../mail/types.ts";
import { reopenDays, reopenUntil } from "../lifecycle.ts";
import { blockValues, writerOf } from "./notice-block.ts";
import type * as facts from "./notice-facts.ts";
import { agentMail, agentNames, companyOf, customerMail, withoutTokens } from "./notice-frame.ts";
import { historyText } from "./notice-history.ts";
import { headingLine, markerLine, withoutMarkers } from "./notice-marker.ts";
import type { TemplateName } from "./notice-template.ts";
import { agentText, clockOf, indented, orNull } from "./notice-text.ts";
import * as words from "./notice-words.ts";

export type { Templates } from "./notice-template.ts";

type Attached = OutboundMessage["attachments"][number];

/**
 * "We have it": the number, and the time of an answer when one is due. `ticket.respondDueAt` in the past is not named.
 * `text` is the canned text of the ticket's topic, rendered; it stands in place of greeting and usual sentence.
 */
export function acknowledgement(f: facts.CustomerFacts & { readonly text?: string }): OutboundMessage {
  const { respondDueAt, id } = f.ticket;
  const due = respondDueAt !== null && respondDueAt > f.now ? words.timeAndDay(respondDueAt, f.now, clockOf(f)) : null;
  const rendered = f.templates.render("acknowledgement", { ...customerValues(f), due, text: f.text ?? null });
  return customerMail(f, { kind: "ack", id, rendered, automatic: "auto-replied" });
}

/** Names and types of attachments were written by some mail client, or by an attacker; compose takes only valid ones. */
export function sendable({ filename, contentType, content }: Attached): Attached {
  const type = /^[\w.+-]+\/[\w.+-]+/.exec(contentType)?.[0] ?? "application/octet-stream";
  return { filename: words.shortLine(filename, 120) || "attachment", contentType: type, content };
}

/** Closed without a reply. `ticket.closedAt` counts, `now` while it is not set yet. */
export function closureNotice(f: facts.ClosureFacts): OutboundMessage {
  const { ticket, now, desk } = f;
  const { lastAgentAt, lastCustomerAt } = ticket;
  const answered = lastAgentAt !== null && lastAgentAt >= (lastCustomerAt ?? 0);
  const { department } = ticket;
  const until = reopenUntil({ status: "closed", closedAt: ticket.closedAt ?? now, department }, desk);
  const rendered = f.templates.render("closure-notice", {
    ...customerValues(f),
    answered_on: answered ? words.dayOf(lastAgentAt, now, clockOf(f)) : null,
    reopen_until: until !== null && reopenDays(department, desk) > 0 ? words.dayOf(until, now, clockOf(f)) : null,
  });
  return customerMail(f, { kind: "closure", id: f.eventId, rendered, automatic: "auto-generated" });
}

const NOTICE_TEMPLATES = {
  new: "agent-new-ticket",
  "customer-reply": "agent-customer-reply",
  assigned: "agent-assigned",
  "agent-reply": "agent-colleague-reply",
  note: "agent-note",
  "sla-warning": "agent-sla-warning",
  "sla-overdue": "agent-sla-overdue",
} as const satisfies Record<string, TemplateName>;

export type NoticeKind = keyof typeof NOTICE_TEMPLATES;

/** Who wrote the words, and why the mail comes (again), in front of the time. */
function headingOf(kind: NoticeKind, f: facts.NoticeFacts): string {
  const writer = writerOf(f);
  if (kind === "note") return `Note by ${writer}`;
  const { customer } = f.ticket;
  if (kind === "agent-reply" && f.entry.aside) return `${writer}, not to the customer`;
  if (kind === "agent-reply") return `${writer} to ${words.personName(customer.name, customer.address)}`;
  const who = f.organization === undefined ? writer : `${writer} (${words.shortLine(f.organization, 60)})`;
  if (kind === "sla-warning") return `DUE SOON: ${who}`;
  return kind === "sla-overdue" ? `OVERDUE: ${who}` : who;
}

/**
 * A new ticket, the words of its customer or of a colleague, a ticket that became this agent's, or one whose time is short or
 * over: the newest words, then what one has to know.
 */
export function agentNotice(kind: NoticeKind, f: facts.NoticeFacts): OutboundMessage {
  const { ticket, desk, entry, now } = f;
  const rendered = f.templates.render(NOTICE_TEMPLATES[kind], {
    ...agentValues(f, headingOf(kind, f), entry.at),
    ...blockValues(f),
    words: indented(agentText(f, withoutMarkers(entry.text))),
    history: orNull(agentText(f, withoutMarkers(historyText(f.history, now, clockOf(f))))),
  });
  const urgent = ticket.priority === "high" || ticket.priority === "urgent" || kind === "sla-overdue";
  const importance = urgent ? "high" : ticket.priority === "low" ? "low" : undefined;
  const fromName = `${writerOf(f)} via ${companyOf(desk)}`;
  return agentMail(f, { rendered, fromName, automatic: "auto-generated", importance });
}

/** What came of an agent's commands, #undo among them. */
export function commandReceipt(f: facts.ReceiptFacts): OutboundMessage {
  const results = f.results.map(({ command, result }) => ({
    command: words.shortLine(command, 200),
    result: words.shortLine(result, 500),
  }));
  return deskMail(f, "command-receipt", f.refused ? "NOT DONE" : "Done", {
    ...subjectOfCommands(f),
    results,
    undo_seconds: f.undoSeconds ?? null,
  });
}

/** Where no ticket gives the subject, an agent's inbox shows what the mail is about, and not the name of the desk. */
export function subjectOfCommands({ ticket, desk }: facts.AgentFacts): { readonly subject?: string } {
  return ticket ? {} : { subject: `[${desk.prefix}] Your commands` };
}

/** The commands by mail, from the table of the grammar. */
export function help(f: facts.HelpFacts): OutboundMessage {
  return deskMail(f, "command-help", "Commands", { ...subjectOfCommands(f), commands: f.commands });
}

/** The agent's reply was refused, or nobody knows whether it arrived. */
export function deliveryFailed(f: facts.FailedFacts): OutboundMessage {
  return deskMail(f, "delivery-failed", "NOT DELIVERED", {
    recipient: f.recipient,
    uncertain: f.uncertain,
    response: words.shortLine(f.response, 400),
    text: indented(agentText(f, withoutMarkers(f.text))),
  });
}

/** Mail of the desk itself to an agent: heading, the template's words, marker. */
export function deskMail(f: facts.AgentFacts, template: TemplateName, what: string, values: object): OutboundMessage {
  const rendered = f.templates.render(template, { ...agentValues(f, what, f.now), ...values });
  return agentMail(f, { rendered, fromName: f.desk.name, automatic: "auto-replied" });
}

/** What mail to a customer may name of ticket and customer, safe to repeat. */
export function customerValues({ desk, ticket, to }: Pick<facts.CustomerFacts, "desk" | "ticket" | "to">) {
  return {
    desk: { name: desk.name },
    department: { name: desk.departments[ticket.department]?.name ?? desk.name },
    ticket: { number: ticket.publicNumber, subject: words.repeatedSubject(ticket.subject, desk.prefix) },
    customer: { name: orNull(words.safeName(to.name)), first_name: words.firstName(words.safeName(to.name)) },
  };
}

function agentValues(f: facts.AgentFacts, what: string, at: number) {
  const tag = f.ticket?.publicNumber ?? f.desk.prefix;
  const about = f.ticket ? words.plainSubject(f.firstSubject ?? f.ticket.subject, f.desk.prefix) : f.desk.name;
  return {
    desk: { name: f.desk.name },
    tag,
    subject: `[${tag}] ${withoutTokens(about, f.supportAddress)}`,
    heading: headingLine(what, words.shortTime(at, f.now, clockOf(f)), tag),
    marker: markerLine(tag),
    agent: agentNames(f.desk, f.agent),
  };
}
