import { expect, it } from "vitest";
import { linksOf } from "../../src/db/ticket-link.ts";
import { onBothStores, onSqlite } from "../db/stores.ts";
import { answers, asks, listDesk, positionOf } from "./list-mails.ts";
import { agentAnswers, openStreet, SECOND, type Street, verdictOf } from "./street.ts";
import { mail } from "../harness/mails.ts";

/** Three tickets of one customer, and Ann's list of them: rows 1 to 3. */
async function three(street: Street, domain: string) {
  const open = (n: number) =>
    street.open({ from: `Maria Santos <m${n}@${domain}>`, subject: `${domain} question ${n}` });
  const tickets = [await open(1), await open(2), await open(3)] as const;
  const list = (await asks(street, `#search ${domain}`)).sent[0]!;
  expect(tickets.map(({ publicNumber }) => positionOf(list, publicNumber))).toEqual([1, 2, 3]);
  return { tickets, list };
}

const DONE = ["assign", "set-priority", "set-status", "tag", "untag", "undone"];

async function changes(street: Street, id: number): Promise<string[]> {
  return (await street.events(id))
    .filter(({ name, actor_kind }) => DONE.includes(name) && actor_kind === "agent")
    .map(({ name, new: to, cause }) => `${name} ${to} ${cause}`);
}

