/** The embedded backend: the common suite, and its cached image. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { openQueue } from "../../src/queue/queue.ts";
import { until } from "../harness/wait.ts";
import { cacheFolder, CONCURRENCY, memoryLog, recorder } from "./backends.ts";
import { queueSuite } from "./suite.ts";

describe("embedded", () => queueSuite(() => "embedded"));

describe("the image of the embedded queue", () => {
  const cache = cacheFolder();
  afterAll(cache.remove);
  const image = () =>
    join(
      cache.folder,
      readdirSync(cache.folder).find((name) => name.endsWith(".image"))!,
    );

  /** Opens, does one job, closes; returns what the log said of the start. */
  const useOnce = async (cacheDir = cache.folder) => {
    const { log, lines, said } = memoryLog();
    const queue = await openQueue("embedded", { cacheDir, log });
    const { seen, handlers } = recorder();
    queue.work(handlers, CONCURRENCY);
    await queue.enqueue([{ queue: "route", id: 1 }]);
    await until(() => seen.length === 1, { what: "the job" });
    await queue.close();
    const [up] = said("is up");
    console.log(`embedded queue up in ${String(up!["ms"])} ms, from image: ${String(up!["fromImage"])}`);
    return { up: up!, lines };
  };

  it("is made by the first start and used by the second, which is faster", async () => {
    const first = await useOnce();
    expect(first.up["fromImage"]).toBe(false);
    expect(readdirSync(cache.folder)).toHaveLength(1);
    const second = await useOnce();
    expect(second.up["fromImage"]).toBe(true);
    expect(second.up["ms"] as number).toBeLessThan(first.up["ms"] as number);
  });

  it("holds no jobs of an earlier run", async () => {
    const { log } = memoryLog();
    const queue = await openQueue("embedded", { cacheDir: cache.folder, log });
    expect(await queue.waiting()).toBe(0);
    await queue.close();
  });

  it.each<[string, (path: string) => void]>([
    [
      "a flipped byte",
      (path) =>
        writeFileSync(
          path,
          readFileSync(path).map((byte, at) => (at === 40_000 ? byte ^ 1 : byte)),
        ),
    ],
    ["half of the file", (path) => writeFileSync(path, readFileSync(path).subarray(0, 1_000_000))],
    ["an empty file", (path) => writeFileSync(path, "")],
    ["something else", (path) => writeFileSync(path, "not an image at all")],
  ])("%s: it is made again", async (_name, damage) => {
    damage(image());
    const { up, lines } = await useOnce();
    expect(up["fromImage"]).toBe(false);
    expect(lines.some(({ msg }) => msg.includes("damaged"))).toBe(true);
    expect((await useOnce()).up["fromImage"]).toBe(true);
  });

  it("images of other versions and nothing else are removed", async () => {
    writeFileSync(image(), "damaged, so that it is made again");
    writeFileSync(join(cache.folder, "embedded-queue-0.0.1-5.0.0.image"), "old");
    writeFileSync(join(cache.folder, "postern.db"), "precious");
    await useOnce();
    expect(readdirSync(cache.folder).filter((name) => name.endsWith(".image"))).toHaveLength(1);
    expect(existsSync(join(cache.folder, "postern.db"))).toBe(true);
  });

  it("a cache that cannot be written to costs time, not the start", async () => {
    const blocked = join(cache.folder, "postern.db"); // a file where a folder should be
    const { up, lines } = await useOnce(blocked);
    expect(up["fromImage"]).toBe(false);
    expect(lines.some(({ msg }) => msg.includes("could not be cached"))).toBe(true);
  });
});

it("a URL that is no queue is refused without showing its password", async () => {
  const { log } = memoryLog();
  const opening = openQueue("mysql://root:hunter2@host/db", { cacheDir: "/nonexistent", log });
  await expect(opening).rejects.toThrow(/not a job queue: mysql;/);
});
