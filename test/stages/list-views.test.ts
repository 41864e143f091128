import { expect, it } from "vitest";
import { listRows } from "../../src/db/list-row.ts";
import { mail } from "../harness/mails.ts";
import { onBothStores, onSqlite } from "../db/stores.ts";
import { asks, listDesk, listed, positionOf } from "./list-mails.ts";
import { agentAnswers, openStreet, type Sent, type Street } from "./street.ts";

const HOUR = 3600_000;

/** Tickets in every state, an hour apart; their subjects begin with `word`. */
async function desk(street: Street, word: string) {
  const open = async (name: string, to = "support") => {
    await street.pass(60_000);
    return await street.open({
      from: `Maria Santos <maria@${word.toLowerCase()}.example>`,
      to: `${to}@nw.example`,
      subject: `${word} ${name}`,
    });
  };
  const [late, mine, pending, snoozed, closed, spam, it] = [
    await open("late"),
    await open("mine"),
    await open("pending"),
    await open("snoozed"),
    await open("closed"),
    await open("spam"),
    await open("it", "it"),
  ];
  const say = (text: string) => asks(street, text);
  await say(`${mine.publicNumber} #take`);
  await say(`${pending.publicNumber} #pending`);
  await say(`${snoozed.publicNumber} #snooze 2026-12-20 9am`);
  await say(`${closed.publicNumber} #close`);
  await say(`${spam.publicNumber} #spam`);
  await street.pass(3 * HOUR);
  const fresh = await open("fresh");
  return { late, mine, pending, snoozed, closed, spam, it, fresh };
}

async function view(street: Street, name: string, word: string, from = "ann"): Promise<string[]> {
  const { row, sent } = await asks(street, `#list ${name}`, { from });
  expect(row).toMatchObject({ verdict: "command-mail", state: "recorded" });
  expect(sent).toHaveLength(1);
  return listed(sent[0]!, word);
}

onBothStores("lists by mail", (store) => {
  it("each view holds what it says, what is due first at the top, and each row what one has to know", async () => {
    const street = await openStreet(store, { desk: listDesk() });
    const { late, fresh, pending } = await desk(street, "Views");
    const views: Record<string, string[]> = {
      open: ["late", "mine", "it", "fresh"],
      mine: ["mine"],
      unassigned: ["late", "it", "fresh", "pending", "snoozed"],
      overdue: ["late", "mine", "it"],
      due: ["late", "mine", "it", "fresh"],
      pending: ["pending"],
      snoozed: ["snoozed"],
      closed: ["closed"],
      spam: ["spam"],
      waiting: ["late", "mine", "it", "fresh"],
      all: ["late", "mine", "it", "fresh", "pending", "snoozed", "closed"],
      it: ["it"],
      support: ["late", "mine", "fresh", "pending", "snoozed"],
      ann: ["mine"],
      ben: [],
      "": ["late", "mine", "it", "fresh"],
    };
    for (const [name, subjects] of Object.entries(views))
      expect([name, ...(await view(street, name, "Views"))]).toEqual([name, ...subjects]);

    // Who waits since when, and what is overdue; the numbers are kept for the answer.
    const list = (await asks(street, "#list all")).sent[0]!;
    const text = list.message.text;
    const rowOf = (number: string) => new RegExp(`${number} {2}[^]*?(?=\\n\\n)`).exec(text)![0];
    expect(rowOf(late.publicNumber)).toBe(
      `${late.publicNumber}  Views late\n  Maria Santos, normal, Support, nobody's\n  waits for us since 11:01, OVERDUE since 12:01`,
    );
    expect(rowOf(fresh.publicNumber)).toContain("waits for us since 14:08, due 15:08");
    expect(rowOf(pending.publicNumber)).toContain("waits for the customer since 11:07");
    const [delivery] = await street.deliveries({ recipient: "ann@nw.example", subject: list.message.subject });
    expect(delivery).toMatchObject({ token_mode: "list", ticket_id: null, audience: "agent" });
    const rows = await listRows(street.db, delivery!.id);
    expect(rows).toContainEqual({ position: positionOf(list, late.publicNumber), ticketId: late.id });
    expect(list.message.html).toContain("Views late");
    expect(`${list.message.subject}${text}${list.message.html}`).not.toMatch(/\+a\d+-/);
  });

  it("an agent sees the tickets of their departments, their own and those they watch; nothing else", async () => {
    const street = await openStreet(store, { desk: listDesk() });
    const open = (name: string, to: string) =>
      street.open({ from: "maria@sight.example", to: `${to}@nw.example`, subject: `Sight ${name}` });
    const [late, theirs, fresh] = [
      await open("late", "support"),
      await open("it", "it"),
      await open("fresh", "support"),
    ];
    expect(await view(street, "all", "Sight", "dev")).toEqual(["it"]);
    expect(await view(street, "support", "Sight", "dev")).toEqual([]);
    expect(await view(street, "all", "Sight", "ben")).toEqual(["late", "fresh"]);
    await asks(street, `${late.publicNumber} #watch dev`);
    await asks(street, `${theirs.publicNumber} #assign none`);
    expect(await view(street, "open", "Sight", "dev")).toEqual(["late", "it"]);
    const { text } = await asks(street, `#search ${fresh.publicNumber}`, { from: "dev" });
    expect(text).toContain("There is nothing in it.");
    expect(text).toContain("You see the tickets of IT, those that are yours, and those you watch.");
  });

  it("shows fifty and says how many more there are", async () => {
    const street = await openStreet(store, { desk: listDesk() });
    const one = await street.open({ from: "maria@many.example", subject: "Many" });
    const row = await street.db("ticket").where({ id: one.id }).first();
    delete row.id;
    const copies = Array.from({ length: 60 }, (_, n) => ({
      ...row,
      number: 900_000 + n,
      public_number: `NW-${900_000 + n}`,
      subject: `Many ${n}`,
    }));
    for (const copy of copies) await street.db("ticket").insert(copy);
    const { text, sent } = await asks(street, "#search many");
    expect(text).toContain("11 more are not shown.");
    expect(listed(sent[0]!, "Many")).toHaveLength(50);
    expect(sent[0]!.message.subject).toBe('[NW] Found "many": 61 tickets');
  });
});

