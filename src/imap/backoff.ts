/** How long to wait before the next try. Pure: randomness is an argument. */
import type { BackoffRange } from "./settings.ts";

/**
 * Milliseconds before try `attempt` (1 = the first retry): doubling from `firstMs` to `maxMs`. The jitter takes up to a
 * quarter off, so that a hundred mailboxes of one server do not come back in the same instant; later tries never wait
 * less than earlier ones (0.75 · 2 > 1), except at the cap. `random` is in [0, 1).
 */
export function backoff(attempt: number, { firstMs, maxMs }: BackoffRange, random: number): number {
  const doublings = Math.min(Math.max(attempt, 1) - 1, 40);
  const full = Math.min(firstMs * 2 ** doublings, maxMs);
  return Math.round(full * (1 - random / 4));
}
