/**
 * Delivery reports: whom did which of our mails not reach, and why? The machine-readable part first (RFC 3464 with
 * RFC 3463 status codes), then X-Failed-Recipients, then the prose of servers that write none.
 */
import { readAddressList } from "../address-list.ts";
import { canonicalAddress } from "../address.ts";
import { decodeWords } from "../encoded-word.ts";
import { headerValue, headerValues } from "../headers.ts";
import { parseMessageIds } from "../message-id.ts";
import type { FilePart } from "../mime/part.ts";
import type {
  DeliveryAction,
  DeliveryReport,
  EmailAddress,
  HeaderField,
  MessageId,
  RecipientReport,
} from "../types.ts";
import { readAmazonNotification } from "./amazon.ts";
import { outcomeIn, saysPermanent } from "./outcome.ts";
import { recipientsInWords, type ProseRecipient } from "./prose.ts";
import { messageIdInWords, readReturned, returnedMessageAt, type Returned } from "./returned.ts";
import { isStatusPart, MAX_RECIPIENTS, readStatusGroups, type StatusGroup } from "./status-part.ts";
import { replyCodeIn, statusOf } from "./status.ts";

const MAX_DIAGNOSTIC = 500;

export type BouncedMessage = {
  readonly headers: readonly HeaderField[];
  readonly text: string;
  readonly files: readonly FilePart[];
};

/** Whether the message carries a machine-readable report, whatever its headers say. */
export function hasDeliveryStatus(files: readonly FilePart[]): boolean {
  return files.some(isStatusPart);
}

/** Reads a report as far as it can be read; what is unknown stays out. */
export function readDeliveryReport(message: BouncedMessage): DeliveryReport {
  const amazon = readAmazonNotification(message.text);
  if (amazon?.kind === "delivery") return summary(amazon.each, amazon.originalMessageId);
  const end = returnedMessageAt(message.text);
  const words = message.text.slice(0, end);
  const returned = readReturned(message.files, message.text.slice(end));
  const known = {
    senders: [...returned.senders, ...addressesOf(message.headers, ["to", "from", "reply-to"])],
    recipients: returned.recipients,
  };
  const told = recipientsInWords(words, known);
  const subject = decodeWords((headerValue(message.headers, "subject") ?? "").slice(0, 2000));
  const groups = readStatusGroups(message.files, message.text);
  const each = recipientReports({ groups, told, words, subject, named: namedInHeaders(message.headers), returned });
  return summary(each, originalId(message, words, returned), saysPermanent(words));
}

type Sources = {
  readonly groups: readonly StatusGroup[];
  readonly told: readonly ProseRecipient[];
  readonly named: readonly EmailAddress[];
  readonly words: string;
  readonly subject: string;
  readonly returned: Returned;
};

/** One report a recipient: from the groups, else for those whom the header names, else for those whom the words name. */
function recipientReports({ groups, told, named, words, subject, returned }: Sources): RecipientReport[] {
  if (groups.length > 0) return groups.map((group, index) => fromGroup(group, index, groups.length, told, words));
  const recipients = named.length > 0 ? named : told.map(({ recipient }) => recipient);
  const only = recipients.length === 0 && returned.recipients.length === 1 ? returned.recipients : recipients;
  const reports = only.map((recipient) => {
    const own = told.find((one) => one.recipient === recipient)?.said ?? "";
    return fromWords(subject, words, own, only.length === 1, recipient);
  });
  return reports.length > 0 ? reports : [fromWords(subject, words, "", true, undefined)];
}

function fromGroup(
  group: StatusGroup,
  index: number,
  count: number,
  told: readonly ProseRecipient[],
  words: string,
): RecipientReport {
  // A group without a usable address (a program, an X.400 name) is about the recipient in the same place of the words.
  const recipient = group.recipient ?? (told.length === count ? told[index]?.recipient : undefined);
  const own = told.find((one) => one.recipient === recipient)?.said ?? "";
  const said = count === 1 ? `${own}\n${words}` : own;
  const action = group.action === "unknown" ? outcomeIn("", said, replyCodeIn(group.diagnostic ?? said)) : group.action;
  const status = statusOf({ field: group.status, diagnostic: group.diagnostic, said, action });
  const diagnostic = oneLine(group.diagnostic) || answerIn(own) || (count === 1 ? answerIn(words) : undefined);
  return {
    ...(recipient ? { recipient } : {}),
    action,
    ...(status ? { status } : {}),
    ...(diagnostic ? { diagnostic } : {}),
  };
}

