/** What the SLA clocks and a ticket's plan make of merging, splitting, sleeping and #undo. */
import { expect, it } from "vitest";
import { applyChanges } from "../../src/db/apply.ts";
import { lockTicket } from "../../src/db/ticket.ts";
import { clockLifecycle } from "../../src/stages/clock-lifecycle.ts";
import { changeStatus } from "../../src/stages/status.ts";
import { inUnit } from "../../src/stages/stage.ts";
import { onBothStores } from "../db/stores.ts";
import { HOUR, plan, slaDesk } from "./sla-desk.ts";
import { agentAnswers, openStreet } from "./street.ts";
import { BY, merge, noticeOf, split, two, unmerge } from "./two-tickets.ts";

onBothStores("the first answer", (store) => {
  it("comes with the entries of a merged ticket, and goes with them again", async () => {
    const street = await openStreet(store);
    const [one, into] = await two(street);
    await street.receive(await agentAnswers(noticeOf(street, one), "Plug it in."));
    const { respondedAt } = await street.ticket(one.id);
    expect(respondedAt).not.toBeNull();
    await merge(street, one, into);
    expect(await street.ticket(into.id)).toMatchObject({ respondedAt, respondDueAt: null });
    await unmerge(street, one);
    expect(await street.ticket(one.id)).toMatchObject({ respondedAt, respondDueAt: null });
    const alone = await street.ticket(into.id);
    expect(alone.respondedAt).toBeNull();
    expect(alone.respondDueAt).not.toBeNull();
  });

  it("goes with the entries that are split off", async () => {
    const street = await openStreet(store);
    const [one, into] = await two(street);
    await street.receive(await agentAnswers(noticeOf(street, one), "Plug it in."));
    const moved = (await street.entries(one.id)).map(({ id }) => id);
    const { respondedAt } = await street.ticket(one.id);
    await merge(street, one, into);
    const opened = await split(street, await street.ticket(into.id), moved);
    expect(opened).toMatchObject({ respondedAt, respondDueAt: null });
    expect((await street.ticket(into.id)).respondedAt).toBeNull();
  });
});

onBothStores("a closed ticket that is put to sleep", (store) => {
  it("waits for the desk when it wakes", async () => {
    const street = await openStreet(store);
    const { id } = await street.open({ from: "Maria <maria@fabrikam.example>" });
    const move = (to: "closed" | "snoozed", until?: number) =>
      inUnit(street.stage, async (unit) => changeStatus(unit, await lockTicket(unit.tx, id), { to, until, ...BY }));
    await move("closed");
    await move("snoozed", street.clock.now + HOUR);
    await street.pass(2 * HOUR);
    await clockLifecycle(street.stage);
    expect(await street.ticket(id)).toMatchObject({ status: "open", waitingFor: "us" });
  });
});

onBothStores("#undo of #dept", (store) => {
  it("gives a chosen plan back, also one that is the other department's", async () => {
    const desk = slaDesk(plan("gold"), plan("silver"));
    const { support, it: other } = desk.departments;
    const street = await openStreet(store, {
      desk: { ...desk, departments: { support: { ...support!, sla: "gold" }, it: { ...other!, sla: "silver" } } },
    });
    const ticket = await street.open({ from: "Maria <maria@fabrikam.example>" });
    const changes = [{ change: { change: "set-sla", to: "silver" } as const, cause: BY.cause }];
    await inUnit(street.stage, ({ tx, ids, now }) => applyChanges(tx, ticket.id, changes, BY.actor, ids, now));
    const notice = noticeOf(street, ticket);
    await street.receive(await agentAnswers(notice, "#dept it"));
    await street.receive(await agentAnswers(notice, "#undo"));
    expect(await street.ticket(ticket.id)).toMatchObject({ department: "support", sla: "silver" });
  });
});
