/** One SMTP connection: opened and logged in, then one transaction after the other. */
import { isAscii } from "node:buffer";
import SMTPConnection from "nodemailer/lib/smtp-connection";
import type { SmtpOutcome } from "../mail/types.ts";
import { messageStream } from "./message-stream.ts";
import type { MessageStream } from "./message-stream.ts";
import { classifyFailure, connectionLost, trimResponse } from "./outcome.ts";
import type { SmtpFailure } from "./outcome.ts";
import { connectionOptions, loginOf, setupLimitMs, transactionLimitMs } from "./settings.ts";
import type { SmtpSettings } from "./settings.ts";

export type Envelope = { readonly from: string; readonly to: string };
export type SendHooks = { dataStarted(): Promise<boolean> };
export type SendResult = SmtpOutcome | { readonly kind: "aborted"; readonly why: string };

export type Session = { readonly connection: SMTPConnection; sent: number; readonly alive: () => boolean };

/** `stale`: a connection used before died without any reply to this message; it may be tried again on a fresh one. */
export type TransactionEnd = { readonly result: SendResult; readonly stale: boolean };

/** Connects, negotiates TLS and logs in, within `setupLimitMs`. Rejects only by a bug. */
export async function openSession(settings: SmtpSettings): Promise<Session | SmtpFailure> {
  const connection = new SMTPConnection(connectionOptions(settings));
  let alive = true;
  connection.once("end", () => (alive = false));
  return await new Promise((resolve) => {
    const limit = setTimeout(
      () => settle({ message: "the server did not finish connecting and login in time", code: "ETIMEDOUT" }),
      setupLimitMs(settings),
    );
    const settle = (end: Session | SmtpFailure) => {
      clearTimeout(limit);
      if (!("connection" in end)) connection.close();
      resolve(end);
    };
    // Stays for the life of the connection: an error while it idles must not be thrown.
    connection.on("error", (error: SmtpFailure) => settle(error));
    connection.once("end", () =>
      setImmediate(settle, { message: "the server closed the connection", code: "ECONNECTION" }),
    );
    connection.connect((error) => {
      if (error) return settle(error);
      const login = loginOf(settings);
      if (login === undefined) return settle({ connection, sent: 0, alive: () => alive });
      if (!connection.allowsAuth) {
        return settle({ message: "the server offers no login (AUTH) on this connection", code: "EAUTH" });
      }
      connection.login(login, (refused) => settle(refused ?? { connection, sent: 0, alive: () => alive }));
    });
  });
}

/** One recipient, one message. Bounded by `transactionLimitMs`; never rejects. The session may be dead afterwards. */
export async function transact(
  session: Session,
  settings: SmtpSettings,
  envelope: Envelope,
  bytes: Buffer,
  hooks: SendHooks,
): Promise<TransactionEnd> {
  const reused = session.sent > 0;
  session.sent += 1;
  const message = messageStream(bytes, () => hooks.dataStarted());
  const end = await exchange(session, message, transactionLimitMs(settings, bytes.length), {
    ...envelope,
    size: bytes.length,
    use8BitMime: !isAscii(bytes),
  });
  if (message.progress() !== "ended") {
    message.stream.destroy();
    // The server waits for the rest of a message, or answered before it had it: the session has no known state.
    if (message.progress() !== "waiting") session.connection.close();
  }
  await Promise.race([message.answered(), end.limit]);
  end.clear();
  return judge(end, message, reused, session);
}

type Exchange = {
  readonly response?: string;
  readonly failure?: SmtpFailure;
  readonly limit: Promise<void>;
  clear(): void;
};

function exchange(
  { connection }: Session,
  message: MessageStream,
  limitMs: number,
  envelope: object,
): Promise<Exchange> {
  return new Promise((resolve) => {
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<void>((passed) => (timer = setTimeout(passed, limitMs)));
    const onEnd = () =>
      setImmediate(settle, { failure: { message: "the connection was closed", code: "ECONNECTION" } });
    const settle = (end: { response?: string; failure?: SmtpFailure }) => {
      connection.removeListener("end", onEnd);
      resolve({ ...end, limit, clear: () => clearTimeout(timer) });
    };
    void limit.then(() => {
      settle({ failure: { message: `no end after ${limitMs} ms`, code: "ETIMEDOUT" } });
      connection.close();
    });
    // nodemailer calls back on every known path; `end` covers a socket that vanished between two commands.
    connection.once("end", onEnd);
    connection.send(envelope, message.stream, (failure, info) =>
      settle(failure ? { failure } : { response: info.response }),
    );
  });
}

function judge(end: Exchange, message: MessageStream, reused: boolean, session: Session): TransactionEnd {
  const progress = message.progress();
  const done = (result: SendResult, stale = false): TransactionEnd => ({ result, stale });
  if (progress === "refused") return done({ kind: "aborted", why: message.refusal() });
  if (end.response !== undefined) {
    if (progress === "ended") return done({ kind: "accepted", response: trimResponse(end.response) });
    const why = `the server answered "${trimResponse(end.response)}" before the message was sent`;
    return done(progress === "started" ? { kind: "uncertain", why } : { kind: "deferred", response: why });
  }
  const failure = end.failure ?? { message: "unknown failure" };
  // A refused envelope leaves the session usable after RSET (RFC 5321 section 4.1.1.5). After DATA the refusal may have
  // come before our dot, and RSET would be a line of the message.
  const usable = failure.code === "EENVELOPE" && failure.response !== undefined && !connectionLost(failure);
  if (!usable) session.connection.close();
  return done(classifyFailure(failure, progress), reused && progress === "waiting" && connectionLost(failure));
}

/** RSET after a refused message, so that the next one starts clean. False when the session is of no more use. */
export function resetSession({ connection }: Session, waitMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const settle = (usable: boolean) => {
      clearTimeout(timer);
      connection.removeListener("end", onEnd);
      resolve(usable);
    };
    const onEnd = () => settle(false);
    const timer = setTimeout(settle, waitMs, false);
    connection.once("end", onEnd);
    connection.reset((error) => settle(!error));
  });
}
