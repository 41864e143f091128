/** Whose tokens are worth what: after an agent has left, in the wrong hands, and made up; and what leads to a ticket at all. */
import { beforeAll, expect, it } from "vitest";
import { storeDesk } from "../../src/db/desk.ts";
import { barRefs } from "../../src/db/barred-ref.ts";
import { addressId } from "../../src/db/people.ts";
import { testDesk } from "../db/desks.ts";
import { onBothStores } from "../db/stores.ts";
import { mail } from "../harness/mails.ts";
import { agentAnswers, customerAnswers, openStreet, SECOND, type Street, verdictOf } from "./street.ts";

const desk = testDesk((text) =>
  text.replace("agents:\n", "agents:\n  ada: { name: Ada Boss, emails: [ada@nw.example], role: admin, in: [it] }\n"),
);

onBothStores("tokens", (store) => {
  let street: Street;
  beforeAll(async () => {
    street = await openStreet(store, { desk });
  });
  const alerts = (who: string) =>
    street
      .sentTo(who)
      .map(({ message }) => message)
      .filter(({ subject }) => subject.includes("Token misused"));

  it("that come from the customer are told to the agent and the admins, once a day", async () => {
    const ticket = await street.open({ from: "m@stray.example" });
    const agent = `${ticket.assignee}@nw.example`;
    const notice = street.lastTo(agent);
    for (const text of ["#close\n\nHow do I use this?", "#spam\n\nHello?"]) {
      const row = await street.receive(await agentAnswers(notice, text, { from: "M <m@stray.example>" }));
      expect(row).toMatchObject({ verdict: "follow-up", ticket_id: ticket.id });
    }
    expect(await street.ticket(ticket.id)).toMatchObject({ status: "open", spam: false });
    for (const who of [agent, "ada@nw.example"]) {
      expect([who, alerts(who).length]).toEqual([who, 1]);
      expect(alerts(who)[0]!.text).toContain("came from m@stray.example");
    }
    expect((await street.events(ticket.id)).filter(({ name }) => name === "token misused")).toHaveLength(2);
    // It was nothing that the agent did: their own answer goes.
    expect(await street.receive(await agentAnswers(notice, "Here it is."))).toMatchObject({ verdict: "agent-reply" });
  });

  it("that come from a stranger are a question to the agent, and an alert to the admins", async () => {
    const ticket = await street.open({ from: "m@private.example" });
    const agent = `${ticket.assignee}@nw.example`;
    const before = alerts(agent).length;
    await street.receive(await agentAnswers(street.lastTo(agent), "#close", { from: "A <a@private-mail.example>" }));
    expect(street.lastTo(agent).message.text).toContain("a@private-mail.example");
    expect(alerts(agent)).toHaveLength(before);
  });

  it("that are made up five times within an hour are told to the admins once", async () => {
    const guess = (n: number) =>
      mail({ from: "x@guess.example", to: `support+a${n}-${"b".repeat(26)}@nw.example`, subject: `Guess ${n}` });
    const before = alerts("ada@nw.example").length;
    for (let n = 1; n <= 4; n++) await street.receive(guess(n));
    expect(alerts("ada@nw.example")).toHaveLength(before);
    for (let n = 5; n <= 9; n++) await street.receive(guess(n));
    expect(alerts("ada@nw.example")).toHaveLength(before + 1);
    expect(alerts("ada@nw.example").at(-1)!.text).toContain("5 mails within an hour");
  });

  it("that are not there make a note, which #confirm still sends, once and as it is", async () => {
    const ticket = await street.open({ from: "m@late.example" });
    const agent = `${ticket.assignee}@nw.example`;
    const write = async (text: string) =>
      await street.receive(
        mail({
          from: agent,
          to: `support+a999-${"c".repeat(26)}@nw.example`,
          subject: `Re: [${ticket.publicNumber}] x`,
          text,
          headers: verdictOf("pass", "nw.example"),
        }),
      );
    const noted = await write("#close\n\nThe spare key is under the mat.");
    expect(noted).toMatchObject({ verdict: "follow-up", state: "recorded" });
    const told = street.sentTo(agent).findLast(({ message }) => message.subject.startsWith("NOT SENT"))!;
    expect(told.message.text).toContain(`body=held%20${noted.id}%20%23confirm`);
    await street.receive(await agentAnswers(told, "#confirm", { auth: "none" }));
    await street.pass(3 * SECOND);
    expect(street.sentTo("m@late.example")).toHaveLength(1);
    await street.receive(await agentAnswers(told, "#confirm"));
    await street.receive(await agentAnswers(told, "#confirm\n"));
    await street.pass(3 * SECOND);
    expect(street.sentTo("m@late.example")).toHaveLength(2);
    expect(street.lastTo("m@late.example").message.text).toContain("The spare key is under the mat.");
    expect(street.lastTo("m@late.example").message.text).not.toContain("#close");
    expect(await street.ticket(ticket.id)).toMatchObject({ status: "closed" });
    expect(await street.inbound(noted.id)).toMatchObject({ verdict: "agent-reply", state: "recorded" });

    const again = await write("And the cat is fed.");
    const prepared = { from: agent, to: "support@nw.example", subject: "Held", text: `held ${again.id} #confirm` };
    await street.receive(mail({ ...prepared, headers: verdictOf("fail", "nw.example") }));
    await street.pass(3 * SECOND);
    expect(street.sentTo("m@late.example")).toHaveLength(2);
    await street.receive(mail({ ...prepared, headers: verdictOf("pass", "nw.example") }));
    await street.pass(3 * SECOND);
    expect(street.lastTo("m@late.example").message.text).toContain("the cat is fed");
  });

  it("of who has left are worth nothing, and their mail is a stranger's, also when they come back", async () => {
    const ticket = await street.open({ from: "m@leaves.example" });
    const agent = desk.agents[ticket.assignee!]!;
    const notice = street.lastTo(agent.emails[0]!);
    const { [agent.key]: _gone, ...agents } = desk.agents;
    await street.db.transaction((tx) => storeDesk(tx, { ...desk, agents }, "test", street.clock.now));
    const answer = await agentAnswers(notice, "#close\n\nBye.");
    expect(await street.receive(answer)).toMatchObject({ verdict: "follow-up", ticket_id: ticket.id });
    expect((await street.entries(ticket.id)).at(-1)).toMatchObject({ author_kind: "stranger" });
    await street.db.transaction((tx) => storeDesk(tx, desk, "test", street.clock.now));
    await street.receive(await agentAnswers(notice, "#close\n\nBack again."));
    expect((await street.entries(ticket.id)).at(-1)).toMatchObject({ kind: "note" });
    expect(await street.ticket(ticket.id)).toMatchObject({ status: "open" });
  });
});

