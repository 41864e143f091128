import { describe, expect, it } from "vitest";
import { waker } from "../../src/roles/waker.ts";

/** Whether a promise settles at once, within a few turns of the event loop. */
async function settlesSoon(promise: Promise<void>): Promise<boolean> {
  let done = false;
  void promise.then(() => (done = true));
  await new Promise((resolve) => setTimeout(resolve, 5));
  return done;
}

const LONG = 60_000;

describe("a bell inside the process", () => {
  it("wakes the sleeper", async () => {
    const bell = waker();
    const sleeping = bell.sleep(LONG);
    expect(await settlesSoon(sleeping)).toBe(false);
    bell.wake();
    await sleeping;
  });

  it("keeps a ring while nobody sleeps, once", async () => {
    const bell = waker();
    bell.wake();
    bell.wake();
    expect(await settlesSoon(bell.sleep(LONG))).toBe(true);
    const next = bell.sleep(LONG);
    expect(await settlesSoon(next)).toBe(false);
    bell.wake();
    await next;
  });

  it("ends when time is up", async () => {
    const begun = performance.now();
    await waker().sleep(20);
    expect(performance.now() - begun).toBeGreaterThanOrEqual(15);
  });

  it("ends at once when it is stopped, before or meanwhile", async () => {
    const stopping = new AbortController();
    const sleeping = waker().sleep(LONG, stopping.signal);
    stopping.abort();
    await sleeping;
    expect(await settlesSoon(waker().sleep(LONG, stopping.signal))).toBe(true);
  });
});
