/** An agent answers our own notification from ten mail clients: the commands are carried out, and the customer's copy is clean. */
import { simpleParser } from "mailparser";
import { expect, it } from "vitest";
import { onSqlite } from "../db/stores.ts";
import { openStreet, SECOND, type Sent, verdictOf } from "../stages/street.ts";
import type { Client } from "./client.ts";
import { CLIENTS } from "./clients.ts";
import { message, originalOf } from "./client-mime.ts";

let count = 0;

/** The client's answer as it arrives at the desk. */
async function answerOf(client: Client, notice: Sent): Promise<Buffer> {
  const original = await originalOf(notice.bytes);
  const headers = [
    ...verdictOf("pass", "nw.example").map(([name, value]) => `${name}: ${value}`),
    "Received: from ann-laptop.lan ([10.11.12.13]) by out.nw.example with ESMTPSA; Mon, 23 Nov 2026 10:59:59 +0000",
    `From: Ann Lee <${notice.to}>`,
    `To: ${original.name} <${original.address}>`,
    `Subject: Re: ${original.subject}`,
    "Date: Mon, 23 Nov 2026 11:00:00 +0000",
    `Message-ID: <answer${++count}@ann-laptop.lan>`,
    `In-Reply-To: <${original.messageId}>`,
    `References: ${[...original.references, original.messageId].map((id) => `<${id}>`).join("\r\n ")}`,
    ...client.headers,
  ];
  return message(headers, client.body(original));
}

onSqlite("an agent's answer", (store) => {
  it.each(CLIENTS)("from $name", async (client) => {
    const street = await openStreet(store);
    const from = `maria@${client.name.toLowerCase().replace(/\W+/g, "-")}.example`;
    const ticket = await street.open({ from: `Maria Santos <${from}>`, subject: "The scanner shows stripes" });
    const address = `${ticket.assignee}@nw.example`;
    const row = await street.receive(await answerOf(client, street.lastTo(address)));
    expect({ state: row.state, told: street.lastTo(address).message.text.slice(0, 400) }).toMatchObject({
      state: "recorded",
    });
    await street.pass(3 * SECOND);

    expect(await street.ticket(ticket.id)).toMatchObject({ status: "closed", priority: "high" });
    const copy = await simpleParser(street.lastTo(from).bytes, { skipHtmlToText: true, skipTextToHtml: true });
    const name = ticket.assignee === "ann" ? "Ann" : "Ben";
    const below = `${name}, Northwind Support\n\nWe consider this solved. If it is not, reply and it opens again.\n`;
    expect(copy.text!.trimEnd()).toBe(`${client.text}\n\n${below}`.trimEnd());
    const html = /<body[^>]*>\n?([\s\S]*)<\/body>/.exec(copy.html as string)![1]!.replace(/ style="[^"]*"/g, "");
    const belowHtml = `<p>${name}, Northwind Support</p>\n<p>We consider this solved. If it is not, reply and it opens again.</p>`;
    expect(html.trim()).toBe(`${client.html}\n${belowHtml}`);
    expect(copy.attachments.map(({ filename }) => filename)).toEqual(client.files);
    expect(copy.headerLines.map(({ key }) => key).join(" ")).not.toMatch(
      /x-|user-agent|thread-|received|language|feedback/,
    );
    expect((await street.entries(ticket.id)).at(-1)).toMatchObject({ kind: "reply", text: client.text });
  });
});
