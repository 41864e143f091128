/**
 * The desk's outgoing mail, each a pure function from facts to a message. Policy: mail to a customer comes from the
 * department and names no agent's address, command or token; an acknowledgement repeats nothing of the sender but the
 * shortened subject. Mail to an agent begins with a heading and holds the marker, has one subject as long as the ticket
 * lives, and carries its token in headers only.
 */
import { spokenAddress } from "../../mail/address.ts";
import { scrub } from "../../mail/scrub.ts";
import type { OutboundMessage } from "../../mail/types.ts";
import { reopenDays, reopenUntil } from "../lifecycle.ts";
import type * as facts from "./notice-facts.ts";
import { agentMail, agentNames, companyOf, customerMail, hiddenAddresses, withoutTokens } from "./notice-frame.ts";
import { historyText } from "./notice-history.ts";
import { headingLine, markerLine, withoutMarkers } from "./notice-marker.ts";
import { liquidProblem, renderLiquid, type TemplateName } from "./notice-template.ts";
import * as words from "./notice-words.ts";

export type { Templates } from "./notice-template.ts";

type Attached = OutboundMessage["attachments"][number];

/** What a department's signature may name. */
export const SIGNATURE_VARIABLES = ["agent.name", "agent.first_name", "department.name", "desk.name"];

/** More of one message is read on the console. In characters. */
const LONGEST_TEXT = 20_000;

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

/** An agent's answer under the department's signature. Written by a person: it carries no header of automatic mail. */
export function agentReply(f: facts.ReplyFacts): OutboundMessage {
  const secrets = { agentAddresses: hiddenAddresses(f.desk, f.to.address), supportAddress: f.ticket.supportAddress };
  const rendered = f.templates.render("reply", {
    ...customerValues(f),
    agent: agentNames(f.desk, f.agent),
    text: scrub(f.text, secrets).replace(/\r\n?/g, "\n").replace(/^\n+/, "").trimEnd(),
    signature: scrub(signatureOf(f), secrets),
    closing: f.closing,
  });
  return customerMail(f, { kind: "entry", id: f.entryId, rendered, attachments: f.attachments?.map(sendable) });
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
  "sla-warning": "agent-sla-warning",
  "sla-overdue": "agent-sla-overdue",
} as const satisfies Record<string, TemplateName>;

/** What stands before the writer's name, so that one sees at once why the mail comes again. */
const HEADINGS: Partial<Record<keyof typeof NOTICE_TEMPLATES, string>> = {
  "sla-warning": "DUE SOON: ",
  "sla-overdue": "OVERDUE: ",
};

/**
 * A new ticket, a customer's reply, a ticket that became this agent's, or one whose time is short or over: the newest
 * words, then what one has to know.
 */
export function agentNotice(kind: keyof typeof NOTICE_TEMPLATES, f: facts.NoticeFacts): OutboundMessage {
  const { ticket, desk, entry, now } = f;
  const writer = words.personName(entry.from.name, entry.from.address);
  const who = f.organization === undefined ? writer : `${writer} (${words.shortLine(f.organization, 60)})`;
  const rendered = f.templates.render(NOTICE_TEMPLATES[kind], {
    ...agentValues(f, `${HEADINGS[kind] ?? ""}${who}`, entry.at),
    ...noticeValues(f),
    words: indented(agentText(f, withoutMarkers(entry.text))),
    attachments: orNull(entry.attachments.map((name) => words.shortLine(name, 80)).join(", ")),
    history: orNull(agentText(f, withoutMarkers(historyText(f.history, now, clockOf(f))))),
  });
  const urgent = ticket.priority === "high" || ticket.priority === "urgent" || kind === "sla-overdue";
  const fromName = `${writer} via ${companyOf(desk)}`;
  return agentMail(f, { rendered, fromName, automatic: "auto-generated", importance: urgent ? "high" : undefined });
}

/** What came of an agent's commands, #undo among them. */
export function commandReceipt(f: facts.ReceiptFacts): OutboundMessage {
  const results = f.results.map(({ command, result }) => ({
    command: words.shortLine(command, 200),
    result: words.shortLine(result, 500),
  }));
  return deskMail(f, "command-receipt", f.refused ? "NOT DONE" : "Done", {
    results,
    undo_seconds: f.undoSeconds ?? null,
  });
}

/** The agent's reply did not leave: a line only looked like a command, or it had to be kept as a note. */
export function notSent(f: facts.NotSentFacts): OutboundMessage {
  const text = indented(agentText(f, withoutMarkers(f.text)));
  if ("because" in f)
    return deskMail(f, "not-sent-note", "NOT SENT", { because: words.shortLine(f.because, 300), text });
  const suggestion = f.suggestion === undefined ? null : words.shortLine(f.suggestion, 200);
  return deskMail(f, "command-not-sent", "NOT SENT", {
    why: sentence(words.shortLine(f.why, 300)),
    line: words.shortLine(f.line, 200),
    suggestion,
    answers: f.answers,
    text,
  });
}

