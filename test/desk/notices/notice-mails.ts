/** One of every mail that the desk writes, by the name of its golden file. */
import { cannedReply, rejection } from "../../../src/desk/notices/notice-canned.ts";
import { closingSoon } from "../../../src/desk/notices/notice-closing.ts";
import * as holds from "../../../src/desk/notices/notice-holds.ts";
import { ruleMail } from "../../../src/desk/notices/notice-rule.ts";
import { slaNotice } from "../../../src/desk/notices/notice-sla.ts";
import * as notice from "../../../src/desk/notices/notice.ts";
import { holdMails } from "./hold-mails.ts";
import { listMails } from "./list-mails.ts";
import { overviewMails } from "./overview-mails.ts";
import { agentReply } from "../../../src/desk/notices/notice-reply.ts";
import type { OutboundMessage } from "../../../src/mail/types.ts";
import { address, desk, newTicket, NOW, ticket, toDev, toMaria } from "./notice-world.ts";

export const DAY = 86_400_000;
export const closed = {
  ...ticket,
  status: "closed" as const,
  closedAt: NOW,
  lastAgentAt: NOW - 14 * DAY,
  lastCustomerAt: NOW - 20 * DAY,
};
const answers = [
  { type: "#confirm", meaning: "yes, I meant #close" },
  { type: "#text", meaning: "it is text, send it" },
];

