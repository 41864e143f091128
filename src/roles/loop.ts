/** A timer that works: one round at a time, the next after a pause, under a lease so that one process does it. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Lease } from "../db/lease.ts";
import { keepLease, tryLease } from "../stages/keep-lease.ts";
import type { Stage } from "../stages/stage.ts";
import type { StillLeases } from "../stages/still-leases.ts";
import type { Role } from "./role.ts";

export type Loop = {
  readonly lease: string;
  readonly holder: string;
  readonly ttlMs: number;
  /** Does one round and returns the milliseconds until the next. */
  readonly round: () => Promise<number>;
};

const AFTER_FAILURE_MS = 2000;

export function loopRole(stage: Stage, still: StillLeases, loop: Loop): Role {
  const stopping = new AbortController();
  const pause = (ms: number) => sleep(ms, undefined, { signal: stopping.signal }).catch(() => undefined);
  const done = (async () => {
    while (!stopping.signal.aborted) {
      const lease = await tryLease(stage.db, loop.lease, loop.holder, still, loop.ttlMs).catch(() => undefined);
      if (lease) await rounds(lease);
      else await pause(loop.ttlMs / 4);
    }
  })();

  async function rounds(lease: Lease): Promise<void> {
    let lost = false;
    const kept = keepLease(stage.db, lease, loop.ttlMs, () => (lost = true));
    while (!lost && !stopping.signal.aborted) {
      const wait = await loop.round().catch((err: unknown) => {
        stage.log.error({ err }, `${loop.lease} failed, trying again`);
        return AFTER_FAILURE_MS;
      });
      await pause(wait);
    }
    await kept.stop();
  }

  return { name: loop.lease, stop: async () => (stopping.abort(), await done) };
}