/** Asks the registered address whether an unproven message was theirs. */
export function challenge(f: facts.ChallengeFacts): OutboundMessage {
  return deskMail(f, "proof-challenge", "Please confirm", {
    claimed: f.claimed,
    received: words.timeAndDay(f.receivedAt, f.now, clockOf(f)),
    because: words.shortLine(f.because, 300),
    commands: orNull(words.shortLine(f.commands.join(", "), 300)),
    answer: f.answer,
    text: indented(agentText(f, withoutMarkers(f.text))),
  });
}

/** The commands by mail, from the table of the grammar. */
export function help(f: facts.HelpFacts): OutboundMessage {
  return deskMail(f, "command-help", "Commands", { commands: f.commands });
}

/** A stranger's mail is held and this agent is asked. */
export function held(f: facts.HeldFacts): OutboundMessage {
  return deskMail(f, "held-message", "Held", {
    sender: { name: words.personName(f.sender.name, f.sender.address), address: f.sender.address },
    received: words.timeAndDay(f.receivedAt, f.now, clockOf(f)),
    because: words.shortLine(f.because, 300),
    answers: f.answers,
    text: indented(agentText(f, withoutMarkers(f.text))),
  });
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
function deskMail(f: facts.AgentFacts, template: TemplateName, what: string, values: object): OutboundMessage {
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
  const about = f.ticket ? words.plainSubject(f.ticket.subject, f.desk.prefix) : f.desk.name;
  return {
    desk: { name: f.desk.name },
    tag,
    subject: `[${tag}] ${withoutTokens(about, f.supportAddress)}`,
    heading: headingLine(what, words.shortTime(at, f.now, clockOf(f)), tag),
    marker: markerLine(tag),
    agent: agentNames(f.desk, f.agent),
  };
}

function noticeValues({ desk, ticket, now, agent, ...f }: facts.NoticeFacts) {
  const clock = clockOf({ desk, templates: f.templates });
  const topic = ticket.topic === null ? undefined : desk.topics[ticket.topic];
  return {
    department: { name: desk.departments[ticket.department]?.name ?? ticket.department },
    ticket: {
      number: ticket.publicNumber,
      subject: words.plainSubject(ticket.subject, desk.prefix),
      status: ticket.status,
      priority: ticket.priority,
      assignee: assigneeWords(agentNames(desk, ticket.assignee).name, ticket.assignee === agent),
      participants: orNull(
        ticket.participants
          .map(({ name, address }) => `${words.personName(name, address)}, ${spokenAddress(address)}`)
          .join("; "),
      ),
    },
    customer: {
      name: words.personName(ticket.customer.name, ticket.customer.address),
      first_name: words.firstName(ticket.customer.name),
      address: spokenAddress(ticket.customer.address),
    },
    due: ticket.respondDueAt === null ? null : words.timeAndDay(ticket.respondDueAt, now, clock),
    topic: topic
      ? { title: topic.title, why: f.topicWhy === undefined ? null : words.shortLine(f.topicWhy, 160) }
      : null,
    remark: f.remark === undefined ? null : words.shortLine(f.remark, 300),
  };
}

/** An empty text is true in Liquid: `{% if history %}` needs a null. */
function orNull(text: string): string | null {
  return text === "" ? null : text;
}

export function assigneeWords(name: string, isReader: boolean): string {
  if (name === "") return "nobody's yet";
  return isReader ? "yours" : `${name}'s`;
}

/** The department's signature, made of Liquid. A signature that cannot be rendered must not hold up an answer: the plain one then. */
function signatureOf({ desk, ticket, agent }: facts.ReplyFacts): string {
  const names = agentNames(desk, agent);
  const department = desk.departments[ticket.department];
  const text = department?.signature.trim() ?? "";
  if (text === "" || liquidProblem(text, SIGNATURE_VARIABLES) !== undefined) return `${names.first_name}, ${desk.name}`;
  return renderLiquid(text, {
    agent: names,
    department: { name: department?.name ?? "" },
    desk: { name: desk.name },
  }).trim();
}

function clockOf({ desk, templates }: Pick<facts.NoticeSetting, "desk" | "templates">): words.Clock {
  // British English has the 24-hour clock and the day before the month, as these texts have.
  return { timeZone: desk.timeZone, locale: templates.language === "en" ? "en-GB" : templates.language };
}

function agentText(f: facts.AgentFacts, text: string): string {
  const lines = withoutTokens(text, f.supportAddress).replace(/\r\n?/g, "\n").replace(/^\n+/, "").trimEnd();
  return lines.length <= LONGEST_TEXT ? lines : `${lines.slice(0, LONGEST_TEXT).toWellFormed()}\n… (shortened)`;
}

/** A clause as a sentence without its full stop. */
function sentence(clause: string): string {
  return clause.charAt(0).toUpperCase() + clause.slice(1).replace(/[.\s]+$/, "");
}

/** Two spaces before every line, so that one sees whose words they are. */
function indented(text: string): string {
  return text.replace(/^(?=.)/gm, "  ");
}
