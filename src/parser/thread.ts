/** One worker thread and its life: started, given one message at a time, ended when it oversteps. */
import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import type { ParseResult, ThreadAnswer, ThreadJob } from "./protocol.ts";

export type Thread = {
  /** Gives the thread its next message; it must not have one. Never rejects: every end of the thread is a result. */
  readonly run: (raw: Buffer, context: ThreadJob["context"], timeLimitMs: number) => Promise<ParseResult>;
  readonly alive: () => boolean;
  readonly end: () => Promise<void>;
};

/** Loading the parser takes 0.3 s; a machine that needs this long is down. */
const START_LIMIT_MS = 30_000;

/** `.ts` when the sources run, `.js` when they were built. */
const WORKER = new URL(`./worker${extname(import.meta.url)}`, import.meta.url);

/**
 * Starts a thread and waits until it listens.
 * @throws when it cannot be started: the machine's trouble, not a message's
 */
export async function startThread(limits: {
  readonly maxOldGenerationSizeMb: number;
  readonly entry: URL | undefined;
}): Promise<Thread> {
  const worker = new Worker(limits.entry ?? WORKER, {
    name: "parser",
    // Nothing of the parent's: neither its flags (a test runner's, a debugger's) nor its secrets.
    execArgv: [],
    env: {},
    resourceLimits: {
      maxOldGenerationSizeMb: limits.maxOldGenerationSizeMb,
      maxYoungGenerationSizeMb: 32,
      stackSizeMb: 4,
    },
  });
  let alive = true;
  worker.on("exit", () => (alive = false));
  // Someone must listen for as long as the thread lives, else its death between two messages ends the process.
  worker.on("error", () => (alive = false));
  const end = async (): Promise<void> => {
    alive = false;
    await worker.terminate();
  };
  try {
    await ready(worker);
  } catch (error) {
    await end();
    throw error;
  }
  return {
    alive: () => alive,
    end,
    run: (raw, context, timeLimitMs) => run(worker, end, { raw, context, timeLimitMs }),
  };
}

function ready(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`a parser thread did not start in ${START_LIMIT_MS} ms`)),
      START_LIMIT_MS,
    );
    const settle = (error?: Error): void => {
      clearTimeout(timer);
      if (error) reject(new Error(`a parser thread could not be started: ${error.message}`, { cause: error }));
      else resolve();
    };
    worker.once("message", () => settle());
    worker.once("error", (error) => settle(error as Error));
    worker.once("exit", (code) => settle(new Error(`it ended with code ${code}`)));
  });
}

type Job = { readonly raw: Buffer; readonly context: ThreadJob["context"]; readonly timeLimitMs: number };

async function run(worker: Worker, end: () => Promise<void>, job: Job): Promise<ParseResult> {
  // A copy of its own to hand over: a Buffer may be a small window on a large batch, which would be copied whole.
  const raw = new Uint8Array(job.raw);
  const result = await new Promise<ParseResult>((resolve) => {
    const timer = setTimeout(
      () => settle(failure("timeout", `still parsing after ${job.timeLimitMs} ms`)),
      job.timeLimitMs,
    );
    const onMessage = (answer: ThreadAnswer): void => {
      if ("parsed" in answer) settle({ ok: true, message: answer.parsed });
      else if ("failed" in answer) settle(failure("crash", answer.failed));
    };
    const onError = (error: unknown): void => {
      const { code, message } = error as NodeJS.ErrnoException;
      settle(failure(code === "ERR_WORKER_OUT_OF_MEMORY" ? "memory" : "crash", message || String(error)));
    };
    const onExit = (code: number): void => settle(failure("crash", `the thread ended with code ${code}`));
    function settle(settled: ParseResult): void {
      clearTimeout(timer);
      worker.off("message", onMessage).off("error", onError).off("messageerror", onError).off("exit", onExit);
      resolve(settled);
    }
    worker.on("message", onMessage).on("error", onError).on("messageerror", onError).on("exit", onExit);
    worker.postMessage({ raw, context: job.context } satisfies ThreadJob, [raw.buffer]);
  });
  if (!result.ok) await end();
  return result;
}

function failure(reason: "timeout" | "memory" | "crash", detail: string): ParseResult {
  return { ok: false, reason, detail: detail.slice(0, 1000) };
}
