/**
 * The poll role: one poller a mailbox, whichever process holds the mailbox's lease. The same process records what it stores, in
 * the order of the mailbox.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { LeaseLost, type Lease } from "../db/lease.ts";
import { mailboxByName } from "../db/mailbox.ts";
import { type MailboxSettings, startPoller } from "../imap/poller.ts";
import { keepLease, tryLease } from "../stages/keep-lease.ts";
import { pollStore } from "./poll-store.ts";
import { type ParseMessage, receive } from "../stages/receive.ts";
import type { Stage } from "../stages/stage.ts";
import type { StillLeases } from "../stages/still-leases.ts";
import type { Role } from "./role.ts";
import { waker, type Waker } from "./waker.ts";

/** Rows that wait (a try that failed, a row of another process) are looked for this often. */
const RECEIVE_EVERY_MS = 1000;

export type PollSettings = { readonly mailbox: MailboxSettings; readonly holder: string; readonly ttlMs: number };

export function pollRole(stage: Stage, parse: ParseMessage, still: StillLeases, settings: PollSettings): Role {
  const stopping = new AbortController();
  const done = (async () => {
    while (!stopping.signal.aborted) {
      const lease = await tryLease(
        stage.db,
        `mailbox:${settings.mailbox.name}`,
        settings.holder,
        still,
        settings.ttlMs,
      ).catch((err: unknown) => {
        stage.log.warn({ err, mailbox: settings.mailbox.name }, "store failed");
        return undefined;
      });
      if (lease)
        await pollUnderLease(stage, parse, settings, lease, stopping.signal).catch((err: unknown) =>
          stage.log.error({ err, mailbox: settings.mailbox.name }, "polling ended"),
        );
      await sleep(settings.ttlMs / 4, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  })();
  return { name: `poll ${settings.mailbox.name}`, stop: async () => (stopping.abort(), await done) };
}

async function pollUnderLease(
  stage: Stage,
  parse: ParseMessage,
  { mailbox, ttlMs }: PollSettings,
  lease: Lease,
  stopping: AbortSignal,
): Promise<void> {
  const over = new AbortController();
  const end = () => over.abort();
  const kept = keepLease(stage.db, lease, ttlMs, end);
  stopping.addEventListener("abort", end, { once: true });
  // The request may have come while the lease was being taken: an event that has passed is not heard.
  if (stopping.aborted) end();
  const bell = waker();
  const log = stage.log.child({ mailbox: mailbox.name });
  try {
    const row = await mailboxByName(stage.db, mailbox.name, stage.now());
    const store = pollStore(stage.db, { id: row.id, name: mailbox.name, maxBytes: mailbox.maxBytes }, lease, stage.now);
    const poller = startPoller(mailbox, store, { log, onStored: () => bell.wake(), now: stage.now });
    const receiving = receiveLoop(stage, parse, row.id, bell, over.signal);
    await Promise.race([poller.done, aborted(over.signal)]);
    await poller.stop();
    end();
    bell.wake();
    await receiving;
  } finally {
    stopping.removeEventListener("abort", end);
    await kept.stop();
  }
}

async function receiveLoop(
  stage: Stage,
  parse: ParseMessage,
  mailboxId: number,
  bell: Waker,
  over: AbortSignal,
): Promise<void> {
  while (!over.aborted) {
    try {
      await receive(stage, parse, mailboxId, () => over.aborted);
    } catch (error) {
      if (error instanceof LeaseLost) return;
      stage.log.error({ err: error }, "receiving failed, trying again");
      await sleep(1000, undefined, { signal: over }).catch(() => undefined);
    }
    await bell.sleep(RECEIVE_EVERY_MS, over);
  }
}

/** Resolves when the signal aborts, also when it has already. */
async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
}
