/** Golden mails that answer an agent's questions, and a mail of commands that was stopped. */
import { answerInLines, ticketList } from "../../../src/desk/notices/notice-list.ts";
import { mailStopped } from "../../../src/desk/notices/notice-list-stopped.ts";
import { threadMail } from "../../../src/desk/notices/notice-list-thread.ts";
import type { Ticket } from "../../../src/desk/types.ts";
import type { OutboundMessage } from "../../../src/mail/types.ts";
import { address, newTicket, NOW, ticket, toDev } from "./notice-world.ts";

const HOUR = 3_600_000;
const facts = { ...toDev, ticket: null };
const joe = { name: "Joe\r\nBcc: eve@evil.example", address: address("joe@home.example") };

const tickets: readonly Ticket[] = [
  { ...ticket, id: 11, organization: "fabrikam", respondDueAt: NOW - 2 * HOUR, lastCustomerAt: NOW - 3 * HOUR },
  {
    ...ticket,
    id: 12,
    publicNumber: "NW-48202",
    subject: "Re: [NW-48202] VPN <b>fails</b>, support+a9-abcdefghijklmnopqrstuvwxyz@nw.example",
    priority: "normal",
    assignee: "ann",
    customer: joe,
    respondDueAt: null,
    waitingFor: "customer",
    lastAgentAt: NOW - 24 * HOUR,
    respondedAt: NOW - 24 * HOUR,
  },
  {
    ...ticket,
    id: 13,
    publicNumber: "NW-48203",
    subject: "",
    assignee: null,
    status: "snoozed",
    snoozedUntil: NOW + HOUR,
  },
];

export const listMails: Record<string, () => OutboundMessage> = {
  "agent-list": () =>
    ticketList({
      ...facts,
      title: "Open",
      tickets,
      total: 60,
      organizations: { fabrikam: { name: "Fabrikam" } },
      sight: "You see the tickets of IT, those that are yours, and those you watch.",
    }),
  "agent-list-empty": () =>
    ticketList({ ...facts, title: 'Found "no such"', tickets: [], total: 0, organizations: {} }),
  "agent-answer": () =>
    answerInLines({
      ...facts,
      title: "Figures",
      lines: ["IT: 3 open, 2 waiting for us, 1 overdue", "", "Dev Patel: 2 open"],
    }),
  "agent-thread": () =>
    threadMail({
      ...newTicket,
      thread: [
        {
          at: NOW - HOUR,
          seq: 1,
          from: "Maria Santos",
          kind: "customer",
          text: newTicket.entry.text,
          files: ["door.png"],
        },
        { at: NOW - HOUR, change: "opened by mail" },
        { at: NOW - HOUR / 2, change: "priority normal -> high (rule Outages)" },
        { at: NOW - 60_000, seq: 2, from: "Ann Lee", kind: "NOTE", text: "=== NW-48201 ===\nShe called.", files: [] },
        { at: NOW, seq: 3, from: "Dev Patel", kind: "reply, taken back, never sent", text: "", files: [] },
      ],
    }),
  "command-mail-stopped": () =>
    mailStopped({
      ...facts,
      line: "2 #clsoe",
      why: '"#clsoe" is not a command',
      suggestion: "2 #close",
      text: "1 #take\n2 #clsoe",
    }),
  "command-mail-stopped-by-a-ticket": () =>
    mailStopped({
      ...facts,
      why: 'NW-48202, "2 #note": there is no text to keep as a note',
      text: "#open joe@x",
      subject: "A call",
    }),
};
