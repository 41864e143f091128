/** Nothing that is the desk's own may reach a customer, whatever an agent's or a customer's mail client does. */
import { randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { leaksIn } from "../../src/mail/scrub.ts";
import { readAttachment } from "../../src/mail/mime/attachments.ts";
import { mail } from "../harness/mails.ts";
import { onBothStores } from "../db/stores.ts";
import { agentAnswers, customerAnswers, openStreet, SECOND, type Sent, type Street, verdictOf } from "./street.ts";

async function told(street: Street, from: string, more = {}) {
  const ticket = await street.open({ from, ...more });
  const address = `${ticket.assignee}@nw.example`;
  return { ticket, notice: street.lastTo(address), address };
}

/** A multipart mail with files, as a mail client makes it. */
async function withFiles(notice: Sent, text: string, files: readonly { name: string; bytes: Buffer }[]) {
  const answer = await agentAnswers(notice, text, { quote: false });
  const head = answer.raw.toString("latin1").split("\r\n\r\n")[0]!;
  const fields = head.replace(/^(?:Content-Type|Content-Transfer-Encoding):.*\r\n?/gim, "").trimEnd();
  const parts = files.map(
    ({ name, bytes }) =>
      `--b1\r\nContent-Type: application/octet-stream; name="${name}"\r\nContent-Disposition: attachment; filename="${name}"\r\nContent-Transfer-Encoding: base64\r\n\r\n${bytes.toString("base64").replace(/.{76}/g, "$&\r\n")}\r\n`,
  );
  return Buffer.from(
    `${fields}\r\nContent-Type: multipart/mixed; boundary=b1\r\n\r\n--b1\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${text}\r\n${parts.join("")}--b1--\r\n`,
    "latin1",
  );
}

onBothStores("what may leave", (store) => {
  it("an unquoted notification below the reply is cut off", async () => {
    const street = await openStreet(store);
    const { notice } = await told(street, "m@unquoted.example");
    const text = `Please try again.\n\nOn 23 Nov 2026, at 10:02, Maria via Northwind wrote:\n\n${notice.message.text}`;
    const row = await street.receive(await agentAnswers(notice, text, { quote: false }));
    await street.pass(3 * SECOND);
    expect(row.state).toBe("recorded");
    const reply = street.lastTo("m@unquoted.example").message.text;
    expect(reply).toContain("Please try again.");
    expect(reply).not.toMatch(/===|Optional first lines|wrote:/);
  });

  it("an answer below the unquoted notification is held: it could be anything", async () => {
    const street = await openStreet(store);
    const { notice, address } = await told(street, "m@below.example");
    const row = await street.receive(
      await agentAnswers(notice, `${notice.message.text}\n\nPlease try again.`, { quote: false }),
    );
    await street.pass(3 * SECOND);
    expect(row).toMatchObject({ state: "held" });
    expect(street.sentTo("m@below.example")).toHaveLength(1);
    expect(street.lastTo(address).message.subject).toContain("NOT SENT");
  });

  it("a reply without new words, or whose words cannot be told from the quoted ones, is held", async () => {
    const street = await openStreet(store);
    const { notice, address } = await told(street, "m@empty.example");
    expect(await street.receive(await agentAnswers(notice, ""))).toMatchObject({
      state: "held",
      hold_reason: "nothing-new",
    });
    expect(street.lastTo(address).message.subject).toContain("NOT SENT");
    await street.pass(3 * SECOND);
    expect(street.sentTo("m@empty.example")).toHaveLength(1);
  });

  it("a reply that repeats a note is held", async () => {
    const street = await openStreet(store);
    const { notice, address } = await told(street, "m@noted.example");
    await street.receive(await agentAnswers(notice, "#note The customer has not paid since August."));
    const row = await street.receive(
      await agentAnswers(notice, "Hello Maria,\n\nas we said: the customer has not paid since August.\n\nAnn"),
    );
    await street.pass(3 * SECOND);
    expect(row).toMatchObject({ state: "held", hold_reason: "nothing-new" });
    expect(street.lastTo(address).message.text).toContain("repeats a note");
    expect(street.sentTo("m@noted.example")).toHaveLength(1);
  });

  it("an agent's files reach the customer byte by byte, once each", async () => {
    const street = await openStreet(store);
    const { ticket, notice } = await told(street, "m@files.example");
    const files = [
      { name: "manual.pdf", bytes: randomBytes(40_000) },
      { name: "key.bin", bytes: Buffer.from([0, 13, 10, 46, 13, 10, 255]) },
    ];
    await street.receive(await withFiles(notice, "Here they are.", files));
    await street.pass(3 * SECOND);
    const { bytes, message } = street.lastTo("m@files.example");
    expect(message.attachments.map(({ filename }) => filename)).toEqual(["manual.pdf", "key.bin"]);
    for (const [part, file] of files.entries())
      expect((await readAttachment(bytes, part)).content.equals(file.bytes)).toBe(true);
    expect((await street.entries(ticket.id)).at(-1)).toMatchObject({ kind: "reply", text: "Here they are." });
  });

  it("a file without words is a reply, too", async () => {
    const street = await openStreet(store);
    const { notice } = await told(street, "m@fileonly.example");
    await street.receive(await withFiles(notice, "", [{ name: "form.txt", bytes: Buffer.from("sign here") }]));
    await street.pass(3 * SECOND);
    expect(street.lastTo("m@fileonly.example").message.attachments).toHaveLength(1);
  });

  it("an agent's address and a token in the text are taken out", async () => {
    const street = await openStreet(store);
    const { notice, address } = await told(street, "m@scrub.example");
    const token = notice.message.replyTo[0]!.address;
    await street.receive(await agentAnswers(notice, `Write to ${address} or to ${token}.`));
    await street.pass(3 * SECOND);
    const reply = street.lastTo("m@scrub.example");
    expect(reply.message.text).toContain("Write to support@nw.example or to support@nw.example.");
  });

  it("nothing secret stands in any byte that a customer or participant gets", async () => {
    const street = await openStreet(store);
    const people = ["m@secret.example", "p@secret.example"];
    const { ticket, notice, address } = await told(street, people[0]!, { cc: people[1] });
    await street.receive(await agentAnswers(notice, "#note A word among colleagues, not for Maria."));
    await street.receive(await agentAnswers(notice, "#priority high #tag vip\n\nAll is well."));
    await street.receive(await customerAnswers(street.lastTo(people[0]!), "Is it?"));
    await street.receive(await agentAnswers(street.lastTo(address), "#close\n\nIt is."));
    await street.pass(3 * SECOND);
    const seen = street.outbox.filter(({ to }) => people.includes(to));
    expect(seen).toHaveLength(5);
    for (const { to, bytes, from } of seen) {
      const leaks = leaksIn(bytes, {
        agentAddresses: ["ann", "ben", "dev"].map((name) => `${name}@nw.example` as never),
        commandLines: ["#priority high #tag vip", "#close", "#note"],
        noteTexts: ["A word among colleagues, not for Maria."],
      });
      expect({ to, leaks }).toEqual({ to, leaks: [] });
      expect(bytes.toString("latin1")).not.toMatch(/\b(?:ann|ben)@nw\.example|[+.]ar?\d+[-.][a-z2-7]{26}/);
      expect(from).toMatch(/^support\+b\d+-[a-z2-7]{26}@nw\.example$/);
    }
    expect(new Set(seen.slice(-2).map(({ message }) => message.messageId)).size).toBe(1);
    expect((await street.ticket(ticket.id)).status).toBe("closed");
  });

  it("a customer's subject or name with an agent's address or a token in it holds nothing up", async () => {
    const street = await openStreet(store);
    const hostile = [
      { subject: "Mail to ann@nw.example comes back" },
      { subject: "Mail to ann%40nw.example comes back" },
      { subject: "Mail to ann&#64;nw.example comes back" },
      { subject: `What is a12-${"a".repeat(26)}` },
      { subject: `Hm support+a12-${"a".repeat(26)}@nw.example` },
      { messageId: `x.a12-${"a".repeat(26)}@hostile.example` },
      { messageId: `ann@nw.example` },
    ];
    for (const [n, parts] of hostile.entries()) {
      const from = `"ann@nw.example" <m@hostile-${n}.example>`;
      const cc = `"Write ann%40nw.example" <p@hostile-${n}.example>`;
      const { ticket, notice } = await told(street, from, { ...parts, cc });
      expect(street.sentTo(`m@hostile-${n}.example`)).toHaveLength(1);
      const answer = await agentAnswers(notice, `Answer ${n}.`);
      expect(await street.receive(answer)).toMatchObject({ state: "recorded", ticket_id: ticket.id });
      await street.pass(3 * SECOND);
      expect(street.sentTo(`m@hostile-${n}.example`)).toHaveLength(2);
      expect(street.sentTo(`p@hostile-${n}.example`)).toHaveLength(1);
    }
  });

  it("an agent who is the customer gets answers, and so do the people in their Cc", async () => {
    const street = await openStreet(store);
    const ticket = await street.open({
      from: "Dev Patel <dev@nw.example>",
      cc: "colleague@elsewhere.example",
      headers: verdictOf("pass", "nw.example"),
    });
    expect(ticket.customer.address).toBe("dev@nw.example");
    const row = await street.receive(await agentAnswers(street.lastTo(`${ticket.assignee}@nw.example`), "Hello Dev."));
    await street.pass(3 * SECOND);
    expect(row.state).toBe("recorded");
    expect(street.lastTo("dev@nw.example").message.text).toContain("Hello Dev.");
    expect(street.lastTo("colleague@elsewhere.example").message.text).toContain("Hello Dev.");
  });

  it("a reply of ours that comes back is known, and is nobody's new message", async () => {
    const street = await openStreet(store);
    const { ticket, notice } = await told(street, "m@back.example");
    await street.receive(await agentAnswers(notice, "Please try again."));
    await street.pass(3 * SECOND);
    const before = street.outbox.length;
    const back = Buffer.concat([
      Buffer.from("Received: from group.back.example by mx.nw.example; Mon, 23 Nov 2026 10:00:00 +0000\r\n"),
      street.lastTo("m@back.example").bytes,
    ]);
    expect(await street.receive(back)).toMatchObject({ verdict: "record-report", ticket_id: ticket.id });
    expect(street.outbox).toHaveLength(before);
    expect((await street.ticket(ticket.id)).waitingFor).toBe("customer");
  });

  it("files that nobody's server would take are held with the reason", async () => {
    const street = await openStreet(store);
    const { notice, address } = await told(street, "m@huge.example");
    const row = await street.receive(
      await withFiles(notice, "The film.", [{ name: "film.bin", bytes: Buffer.alloc(18_100_000, 7) }]),
    );
    expect(row).toMatchObject({ state: "held", hold_reason: "nothing-new" });
    expect(street.lastTo(address).message.text).toContain("more than the 18000000");
  });

  it("a mail that says its files are text, and a mail() with a strange type, still go out", async () => {
    const street = await openStreet(store);
    const ticket = await street.receive(
      mail({ from: "m@types.example", to: "support@nw.example", subject: "=?x?Q?broken", text: "Hello" }),
    );
    expect(ticket).toMatchObject({ state: "recorded", verdict: "open-ticket" });
    expect(street.sentTo("m@types.example")).toHaveLength(1);
  });
});
