/** PostgreSQL: the common suite, several processes that start at once, and a server that restarts. */
import { Queue, createPostgresBackend } from "bullmq";
import pg from "pg";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { openQueue } from "../../src/queue/queue.ts";
import type { Job, JobQueue } from "../../src/queue/queue.ts";
import { describeWith } from "../harness/describe-with.ts";
import { freePort } from "../harness/ports.ts";
import { startPostgres } from "../harness/servers.ts";
import type { Postgres } from "../harness/servers.ts";
import { sleep, until } from "../harness/wait.ts";
import { CONCURRENCY, freshPrefix, memoryLog, recorder, silent } from "./backends.ts";
import { queueSuite } from "./suite.ts";

describeWith(["postgres"], "postgres", () => {
  let postgres: Postgres;
  let url: string;
  let queue: JobQueue | undefined;
  beforeAll(async () => {
    postgres = await startPostgres();
    url = await postgres.createDatabase("bells");
  });
  afterAll(() => postgres.stop());
  afterEach(() => queue?.close());

  queueSuite(
    () => url,
    async (prefix, _queue, name, payload) => {
      const connection = { connectionString: url, schema: `${prefix}_queue` };
      const foreign = new Queue(name, { connection }, createPostgresBackend);
      await foreign.add("foreign", payload);
      await foreign.close();
    },
  );

  const routes = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, n): Job => ({ queue: "route", id: from + n }));

  it("four that start at once on an empty database all come up", async () => {
    const prefix = freshPrefix();
    const opened = await Promise.all(
      [1, 2, 3, 4].map(() => openQueue(url, { cacheDir: "/unused", prefix, log: silent })),
    );
    await Promise.all(opened.map((one) => one.enqueue([{ queue: "route", id: 1 }])));
    expect(await opened[0]!.waiting()).toBe(1);
    await Promise.all(opened.map((one) => one.close()));
  });

  it("is named when it cannot be reached, without the password", async () => {
    const port = await freePort();
    const opening = openQueue(`postgres://desk:hunter2@127.0.0.1:${port}/mail`, { cacheDir: "/unused", log: silent });
    const error = await opening.catch((reason: Error) => reason);
    expect((error as Error).message).toContain(`127.0.0.1:${port}/mail cannot be opened`);
    expect((error as Error).message).not.toContain("hunter2");
  });

  it("restarts: workers return by themselves, enqueue stays quick, nothing spins", async () => {
    const { log, said, lines } = memoryLog();
    queue = await openQueue(url, { cacheDir: "/unused", prefix: freshPrefix(), log });
    const { enqueue, work } = queue;
    const { seen, handlers } = recorder();
    work(handlers, CONCURRENCY);
    await enqueue(routes(1, 4));
    await until(() => seen.length === 3, { what: "jobs before" });

    await postgres.down();
    const cpu = process.cpuUsage();
    const begun = performance.now();
    for (let n = 10; n < 15; n++) await enqueue([{ queue: "route", id: n }]);
    expect(performance.now() - begun).toBeLessThan(2500);
    await sleep(1500);
    const { user, system } = process.cpuUsage(cpu);
    console.log(`CPU while PostgreSQL was away: ${Math.round((user + system) / 1000)} ms`);
    expect((user + system) / 1000).toBeLessThan(300); // ms of CPU while it was away: no busy loop
    expect(said("does not answer")).toHaveLength(1);

    await postgres.up();
    await until(async () => (await enqueue([{ queue: "route", id: 20 }]), seen.includes("route 20")), {
      what: "a job after",
    });
    expect(said("answers again")).toHaveLength(1);
    expect(lines.length).toBeLessThan(30);
  });

  it("restarts before a worker's first contact: the worker works all the same", async () => {
    queue = await openQueue(url, { cacheDir: "/unused", prefix: freshPrefix(), log: silent });
    await postgres.down();
    const { seen, handlers } = recorder();
    queue.work(handlers, CONCURRENCY);
    await queue.enqueue(routes(1, 2));
    await sleep(300);
    await postgres.up();
    await until(async () => (await queue!.enqueue(routes(2, 3)), seen.includes("route 2")), { what: "a job" });
    expect(seen).toContain("route 2");
  });

  it("has no client without an error listener at any moment, whenever the server goes down", async () => {
    const bare: string[] = [];
    const emit = pg.Client.prototype.emit;
    pg.Client.prototype.emit = function (this: pg.Client, event: string, ...args: unknown[]) {
      if (event === "error" && this.listenerCount("error") === 0) bare.push(String(args[0]));
      return emit.call(this, event, ...args);
    } as typeof emit;
    try {
      for (let round = 0; round < 15; round++) {
        queue = await openQueue(url, { cacheDir: "/unused", prefix: "rounds", log: silent });
        queue.work(recorder().handlers, CONCURRENCY);
        await queue.enqueue(routes(1, 4));
        await sleep(round * 3);
        const closing = queue.close();
        await sleep(round % 4);
        await postgres.down();
        await closing;
        await postgres.up();
      }
    } finally {
      pg.Client.prototype.emit = emit;
    }
    expect(bare).toEqual([]);
  });

  it.each(["before", "while", "after"])(
    "goes away %s the queue is closed: close is quick and nothing is thrown",
    async (when) => {
      for (let round = 0; round < 3; round++) {
        queue = await openQueue(url, { cacheDir: "/unused", prefix: freshPrefix(), log: silent });
        queue.work(recorder().handlers, CONCURRENCY);
        await queue.enqueue(routes(1, 4));
        await queue.waiting();
        const begun = performance.now();
        if (when === "before") await postgres.down();
        const closing = queue.close();
        if (when === "while") await postgres.down();
        await closing;
        expect(performance.now() - begun).toBeLessThan(6000);
        if (when === "after") await postgres.down();
        await postgres.up();
      }
    },
  );
});
