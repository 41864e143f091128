/**
 * The nature of a message: a person's words, a machine's answer, a report, a mailing, or our own mail come back.
 * The first class that matches wins. Only headers and the sender decide; words of the body never do.
 */
import { isMailerDaemon, stripPlus } from "./address.ts";
import { autoresponderHeader } from "./autoresponder-headers.ts";
import type { ParseContext } from "./context.ts";
import { decodeWords } from "./encoded-word.ts";
import { hasHeader, headerValue, headerValues } from "./headers.ts";
import { listHeader } from "./list-headers.ts";
import { messageIdHost, withoutComments } from "./message-id.ts";
import { hasReplyPrefix, isReportSubject, outOfOfficeSubject } from "./subjects.ts";
import type { HeaderField, MessageId, NamedAddress, NatureJudgement } from "./types.ts";

/** What the judgement looks at; an InboundMessage has all of it. */
export type Judged = {
  readonly headers: readonly HeaderField[];
  readonly from?: NamedAddress;
  readonly returnPath?: string;
  readonly subject: string;
  readonly messageId?: MessageId;
};

export type NatureContext = Pick<ParseContext, "ourAddresses" | "loopMark" | "ownListIds" | "forwarders">;

/** Judges a message, with the reason in words. */
export function natureOf(message: Judged, context: NatureContext): NatureJudgement {
  const own = ownReason(message, context);
  if (own) return { nature: "own", because: own };
  const report = reportReason(message);
  if (report) return { nature: "delivery-report", because: report };
  const automatic = autoResponseReason(message);
  if (automatic) return { nature: "auto-response", because: automatic };
  const bulk = bulkReason(message, context);
  if (bulk) return { nature: "bulk", because: bulk };
  return { nature: "correspondence", because: "nothing says that a machine sent it" };
}

/** Our own mail come back: the loop mark, one of our Message-IDs, or one of our addresses as the author. */
export function ownReason(message: Judged, context: NatureContext): string | undefined {
  return loopMarkReason(message, context.loopMark) ?? ownSenderReason(message, context.ourAddresses);
}

/** X-Postern-Loop, or a Message-ID of ours as the message's own. */
export function loopMarkReason(message: Judged, loopMark: string): string | undefined {
  if (loopMark === "") return undefined;
  const marks = headerValues(message.headers, "x-postern-loop");
  if (marks.some((mark) => mark.toLowerCase() === loopMark.toLowerCase())) return `x-postern-loop: ${loopMark}`;
  if (message.messageId && messageIdHost(message.messageId) === loopMark.toLowerCase())
    return "its Message-ID is one of ours";
  return undefined;
}

export function ownSenderReason(message: Judged, ourAddresses: readonly string[]): string | undefined {
  const from = message.from?.address;
  if (from === undefined) return undefined;
  // Also with a detail, which our own mail has in Reply-To: `support+c7-…@nw.example`.
  const ours = ourAddresses.includes(from) || ourAddresses.includes(stripPlus(from));
  return ours ? `from ${from}, an address of ours` : undefined;
}

/** Headers that only delivery reports carry: Exim's (and Gmail's), Mail.Ru's, Exchange Online's. */
const REPORT_HEADERS = ["x-failed-recipients", "x-mailer-daemon-recipients", "x-ms-exchange-message-is-ndr"];

