/**
 * Is a message a delivery report although its header alone does not say so? Sender, path and subject must point that way
 * and the body must bear it out: people discuss bounces, forward them and quote them, and a parcel can be undeliverable too.
 * Words alone never make a report.
 */
import { isNoReply, localPartOf } from "../address.ts";
import { type Judged, autoSubmitted } from "../auto-submitted.ts";
import { hasHeader, headerValue } from "../headers.ts";
import type { FilePart } from "../mime/part.ts";
import { hasReplyPrefix, isReportSubject } from "../subjects.ts";
import { decodeWords } from "../encoded-word.ts";
import { readAmazonNotification } from "./amazon.ts";
import { opensAsServer } from "./opening.ts";
import { tellsOfFailure } from "./outcome.ts";
import { recipientsInWords } from "./prose.ts";
import { readReturned, returnedMessageAt } from "./returned.ts";
import { isStatusPart } from "./status-part.ts";
import { statusesIn } from "./status.ts";

export type ReportBody = { readonly text: string; readonly files: readonly FilePart[] };

/**
 * Local parts of mail systems beside mailer-daemon: `postmaster`, `Mail.Delivery.System`, `mailadmin`. People write from most
 * of them too: `mail@` is the address of many a small firm, and the postmaster answers.
 */
const SYSTEM =
  /^(?:po+st[-_]?master|mail(?:er)?(?:[-_.]?(?:system|admin(?:istrator)?|daemon|delivery(?:[-_.]\w+)?))?|mta|smtp\w{0,20}|sys(?:tem|admin)|root|bounces?|returned|dsn|ndr|e500_smtp_mail_service|microsoftexchange[0-9a-f]{32})(?:$|[-_.+])/;

/** Of these nobody writes: `MicrosoftExchange329e71…`, `dsn`, `Mail.Delivery.System` */
const NOBODY =
  /^(?:dsn|ndr|e500_smtp_mail_service|microsoftexchange[0-9a-f]{32}|mail(?:er)?[-_.]?(?:daemon|delivery(?:[-_.]\w+)?))(?:$|[-_.+])/;

/** Names of mail systems that no person has: `Mail Delivery System`, `MMSC NDR Administrator`, `Content-filter at mx` */
const SYSTEM_NAME =
  /\b(?:mail(?:er)? deliver|delivery (?:sub)?system|mail(?:er)?[- ]?daemon|mail (?:system|gateway)|ndr admin|content[- ]filter|undeliver|e-?mail gateway)/i;
/** Names of those who look after one; Exchange 5.5 reports under them, and they write themselves. */
const KEEPER_NAME = /\b(?:postmaster|system administrator|mail administrator)\b/i;

/** Older servers return mail under their own name instead of the null path: `<MAILER-DAEMON>`, `<mailer-daemon@mx.home.example>` */
const DAEMON_PATH = /^mail(?:er)?[-_.]?daemon(?:@|$)/i;

/** Subjects of machines beyond the table of subjects: `メールエラー通知` · `Mail failure.` · `**Message you sent blocked …**` */
const SUBJECT =
  /メール(?:エラー|が?送信でき)|エラー通知|\bmail (?:failure|error)\b|\bmessage you sent\b|\bnot (?:been )?delivered\b|\bundeliver|\bdelivery (?:failure|failed|error)\b/i;

/** `550 no such user` at the beginning of a line or after a colon; not "Harbour Street 550, Porto" */
const ANSWER = /(?:^|[:;<>"'(#]|\bsaid|\berror|\bcode)[ \t]{0,4}[45][0-57]\d[ :-][ \t]?\S/im;

/** Why the body shows that the message is a delivery report; undefined when it does not. */
export function reportInBody(message: Judged, body: ReportBody): string | undefined {
  if (isAmazon(message) && readAmazonNotification(body.text)?.kind === "delivery")
    return "a notification of Amazon SES";
  const head = signsOf(message);
  if (head.sender === 0) return undefined;
  const subject = decodeWords(message.subject);
  const about = isReportSubject(subject) || SUBJECT.test(subject) ? 1 : 0;
  // `Fwd: Undelivered mail`, with all the parts of the report: a person passes it on, or answers it.
  if (!head.certain && hasReplyPrefix(subject)) return undefined;
  const end = returnedMessageAt(body.text);
  const words = body.text.slice(0, end);
  const opens = opensAsServer(words);
  if (body.files.some(isStatusPart) && (head.certain || opens || words.trim() === ""))
    return `a delivery status, ${head.why}`;
  if (!tellsOfFailure(words)) return undefined;
  // A subject and an address are no evidence: `mail@` writes "Delivery failed", and quotes the server's 550.
  if (!head.certain && !(about > 0 && opens)) return undefined;
  const returned =
    end < body.text.length || body.files.some(({ contentType }) => /^(?:message\/|text\/rfc822)/.test(contentType));
  const coded = ANSWER.test(words) || statusesIn(words).some((code) => code[0] !== "2");
  const from = message.from ? [message.from.address] : [];
  const known = { senders: from, recipients: readReturned(body.files, body.text.slice(end)).recipients };
  const named = recipientsInWords(words, known).length > 0;
  const evidence = 1 + [returned, coded, named].filter(Boolean).length;
  if (!head.strong) return returned && evidence >= 3 ? `${head.why}, and it brings a message back` : undefined;
  const technical = returned || coded || (head.system && about > 0);
  const enough = head.sender + about >= 2 ? technical && evidence >= 2 : returned && evidence >= 3;
  return enough ? `${head.why}, and its words tell of a failed delivery` : undefined;
}

type Signs = {
  readonly sender: number;
  /** The null path or a mail system's name; an address that nobody reads, or Auto-Submitted, is every machine's. */
  readonly strong: boolean;
  readonly system: boolean;
  /** A machine sent it: the path, Auto-Submitted, or a name that no person has. Else people write from there too. */
  readonly certain: boolean;
  readonly why: string;
};

/** How far sender and path point to a mail system; a subject alone never does. */
function signsOf({ headers, from, returnPath }: Judged): Signs {
  const name = (from?.name ?? headerValue(headers, "from") ?? "").slice(0, 300);
  const local = from === undefined ? "" : localPartOf(from.address);
  const machine = SYSTEM_NAME.test(name) || NOBODY.test(local);
  const system = machine || KEEPER_NAME.test(name) || SYSTEM.test(local);
  const automatic = (autoSubmitted(headers) ?? "no") !== "no";
  const unread = from !== undefined && isNoReply(from.address);
  const because = [
    ...(returnPath === "" ? ["null return path"] : []),
    ...(system || unread ? [`from ${from?.address ?? name.slice(0, 100)}`] : []),
    ...(automatic ? ["auto-submitted"] : []),
  ];
  const sender = (returnPath === "" ? 2 : 0) + (system ? 1 : 0) + (automatic ? 1 : 0) + (unread ? 1 : 0);
  const daemonPath = returnPath !== undefined && DAEMON_PATH.test(returnPath);
  const certain = machine || returnPath === "" || daemonPath || automatic || unread;
  return { sender, strong: system || returnPath === "", system, certain, why: because.join(", ") };
}

/** SNS marks its mail; the JSON in anybody else's mail is text. */
function isAmazon({ headers, from }: Judged): boolean {
  return (
    hasHeader(headers, "x-amz-sns-message-id") || /@(?:[\w-]+\.)*amazon(?:aws|ses)\.com$/.test(from?.address ?? "")
  );
}
