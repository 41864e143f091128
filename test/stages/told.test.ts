/** Who hears of what, how often, and in which way. */
import { expect, it } from "vitest";
import { clockLifecycle } from "../../src/stages/clock-lifecycle.ts";
import { testDesk } from "../db/desks.ts";
import { onSqlite } from "../db/stores.ts";
import { mail } from "../harness/mails.ts";
import { agentAnswers, customerAnswers, openStreet, SECOND, type Street, verdictOf } from "./street.ts";

type Change = (text: string) => string;

const MEMBERS: Change = (text) =>
  text.replace("assign: round-robin }", "assign: ann, tell: { new: [members], customer_reply: [assignee] } }");
const notify = (agent: string, wish: string): Change => {
  const at = `emails: [${agent}@nw.example],`;
  return (text) => text.replace(at, `${at} notify: ${wish},`);
};
const desk = (...changes: Change[]) => testDesk((text) => changes.reduce((now, change) => change(now), text));

let customers = 0;
const somebody = () => `Maria Santos <maria@told${++customers}.example>`;
const customerOf = (street: Street, id: number) => street.ticket(id).then(({ customer }) => customer.address);

/** The ticket that the mail to this agent was about. */
const told = (street: Street, agent: string, number: string) =>
  street.sentTo(`${agent}@nw.example`).filter(({ message }) => message.subject.startsWith(`[${number}]`));

onSqlite("who is told", (store) => {
  it("of a new message: everybody whom the department names, each once, however often they are meant", async () => {
    const everyWay = "[assignee, members, lead, ann@nw.example, team@nw.example]";
    const tell = `tell: { new: ${everyWay}, customer_reply: ${everyWay} }`;
    const street = await openStreet(store, {
      desk: desk((text) => text.replace("assign: round-robin }", `assign: ann, ${tell} }`)),
    });
    const { id, publicNumber } = await street.open({ from: somebody() });
    await street.receive(await agentAnswers(told(street, "ann", publicNumber)[0]!, "#watch"));
    expect((await street.ticket(id)).watchers).toEqual(["ann"]);
    const before = await counts(street, publicNumber);
    await street.receive(await customerAnswers(street.lastTo(await customerOf(street, id)), "It is worse now."));
    const after = await counts(street, publicNumber);
    expect(before).toMatchObject({ ben: 1, team: 1 });
    expect(after).toEqual({ ann: before.ann + 1, ben: 2, team: 2 });
  });

  it("of a colleague's answer: who has the ticket, when it leaves, and not who wrote it", async () => {
    const street = await openStreet(store, { desk: desk(MEMBERS) });
    const { id, publicNumber } = await street.open({ from: somebody() });
    await street.receive(await agentAnswers(told(street, "ben", publicNumber)[0]!, "Please try again now."));
    expect(told(street, "ann", publicNumber)).toHaveLength(1);
    const bens = told(street, "ben", publicNumber).length;
    await street.pass(3 * SECOND);
    expect(street.lastTo(await customerOf(street, id)).message.text).toContain("Please try again now.");
    const news = told(street, "ann", publicNumber);
    expect(news).toHaveLength(2);
    expect(news[1]!.message.text).toMatch(
      /^Ben Ortiz to Maria Santos, \d\d:\d\d \[NW-\d+\]:\n\n {2}Please try again now\./,
    );
    expect(news[1]!.message.from?.name).toBe("Ben Ortiz via Northwind");
    expect(told(street, "ben", publicNumber)).toHaveLength(bens);
  });

  it("of an answer that was taken back: nobody", async () => {
    const street = await openStreet(store, { desk: desk(MEMBERS) });
    const { publicNumber } = await street.open({ from: somebody() });
    const notice = told(street, "ben", publicNumber)[0]!;
    await street.receive(await agentAnswers(notice, "Please try again now."));
    await street.receive(await agentAnswers(notice, "#undo"));
    await street.pass(10 * SECOND);
    expect(told(street, "ann", publicNumber)).toHaveLength(1);
    const [cancelled] = await street.deliveries({ kind: "notice", state: "cancelled", recipient: "ann@nw.example" });
    expect(cancelled).toMatchObject({ response: "the answer that it tells of was taken back" });
  });

  it("of a note: who has the ticket and who watches it; no customer", async () => {
    const street = await openStreet(store, { desk: desk(MEMBERS) });
    const { id, publicNumber } = await street.open({ from: somebody() });
    await street.receive(await agentAnswers(told(street, "ben", publicNumber)[0]!, "#watch"));
    const bens = told(street, "ben", publicNumber).length;
    const mails = street.sentTo(await customerOf(street, id)).length;
    await street.receive(await agentAnswers(told(street, "ben", publicNumber)[0]!, "#note\nIt is the proxy."));
    const anns = told(street, "ann", publicNumber);
    expect(anns.at(-1)!.message.text).toMatch(/^Note by Ben Ortiz, .*\n\n {2}It is the proxy\./);
    await street.receive(await agentAnswers(anns.at(-1)!, "#note\nI have restarted it."));
    expect(told(street, "ben", publicNumber).at(-1)!.message.text).toContain("Note by Ann Lee");
    expect(told(street, "ben", publicNumber).length).toBeGreaterThan(bens);
    expect(street.sentTo(await customerOf(street, id))).toHaveLength(mails);
  });

  it("of a ticket that comes with a note or an answer: one mail, with the note in it", async () => {
    const street = await openStreet(store, { desk: desk(MEMBERS) });
    const one = await street.open({ from: somebody() });
    const notice = told(street, "ann", one.publicNumber)[0]!;
    const before = told(street, "ben", one.publicNumber).length;
    await street.receive(await agentAnswers(notice, "#assign ben\n#note\nPlease look at the proxy."));
    await street.pass(5 * SECOND);
    const news = told(street, "ben", one.publicNumber).slice(before);
    expect(news).toHaveLength(1);
    expect(news[0]!.message.text).toContain('Ann Lee assigned this to you, and notes: "Please look at the proxy."');
    const two = await street.open({ from: somebody() });
    await street.receive(
      await agentAnswers(told(street, "ann", two.publicNumber)[0]!, "#assign ben\n\nBen will help you."),
    );
    await street.pass(5 * SECOND);
    expect(told(street, "ben", two.publicNumber)).toHaveLength(2);
    expect(told(street, "ben", two.publicNumber)[1]!.message.text).toContain("Ann Lee assigned this to you.");
  });
});

