import { expect, it } from "vitest";
import { testDesk } from "../db/desks.ts";
import { onSqlite } from "../db/stores.ts";
import { mail } from "../harness/mails.ts";
import { agentAnswers, openStreet, SECOND, type Sent, type Street } from "./street.ts";

const MINUTE = 60 * SECOND;
const goes = testDesk((text) => text.replace("assign: round-robin", "assign: ben"));
const asks = { ...goes, defaults: { ...goes.defaults, newerMessage: "ask" as const } };

const ben = (sent: Sent, text: string) => agentAnswers(sent, text, { from: "Ben Ortiz <ben@nw.example>" });

/** A ticket whose customer has written once more after the notification that Ben has before him. */
async function writtenTwice(street: Street, customer: string) {
  const ticket = await street.open({ from: `Maria Santos <${customer}>`, messageId: `first.${customer}` });
  const notice = street.lastTo("ben@nw.example");
  await writes(street, customer, "Forget it, the key was in my bag.");
  return { ticket, notice, customer };
}

async function writes(street: Street, customer: string, text: string, more: { headers?: [string, string][] } = {}) {
  street.clock.now += MINUTE;
  const from = `Maria Santos <${customer}>`;
  const date = new Date(street.clock.now);
  await street.receive(mail({ from, to: "support@nw.example", inReplyTo: `first.${customer}`, text, date, ...more }));
  street.clock.now += MINUTE;
}

async function gotten(street: Street, customer: string): Promise<string[]> {
  await street.pass(3 * SECOND);
  return street
    .sentTo(customer)
    .slice(1)
    .map(({ message }) => message.text);
}

const newsOf = (street: Street) =>
  street.sentTo("ben@nw.example").filter(({ message }) => message.text.startsWith("NEWER MESSAGE"));

onSqlite("a reply to a message after which the customer has written again", (store) => {
  it("goes, and the agent is shown the newer message at once; an answer to that answers it", async () => {
    const street = await openStreet(store, { desk: goes });
    const { notice, customer } = await writtenTwice(street, "m@goes.example");
    await street.receive(await ben(notice, "We send a locksmith."));
    const [news, ...more] = newsOf(street);
    expect(more).toEqual([]);
    expect(news!.message.text).toContain("Maria Santos had written once more when your reply came");
    expect(news!.message.text).toContain("  Forget it, the key was in my bag.");
    expect(news!.message.text).toContain("It leaves in 2 seconds; #undo");
    expect(await gotten(street, customer)).toEqual([expect.stringContaining("We send a locksmith.")]);
    await street.receive(await ben(news!, "No locksmith then."));
    expect(await gotten(street, customer)).toHaveLength(2);
    expect(newsOf(street)).toHaveLength(1);
  });

  it("is stopped by #undo in answer to that mail", async () => {
    const street = await openStreet(store, { desk: goes });
    const { notice, customer } = await writtenTwice(street, "m@undo.example");
    await street.receive(await ben(notice, "We send a locksmith."));
    await street.receive(await ben(newsOf(street)[0]!, "#undo"));
    expect(await gotten(street, customer)).toEqual([]);
  });

  it("is nothing to tell of when it answers the newest, when the agent has answered since, or a machine wrote", async () => {
    const street = await openStreet(store, { desk: goes });
    const { notice, customer } = await writtenTwice(street, "m@newest.example");
    await street.receive(await ben(street.lastTo("ben@nw.example"), "Good to hear."));
    street.clock.now += MINUTE;
    await street.receive(await ben(notice, "And thank you for telling us."));
    const headers: [string, string][] = [["Auto-Submitted", "auto-replied"]];
    const about = street.lastTo("ben@nw.example");
    await writes(street, customer, "I am on holiday.", { headers });
    await street.receive(await ben(about, "One more thing."));
    expect(newsOf(street)).toEqual([]);
    await street.receive(await ben(notice, "#note She found it."));
    expect(newsOf(street)).toEqual([]);
    expect(await gotten(street, customer)).toHaveLength(3);
  });

  it("waits for #confirm where the desk says so, and shows the newer words", async () => {
    const street = await openStreet(store, { desk: asks });
    const { ticket, notice, customer } = await writtenTwice(street, "m@asks.example");
    const row = await street.receive(await ben(notice, "#close\n\nWe send a locksmith."));
    expect(row).toMatchObject({ state: "held", hold_reason: "ask" });
    const question = street.lastTo("ben@nw.example");
    expect(question.message.subject).toMatch(/^Please confirm: /);
    expect(question.message.text).toContain("Maria Santos has written once more since the message that you answered.");
    expect(question.message.text).toContain("  Forget it, the key was in my bag.");
    expect(question.message.text).toContain("  We send a locksmith.");
    expect(await gotten(street, customer)).toEqual([]);
    await street.receive(await ben(question, "#confirm"));
    expect(await gotten(street, customer)).toEqual([expect.stringContaining("We send a locksmith.")]);
    expect((await street.ticket(ticket.id)).status).toBe("closed");
    expect(await street.inbound(row.id)).toMatchObject({ state: "recorded" });
  });

  it("is asked about anew when there is yet another message, and is done with when the agent writes another reply", async () => {
    const street = await openStreet(store, { desk: asks });
    const { notice, customer } = await writtenTwice(street, "m@third.example");
    const row = await street.receive(await ben(notice, "We send a locksmith."));
    const first = street.lastTo("ben@nw.example");
    await writes(street, customer, "No, it was not mine.");
    await street.receive(await ben(first, "#confirm"));
    expect(await street.inbound(row.id)).toMatchObject({ state: "held", hold_reason: "ask" });
    const second = street.lastTo("ben@nw.example");
    expect(second.message.text).toContain("  No, it was not mine.");
    const newest = street.sentTo("ben@nw.example").findLast(({ message }) => message.text.startsWith("Maria Santos"))!;
    await street.receive(await ben(newest, "Whose is it?"));
    expect(await gotten(street, customer)).toEqual([expect.stringContaining("Whose is it?")]);
    expect(await street.inbound(row.id)).toMatchObject({ state: "recorded" });
    await street.receive(await ben(second, "#confirm"));
    expect(await gotten(street, customer)).toHaveLength(1);
  });

  it("keeps what was confirmed before: text that looked like a command is asked about once", async () => {
    const street = await openStreet(store, { desk: asks });
    const { notice, customer } = await writtenTwice(street, "m@both.example");
    await street.receive(await ben(notice, "#clsoe\n\nsays the label."));
    await street.receive(await ben(street.lastTo("ben@nw.example"), "#confirm"));
    const question = street.lastTo("ben@nw.example");
    expect(question.message.subject).toMatch(/^Please confirm: /);
    await street.receive(await ben(question, "#confirm"));
    expect(await gotten(street, customer)).toEqual([expect.stringContaining("#clsoe\n\nsays the label.")]);
  });
});

