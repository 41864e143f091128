/** What the poller is told, and what it needs of the store. The store arrives as functions: this folder knows no database. */
import type { RawMessage } from "../mail/types.ts";

/** What happens to a message on the server once its bytes are safe with us. */
export type AfterAction =
  | { readonly action: "seen" }
  | { readonly action: "move"; readonly to: string }
  | { readonly action: "delete" }
  | { readonly action: "leave" };

/** A back-off: the first wait and the longest, milliseconds. */
export type BackoffRange = { readonly firstMs: number; readonly maxMs: number };

/** All in milliseconds; what is left out takes its default. */
export type MailboxTimeouts = {
  /** DNS, TCP and TLS together. */
  readonly connectMs: number;
  readonly greetingMs: number;
  /** A command in flight, or an idle connection that does not answer a NOOP, is dead after this silence. */
  readonly socketMs: number;
  /** The answer to a NOOP, SELECT, SEARCH or STORE; a FETCH of sources is bounded by `socketMs` alone, as it may be long. */
  readonly commandMs: number;
  /** How long `stop()` waits for the batch in hand and the logout before it cuts the connection. */
  readonly stopMs: number;
  readonly backoff: BackoffRange;
  /** A refused login: slow, because servers lock out those who hammer. */
  readonly loginBackoff: BackoffRange;
  /** Waits between the tries to fetch a message whose answer was short, empty or missing; the last one repeats. */
  readonly refetchMs: readonly number[];
};

export type MailboxSettings = {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly tls: "implicit" | "starttls" | "none";
  readonly rejectUnauthorized?: boolean;
  /** PEM of the authority to trust instead of the system's. */
  readonly ca?: string;
  readonly user: string;
  readonly password?: string;
  /** XOAUTH2 or OAUTHBEARER. A function is asked before every connection. */
  readonly accessToken?: string | (() => Promise<string>);
  readonly folder: string;
  readonly after: AfterAction;
  /** The safety net beside IDLE: a full comparison of mailbox and store at least this often. */
  readonly pollMs: number;
  /** Larger messages stay on the server and are recorded as too large. */
  readonly maxBytes: number;
  /** How much is fetched and committed together. A single message may exceed `batchBytes`. */
  readonly batchMessages: number;
  readonly batchBytes: number;
  readonly timeouts?: Partial<MailboxTimeouts>;
};

/** What the envelope says of a message that was never downloaded. */
export type EnvelopeFacts = {
  readonly from?: string;
  readonly subject?: string;
  readonly messageId?: string;
  /** INTERNALDATE, UTC milliseconds. */
  readonly receivedAt: number;
};

export type PollState = "connecting" | "idle" | "fetching" | "backing-off" | "stopped";

export type PollStore = {
  /** First poll: the baseline is UIDNEXT. Later: the stored one. A changed UIDVALIDITY: 1, and hashes decide what is known. */
  begin(facts: { uidValidity: number; uidNext: number }): Promise<{ baseline: number }>;
  /** Of these uids those without a stored row. */
  missing(uidValidity: number, uids: number[]): Promise<number[]>;
  /** Commits a batch durably in one transaction; rejects with an error named `LeaseLost` when another poller holds the lease. */
  commit(batch: RawMessage[]): Promise<void>;
  /** Records a message over the size cap that was left on the server. */
  tooLarge(uidValidity: number, uid: number, bytes: number, envelope: EnvelopeFacts): Promise<void>;
  /** Stored uids among `present` whose after-action is not done on the server yet. */
  unfinished(uidValidity: number, present: number[]): Promise<number[]>;
  finished(uidValidity: number, uids: number[]): Promise<void>;
  /** Health as people see it. */
  state(state: PollState, detail?: string): Promise<void>;
};

type LogLine = (facts: object, message: string) => void;
/** The part of pino that is used here. */
export type Log = { readonly debug: LogLine; readonly info: LogLine; readonly warn: LogLine; readonly error: LogLine };

const MINUTE = 60_000;

const DEFAULT_TIMEOUTS: MailboxTimeouts = {
  connectMs: 20_000,
  greetingMs: 16_000,
  socketMs: MINUTE,
  commandMs: 30_000,
  stopMs: 5_000,
  backoff: { firstMs: 1_000, maxMs: 5 * MINUTE },
  loginBackoff: { firstMs: 30_000, maxMs: 15 * MINUTE },
  refetchMs: [1_000, 5_000, 30_000, 2 * MINUTE, 10 * MINUTE],
};

/** The mailbox's timeouts with every default filled in. */
export function timeoutsOf(settings: MailboxSettings): MailboxTimeouts {
  return { ...DEFAULT_TIMEOUTS, ...settings.timeouts };
}
