import { simpleParser } from "mailparser";
import { describe, expect, test } from "vitest";
import * as notice from "../../../src/desk/notices/notice.ts";
import { agentReply } from "../../../src/desk/notices/notice-reply.ts";
import { hiddenAddresses } from "../../../src/desk/notices/notice-frame.ts";
import { TEMPLATE_NAMES } from "../../../src/desk/notices/notice-template.ts";
import { compose } from "../../../src/mail/compose.ts";
import { leaksIn } from "../../../src/mail/scrub.ts";
import { agentToken, tokenInAddress, tokenInMessageId } from "../../../src/mail/token.ts";
import type { OutboundMessage } from "../../../src/mail/types.ts";
import { closed, mailNamed, mails } from "./notice-mails.ts";
import { address, desk, KEY, ticket, toMaria } from "./notice-world.ts";

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

describe("every mail", () => {
  test.each(Object.keys(mails))("%s is as in notice-golden/", async (name) => {
    await expect(shown(mailNamed(name))).toMatchFileSnapshot(`notice-golden/${name}.txt`);
  });

  test.each(Object.keys(mails))("%s composes and reads back", async (name) => {
    const mail = mailNamed(name);
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
  const customerMails = Object.keys(mails).filter((name) => /^(?:ack|reply|closure|rejection|canned)/.test(name));

  test.each(customerMails)("%s leaks nothing and finds its ticket", async (name) => {
    const mail = mailNamed(name);
    const agentAddresses = hiddenAddresses(desk, ticket.customer.address);
    expect(leaksIn(await compose(mail), { agentAddresses, commandLines: ["#close"], noteTexts: [] })).toEqual([]);
    expect(tokenInAddress(mail.replyTo?.address ?? "")).toEqual({ kind: "customer", id: 7, token: toMaria.token });
    expect(tokenInMessageId(mail.messageId)).toEqual({ kind: "customer", id: 7, token: toMaria.token });
  });

  test("an agent's reply names no agent's address and no token, even when the agent wrote them", () => {
    const token = agentToken(KEY, 12);
    const text = `Ask ann.lee@nw.example or support+a12-${token}@nw.example, id <a12.${token}@nw.example>`;
    const mail = agentReply({ ...toMaria, entryId: 5, agent: "dev", closing: false, text });
    expect(mail.text).toBe("Ask support@nw.example or support@nw.example, id\n\nDev, Northwind Support\n");
    expect(mail.html).not.toContain(token);
  });

  test("an agent who is the customer sees their own address, and no other agent's", () => {
    const to = { name: "Ann Lee", address: address("ann@nw.example") };
    const text = "You are ann@nw.example; dev@nw.example helps.";
    const mail = agentReply({ ...toMaria, to, entryId: 5, agent: "dev", closing: false, text });
    expect(mail.text).toMatch(/^You are ann@nw\.example; support@nw\.example helps\.\n/);
  });

  test("a reply carries no header of automatic mail; the others all of them", () => {
    const names = (mail: OutboundMessage) => mail.headers.map((field) => field.name);
    const reply = agentReply({ ...toMaria, entryId: 5, agent: "dev", closing: true, text: "x" });
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
    const mail = agentReply({
      ...toMaria,
      desk: broken,
      entryId: 5,
      agent: "dev",
      closing: false,
      text: "Done.",
    });
    expect(mail.text).toBe("Done.\n\nDev, Northwind Support\n");
  });

  test("what the agent writes is text, not Liquid and not HTML", () => {
    const text = "{{ desk.name }} {% include 'x' %} <script>alert(1)</script> & \"q\"";
    const mail = agentReply({ ...toMaria, entryId: 5, agent: "dev", closing: false, text });
    expect(mail.text).toContain(text);
    expect(mail.html).toContain(
      "{{ desk.name }} {% include &#39;x&#39; %} &lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;q&quot;",
    );
  });
});
