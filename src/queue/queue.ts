/** The job queue as the rest of the program sees it. */
import type { Backend, BackendOptions } from "./backend.ts";
import { openEmbedded } from "./embedded.ts";
import { makeEnqueue, together } from "./enqueue.ts";
import { QUEUE_NAMES } from "./job.ts";
import type { Enqueue, QueueName } from "./job.ts";
import { openPostgres } from "./postgres.ts";
import { quietly, within } from "./quiet.ts";
import type { Log } from "./quiet.ts";
import { openRedis } from "./redis.ts";
import { startWorkers } from "./worker.ts";
import type { Handlers, WorkOptions, Workers } from "./worker.ts";

export type { Enqueue, Job } from "./job.ts";
export type { Handlers, WorkOptions, Workers } from "./worker.ts";

export type JobQueue = {
  readonly kind: "redis" | "postgres" | "embedded";
  readonly enqueue: Enqueue;
  /** Starts taking jobs. Close the workers before the queue, or close the queue, which closes them too. */
  work(handlers: Handlers, options: WorkOptions): Workers;
  /** Jobs that wait, now or delayed, without those in hand. Rejects when the backend does not answer within 2 s. */
  waiting(): Promise<number>;
  /** Jobs that are due: waiting or in a worker's hand. Rejects like `waiting`. */
  due(): Promise<number>;
  /** Ends workers and connections, bounded also while the backend is away. Never rejects. */
  close(): Promise<void>;
};

/** A name that is safe as a Redis key, a PostgreSQL schema and its `search_path`. */
const PREFIX = /^[a-z][a-z0-9_]{0,40}$/;
const COUNT_MS = 2_000;
const GOODBYE_MS = 1_500;

/**
 * Opens the backend that `url` names: `redis://`, `rediss://`, `postgres://`, `postgresql://` or `embedded`. Redis may be away (jobs then start when it is back); PostgreSQL must be there,
 * else this rejects. `prefix` (default `postern`) keeps installations apart that share a backend.
 */
export async function openQueue(
  url: string,
  options: Pick<BackendOptions, "cacheDir"> & { readonly prefix?: string; readonly log: Log },
): Promise<JobQueue> {
  const { cacheDir, prefix = "postern", log } = options;
  if (!PREFIX.test(prefix)) throw new Error(`queue prefix ${prefix}: use lower case letters, digits and underscores`);
  const backend = await openBackend(url, { cacheDir, prefix, log });
  const complain = quietly(log, "the job queue has trouble");
  const open = (name: QueueName) => {
    const queue = backend.queue(name);
    queue.on("error", complain);
    return queue;
  };
  const queues = { route: open("route"), deliver: open("deliver") };
  const enqueue = together(makeEnqueue(queues, log));
  const started: Workers[] = [];

  const count = async (...states: ("waiting" | "prioritized" | "delayed" | "active")[]) => {
    const counts = QUEUE_NAMES.map((name) => queues[name].getJobCountByTypes(...states));
    const known = await within(COUNT_MS, Promise.all(counts), undefined);
    if (known === undefined) throw new Error("the job queue does not answer");
    return known.reduce((sum, one) => sum + one, 0);
  };
  const close = async () => {
    await Promise.all(started.map((workers) => workers.close()));
    await within(GOODBYE_MS, Promise.all(QUEUE_NAMES.map((name) => queues[name].close())), undefined);
    await backend.close();
  };
  let closed: Promise<void> | undefined;
  return {
    kind: backend.kind,
    // A bell after the end is a lost bell like any other.
    enqueue: async (jobs) => (closed ? undefined : await enqueue(jobs)),
    work: (handlers, workOptions) => {
      const workers = startWorkers(backend, handlers, workOptions, log);
      started.push(workers);
      return workers;
    },
    waiting: () => count("waiting", "prioritized", "delayed"),
    due: () => count("waiting", "prioritized", "active"),
    close: () => (closed ??= close()),
  };
}

async function openBackend(url: string, options: BackendOptions): Promise<Backend> {
  if (url === "embedded") return await openEmbedded(options);
  if (/^rediss?:\/\//.test(url)) return openRedis(url, options);
  if (/^postgres(ql)?:\/\//.test(url)) return await openPostgres(url, options);
  throw new Error(`not a job queue: ${url.replace(/:.*/s, "")}; write redis://…, postgres://… or embedded`);
}
