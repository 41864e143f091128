/** Hostile mail against the rules: a forged customer, robots, addresses with details, words that notes repeat, tokens in captures. */
import { expect, it } from "vitest";
import { readyTrace } from "./rules-trace.ts";
import { clockRules } from "../../src/stages/clock-rules.ts";
import { onBothStores } from "../db/stores.ts";
import { mail } from "../harness/mails.ts";
import { ruleDesk } from "../stages/rule-desk.ts";
import { agentAnswers, openStreet, SECOND, type Street, verdictOf } from "../stages/street.ts";

const RULES = `
  - { name: Together, when: opened, if: { subject: together }, then: { merge: 24h } }
  - { name: Form, when: opened, if: { subject: form }, then: { customer: reply-to, merge: 24h } }
  - { name: Again, when: customer_replied, if: { body: again }, then: { reply: reset } }
  - { name: Subject, when: opened, if: { subject: scanner }, then: { note: "{{ ticket.subject }}" } }
  - { name: Junk, when: opened, if: { subject: junk }, then: { spam: true } }
  - { name: Own, when: opened, if: { subject: watched }, then: { watch: [maria@own.example, dev] } }
  - { name: Private, when: opened, if: { subject: private }, then: { watch: [joe@home.example], tell: [joe@home.example], mail: { to: [joe@home.example], subject: Joe, text: Joe writes. } } }
  - name: To whom
    when: agent_replied
    if: { all: [{ to: { matches: '(?P<who>.*)' } }, { header: { To: { matches: '(?P<raw>.*)' } } }] }
    then: { note: "To {{ match.who }}, {{ match.raw }}", webhook: "https://hooks.x.example/" }
  - { name: Late, when: clock, if: { hours_open: 1 }, then: { note: Late, mail: { to: [ops@x.example], subject: Late, text: Late } } }
`;

const named = async (street: Street, ticket: number, name: string) =>
  (await street.events(ticket)).filter((event) => event.name === name);

const twin = (from: string, more: Partial<Parameters<typeof mail>[0]> = {}) =>
  mail({ from, to: "support@nw.example", subject: "Together we print", text: "Me again.", ...more });

onBothStores("a rule that merges", (store) => {
  it("makes nobody in Cc of a forged message a recipient of the customer's ticket", async () => {
    const street = await openStreet(store, { desk: ruleDesk(RULES) });
    const from = "Maria <maria@forged.example>";
    const ticket = await street.open({ from, subject: "Together we print" });
    const row = await street.receive(twin(from, { cc: "eve@evil.example" }));
    expect((await street.inbound(row.id)).ticket_id).toBe(ticket.id);
    expect((await street.ticket(ticket.id)).participants).toEqual([]);
    await street.receive(await agentAnswers(street.lastTo(`${ticket.assignee}@nw.example`), "For Maria alone."));
    await street.pass(5 * SECOND);
    expect(street.lastTo("maria@forged.example").message.text).toContain("For Maria alone.");
    expect(street.sentTo("eve@evil.example")).toEqual([]);
  });

  it("leaves a message alone whose sender is refuted", async () => {
    const street = await openStreet(store, { desk: ruleDesk(RULES) });
    const from = "maria@refuted.example";
    const ticket = await street.open({ from, subject: "Together we print" });
    const row = await street.receive(twin(from, { headers: verdictOf("fail", "refuted.example") }));
    expect(row.ticket_id).not.toBe(ticket.id);
    expect((await readyTrace(street, row.ticket_id!)).effects?.[0]?.did).toContain("could not be authenticated");
  });

  it("lets nobody read along who names the customer in Reply-To", async () => {
    const street = await openStreet(store, { desk: ruleDesk(RULES) });
    const ticket = await street.open({ from: "maria@reply.example", subject: "The form does not open" });
    const headers = [["Reply-To", "maria@reply.example"]] as const;
    const parts = { to: "support@nw.example", cc: "eve2@evil.example", subject: "The form does not open", headers };
    const row = await street.receive(mail({ from: "eve@evil.example", text: "Please.", ...parts }));
    expect((await street.inbound(row.id)).ticket_id).toBe(ticket.id);
    expect((await street.ticket(ticket.id)).participants).toEqual([]);
  });
});

onBothStores("a canned reply", (store) => {
  it("goes to no robot because somebody else wrote in its ticket", async () => {
    const street = await openStreet(store, { desk: ruleDesk(RULES) });
    const headers = [["Precedence", "bulk"]] as const;
    const ticket = await street.open({ from: "r@machine.example", cc: "pat@other.example", subject: "Hello", headers });
    const subject = `Re: [${ticket.publicNumber}] Hello`;
    await street.receive(mail({ from: "pat@other.example", to: "support@nw.example", subject, text: "Once again" }));
    expect(street.sentTo("r@machine.example")).toEqual([]);
    expect((await named(street, ticket.id, "canned reply not written"))[0]!.detail).toContain("bulk");
  });
});

