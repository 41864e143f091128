import { expect, it } from "vitest";
import { mail } from "../harness/mails.ts";
import { onBothStores } from "../db/stores.ts";
import { agentAnswers, DAY, openStreet, SECOND, type Street, verdictOf } from "./street.ts";

async function told(street: Street, from: string) {
  const ticket = await street.open({ from });
  const address = `${ticket.assignee}@nw.example`;
  return { ticket, notice: street.lastTo(address), address, customer: from };
}

onBothStores("an agent who is not proven", (store) => {
  it("is asked at the registered address, and #confirm carries the reply out once", async () => {
    const street = await openStreet(store);
    const { ticket, notice, address, customer } = await told(street, "m@challenge.example");
    const row = await street.receive(await agentAnswers(notice, "#close\n\nIt works again.", { auth: "none" }));
    expect(row).toMatchObject({ state: "held", hold_reason: "proof", ticket_id: ticket.id });
    expect(await street.entries(ticket.id)).toHaveLength(1);
    const challenge = street.lastTo(address);
    expect(challenge.message.text).toContain("#confirm");
    await street.receive(await agentAnswers(challenge, "#confirm", { auth: "none" }));
    await street.receive(await agentAnswers(challenge, "#confirm again", { auth: "pass" }));
    await street.pass(3 * SECOND);
    expect(street.sentTo(customer)).toHaveLength(2);
    expect(street.lastTo(customer).message.text).toContain("It works again.");
    expect(await street.ticket(ticket.id)).toMatchObject({ status: "closed" });
    expect(await street.inbound(row.id)).toMatchObject({ state: "recorded", hold_reason: null });
  });

  it("whose challenge is answered with something else has said nothing", async () => {
    const street = await openStreet(store);
    const { notice, address, customer } = await told(street, "m@unclear.example");
    const row = await street.receive(await agentAnswers(notice, "Hello!", { auth: "none" }));
    await street.receive(await agentAnswers(street.lastTo(address), "Yes, that was me."));
    expect(street.lastTo(address).message.text).toContain("not understood");
    await street.pass(3 * SECOND);
    expect(street.sentTo(customer)).toHaveLength(1);
    expect(await street.inbound(row.id)).toMatchObject({ state: "held" });
  });

  it("under the strict policy has a note, and is told that nothing was sent", async () => {
    const street = await openStreet(store, { settings: { agentProof: "strict" } });
    const { ticket, notice, address, customer } = await told(street, "m@strict.example");
    await street.receive(await agentAnswers(notice, "#close\n\nHello!", { auth: "none" }));
    await street.pass(3 * SECOND);
    expect((await street.entries(ticket.id)).at(-1)).toMatchObject({ kind: "note" });
    expect(street.lastTo(address).message.subject).toContain("NOT SENT");
    expect(street.sentTo(customer)).toHaveLength(1);
    expect((await street.ticket(ticket.id)).status).toBe("open");
  });

  it("under the token policy acts by the token alone", async () => {
    const street = await openStreet(store, { settings: { agentProof: "token" } });
    const { notice, customer } = await told(street, "m@token.example");
    await street.receive(await agentAnswers(notice, "Hello!", { auth: "none" }));
    await street.pass(3 * SECOND);
    expect(street.lastTo(customer).message.text).toContain("Hello!");
  });

  it("with an expired token confirms and is sent", async () => {
    const street = await openStreet(store);
    const { notice, address, customer } = await told(street, "m@expired.example");
    await street.pass(91 * DAY);
    const answer = await agentAnswers(notice, "Late, but here.");
    expect(await street.receive(answer)).toMatchObject({ state: "held", hold_reason: "proof" });
    await street.receive(await agentAnswers(street.lastTo(address), "#confirm"));
    await street.pass(3 * SECOND);
    expect(street.lastTo(customer).message.text).toContain("Late, but here.");
  });

  it("who answers a colleague's notification unproven confirms, and it becomes a note of theirs", async () => {
    const street = await openStreet(store);
    const { ticket, notice, customer } = await told(street, "m@colleague.example");
    const row = await street.receive(
      await agentAnswers(notice, "I know this case.", { from: "Dev Patel <dev@nw.example>", auth: "none" }),
    );
    expect(row).toMatchObject({ state: "held", hold_reason: "proof" });
    await street.receive(await agentAnswers(street.lastTo("dev@nw.example"), "#confirm"));
    await street.pass(3 * SECOND);
    expect((await street.entries(ticket.id)).at(-1)).toMatchObject({ kind: "note", author_address: "dev@nw.example" });
    expect(street.sentTo(customer)).toHaveLength(1);
  });
});

