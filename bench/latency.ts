/** How long a customer waits: from the mail server's "delivered" (LMTP) to the acknowledgement's final dot at the SMTP server. */
import { openLmtp } from "../test/harness/lmtp.ts";
import { distinctMails } from "../test/harness/mails.ts";
import { sleep, until } from "../test/harness/wait.ts";
import { nameOf, openWorld, type Stack, SUPPORT } from "../test/scenarios/world.ts";
import { figure, percentile, printTable } from "./figures.ts";
import { cpuSeconds, peakMegabytes } from "./usage.ts";

/** Mails before the first that counts: code is compiled and connections are opened once. */
const WARM_UP = 5;
/** Milliseconds between two mails, so that each meets a gateway that waits. */
const PAUSE_MS = 100;
const TIMEOUT_MS = 60_000;

const median = (values: readonly number[]): number => percentile(values, 0.5);

/** Sends `mails` one at a time and prints median, 95th percentile and processor time. */
export async function latency(stack: Stack, mails: number): Promise<void> {
  const world = await openWorld(stack);
  try {
    const gateway = await world.start();
    const lmtp = await openLmtp(world.dovecot.lmtpPort);
    const waits: number[] = [];
    const parts: { untilStored: number; untilSent: number }[] = [];
    let before = 0;
    for (const [index, { raw, sender }] of distinctMails(WARM_UP + mails, SUPPORT, "latency").entries()) {
      if (index === WARM_UP) before = cpuSeconds(gateway.pid) ?? Number.NaN;
      await lmtp.deliver(raw, SUPPORT, sender);
      const delivered = Date.now();
      const arrived = await until(() => world.sink.to(sender)[0]?.at, {
        what: `the acknowledgement of mail ${index + 1}`,
        timeoutMs: TIMEOUT_MS,
        everyMs: 2,
      });
      const row = await world.db("inbound").where({ from_address: sender }).first("stored_at");
      const stored = Number(row.stored_at);
      if (index >= WARM_UP) {
        waits.push(arrived - delivered);
        parts.push({ untilStored: stored - delivered, untilSent: arrived - stored });
      }
      await sleep(PAUSE_MS);
    }
    await lmtp.close();
    const cpu = (cpuSeconds(gateway.pid) ?? Number.NaN) - before;
    printTable(`Latency on ${nameOf(stack)}: LMTP delivery to acknowledgement, IDLE, ${mails} mails one at a time`, [
      ["median", figure(median(waits), "ms")],
      ["95th percentile", figure(percentile(waits, 0.95), "ms")],
      [
        "median until the bytes are stored (IDLE, fetch, commit)",
        figure(median(parts.map((one) => one.untilStored)), "ms"),
      ],
      ["median from there (read, route, write, send)", figure(median(parts.map((one) => one.untilSent)), "ms")],
      ["fastest", figure(Math.min(...waits), "ms")],
      ["slowest", figure(Math.max(...waits), "ms")],
      ["CPU of the gateway", figure(cpu, "s", 2)],
      ["CPU a mail", figure((cpu / mails) * 1000, "ms", 1)],
      ["peak memory", figure(peakMegabytes(gateway.pid), "MB")],
    ]);
    await gateway.stop();
  } finally {
    await world.close();
  }
}