onBothStores("the customer behind a form", (store) => {
  it("who is in its Cc as well is one person, and no participant", async () => {
    const street = await openStreet(store, { desk: ruleDesk(RULES) });
    const headers = [["Reply-To", "maria@cc.example"]] as const;
    const parts = { to: "support@nw.example", cc: "maria@cc.example", subject: "form" };
    const row = await street.receive(mail({ from: "form@web.example", headers, ...parts }));
    const { customer, participants, assignee } = await street.ticket(row.ticket_id!);
    expect([customer.address, participants]).toEqual(["maria@cc.example", []]);
    await street.receive(await agentAnswers(street.lastTo(`${assignee}@nw.example`), "Dear Maria."));
    await street.pass(5 * SECOND);
    expect(street.lastTo("maria@cc.example").message.to).toHaveLength(1);
  });
});

onBothStores("automatic mail", (store) => {
  it("counts all details of an address as one mailbox", async () => {
    const street = await openStreet(store, { desk: ruleDesk(RULES) });
    for (let n = 0; n < 8; n++) await street.open({ from: `vic_tim+${n}@gmail.com`, subject: `Hello ${n}` });
    await street.open({ from: "vic_tim@gmail.com", subject: "Hello" });
    expect(street.outbox.filter(({ to }) => to.startsWith("vic_tim"))).toHaveLength(5);
    await street.open({ from: "vicatim@gmail.com", subject: "Hello" });
    expect(street.sentTo("vicatim@gmail.com")).toHaveLength(1);
  });
});

onBothStores("a rule's note", (store) => {
  it("that repeats the customer's own words stops neither the acknowledgement nor the answer", async () => {
    const street = await openStreet(store, { desk: ruleDesk(RULES) });
    const subject = "The scanner in room 12 does not scan";
    const ticket = await street.open({ from: "m@scan.example", subject });
    expect(street.sentTo("m@scan.example")).toHaveLength(1);
    const agent = `${ticket.assignee}@nw.example`;
    await street.receive(await agentAnswers(street.lastTo(agent), `About "${subject}": restart it.`, { quote: false }));
    await street.pass(5 * SECOND);
    expect(street.lastTo("m@scan.example").message.text).toContain("restart it");
  });
});

onBothStores("captures of an agent's mail", (store) => {
  it("hold no token: not in the note, not in the webhook, not in the trace", async () => {
    const street = await openStreet(store, { desk: ruleDesk(RULES) });
    const ticket = await street.open({ from: "m@token.example", subject: "Hello" });
    await street.receive(await agentAnswers(street.lastTo(`${ticket.assignee}@nw.example`), "Hello there, friend."));
    await street.pass(5 * SECOND);
    const call = await street.db("webhook_call").where({ ticket_id: ticket.id }).first();
    expect(JSON.parse(call.body).data.match.who).toBe("support@nw.example");
    const traces = (await street.db("route").where({ ticket_id: ticket.id })).map(({ trace }) => trace).join();
    const notes = (await street.entries(ticket.id)).map(({ text }) => text).join();
    for (const text of [call.body, traces, notes]) expect(text).not.toMatch(/\+a\d+-/);
  });
});

onBothStores("the trace", (store) => {
  it("tells of nobody picked for spam, and of no watching of one's own ticket", async () => {
    const street = await openStreet(store, { desk: ruleDesk(RULES) });
    const spam = await street.open({ from: "w@lottery.example", subject: "junk" });
    expect(spam.assignee).toBeNull();
    const step = (await readyTrace(street, spam.id)).steps.find(({ field }) => field === "assign");
    expect(step!.because).toBe("department support; nobody is picked: the message is spam");
    const own = await street.open({ from: "maria@own.example", subject: "watched" });
    expect(own.watchers).toEqual(["dev"]);
    expect((await readyTrace(street, own.id)).steps.filter(({ field }) => field === "watch")).toMatchObject([
      { value: "maria@own.example", because: 'rule "Own"; left out: the ticket is theirs' },
      { value: "dev", because: 'rule "Own"' },
    ]);
  });
});

onBothStores("what is for people of the desk", (store) => {
  it("goes to no other address of the customer either", async () => {
    const street = await openStreet(store, { desk: ruleDesk(RULES) });
    await street.open({ from: "joe@home.example", subject: "Hello" });
    await street.open({ from: "joe@work.example", subject: "Hello" });
    const person = (address: string) => street.db("address").where({ address }).first("person_id");
    await street
      .db("address")
      .where({ address: "joe@home.example" })
      .update(await person("joe@work.example"));
    const sent = street.sentTo("joe@home.example").length;
    const ticket = await street.open({ from: "joe@work.example", subject: "Private" });
    expect(street.sentTo("joe@home.example")).toHaveLength(sent);
    expect((await named(street, ticket.id, "mail written"))[0]!.detail).toContain("not to joe@home.example");
    expect((await readyTrace(street, ticket.id)).effects).toMatchObject([{ did: "nobody new to tell" }, {}]);
  });
});

onBothStores("clock rules of two processes", (store) => {
  it("act once", async () => {
    const street = await openStreet(store, { desk: ruleDesk(RULES) });
    const ticket = await street.open({ from: "m@clock.example", subject: "Slow" });
    await street.pass(3600 * SECOND);
    await Promise.all([1, 2, 3].map(() => clockRules(street.stage)));
    expect((await street.entries(ticket.id)).filter(({ kind }) => kind === "note")).toHaveLength(1);
    expect(await street.deliveries({ ticket_id: ticket.id, kind: "rule-mail" })).toHaveLength(1);
  });
});
