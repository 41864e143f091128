import { expect, it } from "vitest";
import { attemptsOf } from "../../src/db/attempt.ts";
import { getRaw } from "../../src/db/raw.ts";
import { TOKEN_PLACEHOLDER } from "../../src/mail/token.ts";
import type { SendResult } from "../../src/smtp/send.ts";
import { deliver } from "../../src/stages/deliver.ts";
import { resend } from "../../src/stages/resend.ts";
import { mail } from "../harness/mails.ts";
import { onBothStores } from "../db/stores.ts";
import { agentAnswers, DAY, openStreet, SECOND, type Street } from "./street.ts";

const MINUTE = 60 * SECOND;

/** A ticket whose agent has answered; the reply waits. */
async function answered(street: Street, from: string, text = "Please try again.") {
  const ticket = await street.open({ from });
  const address = `${ticket.assignee}@nw.example`;
  await street.receive(await agentAnswers(street.lastTo(address), text));
  const reply = (await street.deliveries({ kind: "reply", ticket_id: ticket.id }))[0]!;
  return { ticket, address, reply };
}

/** What the server says to the mails of one customer, one after the other; the last is said again and again. */
const says = (to: string, ...answers: (SendResult | { before: SendResult })[]) => {
  let n = 0;
  return (sent: { to: string }) => (sent.to === to ? answers[Math.min(n++, answers.length - 1)] : undefined);
};