function fromWords(
  subject: string,
  words: string,
  own: string,
  alone: boolean,
  recipient: EmailAddress | undefined,
): RecipientReport {
  const action = outcomeIn(subject, words, replyCodeIn(own) ?? replyCodeIn(words));
  const said = own === "" || alone ? `${own}\n${words}` : own;
  const status = statusOf({ diagnostic: own, said, action });
  const diagnostic = answerIn(own) ?? (alone || own === "" ? answerIn(words) : undefined);
  // A server that has stopped trying reports a failure, whatever its last answer was.
  const settled: DeliveryAction = action === "unknown" && status?.startsWith("5") ? "failed" : action;
  return {
    ...(recipient ? { recipient } : {}),
    action: settled,
    ...(status ? { status } : {}),
    ...(diagnostic ? { diagnostic } : {}),
  };
}

/** Worst first. */
const WORST: readonly DeliveryAction[] = ["failed", "delayed", "unknown", "relayed", "expanded", "delivered"];

/** A report on several recipients is as bad as its worst, and its recipients are those of that action. */
function summary(
  reports: readonly RecipientReport[],
  originalMessageId: MessageId | undefined,
  permanentWords = false,
): DeliveryReport {
  const action = WORST.find((one) => reports.some((report) => report.action === one)) ?? "unknown";
  const about = reports.filter((report) => report.action === action);
  const recipients = about.map(({ recipient }) => recipient).filter((address) => address !== undefined);
  const status = about.find((report) => report.status !== undefined)?.status;
  const diagnostic = about.find((report) => report.diagnostic !== undefined)?.diagnostic;
  const permanent = permanence(action, status, permanentWords);
  return {
    action,
    recipients: [...new Set(recipients)],
    ...(status ? { status } : {}),
    ...(diagnostic ? { diagnostic } : {}),
    ...(originalMessageId ? { originalMessageId } : {}),
    ...(permanent === undefined ? {} : { permanent }),
    each: reports,
  };
}

/** RFC 3463 section 2: class 5 will fail again, class 4 may succeed later; a warning is never final. */
function permanence(action: DeliveryAction, status: string | undefined, words: boolean): boolean | undefined {
  if (action === "delayed") return false;
  if (action !== "failed") return undefined;
  if (status?.startsWith("5")) return true;
  if (status?.startsWith("4")) return false;
  return words ? true : undefined;
}

/** The line with the server's answer: `550 5.1.1 <maria@home.example>: no such user`, its continuation lines joined. */
function answerIn(said: string): string | undefined {
  const lines = said.slice(0, 20_000).split("\n");
  const first = lines.findIndex((line) => replyCodeIn(line.trim()) !== undefined);
  if (first >= 0) {
    const rest = lines.slice(first, first + 5);
    const end = rest.findIndex((line, index) => index > 0 && (line.trim() === "" || !/^\s/.test(line)));
    return oneLine(rest.slice(0, end < 0 ? rest.length : end).join(" "));
  }
  return said.includes("@") && lines.length <= 40 ? oneLine(reasonIn(lines)) : undefined;
}

/** "Technical details of permanent failure:" · "because:" · "Reason:" */
const LABEL = /\b(?:reason|because|details?|response|problem|error)\b.{0,60}:\s*$/i;

/** A reason without a code: under its label, else below the recipient, else beside it. */
function reasonIn(lines: readonly string[]): string | undefined {
  const label = lines.findIndex((line) => LABEL.test(line.slice(-200)));
  const below = label >= 0 ? lines.slice(label + 1) : lines.slice(1);
  const reason = below.find(
    (line) => line.trim() !== "" && !line.trim().endsWith(":") && (label >= 0 || !line.includes("@")),
  );
  return reason ?? lines.find((line) => /\p{L}{3,}.*:\s*\S+@/u.test(line.slice(0, 300)));
}

function oneLine(text: string | undefined): string | undefined {
  const line = text
    ?.slice(0, 8 * MAX_DIAGNOSTIC)
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, MAX_DIAGNOSTIC);
  return line === "" ? undefined : line;
}

/** Exim's header, `X-Failed-Recipients: maria@home.example, tom@home.example`. */
function namedInHeaders(headers: readonly HeaderField[]): EmailAddress[] {
  const named = headerValues(headers, "x-failed-recipients")
    .flatMap((value) => value.slice(0, 10_000).split(","))
    .map((address) => canonicalAddress(address))
    .filter((address) => address !== undefined);
  return [...new Set(named)].slice(0, MAX_RECIPIENTS);
}

function addressesOf(headers: readonly HeaderField[], names: readonly string[]): EmailAddress[] {
  return names.flatMap((name) =>
    headerValues(headers, name).flatMap((value) =>
      readAddressList(value.slice(0, 10_000)).addresses.map(({ address }) => address),
    ),
  );
}

/** Message-ID of the mail that came back: from the returned message, from the words, from what the report answers. */
function originalId({ headers }: BouncedMessage, words: string, returned: Returned): MessageId | undefined {
  const named = headerValue(headers, "in-reply-to") ?? headerValue(headers, "references");
  return returned.messageId ?? messageIdInWords(words) ?? parseMessageIds(named).at(-1);
}
