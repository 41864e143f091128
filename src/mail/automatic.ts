/**
 * May we answer this message automatically? The message's side of it (budgets and the ticket's side are elsewhere).
 * One table, first match wins, and whatever cannot be classified means no: an answer too few annoys one person,
 * an answer too many is a loop or a mail to a stranger (RFC 3834 section 2, RFC 5230 section 4.6).
 */
import { parseAddressList } from "./address-list.ts";
import { canonicalAddress, isMailerDaemon, isNoReply, localPartOf, stripPlus } from "./address.ts";
import { autoSubmitted, loopMarkReason, ownSenderReason, precedenceOf, reportReason } from "./auto-submitted.ts";
import { autoresponderHeader } from "./autoresponder-headers.ts";
import { answersInvitation } from "./calendar-answer.ts";
import type { ParseContext } from "./context.ts";
import { HEADERS_CUT, hasHeader, headerValue, headerValues } from "./headers.ts";
import { listHeader } from "./list-headers.ts";
import { receivedCount } from "./received.ts";
import { isReportSubject, outOfOfficeSubject } from "./subjects.ts";
import type { InboundMessage } from "./types.ts";

export type AutomaticContext = Pick<ParseContext, "ourAddresses" | "loopMark" | "ownListIds" | "forwarders">;
export type AutomaticAnswer = { readonly yes: true } | { readonly no: true; readonly because: string };

/** RFC 5321 section 6.3: a message with this many hops is going round. */
const MAX_HOPS = 25;

/** One class of mail that is not answered. `refuse` returns the reason in words. */
type Row = {
  readonly name: string;
  readonly refuse: (message: InboundMessage, context: AutomaticContext) => string | undefined;
};

export const ROWS: readonly Row[] = [
  // RFC 3834 section 2: a null path must never be answered; there is also nobody to answer without From.
  { name: "return-path", refuse: refuseReturnPath },
  { name: "report", refuse: refuseReport },
  { name: "own-address", refuse: (message, context) => ownSenderReason(message, context.ourAddresses) },
  { name: "loop-mark", refuse: (message, context) => loopMarkReason(message, context.loopMark) },
  {
    name: "hops",
    refuse: ({ headers }) =>
      receivedCount(headers) > MAX_HOPS ? `${receivedCount(headers)} Received lines, a loop` : undefined,
  },
  // RFC 3834 section 2: "automatic responses SHOULD NOT be issued in response to" anything but `no`.
  { name: "auto-submitted", refuse: refuseAutoSubmitted },
  { name: "suppress", refuse: refuseSuppressed },
  { name: "precedence", refuse: refusePrecedence },
  { name: "list", refuse: (message, context) => listHeader(message.headers, context) },
  { name: "autoresponder", refuse: ({ headers }) => autoresponderHeader(headers) },
  { name: "no-reply", refuse: refuseNobodyReads },
  // RFC 3834 section 2: only mail in which our address is named, so that a Bcc or a blind forward is not answered.
  { name: "not-addressed", refuse: refuseNotAddressed },
  {
    name: "dmarc",
    refuse: ({ auth }) => (auth.dmarc === "fail" ? "dmarc=fail: the sender may be somebody else" : undefined),
  },
  { name: "spam", refuse: refuseSpam },
  // What is left must be plain correspondence that could be read as far as it matters.
  { name: "unclassified", refuse: refuseUnclassified },
];

/**
 * @returns yes, or no with the first reason in words; a row that fails to decide is a no
 */
export function mayAnswerAutomatically(message: InboundMessage, context: AutomaticContext): AutomaticAnswer {
  for (const row of ROWS) {
    let because: string | undefined;
    try {
      because = row.refuse(message, context);
    } catch {
      because = `could not be classified (${row.name})`;
    }
    if (because !== undefined) return { no: true, because };
  }
  return { yes: true };
}