onBothStores("a delivery", (store) => {
  it("that is deferred waits with a growing back-off, is tried again, and arrives", async () => {
    const street = await openStreet(store);
    street.smtp.script = says(
      "m@deferred.example",
      { kind: "accepted", response: "250 ack" },
      { before: { kind: "deferred", response: "421 busy" } },
      { before: { kind: "deferred", response: "451 later" } },
      { kind: "accepted", response: "250 ok" },
    );
    const { ticket, reply } = await answered(street, "m@deferred.example", "#close\n\nSolved.");
    await street.pass(3 * SECOND);
    const first = await street.delivery(reply.id);
    expect(first).toMatchObject({ state: "pending", attempts: 1, response: "421 busy" });
    expect(first.not_before - street.clock.now).toBeGreaterThanOrEqual(15 * SECOND);
    expect((await street.ticket(ticket.id)).status).toBe("open");
    await street.pass(MINUTE);
    const second = await street.delivery(reply.id);
    expect(second).toMatchObject({ state: "pending", attempts: 2 });
    expect(second.not_before - street.clock.now).toBeGreaterThanOrEqual(30 * SECOND);
    await street.pass(2 * MINUTE);
    expect(await street.delivery(reply.id)).toMatchObject({ state: "accepted", response: "250 ok" });
    expect((await street.ticket(ticket.id)).status).toBe("closed");
    expect(await attemptsOf(street.db, reply.id)).toMatchObject([
      { outcome: "deferred", data_started_at: null },
      { outcome: "deferred", data_started_at: null },
      { outcome: "accepted" },
    ]);
    expect(street.sentTo("m@deferred.example")).toHaveLength(2);
  });

  it("that nobody takes for four days is given up, and the agent is told", async () => {
    const street = await openStreet(store);
    const { ticket, address, reply } = await answered(street, "m@never.example");
    street.smtp.script = says("m@never.example", { before: { kind: "deferred", response: "450 never" } });
    for (let day = 0; day < 6; day++) await street.pass(DAY);
    const given = await street.delivery(reply.id);
    expect(given.state).toBe("rejected");
    expect(given.response).toMatch(/^given up after \d+ tries in four days; the last: 450 never$/);
    expect(street.lastTo(address).message.subject).toContain("NOT DELIVERED");
    expect((await street.events(ticket.id)).map(({ name }) => name)).toContain("reply rejected");
  });

  it("that is refused is told to the agent who wrote it, and the ticket does not close", async () => {
    const street = await openStreet(store);
    const { ticket, address, reply } = await answered(street, "m@refuses.example", "#close\n\nSolved.");
    street.smtp.script = says("m@refuses.example", { before: { kind: "rejected", response: "550 no such user" } });
    await street.pass(3 * SECOND);
    expect(await street.delivery(reply.id)).toMatchObject({ state: "rejected" });
    expect(street.lastTo(address).message.text).toContain("550 no such user");
    expect((await street.ticket(ticket.id)).status).toBe("open");
  });

  it("that is uncertain is told, never sent again by itself, and by a human with the same bytes", async () => {
    const street = await openStreet(store);
    const { address, reply } = await answered(street, "m@uncertain.example");
    street.smtp.script = says("m@uncertain.example", { kind: "uncertain", why: "the connection was lost" });
    await street.pass(3 * SECOND);
    expect(await street.delivery(reply.id)).toMatchObject({ state: "uncertain" });
    expect(street.lastTo(address).message.text).toContain("We do not know");
    await street.pass(DAY);
    expect(street.sentTo("m@uncertain.example")).toHaveLength(2);
    expect(await resend(street.stage, reply.id)).toHaveProperty("done");
    await street.ring();
    expect(await street.delivery(reply.id)).toMatchObject({ state: "uncertain" });
    const [, first, second] = street.sentTo("m@uncertain.example");
    expect(second!.bytes.equals(first!.bytes)).toBe(true);
    const told = street.sentTo(address).filter(({ message }) => message.subject.includes("NOT DELIVERED"));
    expect(told).toHaveLength(2);
    street.smtp.script = () => undefined;
    await resend(street.stage, reply.id);
    await street.ring();
    expect(await street.delivery(reply.id)).toMatchObject({ state: "accepted" });
    expect(await resend(street.stage, reply.id)).toMatchObject({ refused: expect.stringContaining("accepted") });
    expect(await resend(street.stage, 999_999)).toMatchObject({ missing: true });
  });

  it("of an acknowledgement that is uncertain is terminal: the ticket has none other", async () => {
    const street = await openStreet(store);
    street.smtp.script = says("m@ack.example", { kind: "uncertain", why: "the connection was lost" });
    const ticket = await street.open({ from: "m@ack.example" });
    await street.pass(DAY);
    expect(street.sentTo("m@ack.example")).toHaveLength(1);
    expect(await street.deliveries({ kind: "ack", ticket_id: ticket.id })).toMatchObject([{ state: "uncertain" }]);
  });

  it("is sent by one of many workers, once", async () => {
    const street = await openStreet(store);
    const { reply } = await answered(street, "m@workers.example");
    street.clock.now += 3 * SECOND;
    await Promise.all(
      Array.from({ length: 8 }, (_, n) => deliver(street.stage, street.send, `worker:${n}`, reply.id, 0)),
    );
    expect(street.sentTo("m@workers.example")).toHaveLength(2);
    expect(await street.delivery(reply.id)).toMatchObject({ state: "accepted", attempts: 1 });
  });

  it("is not sent before its time, nor at another epoch", async () => {
    const street = await openStreet(store);
    const { reply } = await answered(street, "m@early.example");
    await deliver(street.stage, street.send, "worker:early", reply.id, 0);
    await deliver(street.stage, street.send, "worker:early", reply.id, 7);
    expect(street.sentTo("m@early.example")).toHaveLength(1);
    expect(await street.delivery(reply.id)).toMatchObject({ state: "pending", attempts: 0 });
  });

  it("whose stored bytes are damaged waits with the reason and sends nothing", async () => {
    const street = await openStreet(store);
    const { reply } = await answered(street, "m@damaged.example");
    await street
      .db("raw")
      .where({ sha256: reply.raw_sha256 })
      .update({ bytes: Buffer.from("x"), codec: "none" });
    await street.pass(3 * SECOND);
    const waiting = await street.delivery(reply.id);
    expect(waiting).toMatchObject({ state: "pending" });
    expect(waiting.response).toContain("damaged");
    expect(street.sentTo("m@damaged.example")).toHaveLength(1);
  });

  it("keeps its outcome when the store is away for a moment", async () => {
    const street = await openStreet(store);
    const { reply } = await answered(street, "m@away.example");
    street.clock.now += 3 * SECOND;
    let away = 0;
    const db = new Proxy(street.db, {
      get: (target, name) =>
        name === "transaction" && street.sentTo("m@away.example").length > 1 && away++ < 2
          ? async () => Promise.reject(new Error("the store is away"))
          : Reflect.get(target, name),
      apply: (target, self, args) => Reflect.apply(target, self, args),
    });
    await deliver({ ...street.stage, db }, street.send, "worker:away", reply.id, 0);
    expect(away).toBeGreaterThanOrEqual(2);
    expect(await street.delivery(reply.id)).toMatchObject({ state: "accepted" });
  });

  it("to an agent who has left since is cancelled", async () => {
    const street = await openStreet(store);
    street.smtp.script = ({ to }) =>
      to.endsWith("@nw.example") ? { before: { kind: "deferred", response: "451 wait" } } : undefined;
    const ticket = await street.open({ from: "m@gone.example" });
    const without = { ...street.desk, agents: { ...street.desk.agents } };
    for (const key of ["ann", "ben"]) without.agents[key] = { ...without.agents[key]!, active: false };
    const { storeDesk } = await import("../../src/db/desk.ts");
    await street.db.transaction((tx) => storeDesk(tx, without, "test", street.clock.now));
    street.smtp.script = () => undefined;
    await street.pass(MINUTE);
    expect(await street.deliveries({ kind: "notice", ticket_id: ticket.id })).toMatchObject([
      { state: "cancelled", response: "the agent is no longer active" },
    ]);
    expect((await street.events(ticket.id)).map(({ name }) => name)).toContain("notice not sent");
    await street.db.transaction((tx) => storeDesk(tx, street.desk, "test", street.clock.now));
  });

  it("carries an agent's token only on the wire, never in the store", async () => {
    const street = await openStreet(store);
    const ticket = await street.open({ from: "m@wire.example" });
    const [notice] = await street.deliveries({ kind: "notice", ticket_id: ticket.id });
    const stored = (await getRaw(street.db, notice!.raw_sha256!)).toString("latin1");
    const sent = street.lastTo(`${ticket.assignee}@nw.example`).bytes.toString("latin1");
    expect(stored).toContain(TOKEN_PLACEHOLDER);
    expect(sent).not.toContain(TOKEN_PLACEHOLDER);
    const [token] = /(?<=\+a\d+-)[a-z2-7]{26}/.exec(sent)!;
    expect(stored).not.toContain(token);
    for (const table of ["delivery", "message_ref", "event", "entry"])
      expect(JSON.stringify(await street.db(table).select())).not.toContain(token);
  });
});

