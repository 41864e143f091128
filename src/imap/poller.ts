/**
 * Polls one mailbox for as long as it is told to. Everything that fails is tried again with a growing wait: what to fetch
 * is always the difference between mailbox and store, so nothing is lost by giving up a connection at any point.
 */
import { backoff } from "./backoff.ts";
import { type Bell, createBell } from "./bell.ts";
import { describe, isLeaseLost, isLoginRefused } from "./failure.ts";
import { guardStore } from "./guard.ts";
import { type Poller, runSession } from "./session.ts";
import { type Log, type MailboxSettings, type PollState, type PollStore, timeoutsOf } from "./settings.ts";
import { createSuspects } from "./suspects.ts";

export type { Log, MailboxSettings, PollStore } from "./settings.ts";

export type PollerOptions = {
  readonly log: Log;
  /** Called after a commit with the number of messages in it. */
  onStored(count: number): void;
  /** Wall clock, UTC milliseconds. */
  now(): number;
  /** In [0, 1); for the jitter of the back-off. */
  random?(): number;
};

export type RunningPoller = {
  /** Finishes the batch in hand and logs out; resolves within a few seconds (`stopMs` and a little). */
  stop(): Promise<void>;
  /** Compares now: a full round, or a connection attempt when one is waiting. */
  poke(): void;
  /** Never rejects. Resolves when stopped, or when another poller has taken the lease. */
  done: Promise<void>;
};

/** A connection that lived this long was a good one; the wait after it begins small again. */
const SETTLED_MS = 10_000;

type Turn = { bell: Bell; failures: number; refusals: number };

/** Starts at once. `store` decides what is new; see PollStore. */
export function startPoller(settings: MailboxSettings, store: PollStore, options: PollerOptions): RunningPoller {
  const stopping = new AbortController();
  const cut = new AbortController();
  const turn: Turn = { bell: createBell(), failures: 0, refusals: 0 };
  const timeouts = timeoutsOf(settings);
  const guarded = guardStore(store);
  const health = createHealth(guarded, settings, options.log);
  const poller: Poller = {
    settings,
    timeouts,
    store: guarded,
    log: options.log,
    wantFull: false,
    suspects: createSuspects(timeouts.refetchMs),
    stopping: stopping.signal,
    cut: cut.signal,
    now: options.now,
    onStored: options.onStored,
    tell: health.tell,
  };
  const done = keepPolling(poller, turn, options.random ?? Math.random).then(health.settled);
  return {
    done,
    poke() {
      poller.wantFull = true;
      turn.bell.ring();
    },
    async stop() {
      stopping.abort();
      turn.bell.ring();
      const late = setTimeout(() => cut.abort(), timeouts.stopMs);
      const over = Promise.withResolvers<void>();
      // A store that hangs in its commit cannot be cut; whoever stops us need not wait for it.
      const giveUp = setTimeout(over.resolve, timeouts.stopMs + 1_000);
      await Promise.race([done, over.promise]);
      clearTimeout(late);
      clearTimeout(giveUp);
    },
  };
}

async function keepPolling(p: Poller, turn: Turn, random: () => number): Promise<void> {
  while (!p.stopping.aborted) {
    p.openedAt = undefined;
    p.tell("connecting");
    try {
      await runSession(p, turn.bell);
    } catch (error) {
      if (isLeaseLost(error)) return p.log.info({ mailbox: p.settings.name }, "Another process polls this mailbox now");
      if (!p.stopping.aborted) await backOff(p, turn, error, random());
    }
  }
  p.tell("stopped");
}

async function backOff(p: Poller, turn: Turn, error: unknown, random: number): Promise<void> {
  if (p.openedAt !== undefined) turn.refusals = 0;
  if (p.openedAt !== undefined && performance.now() - p.openedAt >= SETTLED_MS) turn.failures = 0;
  const refused = isLoginRefused(error);
  const wait = refused
    ? backoff(++turn.refusals, p.timeouts.loginBackoff, random)
    : backoff(++turn.failures, p.timeouts.backoff, random);
  const why = describe(error);
  p.log.warn(
    { mailbox: p.settings.name, why, failures: turn.failures + turn.refusals, waitMs: wait },
    "The mailbox cannot be polled; trying again",
  );
  p.tell("backing-off", `${why}; next try in ${Math.ceil(wait / 1000)} s`);
  // A new bell: what the connection that ended still rings must not cut the wait short.
  turn.bell = createBell();
  await turn.bell.wait(wait);
}

/** Writes the mailbox's state as people see it, one at a time and only when it changes; never holds up the mail for it. */
function createHealth(store: PollStore, settings: MailboxSettings, log: Log) {
  let told = "";
  let telling = Promise.resolve();
  return {
    tell(state: PollState, detail?: string): void {
      const words = `${state} ${detail ?? ""}`;
      if (words === told) return;
      told = words;
      telling = telling
        .then(() => store.state(state, detail))
        .catch((error: unknown) => {
          told = "";
          log.warn(
            { mailbox: settings.name, state, why: describe(error) },
            "The mailbox's state could not be recorded",
          );
        });
    },
    settled: (): Promise<void> => telling,
  };
}
