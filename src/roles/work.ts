/**
 * The work role: BullMQ workers for routing and delivery, under a lease that shows that this worker lives. When the lease is
 * lost (a long pause, a lost store) the claims may have been freed: the worker goes on under a new name.
 */
import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Lease } from "../db/lease.ts";
import type { JobQueue } from "../queue/queue.ts";
import type { SendOnce } from "../smtp/send.ts";
import { deliver } from "../stages/deliver.ts";
import { keepLease, tryLease } from "../stages/keep-lease.ts";
import { route } from "../stages/route.ts";
import type { Stage } from "../stages/stage.ts";
import type { StillLeases } from "../stages/still-leases.ts";
import { WORKER_LEASE } from "../stages/sweep.ts";
import type { Role } from "./role.ts";

export type WorkSettings = {
  readonly concurrency: { readonly route: number; readonly deliver: number };
  readonly ttlMs: number;
};

/** How long a stop waits for the jobs in hand; an SMTP transaction that takes longer ends as its outcome says at the next start. */
const STOP_MS = 30_000;

export async function workRole(
  stage: Stage,
  queue: JobQueue,
  send: SendOnce,
  still: StillLeases,
  settings: WorkSettings,
): Promise<Role> {
  let worker = await enlist(stage, still, settings.ttlMs);
  let stopped = false;
  let kept = keep(worker);

  function keep(lease: Lease) {
    return keepLease(stage.db, lease, settings.ttlMs, () => void renew());
  }
  async function renew(): Promise<void> {
    stage.log.warn({ worker: worker.name }, "worker's lease was lost; going on under a new name");
    while (!stopped) {
      try {
        worker = await enlist(stage, still, settings.ttlMs);
        kept = keep(worker);
        return;
      } catch (err) {
        stage.log.error({ err }, "store failed");
        await sleep(1000);
      }
    }
  }

  const workers = queue.work(
    {
      route: (id) => route(stage, id),
      deliver: (id, epoch) => deliver(stage, send, worker.name, id, epoch),
    },
    { concurrency: settings.concurrency },
  );
  return {
    name: "work",
    async stop() {
      stopped = true;
      await workers.close(STOP_MS);
      await kept.stop();
    },
  };
}

async function enlist(stage: Stage, still: StillLeases, ttlMs: number): Promise<Lease> {
  const name = `${WORKER_LEASE}${randomBytes(6).toString("hex")}`;
  const lease = await tryLease(stage.db, name, name, still, ttlMs);
  if (!lease) throw new Error(`The lease ${name} is taken, although its name is random.`);
  return lease;
}
