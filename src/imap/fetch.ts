/**
 * Brings messages from the server into the store: sizes first, so that a message over the cap is never downloaded, then
 * the bytes in batches, each committed before the next is fetched. A message that cannot be had is put aside.
 */
import type { RawMessage } from "../mail/types.ts";
import { BELIEVE_AFTER, judgeAnswer } from "./answer.ts";
import { describe, isLeaseLost, isLiteralTooLarge, isRefusal } from "./failure.ts";
import type { Mailbox, MessageFacts } from "./mailbox.ts";
import type { Log, MailboxSettings, PollStore } from "./settings.ts";
import type { Suspects } from "./suspects.ts";
import { batchesOf, chunks } from "./uids.ts";

/** UIDs in one command: keeps the line below the 8,000 octets that RFC 9051 section 4 lets servers insist on. */
export const UIDS_A_COMMAND = 400;

export type Fetching = {
  readonly mailbox: Mailbox;
  readonly store: PollStore;
  readonly settings: MailboxSettings;
  readonly suspects: Suspects;
  readonly log: Log;
  readonly stopping: AbortSignal;
  /** Wall clock, UTC milliseconds. */
  now(): number;
  /** These uids have a stored row now; `count` of them are messages with their bytes. */
  stored(uids: number[], count: number): void;
};

type Wanted = MessageFacts & { readonly size: number; readonly sizeKnown: boolean };

/** Fetches and commits what of `missing` is due. Rejects when the connection ends or the store fails; what was committed stays. */
export async function fetchMissing(f: Fetching, missing: readonly number[]): Promise<void> {
  const { fresh, alone } = f.suspects.sort(missing, performance.now());
  for (const uids of chunks(fresh, UIDS_A_COMMAND)) await fetchTogether(f, uids, f.settings.batchMessages);
  for (const uid of alone) await fetchTogether(f, [uid], 1);
}

async function fetchTogether(f: Fetching, uids: readonly number[], batchMessages: number): Promise<void> {
  if (f.stopping.aborted) return;
  const facts = await sizesOf(f, uids);
  const overCap = (one: Wanted): boolean => one.sizeKnown && one.size > f.settings.maxBytes;
  const tooLarge = facts.filter((one) => overCap(one) || f.suspects.isOversize(one.uid));
  for (const one of tooLarge) await recordTooLarge(f, one, one.size);
  const wanted = facts.filter((one) => !tooLarge.includes(one));
  for (const batch of batchesOf(wanted, { messages: batchMessages, bytes: f.settings.batchBytes })) {
    if (f.stopping.aborted) return;
    const sources = await sourcesOf(f, batch);
    if (sources) await commit(f, await complete(f, batch, sources));
  }
}

async function sizesOf(f: Fetching, uids: readonly number[]): Promise<Wanted[]> {
  const rows = await answered(f, uids, () => f.mailbox.sizes(uids));
  if (!rows) return [];
  const answers = new Map(rows.map((row) => [row.uid, row]));
  for (const uid of uids) if (!answers.has(uid)) putAside(f, uid, "no answer");
  // A size that the server does not tell counts as a whole batch, so that such a message is fetched alone.
  return uids.flatMap((uid) => {
    const row = answers.get(uid);
    return row ? [{ ...row, size: row.size ?? f.settings.batchBytes, sizeKnown: row.size !== undefined }] : [];
  });
}

/** The bytes, or undefined when the server refused; then the batch is put aside. Rejects when the connection ended. */
async function sourcesOf(f: Fetching, batch: readonly Wanted[]): Promise<Map<number, Buffer | undefined> | undefined> {
  const uids = batch.map((one) => one.uid);
  const atMost = batch.some((one) => !one.sizeKnown || one.size === 0) ? f.settings.maxBytes + 1 : undefined;
  return await answered(f, uids, () => f.mailbox.sources(uids, atMost));
}

async function answered<T>(f: Fetching, uids: readonly number[], ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (uids.length === 1 && uids[0] !== undefined && isLiteralTooLarge(error)) f.suspects.foundOversize(uids[0]);
    f.suspects.batchFailed(uids, describe(error), performance.now());
    if (f.mailbox.closed || !isRefusal(error)) throw error;
    f.log.warn(
      { mailbox: f.settings.name, uids: uids.length, why: describe(error) },
      "The server refused to give messages; each is tried alone",
    );
    return undefined;
  }
}

/** The messages of the batch whose bytes are all there. The others are put aside, and fetched again later. */
async function complete(
  f: Fetching,
  batch: readonly Wanted[],
  sources: Map<number, Buffer | undefined>,
): Promise<RawMessage[]> {
  const { uidValidity } = f.mailbox.facts;
  const messages: RawMessage[] = [];
  for (const one of batch) {
    const source = sources.get(one.uid);
    if (source && source.length > f.settings.maxBytes) await recordTooLarge(f, one, source.length);
    else if (source && isWhole(f, one, source)) {
      messages.push({
        mailbox: f.settings.name,
        uidValidity,
        uid: one.uid,
        receivedAt: one.receivedAt ?? f.now(),
        source,
      });
    } else if (!source) putAside(f, one.uid, sources.has(one.uid) ? "no bytes" : "no answer");
  }
  return messages;
}

function isWhole(f: Fetching, one: Wanted, source: Buffer): boolean {
  const size = one.sizeKnown ? one.size : undefined;
  const answer = judgeAnswer(size, source);
  if (answer === "complete") return true;
  const same = answer === "short" ? f.suspects.sameAnswers(one.uid, source) : 0;
  if (same >= BELIEVE_AFTER) {
    f.log.warn(
      { mailbox: f.settings.name, uid: one.uid, size, bytes: source.length },
      "The server gives the same bytes every time: its size is taken for wrong",
    );
    return true;
  }
  putAside(f, one.uid, `${source.length} of ${size ?? "?"} bytes`);
  return false;
}

function putAside(f: Fetching, uid: number, why: string): void {
  f.suspects.failed(uid, why, performance.now());
  f.log.warn(
    { mailbox: f.settings.name, uid, why, tries: f.suspects.tries(uid) },
    "A message did not come whole; it is fetched again",
  );
}

/** Puts the batch into the store, in one transaction. Only after this may the server be told anything. */
async function commit(f: Fetching, messages: RawMessage[]): Promise<void> {
  if (messages.length === 0) return;
  const uids = messages.map((message) => message.uid);
  try {
    await f.store.commit(messages);
  } catch (error) {
    // One message that the store cannot take must not block the others, so they are tried one by one next time.
    if (!isLeaseLost(error)) f.suspects.batchFailed(uids, describe(error), performance.now());
    throw error;
  }
  f.suspects.cleared(uids);
  f.stored(uids, uids.length);
}

async function recordTooLarge(f: Fetching, one: Wanted, bytes: number): Promise<void> {
  const envelope = await answered(f, [one.uid], () => f.mailbox.envelope(one.uid));
  if (!envelope) return;
  const size = Math.max(bytes, f.settings.maxBytes + 1);
  await f.store.tooLarge(f.mailbox.facts.uidValidity, one.uid, size, {
    ...envelope,
    receivedAt: one.receivedAt ?? f.now(),
  });
  f.log.warn(
    { mailbox: f.settings.name, uid: one.uid, bytes: size, maxBytes: f.settings.maxBytes },
    "A message is over the size cap and stays on the server",
  );
  f.suspects.cleared([one.uid]);
  f.stored([one.uid], 0);
}
