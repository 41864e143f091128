import fc from "fast-check";
import { simpleParser } from "mailparser";
import { expect, test, vi } from "vitest";
import { compose } from "../../src/mail/compose.ts";
import type { EmailAddress, OutboundMessage } from "../../src/mail/types.ts";

const address = (text: string) => text as EmailAddress;

const base: OutboundMessage = {
  messageId: "ack.7@nw.example",
  from: { name: "IT, Northwind Support", address: address("support@nw.example") },
  to: [{ name: "Maria Santos", address: address("maria@home.example") }],
  subject: "Re: Cannot log in [NW-48201]",
  date: Date.UTC(2026, 11, 7, 9, 2),
  inReplyTo: "first@home.example",
  references: ["root@home.example", "first@home.example"],
  text: "Hello Maria,\n\nWe have your message.\n",
  html: "<p>Hello Maria,</p>\n<p>We have your message.</p>\n",
  headers: [
    { name: "auto-submitted", value: "auto-replied" },
    { name: "x-postern-loop", value: "4f1c" },
  ],
  attachments: [],
};

const composed = async (change: Partial<OutboundMessage> = {}) => (await compose({ ...base, ...change })).toString("latin1");

test("the bytes of an acknowledgement", async () => {
  expect((await composed()).replaceAll("\r\n", "\n")).toMatchInlineSnapshot(`
    "Auto-Submitted: auto-replied
    X-Postern-Loop: 4f1c
    From: "IT, Northwind Support" <support@nw.example>
    To: Maria Santos <maria@home.example>
    In-Reply-To: <first@home.example>
    References: <root@home.example> <first@home.example>
    Subject: Re: Cannot log in [NW-48201]
    Message-ID: <ack.7@nw.example>
    Date: Mon, 07 Dec 2026 09:02:00 +0000
    MIME-Version: 1.0
    Content-Type: multipart/alternative;
     boundary="--_NmP-9fdd86013df3f04b88230ca0131d5696-Part_1"

    ----_NmP-9fdd86013df3f04b88230ca0131d5696-Part_1
    Content-Type: text/plain; charset=utf-8
    Content-Transfer-Encoding: 7bit

    Hello Maria,

    We have your message.

    ----_NmP-9fdd86013df3f04b88230ca0131d5696-Part_1
    Content-Type: text/html; charset=utf-8
    Content-Transfer-Encoding: 7bit

    <p>Hello Maria,</p>
    <p>We have your message.</p>

    ----_NmP-9fdd86013df3f04b88230ca0131d5696-Part_1--
    "
  `);
});

test("the same message gives the same bytes, at any time", async () => {
  const first = await composed();
  vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2030, 0, 1) });
  expect(await composed()).toBe(first);
  vi.useRealTimers();
  expect(await composed({ text: "other" })).not.toContain(/boundary="([^"]+)"/.exec(first)?.[1]);
});

test("a writer of the text cannot end a part: the boundary depends on the text itself", async () => {
  const boundary = /boundary="([^"]+)"/.exec(await composed())?.[1] as string;
  const text = `Hello\n--${boundary}\nContent-Type: text/html\n\n<b>forged</b>\n--${boundary}--\n`;
  const parsed = await simpleParser(await compose({ ...base, text }));
  expect(parsed.text?.trim()).toBe(text.trim());
  expect(parsed.html).not.toContain("forged");
});

test("names, subject, text and file names of every script come back as they were", async () => {
  const content = Buffer.from([0, 255, 13, 10, 7]);
  const message = {
    ...base,
    from: { name: "サポート, “Nordwind”", address: address("support@nw.example") },
    to: [{ name: "José Ñandú", address: address("jose@home.example") }],
    subject: `Re: Прошу помощи — ${"ä".repeat(120)} 😀`,
    text: `Grüße 😀\n${"ohne Ende ".repeat(300)}\n.\n.. dots\nFrom here\n`,
    attachments: [{ filename: `Übersicht ${"x".repeat(200)}.pdf`, contentType: "application/pdf", content }],
  };
  const bytes = await compose(message);
  const parsed = await simpleParser(bytes);
  expect(parsed.from?.value).toEqual([message.from]);
  expect(parsed.to).toMatchObject({ value: message.to });
  expect(parsed.subject).toBe(message.subject);
  expect(parsed.text?.trim()).toBe(message.text.trim());
  expect(parsed.attachments[0]).toMatchObject({ filename: message.attachments[0]?.filename, content });
  // eslint-disable-next-line no-control-regex
  expect(bytes.toString("latin1")).toMatch(/^[\x00-\x7f]*$/);
});

