/**
 * Sends one message to one recipient, once.
 *
 * Policy: what happened is told exactly, in four words (`SmtpOutcome`) or `aborted`. A message whose bytes may have
 * been taken by the server is never sent a second time from here; the only retry is on a new connection, when an idle
 * one turned out to be dead before the server said anything about this message.
 */
import { sessionFailed, trimResponse } from "./outcome.ts";
import type { SmtpFailure } from "./outcome.ts";
import { openPool, quit } from "./pool.ts";
import { openSession, transact } from "./session.ts";
import type { Envelope, SendHooks, SendResult, TransactionEnd } from "./session.ts";
import type { Log, SmtpSettings } from "./settings.ts";

export type { SmtpSettings } from "./settings.ts";
export type { Envelope, SendHooks, SendResult } from "./session.ts";

/**
 * Never rejects. `bytes` is a complete RFC 5322 message with CRLF line ends; dots are stuffed on the way.
 * `hooks.dataStarted` is asked at most once, after the server's 354 and before the first byte: true lets the bytes
 * flow, false (or a rejection) aborts, and the server never sees the end of a message.
 */
export type SendOnce = (envelope: Envelope, bytes: Buffer, hooks: SendHooks) => Promise<SendResult>;

export type Smtp = {
  readonly send: SendOnce;
  /** Connects, negotiates TLS, logs in and leaves. For `postern check`; `why` is for people. */
  verify(): Promise<{ readonly ok: true } | { readonly ok: false; readonly why: string }>;
  /** Takes no new message, waits at most `graceMs` (10 s) for those in hand, then cuts them off. */
  close(graceMs?: number): Promise<void>;
};

const CLOSE_GRACE_MS = 10_000;

/** Opens nothing yet: the first message makes the first connection. */
export function openSmtp(settings: SmtpSettings, { log }: { log: Log }): Smtp {
  const pool = openPool(settings);

  const attempt = async (
    envelope: Envelope,
    bytes: Buffer,
    hooks: SendHooks,
    fresh: boolean,
  ): Promise<TransactionEnd> => {
    const session = await pool.acquire(fresh);
    if (session === undefined)
      return { result: { kind: "deferred", response: "sending is being stopped" }, stale: false };
    if (!("connection" in session)) return { result: sessionFailed(session), stale: false };
    const end = await transact(session, settings, envelope, bytes, hooks).catch((error: Error) => {
      log.error({ err: error }, "smtp transaction broke");
      session.connection.close();
      return broken(error);
    });
    // Not awaited: the outcome is known, and the next message waits for the connection anyway.
    void pool.release(session, end.result.kind !== "accepted");
    return end;
  };

  const send: SendOnce = async (envelope, bytes, hooks) => {
    const first = await attempt(envelope, bytes, hooks, false);
    const end = first.stale ? await attempt(envelope, bytes, hooks, true) : first;
    log.debug({ to: envelope.to, outcome: end.result.kind, again: first.stale }, "smtp transaction ended");
    return end.result;
  };

  const verify: Smtp["verify"] = async () => {
    const session = await openSession(settings).catch((error: Error): SmtpFailure => ({ message: error.message }));
    if ("connection" in session) {
      quit(session);
      return { ok: true };
    }
    return { ok: false, why: sessionFailed(session).response };
  };

  return { send, verify, close: (graceMs = CLOSE_GRACE_MS) => pool.close(graceMs) };
}

/** A bug of ours. Whether bytes left is not known here, so the careful answer. */
const broken = (error: Error): TransactionEnd => ({
  result: { kind: "uncertain", why: trimResponse(`the sender failed: ${error.message}`) },
  stale: false,
});
