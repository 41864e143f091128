import { expect, it } from "vitest";
import { claimDelivery, startData } from "../../src/db/attempt.ts";
import { readLease, takeLease } from "../../src/db/lease.ts";
import { watchLeases } from "../../src/stages/still-leases.ts";
import { sweep, WORKER_LEASE } from "../../src/stages/sweep.ts";
import { onBothStores } from "../db/stores.ts";
import { mail } from "../harness/mails.ts";
import { agentAnswers, openStreet, SECOND, type Street } from "./street.ts";

/** A stopwatch of the observer's own, for leases that stand still. */
function stopwatch() {
  const time = { now: 0 };
  return { time, still: watchLeases(() => time.now) };
}

const claim = (street: Street, id: number, worker: string) =>
  street.db.transaction((tx) => claimDelivery(tx, id, 0, worker, street.clock.now));

onBothStores("the sweep", (store) => {
  it("rings again for every row whose bell was lost, and not for what is not due", async () => {
    const street = await openStreet(store);
    await street.arrive(mail({ from: "m@flushed.example", to: "support@nw.example" }).raw);
    await street.record();
    street.bells.length = 0;
    const { still } = stopwatch();
    await sweep(street.stage, still);
    expect(street.bells).toMatchObject([{ queue: "route" }]);
    await street.ring();
    expect(street.sentTo("m@flushed.example")).toHaveLength(1);
    await street.receive(await agentAnswers(street.outbox.at(-1)!, "In two seconds."));
    street.bells.length = 0;
    expect(await sweep(street.stage, still)).toMatchObject({ bells: 0 });
    street.clock.now += 3 * SECOND;
    await sweep(street.stage, still);
    await street.ring();
    expect(street.sentTo("m@flushed.example")).toHaveLength(2);
    street.clock.now += 60 * SECOND;
    expect(await sweep(street.stage, still)).toEqual({ bells: 0, freed: 0, uncertain: 0 });
  });

  it("frees what a dead worker had claimed, and what it had begun to send is uncertain and told", async () => {
    const street = await openStreet(store);
    const reply = async (from: string) => {
      const ticket = await street.open({ from });
      await street.receive(await agentAnswers(street.lastTo(`${ticket.assignee}@nw.example`), "Hello."));
      return { ticket, id: (await street.deliveries({ kind: "reply", ticket_id: ticket.id }))[0]!.id };
    };
    const claimed = await reply("m@claimed.example");
    const begun = await reply("m@begun.example");
    street.bells.length = 0;
    street.clock.now += 3 * SECOND;
    const worker = `${WORKER_LEASE}dead`;
    await takeLease(street.db, worker, worker);
    await claim(street, claimed.id, worker);
    const taken = await claim(street, begun.id, worker);
    expect(await startData(street.db, begun.id, taken!.epoch, street.clock.now)).toBe(true);

    const { time, still } = stopwatch();
    expect(await sweep(street.stage, still)).toMatchObject({ freed: 0, uncertain: 0 });
    time.now += street.stage.settings.leaseTtlMs - 1;
    expect(await sweep(street.stage, still)).toMatchObject({ freed: 0, uncertain: 0 });
    time.now += 1;
    expect(await sweep(street.stage, still)).toMatchObject({ freed: 1, uncertain: 1 });
    expect(await readLease(street.db, worker)).toBeUndefined();
    await street.ring();
    expect(await street.delivery(claimed.id)).toMatchObject({ state: "accepted" });
    expect(street.sentTo("m@claimed.example")).toHaveLength(2);
    expect(await street.delivery(begun.id)).toMatchObject({ state: "uncertain" });
    expect(street.sentTo("m@begun.example")).toHaveLength(1);
    expect(street.lastTo(`${begun.ticket.assignee}@nw.example`).message.text).toContain("We do not know");
    expect((await street.events(begun.ticket.id)).map(({ name }) => name)).toContain("reply uncertain");
    await sweep(street.stage, still);
    expect((await street.events(begun.ticket.id)).filter(({ name }) => name === "reply uncertain")).toHaveLength(1);
  });

  it("leaves the claims of a worker alone that lives", async () => {
    const street = await openStreet(store);
    const ticket = await street.open({ from: "m@alive.example" });
    await street.receive(await agentAnswers(street.lastTo(`${ticket.assignee}@nw.example`), "Hello."));
    const [row] = await street.deliveries({ kind: "reply", ticket_id: ticket.id });
    street.clock.now += 3 * SECOND;
    street.bells.length = 0;
    const worker = `${WORKER_LEASE}alive`;
    await takeLease(street.db, worker, worker);
    await claim(street, row!.id, worker);
    const { time, still } = stopwatch();
    for (let n = 0; n < 5; n++) {
      expect(await sweep(street.stage, still)).toMatchObject({ freed: 0, uncertain: 0 });
      time.now += street.stage.settings.leaseTtlMs;
      await street.db("lease").where({ name: worker }).increment("heartbeat", 1);
    }
    expect(await street.claimants()).toEqual([worker]);
    await street.db("lease").where({ name: worker }).delete();
    expect(await sweep(street.stage, still)).toMatchObject({ freed: 1 });
  });
});
