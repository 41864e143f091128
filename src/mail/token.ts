/**
 * Tokens of our own mail, the addresses and Message-IDs that carry them, and how they are found again.
 *
 * An agent's token belongs to one delivery and is one factor of the proof of a command; a customer's token belongs to
 * a ticket, finds it, and grants nothing. An agent's token is never stored: frozen bytes hold TOKEN_PLACEHOLDER in
 * its place until they are sent (fillToken).
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import type { EmailAddress, MessageId } from "./types.ts";

/** 26 characters of base32 are 130 bits: more than anyone can guess, and short enough for a local part of 64 octets. */
const TOKEN_LENGTH = 26;

/** Base32 of RFC 4648 section 6 in lower case, since servers and people change the case of addresses. */
const ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

/** Stands where an agent's token will be. As long as a token, and never one: 0 and 1 are not in the alphabet. */
export const TOKEN_PLACEHOLDER = "1filled0when0this0is0sent1";

const TOKEN = `[a-z2-7]{${TOKEN_LENGTH}}`;
const WHOLE_TOKEN = new RegExp(`^${TOKEN}$`);
const ADDRESS = new RegExp(`^.{1,255}\\+([abc])(\\d{1,15})-(${TOKEN})@`, "i");
const AGENT_ID = new RegExp(`^ar?(\\d{1,15})\\.(${TOKEN})@`, "i");
const CUSTOMER_ID = new RegExp(`^(?:ack|entry|closure)\\.\\d{1,15}\\.(\\d{1,15})\\.(${TOKEN})@`, "i");

/** A token found in an address or a Message-ID. `id` is the delivery of an agent's or a bounce's token, the ticket of a customer's. */
export type FoundToken = {
  readonly kind: "agent" | "customer" | "bounce";
  readonly id: number;
  readonly token: string;
};

const KINDS = { a: "agent", b: "bounce", c: "customer" } as const;

/** Mail to a customer, each with the id that makes its Message-ID its own: the ticket, the entry, or the event. */
export type CustomerMail = "ack" | "entry" | "closure";

/** The token of one delivery to an agent: HMAC-SHA256 (RFC 2104) of the delivery's id under the desk's key. */
export function agentToken(key: Buffer, deliveryId: number): string {
  return tokenOf(key, `agent:${deliveryId}`);
}

/** The token by which mail of a ticket's customer finds the ticket. */
export function customerToken(key: Buffer, ticketId: number): string {
  return tokenOf(key, `customer:${ticketId}`);
}

/** The token of a delivery's envelope sender: a bounce to it is about that delivery (VERP). It grants nothing. */
export function bounceToken(key: Buffer, deliveryId: number): string {
  return tokenOf(key, `bounce:${deliveryId}`);
}

/** The mark on our automatic mail: the same for every process of an installation, different between installations. Tells nothing of the key. */
export function loopMarkOf(key: Buffer): string {
  return `${tokenOf(key, "loop mark").slice(0, 12)}.postern`;
}

/** True when the found token is the one that this key gives for its kind and id. Takes the same time for any wrong token. */
export function tokenIsOurs(key: Buffer, found: FoundToken): boolean {
  const make = { agent: agentToken, bounce: bounceToken, customer: customerToken }[found.kind];
  return sameToken(found.token, make(key, found.id));
}

