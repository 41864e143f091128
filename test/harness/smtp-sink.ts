/**
 * Where outgoing mail of a test ends: a real SMTP server that keeps what it receives, and that can be told to refuse,
 * to wait before its final reply, or to hang up. A transaction counts as received once the final dot has arrived
 * (RFC 5321 section 4.1.1.4), whether or not the sender still lives to hear the reply.
 */
import type { AddressInfo, Socket } from "node:net";
import { SMTPServer } from "smtp-server";
import type { SMTPServerOptions } from "smtp-server";
import type { Db } from "../../src/db/connect.ts";
import { leaksOf } from "./leak-watch.ts";
import { sleep } from "./wait.ts";

/** A refusal as SMTP says it: `{ code: 451, message: "4.7.1 try again later" }`. */
export type Refusal = { readonly code: number; readonly message: string };

export type Transaction = {
  /** 1 for the first final dot of this sink, then 2, 3, … */
  readonly number: number;
  /** Return path, "" for the null one. */
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: Buffer;
  /** When the final dot arrived, UTC milliseconds. */
  readonly at: number;
  /** The login, when the sender authenticated. */
  readonly user?: string;
  /** What was replied after the final dot; undefined while waiting, and for ever when the connection went first. */
  reply?: string;
};

/** All are asked anew for every transaction, so a test may change them at any time. */
export type SinkSwitches = {
  /** Answers MAIL FROM: a refusal, or nothing. */
  atMail?: (from: string) => Refusal | undefined;
  /** Answers each RCPT TO. */
  atRecipient?: (to: string, from: string) => Refusal | undefined;
  /** Awaited between the arrival of the final dot and the reply. */
  beforeFinal?: (transaction: Transaction) => Promise<void> | void;
  /** Answers the final dot. A refused transaction is not in `received` but in `refused`. */
  atFinal?: (transaction: Transaction) => Refusal | undefined;
  /** True = hang up after the final dot, without a reply. The transaction stays received. */
  dropBeforeReply?: (transaction: Transaction) => boolean;
  /** Milliseconds between the final dot and the reply. */
  delayMs?: number;
};

export type SmtpSink = {
  readonly port: number;
  /** Every transaction whose final dot arrived and that was not refused, in order of arrival. */
  readonly received: readonly Transaction[];
  /** Those that `atFinal` refused. */
  readonly refused: readonly Transaction[];
  readonly switches: SinkSwitches;
  /** Final dots seen and final replies sent (positive or negative) since the start or the last `forget`. */
  counts(): { readonly finalDots: number; readonly repliesSent: number };
  /** Received transactions with this recipient. */
  to(recipient: string): readonly Transaction[];
  /** Throws when a mail that ever came shows what it may not. With the desk's database all is asked, without it what may stand in no mail. */
  judge(db?: Db): Promise<void>;
  /** Empties the lists and the counts; the switches stay. */
  forget(): void;
  /** Hangs up on everybody and frees the port; then judges what nobody has judged. */
  stop(): Promise<void>;
};

export type SinkOptions = {
  /** Default: a free one. Give the old one to come back on the same port. */
  readonly port?: number;
  /** Login to password. Without it anybody may send without a login. */
  readonly users?: Readonly<Record<string, string>>;
  /** Largest message in bytes. */
  readonly size?: number;
  readonly switches?: SinkSwitches;
};

