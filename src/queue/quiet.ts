/** A log for things that repeat: while Redis is away every worker says so several times a second. */
import type { Logger } from "pino";

export type Log = Pick<Logger, "debug" | "info" | "warn" | "error">;

/** The same text is logged once in so many milliseconds. */
const AGAIN_AFTER_MS = 60_000;
/** Texts that are remembered; more are not ours but a server's inventions. */
const MOST_TEXTS = 50;

/** Returns a function that logs an error with `text`, unless it did so within the last minute. */
export function quietly(log: Log, text: string): (error: unknown) => void {
  const last = new Map<string, number>();
  return (error) => {
    const key = error instanceof Error ? error.message || ((error as NodeJS.ErrnoException).code ?? "") : String(error);
    const now = performance.now();
    if (now - (last.get(key) ?? -Infinity) < AGAIN_AFTER_MS) return;
    if (last.size >= MOST_TEXTS) last.clear();
    last.set(key, now);
    log.warn({ err: error }, text);
  };
}

/** Resolves to what `work` gives, or to `otherwise` after `ms` milliseconds or when it fails. */
export async function within<T, O>(ms: number, work: Promise<T>, otherwise: O): Promise<T | O> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<O>((resolve) => (timer = setTimeout(resolve, ms, otherwise)));
  try {
    return await Promise.race([work.catch(() => otherwise), late]);
  } finally {
    clearTimeout(timer);
  }
}