onBothStores("what leads to a ticket", (store) => {
  let street: Street;
  beforeAll(async () => {
    street = await openStreet(store);
  });

  it("is not what an agent has barred: by its token, its Message-ID or the number", async () => {
    const ticket = await street.open({ from: "m@barred.example" });
    const ack = street.lastTo("m@barred.example");
    const bar = [ack.message.messageId!];
    await street.db.transaction((tx) => barRefs(tx, ticket.id, bar, street.clock.now));
    const answer = await customerAnswers(ack, "Something else entirely.");
    const row = await street.receive(answer);
    expect(row.verdict).toBe("open-ticket");
    expect(row.ticket_id).not.toBe(ticket.id);
    // What came of it leads to the new ticket, and what was not barred to the old one.
    const next = mail({ from: "m@barred.example", to: "support@nw.example", inReplyTo: answer.messageId });
    expect(await street.receive(next)).toMatchObject({ ticket_id: row.ticket_id });
    const older = mail({ from: "m@barred.example", to: "support@nw.example", subject: `[${ticket.publicNumber}] x` });
    expect(await street.receive(older)).toMatchObject({ ticket_id: ticket.id });
  });

  it("makes a participant of a proven sender from an accepted domain, and of nobody else", async () => {
    const ticket = await street.open({ from: "m@accepts.example" });
    const customer = await addressId(street.db, ticket.customer, street.clock.now);
    for (const domain of ["partner.example", "gmail.com"])
      await street.db("accepted_domain").insert({ address_id: customer, domain, accepted_at: 1 });
    const write = async (from: string, headers: ReturnType<typeof verdictOf> = []) =>
      await street.receive(
        mail({ from, to: "support@nw.example", subject: `Re: [${ticket.publicNumber}] y`, text: from, headers }),
      );
    expect(await write("a@partner.example")).toMatchObject({ state: "held" });
    expect(await write("b@partner.example", verdictOf("fail", "partner.example"))).toMatchObject({ state: "held" });
    expect(await write("c@gmail.com", verdictOf("pass", "gmail.com"))).toMatchObject({ state: "held" });
    expect(await write("d@other.example", verdictOf("pass", "other.example"))).toMatchObject({ state: "held" });
    expect(await write("e@partner.example", verdictOf("pass", "partner.example"))).toMatchObject({
      state: "recorded",
      ticket_id: ticket.id,
    });
    const { participants } = await street.ticket(ticket.id);
    expect(participants.map(({ address }) => address)).toEqual(["e@partner.example"]);
  });
});