onBothStores("a reply that is stopped", (store) => {
  it("by a mistyped command is held and shown with the right one; #confirm sends it as text", async () => {
    const street = await openStreet(store);
    const { ticket, notice, address, customer } = await told(street, "m@typo.example");
    const row = await street.receive(await agentAnswers(notice, "#clsoe\n\nHello Maria, it works."));
    expect(row).toMatchObject({ state: "held", hold_reason: "command" });
    const stopped = street.lastTo(address);
    expect(stopped.message.subject).toContain("NOT SENT");
    expect(stopped.message.text).toContain("Did you mean #close?");
    expect(stopped.message.text).toContain("Hello Maria, it works.");
    await street.pass(3 * SECOND);
    expect(street.sentTo(customer)).toHaveLength(1);
    await street.receive(await agentAnswers(stopped, "#confirm"));
    await street.pass(3 * SECOND);
    expect(street.lastTo(customer).message.text).toContain("#clsoe\n\nHello Maria, it works.");
    expect(await street.ticket(ticket.id)).toMatchObject({ status: "open" });
  });

  it("is sent after a confirmation that itself had to be proven", async () => {
    const street = await openStreet(store);
    const { notice, address, customer } = await told(street, "m@nested.example");
    await street.receive(await agentAnswers(notice, "#prioritty high\n\nHello."));
    const stopped = street.lastTo(address);
    expect(await street.receive(await agentAnswers(stopped, "#confirm", { auth: "none" }))).toMatchObject({
      state: "held",
      hold_reason: "proof",
    });
    const challenge = street.lastTo(address);
    expect(challenge.message.subject).not.toContain("NOT SENT");
    await street.receive(await agentAnswers(challenge, "#confirm", { auth: "none" }));
    await street.pass(3 * SECOND);
    expect(street.lastTo(customer).message.text).toContain("#prioritty high");
  });

  it("confirmed by somebody else stays held", async () => {
    const street = await openStreet(store);
    const { notice, address, customer } = await told(street, "m@other.example");
    const row = await street.receive(await agentAnswers(notice, "#clsoe\n\nHello."));
    const stopped = street.lastTo(address);
    await street.receive(await agentAnswers(stopped, "#confirm", { from: "Dev Patel <dev@nw.example>" }));
    await street.receive(await agentAnswers(stopped, "#confirm", { from: `M <${customer}>`, auth: "pass" }));
    await street.pass(3 * SECOND);
    expect(await street.inbound(row.id)).toMatchObject({ state: "held" });
    expect(street.sentTo(customer)).toHaveLength(1);
  });

  it("corrected in a new reply goes out, and the held one is settled by it", async () => {
    const street = await openStreet(store);
    const { notice, address, customer } = await told(street, "m@corrected.example");
    const row = await street.receive(await agentAnswers(notice, "#clsoe\n\nHello."));
    await street.receive(await agentAnswers(notice, "#close\n\nHello."));
    await street.pass(3 * SECOND);
    expect(street.lastTo(customer).message.text).toContain("We consider this solved.");
    expect(await street.inbound(row.id)).toMatchObject({
      state: "recorded",
      reason: expect.stringContaining("written anew") as string,
    });
    expect(street.sentTo(address).length).toBeGreaterThan(1);
  });
});

onBothStores("a token in the wrong hands", (store) => {
  it("of an address that nobody knows is held, and the agent is asked", async () => {
    const street = await openStreet(store);
    const { ticket, notice, address, customer } = await told(street, "m@unknown.example");
    const row = await street.receive(
      await agentAnswers(notice, "#close\n\nFrom my private phone.", { from: "Ann <ann.private@mail.example>" }),
    );
    expect(row).toMatchObject({ state: "held", hold_reason: "unknown-address" });
    expect(street.lastTo(address).message.text).toContain("ann.private@mail.example");
    await street.pass(3 * SECOND);
    expect(street.sentTo(customer)).toHaveLength(1);
    expect((await street.ticket(ticket.id)).status).toBe("open");
  });

  it("guessed does nothing: a note of the proven agent's, and they are told", async () => {
    const street = await openStreet(store);
    const { ticket, address, customer } = await told(street, "m@guess.example");
    const guessed = `support+a999-${"a".repeat(26)}@nw.example`;
    const row = await street.receive(
      mail({
        from: `A <${address}>`,
        to: guessed,
        subject: `Re: x [${ticket.publicNumber}]`,
        text: "#close\n\nDone.",
        headers: verdictOf("pass", "nw.example"),
      }),
    );
    expect(row).toMatchObject({ verdict: "follow-up", ticket_id: ticket.id });
    await street.pass(3 * SECOND);
    expect((await street.ticket(ticket.id)).status).toBe("open");
    expect(street.sentTo(customer)).toHaveLength(1);
    expect(street.lastTo(address).message.subject).toContain("NOT SENT");
  });

  it("of an agent who has left the desk is nobody's", async () => {
    const street = await openStreet(store);
    const { ticket, notice, customer } = await told(street, "m@left.example");
    await street.receive(await agentAnswers(notice, "#close", { from: "Old <old@nw.example>", headers: [] }));
    await street.pass(3 * SECOND);
    expect((await street.ticket(ticket.id)).status).toBe("open");
    expect(street.sentTo(customer)).toHaveLength(1);
  });
});
