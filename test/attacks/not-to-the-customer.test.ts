/** An agent's token travels with whatever their client makes of a notification: only an answer to the desk is one to the customer. */
import { expect, it } from "vitest";
import { onBothStores } from "../db/stores.ts";
import { agentAnswers, openStreet, SECOND, type Sent, type Street, verdictOf } from "../stages/street.ts";
import { mail } from "../harness/mails.ts";

const WORDS = "Could you take this one, I am out of ideas.";

async function told(street: Street, from: string, more: { cc?: string; subject?: string } = {}) {
  const ticket = await street.open({ from, ...more });
  const address = `${ticket.assignee}@nw.example`;
  return { ticket, address, notice: street.lastTo(address), sent: street.sentTo(from).length };
}

async function addressed(notice: Sent, to: string, cc: string, subject = "Re:"): Promise<Buffer> {
  const { raw } = await agentAnswers(notice, WORDS);
  const lines = cc === "" ? `To: ${to}` : `To: ${to}\r\nCc: ${cc}`;
  const text = raw.toString("latin1").replace(/^To: .*(?:\r\n[ \t].*)*/m, lines);
  return Buffer.from(text.replace(/^Subject: Re:/m, `Subject: ${subject}`), "latin1");
}

onBothStores("an agent's mail with their own token", (store) => {
  it.each([
    ["forwarded to a colleague", "dev@nw.example", "support@nw.example", "Fwd:"],
    ["forwarded to the desk", "support@nw.example", "", "WG:"],
    ["answered to a colleague, the desk in Cc", "dev@nw.example", "support@nw.example", "Re:"],
    ["answered to the desk and somebody outside", "support@nw.example, x@maker.example", "", "Re:"],
    ["answered to a colleague alone", "dev@nw.example", "", "Re:"],
  ])("is a note, and the agent is told: %s", async (name, to, cc, subject) => {
    const street = await openStreet(store);
    const from = `m@${name.toLowerCase().replace(/\W+/g, "-")}.example`;
    const { ticket, address, notice, sent } = await told(street, from);
    const row = await street.receive(await addressed(notice, to, cc, subject));
    await street.pass(3 * SECOND);
    expect(row).toMatchObject({ state: "recorded", verdict: "follow-up", ticket_id: ticket.id });
    expect(street.sentTo(from)).toHaveLength(sent);
    expect(street.lastTo(address).message.subject).toContain("NOT SENT");
    expect((await street.entries(ticket.id)).at(-1)).toMatchObject({ kind: "note", text: WORDS });
  });

  it.each([
    ["the desk's plain address", "support@nw.example", ""],
    ["a colleague in Cc", "support@nw.example", "dev@nw.example"],
    ["the customer in To", "support@nw.example, CUSTOMER", ""],
    ["the customer in Cc", "support@nw.example", "CUSTOMER"],
    ["themself in To", "support@nw.example, SELF", ""],
  ])("is an answer: %s", async (name, to, cc) => {
    const street = await openStreet(store);
    const from = `m@${name.toLowerCase().replace(/\W+/g, "-")}.example`;
    const { address, notice, sent } = await told(street, from);
    const named = (list: string) => list.replace("CUSTOMER", from).replace("SELF", address);
    const row = await street.receive(await addressed(notice, named(to), named(cc)));
    await street.pass(3 * SECOND);
    expect(row.verdict).toBe("agent-reply");
    expect(street.sentTo(from)).toHaveLength(sent + 1);
  });

  it("is an answer also where the customer's own subject says Fwd", async () => {
    const street = await openStreet(store);
    const { notice } = await told(street, "m@customers-fwd.example", { subject: "Fwd: the scanner" });
    expect((await street.receive(await agentAnswers(notice, WORDS))).verdict).toBe("agent-reply");
  });
});

onBothStores("an agent's machine", (store) => {
  it.each([
    ["Precedence", "bulk", true],
    ["List-Id", "<away.nw.example>", true],
    ["X-Failed-Recipients", "bob@fabrikam.example", true],
    ["Return-Path", "<>", false],
    ["Auto-Submitted", "auto-replied", false],
    ["X-Autoreply", "yes", false],
  ] as const)("never answers the customer: %s %s; told once: %s", async (field, value, tells) => {
    const street = await openStreet(store);
    const from = `m@machine-${field.toLowerCase()}.example`;
    const { address, notice, sent } = await told(street, from);
    const before = street.sentTo(address).length;
    const headers = [[field, value]] as const;
    expect((await street.receive(await agentAnswers(notice, WORDS, { headers }))).verdict).toBe("record-report");
    await street.pass(3 * SECOND);
    expect(street.sentTo(from)).toHaveLength(sent);
    expect(street.sentTo(address)).toHaveLength(before + (tells ? 1 : 0));
    // Its answer to what it was told is answered by nobody.
    await street.receive(await agentAnswers(street.lastTo(address), `${WORDS} Again.`, { headers }));
    expect(street.sentTo(address).length).toBeLessThanOrEqual(before + 1);
  });

  it("may write to the desk without a token as before", async () => {
    const street = await openStreet(store);
    const headers = [["Precedence", "bulk"] as const, ...verdictOf("pass", "nw.example")];
    const row = await street.receive(mail({ from: "dev@nw.example", to: "support@nw.example", headers }));
    expect(row.verdict).toBe("open-ticket");
  });
});

onBothStores("a forged bounce", (store) => {
  it.each([
    ["in prose, of a stranger's", "mailer-daemon@evil.example"],
    ["of a participant's", "p@two.example"],
  ])("%s does not mark another's copy by the Message-ID that all copies have", async (_, from) => {
    const street = await openStreet(store);
    const { ticket, notice } = await told(street, "m@two.example", { cc: "p@two.example" });
    await street.receive(await agentAnswers(notice, "Please clean the sensor."));
    await street.pass(3 * SECOND);
    const id = street.lastTo("p@two.example").message.messageId;
    const lines = [
      "Return-Path: <>",
      `From: Mail Delivery System <${from}>`,
      "To: support@nw.example",
      "Subject: Undelivered Mail Returned to Sender",
      `Message-ID: <forged-${from}>`,
      `In-Reply-To: <${id}>`,
      "",
      "This is the mail system.",
      "",
      "<m@two.example>: host mx.two.example said: 550 5.1.1 user unknown",
      "",
    ];
    await street.receive(Buffer.from(lines.join("\r\n")));
    const replies = await street.deliveries({ kind: "reply", ticket_id: ticket.id });
    expect(replies.map(({ bounced_at }) => bounced_at)).toEqual([null, null]);
  });
});
