/**
 * What a failed SMTP transaction means for the message.
 *
 * The one question is whether the server may have taken it. Before our bytes flowed it cannot have: deferred, or
 * rejected where the server said so for good about this message. Afterwards only a reply tells (RFC 5321 section 4.2.5);
 * without one the outcome is uncertain, and stays so.
 */
import type { SmtpOutcome } from "../mail/types.ts";
import type { Progress } from "./message-stream.ts";

/** The fields of nodemailer's errors that matter here. */
export type SmtpFailure = {
  readonly message: string;
  readonly code?: string;
  readonly command?: string;
  readonly response?: string;
  readonly responseCode?: number;
};

/** Replies that speak of our login, not of the message (RFC 4954 section 6), and 503 of the session's state. */
const ABOUT_THE_SESSION = new Set([503, 530, 534, 535, 538]);

/** Longer replies are cut: they are stored and shown. */
const LONGEST_RESPONSE = 1000;

export const trimResponse = (response: string): string => {
  // Control characters would garble a terminal.
  const clean = response.replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, " ").trim();
  return clean.length > LONGEST_RESPONSE ? `${clean.slice(0, LONGEST_RESPONSE)}…` : clean;
};

/** The session never came to MAIL FROM: a refused connection, TLS, greeting, EHLO or login. Always deferred. */
export function sessionFailed(failure: SmtpFailure): Extract<SmtpOutcome, { kind: "deferred" }> {
  return { kind: "deferred", response: trimResponse(describe(failure)) };
}

export function classifyFailure(failure: SmtpFailure, progress: Progress): SmtpOutcome {
  const { response, responseCode = 0, code } = failure;
  const begun = progress === "started" || progress === "ended";
  // EENVELOPE and EMESSAGE are nodemailer's for complete replies to MAIL, RCPT, DATA and the dot. A line that a
  // closing server left unfinished comes as ECONNECTION, and is no reply.
  const replied = response !== undefined && (code === "EENVELOPE" || code === "EMESSAGE");
  if (replied && responseCode >= 500 && responseCode < 600 && !ABOUT_THE_SESSION.has(responseCode)) {
    return { kind: "rejected", response: trimResponse(response) };
  }
  if (replied && responseCode >= 400 && responseCode < 600)
    return { kind: "deferred", response: trimResponse(response) };
  if (begun) return { kind: "uncertain", why: trimResponse(`no final reply after DATA: ${describe(failure)}`) };
  // Found by nodemailer without asking the server: an address that cannot be put on the wire, or more bytes than
  // the server's SIZE (RFC 1870). No retry can help.
  if (response === undefined && (code === "EENVELOPE" || code === "EMESSAGE")) {
    return { kind: "rejected", response: trimResponse(failure.message) };
  }
  return { kind: "deferred", response: trimResponse(describe(failure)) };
}

/** Was it the connection that failed, so that the same message may pass on a new one? */
export function connectionLost(failure: SmtpFailure): boolean {
  return failure.responseCode === 421 || ["ECONNECTION", "ESOCKET", "ETIMEDOUT"].includes(failure.code ?? "");
}

const STEPS: Readonly<Record<string, string>> = {
  EAUTH: "login refused",
  ETLS: "TLS failed",
  EDNS: "host not found",
  EPROTOCOL: "SMTP session refused",
};

/** `login refused: 535 5.7.8 wrong password`, `connect ECONNREFUSED 127.0.0.1:25`. */
function describe({ message, code = "", response, command }: SmtpFailure): string {
  const step = STEPS[code] ?? (response === undefined ? undefined : command);
  const text = response ?? (message === "Timeout" ? "the server did not answer in time" : message);
  return step === undefined || step === "CONN" ? text : `${step}: ${text}`;
}
