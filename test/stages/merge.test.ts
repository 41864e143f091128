import { expect, it } from "vitest";
import { applyChanges } from "../../src/db/apply.ts";
import { mergedTickets } from "../../src/db/ticket.ts";
import { listTickets } from "../../src/db/ticket-view.ts";
import { inUnit } from "../../src/stages/stage.ts";
import { onBothStores, type Store } from "../db/stores.ts";
import { mail } from "../harness/mails.ts";
import { agentAnswers, customerAnswers, openStreet, SECOND } from "./street.ts";
import { BY, fabrikamDesk, merge, noticeOf, somebody, texts, two, unmerge } from "./two-tickets.ts";

onBothStores("merging", (store: Store) => {
  it("moves the entries in order of time, ends the one and keeps the other", async () => {
    const street = await openStreet(store);
    const [one, other] = await two(street);
    await street.receive(await customerAnswers(street.lastTo(one.customer.address), "And it smells."));
    const survivor = await merge(street, one, other);
    expect(survivor.id).toBe(other.id);
    expect(await texts(street, other)).toEqual(["It does not print.", "It does not scan.", "And it smells."]);
    expect((await street.entries(other.id)).map(({ seq, from_ticket_id }) => [seq, from_ticket_id])).toEqual([
      [1, one.id],
      [2, null],
      [3, null],
    ]);
    expect(await street.entries(one.id)).toEqual([]);
    expect(await street.ticket(one.id)).toMatchObject({ status: "closed", mergedInto: other.id, waitingFor: null });
    expect((await street.events(one.id)).at(-1)).toMatchObject({ name: "merged", new: other.publicNumber });
    expect((await street.events(other.id)).findLast(({ name }) => name === "merged in")).toMatchObject({
      new: one.publicNumber,
      actor: "admin",
      cause_kind: "cli",
    });
    expect(await mergedTickets(street.db, other.id)).toEqual([{ id: one.id, publicNumber: one.publicNumber }]);
    await street.ring();
    expect(await street.deliveries({ ticket_id: one.id, kind: "closure" })).toEqual([]);
    const all = await listTickets(street.db, "all", { limit: 100, now: street.clock.now });
    expect(all.map(({ id }) => id)).toContain(other.id);
    expect(all.map(({ id }) => id)).not.toContain(one.id);
  });

  it("takes answers to any old mail into the survivor, by token, Message-ID or number", async () => {
    const street = await openStreet(store);
    const [one, other] = await two(street);
    const acknowledged = street.sentTo(one.customer.address)[0]!;
    const notice = noticeOf(street, one);
    await merge(street, one, other);
    const answers = [
      await customerAnswers(acknowledged, "By the token."),
      mail({
        from: `C <${one.customer.address}>`,
        to: "support@nw.example",
        subject: "something else",
        inReplyTo: acknowledged.message.messageId!.replace(/\..*@/, ".x@"),
        references: [(await street.entries(other.id))[0]!.message_id!],
        text: "By the Message-ID.",
      }),
      mail({
        from: `C <${one.customer.address}>`,
        to: "support@nw.example",
        subject: `Re: [${one.publicNumber}]`,
        text: "By the number.",
      }),
    ];
    for (const answer of answers) expect((await street.receive(answer)).ticket_id).toBe(other.id);
    const reply = await street.receive(await agentAnswers(notice, "We look at both."));
    expect(reply.ticket_id).toBe(other.id);
    await street.pass(5 * SECOND);
    expect(street.lastTo(one.customer.address).message.text).toContain("We look at both.");
  });

  it("joins tags and watchers, and makes a colleague's ticket the survivor's participant", async () => {
    const street = await openStreet(store, { desk: fabrikamDesk() });
    const one = await street.open({ from: somebody("fabrikam.example"), subject: "A" });
    const other = await street.open({ from: somebody("fabrikam-lab.example"), subject: "B" });
    expect([one.organization, other.organization]).toEqual(["fabrikam", "fabrikam"]);
    const changes = [
      { change: { change: "tag", tag: "urgent-one" }, cause: BY.cause },
      { change: { change: "watch", who: "boss@nw.example" }, cause: BY.cause },
    ] as const;
    await inUnit(street.stage, ({ tx, ids, now }) => applyChanges(tx, one.id, changes, BY.actor, ids, now));
    const survivor = await merge(street, one, other);
    expect(survivor.tags).toContain("urgent-one");
    expect(survivor.watchers).toEqual(["boss@nw.example"]);
    expect(survivor.participants.map(({ address }) => address)).toEqual([one.customer.address]);
  });

  it("never lets two strangers read one another unasked", async () => {
    const street = await openStreet(store);
    const one = await street.open({ from: somebody("gmail.com"), subject: "A" });
    const other = await street.open({ from: somebody("gmail.com"), subject: "B" });
    const seq = (await street.ticket(other.id)).seq;
    await expect(merge(street, one, other)).rejects.toThrow(/neither one person nor of one organization/);
    expect(await street.ticket(one.id)).toMatchObject({ status: "open", mergedInto: null });
    expect((await street.ticket(other.id)).seq).toBe(seq);
    const survivor = await merge(street, one, other, { anyway: true });
    expect(survivor.participants.map(({ address }) => address)).toEqual([one.customer.address]);
  });

  it("makes no agent a participant, even when asked to", async () => {
    const street = await openStreet(store);
    const agents = await street.open({ from: "Ben Ortiz <ben@nw.example>", subject: "My own printer" });
    const other = await street.open({ from: somebody(), subject: "B" });
    const survivor = await merge(street, agents, other, { anyway: true });
    expect(survivor.participants).toEqual([]);
  });

  it("follows a merge to its end, and refuses circles, itself and what is over", async () => {
    const street = await openStreet(store);
    const [one, other] = await two(street);
    const third = await street.open({ from: `C <${one.customer.address}>`, subject: "The fax" });
    await expect(merge(street, one, one)).rejects.toThrow(/into itself/);
    await merge(street, one, other);
    await expect(merge(street, one, third)).rejects.toThrow(/was merged already/);
    await expect(merge(street, other, one)).rejects.toThrow(new RegExp(`was merged into ${other.publicNumber}; take`));
    expect((await merge(street, third, one)).id).toBe(other.id);
    await expect(unmerge(street, other)).rejects.toThrow(/was not merged/);
  });

  it("wakes a closed survivor when the other one was open", async () => {
    const street = await openStreet(store);
    const [one, other] = await two(street);
    await street.receive(await agentAnswers(noticeOf(street, other), "#close"));
    await street.pass(5 * SECOND);
    expect((await street.ticket(other.id)).status).toBe("closed");
    expect(await merge(street, one, other)).toMatchObject({ status: "open", waitingFor: "us" });
  });

  it("stays closed when both were, and into spam goes nobody", async () => {
    const street = await openStreet(store);
    const [one, other] = await two(street);
    for (const ticket of [one, other]) await street.receive(await agentAnswers(noticeOf(street, ticket), "#close"));
    await street.pass(5 * SECOND);
    await street.db("ticket").where({ id: other.id }).update({ spam: 1 });
    await expect(merge(street, one, other)).rejects.toThrow(/is spam/);
    await street.db("ticket").where({ id: other.id }).update({ spam: 0 });
    expect((await merge(street, one, other)).status).toBe("closed");
  });

  it("deals with what waits: a reply leaves and closes nothing, a closure notice does not leave, words are routed", async () => {
    const street = await openStreet(store);
    const [one, other] = await two(street);
    await street.receive(await agentAnswers(noticeOf(street, one), "#close\nIt is mended."));
    await street.arrive(
      mail({
        from: `C <${one.customer.address}>`,
        to: "support@nw.example",
        subject: `Re: [${one.publicNumber}]`,
        text: "One more thing, not yet routed.",
      }).raw,
    );
    await street.record();
    await merge(street, one, other);
    await street.pass(5 * SECOND);
    expect(street.lastTo(one.customer.address).message.text).toContain("It is mended.");
    expect((await street.ticket(other.id)).status).toBe("open");
    const routes = await street.db("route").where({ ticket_id: other.id }).orderBy("id");
    expect(routes.map(({ trigger, state }) => `${trigger} ${state}`)).toContain("customer_replied done");
    expect(await street.db("route").where({ ticket_id: one.id, state: "pending" })).toEqual([]);
    expect(noticeOf(street, other).message.text).toContain("One more thing, not yet routed.");
  });

  it("cancels a closure notice that has not left", async () => {
    const street = await openStreet(store);
    const [one, other] = await two(street);
    await street.receive(await agentAnswers(noticeOf(street, one), "#close"));
    await merge(street, one, other);
    await street.pass(5 * SECOND);
    expect(await street.deliveries({ ticket_id: one.id, kind: "closure" })).toMatchObject([{ state: "cancelled" }]);
  });

  it("brings home the tickets that were opened by answers to a message which comes later", async () => {
    const street = await openStreet(store);
    const from = somebody();
    const parent = mail({ from, to: "support@nw.example", subject: "The printer", text: "It does not print." });
    const answer = (text: string) =>
      street.open({ from, subject: "Re: The printer", text, inReplyTo: parent.messageId });
    const [first, second] = [await answer("Still not."), await answer("And it smells.")];
    const strange = await street.open({ from: somebody(), subject: "Re: The printer", inReplyTo: parent.messageId });
    const row = await street.receive(parent);
    expect([first.id, second.id]).toContain(row.ticket_id);
    const [home, gone] = row.ticket_id === first.id ? [first, second] : [second, first];
    expect(await street.ticket(gone.id)).toMatchObject({ mergedInto: home.id, status: "closed" });
    expect((await texts(street, home)).toSorted()).toEqual(["And it smells.", "It does not print.", "Still not."]);
    expect((await street.ticket(strange.id)).mergedInto).toBeNull();
  });
});
