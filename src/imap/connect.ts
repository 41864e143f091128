/** One authenticated IMAP connection. Reconnecting means a new one: imapflow's clients cannot be used twice. */
import { ImapFlow, type ImapFlowOptions } from "imapflow";
import { type MailboxSettings, type MailboxTimeouts, timeoutsOf } from "./settings.ts";

/** Room above the size cap for servers whose RFC822.SIZE is a little low; beyond it the literal is refused unread. */
const LITERAL_MARGIN = 1024 * 1024;
/** Room for the answer to SEARCH in a mailbox of a few million messages. */
const RESPONSE_MARGIN = 64 * 1024 * 1024;
/** Short, so that news come at once; a mailbox lock keeps IDLE away while we work. */
const AUTO_IDLE_DELAY_MS = 20;
/** Some routers forget a quiet connection after ten minutes; RFC 2177 section 3 allows 29. */
const MAX_IDLE_MS = 5 * 60_000;

export type Connection = {
  readonly client: ImapFlow;
  /** What the server said to the last command that imapflow answered with a mere `false`. */
  lastRefusal(): string | undefined;
  /** The error that ended the connection, if one did; the commands in flight only learn that it is gone. */
  endedBy(): Error | undefined;
};

/**
 * Connects and logs in. Rejects with imapflow's error (`authenticationFailed` for refused credentials), or when `abort`
 * fires. STARTTLS that is asked for and not offered is an error, never clear text.
 */
export async function connect(settings: MailboxSettings, abort: AbortSignal): Promise<Connection> {
  abort.throwIfAborted();
  const timeouts = timeoutsOf(settings);
  const token = await tokenOf(settings, AbortSignal.any([abort, AbortSignal.timeout(timeouts.connectMs)]));
  let refusal: string | undefined;
  const listen = (entry: { err?: { responseText?: string; message?: string } }): void => {
    if (entry.err) refusal = entry.err.responseText ?? entry.err.message;
  };
  const client = new ImapFlow({ ...options(settings, timeouts, token), logger: quietLogger(listen) });
  let ended: Error | undefined;
  // Before connect(): an `error` event that nobody listens to would end the process. `close` follows it.
  client.on("error", (error: Error) => {
    ended ??= error;
  });
  const cut = (): void => client.close();
  abort.addEventListener("abort", cut, { once: true });
  try {
    abort.throwIfAborted();
    await client.connect();
  } catch (error) {
    client.close();
    throw error;
  } finally {
    abort.removeEventListener("abort", cut);
  }
  return {
    client,
    endedBy: () => ended,
    lastRefusal() {
      const said = refusal;
      refusal = undefined;
      return said;
    },
  };
}

/** An access token as it is now: tokens live for an hour, connections may live longer, so each connection asks. */
async function tokenOf(settings: MailboxSettings, abort: AbortSignal): Promise<string | undefined> {
  if (typeof settings.accessToken !== "function") return settings.accessToken;
  const aborted = Promise.withResolvers<never>();
  const giveUp = (): void => aborted.reject(new Error("no access token was handed out in time"));
  abort.addEventListener("abort", giveUp, { once: true });
  try {
    return await Promise.race([settings.accessToken(), aborted.promise]);
  } finally {
    abort.removeEventListener("abort", giveUp);
  }
}

function options(settings: MailboxSettings, timeouts: MailboxTimeouts, token: string | undefined): ImapFlowOptions {
  const maxLiteralSize = settings.maxBytes + LITERAL_MARGIN;
  return {
    host: settings.host,
    port: settings.port,
    secure: settings.tls === "implicit",
    doSTARTTLS: settings.tls === "implicit" ? undefined : settings.tls === "starttls",
    tls: { rejectUnauthorized: settings.rejectUnauthorized ?? true, ca: settings.ca },
    auth:
      token === undefined
        ? { user: settings.user, pass: settings.password ?? "" }
        : { user: settings.user, accessToken: token },
    clientInfo: { name: "Postern", version: false, vendor: false, "support-url": false },
    connectionTimeout: timeouts.connectMs,
    greetingTimeout: timeouts.greetingMs,
    socketTimeout: timeouts.socketMs,
    autoIdleDelay: AUTO_IDLE_DELAY_MS,
    maxIdleTime: MAX_IDLE_MS,
    maxLiteralSize,
    maxResponseSize: maxLiteralSize + RESPONSE_MARGIN,
    // IMAP4rev2 brings nothing that is used here, and an ESEARCH answer that omits ALL would read as an empty mailbox.
    disableIMAP4rev2: true,
  };
}

/** imapflow's log can carry addresses and commands, so it is not written anywhere; only the server's refusals are picked out. */
function quietLogger(
  listen: (entry: { err?: { responseText?: string; message?: string } }) => void,
): NonNullable<ImapFlowOptions["logger"]> {
  const silent = (): void => {};
  return { trace: silent, debug: silent, info: silent, warn: listen, error: listen, fatal: listen };
}
