import { expect, it } from "vitest";
import { onSqlite } from "../db/stores.ts";
import { answers, asks, listDesk } from "./list-mails.ts";
import { agentAnswers, customerAnswers, openStreet, SECOND } from "./street.ts";

const CALL = "#open Joe Doe <joe@DOMAIN>\n#priority high #take\n\nHis door does not open.\nHe is at the gate.";

onSqlite("a ticket for a caller", (store) => {
  it("is the caller's: their words, their acknowledgement, and the commands of the mail", async () => {
    const street = await openStreet(store, { desk: listDesk() });
    const call = CALL.replace("DOMAIN", "call.example");
    const { row, sent, text } = await asks(street, call, { subject: "Door at the gate", from: "ben" });
    expect(row).toMatchObject({ verdict: "command-mail", state: "recorded" });
    const ticket = await street.ticket(row.ticket_id!);
    expect(ticket).toMatchObject({
      subject: "Door at the gate",
      customer: { name: "Joe Doe", address: "joe@call.example" },
      participants: [],
      priority: "high",
      assignee: "ben",
      department: "support",
      supportAddress: "support@nw.example",
      waitingFor: "us",
    });
    const [entry] = await street.entries(ticket.id);
    expect(entry).toMatchObject({ kind: "message", author_kind: "customer", author_address: "joe@call.example" });
    expect(entry!.text).toBe("His door does not open.\nHe is at the gate.");
    expect(entry!.marks).toContain("taken down by Ben Ortiz");
    expect((await street.events(ticket.id))[0]).toMatchObject({ name: "opened", actor_kind: "agent", actor: "ben" });
    expect(text).toContain(`#open joe@call.example: ${ticket.publicNumber} is open for Joe Doe`);
    expect(text).toContain("#priority high: normal -> high");
    expect(sent).toHaveLength(1);

    const ack = street.lastTo("joe@call.example");
    expect(ack.message.subject).toContain(ticket.publicNumber);
    expect(ack.bytes.toString()).not.toMatch(/ben@nw|#open|Ben/);
    await street.receive(await customerAnswers(ack, "It opens now."));
    expect((await street.entries(ticket.id)).at(-1)).toMatchObject({ author_kind: "customer", text: "It opens now." });
    await street.receive(await agentAnswers(sent[0]!, "Fine!", { from: "ben@nw.example" }));
    await street.pass(5 * SECOND);
    expect(street.lastTo("joe@call.example").message.text).toContain("Fine!");
  });

  it("is opened by the subject alone, at the place that the agent wrote to; the rules look at it first", async () => {
    const street = await openStreet(store, { desk: listDesk() });
    const said = { subject: "#open kim@place.example", to: "it", from: "dev" };
    const { row } = await asks(street, "She cannot log in.\n\nThe password is refused.", said);
    expect(await street.ticket(row.ticket_id!)).toMatchObject({
      subject: "She cannot log in.",
      department: "it",
      supportAddress: "it@nw.example",
    });
    const moved = await asks(street, "#open lou@place.example #dept support\nWhat is my password?", {
      subject: "password",
    });
    expect(await street.ticket(moved.row.ticket_id!)).toMatchObject({ department: "support" });
    const moves = (await street.events(moved.row.ticket_id!)).filter(({ name }) => name === "set-department");
    expect(moves.map(({ cause }) => cause)).toEqual([expect.stringContaining("Login words"), "#dept"]);
  });

  it("is refused in words for agents and the desk, without words of the caller, and as a whole", async () => {
    const street = await openStreet(store, { desk: listDesk() });
    const tickets = async () => Number((await street.db("ticket").count({ n: "*" }).first())!.n);
    const before = await tickets();
    const cases: [text: string, says: string][] = [
      ["#open ben@nw.example\nHe called.", "nobody's customer"],
      ["#open support+x@nw.example\nHe called.", "nobody's customer"],
      ["#open joe@refused.example", "write below it what they said"],
      ["#open joe@refused.example #note\nHe called.", "the text of this mail is what the caller said"],
      ["#open joe@refused.example #assign dev\nHe called.", "is not an active agent of Support"],
      ["#open joe@refused.example\n#open kim@refused.example\nThey called.", "a mail opens one ticket"],
      ["#open joe\nHe called.", "is no mail address"],
    ];
    for (const [text, says] of cases) {
      const { row, text: told } = await asks(street, text, { subject: "A call" });
      expect({ text, ...row }).toMatchObject({ state: "held", hold_reason: "command", ticket_id: null });
      expect(told.replace(/\s+/g, " ")).toContain(says);
    }
    expect(await tickets()).toBe(before);
    expect(street.outbox.filter(({ to }) => to.endsWith("@refused.example"))).toEqual([]);
  });

  it("#undo puts it aside while nobody has answered, with all that the mail said of it", async () => {
    const street = await openStreet(store, { desk: listDesk() });
    const { row, sent } = await asks(street, CALL.replace("DOMAIN", "undo.example"), { subject: "Undone" });
    const undone = await answers(street, sent[0]!, "#undo");
    expect(undone.text).toContain("is put aside; joe@undo.example has its number already");
    expect(await street.ticket(row.ticket_id!)).toMatchObject({ spam: true });
    expect(await street.events(row.ticket_id!)).toContainEqual(
      expect.objectContaining({ name: "undone", actor: "ann", detail: "#open" }),
    );

    const second = await asks(street, CALL.replace("DOMAIN", "undo2.example"), { subject: "Undone" });
    await street.receive(await customerAnswers(street.lastTo("joe@undo2.example"), "More."));
    const late = await asks(street, "#undo");
    expect(late.text).toMatch(/^NOT DONE[^]*somebody has written/);
    expect(await street.ticket(second.row.ticket_id!)).toMatchObject({ spam: false, priority: "high" });
  });

  it("with somebody else who would read it is not opened: that is asked about a ticket that there is", async () => {
    const street = await openStreet(store, { desk: listDesk() });
    const { row, sent, text } = await asks(
      street,
      "#open joe@ask.example\n#cc boss@other.example\n\nThe door is stuck.",
    );
    expect(row).toMatchObject({ state: "held", ticket_id: null });
    expect(sent).toHaveLength(1);
    expect(text).toMatch(
      /boss@other\.example will read every answer[\s\S]* in answer to the mail about the new ticket/,
    );
    expect(street.sentTo("joe@ask.example")).toHaveLength(0);
  });
});
