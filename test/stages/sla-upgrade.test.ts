import { expect, it } from "vitest";
import { migrateDown, migrateUp } from "../../src/db/connect.ts";
import { onBothStores } from "../db/stores.ts";
import { HOUR, MINUTE, MONDAY, slaDesk, slaStreet } from "./sla-desk.ts";
import { agentAnswers, SECOND } from "./street.ts";

const NAME = "20261126_07_sla_indexes";

onBothStores("a store from before there were SLA clocks", (store) => {
  it("knows who was answered and which clocks stand still, and goes on from there", async () => {
    const street = await slaStreet(store, slaDesk());
    const { db, clock } = street;
    const open = async (from: string) => {
      const { id } = await street.open({ from });
      return { id, notice: street.lastTo("ben@nw.example") };
    };
    const untouched = await open("m@untouched.example");
    const answered = await open("m@answered.example");
    const undone = await open("m@undone.example");
    const closed = await open("m@closed.example");
    const pending = await open("m@pending.example");
    clock.now += 10 * MINUTE;
    await street.receive(await agentAnswers(answered.notice, "Done."));
    await street.receive(await agentAnswers(undone.notice, "Done."));
    await street.receive(await agentAnswers(undone.notice, "#undo"));
    await street.receive(await agentAnswers(closed.notice, "#close"));
    await street.receive(await agentAnswers(pending.notice, "#pending"));
    await street.pass(3 * SECOND);

    const undoneMigrations: string[] = [];
    while (!undoneMigrations.some((name) => name.includes(NAME))) undoneMigrations.push(...(await migrateDown(db)));
    expect(await db("sla_pause").select()).toEqual([]);
    await migrateUp(db);

    clock.now += 10 * MINUTE;
    expect(await street.later(0)).toBe(0);
    const ticket = async ({ id }: { id: number }) => await street.ticket(id);
    const at = MONDAY + 10 * MINUTE;
    expect(await ticket(untouched)).toMatchObject({
      respondedAt: null,
      slaPausedAt: null,
      respondDueAt: MONDAY + HOUR,
    });
    expect(await ticket(answered)).toMatchObject({ respondedAt: at, slaPausedAt: at, respondDueAt: null });
    expect(await ticket(undone)).toMatchObject({ respondedAt: null, slaPausedAt: null, respondDueAt: MONDAY + HOUR });
    expect(await ticket(closed)).toMatchObject({ respondedAt: null, slaPausedAt: at });
    expect(await ticket(pending)).toMatchObject({ respondedAt: null, slaPausedAt: at, respondDueAt: null });
    await street.receive(await agentAnswers(pending.notice, "#reopen"));
    expect((await ticket(pending)).respondDueAt).toBe(MONDAY + HOUR + (clock.now - at));
    expect(await street.later(HOUR)).toBe(3);
    expect(await street.marks(untouched.id)).toEqual(["respond breach"]);
  });
});
