/**
 * Leases: who polls a mailbox, who sweeps, and whether a worker is still alive. A holder raises a heartbeat counter; another
 * process takes over after its own monotonic clock has seen the counter unchanged for the time to live, so clocks of
 * different machines are never compared. The epoch is the fence: work that commits under a lease checks it in its transaction.
 */
import type { Db } from "./connect.ts";

export type Lease = { readonly name: string; readonly holder: string; readonly epoch: number };
export type LeaseRow = { name: string; holder: string; epoch: number; heartbeat: number };

export class LeaseLost extends Error {
  override readonly name = "LeaseLost";
  constructor(lease: Lease) {
    super(`The lease "${lease.name}" (epoch ${lease.epoch}) is held by another process now.`);
  }
}

/** A free lease has no holder. */
const FREE = "";

export async function readLease(db: Db, name: string): Promise<LeaseRow | undefined> {
  return await db("lease").where({ name }).first();
}

export async function listLeases(db: Db, prefix: string): Promise<LeaseRow[]> {
  return await db("lease").where("name", "like", `${prefix}%`).select();
}

/** Takes a lease that is free, or that still is as `seen` (the observer has watched it stand still). */
export async function takeLease(db: Db, name: string, holder: string, seen?: LeaseRow): Promise<Lease | undefined> {
  if (!seen) {
    await db("lease").insert({ name, holder: FREE, epoch: 0, heartbeat: 0 }).onConflict("name").ignore();
    const row = await readLease(db, name);
    if (!row || row.holder !== FREE) return undefined;
    return await takeLease(db, name, holder, row);
  }
  const where = { name, holder: seen.holder, epoch: seen.epoch, heartbeat: seen.heartbeat };
  const taken = await db("lease")
    .where(where)
    .update({ holder, epoch: seen.epoch + 1, heartbeat: seen.heartbeat + 1 });
  return taken === 1 ? { name, holder, epoch: seen.epoch + 1 } : undefined;
}

/** One heartbeat; false when the lease is somebody else's. */
export async function beatLease(db: Db, lease: Lease): Promise<boolean> {
  return (
    (await db("lease")
      .where({ name: lease.name, holder: lease.holder, epoch: lease.epoch })
      .increment("heartbeat", 1)) === 1
  );
}

export async function freeLease(db: Db, lease: Lease): Promise<void> {
  await db("lease").where({ name: lease.name, holder: lease.holder, epoch: lease.epoch }).update({ holder: FREE });
}

/** Call first in a transaction that commits work done under a lease; rejects with LeaseLost. Locks the row, so no takeover slips between. */
export async function fence(tx: Db, lease: Lease): Promise<void> {
  const rows = await tx("lease")
    .where({ name: lease.name, holder: lease.holder, epoch: lease.epoch })
    .increment("heartbeat", 1);
  if (rows !== 1) throw new LeaseLost(lease);
}

/** Removes the rows of dead workers. */
export async function dropLease(db: Db, row: LeaseRow): Promise<boolean> {
  return (await db("lease").where({ name: row.name, epoch: row.epoch, heartbeat: row.heartbeat }).delete()) === 1;
}
