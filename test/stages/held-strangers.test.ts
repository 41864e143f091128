import { expect, it } from "vitest";
import { isBlocked, unblockAddress } from "../../src/db/people.ts";
import type { EmailAddress } from "../../src/mail/types.ts";
import { clock } from "../../src/stages/clock.ts";
import { blockSender, decideHeld, retryInbound } from "../../src/stages/decide-held.ts";
import { mail } from "../harness/mails.ts";
import { testDesk } from "../db/desks.ts";
import { onBothStores } from "../db/stores.ts";
import { agentAnswers, openStreet, SECOND, type Street } from "./street.ts";

const HOUR = 3600 * SECOND;

/** A ticket, and a mail of somebody else's that only names it in the subject. */
async function heldMail(street: Street, domain: string, text = "I have the same trouble.") {
  const ticket = await street.open({ from: `Maria <m@${domain}>` });
  const address = `${ticket.assignee}@nw.example`;
  const row = await street.receive(
    mail({
      from: "Zoe <zoe@else.example>",
      to: "support@nw.example",
      subject: `Re: [${ticket.publicNumber}]`,
      text: `${text} (${domain})`,
    }),
  );
  return { ticket, row, address, question: street.lastTo(address) };
}

onBothStores("a stranger's held message", (store) => {
  it("is visible, answered to nobody, and the agent is asked", async () => {
    const street = await openStreet(store);
    const { ticket, row, question } = await heldMail(street, "held.example");
    expect(row).toMatchObject({ state: "held", hold_reason: "stranger", ticket_id: ticket.id });
    expect(question.message.text).toContain("#accept");
    expect(question.message.text).toContain("I have the same trouble.");
    expect(street.sentTo("zoe@else.example")).toEqual([]);
    expect((await street.events(ticket.id)).at(-2)).toMatchObject({ name: "message held", actor: "zoe@else.example" });
    expect(await street.entries(ticket.id)).toHaveLength(1);
  });

  it("#accept puts it into the ticket; the sender takes part, and gets the next answer", async () => {
    const street = await openStreet(store);
    const { ticket, row, question, address } = await heldMail(street, "accept.example");
    await street.receive(await agentAnswers(question, "#accept"));
    expect(await street.inbound(row.id)).toMatchObject({ state: "recorded", ticket_id: ticket.id, hold_reason: null });
    expect((await street.ticket(ticket.id)).participants).toMatchObject([{ address: "zoe@else.example" }]);
    expect((await street.entries(ticket.id)).at(-1)).toMatchObject({ author_kind: "participant" });
    const joined = (await street.events(ticket.id)).find(({ detail }) => detail?.includes("takes part"));
    expect(joined?.cause).toContain(ticket.assignee!);
    await street.receive(await agentAnswers(street.lastTo(address), "Hello both."));
    await street.pass(3 * SECOND);
    expect(street.lastTo("zoe@else.example").message.text).toContain("Hello both.");
  });

  it("#new makes it a ticket of its own, linked, and acknowledged", async () => {
    const street = await openStreet(store);
    const { ticket, row, question } = await heldMail(street, "new.example");
    await street.receive(await agentAnswers(question, "#new"));
    const own = await street.inbound(row.id);
    expect(await street.ticket(own.ticket_id!)).toMatchObject({
      linkedTo: ticket.id,
      customer: { address: "zoe@else.example" },
    });
    expect(street.sentTo("zoe@else.example")).toHaveLength(1);
  });

  it("is decided once: a second answer changes nothing and says so", async () => {
    const street = await openStreet(store);
    const { ticket, question, address } = await heldMail(street, "once.example");
    const again = await agentAnswers(question, "#new\n\nafter all");
    await street.receive(await agentAnswers(question, "#accept"));
    const tickets = await street.db("ticket").count({ n: "*" }).first();
    await street.receive(again);
    expect(await street.db("ticket").count({ n: "*" }).first()).toEqual(tickets);
    expect(street.lastTo(address).message.subject).toContain("NOT SENT");
    expect((await street.ticket(ticket.id)).participants).toHaveLength(1);
  });

  it("is not decided by an answer that says something else", async () => {
    const street = await openStreet(store);
    const { row, question, address } = await heldMail(street, "chatter.example");
    await street.receive(await agentAnswers(question, "Who is that?"));
    expect(await street.inbound(row.id)).toMatchObject({ state: "held" });
    expect(street.lastTo(address).message.text).toContain("#accept, #new or #block");
    await street.receive(await agentAnswers(question, "#accept"));
    expect(await street.inbound(row.id)).toMatchObject({ state: "recorded" });
  });

  it("by the customer's own address, doubtful, is the customer's once accepted", async () => {
    const street = await openStreet(store);
    const ticket = await street.open({ from: "m@doubt.example" });
    const row = await street.receive(
      mail({
        from: "m@doubt.example",
        to: "support@nw.example",
        subject: `[${ticket.publicNumber}]`,
        text: "It is really me.",
        headers: [
          ["Authentication-Results", "mx.nw.example; dmarc=fail header.from=doubt.example"],
          ["Received", "from x by mx.nw.example; Mon, 23 Nov 2026 10:00:00 +0000"],
        ],
      }),
    );
    expect(row.state).toBe("held");
    expect(await decideHeld(street.stage, row.id, "accept")).toHaveProperty("done");
    expect(await street.ticket(ticket.id)).toMatchObject({ participants: [] });
    expect((await street.entries(ticket.id)).at(-1)).toMatchObject({ author_kind: "customer" });
  });

  it("of an agent's address never becomes a participant", async () => {
    const street = await openStreet(store);
    const ticket = await street.open({ from: "m@noagent.example" });
    const row = await street.receive(
      mail({ from: "dev@nw.example", to: "support@nw.example", subject: `[${ticket.publicNumber}]` }),
    );
    expect(row.state).toBe("held");
    await decideHeld(street.stage, row.id, "accept");
    expect((await street.ticket(ticket.id)).participants).toEqual([]);
    expect(await street.inbound(row.id)).toMatchObject({ state: "recorded", ticket_id: ticket.id });
  });

  it("becomes a ticket when four hours have gone by, by the clock and not before", async () => {
    const street = await openStreet(store);
    const { row } = await heldMail(street, "clock.example");
    street.clock.now += 4 * HOUR - SECOND;
    await clock(street.stage);
    expect(await street.inbound(row.id)).toMatchObject({ state: "held" });
    street.clock.now += 2 * SECOND;
    expect(await clock(street.stage)).toBeGreaterThan(0);
    await street.ring();
    const own = await street.inbound(row.id);
    expect(own).toMatchObject({ state: "recorded", verdict: "open-ticket" });
    expect((await street.events(own.ticket_id!))[0]).toMatchObject({ name: "opened", cause_kind: "clock" });
  });

  it("that cannot be recorded does not keep the ones behind it from becoming tickets", async () => {
    const street = await openStreet(store);
    const broken = await heldMail(street, "broken.example");
    const fine = await heldMail(street, "fine.example");
    await street.db("inbound").where({ id: broken.row.id }).update({ decided: "{}" });
    street.clock.now += 5 * HOUR;
    await clock(street.stage);
    expect(await street.inbound(fine.row.id)).toMatchObject({ state: "recorded" });
    expect(await street.inbound(broken.row.id)).toMatchObject({ state: "held" });
    await street.db("inbound").where({ id: broken.row.id }).update({ state: "quarantined" });
  });
});

