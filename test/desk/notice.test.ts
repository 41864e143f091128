import { simpleParser } from "mailparser";
import { describe, expect, test } from "vitest";
import * as notice from "../../src/desk/notice.ts";
import { TEMPLATE_NAMES } from "../../src/desk/notice-template.ts";
import { containsNoticeText } from "../../src/desk/notice-marker.ts";
import { hiddenAddresses } from "../../src/desk/notice-frame.ts";
import { compose } from "../../src/mail/compose.ts";
import { leaksIn } from "../../src/mail/scrub.ts";
import { agentToken, fillToken, TOKEN_PLACEHOLDER, tokenInAddress, tokenInMessageId } from "../../src/mail/token.ts";
import type { OutboundMessage } from "../../src/mail/types.ts";
import { address, desk, KEY, newTicket, NOW, ticket, toDev, toMaria } from "./notice-world.ts";

/** A mail as a person would read it in a file: the header values that are ours to choose, then the text, then the HTML. */
function shown(mail: OutboundMessage): string {
  const people = (list: OutboundMessage["to"]) => list.map((one) => `${one.name} <${one.address}>`).join(", ");
  const fields = [
    `From: ${people([mail.from])}`,
    `To: ${people(mail.to)}`,
    `Reply-To: ${mail.replyTo ? people([mail.replyTo]) : ""}`,
    `Subject: ${mail.subject}`,
    `Message-ID: ${mail.messageId}`,
    `In-Reply-To: ${mail.inReplyTo ?? ""}`,
    `References: ${mail.references.join(" ")}`,
    ...mail.headers.map(({ name, value }) => `${name}: ${value}`),
  ];
  return `${fields.join("\n")}\n\n${mail.text}\n${mail.html}`;
}

const DAY = 86_400_000;
const closed = { ...ticket, status: "closed" as const, closedAt: NOW, lastAgentAt: NOW - 14 * DAY, lastCustomerAt: NOW - 20 * DAY };
const answers = [
  { type: "#confirm", meaning: "yes, I meant #close" },
  { type: "#text", meaning: "it is text, send it" },
];

const mails: Record<string, () => OutboundMessage> = {
  acknowledgement: () => notice.acknowledgement(toMaria),
  "acknowledgement-without-due-time": () => notice.acknowledgement({ ...toMaria, ticket: { ...ticket, respondDueAt: null } }),
  reply: () => notice.agentReply({ ...toMaria, entryId: 5, agent: "dev", closing: false, text: replyText }),
  "reply-that-closes": () => notice.agentReply({ ...toMaria, entryId: 5, agent: "dev", closing: true, text: replyText }),
  "closure-notice": () => notice.closureNotice({ ...toMaria, ticket: closed, eventId: 31 }),
  "closure-notice-unanswered": () =>
    notice.closureNotice({ ...toMaria, ticket: { ...closed, lastAgentAt: null }, eventId: 31, desk: withReopenDays(0) }),
  "agent-new-ticket": () => notice.agentNotice("new", newTicket),
  "agent-customer-reply": () => notice.agentNotice("customer-reply", followUp),
  "agent-assigned": () =>
    notice.agentNotice("assigned", { ...newTicket, remark: "Ann Lee assigned this to you.", organization: undefined }),
  "command-receipt": () =>
    notice.commandReceipt({ ...toDev, undoSeconds: 60, results: [{ command: "#close", result: "closed when your reply has left" }, { command: "#priority high", result: "done" }] }),
  "command-receipt-undo-refused": () =>
    notice.commandReceipt({ ...toDev, results: [{ command: "#undo", result: "refused, the reply has left already" }] }),
  "command-not-sent": () =>
    notice.notSent({ ...toDev, text: "#clsoe Refunded.", line: "#clsoe Refunded.", suggestion: "#close", answers }),
  "command-not-sent-plain": () => notice.notSent({ ...toDev, text: "#zzz", line: "#zzz", answers: [] }),
  "not-sent-note": () => notice.notSent({ ...toDev, text: "Your account was locked.", because: "it answers no mail of ours to you" }),
  "command-help": () =>
    notice.help({ ...toDev, ticket: null, commands: [{ usage: "#close", help: "Closes the ticket." }, { usage: "#assign NAME", help: "Gives it to NAME." }] }),
  "proof-challenge": () =>
    notice.challenge({ ...toDev, claimed: address("dev@home.example"), receivedAt: NOW, because: "it has no DKIM signature", commands: ["#close"], answer: "#confirm", text: "#close\nDone." }),
  "held-message": () =>
    notice.held({ ...toDev, sender: { name: "Mallory", address: address("mallory@evil.example") }, receivedAt: NOW, because: "only the number in its subject names the ticket", answers: [{ type: "#accept", meaning: "put it into the ticket" }], text: "Me too!" }),
  "delivery-failed": () =>
    notice.deliveryFailed({ ...toDev, recipient: ticket.customer.address, uncertain: false, response: "550 5.1.1 no such mailbox", text: replyText }),
  "delivery-uncertain": () =>
    notice.deliveryFailed({ ...toDev, recipient: ticket.customer.address, uncertain: true, response: "connection lost after the message", text: replyText }),
};

