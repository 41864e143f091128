/**
 * What a message says, with no idea of tickets. Parsing never throws: what could not be read is a defect.
 * Field names follow RFC 5322.
 */

declare const brand: unique symbol;
type Brand<T, B> = T & { readonly [brand]: B };

/** A Message-ID without its angle brackets, as RFC 5322 section 3.6.4 compares it (exact, case kept). */
export type MessageId = Brand<string, "MessageId">;

/** A canonical address: `local@domain`, lower case, domain in ASCII (punycode). */
export type EmailAddress = Brand<string, "EmailAddress">;

/** One mailbox of an address header: `Maria Santos <maria@home.example>`. */
export type NamedAddress = { readonly name: string; readonly address: EmailAddress };

/** One header field in the order of the message, name in lower case, value unfolded and still encoded (no RFC 2047 decoding). */
export type HeaderField = { readonly name: string; readonly value: string };

/** Bytes as the mailbox held them, with where they came from. */
export type RawMessage = {
  readonly mailbox: string;
  /** 0 when the server names none (RFC 9051 section 2.3.1.1 requires one; some do not). */
  readonly uidValidity: number;
  readonly uid: number;
  /** INTERNALDATE, UTC milliseconds. */
  readonly receivedAt: number;
  readonly source: Buffer;
};

export type Nature = "correspondence" | "auto-response" | "delivery-report" | "own" | "bulk";

/** Why a nature was chosen, in words an admin can read: `auto-submitted: auto-replied`. */
export type NatureJudgement = { readonly nature: Nature; readonly because: string };

export type AuthResult = "pass" | "fail" | "none";

/** Who vouches that From is true. `pass` only with an identifier aligned to From (RFC 7489 section 3.1). */
export type Authentication = {
  readonly result: AuthResult;
  /** `dkim` = our own check of the signature; `authserv` = the trusted Authentication-Results header (RFC 8601). */
  readonly by: "dkim" | "authserv" | "nobody";
  /** DMARC as the trusted server states it, `none` when it says nothing. Only `fail` suppresses automatic mail. */
  readonly dmarc: AuthResult;
  /** One line for people: `dkim=pass d=nw.example`, or why not. */
  readonly detail: string;
};

/** A part that people would call a file. `part` is its place in the raw message, by which it is read back. */
export type Attachment = {
  /** 0-based ordinal among the attachments of the parse; stable for the same bytes. */
  readonly part: number;
  /** Safe to show and to write to a disk. */
  readonly filename: string;
  /** As the sender gave it, when that differs: with folders, tricks of direction, or endlessly long. */
  readonly givenName?: string;
  readonly contentType: string;
  /** Decoded size in bytes. */
  readonly size: number;
  readonly sha256: string;
  /** Shown inside the HTML, or a signature of the message: no file that somebody sent along. */
  readonly inline: boolean;
  readonly contentId?: string;
};

export type DeliveryAction = "failed" | "delayed" | "delivered" | "relayed" | "expanded" | "unknown";

/** What a delivery report says about one recipient (RFC 3464 section 2.3). */
export type RecipientReport = {
  readonly recipient?: EmailAddress;
  readonly action: DeliveryAction;
  /** Enhanced status code, RFC 3463: `5.1.1`. */
  readonly status?: string;
  readonly diagnostic?: string;
};

/** A bounce as far as it could be read (RFC 3464, or the prose of servers that write none). */
export type DeliveryReport = {
  /** The worst of all recipients'. */
  readonly action: DeliveryAction;
  /** Those whom the action is about. */
  readonly recipients: readonly EmailAddress[];
  /** Enhanced status code, RFC 3463: `5.1.1`. */
  readonly status?: string;
  readonly diagnostic?: string;
  readonly originalMessageId?: MessageId;
  /** Whether trying again later is pointless: class 5 (RFC 3463 section 2). Undefined when nothing tells. */
  readonly permanent?: boolean;
  /** One a recipient, in the order of the report. */
  readonly each: readonly RecipientReport[];
};

/** A complaint that a mailbox provider passes on (ARF, RFC 5965). */
export type FeedbackReport = {
  /** `abuse`, `fraud`, `virus`, `not-spam`, `auth-failure`, `other`. */
  readonly type: string;
  readonly recipients: readonly EmailAddress[];
  readonly originalMessageId?: MessageId;
};

/** A read receipt (MDN, RFC 8098). */
export type ReadReceipt = {
  /** `displayed`, `deleted`, `dispatched`, `processed`. */
  readonly disposition: string;
  readonly recipient?: EmailAddress;
  readonly originalMessageId?: MessageId;
};

