import { expect, it } from "vitest";
import { clock } from "../../src/stages/clock.ts";
import { testDesk } from "../db/desks.ts";
import { onSqlite } from "../db/stores.ts";
import { mail } from "../harness/mails.ts";
import { agentAnswers, openStreet, SECOND, type Sent, type Street, verdictOf } from "./street.ts";

const MINUTE = 60 * SECOND;

/** Ben has the ticket, so that Ann, who leads, is somebody else. */
const desk = testDesk((text) => text.replace("assign: round-robin", "assign: ben"));

/** A ticket, and Ben's answer to its notification, which is stopped. */
async function stopped(street: Street, customer: string, text: string) {
  const ticket = await street.open({ from: `Maria <${customer}>` });
  const notice = street.lastTo("ben@nw.example");
  const row = await street.receive(await agentAnswers(notice, text, { from: "Ben Ortiz <ben@nw.example>" }));
  return { ticket, notice, row, customer, question: street.lastTo("ben@nw.example") };
}

const benSays = (sent: Sent, text: string) => agentAnswers(sent, text, { from: "Ben Ortiz <ben@nw.example>" });

/** What the customer has got beside the acknowledgement. */
async function gotten(street: Street, customer: string): Promise<string[]> {
  await street.pass(3 * SECOND);
  return street
    .sentTo(customer)
    .slice(1)
    .map(({ message }) => message.text);
}

/** What was written, the answer to the question about it, and what the customer reads. */
const CORRECTED = [
  ["#clsoe\n\nAll is well.", "#close", "All is well."],
  ["All is well.\n\n#clsoe", "#close", "All is well."],
  ["All is well.\n#close\nSee you.", "#close", "All is well.\nSee you."],
  ["#clsoe Refunded.\n\nBye.", "#close", "Refunded.\nBye."],
  ["#clsoe Refunded.\n\nBye.", "#close Refunded.", "Refunded.\nBye."],
  ["#tag refund #clsoe\n\nDone.", "#tag refund #close", "Done."],
  ["#clsoe and tag it\n\nDone.", "#close\n#tag refund", "Done."],
  ["#clsoe\n\nDone.", "#close #priority low", "Done."],
] as const;

