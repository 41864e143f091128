/** When to kill: moments of the gateway's work that can be waited for from the outside. */
import { sleep, until } from "../harness/wait.ts";
import { count } from "../scenarios/ledger.ts";
import type { World } from "../scenarios/world.ts";
import type { Chance } from "./chance.ts";

export const MOMENTS = ["starting", "storing", "recording", "sending", "before the final reply"] as const;
export type Moment = (typeof MOMENTS)[number];

/** Milliseconds; the work that was waited for takes about as long on a small machine. */
const SOON = 150;
const STARTING = 2_500;

/** Resolves at such a moment of a gateway that has just been started. */
export const AT: Record<Moment, (world: World, chance: Chance) => Promise<void>> = {
  starting: (_world, { upTo }) => sleep(upTo(STARTING)),
  storing: (world, chance) => grown("a stored message", () => count(world.db, "inbound"), chance),
  recording: (world, chance) => grown("a ticket", () => count(world.db, "ticket"), chance),
  sending: (world, chance) => grown("a final dot", async () => world.sink.counts().finalDots, chance),
  "before the final reply": heldReply,
};

async function grown(what: string, look: () => Promise<number>, { upTo }: Chance): Promise<void> {
  const before = await look();
  await until(async () => (await look()) > before, { what, timeoutMs: 60_000, everyMs: 5 });
  await sleep(upTo(SOON));
}

/** The sink has the whole message and has not answered yet; it answers when the killed connection is gone. */
async function heldReply({ sink }: World, { upTo }: Chance): Promise<void> {
  const answer = Promise.withResolvers<void>();
  const held = Promise.withResolvers<void>();
  sink.switches.beforeFinal = async () => {
    held.resolve();
    await answer.promise;
  };
  try {
    await Promise.race([held.promise, sleep(60_000).then(() => Promise.reject(new Error("no final dot in a minute")))]);
    await sleep(upTo(SOON));
  } finally {
    delete sink.switches.beforeFinal;
    setTimeout(answer.resolve, 1_000);
  }
}