async function counts(street: Street, number: string) {
  const of = (agent: string) => told(street, agent, number).length;
  return { ann: of("ann"), ben: of("ben"), team: of("team") };
}

onSqlite("how an agent is told", (store) => {
  it("not of events that they do not want, and in the digest where they want one", async () => {
    const street = await openStreet(store, {
      desk: desk(MEMBERS, notify("ann", "{ events: [customer_reply] }"), notify("ben", "{ digest: daily }")),
    });
    const { id, publicNumber } = await street.open({ from: somebody() });
    await street.pass(5 * SECOND);
    expect(await counts(street, publicNumber)).toEqual({ ann: 0, ben: 0, team: 0 });
    expect(await street.db("digest_line").where({ ticket_id: id }).select("event", "cause")).toEqual([
      { event: "new", cause: expect.stringMatching(/^route \d+$/) },
    ]);
    await street.receive(await customerAnswers(street.lastTo(await customerOf(street, id)), "It is worse now."));
    expect(await counts(street, publicNumber)).toEqual({ ann: 1, ben: 0, team: 0 });
  });

  it("after their quiet hours, and asked at once all the same", async () => {
    // It is 11:00 in Berlin.
    const street = await openStreet(store, { desk: desk(MEMBERS, notify("ann", '{ quiet: "09:00-12:30" }')) });
    const { id, publicNumber } = await street.open({ from: somebody() });
    expect(await counts(street, publicNumber)).toEqual({ ann: 0, ben: 1, team: 0 });
    const [waiting] = await street.deliveries({ ticket_id: id, kind: "notice", state: "pending" });
    expect(Number(waiting!.not_before)).toBe(street.clock.now + 90 * 60 * SECOND);
    const stranger = mail({ from: "mallory@evil.example", to: "support@nw.example", subject: `[${publicNumber}] Hi` });
    await street.receive(stranger);
    expect(told(street, "ann", publicNumber).at(-1)!.message.text).toContain("mallory@evil.example");
    await street.pass(90 * 60 * SECOND);
    expect(told(street, "ann", publicNumber)).toHaveLength(2);
  });

  it("a team's list has no wishes; the first #take has the ticket", async () => {
    const street = await openStreet(store, {
      desk: desk((text) => text.replace("assign: round-robin }", "assign: none, tell: { new: [team@nw.example] } }")),
    });
    const { id, publicNumber } = await street.open({ from: somebody() });
    const [list] = told(street, "team", publicNumber);
    expect(await counts(street, publicNumber)).toEqual({ ann: 0, ben: 0, team: 1 });
    await street.receive(await agentAnswers(list!, "#note\nWhose is it?", { from: "Ann Lee <ann@nw.example>" }));
    expect(told(street, "ben", publicNumber)).toHaveLength(0);
    await street.receive(await agentAnswers(list!, "#take", { from: "Ben Ortiz <ben@nw.example>" }));
    expect((await street.ticket(id)).assignee).toBe("ben");
  });
});

