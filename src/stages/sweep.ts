/**
 * Sweep: a timer in every work process, one at a time under a lease. It rings again for every row whose bell was lost and frees
 * what dead workers had claimed. Never a job itself: after a FLUSHALL no job would be left to start it.
 */
import { claimants, claimsOf, expireClaim } from "../db/attempt.ts";
import { countDue, deliveryById, dueDeliveries } from "../db/delivery.ts";
import { insertEvent } from "../db/event.ts";
import { dropLease, listLeases } from "../db/lease.ts";
import { dueRoutes } from "../db/route.ts";
import { lockTicket } from "../db/ticket.ts";
import type { Job } from "../queue/job.ts";
import type { StillLeases } from "./still-leases.ts";
import { inUnit, type Stage, type Unit } from "./stage.ts";
import { tellDeliveryFailed } from "./tell.ts";

/** At most this many bells of a kind a round; the next round brings the rest. */
const ROUND = 2000;
/**
 * As long as the queue holds a job for every row that is due, only the oldest are rung again, in case the jobs it holds are
 * others. When it holds fewer, some bell was lost (a FLUSHALL, a restart), and every row is rung.
 */
const ROUND_WHILE_BUSY = 100;

/** How many jobs the queue holds that are due: waiting or in a worker's hand. */
export type Jobs = () => Promise<number>;

/** The lease by which a worker shows that it is alive; its name is written into the claims it makes. */
export const WORKER_LEASE = "worker:";

export type Swept = { readonly bells: number; readonly freed: number; readonly uncertain: number };

/** One round. `still` remembers which workers' heartbeats have stood still, by this process's own clock. */
export async function sweep(stage: Stage, still: StillLeases, jobs: Jobs = async () => 0): Promise<Swept> {
  const expired = await expireDead(stage, still);
  const now = stage.now();
  const lost = (await countDue(stage.db, now)) > (await jobs().catch(() => 0));
  const most = lost ? ROUND : ROUND_WHILE_BUSY;
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
    for (const claim of await claimsOf(stage.db, worker)) {
      const state = await inUnit(stage, (unit) => expire(unit, claim));
      if (state) count[state]++;
    }
  }
  for (const row of leases) if (!alive.has(row.name)) await dropLease(stage.db, row);
  return count;
}

/** The end of a claim, its event and the word to the agent share one transaction: a doubt is never silent. */
async function expire(
  unit: Unit,
  { id, epoch, ticketId }: { id: number; epoch: number; ticketId: number | null },
): Promise<"pending" | "uncertain" | undefined> {
  const { tx, now } = unit;
  const ticket = ticketId === null ? undefined : await lockTicket(tx, ticketId);
  const state = await expireClaim(tx, id, epoch, now);
  if (state !== "uncertain" || !ticket) return state;
  const delivery = (await deliveryById(tx, id))!;
  const why = `uncertain: ${delivery.response}`;
  const cause = { kind: "delivery", detail: `delivery ${id} (${delivery.kind})` } as const;
  const event = {
    name: `${delivery.kind} uncertain`,
    actor: { kind: "postern" },
    cause,
    new: delivery.recipient,
  } as const;
  await insertEvent(tx, ticket.id, { ...event, detail: why }, now);
  await tellDeliveryFailed(unit, { deliveryId: id, ticket, why });
  return state;
}
