/**
 * Answers to an agent's questions: a numbered list of tickets to act on, and short answers in lines. Policy: everything fits
 * a phone's screen and reads in plain text; what customers wrote stands on one shortened line each.
 */
import type { OutboundMessage } from "../../mail/types.ts";
import { isOverdue, nextDue } from "../sight.ts";
import type { Ticket } from "../types.ts";
import { deskMail } from "./notice.ts";
import type { AgentFacts } from "./notice-facts.ts";
import { agentNames, withoutTokens } from "./notice-frame.ts";
import { agentText, clockOf, orNull } from "./notice-text.ts";
import * as words from "./notice-words.ts";

export type ListFacts = AgentFacts & {
  /** `Overdue`, `Found "printer"`. */
  readonly title: string;
  /** Row n is the nth of them. */
  readonly tickets: readonly Ticket[];
  /** How many there are, shown or not. */
  readonly total: number;
  /** Names of organizations by their keys. */
  readonly organizations: Readonly<Record<string, { readonly name: string }>>;
  /** Said where the reader does not see the tickets of every department. */
  readonly sight?: string;
};

/** A list whose numbers can be answered. */
export function ticketList(f: ListFacts): OutboundMessage {
  const title = words.shortLine(withoutTokens(f.title, f.supportAddress), 80);
  const count = f.total === 1 ? "1 ticket" : `${f.total} tickets`;
  return deskMail(f, "agent-list", `${title}, ${count}`, {
    subject: `[${f.ticket?.publicNumber ?? f.desk.prefix}] ${title}: ${count}`,
    rows: f.tickets.map((ticket, n) => rowValues(f, ticket, n + 1)),
    more: f.total > f.tickets.length ? f.total - f.tickets.length : null,
    sight: f.sight ?? null,
  });
}

/** One ticket of a list. Every value is one line, or null. */
function rowValues(f: ListFacts, ticket: Ticket, position: number) {
  const { desk, now } = f;
  const { customer, assignee } = ticket;
  const clock = clockOf(f);
  const due = nextDue(ticket);
  const organization = ticket.organization === null ? "" : (f.organizations[ticket.organization]?.name ?? "");
  const clean = (text: string, longest: number) => words.shortLine(withoutTokens(text, f.supportAddress), longest);
  return {
    position,
    number: ticket.publicNumber,
    subject: clean(words.plainSubject(ticket.subject, desk.prefix), 100),
    customer: clean(words.personName(customer.name, customer.address), 60),
    organization: orNull(words.shortLine(organization, 60)),
    department: desk.departments[ticket.department]?.name ?? ticket.department,
    status: ticket.status,
    priority: ticket.priority,
    waiting: waitingWords(ticket, (at) => words.shortTime(at, now, clock)),
    due: due === null ? null : words.shortTime(due, now, clock),
    overdue: isOverdue(ticket, now),
    assignee: assignee === null ? "nobody's" : assignee === f.agent ? "yours" : agentNames(desk, assignee).name,
  };
}

/** `waits for us since 10:02`, `snoozed until 24 Nov 09:00`, `closed 22 Nov 17:10`. */
export function waitingWords(ticket: Ticket, time: (at: number) => string): string {
  const { status, waitingFor, snoozedUntil } = ticket;
  if (status === "closed") return `closed ${time(ticket.closedAt ?? ticket.statusSince)}`;
  const until = snoozedUntil === null ? "" : ` until ${time(snoozedUntil)}`;
  if (status === "snoozed") return `snoozed${until}`;
  if (waitingFor === "us") return `waits for us since ${time(ticket.lastCustomerAt ?? ticket.openedAt)}`;
  const since = Math.max(ticket.lastAgentAt ?? 0, status === "pending" ? ticket.statusSince : 0) || ticket.statusSince;
  return waitingFor === null ? `${status} since ${time(since)}` : `waits for the customer since ${time(since)}${until}`;
}

export type LinesFacts = AgentFacts & {
  /** `Figures`, `NOT FOUND`. */
  readonly title: string;
  readonly lines: readonly string[];
};

/** An answer of some lines: figures, who is there, how a ticket stands, or that something is not there. */
export function answerInLines(f: LinesFacts): OutboundMessage {
  const title = words.shortLine(f.title, 80);
  return deskMail(f, "agent-answer", title, {
    ...(f.ticket ? {} : { subject: `[${f.desk.prefix}] ${title}` }),
    text: agentText(f, f.lines.map((line) => line.trimEnd()).join("\n")),
  });
}