/** A message that the author passed on: inline under a forward's heading, or as an attachment. */
export type Forwarded = {
  readonly by: "inline" | "attachment";
  readonly from?: NamedAddress;
  readonly to: readonly NamedAddress[];
  readonly cc: readonly NamedAddress[];
  /** UTC milliseconds; undefined when there is none or it cannot be read for certain. */
  readonly date?: number;
  readonly subject?: string;
  readonly messageId?: MessageId;
  readonly text: string;
  /** Files of an attached message, by their places in its own bytes; undefined when it has none. */
  readonly attachments?: readonly Attachment[];
};

/** The language of the author's words: BCP 47 primary tag, and how sure that is, 0 to 1. */
export type MessageLanguage = { readonly code: string; readonly confidence: number };

/** How a message is signed or encrypted; nothing is verified or decrypted here. */
export type Protection = "smime-signed" | "smime-encrypted" | "pgp-signed" | "pgp-encrypted";

/** A message, read. Every field is plain JSON (it crosses a thread and is stored). */
export type InboundMessage = {
  readonly messageId?: MessageId;
  readonly inReplyTo: readonly MessageId[];
  /** Oldest first, as in the header. */
  readonly references: readonly MessageId[];
  /** Undefined when there is no usable From. More than one From author: the first, and a defect. */
  readonly from?: NamedAddress;
  /** What From says when no usable address is in it: for people to see, never to act upon. */
  readonly fromAsWritten?: { readonly name: string; readonly address: string };
  readonly sender?: NamedAddress;
  readonly replyTo: readonly NamedAddress[];
  readonly to: readonly NamedAddress[];
  readonly cc: readonly NamedAddress[];
  /** Addresses this copy was delivered to: Delivered-To, X-Original-To, Envelope-To, X-Envelope-To; topmost first. */
  readonly deliveredTo: readonly EmailAddress[];
  /** Return-Path: undefined = header absent, "" = the null path `<>` (RFC 5321 section 4.5.5). */
  readonly returnPath?: string;
  readonly subject: string;
  /** Date header, UTC milliseconds; undefined when absent or not a date. */
  readonly date?: number;
  readonly nature: NatureJudgement;
  readonly auth: Authentication;
  readonly deliveryReport?: DeliveryReport;
  readonly feedbackReport?: FeedbackReport;
  readonly readReceipt?: ReadReceipt;
  readonly protection?: Protection;
  /** Undefined when too little is written to tell. */
  readonly language?: MessageLanguage;
  readonly forwarded?: Forwarded;
  /** The whole readable text: text/plain, else the HTML rendered as text. */
  readonly text: string;
  /** The HTML part as received (never shown unsanitised), undefined when there is none. */
  readonly html?: string;
  /** What the author newly wrote: without quoted history, signature, attribution. Falls back to `text`, with a defect. */
  readonly replyText: string;
  /** True when `replyText` is the fallback and nothing could be separated from it. Agents' replies must not use it then. */
  readonly replyTextIsFallback: boolean;
  /** Why an agent's reply with this `replyText` must not leave, in words for the agent; undefined when nothing is doubtful. */
  readonly replyDoubt?: string;
  /** `replyText` with the quoted lines over each answer; undefined when no answer stands between quoted lines. */
  readonly answered?: string;
  /** What was taken off as the author's signature and a phone's footer; undefined when nothing was. */
  readonly signature?: string;
  /** The rest of `text` that was taken for quoted history. */
  readonly quoted: string;
  readonly attachments: readonly Attachment[];
  readonly headers: readonly HeaderField[];
  /** sha256 hex of the readable body (text or html) with white space runs collapsed: same words, same hash. */
  readonly bodyHash: string;
  readonly size: number;
  readonly defects: readonly string[];
};

/** A message to be composed. Addresses and text are plain values; compose does all encoding. */
export type OutboundMessage = {
  readonly messageId: string;
  readonly from: NamedAddress;
  readonly to: readonly NamedAddress[];
  readonly replyTo?: NamedAddress;
  readonly subject: string;
  readonly date: number;
  readonly inReplyTo?: string;
  readonly references: readonly string[];
  readonly text: string;
  readonly html?: string;
  /** Extra header fields, in order. */
  readonly headers: readonly HeaderField[];
  readonly attachments: readonly { filename: string; contentType: string; content: Buffer; contentId?: string }[];
};

/** How one SMTP transaction ended (RFC 5321 section 4.2). */
export type SmtpOutcome =
  | { readonly kind: "accepted"; readonly response: string }
  | { readonly kind: "deferred"; readonly response: string }
  | { readonly kind: "rejected"; readonly response: string }
  | { readonly kind: "uncertain"; readonly why: string };