export const mails: Record<string, () => OutboundMessage> = {
  ...overviewMails,
  ...holdMails,
  ...listMails,
  acknowledgement: () => notice.acknowledgement(toMaria),
  "acknowledgement-without-due-time": () =>
    notice.acknowledgement({ ...toMaria, ticket: { ...ticket, respondDueAt: null } }),
  "acknowledgement-with-a-topics-text": () =>
    notice.acknowledgement({ ...toMaria, text: "Hi Maria, choose a new password at https://nw.example/reset." }),
  rejection: () => rejection({ ...toMaria, entryId: 6, text: "We do not buy anything." }),
  "canned-reply": () => cannedReply({ ...toMaria, entryId: 6, text: "Hi Maria, choose a new password." }),
  "rule-mail": () =>
    ruleMail({
      ...toDev,
      ticket,
      agent: null,
      to: { name: "", address: address("orders@shop.example") },
      rule: "Order numbers",
      subject: "Question about order 123456",
      text: "NW-48201 asks about order 123456.\nPlease look it up.",
    }),
  reply: () => agentReply({ ...toMaria, entryId: 5, agent: "dev", closing: false, text: replyText }),
  "reply-that-closes": () => agentReply({ ...toMaria, entryId: 5, agent: "dev", closing: true, text: replyText }),
  "closing-soon": () =>
    closingSoon({
      ...toMaria,
      ticket: { ...ticket, status: "pending", lastAgentAt: NOW - 11 * DAY, lastCustomerAt: NOW - 20 * DAY },
      eventId: 33,
      closeAt: NOW + 3 * DAY,
    }),
  "closing-soon-unanswered": () => closingSoon({ ...toMaria, eventId: 33, closeAt: NOW + 3 * DAY }),
  "closure-notice": () => notice.closureNotice({ ...toMaria, ticket: closed, eventId: 31 }),
  "closure-notice-unanswered": () =>
    notice.closureNotice({
      ...toMaria,
      ticket: { ...closed, lastAgentAt: null },
      eventId: 31,
      desk: withReopenDays(0),
    }),
  "agent-new-ticket": () => notice.agentNotice("new", newTicket),
  "agent-customer-reply": () => notice.agentNotice("customer-reply", followUp),
  "agent-assigned": () =>
    notice.agentNotice("assigned", { ...newTicket, remark: "Ann Lee assigned this to you.", organization: undefined }),
  "agent-colleague-reply": () =>
    notice.agentNotice("agent-reply", {
      ...followUp,
      entry: { from: ann, at: NOW, text: replyText, attachments: [] },
      organization: "Fabrikam",
    }),
  "agent-note": () =>
    notice.agentNotice("note", {
      ...followUp,
      desk: withTimeZone("America/New_York"),
      entry: { from: ann, at: NOW, text: "Looks like the proxy.", attachments: [] },
      ticket: { ...ticket, priority: "low", status: "pending", respondDueAt: null, resolveDueAt: NOW + DAY },
      firstSubject: "Re: Locked out",
      linked: [{ number: "NW-48101", subject: "AW: Proxy is slow", status: "closed" }],
    }),
  "agent-new-ticket-with-large-files": () =>
    notice.agentNotice("new", {
      ...newTicket,
      entry: {
        ...newTicket.entry,
        attachments: ["log.txt"],
        largeFiles: [
          { name: "film.mov", size: 34_567_890, url: "https://desk.nw.example/attachment/7-1799316120-aZ_09" },
          { name: "dump.zip", size: 10_400_000, read: "postern inbound show 7 --raw" },
        ],
      },
    }),
  "agent-sla-warning": () =>
    slaNotice({ ...newTicket, organization: undefined }, [
      { clock: "respond", dueAt: NOW + 1_800_000, plan: "standard" },
      { clock: "resolve", dueAt: NOW + 3 * DAY, plan: "standard", done: "tagged soon" },
    ]),
  "agent-sla-overdue": () =>
    slaNotice({ ...newTicket, ticket: { ...ticket, priority: "normal" } }, [
      { clock: "respond", dueAt: NOW - 3_600_000, plan: "standard" },
      { clock: "respond", dueAt: NOW - 3_600_000, plan: "standard", done: "priority high, given to Ann Lee" },
      { clock: "respond", dueAt: NOW - 7_200_000, plan: "gold", done: "tagged late" },
    ]),
  "command-receipt": () =>
    notice.commandReceipt({
      ...toDev,
      undoSeconds: 60,
      results: [
        { command: "#close", result: "closed when your reply has left" },
        { command: "#priority high", result: "done" },
      ],
    }),
  "command-receipt-undo-refused": () =>
    notice.commandReceipt({
      ...toDev,
      results: [{ command: "#undo", result: "refused, the reply has left already" }],
      refused: true,
    }),
  "command-not-sent": () =>
    holds.notSent({
      ...toDev,
      text: "#clsoe Refunded.",
      line: "#clsoe Refunded.",
      why: '"#clsoe" is not a command',
      suggestion: "#close",
      answers,
    }),
  "command-not-sent-plain": () =>
    holds.notSent({ ...toDev, text: "#zzz", line: "#zzz", why: "there is no such command", answers: [] }),
  "not-sent-note": () =>
    holds.notSent({
      ...toDev,
      text: "Your account was locked.",
      because: "it answers no mail of ours to you",
      noted: true,
    }),
  "not-sent-held": () =>
    holds.notSent({ ...toDev, text: "#assign ben\nHi", because: '"#assign ben": #assign is not for a trainee' }),
  "command-help": () =>
    notice.help({
      ...toDev,
      ticket: null,
      commands: [
        {
          group: "The ticket",
          usage: "#close",
          help: "close the ticket",
          line: "  #close            close the ticket",
        },
        { group: "The ticket", usage: "#assign NAME", help: "give it away", line: "  #assign NAME      give it away" },
      ],
    }),
  "proof-challenge": () =>
    holds.challenge({
      ...toDev,
      claimed: address("dev@home.example"),
      receivedAt: NOW,
      because: "it has no DKIM signature",
      commands: ["#close"],
      answer: "#confirm",
      text: "#close\nDone.",
    }),
  "held-message": () =>
    holds.held({
      ...toDev,
      sender: { name: "Mallory", address: address("mallory@evil.example") },
      receivedAt: NOW,
      because: "only the number in its subject names the ticket",
      answers: [{ type: "#accept", meaning: "put it into the ticket" }],
      text: "Me too!",
    }),
  "delivery-failed": () =>
    notice.deliveryFailed({
      ...toDev,
      recipient: ticket.customer.address,
      uncertain: false,
      response: "550 5.1.1 no such mailbox",
      text: replyText,
    }),
  "delivery-uncertain": () =>
    notice.deliveryFailed({
      ...toDev,
      recipient: ticket.customer.address,
      uncertain: true,
      response: "connection lost after the message",
      text: replyText,
    }),
};

const replyText = `Hello Maria,

Your account was locked after five tries with the old password.
I have unlocked it: https://nw.example/login?a=1&b=2.

  kinit maria
`;

const ann = { name: "Ann Lee", address: address("ann@nw.example") };

const withTimeZone = (timeZone: string) => ({
  ...desk,
  agents: { ...desk.agents, dev: { ...desk.agents["dev"]!, timeZone } },
});

const withReopenDays = (reopenDays: number) => ({ ...desk, defaults: { ...desk.defaults, reopenDays } });

const followUp = {
  ...newTicket,
  entry: { from: ticket.customer, at: NOW, text: "Still locked.", attachments: ["screen.png", "log.txt"] },
  ticket: {
    ...ticket,
    priority: "normal" as const,
    assignee: "ann",
    participants: [{ name: "Joe", address: address("joe@fabrikam.example") }],
  },
  history: [
    { at: NOW - 2 * DAY, change: "opened by mail" },
    { at: NOW - DAY, from: "Ann Lee", text: "Hello Maria,\n\nPlease try again.\n\nAnn" },
    { at: NOW - 3_600_000, change: "priority normal (command #priority)" },
  ],
};

export const mailNamed = (name: string): OutboundMessage => (mails[name] as () => OutboundMessage)();