onBothStores("a stranger's message that answers one of ours", (store) => {
  it("is added and marked, reopens the ticket, and makes nobody a recipient", async () => {
    const street = await openStreet(store);
    const ticket = await street.open({ from: "m@answer.example", messageId: "first@answer.example" });
    const address = `${ticket.assignee}@nw.example`;
    await street.db("ticket").where({ id: ticket.id }).update({ status: "closed", closed_at: street.clock.now });
    await street.receive(
      mail({
        from: "zoe@else.example",
        to: "support@nw.example",
        inReplyTo: "first@answer.example",
        text: "I know more.",
      }),
    );
    expect((await street.entries(ticket.id)).at(-1)).toMatchObject({ author_kind: "stranger" });
    expect(await street.ticket(ticket.id)).toMatchObject({ status: "open", participants: [] });
    expect(street.lastTo(address).message.text).toContain("not a participant of this ticket");
    await street.receive(await agentAnswers(street.lastTo(address), "Hello."));
    await street.pass(3 * SECOND);
    expect(street.sentTo("zoe@else.example")).toEqual([]);
  });

  it("joins when it is a colleague's, and not when it is an automatic answer or freemail", async () => {
    const street = await openStreet(store);
    const answer = (from: string, id: string, more = {}) =>
      street.receive(mail({ from, to: "support@nw.example", inReplyTo: id, text: `From ${from}`, ...more }));
    const firm = await street.open({ from: "m@firm.example", messageId: "first@firm.example" });
    await answer("away@firm.example", "first@firm.example", { headers: [["Auto-Submitted", "auto-replied"]] });
    expect((await street.ticket(firm.id)).participants).toEqual([]);
    await answer("boss@firm.example", "first@firm.example");
    expect((await street.ticket(firm.id)).participants).toMatchObject([{ address: "boss@firm.example" }]);
    const free = await street.open({ from: "m@gmail.com", messageId: "first@gmail.com" });
    await answer("other@gmail.com", "first@gmail.com");
    expect((await street.ticket(free.id)).participants).toEqual([]);
  });

  it("from an agent's address or ours does not join, also where customers are colleagues", async () => {
    const street = await openStreet(store);
    const ticket = await street.open({ from: "colleague@nw.example", messageId: "first@nw.example" });
    for (const from of ["dev@nw.example", "it@nw.example"])
      await street.receive(mail({ from, to: "support@nw.example", inReplyTo: "first@nw.example", text: from }));
    expect((await street.ticket(ticket.id)).participants).toEqual([]);
    const notice = street.lastTo(`${ticket.assignee}@nw.example`);
    expect(await street.receive(await agentAnswers(notice, "Hello."))).toMatchObject({ state: "recorded" });
  });
});

