import { expect, it } from "vitest";
import { applyChanges } from "../../src/db/apply.ts";
import type { Change } from "../../src/desk/types.ts";
import { slaOf } from "../../src/db/sla.ts";
import { dueInWords } from "../../src/desk/sla/sla-words.ts";
import { inUnit } from "../../src/stages/stage.ts";
import { onBothStores } from "../db/stores.ts";
import { HOUR, MINUTE, MONDAY, plan, slaDesk, slaStreet } from "./sla-desk.ts";
import { agentAnswers, customerAnswers, DAY, SECOND } from "./street.ts";

type Street = Awaited<ReturnType<typeof slaStreet>>;

const change = async ({ stage }: Street, id: number, ...changes: Change[]) =>
  await inUnit(stage, ({ tx, ids, now }) =>
    applyChanges(
      tx,
      id,
      changes.map((one) => ({ change: one, cause: { kind: "cli", detail: "test" } })),
      { kind: "admin" },
      ids,
      now,
    ),
  );

onBothStores("due times", (store) => {
  it("stand still while the ticket is pending, and go on with the time that was left", async () => {
    const street = await slaStreet(store, slaDesk());
    const { id } = await street.opened("m@pending.example");
    const words = async () =>
      dueInWords(await slaOf(street.db, street.desk, await street.ticket(id), street.clock.now));
    await street.pass(20 * MINUTE);
    const paused = await change(street, id, { change: "set-status", to: "pending" });
    expect(paused).toMatchObject({ slaPausedAt: street.clock.now, respondDueAt: null, resolveDueAt: null });
    expect(await street.ticket(id)).toMatchObject({ slaPausedAt: street.clock.now, respondDueAt: null });
    await street.pass(3 * DAY);
    expect(await words()).toBe("plan standard: answer paused, 40 min left; solution paused, 9 h 40 min left");
    await change(street, id, { change: "set-status", to: "open" });
    const open = await street.ticket(id);
    expect(open).toMatchObject({
      slaPausedAt: null,
      respondDueAt: street.clock.now + 40 * MINUTE,
      resolveDueAt: street.clock.now + 580 * MINUTE,
    });
    expect(await street.pauses(id)).toEqual([{ from: MONDAY + 20 * MINUTE, to: street.clock.now }]);
    expect(await words()).toMatch(/^plan standard: answer due 2026-11-26 11:00:00Z, 40 min left; solution due /);
  });

  it("are paused by a snooze and by waiting for the customer, and two reasons at once are one pause", async () => {
    const street = await slaStreet(store, slaDesk());
    const { id } = await street.opened("m@reasons.example");
    await change(street, id, { change: "set-waiting-for", to: "customer" });
    await street.pass(HOUR);
    await change(street, id, { change: "set-status", to: "snoozed", until: street.clock.now + HOUR });
    await street.pass(HOUR);
    await change(street, id, { change: "set-status", to: "open" });
    expect((await street.ticket(id)).slaPausedAt).toBe(MONDAY);
    await change(street, id, { change: "set-waiting-for", to: "us" });
    expect(await street.pauses(id)).toEqual([{ from: MONDAY, to: MONDAY + 2 * HOUR }]);
    expect((await street.ticket(id)).respondDueAt).toBe(MONDAY + 3 * HOUR);
  });

  it("follow priority, plan and department at once, by the time already used", async () => {
    const fast = plan("fast", { respondMinutes: 30, resolveMinutes: 120 });
    const standard = plan("standard", { byPriority: { urgent: { respondMinutes: 15 } } });
    const desk = slaDesk(standard, fast);
    const withIt = { ...desk.departments["it"]!, sla: "fast" };
    const street = await slaStreet(store, { ...desk, departments: { ...desk.departments, it: withIt } });
    const { id } = await street.opened("m@changes.example");
    await street.pass(10 * MINUTE);
    const due = async (...changes: Change[]) => {
      const { respondDueAt, resolveDueAt } = await change(street, id, ...changes);
      return [respondDueAt! - MONDAY, resolveDueAt! - MONDAY].map((ms) => ms / MINUTE);
    };
    expect(await due({ change: "set-priority", to: "urgent" })).toEqual([15, 600]);
    // Without a plan of its own the ticket has its department's, whichever that is.
    expect(await due({ change: "set-sla", to: null }, { change: "set-department", to: "it" })).toEqual([30, 120]);
    expect(await due({ change: "set-sla", to: "standard" })).toEqual([15, 600]);
    expect(await due({ change: "set-priority", to: "low" })).toEqual([60, 600]);
  });

  it("count working time only: over a night and over a weekend", async () => {
    const office = plan("standard", { respondMinutes: 240, resolveMinutes: 960, schedule: "office" });
    const friday = Date.parse("2026-11-27T14:00:00Z");
    const street = await slaStreet(store, slaDesk(office), friday);
    const { id } = await street.opened("m@weekend.example");
    expect(await street.ticket(id)).toMatchObject({
      respondDueAt: Date.parse("2026-11-30T10:00:00Z"),
      resolveDueAt: Date.parse("2026-12-01T14:00:00Z"),
    });
    // Pending over the weekend costs nothing: it is the two working hours of Friday that are not counted.
    await change(street, id, { change: "set-status", to: "pending" });
    street.clock.now = Date.parse("2026-11-30T08:30:00Z");
    expect(await change(street, id, { change: "set-status", to: "open" })).toMatchObject({
      respondDueAt: Date.parse("2026-11-30T12:30:00Z"),
    });
  });

  it("owe no answer once one is written, and one again when it is taken back before it left", async () => {
    const street = await slaStreet(store, slaDesk());
    const { id } = await street.opened("m@answered.example");
    const notice = street.lastTo("ben@nw.example");
    street.clock.now += 20 * MINUTE;
    await street.receive(await agentAnswers(notice, "Please try again."));
    const answered = await street.ticket(id);
    expect(answered).toMatchObject({ respondedAt: street.clock.now, respondDueAt: null, resolveDueAt: null });
    street.clock.now += SECOND;
    await street.receive(await agentAnswers(notice, "#undo"));
    expect(await street.ticket(id)).toMatchObject({
      respondedAt: null,
      respondDueAt: MONDAY + HOUR,
      resolveDueAt: MONDAY + 10 * HOUR,
      slaPausedAt: null,
    });
    expect(await street.pauses(id)).toEqual([]);
    street.clock.now += MINUTE;
    await street.receive(await agentAnswers(notice, "Please try once more."));
    await street.pass(3 * SECOND);
    const at = (await street.ticket(id)).respondedAt!;
    expect(at).toBe(MONDAY + 21 * MINUTE + SECOND);
    await street.pass(HOUR);
    await street.receive(await customerAnswers(street.lastTo("m@answered.example"), "It still fails."));
    const { respondedAt, respondDueAt, resolveDueAt } = await street.ticket(id);
    expect({ respondedAt, respondDueAt }).toEqual({ respondedAt: at, respondDueAt: null });
    expect(resolveDueAt).toBe(MONDAY + 10 * HOUR + (street.clock.now - at));
  });

  it("of a solution go on when the ticket is opened again; the time it was closed does not count", async () => {
    const street = await slaStreet(store, slaDesk());
    const { id } = await street.opened("m@reopened.example");
    await street.pass(2 * HOUR);
    await change(street, id, { change: "set-status", to: "closed" });
    expect(await street.ticket(id)).toMatchObject({ respondDueAt: null, resolveDueAt: null });
    await street.pass(5 * DAY);
    await change(street, id, { change: "set-status", to: "open" });
    expect((await street.ticket(id)).resolveDueAt).toBe(MONDAY + 10 * HOUR + 5 * DAY);
  });

  it("name a late answer that nobody had called overdue, once", async () => {
    const street = await slaStreet(store, slaDesk());
    const { id } = await street.opened("m@late.example");
    const notice = street.lastTo("ben@nw.example");
    street.clock.now += 95 * MINUTE;
    await street.receive(await agentAnswers(notice, "Sorry for the wait."));
    await street.receive(await agentAnswers(notice, "#tag slow"));
    const late = (await street.events(id)).filter(({ name }) => name === "sla breached");
    expect(late).toMatchObject([{ cause_kind: "sla", cause: "plan standard, answer", detail: "answer 35 min late" }]);
    expect(await street.later(MINUTE)).toBe(0);
    expect(street.mails()).toEqual([]);
  });

  it("follow a ticket into another department, unless its plan was chosen", async () => {
    const desk = slaDesk(
      plan("fast", { respondMinutes: 30, resolveMinutes: 120 }),
      plan("gold", { respondMinutes: 5 }),
    );
    const withIt = { ...desk.departments["it"]!, sla: "fast" };
    const defaults = { ...desk.defaults, sla: "standard" };
    const street = await slaStreet(store, { ...desk, defaults, departments: { ...desk.departments, it: withIt } });
    const { id } = await street.opened("m@moves.example");
    expect((await change(street, id, { change: "set-sla", to: "standard" })).sla).toBe("standard");
    const moved = await change(street, id, { change: "set-department", to: "it" });
    expect(moved).toMatchObject({ sla: "fast", respondDueAt: MONDAY + 30 * MINUTE });
    const events = (await street.events(id)).filter(({ name }) => name === "set-sla");
    expect(events.at(-1)).toMatchObject({ old: "standard", new: "fast", cause_kind: "department", cause: "it" });
    expect(await change(street, id, { change: "set-department", to: "support" })).toMatchObject({ sla: "standard" });
    await change(street, id, { change: "set-sla", to: "gold" });
    expect((await change(street, id, { change: "set-department", to: "it" })).sla).toBe("gold");
  });
});