function refuseReturnPath(message: InboundMessage): string | undefined {
  if (!message.from) return "no sender to answer";
  if (message.returnPath === "") return "null return path";
  const path = canonicalAddress(message.returnPath ?? "");
  if (path && isMailerDaemon(path)) return `return path ${path}`;
  return isMailerDaemon(message.from.address) ? `from ${message.from.address}` : undefined;
}

/** Whose address servers and people share; `mail@` is a firm's. */
const KEEPER = /^(?:postmaster|root|mailer|mta|bounces?|mailadmin|system)$/;

function refuseReport(message: InboundMessage): string | undefined {
  const type = (headerValue(message.headers, "content-type") ?? "").trimStart().toLowerCase();
  if (type.startsWith("multipart/report")) return "multipart/report";
  if (hasHeader(message.headers, "x-failed-recipients")) return "x-failed-recipients";
  if (message.deliveryReport) return "a delivery report";
  const from = message.from?.address;
  // A report that could not be told for certain opens a ticket; a machine that gets an answer answers.
  if (from && KEEPER.test(localPartOf(from)) && isReportSubject(message.subject))
    return `from ${from}, with the subject of a delivery report`;
  return reportReason(message);
}

function refuseAutoSubmitted({ headers }: InboundMessage): string | undefined {
  const value = autoSubmitted(headers);
  return value !== undefined && value !== "no" ? `auto-submitted: ${value}` : undefined;
}

/** Exchange's X-Auto-Response-Suppress: a list of `DR, RN, NRN, OOF, AutoReply`, or All. `None` and `OOF` do not silence us. */
function refuseSuppressed({ headers }: InboundMessage): string | undefined {
  const words = headerValues(headers, "x-auto-response-suppress").flatMap((value) =>
    value.toLowerCase().split(/[\s,;]+/),
  );
  const word = words.find((each) => each === "all" || each === "autoreply");
  return word && `x-auto-response-suppress: ${word}`;
}

/** `list` is the list row's business: our own groups say it too. */
function refusePrecedence({ headers }: InboundMessage): string | undefined {
  const value = precedenceOf(headers);
  return value !== undefined && /^(?:bulk|junk|auto[_-]reply)$/.test(value) ? `precedence: ${value}` : undefined;
}

function refuseNobodyReads(message: InboundMessage): string | undefined {
  const from = message.from?.address;
  if (from && isNoReply(from)) return `from ${from}, which nobody reads`;
  const away = outOfOfficeSubject(message.subject);
  if (away === undefined) return undefined;
  // An answer too few is the smaller harm.
  return away === "sure" ? "the subject of an automatic answer" : "a subject like an automatic answer's";
}

function refuseNotAddressed(message: InboundMessage, context: AutomaticContext): string | undefined {
  const ours = new Set(context.ourAddresses.map(stripPlus));
  const named = [...message.to, ...message.cc].some(({ address }) => ours.has(address) || ours.has(stripPlus(address)));
  return named ? undefined : "none of our addresses is in To or Cc";
}

function refuseSpam({ headers }: InboundMessage): string | undefined {
  if (headerValues(headers, "x-spam-flag").some((value) => /^yes\b/i.test(value))) return "x-spam-flag: yes";
  return headerValues(headers, "x-spam-status").some((value) => /^yes\b/i.test(value))
    ? "x-spam-status: yes"
    : undefined;
}

function refuseUnclassified(message: InboundMessage): string | undefined {
  if (message.defects.includes(HEADERS_CUT)) return "its headers could not be read whole";
  // Two authors' headers, or several authors: whom would the answer reach?
  if (message.auth.result === "fail") return message.auth.detail;
  if (headerValues(message.headers, "from").flatMap(parseAddressList).length > 1) return "more than one author";
  if (message.nature.nature !== "correspondence") return `${message.nature.nature}: ${message.nature.because}`;
  if (answersInvitation(message.nature)) return message.nature.because;
  return undefined;
}
