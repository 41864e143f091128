/** Randomness that a number brings back: every message of a run has a generator of its own. */
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

export type Random = {
  /** A whole number, both ends included. */
  readonly int: (from: number, to: number) => number;
  readonly chance: (share: number) => boolean;
  readonly one: <T>(list: readonly T[]) => T;
  /** As many as chance gives, at most `most`. */
  readonly many: (most: number, make: () => string) => string;
  /** A number up to `most`, small ones far more often: 1 as often as from 1,000 to 2,000. */
  readonly size: (most: number) => number;
};

/** The generator of message `number` in the run `seed`; both are whole numbers below 2^31. */
export function randomOf(seed: number, number: number): Random {
  // Both factors are odd, so that no two numbers of a run share a generator.
  const rng = xoroshiro128plus(Math.imul(seed, 0x9e3779b1) ^ Math.imul(number + 1, 0x85ebca6b));
  const int = (from: number, to: number): number => uniformInt(rng, from, Math.max(from, to));
  const one = <T>(list: readonly T[]): T => list[int(0, list.length - 1)] as T;
  const size = (most: number): number =>
    Math.min(most, Math.floor(Math.exp((int(0, 1_000_000) / 1e6) * Math.log(most + 1))));
  const many = (most: number, make: () => string): string => Array.from({ length: int(0, most) }, make).join("");
  return { int, one, size, many, chance: (share) => int(0, 999_999) < share * 1e6 };
}
