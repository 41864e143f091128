/**
 * Delivery reports: whom did which of our mails not reach, and why? The machine-readable part first (RFC 3464 with
 * RFC 3463 status codes), then X-Failed-Recipients, then the prose of servers that write none.
 */
import { canonicalAddress } from "../address.ts";
import { HEADERS_CUT, headerValue, headerValues, readHeaders } from "../headers.ts";
import { parseMessageIds } from "../message-id.ts";
import type { FilePart } from "../mime/parts.ts";
import { returnedMessageAt, statusIn, recipientsIn, actionIn, diagnosticIn, statusOfReply } from "./prose.ts";
import type { DeliveryReport, EmailAddress, HeaderField, MessageId } from "../types.ts";

/** A report for more than this many recipients is not one of ours: our mail has one recipient each. */
const MAX_RECIPIENTS = 100;
const MAX_DIAGNOSTIC = 500;

const STATUS_TYPES = ["message/delivery-status", "message/global-delivery-status"];
const RETURNED_TYPES = [
  "message/rfc822",
  "text/rfc822-headers",
  "message/rfc822-headers",
  "message/global",
  "message/global-headers",
];

export type BouncedMessage = {
  readonly headers: readonly HeaderField[];
  readonly text: string;
  readonly files: readonly FilePart[];
};

/** Whether the message carries a machine-readable report, whatever its headers say. */
export function hasDeliveryStatus(files: readonly FilePart[]): boolean {
  return files.some((file) => STATUS_TYPES.includes(file.contentType));
}

/** Reads a report as far as it can be read; what is unknown stays out. */
export function readDeliveryReport(message: BouncedMessage): DeliveryReport {
  const machine = readStatusPart(message.files);
  const prose = message.text.slice(0, returnedMessageAt(message.text));
  const recipients = unique([
    ...machine.recipients,
    ...(machine.recipients.length > 0 ? [] : failedRecipients(message.headers)),
  ]);
  const reason = machine.diagnostic ?? diagnosticIn(prose);
  const status = bestStatus([machine.status, statusIn(reason ?? ""), statusIn(prose), statusOfReply(reason ?? "")]);
  const diagnostic = reason?.replace(/\s+/g, " ").trim().slice(0, MAX_DIAGNOSTIC);
  const originalMessageId = originalId(message);
  return {
    each: [],
    action: machine.action ?? actionIn(prose, status),
    recipients: recipients.length > 0 ? recipients : recipientsIn(prose).slice(0, MAX_RECIPIENTS),
    ...(status ? { status } : {}),
    ...(diagnostic ? { diagnostic } : {}),
    ...(originalMessageId ? { originalMessageId } : {}),
  };
}

/**
 * The first status, unless it only says `5.0.0`, "other undefined status" (RFC 3463 section 3.1), and a later one of
 * the same class says more.
 */
function bestStatus(found: readonly (string | undefined)[]): string | undefined {
  const statuses = found.filter((status) => status !== undefined);
  const [first] = statuses;
  if (!first?.endsWith(".0.0")) return first;
  return statuses.find((status) => status[0] === first[0] && !status.endsWith(".0.0")) ?? first;
}

type StatusPart = {
  action?: DeliveryReport["action"];
  recipients: EmailAddress[];
  status?: string;
  diagnostic?: string;
};

/**
 * RFC 3464 section 2.1: groups of fields, the first about the message, each further one about a recipient.
 * A report on several recipients is as bad as its worst: failed before delayed before the rest.
 */
function readStatusPart(files: readonly FilePart[]): StatusPart {
  const groups = files
    .filter((file) => STATUS_TYPES.includes(file.contentType))
    .flatMap((file) => fieldGroups(file.content))
    .filter(
      (group) =>
        headerValue(group, "final-recipient") ||
        headerValue(group, "original-recipient") ||
        headerValue(group, "action"),
    );
  const ranked = groups.map((group) => ({ group, action: actionOf(headerValue(group, "action")) }));
  const worst = ranked.toSorted((a, b) => ACTIONS.indexOf(a.action) - ACTIONS.indexOf(b.action))[0];
  if (!worst) return { recipients: [] };
  const about = ranked.filter(({ action }) => action === worst.action).map(({ group }) => group);
  return {
    action: worst.action,
    recipients: unique(about.map(recipientOf).filter((address) => address !== undefined)),
    status: about.map((group) => statusIn(headerValue(group, "status") ?? "")).find((status) => status !== undefined),
    diagnostic: about
      .map((group) => headerValue(group, "diagnostic-code"))
      .find((code) => code !== undefined && code !== ""),
  };
}

/** Worst first. */
const ACTIONS: readonly DeliveryReport["action"][] = [
  "failed",
  "delayed",
  "unknown",
  "relayed",
  "expanded",
  "delivered",
];

/** RFC 3464 section 2.3.3, with comments and bad case. */
function actionOf(value: string | undefined): DeliveryReport["action"] {
  const word = /[a-z]+/.exec((value ?? "").toLowerCase())?.[0] ?? "";
  if (word === "failure") return "failed";
  return ACTIONS.find((action) => action === word) ?? "unknown";
}

/**
 * RFC 3464 sections 2.3.1 and 2.3.2: `rfc822; maria@home.example`. The original recipient is whom we wrote to; the
 * final one may be an address that a forwarder made of it.
 */
function recipientOf(group: readonly HeaderField[]): EmailAddress | undefined {
  for (const name of ["original-recipient", "final-recipient"]) {
    const value = headerValue(group, name) ?? "";
    const address = canonicalAddress(value.replace(/^[^;]{0,40};/, "").replace(/[<>\s]/g, ""));
    if (address) return address;
  }
  return undefined;
}

/** Groups of fields, separated by empty lines. */
function fieldGroups(content: Buffer): (readonly HeaderField[])[] {
  const groups: (readonly HeaderField[])[] = [];
  let rest = content;
  while (rest.length > 0 && groups.length <= MAX_RECIPIENTS) {
    const { fields, bodyOffset, defects } = readHeaders(rest);
    if (fields.length > 0) groups.push(fields);
    if (bodyOffset === 0 || defects.includes(HEADERS_CUT)) break;
    rest = rest.subarray(bodyOffset);
  }
  return groups;
}

/** Exim's header: `X-Failed-Recipients: maria@home.example, tom@home.example`. */
function failedRecipients(headers: readonly HeaderField[]): EmailAddress[] {
  return headerValues(headers, "x-failed-recipients")
    .flatMap((value) => value.slice(0, 10_000).split(","))
    .map((address) => canonicalAddress(address))
    .filter((address) => address !== undefined);
}

/** Message-ID of the mail that came back: from the returned part, from headers quoted in the text, from In-Reply-To. */
function originalId(message: BouncedMessage): MessageId | undefined {
  for (const file of message.files) {
    if (!RETURNED_TYPES.includes(file.contentType)) continue;
    const [id] = parseMessageIds(headerValue(readHeaders(file.content).fields, "message-id"));
    if (id) return id;
  }
  const quoted = /^[> \t]*message-id:[ \t]*\r?\n?[ \t>]*(<[^<>\s]{3,998}>)/im.exec(message.text)?.[1];
  const named = headerValue(message.headers, "in-reply-to") ?? headerValue(message.headers, "references");
  return parseMessageIds(quoted)[0] ?? parseMessageIds(named).at(-1);
}

function unique(addresses: readonly EmailAddress[]): EmailAddress[] {
  return [...new Set(addresses)].slice(0, MAX_RECIPIENTS);
}
