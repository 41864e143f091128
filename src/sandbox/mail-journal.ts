/**
 * The journal of the sandbox's mailboxes: one line a change, each a JSON array of steps that hold together or not at
 * all. Lines are written with one synchronous write each, so that a killed process leaves at most one torn line, at
 * the end; `sync` makes them survive a power failure too. The journal is never compacted: a sandbox stays small.
 */
import { closeSync, existsSync, fdatasync, fsyncSync, ftruncateSync, openSync, readFileSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import type { Step } from "./mail-state.ts";

const flushToDisk = promisify(fdatasync);

export class MailJournal {
  readonly #fd: number;
  #length: number;
  #written = 0;
  #synced = 0;
  #running: Promise<void> | undefined;
  #isClosed = false;

  private constructor(fd: number, length: number) {
    this.#fd = fd;
    this.#length = length;
  }

  /**
   * Opens or creates `journal.jsonl` in `dir` and hands every whole line to `replay`, oldest first. A torn last line
   * is cut off. Throws, naming the line, when an earlier line cannot be read: mail would be missing without a word.
   */
  static open(dir: string, replay: (steps: readonly Step[]) => void): MailJournal {
    const path = join(dir, "journal.jsonl");
    const bytes = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
    const length = replayLines(path, bytes, replay);
    const fd = openSync(path, "a");
    if (length < bytes.length) ftruncateSync(fd, length);
    syncDirectory(dirname(path));
    return new MailJournal(fd, length);
  }

  /** Writes one line. Throws when the disk refuses it; the journal is then as it was before. */
  append(steps: readonly Step[]): void {
    // The number of a closed descriptor may belong to another file by now.
    if (this.#isClosed) throw new Error("the journal is closed");
    const line = Buffer.from(`${JSON.stringify(steps)}\n`);
    try {
      const count = writeSync(this.#fd, line);
      if (count < line.length) throw new Error(`the journal took ${count} of ${line.length} bytes: is the disk full?`);
    } catch (error) {
      ftruncateSync(this.#fd, this.#length);
      throw error;
    }
    this.#length += line.length;
    this.#written++;
  }

  /** Resolves when every line written before the call is on disk. Callers at the same time share one flush. */
  async sync(): Promise<void> {
    const target = this.#written;
    while (this.#synced < target) {
      this.#running ??= this.#flush();
      await this.#running;
    }
  }

  async #flush(): Promise<void> {
    const reached = this.#written;
    try {
      await flushToDisk(this.#fd);
      this.#synced = reached;
    } finally {
      this.#running = undefined;
    }
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.sync();
    closeSync(this.#fd);
  }
}

/** Returns how many bytes of the journal are whole lines. */
function replayLines(path: string, bytes: Buffer, replay: (steps: readonly Step[]) => void): number {
  let start = 0;
  for (let number = 1; start < bytes.length; number++) {
    const newline = bytes.indexOf(0x0a, start);
    if (newline < 0) return start;
    const steps = parseLine(bytes.toString("utf8", start, newline));
    const isLast = newline + 1 === bytes.length;
    // After a power failure the last line can be whole in length and yet never have reached the disk (all zeros).
    if (!steps && isLast) return start;
    if (!steps) throw new Error(`${path}, line ${number}: not a journal line. Restore it or delete the folder.`);
    replay(steps);
    start = newline + 1;
  }
  return start;
}

function parseLine(line: string): readonly Step[] | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return Array.isArray(value) ? (value as Step[]) : undefined;
  } catch {
    return undefined;
  }
}

/** A new file survives a power failure only once its directory entry is on disk as well. */
export function syncDirectory(dir: string): void {
  const fd = openSync(dir, "r");
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
