import { expect, it } from "vitest";
import { storeDesk } from "../../src/db/desk.ts";
import { listRows } from "../../src/db/list-row.ts";
import { clockOverview } from "../../src/stages/clock-overview.ts";
import { CHORES } from "../../src/stages/clock.ts";
import { testDesk } from "../db/desks.ts";
import { onBothStores } from "../db/stores.ts";
import { agentAnswers, DAY, openStreet, type Sent, type Street } from "./street.ts";

const HOUR = 3600_000;
/** Nobody is told of new tickets: only overviews come. Ben and Ann work in support, Dev in IT; no SLA plan but Ben's own day. */
const deskWith = (change: (text: string) => string = (text) => text) =>
  testDesk((text) =>
    change(
      text
        .replace("undo: 2s", 'undo: 2s, overview: "08:00"')
        .replace(
          "assign: round-robin",
          "assign: none, tell: { new: none, customer_reply: none, assigned: none, overdue: none }",
        )
        .replace(
          "assign: dev",
          "assign: none, tell: { new: none, customer_reply: none, assigned: none, overdue: none }",
        ),
    ),
  );
const ben = (keys: string) => (text: string) =>
  text.replace("emails: [ben@nw.example],", `emails: [ben@nw.example], ${keys},`);
const berlin = (text: string): number => Date.parse(`${text}+01:00`);
let people = 0;
const opened = (street: Street, subject: string) =>
  street.open({ from: `Maria Santos <maria${++people}@home.example>`, subject });
const round = async (street: Street): Promise<number> => {
  const done = await clockOverview(street.stage);
  await street.ring();
  return done;
};
const overviews = (street: Street, name: string): Sent[] =>
  street.sentTo(`${name}@nw.example`).filter(({ message }) => /^\[NW\] \d+ \w+: /.test(message.subject));
const empty = async (street: Street): Promise<void> => void (await street.db("ticket").update({ status: "closed" }));

it("is a chore of the clock", () => {
  expect(CHORES.map(({ run }) => run)).toContain(clockOverview);
});

