/** Redis: the common suite, and a Redis that goes away, comes back, or forgets everything. */
import { Queue } from "bullmq";
import { Redis as Client } from "ioredis";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { openQueue } from "../../src/queue/queue.ts";
import type { Job, JobQueue } from "../../src/queue/queue.ts";
import { describeWith } from "../harness/describe-with.ts";
import { startRedis } from "../harness/servers.ts";
import type { Redis } from "../harness/servers.ts";
import { sleep, until } from "../harness/wait.ts";
import { CONCURRENCY, freshPrefix, memoryLog, recorder } from "./backends.ts";
import { queueSuite } from "./suite.ts";

describeWith(["redis"], "redis", () => {
  let redis: Redis;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());

  queueSuite(
    () => redis.url,
    async (prefix, _queue, name, payload) => {
      const connection = new Client(redis.url, { maxRetriesPerRequest: null });
      const foreign = new Queue(name, { connection, prefix });
      await foreign.add("foreign", payload);
      await foreign.close();
      connection.disconnect();
    },
  );
});

describeWith(["redis"], "redis in trouble", () => {
  let redis: Redis;
  let queue: JobQueue | undefined;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());
  afterEach(async () => {
    await queue?.close();
    if (redis.pid() === undefined) await redis.up();
  });
  const open = async (log = memoryLog().log) =>
    (queue = await openQueue(redis.url, { cacheDir: "/unused", prefix: freshPrefix(), log }));
  const routes = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, n): Job => ({ queue: "route", id: from + n }));

  it("goes away and comes back: workers return by themselves, enqueue stays quick, and says so once", async () => {
    const { log, said } = memoryLog();
    const { enqueue, work } = await open(log);
    const { seen, handlers } = recorder();
    work(handlers, CONCURRENCY);
    await enqueue(routes(1, 4));
    await until(() => seen.length === 3, { what: "jobs before" });

    await redis.down("SIGKILL");
    const begun = performance.now();
    for (let n = 10; n < 15; n++) await enqueue([{ queue: "route", id: n }]);
    expect(performance.now() - begun).toBeLessThan(2500);
    expect(said("does not answer")).toHaveLength(1);

    await redis.up();
    await until(() => said("answers again").length === 1, { what: "the end of the outage" });
    await until(async () => (await enqueue([{ queue: "route", id: 20 }]), seen.includes("route 20")), {
      what: "a job after",
    });
  });

  it("is away at the start: jobs run once it is there", async () => {
    await redis.down();
    const { enqueue, work } = await open();
    const { seen, handlers } = recorder();
    work(handlers, CONCURRENCY);
    await enqueue(routes(1, 2));
    await redis.up();
    await until(async () => (await enqueue(routes(2, 3)), seen.includes("route 2")), { what: "a job" });
    expect(seen).toContain("route 2");
  });

  it("is away at the end: close is quick, with idle workers and before the first contact", async () => {
    for (const firstContact of [true, false]) {
      if (!firstContact) await redis.down();
      const mine = await open();
      mine.work(recorder().handlers, CONCURRENCY);
      if (firstContact) {
        await until(async () => (await mine.waiting()) === 0, { what: "contact" });
        await redis.down();
      }
      await sleep(200);
      const begun = performance.now();
      await mine.close();
      expect(performance.now() - begun).toBeLessThan(5000);
      await redis.up();
    }
  });

  it("goes away while a job is in hand: the job ends, close is bounded", async () => {
    const mine = await open();
    let ended = false;
    const { seen, handlers } = recorder(async () => {
      await sleep(500);
      ended = true;
    });
    const workers = mine.work(handlers, CONCURRENCY);
    await mine.enqueue(routes(1, 2));
    await until(() => seen.length === 1, { what: "the job" });
    await redis.down("SIGKILL");
    const begun = performance.now();
    await workers.close(3000);
    expect(ended).toBe(true);
    expect(performance.now() - begun).toBeLessThan(4000);
  });

  it("forgets everything (FLUSHALL) with jobs waiting, delayed and in hand: later bells are heard", async () => {
    const { log, lines } = memoryLog();
    const { enqueue, work, waiting } = await open(log);
    const { seen, handlers } = recorder(() => sleep(100));
    work(handlers, { concurrency: { route: 2, deliver: 1 } });
    await enqueue([...routes(1, 41), { queue: "deliver", id: 1, epoch: 1, delay: 5000 }]);
    await until(() => seen.length >= 4, { what: "some jobs" });
    await redis.flushall();
    const flushed = seen.length;
    await until(async () => (await waiting()) === 0, { what: "nothing" });
    const begun = performance.now();
    await enqueue([...routes(1, 41), { queue: "deliver", id: 1, epoch: 1 }]);
    await until(() => new Set(seen).size === 41, { what: "all of them again", timeoutMs: 15_000 });
    console.log(`after FLUSHALL at ${flushed} of 41: all heard in ${Math.round(performance.now() - begun)} ms`);
    expect(lines.filter(({ level }) => level >= 50)).toEqual([]);
  });

  it("FLUSHALL while all workers sleep", async () => {
    const { enqueue, work, waiting } = await open();
    const { seen, handlers } = recorder();
    work(handlers, CONCURRENCY);
    await until(async () => (await waiting()) === 0, { what: "contact" });
    await sleep(300);
    await redis.flushall();
    await enqueue(routes(1, 3));
    await until(() => seen.length === 2, { what: "both", timeoutMs: 7000 });
    expect(seen.sort()).toEqual(["route 1", "route 2"]);
  });

  it("data that is not even JSON crashes nothing and holds nobody up", async () => {
    const { log } = memoryLog();
    const prefix = freshPrefix();
    queue = await openQueue(redis.url, { cacheDir: "/unused", prefix, log });
    await queue.enqueue(routes(1, 2));
    const client = new Client(redis.url);
    await client.hset(`${prefix}:route:route-1`, "data", "{not json");
    client.disconnect();
    const { seen, handlers } = recorder();
    queue.work(handlers, { concurrency: { route: 1, deliver: 1 } });
    await queue.enqueue(routes(2, 5));
    await until(() => seen.length === 3, { what: "the good jobs" });
    expect(seen.sort()).toEqual(["route 2", "route 3", "route 4"]);
  });

  it("a wrong password is a trouble like another: logged, not thrown", async () => {
    const { log, said } = memoryLog();
    const url = redis.url.replace("redis://", "redis://u:wrong@");
    queue = await openQueue(url, { cacheDir: "/unused", prefix: freshPrefix(), log });
    queue.work(recorder().handlers, CONCURRENCY);
    await queue.enqueue(routes(1, 2));
    expect(said("").some(({ level }) => level >= 40)).toBe(true);
    await expect(queue.waiting()).rejects.toThrow("does not answer");
  });
});
