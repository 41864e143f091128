/**
 * Takes jobs and calls the handlers. BullMQ only delivers: it never retries, delays or counts. A handler that fails
 * has written what it must to its row, or sweep will find the row as it was.
 */
import type { Worker } from "bullmq";
import type { Backend, Processor } from "./backend.ts";
import { PAYLOADS, QUEUE_NAMES } from "./job.ts";
import type { QueueName } from "./job.ts";
import { quietly, within } from "./quiet.ts";
import type { Log } from "./quiet.ts";

/** `signal` is aborted when the workers were told to stop and the patience for jobs in hand is over. */
export type Handlers = {
  route(id: number, signal?: AbortSignal): Promise<void>;
  deliver(id: number, epoch: number, signal?: AbortSignal): Promise<void>;
};

export type WorkOptions = { readonly concurrency: Readonly<Record<QueueName, number>> };

export type Workers = {
  /** Takes no new jobs and waits at most `graceMs` (10 s) for those in hand. Never rejects, whatever the backend does. */
  close(graceMs?: number): Promise<void>;
};

const CLOSE_GRACE_MS = 10_000;
/** For goodbyes to a backend when no job is in hand any more; a backend that is away gets no more than this. */
const GOODBYE_MS = 1_500;

export function startWorkers(backend: Backend, handlers: Handlers, options: WorkOptions, log: Log): Workers {
  const abort = new AbortController();
  const inHand = new Set<Promise<void>>();
  const run: Record<QueueName, (payload: unknown) => Promise<void>> = {
    route: async (payload) => {
      const { id } = PAYLOADS.route.parse(payload);
      await attempt({ route: id }, () => handlers.route(id, abort.signal));
    },
    deliver: async (payload) => {
      const { id, epoch } = PAYLOADS.deliver.parse(payload);
      await attempt({ deliver: id, epoch }, () => handlers.deliver(id, epoch, abort.signal));
    },
  };
  const attempt = async (what: object, handler: () => Promise<void>) => {
    try {
      await handler();
    } catch (error) {
      log.error({ ...what, err: error }, "a job failed; its row decides what happens next");
    }
  };
  const processor =
    (name: QueueName): Processor =>
    async (job) => {
      const done = run[name](job.data).catch((error: unknown) => {
        log.warn({ queue: name, job: job.id, err: error }, "a job that is not ours was dropped");
      });
      inHand.add(done);
      await done.finally(() => inHand.delete(done));
    };

  const workers: Worker[] = QUEUE_NAMES.map((name) => {
    const worker = backend.worker(name, processor(name), options.concurrency[name]);
    worker.on("error", quietly(log, `the ${name} worker has trouble with the job queue`));
    return worker;
  });
  const close = async (graceMs: number) => {
    const closing = Promise.all(workers.map((worker) => worker.close()));
    if (inHand.size > 0) await within(graceMs, Promise.all(inHand), undefined);
    abort.abort();
    const left = await within(GOODBYE_MS, closing, "late" as const);
    if (left === "late") backend.cutOffWorkers();
    if (inHand.size > 0) log.warn({ jobs: inHand.size }, "stopped without waiting for jobs in hand any longer");
  };
  let closed: Promise<void> | undefined;
  return { close: (graceMs = CLOSE_GRACE_MS) => (closed ??= close(graceMs)) };
}
