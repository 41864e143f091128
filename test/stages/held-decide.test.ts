import { expect, it } from "vitest";
import { isAcceptedDomain } from "../../src/db/accepted-domain.ts";
import type { EmailAddress } from "../../src/mail/types.ts";
import { testDesk } from "../db/desks.ts";
import { onBothStores } from "../db/stores.ts";
import { mail } from "../harness/mails.ts";
import { agentAnswers, DAY, openStreet, type Sent, type Street, verdictOf } from "./street.ts";

/** Tom, who is new, has the tickets; Ann leads. */
const desk = testDesk((text) =>
  text.replace(
    "departments:",
    `  tom: { name: Tom Reed, emails: [tom@nw.example], role: trainee, in: [support] }
departments:`,
  ),
);
const benHas = { ...desk, departments: { ...desk.departments, support: support("ben") } };
const tomHas = { ...desk, departments: { ...desk.departments, support: support("tom") } };

function support(agent: string) {
  return { ...desk.departments["support"]!, assign: { strategy: "fixed", agent } as const };
}

const says = (name: string) => (sent: Sent, text: string) =>
  agentAnswers(sent, text, { from: `${name} <${name}@nw.example>` });
const [ann, ben] = [says("ann"), says("ben")];

/** A ticket, and a mail of somebody else's that is held. */
async function heldMail(street: Street, customer: string, from: string) {
  const ticket = await street.open({ from: `Maria <${customer}>` });
  const subject = `Re: [${ticket.publicNumber}]`;
  const row = await street.receive(mail({ from, to: "support@nw.example", subject, text: `From ${from}` }));
  return { ticket, row };
}

const accepted = (street: Street, customer: string, domain: string) =>
  isAcceptedDomain(street.db, customer as EmailAddress, domain);

onBothStores("a decision about a stranger's held message", (store) => {
  it("is asked for again after a near miss, and can be a prepared mail", async () => {
    const street = await openStreet(store, { desk: benHas });
    const { row, ticket } = await heldMail(street, "m@near.example", "zoe@near-miss.example");
    const question = street.lastTo("ben@nw.example");
    expect(question.message.text).toContain(`held%20${row.id}%20%23accept`);
    await street.receive(await ben(question, "#acept"));
    expect(street.lastTo("ben@nw.example").message.text).toContain("Did you mean #accept?");
    await street.receive(await ben(question, "#close"));
    expect(street.lastTo("ben@nw.example").message.text).toContain("#accept, #new or #block");
    expect(await street.inbound(row.id)).toMatchObject({ state: "held" });
    const headers = verdictOf("pass", "nw.example");
    const text = `held ${row.id} #accept\n`;
    await street.receive(mail({ from: "ben@nw.example", to: "support@nw.example", subject: "Held", text, headers }));
    expect(await street.inbound(row.id)).toMatchObject({ state: "recorded", ticket_id: ticket.id });
    expect((await street.ticket(ticket.id)).participants).toMatchObject([{ address: "zoe@near-miss.example" }]);
  });

  it("is the lead's where a trainee has the ticket, who may not decide", async () => {
    const street = await openStreet(store, { desk: tomHas });
    const { row } = await heldMail(street, "m@trainee.example", "zoe@else.example");
    expect(await street.deliveries({ inbound_id: row.id })).toMatchObject([
      { recipient: "ann@nw.example", token_mode: "decide" },
    ]);
    const question = street.lastTo("ann@nw.example");
    const demoted = { ...tomHas.agents, ann: { ...tomHas.agents["ann"]!, role: "trainee" as const } };
    const later = await openStreet(store, { desk: { ...tomHas, agents: demoted } });
    await later.receive(await ann(question, "#accept"));
    expect(later.lastTo("ann@nw.example").message.text).toContain("#accept is not for a trainee");
    expect(await later.inbound(row.id)).toMatchObject({ state: "held" });
  });

  it("#accept always lets everybody of the domain in, but not of a public mail service", async () => {
    const street = await openStreet(store, { desk: benHas });
    const free = await heldMail(street, "m@always.example", "zoe@gmail.com");
    await street.receive(await ben(street.lastTo("ben@nw.example"), "#accept always"));
    expect(street.lastTo("ben@nw.example").message.text).toContain("anybody can have an address at gmail.com");
    expect(await street.inbound(free.row.id)).toMatchObject({ state: "held" });
    const { ticket, row } = await heldMail(street, "m@always.example", "zoe@partner.example");
    await street.receive(await ben(street.lastTo("ben@nw.example"), "#accept always"));
    expect(await street.inbound(row.id)).toMatchObject({ state: "recorded", ticket_id: ticket.id });
    const texts = street.sentTo("ben@nw.example").map(({ message }) => message.text);
    expect(texts.filter((text) => text.includes("Whoever writes from partner.example"))).toHaveLength(1);
    expect(await accepted(street, "m@always.example", "partner.example")).toBe(true);
    expect(await accepted(street, "m@always.example", "gmail.com")).toBe(false);
    expect(await accepted(street, "m@other.example", "partner.example")).toBe(false);
  });
});

