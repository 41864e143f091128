/**
 * The mail server of the sandbox: submission for its people and MX for everybody, on loopback. It answers 250 after
 * the final dot only when every copy is on disk, all recipients or none.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { SMTPServer, type SMTPServerDataStream, type SMTPServerOptions, type SMTPServerSession } from "smtp-server";
import type { Credentials } from "./credentials.ts";
import { baseAddress, type MailStore } from "./mail-store.ts";
import { type Arrival, authenticationResults, traceFields, withoutForgedResults } from "./trace.ts";

/** One SMTP transaction. `raw` is what the client sent, without the fields this server adds. */
export type SentMail = {
  /** Return path, "" for the null path. */
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: Buffer;
  /** The address that logged in, lower case. */
  readonly authenticatedAs: string | null;
};

export type Refusal = { readonly code: number; readonly message: string };

/**
 * What a test wants to happen after the final dot: wait, then take the message, refuse it, or close the connection
 * without an answer, before or after the message is on disk.
 */
export type DataVerdict = {
  readonly delayMs?: number;
  readonly refuse?: Refusal;
  readonly drop?: "before-storing" | "after-storing";
};

/** Hooks of tests; undefined answers mean: as usual. */
export type SmtpFaults = {
  smtpRule?: (recipient: string, session: SMTPServerSession) => Refusal | undefined;
  dataRule?: (mail: SentMail) => DataVerdict | undefined | Promise<DataVerdict | undefined>;
};

export type SmtpReceiverOptions = {
  readonly store: MailStore;
  readonly credentials: Credentials;
  readonly authservId: string;
  /** True: a recipient whom nobody knows gets a mailbox. */
  readonly catchAll: boolean;
  /** Whose inbox gets the mail to an alias; undefined = the recipient's own. */
  readonly inboxFor?: (recipient: string) => Promise<string | undefined>;
  /** 0 takes a free port. */
  readonly port: number;
  readonly accepted: (mail: SentMail) => void;
  readonly log: (line: string) => void;
};

export type SmtpReceiver = {
  readonly port: number;
  readonly faults: SmtpFaults;
  readonly close: () => Promise<void>;
};

const MAX_SIZE = 64 * 1024 * 1024;

type OnData = (...args: Parameters<NonNullable<SMTPServerOptions["onData"]>>) => Promise<void>;

/** Starts listening on 127.0.0.1. Rejects when the port is taken. */
export async function startSmtpReceiver(options: SmtpReceiverOptions): Promise<SmtpReceiver> {
  const faults: SmtpFaults = {};
  const server: SMTPServer = new SMTPServer({
    ...settings(options),
    onRcptTo: ({ address }, session, callback) => {
      const refusal = faults.smtpRule?.(address, session) ?? refusalOf(options, address);
      callback(refusal ? replyError(refusal) : null);
    },
    onData: (stream, session, callback) => void answer(stream, session, callback),
  });
  const answer: OnData = async (stream, session, callback) => {
    const ending = await receive(options, faults, stream, session).catch((error: unknown): Ending => {
      options.log(`smtp: ${String(error)}`);
      return { kind: "refused", refusal: { code: 451, message: "could not store the message, try again" } };
    });
    if (ending.kind === "dropped") closeConnection(server, session);
    else if (ending.kind === "refused") callback(replyError(ending.refusal));
    else callback(null, ending.response);
  };
  server.on("error", (error) => options.log(`smtp: ${error.message}`));
  await new Promise<void>((resolve, reject) => {
    server.server.once("error", reject);
    server.listen(options.port, "127.0.0.1", resolve);
  });
  const address = server.server.address();
  const port = typeof address === "object" && address ? address.port : options.port;
  const close = async (): Promise<void> => await new Promise((resolve) => server.close(resolve));
  return { port, faults, close };
}

