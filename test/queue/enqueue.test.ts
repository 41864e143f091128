/** Enqueue against queues that are slow, stuck or broken: it never rejects and never keeps its caller waiting. */
import type { Queue } from "bullmq";
import { expect, it } from "vitest";
import { makeEnqueue } from "../../src/queue/enqueue.ts";
import { encodeJob } from "../../src/queue/job.ts";
import type { Job } from "../../src/queue/job.ts";
import { sleep, until } from "../harness/wait.ts";
import { memoryLog } from "./backends.ts";

const LIMIT = 100;

/** An enqueue whose backend is `addBulk`; `adds` tells how many jobs each call brought. */
function enqueueWith(addBulk: (jobs: unknown[]) => Promise<unknown>) {
  const adds: number[] = [];
  const queue = { addBulk: (jobs: unknown[]) => (adds.push(jobs.length), addBulk(jobs)) } as unknown as Queue;
  const { log, said } = memoryLog();
  return { adds, said, enqueue: makeEnqueue({ route: queue, deliver: queue }, log, LIMIT) };
}
const routes = (count: number) => Array.from({ length: count }, (_, n): Job => ({ queue: "route", id: n + 1 }));
const took = async (work: Promise<void>) => {
  const begun = performance.now();
  await work;
  return performance.now() - begun;
};

it("a backend that never answers costs the first caller the limit and the next ones nothing; one line in the log", async () => {
  const { enqueue, adds, said } = enqueueWith(() => new Promise(() => {}));
  expect(await took(enqueue(routes(1)))).toBeLessThan(LIMIT * 3);
  for (let n = 0; n < 100; n++) expect(await took(enqueue(routes(1)))).toBeLessThan(50);
  expect(adds).toEqual([1]); // nothing piles up in the client
  expect(said("does not answer")).toHaveLength(1);
});

it("a backend that fails is tried every time, and is logged once an outage", async () => {
  let broken = true;
  const { enqueue, adds, said } = enqueueWith(() => (broken ? Promise.reject(new Error("gone")) : Promise.resolve()));
  for (let n = 0; n < 5; n++) await enqueue(routes(1));
  broken = false;
  await enqueue(routes(1));
  broken = true;
  await enqueue(routes(1));
  expect(adds).toHaveLength(7);
  expect(said("does not answer")).toHaveLength(2);
  expect(said("answers again")).toHaveLength(1);
});

it("a stuck add that gets through ends the outage", async () => {
  let release = () => {};
  const { enqueue, said } = enqueueWith(() => new Promise<void>((done) => (release = done)));
  await enqueue(routes(1));
  expect(said("answers again")).toHaveLength(0);
  release();
  await until(() => said("answers again").length === 1, { what: "the log line" });
});

it("thousands that take longer than the limit go on behind the caller's back and silence nobody", async () => {
  const { enqueue, adds, said } = enqueueWith(() => sleep(20));
  expect(await took(enqueue(routes(2000)))).toBeLessThan(LIMIT * 3);
  expect(await took(enqueue([{ queue: "deliver", id: 1, epoch: 0 }]))).toBeLessThan(LIMIT);
  expect(adds).toContain(1);
  await until(() => adds.filter((count) => count === 100).length === 20, { what: "all batches" });
  expect(said("does not answer")).toEqual([]);
});

it("nothing to ring touches nothing", async () => {
  const { enqueue, adds } = enqueueWith(() => Promise.reject(new Error("gone")));
  await enqueue([]);
  expect(adds).toEqual([]);
});

it("a job is stored with ids only, under an id that BullMQ takes, and leaves when it is done", () => {
  const leaves = { attempts: 1, removeOnComplete: true, removeOnFail: true };
  expect(encodeJob({ queue: "route", id: 12 })).toEqual({
    name: "route",
    data: { id: 12 },
    opts: { jobId: "route-12", delay: 0, ...leaves },
  });
  expect(encodeJob({ queue: "deliver", id: 12, epoch: 3, delay: 59.2 })).toEqual({
    name: "deliver",
    data: { id: 12, epoch: 3 },
    opts: { jobId: "deliver-12-3-later", delay: 60, ...leaves },
  });
  expect(encodeJob({ queue: "route", id: 1, delay: -5 }).opts).toMatchObject({ jobId: "route-1", delay: 0 });
});
