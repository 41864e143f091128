import { expect, it } from "vitest";
import { clock } from "../../src/stages/clock.ts";
import { decideHeld } from "../../src/stages/decide-held.ts";
import { testDesk } from "../db/desks.ts";
import { onSqlite } from "../db/stores.ts";
import { agentAnswers, openStreet, SECOND, type Sent, type Street } from "./street.ts";

const MINUTE = 60 * SECOND;

/** Tom is new here, Ann reads what he writes; Eva runs the desk. */
const withTrainee = (ann = "") =>
  testDesk((text) =>
    text
      .replace("role: lead, in: [support]", `role: lead, in: [support]${ann}`)
      .replace("assign: round-robin", "assign: tom")
      .replace(
        "departments:",
        `  tom: { name: Tom Reed, emails: [tom@nw.example], role: trainee, in: [support], reviewer: ben }
  eva: { name: Eva Holm, emails: [eva@nw.example], role: admin, in: [it] }
departments:`,
      ),
  );
const desk = withTrainee();

const says = (name: string) => (sent: Sent, text: string) =>
  agentAnswers(sent, text, { from: `${name} <${name}@nw.example>` });
const [tom, ben, ann] = [says("tom"), says("ben"), says("ann")];

async function answered(street: Street, customer: string, text: string) {
  const ticket = await street.open({ from: `Maria Santos <${customer}>` });
  const notice = street.lastTo("tom@nw.example");
  const row = await street.receive(await tom(notice, text));
  return { ticket, notice, row, customer };
}

async function gotten(street: Street, customer: string): Promise<string[]> {
  await street.pass(3 * SECOND);
  return street
    .sentTo(customer)
    .slice(1)
    .map(({ message }) => message.text);
}

