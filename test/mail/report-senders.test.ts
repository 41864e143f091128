/** Addresses that servers and people share: what makes a report of their mail, and what never does. */
import { describe, expect, test } from "vitest";
import { mayAnswerAutomatically } from "../../src/mail/automatic.ts";
import { parse } from "../../src/mail/parse.ts";
import { opensAsServer } from "../../src/mail/report/opening.ts";
import type { InboundMessage } from "../../src/mail/types.ts";
import { CONTEXT } from "./context.ts";

const SHARED = ["mail", "root", "postmaster", "system", "mta", "bounce", "bounces", "mailadmin", "mailer", "smtp", "sysadmin", "returned"];

/** Subjects of reports over people's words. */
const PEOPLE: readonly (readonly [string, string])[] = [
  ["Delivery delayed", "When will my scanner come? The carrier says the delivery is delayed."],
  ["Delivery problem", "The parcel was returned to sender."],
  ["Delivery status", "Where is it?"],
  ["Zustellung fehlgeschlagen", "Das Paket konnte nicht zugestellt werden. Bitte noch einmal."],
  ["Unzustellbar", "Die Lieferung war unzustellbar, was nun?"],
  ["Antw: Delivery failed", "Your message bounced again: 550 5.1.1 user unknown"],
  ["Undeliverable: our order", "We get this since Monday:\n\n550 5.7.1 <orders@nw.example>: rejected\n\nWhy?"],
  ["Delivery failed", "Hello,\n\nmy order to <orders@nw.example> failed with 554 5.7.1 rejected.\n\n----- Original message -----\n\nFrom: x@y.example\nTo: orders@nw.example"],
  ["Fwd: Delivery failed", "Your message could not be delivered to orders@nw.example: 550 5.1.1 user unknown"],
];

async function read(headers: string, subject: string, text: string): Promise<InboundMessage> {
  const head = `${headers}\nTo: support@nw.example\nSubject: ${subject}\nDate: Mon, 23 Nov 2026 10:02:11 +0100\nMessage-ID: <m@home.example>`;
  return await parse(Buffer.from(`${head}\nContent-Type: text/plain; charset=utf-8\n\n${text}\n`), CONTEXT);
}

describe("a person at a mail system's address", () => {
  test.each(SHARED)("%s@ writes about deliveries", async (local) => {
    const wrong: string[] = [];
    for (const [subject, text] of PEOPLE) {
      const from = `Return-Path: <${local}@firm.example>\nFrom: Firm Holm <${local}@firm.example>`;
      const { nature, deliveryReport } = await read(from, subject, text);
      if (nature.nature !== "correspondence" || deliveryReport) wrong.push(`${subject}: ${nature.because}`);
    }
    expect(wrong).toEqual([]);
  });

  test("is acknowledged at mail@, and not where a server may have written", async () => {
    const of = async (local: string): Promise<ReturnType<typeof mayAnswerAutomatically>> =>
      mayAnswerAutomatically(await read(`From: ${local}@firm.example`, "Delivery delayed", "Where is it?"), CONTEXT);
    expect(await of("mail")).toEqual({ yes: true });
    expect(await of("postmaster")).toMatchObject({ no: true });
  });
});

describe("a server at the same address", () => {
  const WORDS = "Your message was not delivered to:\n\n  lena@depot.example\n  550 5.1.1 user unknown\n";
  test.each([
    ["its words come first", "From: postmaster@depot.example", "Undeliverable mail", WORDS],
    ["the null path", "Return-Path: <>\nFrom: mail@depot.example", "Undeliverable mail", "lena@depot.example: 550 5.1.1 user unknown"],
    ["Auto-Submitted", "Auto-Submitted: auto-replied\nFrom: root@depot.example", "Delivery failed", `Ho!\n${WORDS}`],
    ["a daemon's path", "Return-Path: <MAILER-DAEMON>\nFrom: mta@depot.example", "Delivery failed", `Ho!\n${WORDS}`],
    ["a name that nobody has", "From: Mail Delivery System <mail@depot.example>", "Delivery failed", `Ho!\n${WORDS}`],
  ])("%s", async (_name, headers, subject, text) => {
    const { nature, deliveryReport } = await read(headers, subject, text);
    expect(nature.nature).toBe("delivery-report");
    expect(deliveryReport?.recipients).toEqual(["lena@depot.example"]);
  });
});

describe("the beginning of a text", () => {
  test.each([
    "Your message did not reach some of its recipients",
    "*** ATTENTION ***\n\nYour e-mail could not be sent",
    "[https://mail.example/logo.png]\nYour message to lena@depot.example couldn’t be delivered.",
    "  ----- Transcript of session follows -----",
    "Hi. This is the mail delivery program at depot.example.",
    "mx1.depot.example rejected your message to the following addresses:",
    "Ihre Nachricht konnte nicht zugestellt werden",
    "Votre message n’a pas pu être remis",
    "Su mensaje no ha podido entregarse",
    "Ваше сообщение не доставлено",
    "このメールは自動的に送信されています。",
  ])("a server's: %s", (text) => expect(opensAsServer(text)).toBe(true));

  test.each([
    "",
    "Hello, your message came back",
    "Your mail server refuses us",
    "Our messages to you are rejected: 550 5.7.1",
    "Wir bekommen Ihre Nachricht nicht",
    "Please look at this: the following message was returned",
    "> Your message could not be delivered",
    "Delivery is delayed again",
  ])("a person's: %s", (text) => expect(opensAsServer(text)).toBe(false));

  test("is found at once in any text", () => {
    const storms = ["the message from ".repeat(300_000), `this is ${"a".repeat(2_000_000)}`, "\n-".repeat(1_000_000)];
    const begun = performance.now();
    for (const text of storms) opensAsServer(text);
    expect(performance.now() - begun).toBeLessThan(1000);
  });
});
