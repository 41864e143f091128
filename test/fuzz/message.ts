/** Message `number` of the run `seed`: the same bytes for ever, as long as golden mails and dictionary stay as they are. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { GENERATORS } from "./generators.ts";
import { MUTATIONS } from "./mutations.ts";
import { type Random, randomOf } from "./random.ts";

const GOLDEN = join(import.meta.dirname, "../mail");

/** Longer ones are cut: a run has a hundred thousand. In bytes. */
const LONGEST = 2_000_000;

export type FuzzMessage = {
  readonly seed: number;
  readonly number: number;
  readonly recipe: string;
  readonly raw: Buffer;
};

/** Every golden mail, sorted by name, one character a byte. */
export function goldenMails(): string[] {
  return readdirSync(GOLDEN, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".eml"))
    .toSorted()
    .map((name) => readFileSync(join(GOLDEN, name), "latin1"));
}

export function messageOf(seed: number, number: number, golden: readonly string[]): FuzzMessage {
  const random = randomOf(seed, number);
  const recipe: string[] = [];
  let mail = random.chance(0.55) ? random.one(golden) : generated(random, recipe);
  // What was made from nothing is spoilt half the time, a golden mail always and up to five times.
  const times = recipe.length > 0 ? random.int(-1, 2) : random.int(1, 5);
  for (let n = 0; n < times; n++) {
    const name = random.one(Object.keys(MUTATIONS));
    recipe.push(name);
    mail = MUTATIONS[name]!(mail, random, golden).slice(0, LONGEST);
  }
  return { seed, number, recipe: recipe.join(", "), raw: Buffer.from(mail, "latin1") };
}

function generated(random: Random, recipe: string[]): string {
  // Storms find what costs time, and there are more kinds of them than of all else together.
  const name = random.chance(0.15) ? "storm" : random.one(Object.keys(GENERATORS));
  recipe.push(name);
  return GENERATORS[name]!(random).slice(0, LONGEST);
}
