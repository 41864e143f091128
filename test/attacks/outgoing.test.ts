/** Attempts to get a secret out to a customer, or to make a mail that must not leave hold up everything behind it. */
import { expect, it } from "vitest";
import { agentAnswers, openStreet, SECOND, type Sent, type Street, verdictOf } from "../stages/street.ts";
import { onBothStores } from "../db/stores.ts";
import type { Mail } from "../harness/mails.ts";

const LOOKS_LIKE_A_TOKEN = "a12-aaaaaaaaaaaaaaaaaaaaaaaaaa";

async function told(street: Street, from: string, more = {}) {
  const ticket = await street.open({ from, ...more });
  const address = `${ticket.assignee}@nw.example`;
  return { ticket, notice: street.lastTo(address), address };
}

/** The message with one more part, whose headers and bytes are given. */
function withPart({ raw }: Mail, text: string, part: string): Buffer {
  const head = raw.toString("latin1").split("\r\n\r\n")[0]!;
  const fields = head.replace(/^(?:Content-Type|Content-Transfer-Encoding):.*\r\n?/gim, "").trimEnd();
  const parts = [`Content-Type: text/plain; charset=utf-8\r\n\r\n${text}`, part];
  const body = parts.map((one) => `--b1\r\n${one}\r\n`).join("");
  return Buffer.from(`${fields}\r\nContent-Type: multipart/mixed; boundary=b1\r\n\r\n${body}--b1--\r\n`, "latin1");
}

const attachedAs = (type: string, name: string, content: string): string =>
  `Content-Type: ${type}\r\nContent-Disposition: attachment; filename="${name}"\r\n\r\n${content}`;

async function pendingRoutes(street: Street): Promise<number> {
  return (await street.db("route").where({ state: "pending" })).length;
}

onBothStores("attacks on what leaves", (store) => {
  for (const type of ["message/rfc822", "text/plain", "application/octet-stream"])
    it(`our notification attached as ${type} is held, and the agent is told`, async () => {
      const street = await openStreet(store);
      const customer = `m@attached-${type.replace("/", "-")}.example`;
      const { notice, address } = await told(street, customer);
      const answer = await agentAnswers(notice, "See the file.", { quote: false });
      const file = attachedAs(type, "forwarded.eml", notice.bytes.toString("latin1"));
      const row = await street.receive(withPart(answer, "See the file.", file));
      await street.pass(3 * SECOND);
      expect(row).toMatchObject({ state: "held", hold_reason: "nothing-new" });
      expect(street.sentTo(customer)).toHaveLength(1);
      expect(street.lastTo(address).message.subject).toContain("NOT SENT");
    });

  it("the same words without the file may go after such a hold", async () => {
    const street = await openStreet(store);
    const { notice } = await told(street, "m@again.example");
    const first = await agentAnswers(notice, "See the file.", { quote: false });
    const file = attachedAs("text/plain", "mail.txt", notice.bytes.toString("latin1"));
    await street.receive(withPart(first, "See the file.", file));
    const row = await street.receive(await agentAnswers(notice, "See the file.", { quote: false }));
    await street.pass(3 * SECOND);
    expect(row.state).toBe("recorded");
    expect(street.lastTo("m@again.example").message.text).toContain("See the file.");
  });

  it("a token in the name of a file is held, and the agent is told", async () => {
    const street = await openStreet(store);
    const { notice, address } = await told(street, "m@filename.example");
    const name = `${notice.message.replyTo[0]!.address}.vcf`;
    const answer = await agentAnswers(notice, "Here.", { quote: false });
    const row = await street.receive(withPart(answer, "Here.", attachedAs("text/vcard", name, "BEGIN:VCARD")));
    await street.pass(3 * SECOND);
    expect(row.state).toBe("held");
    expect(street.lastTo(address).message.subject).toContain("NOT SENT");
  });

  it("our notification run together into one line is held", async () => {
    const street = await openStreet(store);
    const { notice, address } = await told(street, "m@flat.example");
    const flat = `My answer. ${notice.message.text.replace(/\s+/g, " ")}`;
    const row = await street.receive(await agentAnswers(notice, flat, { quote: false }));
    await street.pass(3 * SECOND);
    expect(row).toMatchObject({ state: "held", hold_reason: "nothing-new" });
    expect(street.sentTo("m@flat.example")).toHaveLength(1);
    expect(street.lastTo(address).message.subject).toContain("NOT SENT");
  });

  it("an agent's address is taken out when words or endings stick to it", async () => {
    const street = await openStreet(store);
    const { notice, address } = await told(street, "m@sticks.example");
    await street.receive(await agentAnswers(notice, `Write to ${address}.Thanks, or see ${address}.vcf`));
    await street.pass(3 * SECOND);
    const { text } = street.lastTo("m@sticks.example").message;
    expect(text).toContain("Write to support@nw.example.Thanks, or see support@nw.example.vcf");
  });

  it("a customer whose name is an agent's address is answered, without that name", async () => {
    const street = await openStreet(store);
    const { notice } = await told(street, '"ann@nw.example" <m@named.example>');
    const row = await street.receive(await agentAnswers(notice, "Done."));
    await street.pass(3 * SECOND);
    expect(row.state).toBe("recorded");
    expect(street.lastTo("m@named.example").bytes.toString()).not.toContain("ann@");
  });

  it("an agent who is the customer is answered, with a participant in the ticket", async () => {
    const street = await openStreet(store);
    const ticket = await street.open({
      from: "Dev Patel <dev@nw.example>",
      cc: "p@both.example",
      headers: verdictOf("pass", "nw.example"),
    });
    const isNotice = ({ message }: Sent): boolean =>
      message.subject.includes(ticket.publicNumber) && message.replyTo[0]!.address.includes("+a");
    const row = await street.receive(await agentAnswers(street.outbox.find(isNotice)!, "Done, colleague."));
    await street.pass(3 * SECOND);
    expect(row.state).toBe("recorded");
    expect(street.lastTo("p@both.example").message.text).toContain("Done, colleague.");
  });

  it("an address, a name and a subject that look like an agent's token hold nothing up", async () => {
    const street = await openStreet(store);
    const customer = `m+${LOOKS_LIKE_A_TOKEN}@lookalike.example`;
    const { notice } = await told(street, `${LOOKS_LIKE_A_TOKEN} <${customer}>`, { subject: LOOKS_LIKE_A_TOKEN });
    await street.receive(await agentAnswers(notice, "Done."));
    await street.pass(3 * SECOND);
    expect(street.sentTo(customer)).toHaveLength(2);
    expect(await pendingRoutes(street)).toBe(0);
  });

  it("a file with a type that is none does not hold up the ticket", async () => {
    const street = await openStreet(store);
    const question = await agentAnswers(
      { to: "m@type.example", from: "", bytes: Buffer.from("From: support@nw.example\r\n\r\n"), message: {} as never },
      "Look.",
      { from: "m@type.example", auth: "none", quote: false },
    );
    const odd = attachedAs("a b c/\xff; name*0*=utf-8''%0d%0aX-Evil:%201", "x\r\n\t.bin", "bytes");
    const row = await street.receive(withPart(question, "Look.", odd));
    expect(row.state).toBe("recorded");
    expect(await pendingRoutes(street)).toBe(0);
    const notice = street.outbox.find(({ to }) => /^(?:ann|ben)@/.test(to))!;
    expect(notice.message.attachments).toHaveLength(1);
    expect(notice.bytes.toString()).not.toMatch(/^X-Evil/im);
  });
});
