import { expect, it } from "vitest";
import { readLease } from "../../src/db/lease.ts";
import { loopRole } from "../../src/roles/loop.ts";
import { watchLeases } from "../../src/stages/still-leases.ts";
import { onBothStores } from "../db/stores.ts";
import { until } from "../harness/wait.ts";
import { openStreet } from "../stages/street.ts";

const TTL = 400;

onBothStores("a timer that works", (store) => {
  it("runs in one process at a time, and the next takes over when that one stops", async () => {
    const street = await openStreet(store);
    const rounds: string[] = [];
    const start = (holder: string) =>
      loopRole(street.stage, watchLeases(), {
        lease: "loop-test",
        holder,
        ttlMs: TTL,
        round: async () => (rounds.push(holder), 5),
      });
    const first = start("first");
    await until(() => rounds.length > 2, { what: "rounds of the first", timeoutMs: 5000 });
    const second = start("second");
    await new Promise((resolve) => setTimeout(resolve, TTL));
    expect(new Set(rounds)).toEqual(new Set(["first"]));
    await first.stop();
    await until(() => rounds.at(-1) === "second", { what: "a round of the second", timeoutMs: 5000 });
    await second.stop();
    expect((await readLease(street.db, "loop-test"))?.holder).toBe("");
    const after = rounds.length;
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(rounds).toHaveLength(after);
  });

  it("takes over from a process that died, after its heartbeat has stood still", async () => {
    const street = await openStreet(store);
    await street.db("lease").insert({ name: "loop-dead", holder: "dead", epoch: 3, heartbeat: 9 });
    let rounds = 0;
    const role = loopRole(street.stage, watchLeases(), {
      lease: "loop-dead",
      holder: "heir",
      ttlMs: TTL,
      round: async () => (rounds++, 5),
    });
    await until(() => rounds > 0, { what: "a round of the heir", timeoutMs: 5000 });
    expect(await readLease(street.db, "loop-dead")).toMatchObject({ holder: "heir", epoch: 4 });
    await role.stop();
  });

  it("stops soon although a round asks for a long pause", async () => {
    const street = await openStreet(store);
    let rounds = 0;
    const role = loopRole(street.stage, watchLeases(), {
      lease: "loop-pause",
      holder: "one",
      ttlMs: TTL,
      round: async () => (rounds++, 3600_000),
    });
    await until(() => rounds > 0, { what: "a round", timeoutMs: 5000 });
    const begun = performance.now();
    await role.stop();
    expect(performance.now() - begun).toBeLessThan(3000);
    expect(rounds).toBe(1);
  });
});
