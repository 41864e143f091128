/** The life of one connection: open, adopt, then round after round until it ends or the poller stops. */
import type { Bell } from "./bell.ts";
import type { Fetching } from "./fetch.ts";
import { Mailbox } from "./mailbox.ts";
import { type Memory, type RoundOutcome, round } from "./round.ts";
import type { Log, MailboxSettings, MailboxTimeouts, PollState, PollStore } from "./settings.ts";
import type { Suspects } from "./suspects.ts";

/** `exists` was announced and nothing new found: some servers show a message to FETCH a moment later. */
const LOOK_AGAIN_MS = 1_000;
/** A download shorter than this is not worth two writes of the mailbox's state. */
const TELL_FETCHING_MS = 250;

/** What outlives a connection. */
export type Poller = {
  readonly settings: MailboxSettings;
  readonly timeouts: MailboxTimeouts;
  readonly store: PollStore;
  readonly suspects: Suspects;
  readonly log: Log;
  /** Finish the batch in hand, then say goodbye. */
  readonly stopping: AbortSignal;
  /** The time for that is over. */
  readonly cut: AbortSignal;
  /** UIDNEXT as first seen while the store could not yet adopt the mailbox: mail since then is new, not old. */
  firstSeen?: { readonly uidValidity: number; readonly uidNext: number };
  /** The UIDVALIDITY that the suspects belong to. */
  suspectsOf?: number;
  /** The next round compares everything. */
  wantFull: boolean;
  now(): number;
  tell(state: PollState, detail?: string): void;
  onStored(count: number): void;
  /** Monotonic time at which the present connection began to work; undefined before that. */
  openedAt?: number;
};

type Session = {
  readonly mailbox: Mailbox;
  readonly bell: Bell;
  readonly memory: Memory;
  baseline: number;
  validity: number;
};

/** Resolves when the poller stops; rejects when the connection could not be made or ended, or the store failed. */
export async function runSession(p: Poller, bell: Bell): Promise<void> {
  const watch = { news: () => bell.ring(), gone: () => bell.ring() };
  const mailbox = await Mailbox.open(p.settings, watch, p.stopping);
  const cut = (): void => mailbox.close();
  p.cut.addEventListener("abort", cut, { once: true });
  try {
    const session = {
      mailbox,
      bell,
      memory: { stored: new Set<number>(), finished: new Set<number>() },
      baseline: 1,
      validity: -1,
    };
    await begin(p, session);
    p.openedAt = performance.now();
    p.log.info({ mailbox: p.settings.name, ...mailbox.facts, baseline: session.baseline }, "Watching the mailbox");
    await watchMailbox(p, session);
    if (p.stopping.aborted) await mailbox.logout(p.timeouts.stopMs / 2);
  } finally {
    mailbox.close();
    p.cut.removeEventListener("abort", cut);
  }
}

/** Adoption, or the return to a mailbox that is known. Again after every SELECT, as UIDVALIDITY may have changed. */
async function begin(p: Poller, s: Session): Promise<void> {
  const { uidValidity, uidNext } = s.mailbox.facts;
  if (uidValidity === s.validity) return;
  p.firstSeen = p.firstSeen?.uidValidity === uidValidity ? p.firstSeen : { uidValidity, uidNext };
  const { baseline } = await p.store.begin({ uidValidity, uidNext: Math.min(p.firstSeen.uidNext, uidNext) });
  p.firstSeen = undefined;
  if (p.suspectsOf !== uidValidity) p.suspects.keepOnly([]);
  p.suspectsOf = uidValidity;
  if (s.validity !== -1)
    p.log.warn(
      { mailbox: p.settings.name, was: s.validity, uidValidity },
      "UIDVALIDITY changed: everything is compared anew",
    );
  s.baseline = baseline;
  s.validity = uidValidity;
  forget(s);
}

function forget(s: Session): void {
  s.memory.stored.clear();
  s.memory.finished.clear();
}

async function watchMailbox(p: Poller, s: Session): Promise<void> {
  let fullAt = performance.now();
  let announced = false;
  let full = false;
  while (!p.stopping.aborted) {
    if (s.mailbox.closed) throw s.mailbox.ending();
    const { missing, trouble }: RoundOutcome = await oneRound(p, s, full);
    p.tell("idle", [p.suspects.words(), trouble].filter(Boolean).join("; ") || undefined);
    if (full) fullAt = performance.now();
    const lookAgain: number = announced && missing === 0 ? LOOK_AGAIN_MS : Infinity;
    const dueIn = p.suspects.nextDue() - performance.now();
    const pollIn = fullAt + p.settings.pollMs - performance.now();
    // A stop or a poke may have rung before the bell was hushed.
    const goOn: boolean = p.stopping.aborted || p.wantFull;
    announced = goOn ? false : await s.bell.wait(Math.min(lookAgain, dueIn, pollIn));
    full = p.wantFull || performance.now() >= fullAt + p.settings.pollMs;
    p.wantFull = false;
  }
}

/** A full round selects the folder again, which shows a changed UIDVALIDITY, and compares every message with the store. */
async function oneRound(p: Poller, s: Session, full: boolean): Promise<RoundOutcome> {
  return await s.mailbox.busy(async () => {
    if (full) {
      await s.mailbox.select();
      forget(s);
    } else await s.mailbox.noop();
    // What was announced up to here, the SEARCH that follows will show.
    s.bell.hush();
    await begin(p, s);
    let fetching: NodeJS.Timeout | undefined;
    const busy = (messages: number): void => {
      fetching = setTimeout(() => p.tell("fetching", `messages: ${messages}`), TELL_FETCHING_MS);
    };
    try {
      return await round(fetchingOf(p, s), s.memory, s.baseline, busy);
    } finally {
      clearTimeout(fetching);
    }
  });
}

function fetchingOf(p: Poller, s: Session): Fetching {
  return {
    mailbox: s.mailbox,
    store: p.store,
    settings: p.settings,
    suspects: p.suspects,
    log: p.log,
    stopping: p.stopping,
    now: () => p.now(),
    stored(uids, count) {
      for (const uid of uids) s.memory.stored.add(uid);
      if (count > 0) p.onStored(count);
    },
  };
}