onBothStores("overviews", (store) => {
  it("is not sent where the desk has no time for it", async () => {
    const street = await openStreet(store, { desk: testDesk(), at: berlin("2026-11-25T09:00") });
    await opened(street, "Nothing of this");
    expect(await round(street)).toBe(0);
    await empty(street);
  });

  it("is sent once each morning, with each ticket once, and its numbers can be acted on", async () => {
    const street = await openStreet(store, { desk: deskWith(), at: berlin("2026-11-20T10:00") });
    const waits = await opened(street, "Waits for Maria");
    const mine = await opened(street, "Mine");
    const late = await opened(street, "Late");
    const today = await opened(street, "Today");
    const free = await opened(street, "Free");
    const now = berlin("2026-11-24T08:00");
    const set = (id: number, row: object) => street.db("ticket").where({ id }).update(row);
    const benId = (await street.db("agent").where({ key: "ben" }).first("id")).id;
    const nothingDue = { respond_due_at: null, resolve_due_at: null, assignee_id: benId };
    await set(waits.id, { ...nothingDue, waiting_for: "customer", last_agent_at: now - 4 * DAY, status: "pending" });
    await set(mine.id, nothingDue);
    await set(late.id, { ...nothingDue, respond_due_at: now - HOUR });
    await set(today.id, { ...nothingDue, respond_due_at: now + 15 * HOUR });
    await set(free.id, { ...nothingDue, assignee_id: null });

    street.clock.now = now - 1;
    expect(await round(street)).toBe(0);
    street.clock.now = now;
    expect(await round(street)).toBe(2);
    const [overview] = overviews(street, "ben");
    expect(overview!.message.subject).toBe(
      "[NW] 24 November: 1 overdue, 1 due today, 1 yours, 1 waiting for the customer, 1 unassigned",
    );
    const order = [...overview!.message.text.matchAll(/^(\d) {2}NW-\d+ {2}Maria Santos: (.*)$/gm)].map((m) => m[2]);
    expect(order).toEqual(["Late", "Today", "Mine", "Waits for Maria", "Free"]);
    // What is Ben's is no business of Ann's morning; what is nobody's in support is.
    expect(overviews(street, "ann")[0]!.message.subject).toBe("[NW] 24 November: 1 unassigned");
    expect(overviews(street, "dev")).toEqual([]);
    const [row] = await street.deliveries({ recipient: "ben@nw.example", cause: "overview ben 2026-11-24" });
    expect(row).toMatchObject({ token_mode: "list", ticket_id: null, kind: "notice", state: "accepted" });
    expect((await listRows(street.db, row!.id)).map(({ ticketId }) => ticketId)).toEqual(
      [late, today, mine, waits, free].map(({ id }) => id),
    );

    await street.receive(await agentAnswers(overview!, "5 #take\n1 #priority urgent", { from: "<ben@nw.example>" }));
    expect(await street.ticket(free.id)).toMatchObject({ assignee: "ben" });
    expect(await street.ticket(late.id)).toMatchObject({ priority: "urgent" });

    // All day long nothing more, after a restart neither; the next morning again.
    for (const hours of [1, 5, 15]) {
      street.clock.now = now + hours * HOUR;
      expect(await round(street)).toBe(0);
    }
    const again = await openStreet(store, { desk: street.desk, at: now + 15 * HOUR });
    expect(await round(again)).toBe(0);
    street.clock.now = now + DAY;
    expect(await round(street)).toBe(1);
    expect(overviews(street, "ben")).toHaveLength(2);
    await empty(street);
  });

  it("says nothing where there is nothing to say, and then waits for the next morning", async () => {
    const street = await openStreet(store, { desk: deskWith(), at: berlin("2026-12-01T08:00") });
    expect(await round(street)).toBe(0);
    await opened(street, "In the afternoon");
    street.clock.now = berlin("2026-12-01T15:00");
    expect(await round(street)).toBe(0);
    expect(await street.deliveries({ cause: "overview ben 2026-12-01" })).toMatchObject([
      { state: "cancelled", response: "there was nothing to say" },
    ]);
    street.clock.now = berlin("2026-12-02T08:00");
    expect(await round(street)).toBe(2);
    await empty(street);
  });

  it("comes later when the clock was down, and yesterday's never", async () => {
    const street = await openStreet(store, { desk: deskWith(), at: berlin("2026-12-06T20:00") });
    await opened(street, "Over the outage");
    street.clock.now = berlin("2026-12-10T16:20");
    expect(await round(street)).toBe(2);
    expect(overviews(street, "ben").map(({ message }) => message.subject)).toEqual(["[NW] 10 December: 1 overdue"]);
    await empty(street);
  });

  it("keeps to the days on which an agent works: their schedule, the desk's, else Monday to Friday", async () => {
    const days = async (desk: ReturnType<typeof deskWith>, from: string): Promise<string[]> => {
      const street = await openStreet(store, { desk, at: berlin(`${from}T00:10`) });
      await opened(street, "All week");
      const seen: string[] = [];
      for (let day = 0; day < 7; day++) {
        street.clock.now = berlin(`${from}T09:00`) + day * DAY;
        const before = overviews(street, "ben").length;
        await round(street);
        if (overviews(street, "ben").length > before) seen.push(new Date(street.clock.now).toISOString().slice(8, 10));
      }
      await empty(street);
      return seen;
    };
    // 2027-01-04 is a Monday.
    expect(await days(deskWith(), "2027-01-04")).toEqual(["04", "05", "06", "07", "08"]);
    const shop = 'schedules: { shop: { days: [tue, sat], hours: "10:00-14:00", holidays: [2027-01-16] } }\nagents:';
    const own = deskWith((text) => ben("schedule: shop")(text.replace("agents:", shop)));
    expect(await days(own, "2027-01-11")).toEqual(["12"]);
    const whole = deskWith((text) => text.replace("undo: 2s", "undo: 2s, schedule: shop").replace("agents:", shop));
    expect(await days(whole, "2027-01-18")).toEqual(["19", "23"]);
    const always = deskWith((text) => text.replace("undo: 2s", "undo: 2s, schedule: always"));
    expect(await days(always, "2027-01-25")).toHaveLength(7);
  });

  it("comes at the time of the agent's zone, after their quiet hours, and not to who is away or wants none", async () => {
    const keys = (text: string) =>
      ben('time_zone: America/New_York, notify: { quiet: "21:00-08:45" }')(text)
        .replace("emails: [ann@nw.example],", "emails: [ann@nw.example], away: 2027-02-01..2027-02-02,")
        .replace(
          "agents:\n",
          "agents:\n  eve: { name: Eve Fox, emails: eve@nw.example, in: [support], notify: { overview: false } }\n",
        );
    const street = await openStreet(store, { desk: deskWith(keys), at: berlin("2027-02-01T01:00") });
    await opened(street, "For everybody");
    const at = async (time: string): Promise<string[]> => {
      const before = ["ann", "ben", "eve"].map((name) => overviews(street, name).length);
      street.clock.now = berlin(time);
      await round(street);
      return ["ann", "ben", "eve"].filter((name, n) => overviews(street, name).length > before[n]!);
    };
    expect(await at("2027-02-01T08:00")).toEqual([]);
    expect(await at("2027-02-01T14:44")).toEqual([]);
    expect(await at("2027-02-01T14:45")).toEqual(["ben"]);
    expect(await at("2027-02-03T08:00")).toEqual(["ann"]);
    await empty(street);
  });

  it("comes at eight of the clock also on days on which the clock changes", async () => {
    const always = deskWith((text) => text.replace("undo: 2s", "undo: 2s, schedule: always"));
    const street = await openStreet(store, { desk: always, at: Date.parse("2027-03-27T20:00+01:00") });
    await opened(street, "Clock change");
    for (const day of ["2027-03-28T08:00+02:00", "2027-10-31T08:00+01:00"]) {
      street.clock.now = Date.parse(day) - 60_000;
      // The day before has had none in this test: it is made up for by nobody.
      expect(await round(street)).toBe(0);
      street.clock.now = Date.parse(day);
      expect(await round(street)).toBe(2);
    }
    await empty(street);
  });

  it("is one a day though the agent's address or the time changes on that day", async () => {
    const street = await openStreet(store, { desk: deskWith(), at: berlin("2027-04-05T07:00") });
    await opened(street, "Once");
    street.clock.now = Date.parse("2027-04-05T08:00+02:00");
    expect(await round(street)).toBe(2);
    const changed = deskWith((text) =>
      text.replace("emails: [ben@nw.example]", "emails: [b@nw.example]").replace("08:00", "15:00"),
    );
    await street.db.transaction((tx) => storeDesk(tx, changed, "test", street.clock.now));
    street.clock.now = Date.parse("2027-04-05T15:00+02:00");
    expect(await round(street)).toBe(0);
    await empty(street);
  });
});
