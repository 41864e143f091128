import { expect, it } from "vitest";
import { route } from "../../src/stages/route.ts";
import { onBothStores } from "../db/stores.ts";
import { mail } from "../harness/mails.ts";
import { headerValue } from "../../src/mail/headers.ts";
import { ruleDesk } from "./rule-desk.ts";
import { agentAnswers, customerAnswers, openStreet, SECOND, type Street } from "./street.ts";

const RULES = `
  - name: Order numbers
    when: opened
    if: { subject: { matches: 'order (?P<order>\\d{6})' } }
    then:
      watch: [dev, boss@nw.example]
      note: "Order {{ match.order }} of {{ customer.name }}, secret margin 12 percent"
      tell: lead
      mail: { to: [ops@x.example, maria@orders.example], subject: "Order {{ match.order }}", text: "{{ ticket.number }} asks." }
  - { name: Passwords, when: opened, if: { subject: password }, then: { reply: reset, acknowledge: false } }
  - { name: Leaky, when: opened, if: { subject: leaky }, then: { reply: leak } }
  - { name: Empty note, when: opened, if: { subject: { matches: 'empty( (?P<word>x))?' } }, then: { note: "{{ match.word }}", priority: high } }
  - { name: Again, when: customer_replied, if: { body: again }, then: { reply: reset } }
  - { name: Said sorry, when: agent_replied, if: { body: sorry }, then: { tag: sorry, tell: [dev] } }
`;

const named = async (street: Street, ticket: number, name: string) =>
  (await street.events(ticket)).filter((event) => event.name === name);

