/** Random moments that can be repeated: the seed is printed, and POSTERN_TEST_SEED sets it. */

export type Chance = {
  readonly seed: number;
  /** A whole number from 0 to `below`, without it. */
  upTo(below: number): number;
  shuffled<T>(list: readonly T[]): T[];
};

/** Mulberry32 by Tommy Ettinger, public domain: small, and good enough to choose moments. */
export function chance(seed = Number(process.env["POSTERN_TEST_SEED"] ?? Date.now() % 1_000_000)): Chance {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const upTo = (below: number) => Math.floor(next() * below);
  const shuffled = <T>(list: readonly T[]): T[] => {
    const left = [...list];
    return list.map(() => left.splice(upTo(left.length), 1)[0] as T);
  };
  return { seed, upTo, shuffled };
}
