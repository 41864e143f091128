/** What goes away and comes back: Redis, the SMTP server's patience, and the gateway itself when it is asked to stop. */
import { expect, it } from "vitest";
import { describeWith } from "../harness/describe-with.ts";
import { distinctMails } from "../harness/mails.ts";
import { until } from "../harness/wait.ts";
import { count, settled } from "../scenarios/ledger.ts";
import { SUPPORT } from "../scenarios/world.ts";
import { judge } from "./judge.ts";
import { inWorld, SWEEP_MS } from "./load.ts";

const MAILS = 20;

/** Milliseconds that a client of Redis takes to find it again, and this machine to do the work. */
const RECOVERY_MS = 6_000;

describeWith(["dovecot", "redis"], "a lost Redis", () => {
  it("costs no mail, and no more time than the sweep", { timeout: 120_000 }, async () => {
    await inWorld({ store: "sqlite", queue: "redis" }, async (world) => {
      const mails = distinctMails(MAILS * 2, SUPPORT, "redis");
      await world.start();
      await world.deliver(mails.slice(0, MAILS));
      await until(() => world.sink.counts().finalDots > 5, { what: "mails at the sink" });
      await world.redis!.down("SIGKILL");
      await world.deliver(mails.slice(MAILS));
      // Bytes are stored and tickets opened without a queue.
      await until(async () => (await count(world.db, "ticket")) === MAILS * 2, { what: "tickets", timeoutMs: 30_000 });
      const begun = performance.now();
      await world.redis!.up();
      await settled(world.db, MAILS * 2, SWEEP_MS + RECOVERY_MS);
      console.log(`a lost Redis: all settled ${Math.round(performance.now() - begun)} ms after it was back`);
      expect(await judge(world, mails, 0)).toMatchObject({ tickets: MAILS * 2, uncertain: 0 });
    });
  });

  it("and FLUSHALL in the middle of the work cost no more than the sweep", { timeout: 120_000 }, async () => {
    await inWorld({ store: "sqlite", queue: "redis" }, async (world) => {
      const mails = distinctMails(MAILS, SUPPORT, "flush");
      await world.start();
      world.sink.switches.delayMs = 200;
      await world.deliver(mails);
      await until(() => world.sink.counts().finalDots > 5, { what: "mails at the sink" });
      await until(async () => (await count(world.db, "delivery", { kind: "notice" })) === MAILS, { what: "notices" });
      await world.redis!.flushall();
      world.sink.switches.delayMs = 0;
      await settled(world.db, MAILS, SWEEP_MS + RECOVERY_MS);
      expect(await judge(world, mails, 0)).toMatchObject({ tickets: MAILS, uncertain: 0 });
    });
  });
});

describeWith(["dovecot"], "SIGTERM in the middle of the work", () => {
  it("finishes what is in hand and leaves the rest for the next start", { timeout: 120_000 }, async () => {
    await inWorld({ store: "sqlite", queue: "embedded" }, async (world) => {
      const mails = distinctMails(MAILS, SUPPORT, "stop");
      const gateway = await world.start();
      world.sink.switches.delayMs = 300;
      await world.deliver(mails);
      await until(() => world.sink.counts().finalDots >= 5, { what: "mails at the sink", timeoutMs: 30_000 });
      expect(await gateway.stop()).toBe(0);
      expect(await count(world.db, "delivery", { state: "sending" })).toBe(0);
      expect(await count(world.db, "delivery", { state: "uncertain" })).toBe(0);
      expect(await count(world.db, "delivery", { state: "accepted" })).toBe(world.sink.received.length);
      expect(await count(world.db, "delivery", { state: "pending" })).toBeGreaterThan(0);

      world.sink.switches.delayMs = 0;
      await world.start();
      await settled(world.db, MAILS);
      expect(await judge(world, mails, 0)).toMatchObject({ tickets: MAILS, uncertain: 0 });
    });
  });
});
