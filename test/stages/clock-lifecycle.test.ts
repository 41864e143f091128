import { expect, it } from "vitest";
import { lockTicket, touchTicket } from "../../src/db/ticket.ts";
import type { Actor, Desk, Ticket } from "../../src/desk/types.ts";
import { clockLifecycle } from "../../src/stages/clock-lifecycle.ts";
import { inUnit } from "../../src/stages/stage.ts";
import { changeStatus, type StatusChange } from "../../src/stages/status.ts";
import { testDesk } from "../db/desks.ts";
import { onBothStores, type Store } from "../db/stores.ts";
import { mail } from "../harness/mails.ts";
import { agentAnswers, customerAnswers, DAY, openStreet, SECOND, type Street } from "./street.ts";

const ADMIN: Actor = { kind: "admin" };
const HOUR = 3600 * SECOND;

function closingDesk(days: number | undefined, warning = 3): Desk {
  const desk = testDesk();
  return { ...desk, defaults: { ...desk.defaults, closePendingDays: days, closeWarningDays: warning } };
}

let people = 0;
async function opened(street: Street): Promise<Ticket> {
  const name = `maria${++people}`;
  return await street.open({ from: `Maria Santos <${name}@home.example>`, subject: `The printer ${people}` });
}

async function set(street: Street, ticket: Ticket, change: Omit<StatusChange, "actor" | "cause">): Promise<Ticket> {
  return await inUnit(street.stage, async (unit) =>
    changeStatus(unit, await lockTicket(unit.tx, ticket.id), {
      ...change,
      actor: ADMIN,
      cause: { kind: "cli", detail: "t" },
    }),
  );
}

const round = async (street: Street): Promise<number> => {
  const done = await clockLifecycle(street.stage);
  await street.ring();
  return done;
};
const names = async (street: Street, { id }: Ticket): Promise<string[]> =>
  (await street.events(id)).map(({ name }) => name);
const kindsTo = async (street: Street, ticket: Ticket): Promise<string[]> =>
  (await street.deliveries({ ticket_id: ticket.id, recipient: ticket.customer.address })).map(
    ({ kind, state }) => `${kind} ${state}`,
  );

/** Opened, answered by its agent, and pending since then. */
async function pending(street: Street): Promise<Ticket> {
  const ticket = await opened(street);
  const assignee = street.desk.agents[ticket.assignee!]!.emails[0]!;
  await street.receive(await agentAnswers(street.lastTo(assignee), "#pending\nWhich printer is it?"));
  await street.pass(5 * SECOND);
  return await street.ticket(ticket.id);
}