onSqlite("a command that has to be agreed to", (store) => {
  it("is held with its question, nobody reads anything, and #confirm does all of the mail", async () => {
    const street = await openStreet(store, { desk: goes });
    const ticket = await street.open({ from: "Maria Santos <m@cc.example>" });
    const row = await street.receive(
      await ben(street.lastTo("ben@nw.example"), "#cc zoe@else.example\n#priority high\n\nHello both."),
    );
    expect(row).toMatchObject({ state: "held", hold_reason: "ask" });
    const question = street.lastTo("ben@nw.example");
    expect(question.message.text).toMatch(/zoe@else\.example.*read/i);
    expect(question.message.text).toContain("  Hello both.");
    expect(await street.ticket(ticket.id)).toMatchObject({ priority: "normal", participants: [] });
    expect(await gotten(street, "m@cc.example")).toEqual([]);
    await street.receive(await ben(question, "yes please"));
    expect(street.lastTo("ben@nw.example").message.text).toContain("not understood; nothing was done");
    await street.receive(await ben(question, "#confirm"));
    await street.pass(3 * SECOND);
    expect(street.lastTo("zoe@else.example").message.text).toContain("Hello both.");
    expect(await street.ticket(ticket.id)).toMatchObject({ priority: "high" });
    expect(street.sentTo("zoe@else.example")).toHaveLength(1);
  });

  it("stays held and visible when nobody agrees, and is not settled by another command", async () => {
    const street = await openStreet(store, { desk: goes });
    const ticket = await street.open({ from: "Maria Santos <m@held.example>" });
    const notice = street.lastTo("ben@nw.example");
    const row = await street.receive(await ben(notice, "#cc zoe@other.example"));
    await street.receive(await ben(notice, "#priority high"));
    street.clock.now += 8 * 24 * 3600_000;
    expect(await street.inbound(row.id)).toMatchObject({ state: "held", hold_reason: "ask" });
    expect((await street.ticket(ticket.id)).participants).toEqual([]);
  });
});