onSqlite("a trainee's answer", (store) => {
  it("waits for the reviewer, who sees the customer's words, the text and the commands; the trainee is told", async () => {
    const street = await openStreet(store, { desk });
    const { ticket, row, customer } = await answered(
      street,
      "m@waits.example",
      "#close\n#tag refund\n\nIt is open again.",
    );
    expect(row).toMatchObject({ state: "held", hold_reason: "review", ticket_id: ticket.id });
    const { text, subject } = street.lastTo("ben@nw.example").message;
    expect(subject).toMatch(/^Please review: /);
    expect(text).toContain("Tom Reed has answered Maria Santos");
    expect(text).toContain("  It is open again.");
    expect(text).toContain("With it: #close, #tag refund");
    expect(text).toContain("  the door does not open.");
    expect(street.lastTo("tom@nw.example").message.text).toContain("waits for Ben Ortiz to read it");
    expect(await gotten(street, customer)).toEqual([]);
    expect(await street.ticket(ticket.id)).toMatchObject({ tags: [], status: "open", waitingFor: "us" });
    expect(await decideHeld(street.stage, row.id, "accept")).toMatchObject({
      refused: expect.stringContaining("review"),
    });
  });

  it("#send carries it out as the trainee's, after the wait in which the trainee can undo it", async () => {
    const street = await openStreet(store, { desk });
    const { ticket, row, customer } = await answered(street, "m@send.example", "#close\n\nIt is open again.");
    await street.receive(await ben(street.lastTo("ben@nw.example"), "#send"));
    expect(await street.inbound(row.id)).toMatchObject({ state: "recorded" });
    expect(street.sentTo(customer)).toHaveLength(1);
    const [reply, ...more] = await gotten(street, customer);
    expect(more).toEqual([]);
    expect(reply).toContain("It is open again.");
    expect(reply).toContain("Tom, Northwind Support");
    expect(await street.ticket(ticket.id)).toMatchObject({ status: "closed" });
    expect((await street.entries(ticket.id)).at(-1)).toMatchObject({ kind: "reply", author_name: "Tom Reed" });
    expect((await street.events(ticket.id)).find(({ name }) => name === "reply approved")).toMatchObject({
      actor: "ben",
      detail: "approved by Ben Ortiz",
    });
    expect(street.lastTo("tom@nw.example").message.text).toContain("it goes out as you wrote it");
    expect(street.lastTo("ben@nw.example").message.text).toContain("sent for Tom Reed: #close");
  });

  it("is undone by the trainee while it waits", async () => {
    const street = await openStreet(store, { desk });
    const { notice, customer } = await answered(street, "m@undo.example", "It is open again.");
    await street.receive(await ben(street.lastTo("ben@nw.example"), "#send"));
    await street.receive(await tom(notice, "#undo"));
    expect(await gotten(street, customer)).toEqual([]);
    expect(street.lastTo("tom@nw.example").message.text).toContain("taken back");
  });

  it("goes out in the reviewer's words, with the trainee's commands and name", async () => {
    const street = await openStreet(store, { desk });
    const { ticket, customer } = await answered(street, "m@edit.example", "#close\n\nits open agian");
    await street.receive(await ben(street.lastTo("ben@nw.example"), "Hello Maria,\n\nit is open again."));
    const [reply] = await gotten(street, customer);
    expect(reply).toContain("Hello Maria,\n\nit is open again.\n\nTom, Northwind Support");
    expect(reply).not.toContain("agian");
    expect(await street.ticket(ticket.id)).toMatchObject({ status: "closed" });
    expect((await street.events(ticket.id)).find(({ name }) => name === "reply approved")?.detail).toContain(
      "text by Ben Ortiz",
    );
    expect(street.lastTo("tom@nw.example").message.text).toContain("  it is open again.");
  });

  it("in words that repeat a part of our own mail is not sent", async () => {
    const street = await openStreet(store, { desk });
    const { row, customer } = await answered(street, "m@leak.example", "It is open again.");
    const request = street.lastTo("ben@nw.example");
    const text = `Good.\nTom Reed has answered Maria Santos, and nothing is sent before you have read it:`;
    await street.receive(await ben(request, text));
    expect(await street.inbound(row.id)).toMatchObject({ state: "held" });
    expect(street.lastTo("ben@nw.example").message.text).toContain(
      "not sent: your text repeats a part of our notification",
    );
    await street.receive(await ben(request, "#send"));
    expect(await gotten(street, customer)).toHaveLength(1);
  });

  it("#note gives it back with the reviewer's words, and nothing is sent", async () => {
    const street = await openStreet(store, { desk });
    const { row, notice, ticket, customer } = await answered(street, "m@back.example", "#close\n\nDont know.");
    await street.receive(await ben(street.lastTo("ben@nw.example"), "#note\n\nPlease ask for the room number first."));
    expect(await street.inbound(row.id)).toMatchObject({
      state: "recorded",
      reason: expect.stringContaining("given back"),
    });
    const news = street.lastTo("tom@nw.example").message;
    expect(news.text).toContain("  Please ask for the room number first.");
    expect(news.text).toContain("nothing was sent");
    expect(await gotten(street, customer)).toEqual([]);
    expect((await street.ticket(ticket.id)).status).toBe("open");
    await street.receive(await tom(notice, "Which room is it?"));
    await street.receive(await ben(street.lastTo("ben@nw.example"), "#send"));
    expect(await gotten(street, customer)).toEqual([expect.stringContaining("Which room is it?")]);
  });

  it("is not sent by a near miss, by two things at once, or by anybody else, and once only", async () => {
    const street = await openStreet(store, { desk });
    const { row, customer } = await answered(street, "m@others.example", "It is open again.");
    const request = street.lastTo("ben@nw.example");
    for (const text of ["#sned", "#send\n\nWell done!", "#close", "#note"]) {
      await street.receive(await ben(request, text));
      expect(street.lastTo("ben@nw.example").message.text).toContain("not understood; nothing was done");
    }
    expect(street.lastTo("ben@nw.example").message.text).toContain("#send");
    for (const other of [ann, tom]) await street.receive(await other(request, "#send"));
    for (const address of ["ann@nw.example", "tom@nw.example"])
      expect(street.lastTo(address).message.subject).toContain("NOT SENT");
    expect(await street.inbound(row.id)).toMatchObject({ state: "held" });
    await street.receive(await ben(request, "#send"));
    await street.receive(await ben(request, "#send\n"));
    expect(await gotten(street, customer)).toHaveLength(1);
  });

  it("does not hold up commands and notes that no customer reads", async () => {
    const street = await openStreet(store, { desk });
    const { ticket, row } = await answered(street, "m@commands.example", "#priority high #tag vip");
    expect(row).toMatchObject({ state: "recorded" });
    expect(await street.ticket(ticket.id)).toMatchObject({ priority: "high", tags: ["vip"] });
    const note = await street.receive(await tom(street.lastTo("tom@nw.example"), "#note She called."));
    expect(note).toMatchObject({ state: "recorded" });
  });

  it("goes to the lead while the reviewer is away, and is asked about when a line is wrong before anybody reviews", async () => {
    const away = testDeskWithBenAway();
    const street = await openStreet(store, { desk: away });
    const { row, customer } = await answered(street, "m@away.example", "#clsoe\n\nIt is open again.");
    expect(row).toMatchObject({ hold_reason: "command" });
    await street.receive(await tom(street.lastTo("tom@nw.example"), "#close"));
    expect(await street.inbound(row.id)).toMatchObject({ state: "held", hold_reason: "review" });
    expect(street.sentTo("ben@nw.example")).toEqual([]);
    await street.receive(await ann(street.lastTo("ann@nw.example"), "#send"));
    expect(await gotten(street, customer)).toEqual([expect.stringContaining("It is open again.")]);
  });

  it("reminds the reviewer after half an hour, and asks the lead after two hours, each once", async () => {
    const street = await openStreet(store, { desk });
    const { row, customer } = await answered(street, "m@remind.example", "It is open again.");
    const asked = async () => (await street.deliveries({ inbound_id: row.id })).map(({ recipient }) => recipient);
    for (const [minutes, expected] of [
      [29, ["ben@nw.example"]],
      [1, ["ben@nw.example", "ben@nw.example"]],
      [90, ["ben@nw.example", "ben@nw.example", "ann@nw.example"]],
      [600, ["ben@nw.example", "ben@nw.example", "ann@nw.example"]],
    ] as const) {
      street.clock.now += minutes * MINUTE;
      await clock(street.stage);
      await street.ring();
      expect(await asked()).toEqual(expected);
    }
    // There is other mail by now, of the answer that is overdue.
    const request = (address: string) =>
      street.sentTo(address).findLast(({ message }) => message.subject.startsWith("Please review: "))!;
    await street.receive(await ann(request("ann@nw.example"), "#send"));
    expect(await gotten(street, customer)).toHaveLength(1);
    await street.receive(await ben(request("ben@nw.example"), "#send"));
    expect(street.lastTo("ben@nw.example").message.text).toContain("decided before");
  });
});

function testDeskWithBenAway() {
  const { agents, ...rest } = desk;
  const ben = { ...agents["ben"]!, away: [{ from: "2026-11-01", to: "2026-12-31" }] };
  return { ...rest, agents: { ...agents, ben } };
}
