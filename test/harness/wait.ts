/** Waiting for something that another process does: polls, and says what it waited for when it gives up. */

export type UntilOptions = {
  /** What is awaited, for the error: `the acknowledgement at the sink`. */
  readonly what: string;
  /** Milliseconds until it gives up. */
  readonly timeoutMs?: number;
  /** Milliseconds between two looks. */
  readonly everyMs?: number;
};

/** Resolves after `ms` milliseconds. */
export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Calls `look` until it returns something truthy, and returns that. A throw counts as "not yet".
 * Rejects after `timeoutMs` with what was awaited and what the last look saw.
 */
export async function until<T>(look: () => T | Promise<T>, options: UntilOptions): Promise<NonNullable<T>> {
  const { what, timeoutMs = 10_000, everyMs = 20 } = options;
  const begun = performance.now();
  let last = "nothing yet";
  for (;;) {
    try {
      const seen = await look();
      if (seen) return seen;
      last = `last look saw ${show(seen)}`;
    } catch (error) {
      last = `last look threw ${error instanceof Error ? error.message : String(error)}`;
    }
    if (performance.now() - begun >= timeoutMs) throw new Error(`waited ${timeoutMs} ms for ${what}; ${last}`);
    await sleep(everyMs);
  }
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}