onBothStores("waking snoozed tickets", (store: Store) => {
  it("wakes at the moment and not before, waits for whom it waited, and tells the assignee once", async () => {
    const street = await openStreet(store, { desk: closingDesk(undefined) });
    const ticket = await opened(street);
    const until = street.clock.now + 2 * HOUR;
    expect(await set(street, ticket, { to: "snoozed", until })).toMatchObject({
      status: "snoozed",
      snoozedUntil: until,
      waitingFor: "us",
    });
    const assignee = street.desk.agents[ticket.assignee!]!.emails[0]!;
    const before = street.sentTo(assignee).length;
    await street.pass(2 * HOUR - 1);
    expect(await round(street)).toBe(0);
    await street.pass(1);
    expect(await round(street)).toBe(1);
    expect(await street.ticket(ticket.id)).toMatchObject({ status: "open", snoozedUntil: null, waitingFor: "us" });
    const woken = (await street.events(ticket.id)).findLast(({ name }) => name === "set-status")!;
    expect(woken).toMatchObject({ actor: "postern", cause_kind: "clock", new: "open" });
    expect(street.sentTo(assignee)).toHaveLength(before + 1);
    expect(street.lastTo(assignee).message.text).toContain("was snoozed until now, and is open again");
    expect(await round(street)).toBe(0);
    expect(street.sentTo(assignee)).toHaveLength(before + 1);
  });

  it("is woken earlier by the customer, and then not again", async () => {
    const street = await openStreet(store, { desk: closingDesk(undefined) });
    const ticket = await opened(street);
    await set(street, ticket, { to: "snoozed", until: street.clock.now + DAY });
    await street.receive(await customerAnswers(street.lastTo(ticket.customer.address), "It is the one on the left."));
    expect(await street.ticket(ticket.id)).toMatchObject({ status: "open", snoozedUntil: null, waitingFor: "us" });
    await street.pass(2 * DAY);
    expect(await round(street)).toBe(0);
  });

  it("one that fails does not hold up another", async () => {
    const street = await openStreet(store, { desk: closingDesk(undefined) });
    const [broken, sound] = [await opened(street), await opened(street)];
    const until = street.clock.now + HOUR;
    for (const one of [broken, sound]) await set(street, one, { to: "snoozed", until });
    // Its next event would have a number that is taken.
    await street
      .db("event")
      .where({ ticket_id: broken.id })
      .update({ seq: street.db.raw("seq + 1000") });
    await street.db("ticket").where({ id: broken.id }).update({ seq: 1000 });
    await street.pass(HOUR);
    expect(await round(street)).toBe(1);
    expect((await street.ticket(broken.id)).status).toBe("snoozed");
    expect((await street.ticket(sound.id)).status).toBe("open");
  });
});

