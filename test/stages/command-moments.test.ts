/** Commands with a moment: waiting until it, and a time for the solution that an agent has set. */
import { expect, it } from "vitest";
import { clockLifecycle } from "../../src/stages/clock-lifecycle.ts";
import { clockSla } from "../../src/stages/clock-sla.ts";
import { testDesk } from "../db/desks.ts";
import { onBothStores } from "../db/stores.ts";
import { commandDesk, openWorld } from "./command-case.ts";
import { agentAnswers, DAY, openStreet, SECOND } from "./street.ts";

const HOUR = 3600 * SECOND;

onBothStores("a moment in a command", (store) => {
  it("wakes a pending ticket, and one that waits without a moment not", async () => {
    const street = await openStreet(store, { desk: commandDesk() });
    const [until, open] = [await openWorld(street), await openWorld(street)];
    await street.receive(await agentAnswers(until.notice, "#pending 2d"));
    await street.receive(await agentAnswers(open.notice, "#pending"));
    await street.pass(DAY);
    expect(await clockLifecycle(street.stage)).toBe(0);
    await street.pass(DAY + SECOND);
    expect(await clockLifecycle(street.stage)).toBe(1);
    expect(await street.ticket(until.ticket.id)).toMatchObject({
      status: "open",
      waitingFor: "us",
      snoozedUntil: null,
    });
    const woken = (await street.events(until.ticket.id)).findLast(({ name }) => name === "set-status");
    expect(woken).toMatchObject({ cause_kind: "clock", old: expect.stringMatching(/^pending until /), new: "open" });
    await street.ring();
    expect(street.lastTo("ann@nw.example").message.text).toContain("was pending until now");
    expect((await street.ticket(open.ticket.id)).status).toBe("pending");
  });

  it("makes a solution due without a plan, and it is overdue then, also while the ticket waits", async () => {
    const desk = testDesk((text) => text.replace(", sla: standard", "").replace("assign: round-robin", "assign: ann"));
    const street = await openStreet(store, { desk });
    const world = await openWorld(street);
    await street.receive(await agentAnswers(world.notice, "#due 2026-11-23 15:00\n#pending"));
    const due = Date.UTC(2026, 10, 23, 14);
    expect(await street.ticket(world.ticket.id)).toMatchObject({
      sla: null,
      dueAt: due,
      resolveDueAt: due,
      respondDueAt: null,
    });
    street.clock.now = due - HOUR;
    expect(await clockSla(street.stage)).toBe(0);
    street.clock.now = due + SECOND;
    expect(await clockSla(street.stage)).toBe(1);
    expect(await clockSla(street.stage)).toBe(0);
    const breach = (await street.events(world.ticket.id)).findLast(({ name }) => name === "sla breached");
    expect(breach).toMatchObject({ cause: "time set by hand, solution", new: new Date(due).toISOString() });
    await street.ring();
    expect(street.lastTo("ann@nw.example").message.text).toMatch(/solution is overdue since .*\(set by hand\)/);
  });

  it("stands in place of the plan's time until it is given back, and the answer is due as before", async () => {
    const street = await openStreet(store, { desk: commandDesk() });
    const world = await openWorld(street);
    const before = await street.ticket(world.ticket.id);
    await street.receive(await agentAnswers(world.notice, "#due 2026-12-24 12:00"));
    const due = Date.UTC(2026, 11, 24, 11);
    expect(await street.ticket(world.ticket.id)).toMatchObject({
      resolveDueAt: due,
      respondDueAt: before.respondDueAt,
    });
    await street.receive(await agentAnswers(world.notice, "#close"));
    expect((await street.ticket(world.ticket.id)).resolveDueAt).toBeNull();
    await street.receive(await agentAnswers(world.notice, "#reopen\n#due none"));
    expect(await street.ticket(world.ticket.id)).toMatchObject({ dueAt: null, resolveDueAt: before.resolveDueAt });
  });
});
