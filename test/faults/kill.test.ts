/**
 * kill -9 at random moments under load, and what is true afterwards. The gateway is the one that operators run, with settings
 * that any of them may choose: a short lease, so that a restart need not wait long for the dead process, and a short sweep.
 */
import { expect, it } from "vitest";
import { describeWith } from "../harness/describe-with.ts";
import { distinctMails, type Mail } from "../harness/mails.ts";
import { sleep } from "../harness/wait.ts";
import { settled } from "../scenarios/ledger.ts";
import { nameOf, needsOf, openWorld, type Stack, SUPPORT, type World } from "../scenarios/world.ts";
import { chance, type Chance } from "./chance.ts";
import { judge } from "./judge.ts";
import { AT, type Moment } from "./moments.ts";

const SETTINGS = ["lease_ttl: 2s", "sweep: 1s", "workers: { route: 4, deliver: 4 }"];
/** Mails sent at the same time, as set above. */
const CONCURRENCY = 4;

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
      const dice = chance();
      console.log(`kill -9 on ${nameOf(stack)}: POSTERN_TEST_SEED=${dice.seed}`);
      await inWorld(stack, async (world) => {
        const mails = distinctMails(KILLS * MAILS_PER_KILL, SUPPORT, "kill");
        await killOften(world, mails, dice);
        await settled(world.db, mails.length);
        const verdict = await judge(world, mails, KILLS * CONCURRENCY);
        console.log(`kill -9 on ${nameOf(stack)}: ${KILLS} kills, ${JSON.stringify(verdict)}`);
        // Each held reply is one that nobody can know about; were none uncertain, the kills would have missed.
        expect(verdict.uncertain).toBeGreaterThanOrEqual(PLAN["before the final reply"]);
      });
    });
  });

async function inWorld(stack: Stack, test: (world: World) => Promise<void>): Promise<void> {
  const world = await openWorld(stack, { settings: SETTINGS });
  try {
    await test(world);
  } finally {
    await world.close();
  }
}

/** Delivers all the while, kills at every moment of the plan in a random order, and leaves a gateway running. */
async function killOften(world: World, mails: readonly Mail[], dice: Chance): Promise<void> {
  const moments = dice.shuffled(Object.entries(PLAN).flatMap(([moment, n]) => Array<Moment>(n).fill(moment as Moment)));
  let gateway = await world.start();
  for (const [index, moment] of moments.entries()) {
    const batch = mails.slice(index * MAILS_PER_KILL, (index + 1) * MAILS_PER_KILL);
    const killed = AT[moment](world, dice).then(() => gateway.kill9());
    await Promise.all([killed, trickle(world, batch)]);
    // In the middle every job is lost as well.
    if (index === KILLS / 2) await world.redis?.flushall();
    gateway = world.spawn();
  }
  await gateway.ready;
  await world.redis?.flushall();
}

/** A few mails at a time, so that the gateway has every kind of work at once. */
async function trickle(world: World, mails: readonly Mail[]): Promise<void> {
  for (let from = 0; from < mails.length; from += 2) {
    await world.deliver(mails.slice(from, from + 2));
    await sleep(30);
  }
}