onBothStores("closing pending tickets", (store: Store) => {
  it("warns once, waits, closes, and sends the closure notice", async () => {
    const street = await openStreet(store, { desk: closingDesk(14) });
    const ticket = await pending(street);
    expect(ticket.status).toBe("pending");
    await street.pass(10 * DAY);
    expect(await round(street)).toBe(0);
    await street.pass(DAY);
    expect(await round(street)).toBe(1);
    const { message } = street.lastTo(ticket.customer.address);
    expect(message.text).toContain(`We will close ${ticket.publicNumber} on 7 December.`);
    const header = (name: string) => message.headers.find((one) => one.name === name)?.value.trim();
    expect(header("auto-submitted")).toBe("auto-generated");
    expect(header("x-postern-loop")).toBe("test.postern");
    for (const hours of [1, 30, 40]) {
      await street.pass(hours * HOUR);
      expect(await round(street)).toBe(0);
    }
    await street.pass(2 * HOUR);
    expect(await round(street)).toBe(1);
    expect(await street.ticket(ticket.id)).toMatchObject({ status: "closed", waitingFor: null });
    expect(await kindsTo(street, ticket)).toEqual([
      "ack accepted",
      "reply accepted",
      "warning accepted",
      "closure accepted",
    ]);
    expect(street.lastTo(ticket.customer.address).message.text).toContain("We have closed");
    const closed = (await street.events(ticket.id)).findLast(({ name }) => name === "set-status")!;
    expect(closed).toMatchObject({
      actor: "postern",
      cause_kind: "clock",
      cause: "pending for 14 days",
      new: "closed",
    });
    expect(await round(street)).toBe(0);
  });

  it("gives the whole warning when the setting is new, and never closes without one", async () => {
    const street = await openStreet(store, { desk: closingDesk(undefined) });
    const ticket = await pending(street);
    await street.pass(100 * DAY);
    expect(await round(street)).toBe(0);
    const late = await openStreet(store, { desk: closingDesk(14), at: street.clock.now });
    expect(await round(late)).toBe(1);
    await late.pass(3 * DAY - 1);
    expect(await round(late)).toBe(0);
    expect((await late.ticket(ticket.id)).status).toBe("pending");
    await late.pass(1);
    expect(await round(late)).toBe(1);
    expect((await late.ticket(ticket.id)).status).toBe("closed");
  });

  it("is stopped by the customer's answer", async () => {
    const street = await openStreet(store, { desk: closingDesk(14) });
    const ticket = await pending(street);
    await street.pass(11 * DAY);
    await round(street);
    await street.receive(await customerAnswers(street.lastTo(ticket.customer.address), "It is the blue one."));
    await street.pass(30 * DAY);
    expect(await round(street)).toBe(0);
    expect((await street.ticket(ticket.id)).status).toBe("open");
  });

  it("is not stopped by an automatic answer to the warning", async () => {
    const street = await openStreet(store, { desk: closingDesk(14) });
    const ticket = await pending(street);
    await street.pass(11 * DAY);
    await round(street);
    const warning = street.lastTo(ticket.customer.address);
    const away = mail({
      from: `Maria <${ticket.customer.address}>`,
      to: "support@nw.example",
      subject: "Out of office",
      text: "I am away.",
      inReplyTo: warning.message.messageId,
      headers: [["Auto-Submitted", "auto-replied"]],
    });
    await street.receive(away);
    await street.pass(3 * DAY);
    expect(await round(street)).toBe(1);
    expect(await kindsTo(street, ticket)).toContain("closure accepted");
  });

  it("cancels a warning that has not left when the ticket is no longer pending", async () => {
    const street = await openStreet(store, { desk: closingDesk(14) });
    const ticket = await pending(street);
    await street.pass(11 * DAY);
    await clockLifecycle(street.stage);
    await set(street, ticket, { to: "open" });
    await street.ring();
    expect(await kindsTo(street, ticket)).toEqual(["ack accepted", "reply accepted", "warning cancelled"]);
  });

  it("does not count the days in which the warning could not leave", async () => {
    const street = await openStreet(store, { desk: closingDesk(14) });
    const ticket = await pending(street);
    await street.pass(11 * DAY);
    street.smtp.script = () => ({ before: { kind: "deferred", response: "later" } });
    await round(street);
    await street.pass(3 * DAY);
    expect(await round(street)).toBe(0);
    street.smtp.script = () => undefined;
    await street.pass(DAY / 2);
    expect(await kindsTo(street, ticket)).toContain("warning accepted");
    await street.pass(3 * DAY - HOUR);
    expect(await round(street)).toBe(0);
    await street.pass(DAY);
    expect(await round(street)).toBe(1);
  });

  it("writes to nobody who reads nothing, and says so", async () => {
    const street = await openStreet(store, { desk: closingDesk(14) });
    const ticket = await street.open({ from: "Orders <no-reply@shop.example>", subject: "Order" });
    await set(street, ticket, { to: "pending" });
    await street.pass(12 * DAY);
    expect(await round(street)).toBe(1);
    await street.pass(3 * DAY);
    expect(await round(street)).toBe(1);
    expect((await street.ticket(ticket.id)).status).toBe("closed");
    expect(await kindsTo(street, ticket)).toEqual([]);
    expect(await names(street, ticket)).toEqual(expect.arrayContaining(["not warned", "no closure notice"]));
  });

  it("spreads many warnings to one customer over the hours", async () => {
    const street = await openStreet(store, { desk: closingDesk(14) });
    const first = await pending(street);
    for (let n = 0; n < 6; n++) {
      const more = await street.open({ from: `Maria <${first.customer.address}>`, subject: `Another ${n}` });
      await set(street, more, { to: "pending" });
      await touchTicket(street.db, more.id, { last_agent_at: street.clock.now });
      await street.pass(HOUR);
    }
    await street.pass(12 * DAY);
    expect(await round(street)).toBe(5);
    expect(await round(street)).toBe(0);
    await street.pass(HOUR + 1);
    expect(await round(street)).toBe(2);
  });

  it("leaves spam and merged tickets alone", async () => {
    const street = await openStreet(store, { desk: closingDesk(14) });
    const ticket = await pending(street);
    await street.db("ticket").where({ id: ticket.id }).update({ spam: 1 });
    await street.pass(20 * DAY);
    await round(street);
    expect((await street.ticket(ticket.id)).status).toBe("pending");
  });
});
