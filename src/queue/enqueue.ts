/** Rings bells. A bell that cannot be rung is no error: its row waits, and sweep rings again. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Queue } from "bullmq";
import { encodeJob, QUEUE_NAMES } from "./job.ts";
import type { Enqueue, Job, QueueName } from "./job.ts";
import type { Log } from "./quiet.ts";

export const ENQUEUE_LIMIT_MS = 2_000;
/** While an earlier add hangs, one new try in so many milliseconds; the others return at once. */
const PROBE_EVERY_MS = 10_000;
/** Jobs an add: the embedded backend works on our own thread, and other things want to run too. */
const BATCH = 100;

export function makeEnqueue(queues: Readonly<Record<QueueName, Queue>>, log: Log, limitMs = ENQUEUE_LIMIT_MS): Enqueue {
  let lost = false;
  let hanging = 0;
  let lastTry = -Infinity;

  const report = (error: unknown) => {
    if (lost) return;
    lost = true;
    log.warn({ err: error }, "the job queue does not answer; jobs wait in the database until it does");
  };
  const answered = () => {
    if (lost) log.info({}, "the job queue answers again");
    lost = false;
  };
  const add = async (jobs: readonly Job[], progress: () => void) => {
    for (const name of QUEUE_NAMES) {
      const encoded = jobs.filter(({ queue }) => queue === name).map(encodeJob);
      for (let at = 0; at < encoded.length; at += BATCH) {
        await queues[name].addBulk(encoded.slice(at, at + BATCH));
        progress();
      }
    }
  };

  return async (jobs) => {
    if (jobs.length === 0) return;
    // A client that is cut off keeps commands in memory; without this, hours of an outage would pile up there.
    if (lost && hanging > 0 && performance.now() - lastTry < PROBE_EVERY_MS) return;
    lastTry = performance.now();
    hanging += 1;
    let moving = false;
    const adding = add(jobs, () => (moving = true))
      .then(answered, report)
      .finally(() => (hanging -= 1));
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((done) => {
      timer = setTimeout(() => {
        // Thousands of bells may take longer; as long as they get through they go on by themselves.
        if (!moving) report(new Error(`no answer in ${limitMs} ms`));
        done();
      }, limitMs);
    });
    await Promise.race([adding, late]);
    clearTimeout(timer);
  };
}

/** The first bell rings at once; those that follow within this time go together, for an add of one costs as much as one of fifty. */
const GATHER_MS = 40;

/** Bells that are rung while earlier ones are still on their way, or shortly after them, go in one batch. */
export function together(enqueue: Enqueue, gatherMs = GATHER_MS): Enqueue {
  let gathering: { readonly jobs: Job[]; readonly done: Promise<void> } | undefined;
  let last: Promise<void> = Promise.resolve();
  let begun = -Infinity;

  async function ring(batch: Job[]): Promise<void> {
    const early = begun + gatherMs - performance.now();
    if (early > 0) await sleep(early);
    begun = performance.now();
    gathering = undefined;
    await enqueue(batch);
  }

  return async (jobs) => {
    if (jobs.length === 0) return;
    if (!gathering) {
      const batch: Job[] = [];
      last = last.catch(() => undefined).then(() => ring(batch));
      gathering = { jobs: batch, done: last };
    }
    gathering.jobs.push(...jobs);
    await gathering.done;
  };
}