function settings({ authservId, credentials }: SmtpReceiverOptions): SMTPServerOptions {
  return {
    name: authservId,
    banner: "Postern sandbox",
    authOptional: true,
    allowInsecureAuth: true,
    authMethods: ["PLAIN", "LOGIN", "XOAUTH2"],
    disabledCommands: ["STARTTLS"],
    disableReverseLookup: true,
    size: MAX_SIZE,
    socketTimeout: 300_000, // RFC 5321 section 4.5.3.2.7: a server waits five minutes for a command
    closeTimeout: 100,
    logger: false,
    onAuth: (auth, _session, callback) => {
      const name = auth.username ?? "";
      const { byPassword, byToken } = credentials;
      const user = auth.accessToken ? byToken(name, auth.accessToken) : byPassword(name, auth.password ?? "");
      callback(null, user === undefined ? { data: { status: "401", schemes: "bearer" } } : { user });
    },
  };
}

function refusalOf({ store, catchAll }: SmtpReceiverOptions, recipient: string): Refusal | undefined {
  return catchAll || store.personFor(recipient) ? undefined : { code: 550, message: "No such person here" };
}

function replyError({ code, message }: Refusal): Error {
  return Object.assign(new Error(message), { responseCode: code });
}

/** Drops the connection of a session as a crashing server does: no answer. */
function closeConnection(server: SMTPServer, session: SMTPServerSession): void {
  for (const connection of server.connections) if (connection.id === session.id) connection.close();
}

/** How a transaction ends: with 250, with a refusal, or with a closed connection and no answer. */
type Ending =
  | { readonly kind: "accepted"; readonly response: string }
  | { readonly kind: "refused"; readonly refusal: Refusal }
  | { readonly kind: "dropped" };

/** Reads a message to its final dot and stores it. Rejects when the client goes or the disk fails. */
async function receive(
  options: SmtpReceiverOptions,
  faults: SmtpFaults,
  stream: SMTPServerDataStream,
  session: SMTPServerSession,
): Promise<Ending> {
  const { mailFrom, rcptTo } = session.envelope;
  const authenticatedAs = typeof session.user === "string" ? session.user : null;
  const raw = await readAll(stream);
  if (!raw) return { kind: "refused", refusal: { code: 552, message: "the message is larger than 64 MB" } };
  const mail = { from: mailFrom ? mailFrom.address : "", to: rcptTo.map((each) => each.address), raw, authenticatedAs };
  const verdict = (await faults.dataRule?.(mail)) ?? {};
  if (verdict.delayMs) await sleep(verdict.delayMs);
  if (verdict.drop === "before-storing") return { kind: "dropped" };
  if (verdict.refuse) return { kind: "refused", refusal: verdict.refuse };
  const helo = session.hostNameAppearsAs || "";
  const { authservId } = options;
  const arrival = { authservId, from: mail.from, authenticatedAs, helo, queueId: session.id, at: Date.now() };
  await deliver(options, mail, arrival);
  options.accepted(mail);
  const isDropped = verdict.drop === "after-storing";
  return isDropped ? { kind: "dropped" } : { kind: "accepted", response: `queued as ${session.id}` };
}

/** Undefined when the message is too large; its rest is read and thrown away. Rejects when the client goes. */
async function readAll(stream: SMTPServerDataStream): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) if (!stream.sizeExceeded) chunks.push(chunk as Buffer);
  return stream.sizeExceeded ? undefined : Buffer.concat(chunks);
}

async function deliver(options: SmtpReceiverOptions, mail: SentMail, arrival: Arrival): Promise<void> {
  const { store, credentials, authservId } = options;
  const results = authenticationResults(mail.raw, arrival, credentials.isKnown);
  const received = withoutForgedResults(mail.raw, authservId);
  const owners = await Promise.all(mail.to.map(async (one) => (await options.inboxFor?.(one)) ?? one));
  const copies = mail.to.map((recipient, n) => {
    const owner = owners[n]!;
    const person = store.personFor(owner) ?? store.addPerson(baseAddress(owner));
    const source = Buffer.concat([traceFields(arrival, results, recipient), received]);
    return { inbox: person.mailboxes.get("INBOX")!, source };
  });
  await store.deliver(copies, arrival.at);
}