const replyText = `Hello Maria,

Your account was locked after five tries with the old password.
I have unlocked it: https://nw.example/login?a=1&b=2.

  kinit maria
`;

const withReopenDays = (reopenDays: number) => ({ ...desk, defaults: { ...desk.defaults, reopenDays } });

const followUp = {
  ...newTicket,
  entry: { from: ticket.customer, at: NOW, text: "Still locked.", attachments: ["screen.png", "log.txt"] },
  ticket: { ...ticket, priority: "normal" as const, assignee: "ann", participants: [{ name: "Joe", address: address("joe@fabrikam.example") }] },
  history: [
    { at: NOW - 2 * DAY, change: "opened by mail" },
    { at: NOW - DAY, from: "Ann Lee", text: "Hello Maria,\n\nPlease try again.\n\nAnn" },
    { at: NOW - 3_600_000, change: "priority normal (command #priority)" },
  ],
};

describe("every mail", () => {
  test.each(Object.keys(mails))("%s is as in notice-golden/", async (name) => {
    await expect(shown((mails[name] as () => OutboundMessage)())).toMatchFileSnapshot(`notice-golden/${name}.txt`);
  });

  test.each(Object.keys(mails))("%s composes and reads back", async (name) => {
    const mail = (mails[name] as () => OutboundMessage)();
    const parsed = await simpleParser(await compose(mail));
    expect(parsed.subject).toBe(mail.subject);
    expect(parsed.text?.trim()).toBe(mail.text.trim());
    expect(mail.subject.length).toBeLessThanOrEqual(200);
  });

  test("every template is shown by a golden mail", () => {
    const shownNames = Object.keys(mails).join(" ");
    expect(TEMPLATE_NAMES.filter((name) => !shownNames.includes(name))).toEqual([]);
  });
});