onSqlite("how lists are asked for", (store) => {
  it("nobody sees a ticket in which they are the customer", async () => {
    const street = await openStreet(store, { desk: listDesk() });
    await street.open({ from: "Ben Ortiz <ben@nw.example>", subject: "Own chair is broken" });
    expect(await view(street, "open", "Own", "ben")).toEqual([]);
    expect(await view(street, "open", "Own", "ann")).toEqual(["chair is broken"]);
  });

  it("a list asked for in answer to a ticket is about no ticket, and its answer goes to no customer", async () => {
    const street = await openStreet(store, { desk: listDesk() });
    const ticket = await street.open({ from: "Maria <maria@inside.example>", subject: "Inside" });
    const notice = street.lastTo("ann@nw.example");
    await street.receive(await agentAnswers(notice, "#mine"));
    const list: Sent = street.lastTo("ann@nw.example");
    expect(list.message.subject).toMatch(/^\[NW\] Yours: \d+ tickets?$/);
    const row = await street.receive(await agentAnswers(list, "Dear Maria, it works again."));
    await street.pass(HOUR);
    expect(row).toMatchObject({ verdict: "command-mail", ticket_id: null });
    expect(street.sentTo("maria@inside.example")).toHaveLength(1);
    expect(await street.entries(ticket.id)).toHaveLength(1);
    expect(street.lastTo("ann@nw.example").message.text).toContain("there is no command in it");
  });

  it("the command may stand in the subject, and in any case", async () => {
    const street = await openStreet(store, { desk: listDesk() });
    await street.open({ from: "maria@subject.example", subject: "Subject line" });
    const { sent } = await asks(street, "", { subject: "#LIST Open" });
    expect(listed(sent[0]!, "Subject")).toEqual(["line"]);
    const typo = await asks(street, "", { subject: "#lsit open" });
    expect(typo.row).toMatchObject({ state: "held", hold_reason: "command", ticket_id: null });
    expect(typo.text).toContain("Did you mean #list open?");
    const unproven = await street.receive(mail({ from: "ann@nw.example", to: "support@nw.example", subject: "#list" }));
    expect(unproven.verdict).not.toBe("command-mail");
  });

  it("words beside a question go nowhere, and the answer says so", async () => {
    const street = await openStreet(store, { desk: listDesk() });
    const { text } = await asks(street, "#list pending\n\nDear Maria, all is well.");
    expect(text).toContain("Your text was not sent to anybody.");
    // The same question is answered again.
    expect((await asks(street, "#list pending\n\nDear Maria, all is well.")).sent).toHaveLength(1);
  });
});
