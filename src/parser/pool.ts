/**
 * Parsing in threads with limits: one message a thread at a time, so that a bomb takes nothing with it but itself. A
 * thread over its time or memory is ended and replaced; its message is a quarantine, the others never notice.
 * Written on worker_threads because the three ends (time, memory, crash) must be told apart.
 */
import { startThread, type Thread } from "./thread.ts";
import type { ParseResult, ParserContext, PerMessage } from "./protocol.ts";

export type { ParseResult, ParserContext, PerMessage } from "./protocol.ts";

export type ParserOptions = {
  /** How many messages are parsed at once; default 2. */
  readonly threads?: number;
  /** Heap of one thread in MB; default 256. Bytes of the message and its attachments lie outside it. Below 32 the parser itself does not fit. */
  readonly maxOldGenerationSizeMb?: number;
  /** Milliseconds one message may take once a thread has it; default 10,000. */
  readonly timeLimitMs?: number;
  /** The file that the threads run; worker.ts beside this one unless an installation moved it. */
  readonly entry?: URL;
  readonly context: ParserContext;
};

export type Parser = {
  /**
   * Parses one message; the bytes are copied.
   * @returns the message, or why it could not be read: a matter for quarantine
   * @throws when no thread can be started, or the parser is closed: an outage, the message may be tried again
   */
  readonly parse: (raw: Buffer, perMessage: PerMessage) => Promise<ParseResult>;
  /** For every message handed over from now on. */
  readonly updateContext: (context: ParserContext) => void;
  /** Refuses what waits, lets messages in hand end (within their time limit), ends the threads. */
  readonly close: () => Promise<void>;
};

type Waiting = {
  readonly raw: Buffer;
  readonly perMessage: PerMessage;
  readonly resolve: (result: ParseResult) => void;
  readonly reject: (error: Error) => void;
};

/** Opens the pool; threads start with the first messages. */
export function openParser(options: ParserOptions): Parser {
  const { threads: most = 2, maxOldGenerationSizeMb = 256, timeLimitMs = 10_000, entry } = options;
  let context = options.context;
  let closed = false;
  const waiting: Waiting[] = [];
  const idle: Thread[] = [];
  const inHand = new Set<Promise<void>>();
  let working = 0;

  async function work(): Promise<void> {
    let thread = idle.pop();
    for (let job = waiting.shift(); job; job = waiting.shift()) {
      try {
        thread = thread?.alive() ? thread : await startThread({ maxOldGenerationSizeMb, entry });
        const { arrivedAt, ...own } = job.perMessage;
        job.resolve(await thread.run(job.raw, { ...context, ...own, arrivedAt }, timeLimitMs));
      } catch (error) {
        job.reject(error as Error);
      }
    }
    // In the same turn as the last look at the queue: a message that comes a moment later must start work again.
    working--;
    if (!thread?.alive()) return;
    if (closed) await thread.end();
    else idle.push(thread);
  }

  function parse(raw: Buffer, perMessage: PerMessage): Promise<ParseResult> {
    if (closed) return Promise.reject(new Error("the parser is closed"));
    return new Promise((resolve, reject) => {
      waiting.push({ raw, perMessage, resolve, reject });
      if (working >= most) return;
      working++;
      const done = work().finally(() => inHand.delete(done));
      inHand.add(done);
    });
  }

  async function close(): Promise<void> {
    closed = true;
    for (const job of waiting.splice(0)) job.reject(new Error("the parser is closed"));
    await Promise.all([...inHand, ...idle.splice(0).map((thread) => thread.end())]);
  }

  return { parse, updateContext: (next) => void (context = next), close };
}
