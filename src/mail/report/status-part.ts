/**
 * The machine-readable part of a report (RFC 3464, RFC 6533), read as servers really write it: in its own part, in a text
 * part or among the words; with blank lines missing or in surplus; encoded twice; with unregistered types and actions.
 */
import { canonicalAddress } from "../address.ts";
import { HEADERS_CUT, headerValue, readHeaders } from "../headers.ts";
import type { FilePart } from "../mime/part.ts";
import type { DeliveryAction, EmailAddress, HeaderField } from "../types.ts";

/** A report on more recipients is not one of ours: our mail has one recipient each. */
export const MAX_RECIPIENTS = 100;
/** A status part has some hundred bytes a recipient. In bytes. */
const MAX_PART = 256 * 1024;

const STATUS_TYPES = ["message/delivery-status", "message/global-delivery-status"];

/** What one group of fields says (RFC 3464 section 2.3). */
export type StatusGroup = {
  readonly recipient?: EmailAddress;
  readonly action: DeliveryAction;
  readonly status?: string;
  readonly diagnostic?: string;
};

type Group = HeaderField[];

/** Whether a part is a delivery status by its declared type. */
export function isStatusPart({ contentType }: Pick<FilePart, "contentType">): boolean {
  return STATUS_TYPES.includes(contentType);
}

/** The recipients' groups of a report: from its status parts, else from parts and words that hold such fields. */
export function readStatusGroups(files: readonly FilePart[], text: string): StatusGroup[] {
  const declared = files.filter(isStatusPart).flatMap(({ content }) => groupsIn(decodedTwice(content)));
  if (declared.length > 0) return declared.map(readGroup);
  const elsewhere = files
    .filter(
      ({ contentType, content }) =>
        /^(?:text\/plain|application\/octet-stream)$/.test(contentType) && content.length < MAX_PART,
    )
    .flatMap(({ content }) => groupsIn(content));
  const found = elsewhere.length > 0 ? elsewhere : groupsIn(Buffer.from(text.slice(0, MAX_PART), "utf8"));
  return found.filter((group) => recipientOf(group) !== undefined && group.length > 1).map(readGroup);
}

