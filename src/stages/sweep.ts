/**
 * Sweep: a timer in every work process, one at a time under a lease. It rings again for every row whose bell was lost and frees
 * what dead workers had claimed. Never a job itself: after a FLUSHALL no job would be left to start it.
 */
import { claimants, expireClaims } from "../db/attempt.ts";
import { dueDeliveries } from "../db/delivery.ts";
import { insertEvent } from "../db/event.ts";
import { deliveryById } from "../db/delivery.ts";
import { dropLease, listLeases } from "../db/lease.ts";
import { dueRoutes } from "../db/route.ts";
import { lockTicket } from "../db/ticket.ts";
import type { Job } from "../queue/job.ts";
import type { StillLeases } from "./still-leases.ts";
import { inUnit, type Stage } from "./stage.ts";
import { tellDeliveryFailed } from "./tell.ts";

/** At most this many bells of a kind a round; the next round brings the rest. */
const ROUND = 2000;
/**
 * While the queue has jobs to give, most rows have their bell: only the oldest are rung again, and a row whose bell was lost
 * becomes one of them. After a FLUSHALL there are none, and every row is rung.
 */
const ROUND_WHILE_BUSY = 100;

/** How many jobs the queue could give to a worker now. */
export type Ready = () => Promise<number>;

/** The lease by which a worker shows that it is alive; its name is written into the claims it makes. */
export const WORKER_LEASE = "worker:";

export type Swept = { readonly bells: number; readonly freed: number; readonly uncertain: number };

/** One round. `still` remembers which workers' heartbeats have stood still, by this process's own clock. */
export async function sweep(stage: Stage, still: StillLeases, ready: Ready = async () => 0): Promise<Swept> {
  const expired = await expireDead(stage, still);
  const now = stage.now();
  const most = (await ready().catch(() => 0)) > 0 ? ROUND_WHILE_BUSY : ROUND;
  const routes: Job[] = (await dueRoutes(stage.db, now, most)).map((id) => ({ queue: "route", id }));
  const deliveries: Job[] = (await dueDeliveries(stage.db, now, most)).map(({ id, epoch }) => ({
    queue: "deliver",
    id,
    epoch,
  }));
  await stage.enqueue([...routes, ...deliveries]);
  return { bells: routes.length + deliveries.length, freed: expired.pending, uncertain: expired.uncertain };
}

/** Workers whose heartbeat has stood still for the time to live, or that have no lease at all, lose their claims. */
async function expireDead(stage: Stage, still: StillLeases): Promise<{ pending: number; uncertain: number }> {
  const leases = await listLeases(stage.db, WORKER_LEASE);
  const alive = new Set(
    leases.filter((row) => row.holder !== "" && !still.since(row, stage.settings.leaseTtlMs)).map((row) => row.name),
  );
  const count = { pending: 0, uncertain: 0 };
  for (const worker of await claimants(stage.db)) {
    if (alive.has(worker)) continue;
    for (const { id, state } of await expireClaims(stage.db, worker, stage.now())) {
      count[state]++;
      if (state === "uncertain") await inUnit(stage, (unit) => tellUncertain(unit, id));
    }
  }
  for (const row of leases) if (!alive.has(row.name)) await dropLease(stage.db, row);
  return count;
}

async function tellUncertain(unit: Parameters<typeof tellDeliveryFailed>[0], id: number): Promise<void> {
  const delivery = await deliveryById(unit.tx, id);
  if (!delivery?.ticket_id) return;
  const ticket = await lockTicket(unit.tx, delivery.ticket_id);
  const why = `uncertain: ${delivery.response}`;
  const cause = { kind: "delivery", detail: `delivery ${id} (${delivery.kind})` } as const;
  await insertEvent(
    unit.tx,
    ticket.id,
    { name: `${delivery.kind} uncertain`, actor: { kind: "postern" }, cause, new: delivery.recipient, detail: why },
    unit.now,
  );
  if (delivery.audience === "customer") await tellDeliveryFailed(unit, { deliveryId: id, ticket, why });
}
