/** The world of the fault tests, and the load that is on it when things break. */
import type { Mail } from "../harness/mails.ts";
import { sleep } from "../harness/wait.ts";
import { openWorld, type Stack, type World } from "../scenarios/world.ts";

/**
 * Settings that any operator may choose: a short lease, so that a restart need not wait long for the dead process, and a
 * short sweep.
 */
const SETTINGS = ["lease_ttl: 2s", "sweep: 1s", "workers: { route: 4, deliver: 4 }"];
export const SWEEP_MS = 1_000;
/** Mails sent at the same time, as set above. */
export const CONCURRENCY = 4;

/** Opens a world for one test and closes it whatever happens. */
export async function inWorld<T>(stack: Stack, test: (world: World) => Promise<T>): Promise<T> {
  const world = await openWorld(stack, { settings: SETTINGS });
  try {
    return await test(world);
  } catch (error) {
    console.log(`the gateways complained:\n${world.complaints()}`);
    throw error;
  } finally {
    await world.close();
  }
}

/** A few mails at a time, so that the gateway has every kind of work at once. */
export async function trickle(world: World, mails: readonly Mail[]): Promise<void> {
  for (let from = 0; from < mails.length; from += 2) {
    await world.deliver(mails.slice(from, from + 2));
    await sleep(30);
  }
}
