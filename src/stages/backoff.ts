/** Back-off with jitter: doubling, capped, and spread so that a thousand rows that failed together do not come back together. */

/** Milliseconds to wait after the n-th failure (n from 1): between half and the whole of `first` doubled n-1 times, at most `most`. */
export function backoffMs(
  failures: number,
  { first, most }: { first: number; most: number },
  random = Math.random(),
): number {
  const whole = Math.min(most, first * 2 ** Math.min(failures - 1, 40));
  return Math.round(whole / 2 + (whole / 2) * random);
}