test("lines end with CRLF, none is longer than 998, and there is no Bcc and no X-Mailer", async () => {
  const hostile = fc.record({
    text: fc.string({ unit: "binary", maxLength: 3000 }),
    subject: fc.string({ unit: "grapheme", maxLength: 150 }),
    name: fc.string({ unit: "grapheme", maxLength: 60 }),
  });
  await fc.assert(
    fc.asyncProperty(hostile, async ({ text, subject, name }) => {
      const clean = (value: string) => value.replace(/[\p{C}\u2028\u2029]/gu, "");
      const bytes = await composed({ text, subject: clean(subject), from: { ...base.from, name: clean(name) } });
      expect(bytes).not.toMatch(/(?<!\r)\n|\r(?!\n)|\0/);
      expect(Math.max(...bytes.split("\r\n").map((line) => line.length))).toBeLessThanOrEqual(998);
      expect(bytes).not.toMatch(/^(?:bcc|x-mailer):/im);
    }),
    { numRuns: 60 },
  );
});

test("ids, dates and addresses survive parsing", async () => {
  const parsed = await simpleParser(await compose(base));
  expect(parsed.messageId).toBe("<ack.7@nw.example>");
  expect(parsed.inReplyTo).toBe("<first@home.example>");
  expect(parsed.references).toEqual(["<root@home.example>", "<first@home.example>"]);
  expect(parsed.date?.getTime()).toBe(base.date);
});

const injections: [string, Partial<OutboundMessage>][] = [
  ["subject with CR LF", { subject: "Hi\r\nBcc: eve@evil.example" }],
  ["subject with LF", { subject: "Hi\nBcc: eve@evil.example" }],
  ["subject with a NUL", { subject: "Hi\0there" }],
  ["subject with a line separator", { subject: "Hi\u2028there" }],
  ["display name with CR LF", { from: { name: "A\r\nBcc: e@x.example", address: address("a@x.example") } }],
  ["recipient with CR LF", { to: [{ name: "", address: address("a@x.example\r\nBcc: e@x.example") }] }],
  ["recipient that is two", { to: [{ name: "", address: address("a@x.example, e@x.example") }] }],
  ["recipient in angle brackets", { to: [{ name: "", address: address("<a@x.example>") }] }],
  ["recipient that is none", { to: [{ name: "", address: address("garbage") }] }],
  ["no recipient", { to: [] }],
  ["reply-to with a space", { replyTo: { name: "", address: address("a b@x.example") } }],
  ["message id with CR LF", { messageId: "a@x\r\nBcc: e@x.example" }],
  ["message id with a bracket", { messageId: "a@x> <b@x" }],
  ["in-reply-to with a space", { inReplyTo: "a@x b@x" }],
  ["references with non-ASCII", { references: ["ä@x"] }],
  ["references longer than a line", { references: [`${"a".repeat(1000)}@x`] }],
  ["extra field with CR LF", { headers: [{ name: "x-a", value: "1\r\nBcc: e@x.example" }] }],
  ["extra field with a bad name", { headers: [{ name: "x-a: 1\r\nBcc", value: "e@x.example" }] }],
  ["extra Bcc", { headers: [{ name: "Bcc", value: "e@x.example" }] }],
  ["extra From", { headers: [{ name: "from", value: "e@x.example" }] }],
  ["extra Content-Type", { headers: [{ name: "content-type", value: "text/html" }] }],
  ["file name with CR LF", { attachments: [{ filename: "a\r\nb", contentType: "text/plain", content: Buffer.from("x") }] }],
  ["content type with CR LF", { attachments: [{ filename: "a", contentType: "text/plain\r\nX: y", content: Buffer.from("x") }] }],
  ["date that is none", { date: Number.NaN }],
];

test.each(injections)("%s is refused", async (_, change) => {
  await expect(compose({ ...base, ...change })).rejects.toThrow(/^compose: /);
});

test("an attached message is a file, so that its lines cannot break ours", async () => {
  const content = Buffer.from(`Subject: x\n\n${"y".repeat(3000)}`);
  const parsed = await simpleParser(
    await compose({ ...base, attachments: [{ filename: "mail.eml", contentType: "message/rfc822", content }] }),
  );
  expect(parsed.attachments[0]?.content.equals(content)).toBe(true);
});

test("a message with an empty text still has one", async () => {
  const parsed = await simpleParser(await compose({ ...base, text: "", html: undefined }));
  expect(parsed.text?.trim()).toBe("");
});
