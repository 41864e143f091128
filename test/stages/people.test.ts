import { expect, it } from "vitest";
import { changePerson, customerFact, personAt } from "../../src/db/people.ts";
import { listTickets } from "../../src/db/ticket-view.ts";
import type { EmailAddress } from "../../src/desk/types.ts";
import { mergeCustomers, setCustomer } from "../../src/stages/customer.ts";
import { inUnit } from "../../src/stages/stage.ts";
import { onBothStores, type Store } from "../db/stores.ts";
import { mail } from "../harness/mails.ts";
import { agentAnswers, customerAnswers, openStreet, SECOND } from "./street.ts";
import { bare, BY, fabrikamDesk, merge, noticeOf, somebody } from "./two-tickets.ts";

onBothStores("people", (store: Store) => {
  it("knows a customer by every address, and still mails the ticket's own", async () => {
    const street = await openStreet(store);
    const ticket = await street.open({ from: somebody(), subject: "A" });
    const second = await street.open({ from: somebody("gmail.com"), subject: "B" });
    const wanted = { keep: ticket.customer.address, other: second.customer.address };
    await expect(inUnit(street.stage, (unit) => mergeCustomers(unit, wanted, BY))).rejects.toThrow(
      /are not of one organization/,
    );
    expect((await personAt(street.db, wanted.keep))?.addresses).toEqual([wanted.keep]);
    await inUnit(street.stage, (unit) => mergeCustomers(unit, { ...wanted, anyway: true }, BY));
    const row = await street.receive(
      mail({
        from: `Private <${second.customer.address}>`,
        to: "support@nw.example",
        subject: `Re: [${ticket.publicNumber}]`,
        text: "From my private address.",
      }),
    );
    expect(row).toMatchObject({ state: "recorded", ticket_id: ticket.id });
    const [, entry] = await street.entries(ticket.id);
    expect(entry).toMatchObject({ author_kind: "customer", author_address: second.customer.address });
    const after = await street.ticket(ticket.id);
    expect(after.participants).toEqual([]);
    await street.receive(await agentAnswers(noticeOf(street, ticket), "Here is your answer."));
    await street.pass(5 * SECOND);
    expect(street.lastTo(ticket.customer.address).message.text).toContain("Here is your answer.");
    expect(street.sentTo(second.customer.address).every(({ message }) => !message.text.includes("your answer"))).toBe(
      true,
    );
    expect((await merge(street, second, ticket)).id).toBe(ticket.id);
  });

  it("merges people: addresses and attributes, and what the kept one has wins", async () => {
    const street = await openStreet(store, { desk: fabrikamDesk() });
    const [a, b] = [somebody("gmail.com"), somebody("fabrikam.example")];
    const one = await street.open({ from: a, subject: "A" });
    const other = await street.open({ from: b, subject: "B" });
    const [keep, gone] = [(await personAt(street.db, bare(a)))!, (await personAt(street.db, bare(b)))!];
    await changePerson(street.db, keep.id, { attributes: { contract: "gold" } });
    await changePerson(street.db, gone.id, { attributes: { contract: "tin", floor: "3" }, organization: "fabrikam" });
    const wanted = { keep: bare(a), other: bare(b), anyway: true };
    const { person, tickets } = await inUnit(street.stage, (unit) => mergeCustomers(unit, wanted, BY));
    expect(person).toMatchObject({ id: keep.id, addresses: [bare(a), bare(b)], organization: "fabrikam" });
    expect(person.attributes).toEqual({ contract: "gold", floor: "3" });
    expect(tickets).toBe(1);
    expect(await street.ticket(one.id)).toMatchObject({ organization: "fabrikam" });
    expect((await street.events(one.id)).at(-1)).toMatchObject({ name: "set-organization", new: "fabrikam" });
    expect(await customerFact(street.db, other)).toEqual({
      ...other.customer,
      addresses: [bare(a), bare(b)],
      attributes: { contract: "gold", floor: "3" },
    });
    await expect(inUnit(street.stage, (unit) => mergeCustomers(unit, wanted, BY))).rejects.toThrow(/same person/);
  });

  it("merges two of one organization without a question, by any of their addresses", async () => {
    const street = await openStreet(store, { desk: fabrikamDesk() });
    const [a, b] = [somebody("fabrikam.example"), somebody("gmail.com")];
    await street.open({ from: a, subject: "A" });
    await street.open({ from: b, subject: "B" });
    const work = `work-of-${bare(b)}`.replace("gmail.com", "fabrikam-lab.example") as EmailAddress;
    await inUnit(street.stage, (unit) => setCustomer(unit, bare(b), { addresses: [work] }, BY));
    const merged = await inUnit(street.stage, (unit) => mergeCustomers(unit, { keep: bare(a), other: bare(b) }, BY));
    expect(merged.person.addresses).toEqual([bare(a), bare(b), work]);
  });

  it("sets what a human says, and refuses agents, the desk's own, and what is somebody else's", async () => {
    const street = await openStreet(store, { desk: fabrikamDesk() });
    const from = somebody("fabrikam.example");
    const ticket = await street.open({ from, subject: "A" });
    const second = await street.open({ from: somebody(), subject: "B" });
    const at = ticket.customer.address;
    const said = (address: EmailAddress, change: Partial<Parameters<typeof setCustomer>[2]>) =>
      inUnit(street.stage, (unit) => setCustomer(unit, address, { addresses: [], ...change }, BY));
    const more = `more-of-${at}` as EmailAddress;
    const done = await said(at, { name: "Maria", organization: "none", attributes: { vip: "yes" }, addresses: [more] });
    expect(done).toMatchObject({
      tickets: 1,
      person: { name: "Maria", addresses: [at, more], attributes: { vip: "yes" } },
    });
    expect((await street.ticket(ticket.id)).organization).toBeNull();
    expect((await said(at, { organization: null, attributes: { vip: "" } })).person.attributes).toEqual({});
    expect((await street.ticket(ticket.id)).organization).toBe("fabrikam");
    await expect(said(at, { addresses: [second.customer.address] })).rejects.toThrow(/customer merge/);
    await expect(said(at, { addresses: ["ann@nw.example" as EmailAddress] })).rejects.toThrow(
      /an agent's or the desk's/,
    );
    await expect(said(at, { addresses: ["support@nw.example" as EmailAddress] })).rejects.toThrow(/the desk's own/);
    await expect(said(at, { organization: "initech" })).rejects.toThrow(/there are: fabrikam/);
    await expect(said("ann@nw.example" as EmailAddress, {})).rejects.toThrow(/an agent's or the desk's/);
  });

  it("knows somebody who has not written yet by what a human says, and takes the name from their first message", async () => {
    const street = await openStreet(store, { desk: fabrikamDesk() });
    const from = somebody("home.example");
    const address = bare(from);
    const change = { organization: "fabrikam", addresses: [] };
    const { person } = await inUnit(street.stage, (unit) => setCustomer(unit, address, change, BY));
    expect(person).toMatchObject({ name: "", addresses: [address], organization: "fabrikam" });
    const ticket = await street.open({ from, subject: "A" });
    expect(ticket.organization).toBe("fabrikam");
    expect((await personAt(street.db, address))?.name).toBe(from.split(" <")[0]);
  });
});

onBothStores("spam and follow-ups", (store: Store) => {
  it("gives what follows a spam ticket a fresh look, linked", async () => {
    const street = await openStreet(store);
    const ticket = await street.open({ from: somebody(), subject: "A" });
    const acknowledged = street.lastTo(ticket.customer.address);
    await street
      .db("ticket")
      .where({ id: ticket.id })
      .update({ spam: 1, status: "closed", closed_at: street.clock.now });
    const row = await street.receive(await customerAnswers(acknowledged, "I am no robot, please look."));
    expect(row.ticket_id).not.toBe(ticket.id);
    expect((await street.ticket(row.ticket_id!)).linkedTo).toBe(ticket.id);
    const spam = await listTickets(street.db, "spam", { limit: 10, now: street.clock.now });
    expect(spam.map(({ id }) => id)).toContain(ticket.id);
    const closed = await listTickets(street.db, "closed", { limit: 10, now: street.clock.now });
    expect(closed.map(({ id }) => id)).not.toContain(ticket.id);
  });
});