onBothStores("answers to a list", (store) => {
  it("carries out what each line says on the tickets it names, and says so a line a ticket and command", async () => {
    const street = await openStreet(store, { desk: listDesk() });
    const { tickets, list } = await three(street, "triage.example");
    const { row, text, sent } = await answers(street, list, "1 #take\n2-3 #priority high #assign ben\nall #tag outage");
    expect(row).toMatchObject({ verdict: "command-mail", state: "recorded", ticket_id: null });
    const [one, two, last] = await Promise.all(tickets.map(({ id }) => street.ticket(id)));
    expect(one).toMatchObject({ assignee: "ann", priority: "normal", tags: ["outage"] });
    expect(two).toMatchObject({ assignee: "ben", priority: "high", tags: ["outage"] });
    expect(last).toMatchObject({ assignee: "ben", priority: "high", tags: ["outage"] });
    expect(await changes(street, tickets[0].id)).toEqual(["assign ann #take", "tag outage #tag"]);
    expect(sent).toHaveLength(1);
    expect(text).toContain(`1 ${one!.publicNumber} #take: you now have it`);
    expect(text).toContain(`2 ${two!.publicNumber} #priority high: normal -> high`);
    expect(text).toContain(`3 ${last!.publicNumber} #tag outage: tagged outage`);
    // Ben hears of both tickets, and no customer of any.
    const told = street
      .sentTo("ben@nw.example")
      .filter(({ message }) => message.text.includes("Ann Lee assigned this"));
    expect(told).toHaveLength(2);
    expect(street.outbox.filter(({ to }) => to.endsWith("@triage.example"))).toHaveLength(3);

    // #undo takes the whole of the answer back, and the receipt has the same numbers.
    const undone = await answers(street, sent[0]!, "#undo");
    expect(undone.text.match(/#undo: taken back/g)).toHaveLength(3);
    for (const { id } of tickets)
      expect(await street.ticket(id)).toMatchObject({ assignee: null, priority: "normal", tags: [] });
    const again = await answers(street, undone.sent[0]!, "3 #tag late");
    expect(again.text).toContain(`3 ${last!.publicNumber} #tag late: tagged late`);

    // Something has happened to one of the tickets since: nothing is taken back on any.
    const both = await answers(street, again.sent[0]!, "1,3 #priority low");
    await asks(street, `${last!.publicNumber} #tag vip`, { from: "ben" });
    const refused = await answers(street, both.sent[0]!, "#undo");
    expect(refused.text).toMatch(/^NOT DONE/);
    expect(refused.text).toContain(`${last!.publicNumber}: refused: something else has happened`);
    for (const n of [0, 2]) expect((await street.ticket(tickets[n]!.id)).priority).toBe("low");
  });

  it("closes with a notice after the wait, which #undo stops for all of them or none", async () => {
    const street = await openStreet(store, { desk: listDesk() });
    const { tickets, list } = await three(street, "closing.example");
    const closed = await answers(street, list, "1, 3 #close");
    expect(closed.text).toContain("Reply with #undo within 2 seconds");
    for (const n of [0, 2]) expect((await street.ticket(tickets[n]!.id)).status).toBe("closed");
    expect((await street.ticket(tickets[1].id)).status).toBe("open");
    await answers(street, closed.sent[0]!, "#undo");
    await street.pass(5 * SECOND);
    for (const n of [1, 2, 3]) expect(street.sentTo(`m${n}@closing.example`)).toHaveLength(1);
    expect((await street.ticket(tickets[0].id)).status).toBe("open");

    // One of the two has left: none is taken back.
    const more = await answers(street, closed.sent[0]!, "1,3 #close");
    await street.db("delivery").where({ recipient: "m1@closing.example", kind: "closure" }).update({ not_before: 0 });
    const [notice] = await street.deliveries({ recipient: "m1@closing.example", kind: "closure", state: "pending" });
    street.bells.push({ queue: "deliver", id: notice!.id, epoch: 0, due: 0 });
    await street.ring();
    const late = await answers(street, more.sent[0]!, "#undo");
    expect(late.text).toContain("too late");
    expect(late.text).toContain("NOT DONE");
    for (const n of [0, 2]) expect((await street.ticket(tickets[n]!.id)).status).toBe("closed");
    await street.pass(5 * SECOND);
    expect(street.sentTo("m3@closing.example")).toHaveLength(2);
    expect(street.lastTo("m3@closing.example").message.text).toContain("We have closed");
  });
});

onSqlite("other answers to a list", (store) => {
  it("does nothing at all when one line or one ticket cannot be done, and names it", async () => {
    const street = await openStreet(store, { desk: listDesk() });
    const { tickets, list } = await three(street, "nothing.example");
    const cases: [text: string, says: string][] = [
      ["1 #take\n2 #clsoe", "Did you mean 2 #close?"],
      ["1 #take\n9 #close", "he list goes from 1 to 3; there is no 9 in it"],
      ["1 #take\n2 #close\nThis one is for Ben.\n3 #close", "This one is for Ben."],
      ["1 #take\n#close", "Did you mean 1 #close?"],
      ["#close", "write 1 #close"],
      ["1 #take\n2 #close #note", `${tickets[1].publicNumber}, "2 #close #note": there is no text`],
      ["1 #close\nall #pending", `${tickets[0].publicNumber}, "all #pending": #close and #pending contradict`],
      ["1 #take\n2 #assign dev", "is not an active agent of Support"],
      ["1 #take\n2 #cc joe@elsewhere.example", "answer the ticket's own mail"],
      ["1 #take\nNW-4711 #close", "there is no ticket NW-4711 that you may see"],
    ];
    for (const [text, says] of cases) {
      const { row, text: told, sent } = await answers(street, list, text);
      expect({ text, ...row }).toMatchObject({ state: "held", hold_reason: "command", ticket_id: null });
      expect(sent).toHaveLength(1);
      expect(sent[0]!.message.text).toMatch(/^NOT DONE/);
      const flat = told.replace(/\s+/g, " ");
      expect(flat).toContain(says);
    }
    for (const { id } of tickets) expect(await changes(street, id)).toEqual([]);

    // The corrected mail answers the NOT DONE, with the numbers of the list, and settles what was held.
    const fixed = await answers(street, street.lastTo("ann@nw.example"), "1 #take");
    expect(fixed.text).toContain(`1 ${tickets[0].publicNumber} #take: you now have it`);
    expect(await street.db("inbound").where({ state: "held", hold_reason: "command" })).toEqual([]);
  });

  it("is carried out once, whatever comes again", async () => {
    const street = await openStreet(store, { desk: listDesk() });
    const { tickets, list } = await three(street, "twice.example");
    await answers(street, list, "1 #tag once");
    await answers(street, list, "1 #untag once");
    const { row, text } = await answers(street, list, "1 #tag once");
    expect(row.state).toBe("duplicate");
    expect(text).toContain("carried out before");
    expect((await street.ticket(tickets[0].id)).tags).toEqual([]);
  });

  it("words of the mail go to nobody, and the answer says so", async () => {
    const street = await openStreet(store, { desk: listDesk() });
    const { tickets, list } = await three(street, "words.example");
    const { text } = await answers(street, list, "1 #tag said\n\nThanks, Ann");
    expect(text).toContain("your text: was not sent");
    await street.pass(10 * SECOND);
    expect(street.sentTo("m1@words.example")).toHaveLength(1);
    expect(await street.entries(tickets[0].id)).toHaveLength(1);
  });

  it("a new mail acts on tickets by their numbers, within what the agent may see", async () => {
    const street = await openStreet(store, { desk: listDesk() });
    const { tickets } = await three(street, "number.example");
    const { publicNumber, id } = tickets[0];
    const done = await asks(street, `${publicNumber} #priority high`, { from: "ben" });
    expect(done.text).toContain(`1 ${publicNumber} #priority high: normal -> high`);
    const stranger = await asks(street, `${publicNumber} #priority low`, { from: "dev" });
    expect(stranger.text).toContain(`there is no ticket ${publicNumber} that you may see`);
    const learner = await asks(street, `${publicNumber} #assign ben`, { from: "tia" });
    expect(learner.text).toContain("#assign is not for a trainee");
    expect((await asks(street, "1 #close")).text).toContain("this mail answers none");
    expect((await asks(street, "#close")).text).toContain("write NW-48201 #close");
    expect((await asks(street, "#close nw-1003")).text).toContain("write NW-1003 #close");
    expect(await street.ticket(id)).toMatchObject({ priority: "high", assignee: null, status: "open" });
    const undone = await asks(street, "#undo", { from: "ben" });
    expect(undone.text).toContain(`${publicNumber} #undo: taken back: #priority high`);
  });

  it("another agent's list, or a sender that is not proven, moves nothing", async () => {
    const street = await openStreet(store, { desk: listDesk() });
    const { tickets, list } = await three(street, "theirs.example");
    await street.receive(await agentAnswers(list, "1 #close", { from: "Ben Ortiz <ben@nw.example>" }));
    await street.receive(await agentAnswers(list, "1 #close", { auth: "none" }));
    await street.receive(await agentAnswers(list, "1 #close", { from: "Eve <eve@elsewhere.example>" }));
    const forged = { from: "ann@nw.example", to: "support@nw.example", text: `${tickets[0].publicNumber} #close` };
    await street.receive(mail({ ...forged, headers: verdictOf("fail", "nw.example") }));
    expect(await changes(street, tickets[0].id)).toEqual([]);
  });

  it("shows rows of the list", async () => {
    const street = await openStreet(store, { desk: listDesk() });
    const { tickets, list } = await three(street, "rows.example");
    const { sent } = await answers(street, list, "1-2 #show");
    expect(sent.map(({ message }) => message.subject)).toEqual(
      [1, 2].map((n) => `[${tickets[n - 1]!.publicNumber}] rows.example question ${n}`),
    );
  });

  it("#undo takes back what several lines did to one another's tickets, or nothing of it", async () => {
    const street = await openStreet(store, { desk: listDesk() });
    const { tickets, list } = await three(street, "together.example");
    const [one, two, last] = tickets.map(({ id }) => id) as [number, number, number];
    const states = async () =>
      await Promise.all(
        [one, two, last].map(async (id) => {
          const { priority, tags, status, mergedInto } = await street.ticket(id);
          const entries = (await street.entries(id)).map((entry) => entry.id);
          return { priority, tags, status, mergedInto, entries, links: (await linksOf(street.db, id)).length };
        }),
      );
    const before = await states();
    const numbers = tickets.map(({ publicNumber }) => publicNumber);
    const lines = [
      `1-2 #priority high #tag q\n3 #merge ${numbers[0]}`,
      `3 #merge ${numbers[0]}\n1 #priority high`,
      `1 #merge ${numbers[1]}\n2 #merge ${numbers[2]}`,
      `2 #priority high\n1 #link ${numbers[1]} #tag w\n3 #link ${numbers[0]}`,
    ];
    for (const text of lines) {
      const done = await answers(street, list, text);
      expect(done.text).toMatch(/^Done/);
      const undone = await answers(street, done.sent[0]!, "#undo");
      expect(undone.text).toMatch(/^Done[^]*#undo: taken back/);
      expect(await states()).toEqual(before);
    }
    const done = await answers(street, list, `1 #priority low\n3 #merge ${numbers[0]}`);
    await asks(street, `${numbers[0]} #tag vip`, { from: "ben" });
    const between = await states();
    const refused = await answers(street, done.sent[0]!, "#undo");
    expect(refused.text).toMatch(/^NOT DONE[^]*something else has happened to/);
    expect(await states()).toEqual(between);
  });
});