onBothStores("#accept in answer to a notification of a stranger's message", (store) => {
  /** Zoe has answered a mail of the ticket without taking part in it. */
  async function strangers(street: Street, customer: string, zoe: string) {
    const ticket = await street.open({ from: `Maria <${customer}>`, messageId: `first.${customer}` });
    const inReplyTo = `first.${customer}`;
    await street.receive(mail({ from: zoe, to: "support@nw.example", inReplyTo, text: "I know more." }));
    return { ticket, notice: street.lastTo("ben@nw.example") };
  }

  it("makes them take part, and #undo takes it back", async () => {
    const street = await openStreet(store, { desk: benHas });
    const { ticket, notice } = await strangers(street, "m@joins.example", "Zoe <zoe@else.example>");
    const last = async () => (await street.entries(ticket.id)).at(-1);
    expect(await last()).toMatchObject({ author_kind: "stranger", marks: '["not a participant"]' });
    await street.receive(await ben(notice, "#accept always"));
    expect((await street.ticket(ticket.id)).participants).toMatchObject([{ address: "zoe@else.example" }]);
    expect(await last()).toMatchObject({ author_kind: "participant", marks: "[]" });
    expect(await accepted(street, "m@joins.example", "else.example")).toBe(true);
    expect(await street.events(ticket.id)).toContainEqual(
      expect.objectContaining({ name: "takes part", new: "zoe@else.example", actor: "ben", cause: "#accept always" }),
    );
    await street.receive(await ben(notice, "#undo"));
    expect((await street.ticket(ticket.id)).participants).toEqual([]);
    expect(await last()).toMatchObject({ author_kind: "stranger", marks: '["not a participant"]' });
    expect(await accepted(street, "m@joins.example", "else.example")).toBe(false);
  });

  it("is refused in words for nobody, for a public mail service, and does nothing then", async () => {
    const street = await openStreet(store, { desk: benHas });
    const ticket = await street.open({ from: "Maria <m@nobody.example>" });
    await street.receive(await ben(street.lastTo("ben@nw.example"), "#accept"));
    expect(street.lastTo("ben@nw.example").message.text).toContain(
      `nobody has written to ${ticket.publicNumber} who takes no part in it`,
    );
    const free = await strangers(street, "m@free.example", "zoe@gmail.com");
    await street.receive(await ben(free.notice, "#accept always"));
    expect(street.lastTo("ben@nw.example").message.text).toContain("anybody can have an address at gmail.com");
    expect((await street.ticket(free.ticket.id)).participants).toEqual([]);
  });
});

onBothStores("an answer whose token has expired", (store) => {
  it("is asked about once, and one #confirm carries it out", async () => {
    const street = await openStreet(store, { desk: benHas });
    const ticket = await street.open({ from: "Maria <m@expired.example>" });
    const notice = street.lastTo("ben@nw.example");
    street.clock.now += 91 * DAY;
    const row = await street.receive(await ben(notice, "#priority high"));
    expect(row).toMatchObject({ state: "held", hold_reason: "proof" });
    const challenge = street.lastTo("ben@nw.example");
    expect(challenge.message.text).toContain("has expired");
    await street.receive(await ben(challenge, "#confrim"));
    expect(street.lastTo("ben@nw.example").message.text).toContain("Did you mean #confirm?");
    await street.receive(await ben(challenge, "#confirm"));
    expect(await street.ticket(ticket.id)).toMatchObject({ priority: "high" });
  });
});

onBothStores("an unproven answer to a list, which is about no ticket", (store) => {
  it("is asked about like any other, and #confirm carries it out", async () => {
    const street = await openStreet(store, { desk: benHas });
    const ticket = await street.open({ from: "Maria <m@list.example>" });
    const headers = verdictOf("pass", "nw.example");
    const asks = { from: "ben@nw.example", to: "support@nw.example", subject: "List", text: "#list mine", headers };
    await street.receive(mail(asks));
    const list = street.lastTo("ben@nw.example");
    const position = /^\D{0,4}(\d+)\b.*$/m.exec(list.message.text.slice(list.message.text.indexOf("\n")))![1]!;
    const row = await street.receive(
      await agentAnswers(list, `${position} #priority urgent`, { from: "ben@nw.example", auth: "none" }),
    );
    expect(row).toMatchObject({ state: "held", hold_reason: "proof", ticket_id: null });
    const urgent = async (): Promise<number> =>
      (await street.db("ticket").where({ priority: "urgent" }).pluck("id")).length;
    const before = await urgent();
    await street.receive(await ben(street.lastTo("ben@nw.example"), "#confirm"));
    expect(await street.inbound(row.id)).toMatchObject({ state: "recorded", verdict: "command-mail" });
    expect(await urgent()).toBe(before + 1);
    expect(ticket.assignee).toBe("ben");
  });
});
