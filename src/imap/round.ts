/** One comparison of the mailbox with the store, and what follows from it. */
import { type Fetching, fetchMissing } from "./fetch.ts";
import { finish } from "./finish.ts";

/**
 * What earlier rounds of this connection learned, so that a message that arrives does not cost a query about every message
 * of the mailbox. A full round forgets it: the rows are the truth.
 */
export type Memory = { readonly stored: Set<number>; readonly finished: Set<number> };

export type RoundOutcome = {
  /** Messages that had no stored row when the round began. */
  readonly missing: number;
  /** Why stored messages could not be finished on the server. */
  readonly trouble?: string;
};

/** `busy` is called once before anything is downloaded, with the number of messages. Rejects when connection or store fail. */
export async function round(
  f: Fetching,
  memory: Memory,
  baseline: number,
  busy: (messages: number) => void,
): Promise<RoundOutcome> {
  const present = await f.mailbox.uids(baseline);
  const missing = await missingOf(f, memory, present);
  f.suspects.keepOnly(missing);
  if (missing.length > 0) {
    busy(missing.length);
    await fetchMissing(f, missing);
  }
  if (f.stopping.aborted) return { missing: missing.length };
  const open = present.filter((uid) => memory.stored.has(uid) && !memory.finished.has(uid));
  const trouble = await finish(f, open);
  if (trouble === undefined) for (const uid of open) memory.finished.add(uid);
  return { missing: missing.length, trouble };
}

async function missingOf(f: Fetching, memory: Memory, present: readonly number[]): Promise<number[]> {
  const unknown = present.filter((uid) => !memory.stored.has(uid));
  if (unknown.length === 0) return [];
  const missing = await f.store.missing(f.mailbox.facts.uidValidity, unknown);
  const without = new Set(missing);
  for (const uid of unknown) if (!without.has(uid)) memory.stored.add(uid);
  return missing.toSorted((a, b) => a - b);
}
