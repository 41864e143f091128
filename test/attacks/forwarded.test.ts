/** What an agent passes on is somebody else's mail: nothing in it acts in the agent's name. */
import { expect, it } from "vitest";
import { onSqlite } from "../db/stores.ts";
import { mail } from "../harness/mails.ts";
import { answers, listDesk } from "../stages/list-mails.ts";
import { openStreet, type Street, verdictOf } from "../stages/street.ts";

type Heading = (from: string, original: string) => string;

/** Gmail, Outlook, Apple Mail, Thunderbird. */
const HEADINGS: Readonly<Record<string, Heading>> = {
  gmail: (from, original) =>
    `---------- Forwarded message ---------\nFrom: ${from}\nDate: Mon, 23 Nov 2026 at 10:02\nSubject: Invoice 12\nTo: Ann Lee <ann@nw.example>\n\n${original}\n`,
  outlook: (from, original) =>
    `________________________________\nFrom: ${from}\nSent: Monday, November 23, 2026 10:02\nTo: Ann Lee <ann@nw.example>\nSubject: Invoice 12\n\n${original}\n`,
  apple: (from, original) =>
    `Begin forwarded message:\n\nFrom: ${from}\nSubject: Invoice 12\nDate: 23 November 2026 at 10:02:00 GMT\nTo: ann@nw.example\n\n${original}\n`,
  thunderbird: (from, original) =>
    `-------- Forwarded Message --------\nSubject: \tInvoice 12\nDate: \tMon, 23 Nov 2026 10:02:00 +0000\nFrom: \t${from}\nTo: \tAnn Lee <ann@nw.example>\n\n\n\n${original}\n`,
};

const passesOn = async (street: Street, text: string) =>
  await street.receive(
    mail({
      from: "Ann Lee <ann@nw.example>",
      to: "support@nw.example",
      subject: "Fwd: Invoice 12",
      headers: verdictOf("pass", "nw.example"),
      text,
    }),
  );

/** With the mail as a file, so that it is found by its Message-ID. */
function attached(from: string, words: string, author: string, id: string): Buffer {
  const stamp = verdictOf("pass", "nw.example").map(([name, value]) => `${name}: ${value}`);
  const head = [`From: ${from}`, "To: support@nw.example", "Subject: Fwd: Bill", `Message-ID: <f-${id}>`];
  const inner = `From: ${author}\nTo: it@nw.example\nSubject: Bill\nMessage-ID: <${id}>\nMIME-Version: 1.0\nContent-Type: text/plain\n\nHello\n`;
  const parts = `--out\nContent-Type: text/plain\n\n${words}\n--out\nContent-Type: message/rfc822\n\n${inner}\n--out--\n`;
  const mime = ["MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=out"];
  return Buffer.from(`${[...stamp, ...head, ...mime].join("\n")}\n\n${parts}`.replaceAll("\n", "\r\n"));
}

onSqlite("a mail that is in a ticket which the agent may not see", (store) => {
  it.each([
    ["of another department", "ben", "joe@hidden.example"],
    ["of their own, as its customer", "dev", "dev@nw.example"],
  ])("opens it by no forward, nor acts on it: %s", async (_, key, customer) => {
    const street = await openStreet(store, { desk: listDesk() });
    const headers = verdictOf("pass", "nw.example");
    const first = `first-${key}@nw.example`;
    const ticket = await street.open({ from: customer, to: "it@nw.example", messageId: first, headers });
    const id = `second-${key}@hidden.example`;
    const from = "joe@hidden.example";
    const text = "The salary list.\n";
    await street.receive(mail({ from, to: "it@nw.example", messageId: id, inReplyTo: first, text }));
    const address = `${key}@nw.example`;
    const row = await street.receive(attached(address, "#close #tag mine", from, id));
    expect(row).toMatchObject({ verdict: "forwarded-in", ticket_id: ticket.id });
    expect(await street.ticket(ticket.id)).toMatchObject({ status: "open", tags: [] });
    expect(street.lastTo(address).message.text).toContain("you may not see that ticket, nor act on it");
    const { text: shown } = await answers(street, street.lastTo(address), "#show");
    expect(shown).not.toContain("salary");
    await answers(street, street.lastTo(address), "#close");
    expect((await street.ticket(ticket.id)).status).toBe("open");
  });
});

onSqlite("a customer's commands in a mail that an agent passes on", (store) => {
  it.each(Object.keys(HEADINGS))("are words, also where the agent has written none: %s", async (client) => {
    const street = await openStreet(store);
    for (const [n, words] of ["", "\n\n", "Please look.\n\n"].entries())
      for (const [k, original] of ["#spam", "Hello,\n\nmy problem.\n\n#priority urgent #tag vip"].entries()) {
        const from = `m@${client}-${n}-${k}.example`;
        const row = await passesOn(street, words + HEADINGS[client]!(`M <${from}>`, original));
        expect(row.verdict).toBe("forwarded-in");
        const ticket = await street.ticket(row.ticket_id!);
        expect(ticket).toMatchObject({ customer: { address: from }, priority: "normal", tags: [], spam: false });
        const [, note] = await street.entries(ticket.id);
        expect(note!.text).toBe(words.trim() || "Forwarded by Ann Lee.");
      }
  });

  it("the agent's own above it still act", async () => {
    const street = await openStreet(store);
    const row = await passesOn(street, `#priority high\n\n${HEADINGS["gmail"]!("M <m@own.example>", "Hi\n\n#spam")}`);
    expect(await street.ticket(row.ticket_id!)).toMatchObject({ priority: "high", spam: false });
  });

  it("whoever of the desk wrote the original is no customer, under whatever detail of their address", async () => {
    const street = await openStreet(store);
    for (const author of ["ann@nw.example", "ben+lists@nw.example", "support+x@nw.example", '"ben"@nw.example'])
      expect((await passesOn(street, `\n${HEADINGS["gmail"]!(`B <${author}>`, "Hi")}`)).verdict).toBe("open-ticket");
  });
});
