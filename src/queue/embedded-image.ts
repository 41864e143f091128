/**
 * The data directory of the embedded backend just after its tables were made, kept as one file, because making it
 * takes three times as long as reading it. A cache: whatever is wrong with it, it is made again.
 */
import { createHash, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Log } from "./quiet.ts";

const NAME = "embedded-queue-";
const DIGEST_BYTES = 32;

const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest();

/** Both versions: PGlite's decides how the directory looks, BullMQ's what tables are in it. */
function fileName(): string {
  const pglite = fileURLToPath(new URL("../package.json", import.meta.resolve("@electric-sql/pglite")));
  const bullmq = createRequire(import.meta.url).resolve("bullmq/package.json");
  const version = (path: string) => (JSON.parse(readFileSync(path, "utf8")) as { version: string }).version;
  return `${NAME}${version(pglite)}-${version(bullmq)}.image`;
}

/** Undefined when there is none, or none that is whole: the file begins with the digest of the rest. */
export async function readImage(cacheDir: string, log: Log): Promise<Blob | undefined> {
  const path = join(cacheDir, fileName());
  let file: Buffer;
  try {
    file = await readFile(path);
  } catch {
    return undefined;
  }
  const image = file.subarray(DIGEST_BYTES);
  if (sha256(image).equals(file.subarray(0, DIGEST_BYTES))) return new Blob([Uint8Array.from(image)]);
  log.warn({ path }, "the image of the embedded job queue is damaged and is made again");
  return undefined;
}

/** Writes atomically and removes images of other versions. A folder that cannot be written to only costs time. */
export async function keepImage(cacheDir: string, log: Log, dump: () => Promise<Buffer>): Promise<void> {
  const name = fileName();
  const unfinished = join(cacheDir, `${name}.${randomUUID()}`);
  try {
    await mkdir(cacheDir, { recursive: true });
    const image = await dump();
    await writeFile(unfinished, Buffer.concat([sha256(image), image]));
    await rename(unfinished, join(cacheDir, name));
    for (const other of await readdir(cacheDir)) {
      if (other.startsWith(NAME) && other !== name) await rm(join(cacheDir, other), { force: true });
    }
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => {});
    log.warn({ err: error, cacheDir }, "the embedded job queue could not be cached; every start will take longer");
  }
}