/** A bounce or delay notice: RFC 3464 (format), RFC 6522 (multipart/report), RFC 5321 section 4.5.5 (null path). */
export function reportReason(message: Judged): string | undefined {
  const { headers, from } = message;
  const type = withoutComments(headerValue(headers, "content-type") ?? "").toLowerCase();
  const report = /^\s*multipart\/report\b/.test(type);
  // A bare multipart/report without report-type is read as a delivery report: the older servers' way.
  if (report && !/report-type\s*=\s*"?(?!delivery-status)[a-z]/.test(type))
    return "multipart/report with delivery-status";
  const named = REPORT_HEADERS.find((name) => hasHeader(headers, name));
  if (named) return named;
  if (/^\s*message\/(?:global-)?delivery-status\b/.test(type)) return "message/delivery-status";
  const daemon = from === undefined ? isNamelessDaemon(headers) : isMailerDaemon(from.address);
  if (message.returnPath === "" && daemon) return `null return path and from ${from?.address ?? "mailer-daemon"}`;
  // People are postmasters too, and write about deliveries: `mail@` with "Delivery delayed" is looked into (report/detect.ts).
  if ((daemon || message.returnPath === "") && isReportSubject(message.subject))
    return `from ${from?.address ?? "nobody"}, subject of a delivery report`;
  return daemon ? `from ${from?.address ?? "mailer-daemon"}` : undefined;
}

/** `From: MAILER-DAEMON <>`, `From: <>`, `From: Mail Delivery System <>`, `From: mailer-daemon`: nobody to answer, by intent. */
function isNamelessDaemon(headers: readonly HeaderField[]): boolean {
  const value = (headerValue(headers, "from") ?? "").slice(0, 500).toLowerCase();
  return (
    /\bmailer[-_ ]?daemon\b/.test(value) ||
    /^(?:[^<]{0,100}\b(?:mail|delivery|postmaster|system)\b[^<]{0,100})?<\s*>$/.test(value.trim())
  );
}

/** A vacation notice or another machine's answer: RFC 3834, RFC 8098 (read receipts), and the headers of before. */
export function autoResponseReason(message: Judged): string | undefined {
  const { headers } = message;
  const submitted = autoSubmitted(headers);
  if (submitted !== undefined && submitted !== "no") return `auto-submitted: ${submitted}`;
  const named = autoresponderHeader(headers);
  if (named) return named;
  const precedence = precedenceOf(headers);
  if (precedence === "auto_reply" || precedence === "auto-reply") return `precedence: ${precedence}`;
  const type = (headerValue(headers, "content-type") ?? "").toLowerCase();
  if (/^multipart\/report\b/.test(type)) return "multipart/report";
  return subjectReason(message);
}

/**
 * Subjects that people might write too (`Abwesend: …`) count when the header agrees: the null path or Exchange's wish for
 * silence, which vacation notices have, or an answer whose subject does not begin with `Re:`, as people's answers do.
 */
function subjectReason({ headers, subject, returnPath }: Judged): string | undefined {
  const away = outOfOfficeSubject(subject);
  if (away === "sure") return "the subject of an automatic answer";
  if (away === undefined) return undefined;
  if (returnPath === "") return "a subject like an automatic answer's, and the null return path";
  if (hasHeader(headers, "x-auto-response-suppress"))
    return "a subject like an automatic answer's, and x-auto-response-suppress";
  return hasHeader(headers, "in-reply-to") && !hasReplyPrefix(subject)
    ? "a subject like an automatic answer's, and in-reply-to"
    : undefined;
}

/** Mailings: RFC 2369 and RFC 2919 (List-*), Precedence, Feedback-ID. */
export function bulkReason(message: Judged, context: NatureContext): string | undefined {
  const list = listHeader(message.headers, context);
  if (list) return list;
  const precedence = precedenceOf(message.headers);
  return precedence === "bulk" || precedence === "junk" ? `precedence: ${precedence}` : undefined;
}

/** RFC 3834 section 5: the keyword of Auto-Submitted in lower case, without comments and parameters. */
export function autoSubmitted(headers: readonly HeaderField[]): string | undefined {
  const values = headerValues(headers, "auto-submitted").map(keyword);
  // Two of them: the one that says a machine did it wins.
  return values.find((value) => value !== "no") ?? values[0];
}

/** The keyword of Precedence (never standardised; sendmail's). */
export function precedenceOf(headers: readonly HeaderField[]): string | undefined {
  const values = ["precedence", "x-precedence", "preference"].flatMap((name) => headerValues(headers, name));
  return values.map(keyword).find((value) => value !== "");
}

function keyword(value: string): string {
  return (withoutComments(decodeWords(value)).split(";")[0] as string).trim().toLowerCase().slice(0, 60);
}
