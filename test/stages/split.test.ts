import { expect, it } from "vitest";
import { eventsOf } from "../../src/db/event.ts";
import { linkedFrom } from "../../src/db/ticket.ts";
import { onBothStores, type Store } from "../db/stores.ts";
import { mail } from "../harness/mails.ts";
import { agentAnswers, customerAnswers, openStreet, SECOND } from "./street.ts";
import { fabrikamDesk, merge, noticeOf, somebody, split, texts, two, unmerge } from "./two-tickets.ts";

onBothStores("taking a merge back", (store: Store) => {
  it("gives back entries, mails and references, and what the merge had joined", async () => {
    const street = await openStreet(store, { desk: fabrikamDesk() });
    const one = await street.open({ from: somebody("fabrikam.example"), subject: "A", text: "One." });
    const other = await street.open({ from: somebody("fabrikam.example"), subject: "B", text: "Two." });
    const acknowledged = street.lastTo(one.customer.address);
    await merge(street, one, other);
    await street.receive(await customerAnswers(street.lastTo(other.customer.address), "Three."));
    const back = await unmerge(street, one);
    expect(back).toMatchObject({ status: "open", waitingFor: "us", mergedInto: null });
    expect(await texts(street, one)).toEqual(["One."]);
    expect(await texts(street, other)).toEqual(["Two.", "Three."]);
    expect((await street.entries(one.id))[0]!.from_ticket_id).toBeNull();
    expect((await street.ticket(other.id)).participants).toEqual([]);
    const inbound = mail({
      from: `C <${one.customer.address}>`,
      to: "support@nw.example",
      inReplyTo: acknowledged.message.messageId,
      text: "Four.",
    });
    expect((await street.receive(inbound)).ticket_id).toBe(one.id);
    expect((await street.deliveries({ kind: "ack", recipient: one.customer.address }))[0]!.ticket_id).toBe(one.id);
  });

  it("leaves a participant who has written since", async () => {
    const street = await openStreet(store, { desk: fabrikamDesk() });
    const one = await street.open({ from: somebody("fabrikam.example"), subject: "A" });
    const other = await street.open({ from: somebody("fabrikam.example"), subject: "B" });
    await merge(street, one, other);
    await street.receive(await customerAnswers(street.lastTo(one.customer.address), "Mine as well."));
    await unmerge(street, one);
    expect((await street.ticket(other.id)).participants.map(({ address }) => address)).toEqual([one.customer.address]);
  });

  it("is refused when an entry is elsewhere by now, or the survivor was merged on", async () => {
    const street = await openStreet(store);
    const [one, other] = await two(street);
    const third = await street.open({ from: `C <${one.customer.address}>`, subject: "The fax" });
    await merge(street, one, other);
    const [first] = await street.entries(one.id === other.id ? one.id : other.id);
    await merge(street, other, third);
    await expect(unmerge(street, one)).rejects.toThrow(/was merged itself/);
    await unmerge(street, other);
    const apart = await split(street, other, [first!.id]);
    await expect(unmerge(street, one)).rejects.toThrow(`entry ${first!.id} is in ${apart.publicNumber}`);
  });
});

onBothStores("splitting", (store: Store) => {
  it("makes a ticket of entries, linked, with its own customer, and answers find it", async () => {
    const street = await openStreet(store);
    const ticket = await street.open({ from: somebody(), subject: "The printer", text: "It does not print." });
    const acknowledged = street.lastTo(ticket.customer.address);
    const second = await customerAnswers(acknowledged, "And my password is lost.");
    await street.receive(second);
    await street.receive(await agentAnswers(noticeOf(street, ticket), "We send you a new one."));
    await street.pass(5 * SECOND);
    const replied = street.lastTo(ticket.customer.address);
    const entries = await street.entries(ticket.id);
    const moved = entries.slice(1).map(({ id }) => id);
    const apart = await split(street, ticket, moved, "The password");
    expect(apart).toMatchObject({
      subject: "The password",
      linkedTo: ticket.id,
      assignee: ticket.assignee,
      customer: { address: ticket.customer.address },
      participants: [],
      waitingFor: "customer",
      openedAt: Number(entries[1]!.created_at),
    });
    expect(await texts(street, apart)).toEqual(["And my password is lost.", "We send you a new one."]);
    expect(await texts(street, ticket)).toEqual(["It does not print."]);
    expect(await linkedFrom(street.db, ticket.id)).toEqual([apart.publicNumber]);
    expect((await eventsOf(street.db, ticket.id)).at(-1)).toMatchObject({ name: "split", new: apart.publicNumber });
    // Its Reply-To still holds the token of the ticket that it was written in.
    const byMessageId = await customerAnswers(replied, "Thank you, but which one is new?");
    expect((await street.receive(byMessageId)).ticket_id).toBe(apart.id);
    const toTheFirst = await customerAnswers(acknowledged, "The printer is still silent.");
    expect((await street.receive(toTheFirst)).ticket_id).toBe(ticket.id);
    await street.ring();
    expect(await street.deliveries({ ticket_id: apart.id, kind: "ack" })).toEqual([]);
  });

  it("makes the author of the first message the customer", async () => {
    const street = await openStreet(store);
    const ticket = await street.open({ from: somebody(), cc: "Oliver <oliver@home.example>", subject: "A" });
    const theirs = await customerAnswers(
      street.lastTo(ticket.customer.address),
      "Mine is broken too.",
      "Oliver <oliver@home.example>",
    );
    await street.receive(theirs);
    const [, second] = await street.entries(ticket.id);
    const apart = await split(street, ticket, [second!.id]);
    expect(apart.customer).toEqual({ name: "Oliver", address: "oliver@home.example" });
    expect(apart.participants).toEqual([]);
  });

  it("refuses all entries, none, somebody else's, a note in front, and a merged ticket", async () => {
    const street = await openStreet(store);
    const [one, other] = await two(street);
    await street.receive(await agentAnswers(noticeOf(street, one), "#note\nLooks like the fuse."));
    const entries = (await street.entries(one.id)).map(({ id }) => id);
    await expect(split(street, one, entries)).rejects.toThrow(/at least one has to stay/);
    await expect(split(street, one, [])).rejects.toThrow(/name the entries/);
    await expect(split(street, one, [999_999])).rejects.toThrow(`has no entry 999999; it has ${entries.join(", ")}`);
    await expect(split(street, one, [entries[1]!])).rejects.toThrow(/is a note; a ticket begins with a message/);
    await merge(street, one, other);
    await expect(split(street, one, [entries[0]!])).rejects.toThrow(/was merged/);
  });
});
