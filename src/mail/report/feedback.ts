/**
 * Complaints: a recipient pressed "spam", and their provider passes that on (ARF, RFC 5965; Hotmail's JMRP, which sends the
 * message without a report; Amazon's notification). Never answered, never a reply.
 */
import { canonicalAddress } from "../address.ts";
import { headerValue, headerValues, readHeaders } from "../headers.ts";
import type { FilePart } from "../mime/part.ts";
import type { EmailAddress, FeedbackReport, HeaderField } from "../types.ts";
import { readAmazonNotification } from "./amazon.ts";
import { readReturned } from "./returned.ts";

/** A provider may bundle; our mail has one recipient each. */
const MAX_RECIPIENTS = 100;
/** A report has some hundred bytes. */
const MAX_PART = 64 * 1024;

/** `staff@hotmail.com`, and the domains that have taken it over. */
const HOTMAIL = /@(?:hotmail|live|outlook|microsoft)\.com$/;

export type Complaint = {
  readonly headers: readonly HeaderField[];
  readonly subject: string;
  readonly text: string;
  readonly files: readonly FilePart[];
};

/** The complaint that a message is, undefined for any other. */
export function readFeedbackReport({ headers, subject, text, files }: Complaint): FeedbackReport | undefined {
  const amazon = readAmazonNotification(text);
  if (amazon?.kind === "complaint") {
    const { originalMessageId } = amazon;
    return {
      type: typeOf(amazon.type),
      recipients: amazon.recipients,
      ...(originalMessageId ? { originalMessageId } : {}),
    };
  }
  const part = files.find(({ contentType }) => contentType === "message/feedback-report");
  const declared = /report-type\s*=\s*"?feedback-report/i.test(headerValue(headers, "content-type") ?? "");
  const fields = part ? fieldsOf(part.content) : declared ? fieldsOf(Buffer.from(text.slice(0, MAX_PART))) : undefined;
  const returned = readReturned(files, "");
  const id = returned.messageId ? { originalMessageId: returned.messageId } : {};
  if (fields) {
    const named = ["original-rcpt-to", "removal-recipient"].flatMap((name) => headerValues(fields, name));
    const recipients = addresses(named);
    return {
      type: typeOf(headerValue(fields, "feedback-type") ?? "abuse"),
      recipients: recipients.length > 0 ? recipients : original(files),
      ...id,
    };
  }
  // Hotmail's: from staff@hotmail.com, "complaint about message from 192.0.2.7", nothing but the message as an attachment.
  const from = canonicalAddress(
    /[^\s<>"]{1,64}@[^\s<>"]{1,200}/.exec(headerValue(headers, "from")?.slice(0, 500) ?? "")?.[0] ?? "",
  );
  const hotmail = /^complaint about message from\b/i.test(subject.trim()) && HOTMAIL.test(from ?? "");
  if (!hotmail || !files.some(({ contentType }) => contentType === "message/rfc822")) return undefined;
  return { type: "abuse", recipients: original(files), ...id };
}

/** Hotmail's name of the recipient in the returned header, else its only recipient. */
function original(files: readonly FilePart[]): EmailAddress[] {
  const message = files.find(({ contentType }) => contentType === "message/rfc822");
  const fields = message ? readHeaders(message.content.subarray(0, MAX_PART)).fields : [];
  const named = addresses(headerValues(fields, "x-hmxmroriginalrecipient"));
  const { recipients } = readReturned(files, "");
  return named.length > 0 || recipients.length !== 1 ? named : [...recipients];
}

/** All fields of the part; some providers put a blank line between them. */
function fieldsOf(content: Buffer): readonly HeaderField[] {
  const fields: HeaderField[] = [];
  let rest = content.subarray(0, MAX_PART);
  for (let blocks = 0; rest.length > 0 && blocks < 20; blocks++) {
    const block = readHeaders(rest);
    fields.push(...block.fields);
    rest = rest.subarray(block.bodyOffset);
  }
  return fields;
}

/** RFC 5965 section 7.3, with the parameters that some write behind: `abuse` · `auth-failure` · `not-spam`. */
function typeOf(value: string): string {
  return /^[a-z][a-z-]{0,39}/.exec(value.trim().toLowerCase())?.[0] ?? "other";
}

function addresses(values: readonly string[]): EmailAddress[] {
  const found = values.map((value) =>
    canonicalAddress(value.replace(/^\s*(?:rfc822|smtp)\s*[;:]/i, "").replace(/[<>\s]/g, "")),
  );
  return [...new Set(found.filter((address) => address !== undefined))].slice(0, MAX_RECIPIENTS);
}
