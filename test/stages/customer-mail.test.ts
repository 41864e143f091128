import { expect, it } from "vitest";
import { mail } from "../harness/mails.ts";
import { onBothStores } from "../db/stores.ts";
import { customerAnswers, DAY, openStreet, verdictOf } from "./street.ts";

onBothStores("a customer's mail", (store) => {
  it("becomes a ticket with a department, an agent, due times, one acknowledgement and one notice", async () => {
    const street = await openStreet(store);
    const ticket = await street.open({ from: "Maria Santos <maria@open.example>", subject: "My password is refused" });
    expect(ticket).toMatchObject({
      status: "open",
      department: "it",
      assignee: "dev",
      waitingFor: "us",
      supportAddress: "support@nw.example",
      respondDueAt: ticket.openedAt + 3600_000,
    });
    expect(street.outbox.map(({ to }) => to).sort()).toEqual(["dev@nw.example", "maria@open.example"]);
    const ack = street.lastTo("maria@open.example");
    expect(ack.message.from?.address).toBe("support@nw.example");
    expect(ack.message.subject).toBe(`Re: My password is refused [${ticket.publicNumber}]`);
    expect(ack.message.nature.nature).toBe("own");
    const events = await street.events(ticket.id);
    expect(events.map(({ name }) => name)).toEqual([
      "opened",
      "set-department",
      "set-sla",
      "assign",
      "acknowledged",
      "ack sent",
      "notice sent",
    ]);
    for (const event of events) {
      expect(event.actor).not.toBe("");
      expect(event.cause).not.toBe("");
    }
    expect(events[1]).toMatchObject({ old: "support", new: "it", cause_kind: "rule" });
    const routes = await street.db("route").where({ ticket_id: ticket.id });
    expect(routes).toMatchObject([{ state: "done", error: null }]);
    expect(routes[0].trace).toContain("Login words");
  });

  it("is acknowledged once, however often the bells ring", async () => {
    const street = await openStreet(store);
    const id = await street.arrive(mail({ from: "m@once.example", to: "support@nw.example" }).raw);
    await street.record();
    const bells = [...street.bells];
    await street.ring();
    street.bells.push(...bells, ...bells);
    await street.ring();
    await street.record();
    await street.ring();
    expect(street.sentTo("m@once.example")).toHaveLength(1);
    expect((await street.inbound(id)).state).toBe("recorded");
  });

  it("is one ticket when it reaches two mailboxes, under the first address of ours", async () => {
    const street = await openStreet(store);
    const both = mail({ from: "m@two.example", to: "it@nw.example, support@nw.example" });
    const copy = Buffer.concat([Buffer.from("Delivered-To: it@nw.example\r\n"), both.raw]);
    const first = await street.receive(both);
    const second = await street.receive(copy);
    expect(second).toMatchObject({ state: "duplicate", duplicate_of: first.id });
    expect(street.sentTo("m@two.example")).toHaveLength(1);
    expect(await street.ticket(first.ticket_id!)).toMatchObject({ department: "it", supportAddress: "it@nw.example" });
  });

  it("is one ticket when two mailboxes are recorded at the same moment", async () => {
    const street = await openStreet(store);
    const copies = Array.from({ length: 6 }, (_, n) => ({ mailbox: `race-${n}-${street.mailbox}` }));
    const one = mail({ from: "m@race.example", to: "support@nw.example" });
    for (const [n, { mailbox }] of copies.entries())
      await street.arrive(Buffer.concat([Buffer.from(`Delivered-To: box${n}@nw.example\r\n`), one.raw]), { mailbox });
    await Promise.all(copies.map(({ mailbox }) => street.record(mailbox)));
    await street.ring();
    const rows = await street.db("inbound").where({ message_id: one.messageId });
    expect(rows.filter(({ state }) => state === "recorded")).toHaveLength(1);
    expect(rows.filter(({ state }) => state === "duplicate")).toHaveLength(5);
    expect(street.sentTo("m@race.example")).toHaveLength(1);
  });

  it("is a new message when only its Message-ID is that of another", async () => {
    const street = await openStreet(store);
    const parts = { from: "m@reused.example", to: "support@nw.example", messageId: "always-the-same@reused.example" };
    await street.receive(mail({ ...parts, text: "the first question" }));
    const second = await street.receive(mail({ ...parts, text: "quite another question" }));
    expect(second).toMatchObject({ state: "recorded", verdict: "open-ticket" });
  });

  it("follows up by the acknowledgement's token, by Message-ID, and by the number in the subject", async () => {
    const street = await openStreet(store);
    const from = "m@follow.example";
    const ticket = await street.open({ from, messageId: "first@follow.example" });
    const byToken = await street.receive(await customerAnswers(street.lastTo(from), "More of it."));
    expect(byToken).toMatchObject({ verdict: "follow-up", ticket_id: ticket.id });
    expect(byToken.reason).toContain("our token");
    const to = "support@nw.example";
    const byId = await street.receive(mail({ from, to, text: "one more", inReplyTo: "first@follow.example" }));
    expect(byId.reason).toContain("it answers <first@follow.example>");
    const byNumber = await street.receive(
      mail({ from, to, text: "a third", subject: `About [${ticket.publicNumber}]` }),
    );
    expect(byNumber).toMatchObject({ ticket_id: ticket.id });
    expect(byNumber.reason).toContain("in the subject");
    expect(street.sentTo(from)).toHaveLength(1);
    expect((await street.entries(ticket.id)).map(({ author_kind }) => author_kind)).toEqual(Array(4).fill("customer"));
  });

  it("reopens a closed ticket within the window, and opens a linked one after it", async () => {
    const street = await openStreet(store);
    const from = "m@window.example";
    const ticket = await street.open({ from });
    const ack = street.lastTo(from);
    const close = () =>
      street.db("ticket").where({ id: ticket.id }).update({ status: "closed", closed_at: street.clock.now });
    await close();
    await street.receive(await customerAnswers(ack, "It came back."));
    expect(await street.ticket(ticket.id)).toMatchObject({ status: "open", waitingFor: "us", closedAt: null });
    expect((await street.events(ticket.id)).filter(({ name }) => name === "set-status")).toMatchObject([
      { old: "closed", new: "open", actor: from, cause_kind: "message" },
    ]);
    await close();
    await street.pass(16 * DAY);
    const late = await street.receive(await customerAnswers(ack, "It came back once more."));
    expect(late.ticket_id).not.toBe(ticket.id);
    expect(await street.ticket(late.ticket_id!)).toMatchObject({ linkedTo: ticket.id, status: "open" });
    expect(street.sentTo(from)).toHaveLength(2);
  });

  it("records thanks and an automatic answer without waking the ticket or telling anybody", async () => {
    const street = await openStreet(store);
    const from = "m@thanks.example";
    const ticket = await street.open({ from });
    await street
      .db("ticket")
      .where({ id: ticket.id })
      .update({ status: "closed", closed_at: street.clock.now, waiting_for: null });
    const before = street.outbox.length;
    await street.receive(await customerAnswers(street.lastTo(from), "Thanks a lot!"));
    await street.receive(
      mail({
        from,
        to: "support@nw.example",
        subject: `Out of office: [${ticket.publicNumber}]`,
        headers: [["Auto-Submitted", "auto-replied"]],
      }),
    );
    expect(await street.ticket(ticket.id)).toMatchObject({ status: "closed", waitingFor: null });
    expect(await street.entries(ticket.id)).toHaveLength(3);
    expect(street.outbox).toHaveLength(before);
  });

  it("leaves a pending ticket pending, and nobody waited for anew, after a mere thanks", async () => {
    const street = await openStreet(store);
    const from = "m@pending.example";
    const ticket = await street.open({ from });
    await street.db("ticket").where({ id: ticket.id }).update({ status: "pending", waiting_for: "customer" });
    await street.receive(await customerAnswers(street.lastTo(from), "Thank you!"));
    expect(await street.ticket(ticket.id)).toMatchObject({ status: "pending", waitingFor: "customer" });
    await street.receive(await customerAnswers(street.lastTo(from), "Now it fails again."));
    expect(await street.ticket(ticket.id)).toMatchObject({ status: "open", waitingFor: "us" });
  });

  it("whose parent comes later takes the parent in, and no second ticket is opened", async () => {
    const street = await openStreet(store);
    const parts = { from: "m@late.example", to: "support@nw.example" };
    const reply = await street.receive(
      mail({
        ...parts,
        text: "PS: it is urgent.",
        inReplyTo: "parent@late.example",
        references: ["parent@late.example"],
      }),
    );
    const parent = await street.receive(mail({ ...parts, messageId: "parent@late.example", text: "My question." }));
    expect(parent).toMatchObject({ verdict: "follow-up", ticket_id: reply.ticket_id });
    expect(street.sentTo("m@late.example")).toHaveLength(1);
  });

  it("goes on in the ticket that its own was merged into", async () => {
    const street = await openStreet(store);
    const from = "m@merged.example";
    const old = await street.open({ from, subject: "One" });
    const ack = street.lastTo(from);
    const survivor = await street.open({ from, subject: "Two" });
    await street.db("ticket").where({ id: old.id }).update({ merged_into: survivor.id });
    expect(await street.receive(await customerAnswers(ack, "More."))).toMatchObject({ ticket_id: survivor.id });
  });

  it("makes participants of at most ten people in Cc, never of our own or of agents", async () => {
    const street = await openStreet(store);
    const others = Array.from({ length: 12 }, (_, n) => `p${n}@cc.example`);
    const ticket = await street.open({
      from: "m@cc.example",
      cc: ["it@nw.example", "ann@nw.example", ...others].join(", "),
    });
    expect(ticket.participants.map(({ address }) => address)).toEqual(others.slice(0, 10));
  });

  it("with evidence but a refused sender is held when it is somebody else's", async () => {
    const street = await openStreet(store);
    const ticket = await street.open({ from: "m@refused.example", messageId: "first@refused.example" });
    const forged = mail({
      from: "x@victim.example",
      to: "support@nw.example",
      inReplyTo: "first@refused.example",
      headers: verdictOf("fail", "victim.example"),
    });
    expect(await street.receive(forged)).toMatchObject({
      state: "held",
      hold_reason: "stranger",
      ticket_id: ticket.id,
    });
    expect(street.sentTo("x@victim.example")).toEqual([]);
  });
});
