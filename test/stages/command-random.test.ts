import { expect, it } from "vitest";
import { randomOf } from "../fuzz/random.ts";
import { onSqlite } from "../db/stores.ts";
import { openRandomDesk, step } from "./command-random.ts";
import { whatIsBroken } from "./command-random-state.ts";

const [FIRST, COUNT, STEPS] = [
  Number(process.env["SEED"] ?? 1),
  Number(process.env["SEEDS"] ?? 1),
  Number(process.env["STEPS"] ?? 10),
];

for (let seed = FIRST; seed < FIRST + COUNT; seed++)
  onSqlite(`commands at random, ${seed}`, (store) => {
    it("leave a desk of which everything holds", async () => {
      const world = await openRandomDesk(store, randomOf(seed, 0));
      let entries = 0;
      for (let n = 0; n < STEPS; n++) {
        await step(world);
        const broken = await whatIsBroken(world.street);
        const { n: now } = (await world.street.db("entry").count({ n: "*" }).first())!;
        if (Number(now) < entries) broken.push("entries are gone");
        entries = Number(now);
        const wrong = [...broken, ...world.errors];
        expect(wrong.length > 0 ? { wrong, said: world.said.slice(-8) } : {}).toEqual({});
      }
    }, 120_000);
  });
