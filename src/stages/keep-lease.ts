/** Holds a lease and keeps it alive while work goes on; hands it over when the process stops. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Db } from "../db/connect.ts";
import { beatLease, freeLease, type Lease, readLease, takeLease } from "../db/lease.ts";
import type { StillLeases } from "./still-leases.ts";

/** Takes the lease when it is free or its holder stands still; undefined otherwise. */
export async function tryLease(
  db: Db,
  name: string,
  holder: string,
  still: StillLeases,
  ttlMs: number,
): Promise<Lease | undefined> {
  const row = await readLease(db, name);
  if (!row || row.holder === "") return await takeLease(db, name, holder, row);
  return still.since(row, ttlMs) ? await takeLease(db, name, holder, row) : undefined;
}

/** Beats four times a time to live until `stop` is called or the lease is lost; a failing store counts as lost after the time to live. */
export function keepLease(db: Db, lease: Lease, ttlMs: number, onLost: () => void): { stop(): Promise<void> } {
  const ending = new AbortController();
  const run = (async () => {
    let lastBeat = performance.now();
    for (;;) {
      await sleep(ttlMs / 4, undefined, { signal: ending.signal }).catch(() => undefined);
      if (ending.signal.aborted) return;
      const beat = await beatLease(db, lease).catch(() => undefined);
      if (beat) lastBeat = performance.now();
      if (beat === false || performance.now() - lastBeat > ttlMs) {
        onLost();
        return;
      }
    }
  })();
  return {
    async stop() {
      ending.abort();
      await run;
      await freeLease(db, lease).catch(() => undefined);
    },
  };
}
