import { expect, it } from "vitest";
import { onBothStores } from "../db/stores.ts";
import { agentAnswers, customerAnswers, openStreet, SECOND, type Street } from "./street.ts";

/** A ticket that Ann was told of, and the notification. */
async function told(street: Street, from: string, subject = "A question") {
  const ticket = await street.open({ from: `Maria Santos <${from}>`, subject });
  const notice = street.lastTo(`${ticket.assignee}@nw.example`);
  return { ticket, notice, agent: ticket.assignee!, address: `${ticket.assignee}@nw.example` };
}

onBothStores("an agent's commands by mail", (store) => {
  it("a bare reply reaches the customer after the wait, leaves the ticket open and waits for the customer", async () => {
    const street = await openStreet(store);
    const { ticket, notice } = await told(street, "m@bare.example");
    const row = await street.receive(await agentAnswers(notice, "Please try again now."));
    expect(row).toMatchObject({ verdict: "agent-reply", state: "recorded" });
    expect(street.sentTo("m@bare.example")).toHaveLength(1);
    await street.pass(2 * SECOND);
    const reply = street.lastTo("m@bare.example");
    expect(reply.message.text).toContain("Please try again now.");
    expect(reply.message.from).toMatchObject({ address: "support@nw.example" });
    expect(reply.message.nature.nature).not.toBe("auto-response");
    expect(await street.ticket(ticket.id)).toMatchObject({ status: "open", waitingFor: "customer" });
  });

  it("#close with text closes when the reply is accepted, with the closing line and without the command", async () => {
    const street = await openStreet(store);
    const { ticket, notice, agent } = await told(street, "m@close.example");
    await street.receive(await agentAnswers(notice, "#close\n\nYour account is open again."));
    expect((await street.ticket(ticket.id)).status).toBe("open");
    await street.pass(2 * SECOND);
    expect(await street.ticket(ticket.id)).toMatchObject({ status: "closed", waitingFor: null });
    const [, reply, ...more] = street.sentTo("m@close.example");
    expect(more).toEqual([]);
    expect(reply!.message.text).toContain("We consider this solved.");
    expect(reply!.message.text).not.toContain("#close");
    expect((await street.events(ticket.id)).findLast(({ name }) => name === "set-status")).toMatchObject({
      old: "open",
      new: "closed",
      actor: agent,
      cause: "#close",
      cause_kind: "command",
    });
  });

  it("#close alone closes at once and sends the closure notice", async () => {
    const street = await openStreet(store);
    const { ticket, notice } = await told(street, "m@notice.example");
    await street.receive(await agentAnswers(notice, "#close"));
    expect((await street.ticket(ticket.id)).status).toBe("closed");
    await street.pass(2 * SECOND);
    const closure = street.lastTo("m@notice.example");
    expect(closure.message.text).toContain(`We have closed ${ticket.publicNumber}`);
    expect(closure.message.headers).toContainEqual({ name: "auto-submitted", value: "auto-generated" });
  });

  it("the closure notice is void when the customer writes before it leaves", async () => {
    const street = await openStreet(store);
    const { ticket, notice } = await told(street, "m@void.example");
    await street.receive(await agentAnswers(notice, "#close"));
    await street.receive(await customerAnswers(street.lastTo("m@void.example"), "Wait, it is back!"));
    await street.pass(5 * SECOND);
    expect(street.sentTo("m@void.example")).toHaveLength(1);
    expect((await street.ticket(ticket.id)).status).toBe("open");
    expect(await street.deliveries({ kind: "closure", ticket_id: ticket.id })).toMatchObject([{ state: "cancelled" }]);
    expect((await street.events(ticket.id)).map(({ name }) => name)).toContain("closure not sent");
  });

  it("#note keeps the text, and nothing goes to the customer", async () => {
    const street = await openStreet(store);
    const { ticket, notice } = await told(street, "m@note.example");
    await street.receive(await agentAnswers(notice, "#note She sounded angry on the phone this morning."));
    await street.pass(5 * SECOND);
    expect(street.sentTo("m@note.example")).toHaveLength(1);
    expect((await street.entries(ticket.id)).at(-1)).toMatchObject({
      kind: "note",
      text: "She sounded angry on the phone this morning.",
      author_kind: "agent",
    });
    expect((await street.ticket(ticket.id)).waitingFor).toBe("us");
  });

  it("#assign, #priority, #tag and #pending in one block, each an event; the new assignee is told", async () => {
    const street = await openStreet(store);
    const { ticket, notice, agent } = await told(street, "m@many.example");
    const other = agent === "ann" ? "ben" : "ann";
    const row = await street.receive(
      await agentAnswers(notice, `#assign ${other} #priority high\n#tag vip refund\n#pending`),
    );
    expect(row.state).toBe("recorded");
    expect(await street.ticket(ticket.id)).toMatchObject({
      assignee: other,
      priority: "high",
      tags: ["refund", "vip"],
      status: "pending",
      waitingFor: "customer",
    });
    expect(street.lastTo(`${other}@nw.example`).message.text).toContain("assigned this to you");
    const changes = (await street.events(ticket.id)).filter(({ cause_kind }) => cause_kind === "command");
    expect(changes.map(({ name, cause }) => `${name} ${cause}`).sort()).toEqual([
      "assign #assign",
      "set-priority #priority",
      "set-status #pending",
      "set-waiting-for #pending",
      "tag #tag",
      "tag #tag",
    ]);
    for (const { actor, actor_kind } of changes) expect(`${actor_kind} ${actor}`).toBe(`agent ${agent}`);
  });

  it("#take takes it, #reopen opens it, #dept moves it and keeps the address the customer wrote to", async () => {
    const street = await openStreet(store);
    const { ticket, notice, agent } = await told(street, "m@move.example");
    const other = agent === "ann" ? "ben" : "ann";
    await street.receive(await agentAnswers(notice, `#assign ${other}`));
    await street.receive(await agentAnswers(notice, "#take"));
    expect((await street.ticket(ticket.id)).assignee).toBe(agent);
    await street.receive(await agentAnswers(notice, "#close"));
    await street.receive(await agentAnswers(notice, "#reopen"));
    expect(await street.ticket(ticket.id)).toMatchObject({ status: "open", waitingFor: "us" });
    await street.receive(await agentAnswers(notice, "#dept it"));
    expect(await street.ticket(ticket.id)).toMatchObject({
      department: "it",
      assignee: "dev",
      supportAddress: "support@nw.example",
    });
    await street.receive(await agentAnswers(street.lastTo("dev@nw.example"), "IT looks at it.", {}));
    await street.pass(2 * SECOND);
    expect(street.lastTo("m@move.example").message.from?.address).toBe("support@nw.example");
  });

  it("#now skips the wait", async () => {
    const street = await openStreet(store);
    const { notice } = await told(street, "m@now.example");
    await street.receive(await agentAnswers(notice, "#now\n\nAt once."));
    expect(street.lastTo("m@now.example").message.text).toContain("At once.");
  });

  it("#help answers with the commands and sends nothing", async () => {
    const street = await openStreet(store);
    const { notice, address } = await told(street, "m@help.example");
    await street.receive(await agentAnswers(notice, "#help"));
    expect(street.lastTo(address).message.text).toContain("#assign NAME");
    await street.pass(5 * SECOND);
    expect(street.sentTo("m@help.example")).toHaveLength(1);
  });

  it("tells a newcomer what each command did, ten times and no more", async () => {
    const street = await openStreet(store);
    const { notice, address } = await told(street, "m@newcomer.example");
    for (let n = 0; n < 14; n++) await street.receive(await agentAnswers(notice, `#tag run-${n}`));
    const receipts = street.sentTo(address).filter(({ message }) => message.text.includes("tagged run-"));
    expect(receipts.length).toBeGreaterThan(0);
    expect(receipts.length).toBeLessThanOrEqual(10);
    expect(receipts.at(-1)!.message.text).not.toContain("run-13");
  });

  it("carries the same mail out once, also when it comes again with another Message-ID", async () => {
    const street = await openStreet(store);
    const { ticket, notice, address } = await told(street, "m@replay.example");
    const answer = await agentAnswers(notice, "#now\n\nOnce only.");
    await street.receive(answer);
    const again = answer.raw.toString("latin1").replace(/^Message-ID:.*$/im, "Message-ID: <replayed@nw.example>");
    const row = await street.receive(Buffer.from(again, "latin1"));
    expect(row.state).toBe("duplicate");
    await street.pass(5 * SECOND);
    expect(street.sentTo("m@replay.example")).toHaveLength(2);
    expect(street.lastTo(address).message.text).toContain("carried out before");
    expect((await street.entries(ticket.id)).filter(({ kind }) => kind === "reply")).toHaveLength(1);
  });

  it("refuses what the agent may not do, and does nothing of the mail", async () => {
    const street = await openStreet(store);
    const { ticket, notice, address } = await told(street, "m@refused-command.example");
    const row = await street.receive(await agentAnswers(notice, "#assign dev\n#priority urgent\n\nHello!"));
    expect(row).toMatchObject({ state: "held" });
    await street.pass(5 * SECOND);
    expect(await street.ticket(ticket.id)).toMatchObject({ priority: "normal" });
    expect(street.sentTo("m@refused-command.example")).toHaveLength(1);
    expect(street.lastTo(address).message.subject).toContain("NOT SENT");
  });
});
