/** How fast a backlog is worked off: the gateway is stopped, mail comes in, and it starts again. */
import { distinctMails } from "../test/harness/mails.ts";
import { until } from "../test/harness/wait.ts";
import { count, settled } from "../test/scenarios/ledger.ts";
import { AGENTS, nameOf, openWorld, type Stack, SUPPORT, type World } from "../test/scenarios/world.ts";
import { figure, printTable } from "./figures.ts";
import { cpuSeconds, peakMegabytes } from "./usage.ts";

const TIMEOUT_MS = 30 * 60_000;

/** Works off `mails` and prints the time of each part, mails a second, processor time and memory. */
export async function backlog(stack: Stack, mails: number): Promise<void> {
  const world = await openWorld(stack);
  try {
    await (await world.start()).stop();
    console.log(`delivering ${mails} mails …`);
    await world.deliver(distinctMails(mails, SUPPORT, "backlog"));
    console.log("starting the gateway …");
    const begun = performance.now();
    const gateway = world.spawn();
    const since = () => (performance.now() - begun) / 1000;
    await gateway.ready;
    const ready = since();
    const stored = await reached(since, "stored messages", async () => (await count(world.db, "inbound")) >= mails);
    const acked = await reached(since, "acknowledgements", () => Promise.resolve(acknowledged(world) >= mails));
    await settled(world.db, mails, TIMEOUT_MS);
    const all = since();
    const cpu = cpuSeconds(gateway.pid);
    printTable(`Backlog of ${mails} mails on ${nameOf(stack)}`, [
      ["ready", figure(ready, "s", 1)],
      ["all stored", figure(stored, "s", 1)],
      ["all acknowledged", figure(acked, "s", 1)],
      ["agents told, all settled", figure(all, "s", 1)],
      ["mails in a second, start to last acknowledgement", figure(mails / acked, "/s", 1)],
      ["mails out a second (acknowledgements and notifications)", figure(world.sink.received.length / all, "/s", 1)],
      ["CPU of the gateway", figure(cpu, "s", 1)],
      ["CPU a mail", figure(cpu === undefined ? undefined : (cpu / mails) * 1000, "ms", 1)],
      ["peak memory", figure(peakMegabytes(gateway.pid), "MB")],
    ]);
    await gateway.stop();
  } finally {
    await world.close();
  }
}

const acknowledged = ({ sink }: World): number =>
  new Set(sink.received.flatMap(({ to }) => to).filter((address) => !AGENTS.includes(address))).size;

async function reached(since: () => number, what: string, look: () => Promise<boolean>): Promise<number> {
  await until(look, { what, timeoutMs: TIMEOUT_MS, everyMs: 100 });
  return since();
}
