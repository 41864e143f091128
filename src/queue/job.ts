/**
 * A job is only a bell: it carries the id of a row and nothing else. The row is the truth, so a bell that is lost is
 * rung again by sweep, and one that rings twice finds nothing to do.
 */
import { z } from "zod";

export const QUEUE_NAMES = ["route", "deliver"] as const;
export type QueueName = (typeof QUEUE_NAMES)[number];

const rowId = z.int().positive();

/** What is stored with a job, per queue. Whatever else is found there was not written by us. */
export const PAYLOADS = {
  route: z.strictObject({ id: rowId }),
  deliver: z.strictObject({ id: rowId, epoch: z.int().nonnegative() }),
} as const;

/** `delay` in milliseconds from now; none = at once. */
export type Job =
  | { readonly queue: "route"; readonly id: number; readonly delay?: number }
  | { readonly queue: "deliver"; readonly id: number; readonly epoch: number; readonly delay?: number };

/**
 * Adds the jobs. Never rejects, and never takes longer than 2 s, also while the backend is away.
 *
 * BullMQ silently ignores a job whose id is already there: waiting, or *active*. So a job added from inside the
 * handler of the same job (the same route id, the same delivery and epoch) is lost: a handler that wants to run again
 * takes a new epoch, adds with a delay, or leaves it to sweep.
 */
export type Enqueue = (jobs: readonly Job[]) => Promise<void>;

/** Longer waits are for the row's own `not_before` and sweep; a day in a queue nobody can look into is long enough. */
const LONGEST_DELAY_MS = 24 * 60 * 60 * 1000;

/**
 * The job as BullMQ takes it. Two adds with one id are one job, which keeps sweep from piling up bells.
 * A delayed bell has an id of its own: BullMQ ignores an add whose id exists, so under one id the bell that waits a
 * minute for #undo would silence the one that #now rings at once.
 */
export function encodeJob(job: Job) {
  const delay = Math.min(Math.max(Math.ceil(job.delay ?? 0), 0), LONGEST_DELAY_MS);
  const id = job.queue === "route" ? `route-${job.id}` : `deliver-${job.id}-${job.epoch}`;
  return {
    name: job.queue,
    data: job.queue === "route" ? { id: job.id } : { id: job.id, epoch: job.epoch },
    // A finished job must leave at once: its id would be ignored for as long as it is kept.
    opts: { jobId: delay > 0 ? `${id}-later` : id, delay, attempts: 1, removeOnComplete: true, removeOnFail: true },
  };
}