/** A part that declares no encoding and is base64 or quoted-printable all the same. */
function decodedTwice(content: Buffer): Buffer {
  const part = content.subarray(0, MAX_PART);
  const text = part.toString("latin1");
  if (/^(?:final|original)-recipient\s*:/im.test(text) && !/=\r?\n|=3D/.test(text)) return part;
  if (/^[A-Za-z0-9+/=\s]+$/.test(text)) return Buffer.from(text, "base64");
  if (!/=\r?\n|=[0-9A-F]{2}/.test(text)) return part;
  const bytes = text
    .replace(/=\r?\n/g, "")
    .replace(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1");
}

/** Fields of a recipient's group (RFC 3464 section 2.3); others end up in a group of their own or do no harm. */
const RECIPIENT_FIELDS = new Set([
  "original-recipient",
  "final-recipient",
  "x-actual-recipient",
  "action",
  "status",
  "diagnostic-code",
  "remote-mta",
  "last-attempt-date",
  "will-retry-until",
  "final-log-id",
]);

/**
 * Groups of recipients' fields. RFC 3464 section 2.1 parts them by blank lines; where those are missing, a field that the group
 * already has begins the next one, and a blank line inside a group that lacks its action or its recipient ends nothing.
 */
function groupsIn(content: Buffer): Group[] {
  const groups: Group[] = [];
  let open: Group = [];
  const close = (): void => {
    if (isRecipients(open)) groups.push(open);
    open = [];
  };
  for (const block of blocksOf(content)) {
    if (hasRecipient(open) && hasOutcome(open)) close();
    for (const field of block) {
      if (!RECIPIENT_FIELDS.has(field.name)) continue;
      if (open.some(({ name }) => name === field.name) && isRecipients(open)) close();
      open.push(field);
    }
    if (groups.length > MAX_RECIPIENTS) break;
  }
  close();
  return groups.slice(0, MAX_RECIPIENTS);
}

/** Blocks of fields between blank lines; lines that are no fields (a boundary, words) are passed over. */
function blocksOf(content: Buffer): (readonly HeaderField[])[] {
  const blocks: (readonly HeaderField[])[] = [];
  let rest = content;
  // Words between have blocks too, empty ones: the bound is on all.
  for (let count = 0; rest.length > 0 && count < 20 * MAX_RECIPIENTS; count++) {
    const { fields, bodyOffset, defects } = readHeaders(rest);
    if (fields.length > 0) blocks.push(fields);
    if (bodyOffset === 0 || defects.includes(HEADERS_CUT)) break;
    rest = rest.subarray(bodyOffset);
  }
  return blocks;
}

const hasOutcome = (group: Group): boolean => group.some(({ name }) => name === "action" || name === "status");
const hasRecipient = (group: Group): boolean => group.some(({ name }) => name.endsWith("-recipient"));
const isRecipients = (group: Group): boolean => hasRecipient(group) || group.some(({ name }) => name === "action");

function readGroup(group: Group): StatusGroup {
  const recipient = recipientOf(group);
  const status = headerValue(group, "status");
  const diagnostic = headerValue(group, "diagnostic-code");
  return {
    ...(recipient ? { recipient } : {}),
    action: actionOf(headerValue(group, "action"), status),
    ...(status ? { status } : {}),
    ...(diagnostic ? { diagnostic } : {}),
  };
}

/** Words that servers write in Action beside those of RFC 3464 section 2.3.3. */
const ACTIONS: Readonly<Record<string, DeliveryAction>> = {
  failed: "failed",
  failure: "failed",
  fail: "failed",
  error: "failed",
  expired: "failed",
  undeliverable: "failed",
  refused: "failed",
  delayed: "delayed",
  deferred: "delayed",
  delivered: "delivered",
  deliverable: "delivered",
  relayed: "relayed",
  expanded: "expanded",
};

/** RFC 3464 section 2.3.3, with comments and bad case; without an action the class of the status tells. */
function actionOf(value: string | undefined, status: string | undefined): DeliveryAction {
  const word = /[a-z]+/.exec((value ?? "").slice(0, 200).toLowerCase())?.[0] ?? "";
  if (Object.hasOwn(ACTIONS, word)) return ACTIONS[word] as DeliveryAction;
  const digit = /^\s*([245])\./.exec(status ?? "")?.[1];
  return digit === undefined ? "unknown" : ({ "2": "delivered", "4": "delayed", "5": "failed" } as const)[digit as "2"];
}

/**
 * RFC 3464 sections 2.3.1 and 2.3.2: `rfc822; maria@home.example`. The original recipient is whom we wrote to; the
 * final one may be an address that a forwarder made of it. sendmail's X-Actual-Recipient comes last: it may be a program.
 */
function recipientOf(group: Group): EmailAddress | undefined {
  for (const name of ["original-recipient", "final-recipient", "x-actual-recipient"]) {
    const address = addressIn(headerValue(group, name) ?? "");
    if (address) return address;
  }
  return undefined;
}

/** `RFC822;<maria@home.example>` · `LOCAL; maria@home.example (Maria)` · `utf-8; mar\x{ED}a@home.example` (RFC 6533 section 3) */
function addressIn(value: string): EmailAddress | undefined {
  const bare = value
    .slice(0, 2000)
    .replace(/^[^;@]{0,40};\s*/, "")
    .replace(/^(?:rfc822|smtp|mailto):\s*/i, "")
    .replace(/\\x\{([0-9A-F]{2,6})\}/gi, (all, hex: string) => {
      const point = Number.parseInt(hex, 16);
      return point <= 0x10ffff ? String.fromCodePoint(point) : all;
    });
  const bracketed = /<([^<>]{3,320})>/.exec(bare)?.[1];
  return canonicalAddress((bracketed ?? bare.replace(/\s+\(.*$/, "")).replace(/\s/g, ""));
}
