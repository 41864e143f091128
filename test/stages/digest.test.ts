import { expect, it } from "vitest";
import { addDigestLine, pendingDigestLines } from "../../src/db/digest.ts";
import { deskIds, storeDesk } from "../../src/db/desk.ts";
import { listRows } from "../../src/db/list-row.ts";
import { clockDigest } from "../../src/stages/clock-digest.ts";
import { CHORES } from "../../src/stages/clock.ts";
import { mergeTickets } from "../../src/stages/merge.ts";
import { inUnit } from "../../src/stages/stage.ts";
import { openTickets } from "./assigning.ts";
import { testDesk } from "../db/desks.ts";
import { onBothStores } from "../db/stores.ts";
import { agentAnswers, customerAnswers, openStreet, SECOND, type Sent, type Street, verdictOf } from "./street.ts";
import { mail } from "../harness/mails.ts";

const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** Ben alone is in support, and is told as `notify` says. Dev is in it, as everybody is. */
const deskWith = (notify: string, more: (text: string) => string = (text) => text) =>
  testDesk((text) =>
    more(
      text
        .replace(
          "emails: [ann@nw.example], role: lead, in: [support]",
          "emails: [ann@nw.example], role: lead, in: [it]",
        )
        .replace("emails: [ben@nw.example], in: [support]", `emails: [ben@nw.example], in: [support], ${notify}`),
    ),
  );
const BEN = "ben@nw.example";
let people = 0;
const opened = (street: Street, subject: string, text = "It does not work.") =>
  street.open({ from: `Maria Santos <maria${++people}@home.example>`, subject, text });
const round = async (street: Street): Promise<number> => {
  const done = await clockDigest(street.stage);
  await street.ring();
  return done;
};
const digests = (street: Street): Sent[] =>
  street.sentTo(BEN).filter(({ message }) => /pieces? of news/i.test(message.subject));
const waiting = async (street: Street) =>
  await pendingDigestLines(street.db, (await deskIds(street.db)).agent.id("ben"));
/** At a wall clock's time in Berlin, in winter. */
const berlin = (text: string): number => Date.parse(`${text}+01:00`);

it("is a chore of the clock", () => {
  expect(CHORES.map(({ run }) => run)).toContain(clockDigest);
});