onSqlite("a reply with a line that is no command", (store) => {
  it("sends nothing; the mail quotes the line, says why, suggests, shows all of the text and offers two answers", async () => {
    const street = await openStreet(store, { desk });
    const { row, customer, question, ticket } = await stopped(
      street,
      "m@typo-top.example",
      "#clsoe\n\nYour account is open again.",
    );
    expect(row).toMatchObject({ state: "held", hold_reason: "command" });
    const { text, subject } = question.message;
    expect(subject).toMatch(/^NOT SENT: /);
    expect(text).toContain('"#clsoe" is not a command. Did you mean #close?');
    expect(text).toMatch(/^ {2}#close {3}/m);
    expect(text).toMatch(/^ {2}#confirm {3}/m);
    expect(text).toContain("  Your account is open again.");
    const links = text.match(/<mailto:[^>]+>/g)!.map((link) => decodeURIComponent(link));
    expect(links).toEqual([
      `<mailto:support@nw.example?subject=Held ${row.id} of ${ticket.publicNumber}: close&body=held ${row.id} #close\r\n>`,
      `<mailto:support@nw.example?subject=Held ${row.id} of ${ticket.publicNumber}: confirm&body=held ${row.id} #confirm\r\n>`,
    ]);
    expect(await gotten(street, customer)).toEqual([]);
    expect(await street.ticket(ticket.id)).toMatchObject({ status: "open", waitingFor: "us" });
  });

  it("goes with the corrected line, wherever the wrong one stood", async () => {
    const street = await openStreet(store, { desk });
    for (const [n, [text, correction, words]] of CORRECTED.entries()) {
      const { ticket, row, customer, question } = await stopped(street, `m${n}@corrected.example`, text);
      expect(row).toMatchObject({ state: "held", hold_reason: "command" });
      await street.receive(await benSays(question, correction));
      expect(await street.inbound(row.id)).toMatchObject({ state: "recorded", hold_reason: null });
      const [reply, ...more] = await gotten(street, customer);
      expect(more).toEqual([]);
      expect(reply).toContain(`${words}\n\n`);
      expect(reply).not.toContain("#");
      expect(await street.ticket(ticket.id)).toMatchObject({ status: "closed" });
    }
    expect(street.lastTo("ben@nw.example").message.text).toContain("#close");
  });

  it("#confirm sends it as text, and only once", async () => {
    const street = await openStreet(store, { desk });
    const text = "#clsoe\n\nThat is what the label says.";
    const { ticket, customer, question } = await stopped(street, "m@confirm.example", text);
    await street.receive(await benSays(question, "#confirm"));
    expect(street.lastTo("ben@nw.example").message.text).toContain("#confirm: confirmed: the mail goes out as it was");
    await street.receive(await benSays(question, "#confirm\n\nonce more"));
    expect(await gotten(street, customer)).toEqual([expect.stringContaining(text)]);
    expect((await street.ticket(ticket.id)).status).toBe("open");
  });

  it("is asked about again when the answer has a typo too, and the first mail can still be answered", async () => {
    const street = await openStreet(store, { desk });
    const { row, customer, question } = await stopped(street, "m@second.example", "#clsoe\n\nDone.");
    await street.receive(await benSays(question, "#cloes"));
    const second = street.lastTo("ben@nw.example");
    expect(second.message.text).toContain('"#cloes" is not a command');
    expect(second.message.text).toContain("Your answer was not understood either");
    expect(second.message.text).toContain("  #clsoe\n\n  Done.");
    expect(await street.inbound(row.id)).toMatchObject({ state: "held" });
    await street.receive(await benSays(second, "#close"));
    expect(await gotten(street, customer)).toEqual([expect.stringContaining("Done.")]);
    await street.receive(await benSays(question, "#close"));
    expect(await gotten(street, customer)).toHaveLength(1);
    expect(street.lastTo("ben@nw.example").message.text).toContain("decided before");
  });

  it("with a second wrong line is asked about that one, with the first one corrected", async () => {
    const street = await openStreet(store, { desk });
    const text = "#clsoe\n#pirority high\n\nDone.";
    const { ticket, row, customer, question } = await stopped(street, "m@two.example", text);
    await street.receive(await benSays(question, "#close"));
    const second = street.lastTo("ben@nw.example");
    expect(second.message.text).toContain('"#pirority" is not a command. Did you mean #priority high?');
    expect(second.message.text).toContain("  #close\n  #pirority high");
    await street.receive(await benSays(second, "#priority high"));
    expect(await gotten(street, customer)).toEqual([expect.stringContaining("Done.")]);
    expect(await street.ticket(ticket.id)).toMatchObject({ status: "closed", priority: "high" });
    expect(await street.inbound(row.id)).toMatchObject({ state: "recorded" });
  });

  it("does nothing on an answer that is neither, and says so", async () => {
    const street = await openStreet(store, { desk });
    const { row, customer, question } = await stopped(street, "m@chatter.example", "#clsoe\n\nDone.");
    for (const text of ["Thanks, I see it", "#close\n\nSorry, a typo.", "#send"]) {
      await street.receive(await benSays(question, text));
      expect(await street.inbound(row.id)).toMatchObject({ state: "held" });
      const { text: told } = street.lastTo("ben@nw.example").message;
      expect(told).toMatch(/^NOT DONE, /);
      expect(told).toContain("not understood; nothing was done");
    }
    expect(await gotten(street, customer)).toEqual([]);
    await street.receive(await benSays(question, "#close"));
    expect(await gotten(street, customer)).toHaveLength(1);
  });

  it("of nothing but commands cannot be confirmed as text, and takes the corrected line", async () => {
    const street = await openStreet(store, { desk });
    const { ticket, customer, question } = await stopped(street, "m@bare.example", "#asign ann");
    expect(question.message.text).not.toContain("#confirm");
    expect(question.message.text).toMatch(/^ {2}#assign ann {3}/m);
    await street.receive(await benSays(question, "#confirm"));
    expect(street.lastTo("ben@nw.example").message.text).toContain("holds no text");
    await street.receive(await benSays(question, "#assign ann"));
    expect(street.lastTo("ben@nw.example").message.text).toMatch(/^#assign ann: (?!confirmed).*Ann/m);
    expect((await street.ticket(ticket.id)).assignee).toBe("ann");
    expect(await gotten(street, customer)).toEqual([]);
  });

  it("is not for another agent to answer, nor for somebody unproven", async () => {
    const street = await openStreet(store, { desk });
    const { row, customer, question } = await stopped(street, "m@other.example", "#clsoe\n\nDone.");
    await street.receive(await agentAnswers(question, "#confirm", { from: "Ann Lee <ann@nw.example>" }));
    expect(street.lastTo("ann@nw.example").message.subject).toContain("NOT SENT");
    await street.receive(await agentAnswers(question, "#close", { from: "ben@nw.example", auth: "none" }));
    expect(await street.inbound(row.id)).toMatchObject({ state: "held" });
    expect(await gotten(street, customer)).toEqual([]);
  });

  it("takes the prepared mail, from the agent who was asked and from nobody else", async () => {
    const street = await openStreet(store, { desk });
    const { row, customer } = await stopped(street, "m@link.example", "#clsoe\n\nDone.");
    const prepared = (from: string, text: string, mx: "pass" | "fail" = "pass") =>
      street.receive(
        mail({ from, to: "support@nw.example", subject: "Held", text, headers: verdictOf(mx, "nw.example") }),
      );
    await prepared("ann@nw.example", `held ${row.id} #close`);
    expect(street.lastTo("ann@nw.example").message.text).toContain("waits for you");
    await prepared("ben@nw.example", `held ${row.id} #confirm`, "fail");
    expect(await street.inbound(row.id)).toMatchObject({ state: "held" });
    await prepared("ben@nw.example", `held ${row.id} #close`);
    expect(await street.inbound(row.id)).toMatchObject({ state: "recorded" });
    expect(await gotten(street, customer)).toEqual([expect.stringContaining("Done.")]);
  });
});

onSqlite("reminders of a stopped reply", (store) => {
  const after = async (street: Street, minutes: number) => {
    street.clock.now += minutes * MINUTE;
    await clock(street.stage);
    await street.ring();
  };

  it("go to the agent after half an hour and to the lead after two hours, each once", async () => {
    const street = await openStreet(store, { desk });
    const { ticket, row, question } = await stopped(street, "m@remind.example", "#clsoe\n\nDone.");
    const reminders = () => street.deliveries({ inbound_id: row.id, cause: `inbound ${row.id} still waits` });
    const toLead = () => street.deliveries({ ticket_id: ticket.id, cause: `inbound ${row.id} waits` });
    await after(street, 29);
    expect(await reminders()).toEqual([]);
    await after(street, 1);
    expect(await reminders()).toMatchObject([{ recipient: "ben@nw.example", token_mode: "confirm" }]);
    expect(await toLead()).toEqual([]);
    await after(street, 89);
    expect(await toLead()).toEqual([]);
    await after(street, 1);
    expect(await toLead()).toMatchObject([{ recipient: "ann@nw.example" }]);
    const lead = street.lastTo("ann@nw.example");
    expect(lead.message.text).toContain("A reply of Ben Ortiz has not been sent");
    expect(lead.message.text).toContain("  #clsoe");
    expect(lead.message.text).toContain("  Done.");
    expect(lead.message.replyTo).toMatchObject([{ address: "ben@nw.example" }]);
    expect(lead.bytes.toString()).not.toMatch(/\+a\d+-|<ar?\d+\./);
    await after(street, 600);
    expect([...(await reminders()), ...(await toLead())]).toHaveLength(2);
    await street.receive(await benSays(street.lastTo("ben@nw.example"), "#close"));
    expect(await street.inbound(row.id)).toMatchObject({ state: "recorded" });
    expect(question.to).toBe("ben@nw.example");
  });

  it("do not go out once it was answered, or the agent has written anew", async () => {
    const street = await openStreet(store, { desk });
    const one = await stopped(street, "m@answered.example", "#clsoe\n\nDone.");
    await street.receive(await benSays(one.question, "#close"));
    const two = await stopped(street, "m@anew.example", "#clsoe\n\nDone.");
    await street.receive(await benSays(two.notice, "#close\n\nDone."));
    expect(await street.inbound(two.row.id)).toMatchObject({ state: "recorded" });
    await after(street, 180);
    for (const { id } of [one.row, two.row])
      expect(await street.deliveries({ cause: `inbound ${id} still waits` })).toEqual([]);
  });
});
