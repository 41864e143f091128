/** The three backends as the suite sees them, and small parts that its files share. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pino from "pino";
import type { Handlers } from "../../src/queue/queue.ts";

export const silent = pino({ level: "silent" });

/** A log that remembers: `{ level, msg, … }` a line. */
export function memoryLog() {
  const lines: { level: number; msg: string; [field: string]: unknown }[] = [];
  const log = pino({ level: "debug" }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  return { log, lines, said: (text: string) => lines.filter(({ msg }) => msg.includes(text)) };
}

export function cacheFolder() {
  const folder = mkdtempSync(join(tmpdir(), "postern-queue-cache-"));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

let prefixes = 0;
/** A namespace nobody else uses, so that tests can share a server. */
export const freshPrefix = () => `t${process.pid}_${++prefixes}`;

/** Handlers that write down what they were given. */
export function recorder(act: (what: string) => Promise<void> | void = () => {}) {
  const seen: string[] = [];
  const handlers: Handlers = {
    route: async (id) => {
      seen.push(`route ${id}`);
      await act(`route ${id}`);
    },
    deliver: async (id, epoch) => {
      seen.push(`deliver ${id} ${epoch}`);
      await act(`deliver ${id} ${epoch}`);
    },
  };
  return { seen, handlers };
}

export const CONCURRENCY = { concurrency: { route: 4, deliver: 2 } };
