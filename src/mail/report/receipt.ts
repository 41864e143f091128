/**
 * Read receipts (MDN, RFC 8098; RFC 6533 section 6 for other alphabets). A mail filter's refusal that is dressed as one
 * (RFC 5429 section 2.2: automatic, deleted, "was automatically rejected") is a delivery report instead.
 */
import { canonicalAddress } from "../address.ts";
import { headerValue, readHeaders } from "../headers.ts";
import { parseMessageIds } from "../message-id.ts";
import type { FilePart } from "../mime/part.ts";
import type { HeaderField, ReadReceipt } from "../types.ts";
import { readReturned } from "./returned.ts";

/** A receipt has some hundred bytes. */
const MAX_PART = 64 * 1024;

const TYPES = ["message/disposition-notification", "message/global-disposition-notification"];

export type Receipt = {
  readonly headers: readonly HeaderField[];
  readonly subject: string;
  readonly text: string;
  readonly files: readonly FilePart[];
};

/** The receipt that a message is, undefined for any other. */
export function readReadReceipt({ headers, subject, text, files }: Receipt): ReadReceipt | undefined {
  const fields = receiptFields(headers, text, files);
  if (!fields) return undefined;
  const recipient = ["original-recipient", "final-recipient"]
    .map((name) =>
      canonicalAddress((headerValue(fields, name) ?? "").replace(/^[^;@]{0,40};/, "").replace(/[<>\s]/g, "")),
    )
    .find((address) => address !== undefined);
  const [named] = parseMessageIds(headerValue(fields, "original-message-id"));
  const answered = parseMessageIds(headerValue(headers, "in-reply-to") ?? headerValue(headers, "references")).at(-1);
  const originalMessageId = named ?? readReturned(files, "").messageId ?? answered;
  return {
    disposition: dispositionOf(headerValue(fields, "disposition"), subject),
    ...(recipient ? { recipient } : {}),
    ...(originalMessageId ? { originalMessageId } : {}),
  };
}

/** Whether a receipt tells that a filter refused the mail: `automatic-action/MDN-sent-automatically; deleted` and words of it. */
export function isRefusal({ headers, text, files }: Receipt): boolean {
  const disposition = headerValue(receiptFields(headers, text, files) ?? [], "disposition") ?? "";
  return (
    /^\s*automatic-action\b.{0,100};\s*deleted\b/i.test(disposition) &&
    /\b(?:automatically rejected|was (?:rejected|refused)|quota exceeded|mailbox is full)\b/i.test(text.slice(0, 5000))
  );
}

function receiptFields(
  headers: readonly HeaderField[],
  text: string,
  files: readonly FilePart[],
): readonly HeaderField[] | undefined {
  const part = files.find(({ contentType }) => TYPES.includes(contentType));
  if (part) return allFields(part.content.subarray(0, MAX_PART));
  const type = headerValue(headers, "content-type") ?? "";
  const declared =
    /report-type\s*=\s*"?disposition-notification/i.test(type) ||
    TYPES.some((one) => type.toLowerCase().startsWith(one));
  return declared ? allFields(Buffer.from(text.slice(0, MAX_PART))) : undefined;
}

/** All fields of the part; some clients put a blank line between them. */
function allFields(content: Buffer): readonly HeaderField[] {
  const fields: HeaderField[] = [];
  let rest = content;
  for (let blocks = 0; rest.length > 0 && blocks < 20; blocks++) {
    const block = readHeaders(rest);
    fields.push(...block.fields);
    rest = rest.subarray(block.bodyOffset);
  }
  return fields;
}

/**
 * RFC 8098 section 3.2.6: `manual-action/MDN-sent-manually; displayed`; the type comes last, before its modifiers. Without a
 * readable field the subject tells: `Not read: Your order`.
 */
function dispositionOf(value: string | undefined, subject: string): string {
  const type = /;\s*([a-z-]{1,40})/i.exec(value ?? "")?.[1] ?? /^\s*([a-z]{1,40})\s*$/i.exec(value ?? "")?.[1];
  if (type !== undefined) return type.toLowerCase();
  return /^(?:not read|ungelesen|nicht gelesen|non lu|deleted|gelöscht|no le[íi]do|eliminado|non letto|niet gelezen)\b/i.test(
    subject.trim(),
  )
    ? "deleted"
    : "displayed";
}
