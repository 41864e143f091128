/** What machines report about our mail finds the delivery it is about, by every way that is left to it. */
import { expect, it } from "vitest";
import { onBothStores } from "../db/stores.ts";
import { agentAnswers, openStreet, SECOND, type Street } from "./street.ts";

type Part = readonly [type: string, body: readonly string[]];
type Report = {
  to?: string;
  from?: string;
  subject?: string;
  type?: string;
  headers?: readonly string[];
  parts?: readonly Part[];
  text?: readonly string[];
};

let made = 0;

/** A report's bytes: a multipart/report of the parts, or the text alone. */
function report({ type = "delivery-status", parts, text = [], headers = [], ...named }: Report): Buffer {
  const body = parts
    ? parts.flatMap(([partType, lines]) => ["--b", `Content-Type: ${partType}`, "", ...lines, ""]).concat("--b--", "")
    : [...text, ""];
  const content = parts ? `multipart/report; report-type=${type}; boundary="b"` : "text/plain; charset=utf-8";
  const lines = [
    "Return-Path: <>",
    `From: ${named.from ?? "Mail Delivery System <MAILER-DAEMON@mx.away.example>"}`,
    `To: ${named.to ?? "support@nw.example"}`,
    `Subject: ${named.subject ?? "Undelivered Mail Returned to Sender"}`,
    `Message-ID: <report-${++made}@mx.away.example>`,
    ...headers,
    "MIME-Version: 1.0",
    `Content-Type: ${content}`,
    "",
    ...body,
  ];
  return Buffer.from(lines.join("\r\n"));
}

const returned = (id: string): Part => ["text/rfc822-headers", [`Message-ID: <${id}>`, "Subject: Re: Printer"]];
const status = (recipient: string, action = "failed", code = "5.1.1"): Part => [
  "message/delivery-status",
  [
    "Reporting-MTA: dns; mx.away.example",
    "",
    `Final-Recipient: rfc822; ${recipient}`,
    `Action: ${action}`,
    `Status: ${code}`,
  ],
];

/** A ticket whose agent has answered, the answer on its way. */
async function answered(street: Street, from: string, more: { cc?: string; text?: string } = {}) {
  const ticket = await street.open({ from, ...(more.cc ? { cc: more.cc } : {}) });
  const agent = `${ticket.assignee}@nw.example`;
  await street.receive(await agentAnswers(street.lastTo(agent), more.text ?? "Please try again."));
  await street.pass(3 * SECOND);
  const replies = await street.deliveries({ kind: "reply", ticket_id: ticket.id });
  return { ticket, agent, replies, reply: replies[0]!, sent: street.lastTo(from) };
}

const lastEvent = async (street: Street, ticketId: number) => (await street.events(ticketId)).at(-1)!;
const names = async (street: Street, ticketId: number) => (await street.events(ticketId)).map(({ name }) => name);

onBothStores("a bounce finds its delivery", (store) => {
  it("by the token in the address, when a server wrote prose and returned nothing", async () => {
    const street = await openStreet(store);
    const { ticket, reply, sent } = await answered(street, "m@token.example");
    const row = await street.receive(
      report({ to: sent.from, subject: "failure notice", text: ["<m@token.example>:", "550 no such user here"] }),
    );
    expect(row).toMatchObject({ verdict: "record-report", ticket_id: ticket.id });
    expect((await street.delivery(reply.id)).bounce).toBe("failed: m@token.example, 5.1.1, 550 no such user here");
    expect(await names(street, ticket.id)).toContain("bounced");
  });

  it("by the Message-ID of the returned message, when the token is lost", async () => {
    const street = await openStreet(store);
    const { reply, sent } = await answered(street, "m@id.example");
    await street.receive(report({ parts: [status("m@id.example"), returned(sent.message.messageId!)] }));
    expect((await street.delivery(reply.id)).bounced_at).toBe(street.clock.now);
  });

  it("by what the bounce answers, when nothing was returned", async () => {
    const street = await openStreet(store);
    const { reply, sent } = await answered(street, "m@refs.example");
    const headers = [`References: <older@home.example> <${sent.message.messageId}>`];
    await street.receive(report({ headers, text: ["<m@refs.example>:", "550 5.1.1 unknown"] }));
    expect((await street.delivery(reply.id)).bounced_at).toBe(street.clock.now);
  });

  it("by an agent's Message-ID, when it was our own notification that failed", async () => {
    const street = await openStreet(store);
    const { ticket, agent } = await answered(street, "m@agents.example");
    const notice = street.sentTo(agent).find(({ message }) => message.text.includes("m@agents.example"))!;
    const before = street.outbox.length;
    await street.receive(report({ parts: [status(agent), returned(notice.message.messageId!)] }));
    const [marked] = (await street.deliveries({ ticket_id: ticket.id })).filter(
      ({ bounced_at }) => bounced_at !== null,
    );
    expect(marked).toMatchObject({ audience: "agent", recipient: agent });
    expect(street.outbox).toHaveLength(before);
  });

  it("of several copies with one Message-ID, by the recipient", async () => {
    const street = await openStreet(store);
    const { ticket, replies, sent } = await answered(street, "m@many.example", { cc: "p@many.example" });
    expect(replies.map(({ recipient }) => recipient)).toEqual(["m@many.example", "p@many.example"]);
    const id = sent.message.messageId!;
    await street.receive(report({ parts: [status("p@many.example"), returned(id)] }));
    expect((await street.delivery(replies[1]!.id)).bounced_at).not.toBeNull();
    expect((await street.delivery(replies[0]!.id)).bounced_at).toBeNull();
    await street.receive(report({ parts: [status("forwarded@elsewhere.example"), returned(id)] }));
    expect((await street.delivery(replies[0]!.id)).bounced_at).toBeNull();
    expect(await lastEvent(street, ticket.id)).toMatchObject({
      name: "bounced",
      detail: "failed: forwarded@elsewhere.example, 5.1.1",
    });
  });

  it("once and no more: a second bounce of the same mail is told to nobody again", async () => {
    const street = await openStreet(store);
    const { agent, sent } = await answered(street, "m@twice.example");
    await street.receive(report({ to: sent.from, parts: [status("m@twice.example")] }));
    const told = street.sentTo(agent).length;
    await street.receive(report({ to: sent.from, parts: [status("m@twice.example")] }));
    expect(street.sentTo(agent)).toHaveLength(told);
  });
});

