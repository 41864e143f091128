/** kill -9 at random moments under load, and what is true afterwards. The gateway is the one that operators run. */
import { afterAll, expect, it } from "vitest";
import { missing } from "../harness/binaries.ts";
import { describeWith } from "../harness/describe-with.ts";
import { distinctMails, type Mail } from "../harness/mails.ts";
import { settled } from "../scenarios/ledger.ts";
import { nameOf, needsOf, type Stack, SUPPORT, type World } from "../scenarios/world.ts";
import { chance, type Chance } from "./chance.ts";
import { judge, type Verdict } from "./judge.ts";
import { CONCURRENCY, inWorld, trickle } from "./load.ts";
import { AT, type Moment } from "./moments.ts";

const PLAN: Readonly<Record<Moment, number>> = {
  starting: 4,
  storing: 4,
  recording: 4,
  sending: 4,
  "before the final reply": 4,
};
const KILLS = Object.values(PLAN).reduce((sum, n) => sum + n, 0);
const MAILS_PER_KILL = 10;

const STACKS: readonly Stack[] = [
  { store: "sqlite", queue: "embedded" },
  { store: "postgres", queue: "redis" },
];

for (const stack of STACKS)
  describeWith(needsOf(stack), `kill -9 on ${nameOf(stack)}`, () => {
    it(`${KILLS} times loses nothing and sends nothing twice`, { timeout: 300_000 }, async () => {
      const verdict = await runOf(stack);
      // Each held reply is one that nobody can know about; were none uncertain, the kills would have missed.
      expect(verdict.uncertain).toBeGreaterThanOrEqual(PLAN["before the final reply"]);
    });
  });
afterAll(async () => await Promise.allSettled(runs.values()), 300_000);

const runs = new Map<Stack, Promise<Verdict>>();

/** All begin with the first: most of a run is waiting for the lease of a dead process. */
async function runOf(stack: Stack): Promise<Verdict> {
  for (const each of STACKS.filter((one) => !runs.has(one) && missing(needsOf(one)).length === 0)) {
    const run = survive(each);
    run.catch(() => undefined); // its own test says so
    runs.set(each, run);
  }
  return await runs.get(stack)!;
}

async function survive(stack: Stack): Promise<Verdict> {
  const dice = chance();
  console.log(`kill -9 on ${nameOf(stack)}: POSTERN_TEST_SEED=${dice.seed}`);
  return await inWorld(stack, async (world) => {
    const mails = distinctMails(KILLS * MAILS_PER_KILL, SUPPORT, "kill");
    await killOften(world, mails, dice);
    await settled(world.db, mails.length);
    const verdict = await judge(world, mails, KILLS * CONCURRENCY);
    console.log(`kill -9 on ${nameOf(stack)}: ${KILLS} kills, ${JSON.stringify(verdict)}`);
    return verdict;
  });
}

/** Delivers all the while, kills at every moment of the plan in a random order, and leaves a gateway running. */
async function killOften(world: World, mails: readonly Mail[], dice: Chance): Promise<void> {
  const moments = dice.shuffled(Object.entries(PLAN).flatMap(([moment, n]) => Array<Moment>(n).fill(moment as Moment)));
  let gateway = await world.start();
  for (const [index, moment] of moments.entries()) {
    const batch = mails.slice(index * MAILS_PER_KILL, (index + 1) * MAILS_PER_KILL);
    const killed = AT[moment](world, dice).then(() => gateway.kill9());
    await Promise.all([killed, trickle(world, batch)]);
    // With Redis: every job is lost, twice while nobody works and once with work in hand.
    if (index % 7 === 0) await world.redis?.flushall();
    gateway = world.spawn();
  }
  await AT.sending(world, dice);
  await world.redis?.flushall();
}