onSqlite("a ticket's thread", (store) => {
  it("keeps its subject and its place in every mail program, whatever happens to the ticket", async () => {
    const street = await openStreet(store, { desk: desk(MEMBERS) });
    const { id, publicNumber } = await street.open({ from: somebody(), subject: "Cannot open the door" });
    await street.receive(await agentAnswers(told(street, "ann", publicNumber)[0]!, "#subject The lock is frozen"));
    expect((await street.ticket(id)).subject).toBe("The lock is frozen");
    await street.receive(await customerAnswers(street.lastTo(await customerOf(street, id)), "Still frozen."));
    await street.receive(await agentAnswers(told(street, "ann", publicNumber)[0]!, "#snooze 2026-11-24 09:00"));
    street.clock.now += 48 * 3600 * SECOND;
    await clockLifecycle(street.stage);
    await street.ring();
    const mails = told(street, "ann", publicNumber);
    expect(mails.length).toBeGreaterThan(2);
    const header = (n: number, name: string) => mails[n]!.message.headers.find((one) => one.name === name)!.value;
    for (const n of mails.keys()) {
      expect(mails[n]!.message.subject).toBe(`[${publicNumber}] Cannot open the door`);
      expect(header(n, "thread-topic")).toBe(`[${publicNumber}] Cannot open the door`);
      expect(mails[n]!.message.references[0]).toBe(`ticket.${id}@nw.example`);
      expect(header(n, "thread-index").slice(0, 28)).toBe(header(0, "thread-index").slice(0, 28));
    }
    for (const { message } of street.sentTo(await customerOf(street, id)))
      expect(message.headers.filter(({ name }) => /^(?:thread-|importance|x-priority)/.test(name))).toEqual([]);
  });

  it("can be acted on by a prepared mail, when the agent who sends it is proven", async () => {
    const street = await openStreet(store, { desk: desk(MEMBERS) });
    const { id, publicNumber } = await street.open({ from: somebody() });
    const { message } = told(street, "ben", publicNumber)[0]!;
    const link = (word: string) => new URL(new RegExp(`${word} <(mailto:[^>]+)>`).exec(message.text)![1]!);
    const send = async (word: string, auth: "pass" | "fail") => {
      const url = link(word);
      return await street.receive(
        mail({
          from: "Ben Ortiz <ben@nw.example>",
          to: decodeURIComponent(url.pathname),
          subject: url.searchParams.get("subject")!,
          text: url.searchParams.get("body")!,
          headers: verdictOf(auth, "nw.example"),
        }),
      );
    };
    await send("take", "fail");
    expect((await street.ticket(id)).assignee).toBe("ann");
    await send("take", "pass");
    expect((await street.ticket(id)).assignee).toBe("ben");
    await send("snooze until tomorrow", "pass");
    expect(await street.ticket(id)).toMatchObject({ status: "snoozed", snoozedUntil: Date.UTC(2026, 10, 24, 8) });
    await send("close", "pass");
    expect((await street.ticket(id)).status).toBe("closed");
  });
});
