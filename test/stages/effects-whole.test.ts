import { expect, it } from "vitest";
import { headerValue } from "../../src/mail/headers.ts";
import { decideHeld, retryInbound } from "../../src/stages/decide-held.ts";
import { onBothStores } from "../db/stores.ts";
import { mail } from "../harness/mails.ts";
import { ruleDesk } from "./rule-desk.ts";
import { customerAnswers, openStreet, SECOND, type Street } from "./street.ts";

const HOUR = 3600 * SECOND;

const RULES = `
  - { name: Sellers, when: opened, if: { subject: buy now }, then: { reject: sorry, tell: [dev] } }
  - { name: Junk, when: opened, if: { subject: junk }, then: { spam: true, note: "{{ ticket.subject }} is junk" } }
  - { name: Words, when: opened, if: { subject: junk }, then: { reply: reset, mail: { to: [ops@x.example], subject: Junk, text: Junk }, webhook: "https://hooks.x.example/" } }
  - { name: Together, when: opened, if: { subject: together }, then: { merge: 24h, tag: twin } }
  - { name: Form, when: opened, if: { from: { ends: "form.example" } }, then: { customer: reply-to } }
`;

const named = async (street: Street, ticket: number, name: string) =>
  (await street.events(ticket)).filter((event) => event.name === name);
const agentsTold = (street: Street) => street.outbox.filter(({ to }) => /^(ann|ben)@nw\.example$/.test(to));

onBothStores("a rule that rejects", (store) => {
  it("answers with its text, closes the ticket and tells nobody but whom it names", async () => {
    const street = await openStreet(store, { desk: ruleDesk(RULES) });
    const ticket = await street.open({ from: "Sam Sell <s@seller.example>", subject: "Buy now" });
    expect([ticket.status, ticket.assignee]).toEqual(["closed", null]);
    const [sent, ...more] = street.sentTo("s@seller.example");
    expect(more).toEqual([]);
    expect(sent!.message.text).toContain("We do not buy anything.");
    expect(sent!.message.text).toContain(ticket.publicNumber);
    expect(headerValue(sent!.message.headers, "auto-submitted")).toBe("auto-replied");
    expect(agentsTold(street)).toEqual([]);
    expect(street.sentTo("dev@nw.example")).toHaveLength(1);
    expect(await named(street, ticket.id, "rejection written")).toMatchObject([{ cause: '"Sellers"' }]);
    expect(await named(street, ticket.id, "not acknowledged")).toMatchObject([{ detail: "the message is rejected" }]);
    expect((await named(street, ticket.id, "set-status"))[0]).toMatchObject({ new: "closed", cause: '"Sellers"' });
  });

  it("writes in the customer's language, and to no machine; closed it is all the same", async () => {
    const street = await openStreet(store, { desk: ruleDesk(RULES) });
    const german = "Guten Tag, wir möchten Ihnen unsere neuen Produkte für das kommende Jahr anbieten und vorstellen.";
    await street.open({ from: "s@verkauf.example", subject: "buy now", text: german });
    expect(street.lastTo("s@verkauf.example").message.text).toContain("sie wird nicht weiter bearbeitet");
    const robot = await street.open({ from: "s@robot.example", subject: "buy now", headers: [["Precedence", "bulk"]] });
    expect(street.sentTo("s@robot.example")).toEqual([]);
    expect(robot.status).toBe("closed");
    expect((await named(street, robot.id, "rejection not written"))[0]!.detail).toContain("precedence");
  });
});

onBothStores("a rule that says spam", (store) => {
  it("puts the ticket aside without a word to anybody", async () => {
    const street = await openStreet(store, { desk: ruleDesk(RULES) });
    const ticket = await street.open({ from: "w@lottery.example", subject: "Junk" });
    expect(ticket).toMatchObject({ status: "closed", spam: true, assignee: null });
    expect(street.outbox).toEqual([]);
    const row = await street.db("inbound").where({ ticket_id: ticket.id }).first();
    expect(row).toMatchObject({ state: "quarantined", reason: 'rule "Junk" says that it is spam' });
    expect((await named(street, ticket.id, "set-spam"))[0]).toMatchObject({ cause_kind: "rule", cause: '"Junk"' });
    expect((await street.entries(ticket.id)).map(({ kind }) => kind)).toEqual(["message", "note"]);
    expect(await street.db("webhook_call").where({ ticket_id: ticket.id })).toEqual([]);
    const more = await street.receive(
      mail({
        from: "w@lottery.example",
        to: "support@nw.example",
        subject: `Re: [${ticket.publicNumber}] Junk`,
        text: "Thank you!",
      }),
    );
    expect(await street.inbound(more.id)).toMatchObject({ state: "quarantined", ticket_id: ticket.id });
    expect((await street.ticket(ticket.id)).status).toBe("closed");
    expect(street.outbox).toEqual([]);
  });

  it("is overruled by a human for good: the ticket opens, is routed anew and answered", async () => {
    const street = await openStreet(store, { desk: ruleDesk(RULES) });
    const ticket = await street.open({ from: "Wim <w@winner.example>", subject: "Junk" });
    const { id } = await street.db("inbound").where({ ticket_id: ticket.id }).first();
    expect(await retryInbound(street.stage, id)).toMatchObject({ refused: expect.stringContaining("inbound accept") });
    expect(await decideHeld(street.stage, id, "new")).toMatchObject({
      refused: expect.stringContaining("inbound accept"),
    });
    expect(await decideHeld(street.stage, id, "accept")).toMatchObject({ done: expect.stringContaining("no spam") });
    await street.ring();
    const back = await street.ticket(ticket.id);
    expect(back).toMatchObject({ status: "open", spam: false, waitingFor: "us" });
    expect(back.assignee).not.toBeNull();
    expect(back.respondDueAt).not.toBeNull();
    expect(await street.inbound(id)).toMatchObject({ state: "recorded", verdict: "open-ticket", decided: null });
    expect(street.sentTo("w@winner.example").map(({ message }) => message.text)).toEqual([
      expect.stringContaining("choose a new password"),
      expect.stringContaining("We have your message"),
    ]);
    expect(agentsTold(street)).toHaveLength(1);
    expect((await named(street, ticket.id, "spam not done"))[0]!.detail).toBe("admin said that it is no spam");
    expect(await decideHeld(street.stage, id, "accept")).toMatchObject({
      refused: expect.stringContaining("not held"),
    });
  });
});