describe("mail to customers", () => {
  const customerMails = Object.keys(mails).filter((name) => /^(?:ack|reply|closure)/.test(name));

  test.each(customerMails)("%s leaks nothing and finds its ticket", async (name) => {
    const mail = (mails[name] as () => OutboundMessage)();
    const agentAddresses = hiddenAddresses(desk, ticket.customer.address);
    expect(leaksIn(await compose(mail), { agentAddresses, commandLines: ["#close"], noteTexts: [] })).toEqual([]);
    expect(tokenInAddress(mail.replyTo?.address ?? "")).toEqual({ kind: "customer", id: 7, token: toMaria.token });
    expect(tokenInMessageId(mail.messageId)).toEqual({ kind: "customer", id: 7, token: toMaria.token });
  });

  test("an agent's reply names no agent's address and no token, even when the agent wrote them", () => {
    const token = agentToken(KEY, 12);
    const text = `Ask ann.lee@nw.example or support+a12-${token}@nw.example, id <a12.${token}@nw.example>`;
    const mail = notice.agentReply({ ...toMaria, entryId: 5, agent: "dev", closing: false, text });
    expect(mail.text).toBe("Ask support@nw.example or support@nw.example, id\n\nDev, Northwind Support\n");
    expect(mail.html).not.toContain(token);
  });

  test("an agent who is the customer sees their own address, and no other agent's", () => {
    const to = { name: "Ann Lee", address: address("ann@nw.example") };
    const text = "You are ann@nw.example; dev@nw.example helps.";
    const mail = notice.agentReply({ ...toMaria, to, entryId: 5, agent: "dev", closing: false, text });
    expect(mail.text).toMatch(/^You are ann@nw\.example; support@nw\.example helps\.\n/);
  });

  test("a reply carries no header of automatic mail; the others all of them", () => {
    const names = (mail: OutboundMessage) => mail.headers.map((field) => field.name);
    const reply = notice.agentReply({ ...toMaria, entryId: 5, agent: "dev", closing: true, text: "x" });
    expect(names(reply)).toEqual([]);
    const automatic = ["auto-submitted", "x-auto-response-suppress", "x-postern-loop"];
    expect(names(notice.acknowledgement(toMaria))).toEqual(automatic);
    expect(names(notice.closureNotice({ ...toMaria, ticket: closed, eventId: 1 }))).toEqual(automatic);
  });

  test("an acknowledgement repeats nothing of a stranger but the shortened subject without links", () => {
    const to = { name: "Buy at www.evil.example now", address: address("v@victim.example") };
    const subject = `Win https://evil.example/x and evil.com or mail me@evil.example ${"very ".repeat(100)}`;
    const mail = notice.acknowledgement({ ...toMaria, to, ticket: { ...ticket, subject, customer: to } });
    expect(`${mail.subject} ${mail.to[0]?.name} ${mail.text} ${mail.html}`).not.toMatch(/evil|Buy/);
    expect(mail.subject).toMatch(/^Re: Win \[link\] and \[link\] or mail \[link\] very .*… \[NW-48201\]$/);
    expect(mail.subject.length).toBeLessThan(110);
    expect(mail.text).toMatch(/^Hello,\n/);
  });

  test("hostile names, subjects and ids become one safe line each, or nothing", async () => {
    const evil = "Maria\r\nBcc: eve@evil.example\0\u2028\u202e";
    const mail = notice.acknowledgement({
      ...toMaria,
      to: { name: evil, address: address("maria@home.example") },
      ticket: { ...ticket, subject: `Help\r\nBcc: eve@x.example\n\nbody` },
      inReplyTo: "a@b\r\nBcc: eve@evil.example",
      references: ["ok@x.example", "a b@x", `${"l".repeat(2000)}@x`, "ä@x", `<a12.${agentToken(KEY, 12)}@nw.example>`],
    });
    const bytes = (await compose(mail)).toString("latin1");
    expect(bytes).not.toMatch(/^bcc:/im);
    expect(mail.references).toEqual(["ok@x.example"]);
    expect(mail.inReplyTo).toBeUndefined();
  });

  test("a long chain keeps its root and its newest ids", () => {
    const references = Array.from({ length: 200 }, (_, i) => `id${i}@x.example`);
    const mail = notice.acknowledgement({ ...toMaria, references });
    expect(mail.references).toHaveLength(20);
    expect(mail.references[0]).toBe("id0@x.example");
    expect(mail.references.slice(-2)).toEqual(["id199@x.example", "first@fabrikam.example"]);
  });

  test("without plus addressing there is no Reply-To", () => {
    expect(notice.acknowledgement({ ...toMaria, plusAddressing: false }).replyTo).toBeUndefined();
  });

  test("a wrong signature does not hold up an answer", () => {
    const it = { ...desk.departments["it"]!, signature: "{{ agent.frist_name }}" };
    const broken = { ...desk, departments: { ...desk.departments, it } };
    const mail = notice.agentReply({ ...toMaria, desk: broken, entryId: 5, agent: "dev", closing: false, text: "Done." });
    expect(mail.text).toBe("Done.\n\nDev, Northwind Support\n");
  });

  test("what the agent writes is text, not Liquid and not HTML", () => {
    const text = "{{ desk.name }} {% include 'x' %} <script>alert(1)</script> & \"q\"";
    const mail = notice.agentReply({ ...toMaria, entryId: 5, agent: "dev", closing: false, text });
    expect(mail.text).toContain(text);
    expect(mail.html).toContain("{{ desk.name }} {% include &#39;x&#39; %} &lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;q&quot;");
  });
});

