import { simpleParser } from "mailparser";
import { expect, it } from "vitest";
import { stamped } from "./lmtp.ts";
import { distinctMails, mail, replyTo } from "./mails.ts";

it("builds a message that a parser reads back, in ASCII and beyond", async () => {
  const built = mail({
    from: "Maria Santos <maria@home.example>",
    to: "help@nw.example",
    subject: "Rechnung über 12 € für Grüße, die sehr lang geraten ist und mehrere Wörter braucht",
    text: "Zeile eins\nZeile zwei mit €\n",
    messageId: "1@home.example",
    inReplyTo: "0@nw.example",
    references: ["a@nw.example", "0@nw.example"],
    headers: [["X-Mailer", "Harness"]],
  });
  const read = await simpleParser(built.raw);
  expect(read.subject).toBe(built.subject);
  expect(read.text).toBe("Zeile eins\nZeile zwei mit €\n");
  expect(read.messageId).toBe("<1@home.example>");
  expect(read.inReplyTo).toBe("<0@nw.example>");
  expect(read.references).toEqual(["<a@nw.example>", "<0@nw.example>"]);
  expect(read.headers.get("x-mailer")).toBe("Harness");
  expect(built.sender).toBe("maria@home.example");
  const lines = built.raw.toString("latin1").split("\r\n");
  expect(lines.every((line) => line.length <= 78 && !line.includes("\n"))).toBe(true);
});

it("makes as many different mails as asked for, from as many domains", () => {
  const mails = distinctMails(200, "help@nw.example");
  for (const key of ["sender", "subject", "text", "messageId"] as const)
    expect(new Set(mails.map((each) => each[key])).size).toBe(200);
  expect(new Set(mails.map(({ sender }) => sender.split("@")[1])).size).toBe(200);
});

it("answers to Reply-To, threaded and with the original quoted", async () => {
  const original = mail({
    from: "Northwind <help@nw.example>",
    to: "maria@home.example",
    subject: "[NW-1] We have it",
    text: "Dear Maria,\nwe have it.\n",
    messageId: "ack@nw.example",
    references: ["first@home.example"],
    headers: [["Reply-To", "help+c1-abc@nw.example"]],
  });
  const answer = await replyTo(original.raw, { from: "maria@home.example", text: "Thanks, but no." });
  expect(answer.to).toBe("help+c1-abc@nw.example");
  expect(answer.subject).toBe("Re: [NW-1] We have it");
  expect(answer.inReplyTo).toBe("ack@nw.example");
  expect(answer.references).toEqual(["first@home.example", "ack@nw.example"]);
  expect(answer.text).toContain("Thanks, but no.\n\nOn Mon");
  expect(answer.text).toContain("> Dear Maria,\n> we have it.");
  const again = await replyTo(answer.raw, { from: "help@nw.example", text: "Yes.", quote: false });
  expect([again.subject, again.text]).toEqual(["Re: [NW-1] We have it", "Yes."]);
});

it("stamps as the receiving server does: its verdict above its Received line, above the message", () => {
  const raw = Buffer.from("Subject: x\r\n\r\n");
  const lines = stamped(raw, { authResults: "mx.nw.example; dmarc=pass" }).toString().split("\r\n");
  expect(lines[0]).toBe("Authentication-Results: mx.nw.example; dmarc=pass");
  expect(lines[1]).toMatch(/^Received: /);
  expect(lines[2]).toMatch(/by mx\.nw\.example /);
  expect(lines.slice(-3)).toEqual(["Subject: x", "", ""]);
  expect(stamped(raw, {})).toBe(raw);
});