onBothStores("a report that is no failure", (store) => {
  it.each([
    ["delayed", "4.4.1"],
    ["delivered", "2.0.0"],
    ["relayed", "2.0.0"],
  ])("%s is an event and marks nothing", async (action, code) => {
    const street = await openStreet(store);
    const { ticket, agent, reply, sent } = await answered(street, `m@${action}.example`);
    const before = street.sentTo(agent).length;
    await street.receive(report({ to: sent.from, parts: [status(`m@${action}.example`, action, code)] }));
    expect((await street.delivery(reply.id)).bounced_at).toBeNull();
    expect(street.sentTo(agent)).toHaveLength(before);
    expect(await lastEvent(street, ticket.id)).toMatchObject({
      name: "report",
      detail: `${action}: m@${action}.example, ${code}`,
    });
  });

  it("a complaint is an event of its ticket: nothing is sent, nothing reopens", async () => {
    const street = await openStreet(store);
    const { ticket, reply, sent } = await answered(street, "m@complains.example", { text: "#close\n\nSolved." });
    expect((await street.ticket(ticket.id)).status).toBe("closed");
    const before = street.outbox.length;
    const row = await street.receive(
      report({
        type: "feedback-report",
        from: "fbl@provider.example",
        subject: "Abuse report",
        parts: [
          ["text/plain", ["This is an abuse report."]],
          [
            "message/feedback-report",
            ["Feedback-Type: abuse", "Version: 1", "Original-Rcpt-To: <m@complains.example>"],
          ],
          ["message/rfc822", [`Message-ID: <${sent.message.messageId}>`, "", "Solved."]],
        ],
      }),
    );
    expect(row).toMatchObject({ verdict: "record-report", ticket_id: ticket.id });
    expect(await lastEvent(street, ticket.id)).toMatchObject({
      name: "complaint",
      detail: "abuse: m@complains.example",
    });
    expect((await street.ticket(ticket.id)).status).toBe("closed");
    expect((await street.delivery(reply.id)).bounced_at).toBeNull();
    expect(street.outbox).toHaveLength(before);
  });

  it.each([
    ["displayed", "read"],
    ["deleted", "report"],
  ])("a receipt that says %s is the event %s", async (disposition, event) => {
    const street = await openStreet(store);
    const { ticket, sent } = await answered(street, `m@${disposition}.example`, { text: "#close\n\nSolved." });
    const before = street.outbox.length;
    await street.receive(
      report({
        type: "disposition-notification",
        from: `m@${disposition}.example`,
        subject: "Read: Re: Printer",
        parts: [
          ["text/plain", ["Your message was seen."]],
          [
            "message/disposition-notification",
            [
              `Final-Recipient: rfc822; m@${disposition}.example`,
              `Original-Message-ID: <${sent.message.messageId}>`,
              `Disposition: manual-action/MDN-sent-manually; ${disposition}`,
            ],
          ],
        ],
      }),
    );
    expect(await lastEvent(street, ticket.id)).toMatchObject({
      name: event,
      detail: `${disposition}: m@${disposition}.example`,
    });
    expect((await street.ticket(ticket.id)).status).toBe("closed");
    expect(street.outbox).toHaveLength(before);
  });

  it("a complaint about nothing of ours is recorded and opens no ticket", async () => {
    const street = await openStreet(store);
    const row = await street.receive(
      report({
        type: "feedback-report",
        from: "fbl@provider.example",
        parts: [["message/feedback-report", ["Feedback-Type: abuse"]]],
      }),
    );
    expect(row).toMatchObject({ state: "recorded", verdict: "record-report", ticket_id: null });
  });
});

onBothStores("a forged bounce", (store) => {
  it("with a made-up token and an unknown Message-ID marks nothing", async () => {
    const street = await openStreet(store);
    const { ticket, reply } = await answered(street, "m@forged.example");
    const before = (await street.events(ticket.id)).length;
    const to = `support+b${reply.id}-${"q".repeat(26)}@nw.example`;
    const row = await street.receive(
      report({ to, parts: [status("m@forged.example"), returned(`a${reply.id}.${"q".repeat(26)}@test.postern`)] }),
    );
    expect(row).toMatchObject({ verdict: "record-report", ticket_id: null });
    expect((await street.delivery(reply.id)).bounced_at).toBeNull();
    expect(await street.events(ticket.id)).toHaveLength(before);
  });
});
