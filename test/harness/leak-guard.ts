/**
 * Runs in every test file (vitest setupFiles): a file that leaves a child process or a worker thread open fails,
 * whoever started it, because node announces both on its diagnostics channels.
 */
import type { ChildProcess } from "node:child_process";
import { subscribe } from "node:diagnostics_channel";
import type { Worker } from "node:worker_threads";
import { afterAll } from "vitest";
import { sleep } from "./wait.ts";

/** Something that was started in this process is often just ending when the last hook returns. Milliseconds. */
const GRACE = 2_000;

// References, not event listeners: a listener for `error` would hide an error that nobody else listens for.
const children = new Set<ChildProcess>();
const workers = new Set<Worker>();

subscribe("child_process", (message) => void children.add((message as { process: ChildProcess }).process));
subscribe("worker_threads", (message) => void workers.add((message as { worker: Worker }).worker));

/** What still runs, in words. A child without a pid never started; a worker that has ended has thread id -1. */
function stillOpen(): string[] {
  const running = [...children].filter((child) => child.pid && child.exitCode === null && child.signalCode === null);
  const threads = [...workers].filter((worker) => worker.threadId !== -1);
  return [
    ...running.map((child) => `child process ${child.pid}: ${child.spawnargs.join(" ").slice(0, 200)}`),
    ...threads.map((worker) => `worker thread ${worker.threadId}`),
  ];
}

// Hooks at the end run in reverse order, so this one, the first to be set, comes after those of the test file.
afterAll(async () => {
  const begun = performance.now();
  while (stillOpen().length > 0 && performance.now() - begun < GRACE) await sleep(10);
  const left = stillOpen();
  if (left.length > 0) throw new Error(`left open by this test file:\n  ${left.join("\n  ")}`);
}, GRACE * 5);