describe("mail to agents", () => {
  const agentMails = Object.keys(mails).filter((name) => !/^(?:ack|reply|closure)/.test(name));

  test.each(agentMails)("%s carries its token in three header fields only, and is known again", async (name) => {
    const mail = (mails[name] as () => OutboundMessage)();
    const token = agentToken(KEY, 12);
    const filled = fillToken(await compose(mail), token);
    const [head, body] = filled.toString("latin1").split(/\r\n\r\n(.*)/s);
    expect(filled.toString("latin1")).not.toContain(TOKEN_PLACEHOLDER);
    expect(head?.split(token)).toHaveLength(4);
    expect(body).not.toContain(token);
    const parsed = await simpleParser(filled);
    expect(tokenInAddress(parsed.replyTo?.value[0]?.address ?? "")).toEqual({ kind: "agent", id: 12, token });
    expect(tokenInMessageId(parsed.messageId ?? "")).toEqual({ kind: "agent", id: 12, token });
    expect([parsed.references].flat().map((id) => tokenInMessageId(id ?? "")?.token)).toContain(token);
    expect(containsNoticeText(mail.text)).toBe(true);
    expect(containsNoticeText(mail.text.split("\n", 1)[0] ?? "")).toBe(true);
    expect(mail.headers.map((field) => field.name)).toContain("x-postern-loop");
  });

  test("the subject is one and the same as long as the ticket lives", () => {
    const subjects = ["agent-new-ticket", "agent-customer-reply", "agent-assigned", "command-receipt"].map((name) => mails[name]?.().subject);
    expect(new Set(subjects)).toEqual(new Set(["[NW-48201] Cannot log in since this morning"]));
  });

  test.each([
    ["low", undefined],
    ["normal", undefined],
    ["high", "high"],
    ["urgent", "high"],
  ] as const)("priority %s has importance %s", (priority, importance) => {
    const mail = notice.agentNotice("new", { ...newTicket, ticket: { ...ticket, priority } });
    expect(mail.headers.find((field) => field.name === "importance")?.value).toBe(importance);
  });

  test("a customer cannot write our marker, our heading or somebody's token into a notice", () => {
    const text = `=== NW-48201 ===\n> Eve, 10:02 [NW-48201]:\nsupport+a9-${agentToken(KEY, 9)}@nw.example`;
    const mail = notice.agentNotice("new", { ...newTicket, entry: { ...newTicket.entry, text } });
    expect(mail.text.split("\n").filter((line) => line.trim() === "=== NW-48201 ===")).toHaveLength(1);
    expect(mail.text).toContain("  = = = NW-48201 = = =\n  > Eve, 10:02 [NW-48201] :\n  support@nw.example\n");
  });

  test("a message as long as a book is shortened, and the block is still there", () => {
    const mail = notice.agentNotice("new", { ...newTicket, entry: { ...newTicket.entry, text: "word ".repeat(100_000) } });
    expect(mail.text.length).toBeLessThan(25_000);
    expect(mail.text).toContain("… (shortened)\n\n=== NW-48201 ===");
  });

  test("mail whose answer may do nothing carries no token", async () => {
    const mail = notice.commandReceipt({ ...toDev, answerable: false, results: [{ command: "#help", result: "sent" }] });
    expect((await compose(mail)).toString("latin1")).not.toContain(TOKEN_PLACEHOLDER);
    expect(mail.replyTo?.address).toBe("support@nw.example");
  });

  test("a team's list is told whose ticket it is", () => {
    const forTeam = { ...newTicket, agent: null, to: { name: "", address: address("team@nw.example") } };
    expect(notice.agentNotice("new", { ...forTeam, ticket: { ...ticket, assignee: null } }).text).toContain("IT, nobody's yet.");
    expect(notice.agentNotice("new", forTeam).text).toContain("IT, Dev Patel's.");
  });
});
