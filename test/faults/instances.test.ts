/** Two gateways on one mailbox and one database: an operator's standby, or a second start by mistake. */
import { expect, it } from "vitest";
import { describeWith } from "../harness/describe-with.ts";
import { distinctMails } from "../harness/mails.ts";
import { settled } from "../scenarios/ledger.ts";
import { nameOf, needsOf, type Stack, SUPPORT } from "../scenarios/world.ts";
import { chance } from "./chance.ts";
import { judge } from "./judge.ts";
import { CONCURRENCY, inWorld, trickle } from "./load.ts";
import { AT } from "./moments.ts";

const MAILS = 40;

const STACKS: readonly Stack[] = [
  { store: "sqlite", queue: "embedded" },
  { store: "postgres", queue: "redis" },
];

for (const stack of STACKS)
  describeWith(needsOf(stack), `two gateways on ${nameOf(stack)}`, () => {
    it("do everything once, also when one of them is killed", { timeout: 180_000 }, async () => {
      const dice = chance();
      console.log(`two gateways on ${nameOf(stack)}: POSTERN_TEST_SEED=${dice.seed}`);
      await inWorld(stack, async (world) => {
        const mails = distinctMails(MAILS * 2, SUPPORT, "two");
        // Both at once, into an empty database: they also race for its schema.
        const [first, second] = await Promise.all([world.start(), world.start()]);
        const [quiet, rough] = [mails.slice(0, MAILS), mails.slice(MAILS)];
        await trickle(world, quiet);
        await settled(world.db, MAILS);
        expect(await judge(world, quiet, 0)).toMatchObject({ tickets: MAILS, uncertain: 0 });

        const victim = dice.upTo(2) === 0 ? first : second;
        const killed = AT.sending(world, dice).then(() => victim.kill9());
        await Promise.all([killed, trickle(world, rough)]);
        // Nobody starts the dead one again: the other has taken over its mailbox and its claims.
        await settled(world.db, MAILS * 2);
        const verdict = await judge(world, mails, CONCURRENCY);
        console.log(`two gateways on ${nameOf(stack)}: one killed, ${JSON.stringify(verdict)}`);
      });
    });
  });