onBothStores("effects of rules", (store) => {
  it("add a note that agents see and the customer does not, with the rule as author and cause", async () => {
    const street = await openStreet(store, { desk: ruleDesk(RULES) });
    const ticket = await street.open({
      from: "Maria Santos <maria@orders.example>",
      subject: "Where is order 123456?",
    });
    const note = (await street.entries(ticket.id)).find(({ kind }) => kind === "note")!;
    expect(note).toMatchObject({ author_kind: "postern", author_name: 'Rule "Order numbers"' });
    expect(note.text).toBe("Order 123456 of Maria Santos, secret margin 12 percent");
    expect(await named(street, ticket.id, "note added")).toMatchObject([
      { cause_kind: "rule", cause: '"Order numbers"' },
    ]);
    expect(street.lastTo(`${ticket.assignee}@nw.example`).message.text).toContain("secret margin");
    for (const { message } of street.sentTo("maria@orders.example"))
      expect(message.text).not.toContain("secret margin");
  });

  it("tell people once, naming the rule, and add watchers who go on hearing", async () => {
    const street = await openStreet(store, { desk: ruleDesk(RULES) });
    const ticket = await street.open({ from: "maria@orders.example", subject: "order 123456" });
    const [told, ...more] = street.sentTo("ann@nw.example");
    expect(more).toEqual([]);
    expect(told!.message.text).toContain('The rule "Order numbers" tells you of this.');
    expect((await named(street, ticket.id, "told"))[0]).toMatchObject({ new: "ann@nw.example", cause_kind: "rule" });
    expect(ticket.watchers).toEqual(["boss@nw.example", "dev"]);
    for (const watcher of ["dev@nw.example", "boss@nw.example"]) expect(street.sentTo(watcher)).toHaveLength(1);
    await street.receive(await customerAnswers(street.lastTo("maria@orders.example"), "Any news?"));
    for (const watcher of ["dev@nw.example", "boss@nw.example"]) expect(street.sentTo(watcher)).toHaveLength(2);
    await street.receive(
      await agentAnswers(street.lastTo("dev@nw.example"), "We look.", { from: "Dev <dev@nw.example>" }),
    );
    await street.pass(3 * SECOND);
    expect(street.lastTo("maria@orders.example").message.text).toContain("We look.");
  });

  it("mail others without a token, and never the customer", async () => {
    const street = await openStreet(store, { desk: ruleDesk(RULES) });
    const ticket = await street.open({ from: "maria@orders.example", subject: "order 123456" });
    const { message, bytes } = street.lastTo("ops@x.example");
    expect(message.subject).toBe("Order 123456");
    expect(message.text).toContain(`${ticket.publicNumber} asks.`);
    expect(headerValue(message.headers, "auto-submitted")).toBe("auto-generated");
    expect(bytes.toString()).not.toMatch(/support\+a\d/);
    const [delivery] = await street.deliveries({ kind: "rule-mail", ticket_id: ticket.id });
    expect(delivery).toMatchObject({ token_mode: null, recipient: "ops@x.example" });
    expect(street.sentTo("maria@orders.example").map(({ message: { subject } }) => subject)).toHaveLength(1);
    expect((await named(street, ticket.id, "mail written"))[0]!.detail).toContain("not to maria@orders.example");
  });

  it("reply with a canned text as automatic mail, in the thread, in place of the acknowledgement", async () => {
    const street = await openStreet(store, { desk: ruleDesk(RULES) });
    const ticket = await street.open({ from: "Maria Santos <m@reply.example>", subject: "password" });
    const [sent, ...more] = street.sentTo("m@reply.example");
    expect(more).toEqual([]);
    expect(sent!.message.text).toContain(`Hi Maria, choose a new password. (${ticket.publicNumber})`);
    expect(headerValue(sent!.message.headers, "auto-submitted")).toBe("auto-replied");
    expect(headerValue(sent!.message.headers, "x-postern-loop")).toBe("test.postern");
    expect(sent!.message.from?.address).toBe("support@nw.example");
    expect((await street.entries(ticket.id)).at(-1)).toMatchObject({ kind: "reply", author_kind: "postern" });
    expect(await named(street, ticket.id, "not acknowledged")).toMatchObject([
      { cause_kind: "rule", cause: '"Passwords"' },
    ]);
    expect((await street.ticket(ticket.id)).respondedAt).toBeNull();
    expect((await street.ticket(ticket.id)).lastAgentAt).toBeNull();
    const answer = await street.receive(await customerAnswers(sent!, "Thank you, done.", "m@reply.example"));
    expect(answer.ticket_id).toBe(ticket.id);
  });

  it("do not reply to machines, over budget, with an agent's address, or to an answer to automatic mail", async () => {
    const street = await openStreet(store, { desk: ruleDesk(RULES) });
    const robot = await street.open({
      from: "r@robot.example",
      subject: "password",
      headers: [["Precedence", "bulk"]],
    });
    expect(street.sentTo("r@robot.example")).toEqual([]);
    expect((await named(street, robot.id, "canned reply not written"))[0]!.detail).toContain("precedence");
    expect((await street.entries(robot.id)).filter(({ kind }) => kind === "reply")).toEqual([]);

    const leaky = await street.open({ from: "m@leaky.example", subject: "leaky" });
    for (const { message } of street.sentTo("m@leaky.example")) expect(message.text).not.toContain("ben@nw.example");

    await street.receive(
      await customerAnswers(street.sentTo("m@leaky.example").at(-1)!, "Please again", "m@leaky.example"),
    );
    expect((await named(street, leaky.id, "canned reply not written")).at(-1)!.detail).toBe(
      "it answers an automatic mail of ours",
    );
    for (let n = 0; n < 6; n++) await street.open({ from: "m@much.example", subject: `password ${n}`, text: `${n}` });
    expect(street.sentTo("m@much.example")).toHaveLength(5);
  });

  it("that cannot be written are left out alone, and the event says why", async () => {
    const street = await openStreet(store, { desk: ruleDesk(RULES) });
    const ticket = await street.open({ from: "m@empty.example", subject: "empty" });
    expect(ticket.priority).toBe("high");
    expect((await street.entries(ticket.id)).map(({ kind }) => kind)).toEqual(["message"]);
    expect((await named(street, ticket.id, "note not done"))[0]).toMatchObject({
      cause: '"Empty note"',
      detail: "the note is empty for this ticket",
    });
    const row = await street.db("route").where({ ticket_id: ticket.id }).first();
    expect(JSON.parse(row.trace).effects).toEqual([
      { rule: '"Empty note"', effect: "note", did: "not done: the note is empty for this ticket" },
    ]);
  });

  it("of an agent's reply see the agent's new words", async () => {
    const street = await openStreet(store, { desk: ruleDesk(RULES) });
    const ticket = await street.open({ from: "m@sorry.example", text: "Not sorry at all." });
    const agent = `${ticket.assignee}@nw.example`;
    await street.receive(await agentAnswers(street.lastTo(agent), "Hello there."));
    await street.pass(3 * SECOND);
    expect((await street.ticket(ticket.id)).tags).toEqual([]);
    await street.receive(await customerAnswers(street.lastTo("m@sorry.example"), "And?", "m@sorry.example"));
    await street.receive(await agentAnswers(street.lastTo(agent), "We are sorry."));
    expect((await street.ticket(ticket.id)).tags).toEqual(["sorry"]);
    // News of an answer waits until that has left.
    await street.pass(3 * SECOND);
    expect(street.lastTo("dev@nw.example").message.text).toContain('The rule "Said sorry" tells you of this.');
  });

  it("happen once, however many workers try the row", async () => {
    const street = await openStreet(store, { desk: ruleDesk(RULES) });
    await street.arrive(mail({ from: "m@once.example", to: "support@nw.example", subject: "order 123456" }).raw);
    await street.record();
    const [bell] = street.bells.splice(0);
    await Promise.all([1, 2, 3].map(() => route(street.stage, bell!.id)));
    await street.pass(SECOND);
    const ticket = (await street.db("route").where({ id: bell!.id }).first()).ticket_id;
    expect((await street.entries(ticket)).filter(({ kind }) => kind === "note")).toHaveLength(1);
    const mails = await street.deliveries({ kind: "rule-mail", ticket_id: ticket });
    expect(mails.map(({ recipient }) => recipient)).toEqual(["ops@x.example", "maria@orders.example"]);
  });
});