onBothStores("a blocked sender", (store) => {
  it("#block quarantines the message and everything that follows, and it can be taken up again", async () => {
    const street = await openStreet(store, { desk: testDesk() });
    const ticket = await street.open({ from: "m@block.example" });
    const address = `${ticket.assignee}@nw.example`;
    const from = "spam@spam.example";
    const row = await street.receive(mail({ from, to: "support@nw.example", subject: `[${ticket.publicNumber}]` }));
    await street.receive(await agentAnswers(street.lastTo(address), "#block"));
    expect(await street.inbound(row.id)).toMatchObject({ state: "quarantined" });
    expect((await street.events(ticket.id)).find(({ name }) => name === "sender blocked")).toMatchObject({
      actor: ticket.assignee,
      new: from,
    });
    expect(await isBlocked(street.db, from as never)).toBe(true);
    const next = await street.receive(mail({ from, to: "support@nw.example", text: "Buy!" }));
    expect(next).toMatchObject({ state: "quarantined", verdict: "quarantine" });
    expect(await street.db("address").where({ address: from }).update({ blocked: 0 })).toBe(1);
    expect(await retryInbound(street.stage, next.id)).toHaveProperty("done");
    await street.record();
    expect(await street.inbound(next.id)).toMatchObject({ state: "recorded", verdict: "open-ticket" });
  });

  it("is refused for what is not held, in words", async () => {
    const street = await openStreet(store);
    const ticket = await street.open({ from: "m@notheld.example" });
    const row = await street.db("inbound").where({ ticket_id: ticket.id }).first();
    for (const outcome of [
      await blockSender(street.stage, row.id),
      await decideHeld(street.stage, row.id, "accept"),
      await retryInbound(street.stage, row.id),
    ])
      expect(outcome).toMatchObject({ refused: expect.stringContaining(`Message ${row.id} is not`) });
    expect(await decideHeld(street.stage, 999_999, "new")).toMatchObject({
      refused: expect.stringContaining("There is no message"),
    });
  });

  it("can be let in again after a block", async () => {
    const street = await openStreet(store);
    const { row } = await heldMail(street, "unblock.example");
    await blockSender(street.stage, row.id);
    expect(await isBlocked(street.db, "zoe@else.example" as EmailAddress)).toBe(true);
    expect(await unblockAddress(street.db, "zoe@else.example")).toBe(true);
    expect(await isBlocked(street.db, "zoe@else.example" as EmailAddress)).toBe(false);
    expect(await unblockAddress(street.db, "zoe@else.example")).toBe(false);
  });

  it("is told apart from an agent's stopped reply, which nobody may accept, turn into a ticket or block", async () => {
    const street = await openStreet(store);
    const ticket = await street.open({ from: "m@agents-own.example" });
    const row = await street.receive(
      await agentAnswers(street.lastTo(`${ticket.assignee}@nw.example`), "#clsoe Refunded."),
    );
    expect(row).toMatchObject({ state: "held", hold_reason: "command" });
    for (const outcome of [
      await decideHeld(street.stage, row.id, "accept"),
      await decideHeld(street.stage, row.id, "new"),
      await blockSender(street.stage, row.id),
    ])
      expect(outcome).toMatchObject({ refused: expect.stringContaining("an agent's reply") });
    expect(await isBlocked(street.db, `${ticket.assignee}@nw.example` as EmailAddress)).toBe(false);
  });
});
