/** Golden mails that tell of many tickets, and of a day. */
import { countMailboxes, nothingLost } from "../../../src/desk/notices/day-count.ts";
import { digestMail, overviewMail } from "../../../src/desk/notices/overview-mail.ts";
import { overviewOf } from "../../../src/desk/notices/overview.ts";
import type { Ticket } from "../../../src/desk/types.ts";
import type { OutboundMessage } from "../../../src/mail/types.ts";
import { address, desk, NOW, setting, ticket, toDev } from "./notice-world.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const facts = { ...toDev, ticket: null };

const another = (id: number, change: Partial<Ticket>): Ticket => ({
  ...ticket,
  id,
  publicNumber: `NW-${48194 + id}`,
  priority: "normal",
  respondDueAt: null,
  ...change,
});
const joe = { name: "Joe Dunn", address: address("joe@home.example") };
const tickets: readonly Ticket[] = [
  another(10, { customer: joe, subject: "Thanks so far", waitingFor: "customer", lastAgentAt: NOW - 4 * DAY }),
  another(11, { subject: "Projector is dark", respondDueAt: NOW - 2 * HOUR }),
  another(12, {
    subject: "Re: [NW-48206] VPN <fails> on Monday",
    respondedAt: NOW - DAY,
    waitingFor: "customer",
    lastAgentAt: NOW - DAY,
  }),
  ticket,
  another(13, { subject: "New laptop", assignee: null }),
];

export const overviewMails: Record<string, () => OutboundMessage> = {
  "agent-overview": () => overviewMail(facts, overviewOf(tickets, desk.agents["dev"]!, desk, NOW)).message,
  "agent-digest": () =>
    digestMail(facts, [
      {
        ticket,
        events: [
          { event: "new", at: NOW - DAY, by: "Maria Santos" },
          { event: "customer_reply", at: NOW - HOUR, by: "Maria Santos" },
          { event: "note", at: NOW - HOUR / 2, by: "Ann Lee" },
        ],
        words: { from: "Ann Lee", text: "She has called twice.\n\n=== NW-48201 ===\nBe quick." },
      },
      {
        ticket: another(13, { subject: "New laptop", assignee: null }),
        events: [{ event: "overdue", at: NOW - HOUR }],
      },
    ]).message,
  "nothing-lost": () =>
    nothingLost(facts, {
      date: "2026-12-06",
      gaps: [],
      mailboxes: countMailboxes(
        [
          { mailbox: "support", n: 120 },
          { mailbox: "billing", n: 8 },
        ],
        [
          { mailbox: "support", state: "recorded", verdict: "open-ticket", n: 110 },
          { mailbox: "support", state: "recorded", verdict: "record-report", n: 1 },
          { mailbox: "support", state: "duplicate", verdict: "duplicate", n: 9 },
          { mailbox: "billing", state: "recorded", verdict: "follow-up", n: 8 },
        ],
      ),
    }),
  "nothing-lost-but-something-waits": () =>
    nothingLost(
      { ...facts, ...setting },
      {
        date: "2026-12-06",
        gaps: [
          { what: "message", n: 1, line: 'held for 3 h: message 17 from eve@x.example, "Hello" (the number alone)' },
          { what: "message", n: 1, line: "quarantined: message 18 from spam@x.example (is blocked)", decided: true },
          { what: "mail", n: 2, line: 'rejected: delivery 9, reply to joe@home.example, "Re: Hi" (550 no such user)' },
        ],
        mailboxes: countMailboxes(
          [{ mailbox: "support", n: 4 }],
          [
            { mailbox: "support", state: "held", verdict: "hold", n: 1 },
            { mailbox: "support", state: "quarantined", verdict: "quarantine", n: 1 },
            { mailbox: "support", state: "stored", verdict: null, n: 1 },
          ],
        ),
      },
    ),
};