onBothStores("a bounce", (store) => {
  const report = (to: string, original: string | undefined, action = "failed") =>
    Buffer.from(
      [
        "Return-Path: <>",
        "From: MAILER-DAEMON@mx.bounce.example",
        `To: ${to}`,
        "Subject: Undelivered Mail Returned to Sender",
        `Message-ID: <${action}-${original ?? to}>`,
        "Auto-Submitted: auto-replied",
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
        "",
        "--b",
        "Content-Type: text/plain",
        "",
        "I could not deliver it.",
        "--b",
        "Content-Type: message/delivery-status",
        "",
        "Reporting-MTA: dns; mx.bounce.example",
        "",
        "Final-Recipient: rfc822; m@bounce.example",
        `Action: ${action}`,
        "Status: 5.1.1",
        "Diagnostic-Code: smtp; 550 no such user",
        "",
        "--b",
        "Content-Type: text/rfc822-headers",
        "",
        ...(original ? [`Message-ID: <${original}>`] : []),
        "",
        "--b--",
        "",
      ].join("\r\n"),
    );

  it("marks the delivery, is told to the agent once, and wakes nothing", async () => {
    const street = await openStreet(store);
    const { ticket, address, reply } = await answered(street, "m@bounce.example", "#close\n\nSolved.");
    await street.pass(3 * SECOND);
    const sent = street.lastTo("m@bounce.example");
    const before = street.sentTo(address).length;
    const row = await street.receive(report(sent.from, sent.message.messageId));
    expect(row).toMatchObject({ verdict: "record-report", ticket_id: ticket.id });
    const bounced = await street.delivery(reply.id);
    expect(bounced.bounced_at).toBe(street.clock.now);
    expect(bounced.bounce).toContain("5.1.1");
    expect(street.sentTo(address)).toHaveLength(before + 1);
    expect(street.lastTo(address).message.text).toContain("550 no such user");
    expect(await street.ticket(ticket.id)).toMatchObject({ status: "closed" });
    expect((await street.events(ticket.id)).map(({ name }) => name)).toContain("bounced");
    expect(street.sentTo("MAILER-DAEMON@mx.bounce.example")).toEqual([]);
  });

  it("finds the delivery by its envelope address alone, or by the Message-ID alone", async () => {
    const street = await openStreet(store);
    const one = await answered(street, "m@verp.example");
    const two = await answered(street, "m@id.example");
    await street.pass(3 * SECOND);
    await street.receive(report(street.lastTo("m@verp.example").from, undefined));
    expect((await street.delivery(one.reply.id)).bounced_at).not.toBeNull();
    await street.receive(report("support@nw.example", street.lastTo("m@id.example").message.messageId));
    expect((await street.delivery(two.reply.id)).bounced_at).not.toBeNull();
  });

  it("that only tells of a delay marks nothing and disturbs nobody", async () => {
    const street = await openStreet(store);
    const { ticket, address, reply } = await answered(street, "m@delay.example");
    await street.pass(3 * SECOND);
    const before = street.sentTo(address).length;
    await street.receive(report(street.lastTo("m@delay.example").from, undefined, "delayed"));
    expect((await street.delivery(reply.id)).bounced_at).toBeNull();
    expect(street.sentTo(address)).toHaveLength(before);
    expect((await street.events(ticket.id)).at(-1)).toMatchObject({ name: "report" });
  });

  it("with a forged envelope token is about nothing", async () => {
    const street = await openStreet(store);
    const { reply } = await answered(street, "m@forged.example");
    await street.pass(3 * SECOND);
    await street.receive(report(`support+b${reply.id}-${"a".repeat(26)}@nw.example`, undefined));
    expect((await street.delivery(reply.id)).bounced_at).toBeNull();
  });

  it("that belongs to nothing is recorded and opens no ticket", async () => {
    const street = await openStreet(store);
    const row = await street.receive(report("support@nw.example", "unknown@elsewhere.example"));
    expect(row).toMatchObject({ state: "recorded", verdict: "record-report", ticket_id: null });
    expect(await street.receive(mail({ from: "m@plain.example", to: "support@nw.example" }))).toMatchObject({
      verdict: "open-ticket",
    });
  });
});