onBothStores("digests", (store) => {
  it("collects an hour's news into one mail whose numbers can be acted on, and tells nothing twice", async () => {
    const street = await openStreet(store, { desk: deskWith("notify: { digest: hourly }") });
    const first = await opened(street, "Printer");
    await street.pass(10 * MINUTE);
    const { address } = first.customer;
    await street.receive(await customerAnswers(street.lastTo(address), "Now it burns!", `Maria Santos <${address}>`));
    const second = await opened(street, "Scanner");
    expect(street.sentTo(BEN)).toEqual([]);

    await street.pass(49 * MINUTE);
    expect(await round(street)).toBe(0);
    await street.pass(MINUTE);
    expect(await round(street)).toBe(1);
    const [digest, ...more] = digests(street);
    expect(more).toEqual([]);
    expect(digest!.message.subject).toBe("[NW] 3 pieces of news about 2 tickets");
    expect(digest!.from).toContain("support");
    const text = digest!.message.text;
    expect(text).toMatch(new RegExp(`^1 {2}${first.publicNumber} {2}Maria Santos: Printer$`, "m"));
    expect(text).toMatch(new RegExp(`^2 {2}${second.publicNumber} {2}Maria Santos: Scanner$`, "m"));
    expect(text).toContain("opened by Maria Santos; 11:10 Maria Santos wrote");
    expect(text).toContain("  Now it burns!");
    const row = (await street.deliveries({ recipient: BEN }))[0]!;
    expect(row).toMatchObject({ token_mode: "list", ticket_id: null });
    expect(await listRows(street.db, row.id)).toEqual([
      { position: 1, ticketId: first.id },
      { position: 2, ticketId: second.id },
    ]);
    expect(`${digest!.message.subject}${text}`).not.toMatch(/[a-z2-7]{26}/);

    // The same again, also of another process: nothing is left to be told.
    await street.pass(3 * HOUR);
    expect(await round(street)).toBe(0);
    expect(await waiting(street)).toEqual([]);

    await street.receive(await agentAnswers(digest!, "2 #priority high", { from: `Ben Ortiz <${BEN}>` }));
    expect((await street.ticket(second.id)).priority).toBe("high");
    expect((await street.ticket(first.id)).priority).toBe("normal");
  });

  it("tells of one cause once, and keeps what a mail has told", async () => {
    const street = await openStreet(store, { desk: deskWith("notify: { digest: hourly }") });
    const ticket = await opened(street, "Twice");
    const agentId = (await deskIds(street.db)).agent.id("ben");
    const line = { agentId, ticketId: ticket.id, entryId: null, event: "overdue", cause: "sla 1" } as const;
    expect(await addDigestLine(street.db, line, street.clock.now)).toBe(true);
    expect(await addDigestLine(street.db, line, street.clock.now)).toBe(false);
    await street.pass(HOUR);
    expect(await round(street)).toBe(1);
    expect(await addDigestLine(street.db, line, street.clock.now)).toBe(false);
    await street.pass(2 * HOUR);
    expect(await round(street)).toBe(0);
    expect(digests(street).at(-1)!.message.text).toContain("due soon or overdue");
  });

  it("comes daily at the time of overviews in the agent's zone, after quiet hours", async () => {
    const desk = deskWith('time_zone: America/New_York, notify: { digest: daily, quiet: "22:00-08:30" }', (text) =>
      text.replace("undo: 2s", 'undo: 2s, overview: "08:15"'),
    );
    const street = await openStreet(store, { desk, at: berlin("2026-11-24T15:00") });
    await opened(street, "Daily");
    const before = digests(street).length;
    // 08:15 in New York is 14:15 in Berlin; the first news came at 09:00 there, so it is the next morning.
    street.clock.now = berlin("2026-11-25T14:14");
    expect(await round(street)).toBe(0);
    street.clock.now = berlin("2026-11-25T14:20");
    expect(await round(street)).toBe(0);
    street.clock.now = berlin("2026-11-25T14:30");
    expect(await round(street)).toBe(1);
    expect(digests(street)).toHaveLength(before + 1);
    expect(digests(street).at(-1)!.message.text).toContain("24 Nov 09:00 opened by Maria Santos");
    // A day later there is nothing to tell.
    street.clock.now = berlin("2026-11-26T15:00");
    expect(await round(street)).toBe(0);
  });

  it("comes at 08:00 of the clock on days on which the clock changes", async () => {
    const desk = deskWith("notify: { digest: daily }");
    const street = await openStreet(store, { desk, at: Date.parse("2027-03-27T20:00+01:00") });
    await opened(street, "Spring");
    street.clock.now = Date.parse("2027-03-28T07:59+02:00");
    expect(await round(street)).toBe(0);
    street.clock.now = Date.parse("2027-03-28T08:00+02:00");
    expect(await round(street)).toBe(1);
    street.clock.now = Date.parse("2027-10-30T20:00+02:00");
    await opened(street, "Autumn");
    street.clock.now = Date.parse("2027-10-31T07:59+01:00");
    expect(await round(street)).toBe(0);
    street.clock.now = Date.parse("2027-10-31T08:00+01:00");
    expect(await round(street)).toBe(1);
  });

  it("leaves out what does not concern the agent any more, and follows what was merged", async () => {
    const street = await openStreet(store, {
      desk: deskWith("notify: { digest: hourly }"),
      at: berlin("2027-12-01T10:00"),
    });
    const closed = await opened(street, "Closed by himself");
    const moved = await opened(street, "Moved to IT");
    const kept = await opened(street, "Kept");
    const merged = await opened(street, "Merged away");
    const by = (name: string, number: string, command: string) =>
      street.receive(
        mail({
          from: `<${name}@nw.example>`,
          to: "support@nw.example",
          subject: `${number} ${command}`,
          text: `${number} ${command}\n`,
          headers: verdictOf("pass", "nw.example"),
          date: new Date(street.clock.now),
        }),
      );
    await by("ben", closed.publicNumber, "#close");
    await by("ann", moved.publicNumber, "#dept it #assign dev");
    expect(await street.ticket(closed.id)).toMatchObject({ status: "closed" });
    expect(await street.ticket(moved.id)).toMatchObject({ department: "it", assignee: "dev" });
    await inUnit(street.stage, async (unit) =>
      mergeTickets(unit, {
        from: merged.id,
        into: kept.id,
        actor: { kind: "admin" },
        cause: { kind: "cli", detail: "t" },
      }),
    );
    await street.pass(HOUR);
    expect(await round(street)).toBe(1);
    const { message } = digests(street).at(-1)!;
    expect(message.subject).toBe("[NW] 2 pieces of news about one ticket");
    expect(message.text).toContain(`1  ${kept.publicNumber}  Maria Santos: Kept`);
    expect(message.text).not.toMatch(/Closed by himself|Moved to IT/);
    expect(await waiting(street)).toEqual([]);
  });

  it("sends nothing when nothing of it is left, and at once to whom wants no digest any more", async () => {
    const street = await openStreet(store, {
      desk: deskWith("notify: { digest: daily }"),
      at: berlin("2027-12-02T10:00"),
    });
    const before = digests(street).length;
    const ticket = await opened(street, "Given away");
    await street.db("ticket").where({ id: ticket.id }).update({ spam: 1, status: "closed" });
    street.clock.now = berlin("2027-12-03T08:00");
    expect(await round(street)).toBe(0);
    expect(await waiting(street)).toEqual([]);
    expect(digests(street)).toHaveLength(before);

    await opened(street, "Changed his mind");
    expect(await round(street)).toBe(0);
    await street.db.transaction((tx) => storeDesk(tx, deskWith("skills: [x]"), "test", street.clock.now));
    expect(await round(street)).toBe(1);
    expect(digests(street)).toHaveLength(before + 1);
  });

  it("tells the rest in a second mail when there is too much for one", async () => {
    const street = await openStreet(store, {
      desk: deskWith("notify: { digest: hourly }"),
      at: berlin("2027-12-06T10:00"),
    });
    const agentId = (await deskIds(street.db)).agent.id("ben");
    for (const { ticketId } of await openTickets(street.db, 42)) {
      const line = { agentId, ticketId, entryId: null, event: "new", cause: `many ${ticketId}` } as const;
      await addDigestLine(street.db, line, street.clock.now);
    }
    await street.pass(HOUR);
    expect([await round(street), await round(street), await round(street)]).toEqual([1, 1, 0]);
    const [first, second] = digests(street).slice(-2);
    expect(first!.message.subject).toContain("40 pieces of news about 40 tickets");
    expect(second!.message.subject).toContain("2 pieces of news about 2 tickets");
  });

  it("is written whole or not at all: after a crash in the middle it is written once", async () => {
    const street = await openStreet(store, {
      desk: deskWith("notify: { digest: hourly }"),
      at: berlin("2027-12-07T10:00"),
    });
    await opened(street, "Crash");
    await street.pass(HOUR);
    const templates = street.stage.templates;
    const broken = {
      ...street.stage,
      templates: {
        ...templates,
        render: () => {
          throw new Error("down");
        },
      },
    };
    const before = digests(street).length;
    expect(await clockDigest(broken)).toBe(0);
    expect(await waiting(street)).toHaveLength(1);
    expect(await round(street)).toBe(1);
    expect(digests(street)).toHaveLength(before + 1);
  });
});
