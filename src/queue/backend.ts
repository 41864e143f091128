/** Where jobs live: Redis, PostgreSQL, or embedded. What differs between them ends here. */
import type { Job as BullJob, Queue, Worker, WorkerOptions } from "bullmq";
import type { QueueName } from "./job.ts";
import type { Log } from "./quiet.ts";

export type Processor = (job: Pick<BullJob, "id" | "data">) => Promise<void>;

export type Backend = {
  readonly kind: "redis" | "postgres" | "embedded";
  queue(name: QueueName): Queue;
  /** Starts at once. */
  worker(name: QueueName, processor: Processor, concurrency: number): Worker;
  /** Ends the workers' connections without a goodbye, so that nothing waits for a backend that is away. */
  cutOffWorkers(): void;
  /** Ends every connection. Never rejects. */
  close(): Promise<void>;
};

export type BackendOptions = {
  /** Where the embedded backend keeps its ready-made data directory. */
  readonly cacheDir: string;
  /** Namespace: several installations can share one Redis or one PostgreSQL database. */
  readonly prefix: string;
  readonly log: Log;
};

/**
 * How long a job of a worker that was killed stays with it: its lock runs out after `lockDuration`, then two passes of
 * the stalled check, 25 s in all. BullMQ's own 30 s + 2 x 30 s would keep a ticket waiting for a minute and a half.
 * `maxStalledCount` is out of reach: attempts are counted in the rows.
 */
export const WORKER_OPTIONS = {
  lockDuration: 15_000,
  stalledInterval: 5_000,
  maxStalledCount: 1_000_000,
  runRetryDelay: 1_000,
  removeOnComplete: { count: 0 },
  removeOnFail: { count: 0 },
} as const satisfies Partial<WorkerOptions>;
