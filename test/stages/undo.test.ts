import { expect, it } from "vitest";
import { pausesOf } from "../../src/db/sla.ts";
import { onBothStores } from "../db/stores.ts";
import { mail } from "../harness/mails.ts";
import { agentAnswers, customerAnswers, openStreet, SECOND, type Street } from "./street.ts";

async function told(street: Street, from: string) {
  const ticket = await street.open({ from });
  const address = `${ticket.assignee}@nw.example`;
  return { ticket, notice: street.lastTo(address), address };
}

onBothStores("#undo", (store) => {
  it("in time stops the reply and puts everything back", async () => {
    const street = await openStreet(store);
    const { ticket, notice, address } = await told(street, "m@intime.example");
    const before = await street.ticket(ticket.id);
    await street.receive(await agentAnswers(notice, "#close #priority high #tag wrong\n\nAll done, goodbye."));
    await street.receive(await agentAnswers(notice, "#undo"));
    await street.pass(10 * SECOND);
    expect(street.sentTo("m@intime.example")).toHaveLength(1);
    expect(await street.ticket(ticket.id)).toMatchObject({
      status: "open",
      priority: before.priority,
      tags: [],
      waitingFor: before.waitingFor,
    });
    expect(street.lastTo(address).message.text).toMatch(/#undo: taken back: .*#close.*your mail/);
    expect((await street.events(ticket.id)).map(({ name }) => name)).toContain("undone");
  });

  it("gives a reassigned ticket back to who had it, and its department", async () => {
    const street = await openStreet(store);
    const { ticket, notice } = await told(street, "m@giveback.example");
    await street.receive(await agentAnswers(notice, "#dept it"));
    expect(await street.ticket(ticket.id)).toMatchObject({ department: "it", assignee: "dev" });
    await street.receive(await agentAnswers(notice, "#undo"));
    expect(await street.ticket(ticket.id)).toMatchObject({ department: "support", assignee: ticket.assignee });
  });

  it("is too late when the mail has left", async () => {
    const street = await openStreet(store);
    const { ticket, notice, address } = await told(street, "m@toolate.example");
    await street.receive(await agentAnswers(notice, "#close\n\nSolved."));
    await street.pass(3 * SECOND);
    await street.receive(await agentAnswers(notice, "#undo"));
    const { text } = street.lastTo(address).message;
    expect(text).toContain("too late: the mail to m@toolate.example has left; #reopen opens the ticket again");
    expect((await street.ticket(ticket.id)).status).toBe("closed");
  });

  it("is refused when something has happened since, and changes nothing", async () => {
    const street = await openStreet(store);
    const { ticket, notice, address } = await told(street, "m@since.example");
    await street.receive(await agentAnswers(notice, "#pending #tag mine"));
    await street.receive(await customerAnswers(street.lastTo("m@since.example"), "I am back already."));
    await street.receive(await agentAnswers(notice, "#undo"));
    expect(street.lastTo(address).message.text).toContain("something else has happened");
    expect(await street.ticket(ticket.id)).toMatchObject({ status: "open", tags: ["mine"] });
  });

  it("takes back the agent's own commands only", async () => {
    const street = await openStreet(store);
    const { ticket, notice } = await told(street, "m@own.example");
    const other = ticket.assignee === "ann" ? "ben" : "ann";
    await street.receive(await agentAnswers(notice, `#assign ${other}`));
    const theirs = street.lastTo(`${other}@nw.example`);
    await street.receive(await agentAnswers(theirs, "#undo"));
    expect(street.lastTo(`${other}@nw.example`).message.text).toContain("there is nothing of yours to take back");
    expect((await street.ticket(ticket.id)).assignee).toBe(other);
  });

  it("goes back over #help to the command before", async () => {
    const street = await openStreet(store);
    const { ticket, notice } = await told(street, "m@overhelp.example");
    await street.receive(await agentAnswers(notice, "#priority high"));
    await street.receive(await agentAnswers(notice, "#help"));
    await street.receive(await agentAnswers(notice, "#undo"));
    expect((await street.ticket(ticket.id)).priority).toBe("normal");
  });

  it("does not claim that a note is gone", async () => {
    const street = await openStreet(store);
    const { ticket, notice, address } = await told(street, "m@notestays.example");
    await street.receive(await agentAnswers(notice, "#note A remark for the colleagues."));
    await street.receive(await agentAnswers(notice, "#undo"));
    expect(street.lastTo(address).message.text).toMatch(/#undo: .*note stays/);
    expect((await street.entries(ticket.id)).at(-1)).toMatchObject({ kind: "note" });
  });

  it("undoes once: a second one reaches the commands before", async () => {
    const street = await openStreet(store);
    const { ticket, notice, address } = await told(street, "m@twice.example");
    await street.receive(await agentAnswers(notice, "#priority high"));
    await street.receive(await agentAnswers(notice, "#undo"));
    await street.receive(await agentAnswers(notice, "#undo\n\nreally"));
    expect(street.lastTo(address).message.text).toContain("there is nothing of yours to take back");
    expect((await street.ticket(ticket.id)).priority).toBe("normal");
  });

  it("of a merge brings back what waited: the reply that closes, the notice of a closing, a stranger's held message", async () => {
    const street = await openStreet(store);
    const from = "Maria Santos <m@waited.example>";
    const one = await street.open({ from, subject: "The printer" });
    const address = `${one.assignee}@nw.example`;
    const notice = street.lastTo(address);
    const other = await street.open({ from, subject: "The scanner" });
    const held = await street.receive(
      mail({
        from: "eve@odd.example",
        to: "support@nw.example",
        subject: `Re: [${one.publicNumber}]`,
        text: "Me too.",
      }),
    );
    expect(held).toMatchObject({ state: "held", ticket_id: one.id });
    const mergedAndBack = async (number: string) => {
      await street.receive(await agentAnswers(notice, `#merge ${number}`));
      expect(await street.inbound(held.id)).toMatchObject({ state: "held", ticket_id: other.id });
      await street.receive(await agentAnswers(notice, `#undo\n\n${number}`));
      expect(street.lastTo(address).message.text).toContain("#undo: taken back: #merge");
      expect(await street.inbound(held.id)).toMatchObject({ state: "held", ticket_id: one.id });
    };
    await street.receive(await agentAnswers(notice, "#close\n\nIt is mended."));
    await mergedAndBack(other.publicNumber);
    await street.pass(3 * SECOND);
    expect(street.lastTo("m@waited.example").message.text).toContain("It is mended.");
    expect((await street.ticket(one.id)).status).toBe("closed");

    await street.receive(await agentAnswers(notice, "#reopen"));
    await street.receive(await agentAnswers(notice, "#close"));
    await mergedAndBack(other.publicNumber.slice(3));
    const mails = street.sentTo("m@waited.example").length;
    await street.pass(3 * SECOND);
    expect(street.sentTo("m@waited.example")).toHaveLength(mails + 1);
    expect(street.lastTo("m@waited.example").message.text).toMatch(/closed/i);
    expect((await street.ticket(one.id)).status).toBe("closed");
  });

  it("of a merge lets the clock of the other ticket stand still as if it had not been woken", async () => {
    const street = await openStreet(store);
    const from = "Maria Santos <m@still.example>";
    const other = await street.open({ from, subject: "The scanner" });
    await street.receive(await agentAnswers(street.lastTo(`${other.assignee}@nw.example`), "#pending"));
    const waiting = await street.ticket(other.id);
    expect(waiting.slaPausedAt).toBe(street.clock.now);
    await street.pass(3600 * SECOND);
    const one = await street.open({ from, subject: "The printer" });
    const notice = street.lastTo(`${one.assignee}@nw.example`);
    await street.receive(await agentAnswers(notice, `#merge ${other.publicNumber}`));
    expect(await street.ticket(other.id)).toMatchObject({ status: "open", slaPausedAt: null });
    await street.pass(1800 * SECOND);
    await street.receive(await agentAnswers(notice, "#undo"));
    expect(await street.ticket(other.id)).toMatchObject({ status: "pending", slaPausedAt: waiting.slaPausedAt });
    expect(await pausesOf(street.db, other.id)).toEqual([{ from: waiting.slaPausedAt, to: null }]);
  });
});
