/** The mails that tell of many tickets at once: the overview of a morning and the digest. Each ticket has a number to act on. */
import type { OutboundMessage } from "../../mail/types.ts";
import type { NoticeEvent, Ticket } from "../types.ts";
import type { AgentFacts } from "./notice-facts.ts";
import { withoutTokens } from "./notice-frame.ts";
import { withoutMarkers } from "./notice-marker.ts";
import { agentText, assigneeWords, clockOf, indented } from "./notice-text.ts";
import { deskMail } from "./notice.ts";
import { dayOf, personName, plainSubject, shortLine, shortTime, timeAndDay } from "./notice-words.ts";
import { nextDue, type Overview, type OverviewPart } from "./overview.ts";

/** What of somebody's newest words a digest shows. In characters. */
const LONGEST_WORDS = 600;
/** Tickets of one part of an overview that are shown; of the others it says how many there are. */
const MOST_IN_PART = 20;

/** How a part is called in the mail, and in its subject. */
const PARTS: Readonly<Record<OverviewPart, { title: string; short: string }>> = {
  overdue: { title: "Overdue", short: "overdue" },
  today: { title: "Due today", short: "due today" },
  mine: { title: "Yours", short: "yours" },
  waiting: { title: "Waiting for the customer for more than three days", short: "waiting for the customer" },
  unassigned: { title: "Nobody has taken", short: "unassigned" },
};

export type Numbered = { readonly position: number; readonly ticketId: number };
/** A mail and the tickets that it numbers. */
export type ListMail = { readonly message: OutboundMessage; readonly rows: readonly Numbered[] };

/** What an agent has to do on `f.now`'s day. */
export function overviewMail(f: AgentFacts, overview: Overview): ListMail {
  const rows: Numbered[] = [];
  const parts = overview.map(({ part, tickets }) => ({
    title: PARTS[part].title,
    count: tickets.length,
    more: Math.max(0, tickets.length - MOST_IN_PART),
    tickets: tickets.slice(0, MOST_IN_PART).map((ticket) => ticketValues(f, ticket, rows)),
  }));
  const counted = overview.map(({ part, tickets }) => `${tickets.length} ${PARTS[part].short}`).join(", ");
  const day = dayOf(f.now, f.now, clockOf(f));
  const values = { subject: `[${f.desk.prefix}] ${day}: ${counted}`, parts };
  return { message: ofItself(deskMail(f, "agent-overview", "Your day", values)), rows };
}

/** One ticket of a digest: what has happened, oldest first, and the newest words. */
export type DigestTicket = {
  readonly ticket: Ticket;
  readonly events: readonly { readonly event: NoticeEvent; readonly at: number; readonly by?: string }[];
  readonly words?: { readonly from: string; readonly text: string };
};

/** What is new in several tickets since the last such mail. */
export function digestMail(f: AgentFacts, tickets: readonly DigestTicket[]): ListMail {
  const rows: Numbered[] = [];
  const shown = tickets.map(({ ticket, events, words }) => ({
    ...ticketValues(f, ticket, rows),
    events: events.map((one) => `${shortTime(one.at, f.now, clockOf(f))} ${eventWords(one, f)}`).join("; "),
    words: words === undefined ? null : { from: shortLine(words.from, 60), text: shownWords(f, words.text) },
  }));
  const news = tickets.reduce((sum, { events }) => sum + events.length, 0);
  const of = tickets.length === 1 ? "one ticket" : `${tickets.length} tickets`;
  const subject = `[${f.desk.prefix}] ${news === 1 ? "One piece of news" : `${news} pieces of news`} about ${of}`;
  return { message: ofItself(deskMail(f, "agent-digest", "News", { subject, tickets: shown })), rows };
}

function ticketValues(f: AgentFacts, ticket: Ticket, rows: Numbered[]) {
  const position = rows.length + 1;
  rows.push({ position, ticketId: ticket.id });
  const due = nextDue(ticket);
  const assignee = ticket.assignee === null ? "" : (f.desk.agents[ticket.assignee]?.name ?? "");
  return {
    position,
    number: ticket.publicNumber,
    customer: personName(ticket.customer.name, ticket.customer.address),
    subject: withoutTokens(plainSubject(ticket.subject, f.desk.prefix), f.supportAddress),
    status: ticket.status,
    priority: ticket.priority,
    department: f.desk.departments[ticket.department]?.name ?? "",
    assignee: assigneeWords(assignee, ticket.assignee !== null && ticket.assignee === f.agent),
    due: due === null ? null : timeAndDay(due, f.now, clockOf(f)),
    overdue: due !== null && due <= f.now && ticket.waitingFor === "us",
    waiting_for: ticket.waitingFor === "customer" ? "the customer" : ticket.waitingFor,
  };
}

function eventWords({ event, by }: DigestTicket["events"][number], f: AgentFacts): string {
  const who = by === undefined ? undefined : shortLine(by, 60);
  const words: Readonly<Record<NoticeEvent, string>> = {
    new: `opened by ${who ?? "the customer"}`,
    customer_reply: `${who ?? "the customer"} wrote`,
    assigned: "assigned",
    overdue: "due soon or overdue",
    agent_reply: `${who ?? `an agent of ${f.desk.name}`} answered`,
    note: `note by ${who ?? "an agent"}`,
  };
  return words[event];
}

/** A few lines; the ticket has the rest. No line of ours may stand in it, or an answer would be cut there. */
function shownWords(f: AgentFacts, text: string): string {
  const clean = withoutMarkers(agentText(f, text)).replace(/\n{2,}/g, "\n");
  const cut = clean.length <= LONGEST_WORDS ? clean : `${clean.slice(0, LONGEST_WORDS).toWellFormed().trimEnd()} …`;
  return indented(cut);
}

/** Nobody has asked for it (RFC 3834 section 5). */
export const ofItself = (message: OutboundMessage): OutboundMessage => ({
  ...message,
  headers: message.headers.map((one) => (one.name === "auto-submitted" ? { ...one, value: "auto-generated" } : one)),
});