onBothStores("a rule that merges", (store) => {
  it("adds the message to the customer's open ticket of that subject, as a reply there", async () => {
    const street = await openStreet(store, { desk: ruleDesk(RULES) });
    const first = await street.open({ from: "m@twins.example", subject: "Together", text: "One" });
    expect(first.mergedInto).toBeNull();
    const told = agentsTold(street).length;
    await street.pass(HOUR);
    await street.open({ from: "m@twins.example", subject: "Re: together", text: "Two" });
    const { id } = await street.db("ticket").where({ merged_into: first.id }).first("id");
    const second = await street.ticket(id);
    expect([second.status, second.assignee]).toEqual(["closed", null]);
    expect((await street.entries(first.id)).map(({ text }) => text.trim())).toEqual(["One", "Two"]);
    expect(street.sentTo("m@twins.example")).toHaveLength(1);
    expect(agentsTold(street)).toHaveLength(told + 1);
    expect(agentsTold(street).at(-1)!.message.text).toContain("Two");
    expect((await street.ticket(first.id)).lastCustomerAt).toBeGreaterThan(first.openedAt);
    expect((await street.events(second.id)).find(({ name }) => name === "merged")).toMatchObject({
      cause: '"Together"',
    });
    expect((await street.db("route").where({ ticket_id: first.id })).map(({ trigger }) => trigger)).toEqual([
      "opened",
      "customer_replied",
    ]);
  });

  it("leaves alone what is too old, closed, another customer's or has another subject", async () => {
    const street = await openStreet(store, { desk: ruleDesk(RULES) });
    const first = await street.open({ from: "m@apart.example", subject: "Together", text: "One" });
    const other = await street.open({ from: "n@apart.example", subject: "Together", text: "Other" });
    const subject = await street.open({ from: "m@apart.example", subject: "Together again", text: "Subject" });
    await street.pass(25 * HOUR);
    const late = await street.open({ from: "m@apart.example", subject: "Together", text: "Late" });
    expect([first, other, subject, late].map(({ mergedInto }) => mergedInto)).toEqual([null, null, null, null]);
    expect(street.sentTo("m@apart.example")).toHaveLength(3);
    const row = await street.db("route").where({ ticket_id: late.id }).first();
    expect(JSON.parse(row.trace).effects[0].did).toContain("left out: there is no open ticket");
  });
});

onBothStores("a rule that takes the customer from Reply-To", (store) => {
  const formMail = (replyTo: string) => ({
    from: "Contact <no-reply@form.example>",
    subject: "Contact",
    headers: [["Reply-To", replyTo]] as [string, string][],
  });

  it("acknowledges to them, and the form takes no part", async () => {
    const street = await openStreet(store, { desk: ruleDesk(RULES) });
    const ticket = await street.open(formMail("Pat Lee <pat@fabrikam.example>"));
    expect(ticket).toMatchObject({
      customer: { name: "Pat Lee", address: "pat@fabrikam.example" },
      participants: [],
      organization: "fabrikam",
    });
    expect(street.sentTo("no-reply@form.example")).toEqual([]);
    expect(street.sentTo("pat@fabrikam.example")).toHaveLength(1);
    expect((await named(street, ticket.id, "set-customer"))[0]).toMatchObject({ cause: '"Form"' });
    await street.receive(await customerAnswers(street.lastTo("pat@fabrikam.example"), "More.", "pat@fabrikam.example"));
    expect((await street.entries(ticket.id)).at(-1)).toMatchObject({ author_kind: "customer" });
    expect(street.lastTo(`${ticket.assignee}@nw.example`).message.text).toContain("Fabrikam Ltd");
  });

  it("takes neither an agent, nor ourselves, nor one of several", async () => {
    const street = await openStreet(store, { desk: ruleDesk(RULES) });
    for (const [n, replyTo] of ["ann@nw.example", "support@nw.example", "a@x.example, b@x.example"].entries()) {
      const ticket = await street.open({ ...formMail(replyTo), text: `text ${n}` });
      expect(ticket.customer.address).toBe("no-reply@form.example");
      expect((await named(street, ticket.id, "customer not done"))[0]!.detail).toMatch(/^Reply-To names/);
    }
    expect(street.sentTo("a@x.example")).toEqual([]);
  });
});
