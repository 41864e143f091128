/**
 * Jobs in this process: BullMQ's PostgreSQL backend on PGlite, in memory. Nothing of it outlives the process, and
 * nothing needs to: the rows are the truth, and sweep rings again after a restart.
 */
import { PGlite } from "@electric-sql/pglite";
import { createPostgresBackend, Queue, runMigrations, Worker } from "bullmq";
import { WORKER_OPTIONS } from "./backend.ts";
import type { Backend, BackendOptions } from "./backend.ts";
import { keepImage, readImage } from "./embedded-image.ts";
import { pglitePool } from "./pglite-pool.ts";
import { within } from "./quiet.ts";

/** 128 MB by default, taken at once; a queue of bells needs next to nothing. */
const START_PARAMS = [...PGlite.defaultStartParams, "-c", "shared_buffers=8MB"];
const GOODBYE_MS = 1_500;

export async function openEmbedded({ cacheDir, log }: BackendOptions): Promise<Backend> {
  const begun = performance.now();
  const image = await readImage(cacheDir, log);
  const restored = image && (await start(image).catch(() => undefined));
  const db = restored ?? (await start());
  const fromImage = restored !== undefined;
  const pool = pglitePool(db);
  // Before the image is taken, so that it holds the tables; a no-op on a started image, and a proof that it is whole.
  await runMigrations(await pool.connect());
  await db.exec("SET search_path TO bullmq");
  if (!fromImage)
    await keepImage(cacheDir, log, async () => Buffer.from(await (await db.dumpDataDir("gzip")).arrayBuffer()));
  log.info({ ms: Math.round(performance.now() - begun), fromImage }, "the embedded job queue is up");

  const connection = pool as never;
  return {
    kind: "embedded",
    queue: (name) => new Queue(name, { connection }, createPostgresBackend) as unknown as Queue,
    worker: (name, processor, concurrency) => {
      const options = { connection, concurrency, ...WORKER_OPTIONS };
      return new Worker(name, processor, options, createPostgresBackend) as unknown as Worker;
    },
    cutOffWorkers: () => {},
    close: async () => void (await within(GOODBYE_MS, db.close(), undefined)),
  };
}

const start = (image?: Blob) => PGlite.create({ startParams: START_PARAMS, ...(image ? { loadDataDir: image } : {}) });