/** Compares two tokens in constant time; false for different lengths. */
export function sameToken(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** `support@nw.example` -> `support+a12-<token>@nw.example` (subaddressing, RFC 5233). */
export function agentReplyAddress(support: EmailAddress, deliveryId: number, token: string): EmailAddress {
  return withDetail(support, `a${deliveryId}-${token}`);
}

/** `support@nw.example` -> `support+c7-<token>@nw.example`. */
export function customerReplyAddress(support: EmailAddress, ticketId: number, token: string): EmailAddress {
  return withDetail(support, `c${ticketId}-${token}`);
}

/** `support@nw.example` -> `support+b12-<token>@nw.example`: the envelope sender of one delivery. */
export function bounceAddress(support: EmailAddress, deliveryId: number, token: string): EmailAddress {
  return withDetail(support, `b${deliveryId}-${token}`);
}

/** The token in an address, undefined when there is none. It is not verified: see tokenIsOurs. */
export function tokenInAddress(address: string): FoundToken | undefined {
  const [, kind, id, token] = ADDRESS.exec(address) ?? [];
  if (kind === undefined || id === undefined || token === undefined) return undefined;
  return { kind: KINDS[kind.toLowerCase() as keyof typeof KINDS], id: Number(id), token: token.toLowerCase() };
}

/** Message-ID of mail to an agent, without angle brackets. */
export function agentMessageId(deliveryId: number, token: string, host: string): MessageId {
  return `a${deliveryId}.${token}@${host}` as MessageId;
}

/** An id for References only: it survives servers that write a Message-ID of their own. */
export function agentReferenceId(deliveryId: number, token: string, host: string): MessageId {
  return `ar${deliveryId}.${token}@${host}` as MessageId;
}

/** The made-up root of all of a ticket's mail to agents, so that mail clients show it as one thread. It carries no token. */
export function agentThreadId(ticketId: number, host: string): MessageId {
  return `ticket.${ticketId}@${host}` as MessageId;
}

/** Message-ID of mail to a customer. `id` is the ticket for an ack, the entry for an entry, the event for a closure. */
export function customerMessageId(
  kind: CustomerMail,
  id: number,
  ticketId: number,
  token: string,
  host: string,
): MessageId {
  return `${kind}.${id}.${ticketId}.${token}@${host}` as MessageId;
}

/** The token in a Message-ID, In-Reply-To or References id of ours; angle brackets do not matter. Not verified. */
export function tokenInMessageId(id: string): FoundToken | undefined {
  const bare = id.replace(/^</, "");
  const agent = AGENT_ID.exec(bare);
  const match = agent ?? CUSTOMER_ID.exec(bare);
  if (match?.[1] === undefined || match[2] === undefined) return undefined;
  return { kind: agent ? "agent" : "customer", id: Number(match[1]), token: match[2].toLowerCase() };
}

const FILLED_FIELDS = new Set(["reply-to", "message-id", "references"]);

/**
 * Puts the token where the frozen bytes have its placeholder: in Reply-To, Message-ID and References of the message's
 * own header block (RFC 5322 section 2.2, folded lines included), nowhere else. Returns new bytes of the same length;
 * mail without a placeholder (a customer's) comes back as it is, whatever the token. Throws when there is a placeholder
 * and the token is not one: that is a bug, and it would make a mail that cannot be answered.
 */
export function fillToken(bytes: Buffer, token: string): Buffer {
  const filled = Buffer.from(bytes);
  const end = bytes.indexOf("\r\n\r\n");
  const block = bytes.toString("latin1", 0, end < 0 ? bytes.length : end);
  let field = "";
  let offset = 0;
  for (const line of block.split("\r\n")) {
    if (!/^[ \t]/.test(line)) field = line.slice(0, Math.max(0, line.indexOf(":"))).toLowerCase();
    if (FILLED_FIELDS.has(field) && line.includes(TOKEN_PLACEHOLDER)) {
      if (!WHOLE_TOKEN.test(token)) throw new Error("fillToken was given something that is not a token");
      filled.write(line.replaceAll(TOKEN_PLACEHOLDER, token), offset, "latin1");
    }
    offset += line.length + 2;
  }
  return filled;
}

function tokenOf(key: Buffer, purpose: string): string {
  return base32(createHmac("sha256", key).update(purpose).digest()).slice(0, TOKEN_LENGTH);
}

function base32(bytes: Buffer): string {
  let text = "";
  let bits = 0;
  let value = 0;
  for (const byte of bytes) {
    value = ((value << 8) | byte) & 0xfff;
    for (bits += 8; bits >= 5; bits -= 5) text += ALPHABET[(value >> (bits - 5)) & 31];
  }
  return bits > 0 ? text + ALPHABET[(value << (5 - bits)) & 31] : text;
}

function withDetail(support: EmailAddress, detail: string): EmailAddress {
  const at = support.lastIndexOf("@");
  return `${support.slice(0, at)}+${detail}${support.slice(at)}` as EmailAddress;
}
