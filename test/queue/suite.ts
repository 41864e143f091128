/** What every backend must do. One code path, one suite. */
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { openQueue } from "../../src/queue/queue.ts";
import type { Job, JobQueue } from "../../src/queue/queue.ts";
import { sleep, until } from "../harness/wait.ts";
import { cacheFolder, CONCURRENCY, freshPrefix, memoryLog, recorder, silent } from "./backends.ts";

export type Rubbish = (prefix: string, queue: JobQueue, name: string, payload: unknown) => Promise<void>;

/** `url` is asked once the server is up; `putRubbish` writes a job past our own code, undefined where nobody could. */
export function queueSuite(url: () => string, putRubbish?: Rubbish): void {
  const cache = cacheFolder();
  let queue: JobQueue;
  let prefix: string;
  const open = async (log = silent, name = freshPrefix()) => {
    prefix = name;
    queue = await openQueue(url(), { cacheDir: cache.folder, prefix, log });
    return queue;
  };
  beforeAll(async () => (await open(), await queue.close()));
  afterEach(() => queue.close());
  afterAll(cache.remove);

  it("brings every bell to its handler, with its ids", async () => {
    await open();
    const { seen, handlers } = recorder();
    queue.work(handlers, CONCURRENCY);
    await queue.enqueue([
      { queue: "route", id: 1 },
      { queue: "deliver", id: 7, epoch: 3 },
      { queue: "deliver", id: 7, epoch: 4 },
    ]);
    await until(() => seen.length === 3, { what: "three jobs" });
    expect(seen.sort()).toEqual(["deliver 7 3", "deliver 7 4", "route 1"]);
    await until(async () => (await queue.waiting()) === 0, { what: "an empty queue" });
  });

  it("300 at once, each once", async () => {
    await open();
    const { seen, handlers } = recorder();
    queue.work(handlers, CONCURRENCY);
    await queue.enqueue(Array.from({ length: 300 }, (_, n): Job => ({ queue: "route", id: n + 1 })));
    await until(() => seen.length >= 300, { what: "300 jobs" });
    expect(new Set(seen).size).toBe(300);
    expect(seen).toHaveLength(300);
  });

  it("bells of one id that wait are one, and the id is free again once it ran", async () => {
    await open();
    await queue.enqueue([
      { queue: "route", id: 5 },
      { queue: "route", id: 5 },
    ]);
    await queue.enqueue([{ queue: "route", id: 5 }]);
    expect(await queue.waiting()).toBe(1);
    const { seen, handlers } = recorder();
    queue.work(handlers, CONCURRENCY);
    await until(() => seen.length === 1, { what: "the job" });
    await until(async () => (await queue.waiting()) === 0, { what: "an empty queue" });
    for (let round = 2; round <= 3; round++) {
      // The handler is done a moment before the backend has put the job away.
      await until(async () => (await queue.enqueue([{ queue: "route", id: 5 }]), seen.length >= round), {
        what: "it again",
      });
    }
  });

  it("a bell rung for the job that is being worked on is ignored; a delayed one is not", async () => {
    await open();
    const { seen, handlers } = recorder(async () => {
      if (seen.length > 1) return;
      await queue.enqueue([{ queue: "route", id: 9 }]);
      await queue.enqueue([{ queue: "route", id: 9, delay: 100 }]);
    });
    queue.work(handlers, CONCURRENCY);
    await queue.enqueue([{ queue: "route", id: 9 }]);
    await until(() => seen.length === 2, { what: "the delayed bell" });
    await sleep(300);
    expect(seen).toEqual(["route 9", "route 9"]);
  });

  it("keeps a delay, and a delayed bell does not silence one that rings at once", async () => {
    await open();
    const begun = performance.now();
    const times: number[] = [];
    const { seen, handlers } = recorder(() => void times.push(performance.now() - begun));
    queue.work(handlers, CONCURRENCY);
    await queue.enqueue([{ queue: "deliver", id: 2, epoch: 1, delay: 700 }]);
    expect(await queue.waiting()).toBe(1);
    await queue.enqueue([{ queue: "deliver", id: 2, epoch: 1 }]);
    await until(() => seen.length === 2, { what: "both bells" });
    expect(times[0]).toBeLessThan(600);
    expect(times[1]).toBeGreaterThanOrEqual(690);
  });

  it("a handler that throws is logged and the worker goes on", async () => {
    const { log, said } = memoryLog();
    await open(log);
    const { seen, handlers } = recorder((what) => {
      if (what === "route 2") throw new Error("no such row");
    });
    queue.work(handlers, CONCURRENCY);
    await queue.enqueue([1, 2, 3].map((id): Job => ({ queue: "route", id })));
    await until(() => seen.length === 3, { what: "three jobs" });
    await until(() => said("a job failed").length > 0, { what: "the log line" });
    expect(said("a job failed")).toMatchObject([{ level: 50, route: 2, err: { message: "no such row" } }]);
    await sleep(200);
    expect(seen).toHaveLength(3); // not tried again: that is the row's business
    expect(await queue.waiting()).toBe(0);
  });

  it("works at most `concurrency` at a time", async () => {
    await open();
    let now = 0;
    let peak = 0;
    const { seen, handlers } = recorder(async () => {
      peak = Math.max(peak, ++now);
      await sleep(20);
      now -= 1;
    });
    queue.work(handlers, { concurrency: { route: 3, deliver: 1 } });
    await queue.enqueue(Array.from({ length: 20 }, (_, n): Job => ({ queue: "route", id: n + 1 })));
    await until(() => seen.length === 20, { what: "20 jobs" });
    expect(peak).toBe(3);
  });

  it("close waits for the job in hand and leaves the others", async () => {
    await open();
    let ended = 0;
    const { seen, handlers } = recorder(async () => {
      await sleep(300);
      ended += 1;
    });
    const workers = queue.work(handlers, { concurrency: { route: 1, deliver: 1 } });
    await queue.enqueue([1, 2, 3].map((id): Job => ({ queue: "route", id })));
    await until(() => seen.length === 1, { what: "the first job" });
    await workers.close();
    expect(ended).toBe(1);
    expect(seen).toEqual(["route 1"]);
    expect(await queue.waiting()).toBe(2);
  });

  it("close does not wait for ever, and tells the handler", async () => {
    await open();
    let told = false;
    const workers = queue.work(
      {
        route: (_id, signal) =>
          new Promise((done) => signal!.addEventListener("abort", () => ((told = true), setTimeout(done, 50)))),
        deliver: async () => {},
      },
      CONCURRENCY,
    );
    await queue.enqueue([{ queue: "route", id: 1 }]);
    await sleep(300);
    const begun = performance.now();
    await workers.close(200);
    expect(performance.now() - begun).toBeLessThan(3000);
    expect(told).toBe(true);
  });

  it("a queue that is opened again finds nothing that disturbs it", async () => {
    await open();
    await queue.close();
    await open(silent, prefix);
    const { seen, handlers } = recorder();
    queue.work(handlers, CONCURRENCY);
    await queue.enqueue([{ queue: "route", id: 1 }]);
    await until(() => seen.length === 1, { what: "the job" });
    expect(seen).toEqual(["route 1"]);
  });

  it("an enqueue after close does not reject and does not hang", async () => {
    await open();
    await queue.close();
    const begun = performance.now();
    await queue.enqueue([{ queue: "route", id: 1 }]);
    expect(performance.now() - begun).toBeLessThan(2500);
  });

  it("jobs of ours that make no sense are refused without a throw", async () => {
    const { log, said } = memoryLog();
    await open(log);
    const { seen, handlers } = recorder();
    queue.work(handlers, CONCURRENCY);
    await queue.enqueue([
      { queue: "route", id: Number.NaN },
      { queue: "route", id: -1 },
      { queue: "route", id: 4 },
    ]);
    await until(() => seen.length > 0, { what: "the good job" });
    expect(seen).toEqual(["route 4"]);
    await until(() => said("not ours").length === 2, { what: "two log lines" });
  });

  if (!putRubbish) return;

  it("rubbish that somebody wrote is logged, dropped, and crashes nothing", async () => {
    const { log, said } = memoryLog();
    await open(log);
    const { seen, handlers } = recorder();
    queue.work(handlers, CONCURRENCY);
    const rubbish = [{ id: "1; DROP TABLE" }, { id: 1.5 }, {}, [], { id: 1, extra: true }, { id: { $gt: 0 } }];
    for (const payload of rubbish) await putRubbish(prefix, queue, "route", payload);
    await putRubbish(prefix, queue, "deliver", { id: 1 });
    await queue.enqueue([{ queue: "route", id: 77 }]);
    await until(() => said("not ours").length === rubbish.length + 1, { what: "all of it in the log" });
    await until(() => seen.length === 1, { what: "the good job" });
    expect(seen).toEqual(["route 77"]);
    await until(async () => (await queue.waiting()) === 0, { what: "an empty queue" });
  });

  it("two installations with prefixes of their own do not hear each other", async () => {
    const one = await open();
    const two = await openQueue(url(), { cacheDir: cache.folder, prefix: freshPrefix(), log: silent });
    try {
      const { seen, handlers } = recorder();
      two.work(handlers, CONCURRENCY);
      await one.enqueue([{ queue: "route", id: 1 }]);
      await two.enqueue([{ queue: "route", id: 2 }]);
      await until(() => seen.length > 0, { what: "a job" });
      await sleep(200);
      expect(seen).toEqual(["route 2"]);
      expect(await one.waiting()).toBe(1);
    } finally {
      await two.close();
    }
  });

  it("two processes share the work, each job once", async () => {
    const one = await open();
    const two = await openQueue(url(), { cacheDir: cache.folder, prefix, log: silent });
    try {
      const first = recorder(() => sleep(5));
      const second = recorder(() => sleep(5));
      one.work(first.handlers, CONCURRENCY);
      two.work(second.handlers, CONCURRENCY);
      await one.enqueue(Array.from({ length: 100 }, (_, n): Job => ({ queue: "route", id: n + 1 })));
      const all = () => [...first.seen, ...second.seen];
      await until(() => all().length >= 100, { what: "100 jobs" });
      await sleep(100);
      expect(new Set(all()).size).toBe(100);
      expect(all()).toHaveLength(100);
    } finally {
      await two.close();
    }
  });
}