/** Starts a sink on 127.0.0.1. */
export async function startSmtpSink(options: SinkOptions = {}): Promise<SmtpSink> {
  const received: Transaction[] = [];
  const refused: Transaction[] = [];
  const unjudged: Transaction[] = [];
  const switches: SinkSwitches = { ...options.switches };
  let finalDots = 0;
  let repliesSent = 0;

  const judge = async (db?: Db): Promise<void> => {
    const mails = unjudged.splice(0).flatMap(({ to, raw }) => to.map((one) => ({ to: one, raw })));
    const leaks = await leaksOf(db, mails);
    if (leaks.length > 0) throw new Error(`the leak oracle found:\n  ${leaks.join("\n  ")}`);
  };
  const onFinalDot = async (arrived: Omit<Transaction, "number">, socket: Socket | undefined, answer: Answer) => {
    const transaction: Transaction = { number: ++finalDots, ...arrived };
    received.push(transaction);
    unjudged.push(transaction);
    if (switches.delayMs) await sleep(switches.delayMs);
    await switches.beforeFinal?.(transaction);
    if (switches.dropBeforeReply?.(transaction)) return void socket?.destroy();
    const refusal = switches.atFinal?.(transaction);
    if (refusal) {
      received.splice(received.indexOf(transaction), 1);
      refused.push(transaction);
    }
    const text = refusal?.message ?? `2.0.0 taken as ${transaction.number}`;
    if (socket && !socket.destroyed && socket.writable) {
      transaction.reply = `${refusal?.code ?? 250} ${text}`;
      repliesSent++;
    }
    if (refusal) answer(smtpError(refusal));
    else answer(null, text);
  };

  const server: SMTPServer = new SMTPServer({
    ...fixedOptions(options),
    onMailFrom: ({ address }, _session, done) => done(smtpError(switches.atMail?.(address))),
    onRcptTo: ({ address }, session, done) =>
      done(smtpError(switches.atRecipient?.(address, returnPath(session.envelope)))),
    onData: (stream, session, answer) => {
      const from = returnPath(session.envelope);
      const to = session.envelope.rcptTo.map(({ address }) => address);
      const user = session.user as string | undefined;
      const socket = socketOf(server, session.id);
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("error", () => undefined); // the connection broke within the message: no final dot, nothing received
      stream.on("end", () => {
        const arrived = { from, to, user, raw: Buffer.concat(chunks), at: Date.now() };
        if (stream.sizeExceeded) return answer(smtpError({ code: 552, message: "5.3.4 too large" }));
        onFinalDot(arrived, socket, answer).catch((error: Error) => answer(error));
      });
    },
  });
  server.on("error", () => undefined); // a client that resets the connection is part of the play
  await new Promise<void>((resolve, reject) => {
    server.server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  return {
    port: (server.server.address() as AddressInfo).port,
    received,
    refused,
    switches,
    counts: () => ({ finalDots, repliesSent }),
    to: (recipient) => received.filter((transaction) => transaction.to.includes(recipient)),
    forget: () => {
      received.length = refused.length = 0;
      finalDots = repliesSent = 0;
    },
    judge,
    stop: async () => {
      await stop(server);
      await judge();
    },
  };
}

type Answer = (error: Error | null | undefined, message?: string) => void;
type Envelope = { readonly mailFrom: false | { readonly address: string } };

const returnPath = ({ mailFrom }: Envelope): string => (mailFrom ? mailFrom.address : "");

function fixedOptions({ users, size }: SinkOptions): SMTPServerOptions {
  return {
    name: "sink.example",
    disableReverseLookup: true,
    hideSTARTTLS: true,
    allowInsecureAuth: true,
    authOptional: !users,
    size: size ?? 64 * 1024 * 1024,
    closeTimeout: 50, // milliseconds; a held transaction must not hold the end of the test
    onAuth: ({ username, password }, _session, done) => {
      if (users && (username === undefined || users[username] !== password)) return done(new Error("wrong password"));
      done(null, { user: username });
    },
  };
}

function smtpError(refusal: Refusal | undefined): Error | null {
  return refusal ? Object.assign(new Error(refusal.message), { responseCode: refusal.code }) : null;
}

/** smtp-server hands out no socket; its set of open connections has it. */
function socketOf(server: SMTPServer, session: string): Socket | undefined {
  const open = server.connections as Set<{ session?: { id: string }; _socket?: Socket }>;
  return [...open].find((connection) => connection.session?.id === session)?._socket;
}

async function stop(server: SMTPServer): Promise<void> {
  for (const connection of server.connections as Set<{ _socket?: Socket }>) connection._socket?.destroy();
  await new Promise<void>((resolve) => server.close(() => resolve()));
}
