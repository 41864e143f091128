/** How to reach the submission server, and how that is said to nodemailer. */
import type { Logger } from "pino";
import type { SMTPConnectionAuth, SMTPConnectionOptions } from "nodemailer/lib/smtp-connection";
import XOAuth2 from "nodemailer/lib/xoauth2";

export type Log = Pick<Logger, "debug" | "info" | "warn" | "error">;

export type SmtpSettings = {
  readonly host: string;
  readonly port: number;
  /**
   * `implicit`: TLS from the first byte (RFC 8314). `starttls`: required, no mail without it (RFC 3207). `none`: never.
   * `opportunistic`: STARTTLS when offered, else in the clear; the certificate is then checked only if
   * `rejectUnauthorized` asks for it, because an attacker who could forge it could as well hide STARTTLS (RFC 7435).
   */
  readonly tls: "implicit" | "starttls" | "none" | "opportunistic";
  readonly rejectUnauthorized?: boolean;
  /** PEM of the authority that signed the server's certificate. */
  readonly ca?: string;
  readonly user?: string;
  readonly password?: string;
  /** OAuth access token; goes as XOAUTH2 with `user`, and wins over `password`. */
  readonly accessToken?: string;
  /** Name given in EHLO; the machine's name by default. */
  readonly name?: string;
  /** Most connections at a time; each is used again for the next message. */
  readonly connections: number;
  readonly timeouts: {
    /** Milliseconds for name look-up, TCP, TLS and greeting together. */
    readonly connectMs: number;
    /** Milliseconds for the greeting alone. */
    readonly greetingMs: number;
    /**
     * Milliseconds without a byte from the server while we wait for a reply. A server may take minutes to scan a message
     * before its final reply (RFC 5321 section 4.5.3.2.6 asks for ten); giving up earlier makes the delivery uncertain.
     */
    readonly socketMs: number;
  };
  /** After so many messages a connection is closed and a new one made. */
  readonly maxMessagesPerConnection: number;
};

export function connectionOptions(settings: SmtpSettings): SMTPConnectionOptions {
  const { tls, timeouts } = settings;
  return {
    host: settings.host,
    port: settings.port,
    secure: tls === "implicit",
    requireTLS: tls === "starttls",
    ignoreTLS: tls === "none",
    opportunisticTLS: tls === "opportunistic",
    tls: {
      rejectUnauthorized: settings.rejectUnauthorized ?? tls !== "opportunistic",
      ...(settings.ca === undefined ? {} : { ca: settings.ca }),
    },
    name: settings.name,
    connectionTimeout: timeouts.connectMs,
    greetingTimeout: timeouts.greetingMs,
    socketTimeout: timeouts.socketMs,
    dnsTimeout: timeouts.connectMs,
    // An aborted message must not linger half-closed: the socket is destroyed when we close.
    socketCloseTimeout: 0,
    maxResponseSize: 64 * 1024,
    logger: false,
  };
}

/** A fresh object each time: nodemailer writes into it. Undefined when no login is wanted. */
export function loginOf(settings: SmtpSettings): SMTPConnectionAuth | undefined {
  const { user, password, accessToken } = settings;
  if (accessToken !== undefined) {
    return { type: "OAUTH2", user, oauth2: new XOAuth2({ user, accessToken }), method: "XOAUTH2" };
  }
  if (user === undefined && password === undefined) return undefined;
  return { type: "LOGIN", user, credentials: { user, pass: password } };
}

/** Milliseconds that opening and logging in may take in all, however slowly the server drips. */
export const setupLimitMs = ({ timeouts }: SmtpSettings): number =>
  timeouts.connectMs + timeouts.greetingMs + timeouts.socketMs;

/** 8 KiB a second: slower than any link that can be called working. */
const SLOWEST_BYTES_PER_MS = 8;

/** Milliseconds that one transaction of `size` bytes may take in all: envelope, DATA and final reply, plus the bytes. */
export const transactionLimitMs = ({ timeouts }: SmtpSettings, size: number): number =>
  3 * timeouts.socketMs + Math.ceil(size / SLOWEST_BYTES_PER_MS);
