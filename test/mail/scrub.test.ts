import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compose } from "../../src/mail/compose.ts";
import { leaksIn, scrub } from "../../src/mail/scrub.ts";
import * as t from "../../src/mail/token.ts";
import type { EmailAddress, OutboundMessage } from "../../src/mail/types.ts";

const address = (text: string) => text as EmailAddress;
const KEY = Buffer.alloc(32, 1);
const TOKEN = t.agentToken(KEY, 12);
const SUPPORT = address("support@nw.example");
const AGENTS = ["ann@nw.example", "ann.lee@nw.example", "o'brien@nw.example"].map(address);
const secrets = { agentAddresses: AGENTS, supportAddress: SUPPORT };

describe("scrub", () => {
  test.each([
    ["a reply address", `Write to support+a12-${TOKEN}@nw.example.`, "Write to support@nw.example."],
    ["in upper case", `SUPPORT+A12-${TOKEN.toUpperCase()}@NW.EXAMPLE`, "SUPPORT@NW.EXAMPLE"],
    ["a customer's address", `support+c7-${TOKEN}@nw.example`, "support@nw.example"],
    ["percent-encoded", `mailto:support%2Ba12-${TOKEN}%40nw.example?x`, "mailto:support%40nw.example?x"],
    ["a message id", `id <a12.${TOKEN}@nw.example> x`, "id  x"],
    ["a reference id", `<ar12.${TOKEN}@nw.example>`, ""],
    ["a customer's message id", `<entry.5.7.${TOKEN}@nw.example>`, ""],
    ["a placeholder", `support+a12-${t.TOKEN_PLACEHOLDER}@nw.example`, "support@nw.example"],
    ["an agent's address", "Mail ann@nw.example, please", "Mail support@nw.example, please"],
    ["in another case, in brackets", "Ann <Ann@NW.Example>", "Ann <support@nw.example>"],
    ["with a detail", "ann+desk@nw.example", "support@nw.example"],
    ["at the end of a sentence", "It was ann.lee@nw.example.", "It was support@nw.example."],
    ["in a link", "mailto:ann@nw.example?subject=x", "mailto:support@nw.example?subject=x"],
    ["with its at sign encoded", "ann%40nw.example", "support@nw.example"],
    ["with an apostrophe", "(o'brien@nw.example)", "(support@nw.example)"],
    ["two in a row", "ann@nw.example,ann@nw.example", "support@nw.example,support@nw.example"],
  ])("takes out %s", (_, text, clean) => {
    expect(scrub(text, secrets)).toBe(clean);
  });

  test.each([
    "joann@nw.example",
    "ann@nw.example.com",
    "ann@nw.example2",
    "ann@other.example",
    "to'brien@nw.example",
    "support@nw.example",
    "a12-short",
    "@ @@ ann@ @nw.example",
    `x${TOKEN}`,
    "commit a1-b2",
  ])("leaves %s", (text) => {
    expect(scrub(text, secrets)).toBe(text);
  });

  test("nothing of a token or an address is left, wherever they stand; and doing it twice changes nothing", () => {
    const piece = fc.oneof(
      fc.constantFrom(`support+a12-${TOKEN}@nw.example`, `<a12.${TOKEN}@nw.example>`, "ann@nw.example", " ", "\n", "@", "<", ">", "+", "."),
      fc.string({ maxLength: 5 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const clean = scrub(pieces.join(" "), secrets);
        expect(clean).not.toContain(TOKEN);
        expect(clean).not.toMatch(/(?<![\w.+-])ann@nw\.example(?![\w.-]*\w)/);
        expect(scrub(clean, secrets)).toBe(clean);
      }),
    );
  });

  test("a storm of half addresses takes linear time", () => {
    const started = performance.now();
    for (const unit of ["a@", "@", "a12-", `a1-${"a".repeat(25)} `, "<a1.", "ann@nw.example", "+a1", "ack.1.1."]) {
      scrub(unit.repeat(Math.ceil(500_000 / unit.length)), secrets);
    }
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

const message: OutboundMessage = {
  messageId: t.customerMessageId("entry", 5, 7, t.customerToken(KEY, 7), "nw.example"),
  from: { name: "IT, Northwind Support", address: SUPPORT },
  to: [{ name: "Maria", address: address("maria@home.example") }],
  replyTo: { name: "", address: t.customerReplyAddress(SUPPORT, 7, t.customerToken(KEY, 7)) },
  subject: "Re: Login [NW-1]",
  date: 0,
  references: [],
  text: "Your account was locked. I have unlocked it.\n",
  html: "<p>Your account was locked. I have unlocked it.</p>",
  headers: [],
  attachments: [],
};

const leaks = async (change: Partial<OutboundMessage>, more = {}) =>
  leaksIn(await compose({ ...message, ...change }), {
    agentAddresses: AGENTS, commandLines: ["#close", "#priority high"], noteTexts: ["Customer owes us 4,000 since March\nok"],
    ...more,
  });

describe("leaksIn", () => {
  test("an honest reply has none, with its own customer token", async () => {
    expect(await leaks({})).toEqual([]);
  });

  test.each<[string, Partial<OutboundMessage>, string]>([
    ["a token in the text", { text: `see support+a12-${TOKEN}@nw.example` }, "a token of an agent in the text"],
    ["a token in References", { references: [`a12.${TOKEN}@nw.example`] }, "a token of an agent in the header field references"],
    ["a token that quoted-printable breaks", { text: `Grüße ${"x".repeat(50)} a12.${TOKEN}@nw.example` }, "a token of an agent in the text"],
    ["an address in base64", { text: "こんにちは、こんにちは ANN@nw.example です" }, "the agent's address ann@nw.example in the text"],
    ["an address in HTML entities", { html: "<p>ann&#64;nw<b>.example</b></p>" }, "the agent's address ann@nw.example in the text"],
    ["an address in an encoded subject", { subject: "Grüße von ann@nw.example" }, "the agent's address ann@nw.example in the header field subject"],
    ["an agent as sender", { from: { name: "Ann", address: address("ann@nw.example") } }, "the agent's address ann@nw.example in the header field from"],
    ["a command", { text: "#close \n\nDone" }, 'the command line "#close"'],
    ["a command in HTML", { html: "<div>#priority&nbsp;high</div>Done" }, 'the command line "#priority high"'],
    ["a note, wrapped", { text: "Customer owes us\n4,000 since March, so hurry" }, 'a line of a note: "customer owes us 4,000 since march"'],
    ["an internal header", { headers: [{ name: "x-postern-ticket", value: "7" }] }, "the internal header field x-postern-ticket"],
  ])("finds %s", async (_, change, leak) => {
    expect(await leaks(change)).toEqual([leak]);
  });

  test("an agent who is the customer of the ticket may see their own address", async () => {
    const to = [{ name: "Ann", address: address("ann@nw.example") }];
    expect(await leaks({ to }, { recipient: "ann@nw.example" })).toEqual([]);
    expect(await leaks({ to })).not.toEqual([]);
  });

  test("attachments are not read, the loop mark is no secret, and short words of notes are no proof", async () => {
    const attachments = [{ filename: "a.txt", contentType: "text/plain", content: Buffer.from("ann@nw.example\n#close") }];
    const headers = [{ name: "x-postern-loop", value: "1" }];
    expect(await leaks({ attachments, headers, text: "ok, the word #close in a sentence" })).toEqual([]);
  });
});
