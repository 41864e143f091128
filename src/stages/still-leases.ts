/**
 * Which leases stand still, by this process's own monotonic clock. Wall clocks of other machines are never compared: a lease is
 * dead when *we* have watched its heartbeat unchanged for the whole time to live.
 */
import type { LeaseRow } from "../db/lease.ts";

type Sighting = { readonly holder: string; readonly epoch: number; readonly heartbeat: number; readonly at: number };

export type StillLeases = {
  /** True when this row has been seen unchanged for `ttlMs`; notes the sighting otherwise. */
  since(row: LeaseRow, ttlMs: number): boolean;
};

/** @param monotonic milliseconds that never go back, such as performance.now */
export function watchLeases(monotonic: () => number = () => performance.now()): StillLeases {
  const sightings = new Map<string, Sighting>();
  return {
    since(row, ttlMs) {
      const seen = sightings.get(row.name);
      const same = seen && seen.holder === row.holder && seen.epoch === row.epoch && seen.heartbeat === row.heartbeat;
      if (same) return monotonic() - seen.at >= ttlMs;
      sightings.set(row.name, { holder: row.holder, epoch: row.epoch, heartbeat: row.heartbeat, at: monotonic() });
      return false;
    },
  };
}
