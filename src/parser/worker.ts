/**
 * One parser thread. It can reach no database and no server; it reads bytes, asks DNS for signature keys if it is told
 * to, and posts the message back. Whatever hostile mail does to it, the pool ends it and starts another.
 */
import { Resolver as DnsResolver } from "node:dns/promises";
import { parentPort } from "node:worker_threads";
import type { ParseContext, Resolver } from "../mail/context.ts";
import { parse } from "../mail/parse.ts";
import type { ThreadAnswer, ThreadJob } from "./protocol.ts";

if (!parentPort) throw new Error("worker.ts runs as a worker thread of pool.ts only");
const port = parentPort;

/** A key record that is not there in 2 x 1.5 s counts as missing; the message's own limit is higher. */
const dns = new DnsResolver({ timeout: 1500, tries: 2 });

/** All look-ups of one message together: a DNS that is away must not eat the message's own time limit and quarantine it. */
const DNS_MS = 4000;

function resolverFor(deadline: AbortSignal): Resolver {
  const late = new Promise<never>((_resolve, reject) => {
    deadline.addEventListener(
      "abort",
      () => reject(Object.assign(new Error("DNS took too long"), { code: "ETIMEOUT" })),
      {
        once: true,
      },
    );
  });
  late.catch(() => undefined);
  return async (name, rrtype) => (await Promise.race([dns.resolve(name, rrtype), late])) as string[][] | string[];
}

async function answer(job: ThreadJob): Promise<ThreadAnswer> {
  const { dkim, ...rest } = job.context;
  const context: ParseContext = dkim ? { ...rest, resolver: resolverFor(AbortSignal.timeout(DNS_MS)) } : rest;
  try {
    return { parsed: await parse(Buffer.from(job.raw.buffer, job.raw.byteOffset, job.raw.byteLength), context) };
  } catch (error) {
    return { failed: String((error as Error)?.stack ?? error).slice(0, 1000) };
  }
}

port.on("message", (job: ThreadJob) => {
  void answer(job).then((reply) => {
    port.postMessage(reply);
  });
});
port.postMessage({ ready: true } satisfies ThreadAnswer);
