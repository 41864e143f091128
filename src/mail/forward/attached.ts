/**
 * A message that was passed on as a file: message/rfc822 (RFC 2046 section 5.2.1), or a file NAME.eml whose bytes begin as
 * a message does. Read shallowly: its headers, the words of its own parts, and the names of its files, which stay closed.
 */
import { parseAddressList } from "../address-list.ts";
import { parseDate } from "../date.ts";
import { decodeWords } from "../encoded-word.ts";
import { headerValue, readHeaders } from "../headers.ts";
import { parseMessageIds } from "../message-id.ts";
import { listAttachments } from "../mime/attachments.ts";
import type { FilePart } from "../mime/part.ts";
import { readParts } from "../mime/parts.ts";
import { clean, readBody } from "../text.ts";
import type { Forwarded } from "../types.ts";

/** Words stand before files in a message; beyond this nothing is read. In bytes. */
const MAX_BYTES = 5_000_000;
/** Enough for any header block that says who wrote. In bytes. */
const MAX_HEADERS = 256 * 1024;
const MAX_SUBJECT = 1000;

/** Parts by which a report is known (RFC 3464, RFC 8098, RFC 5965): the message in one is returned, not passed on. */
const REPORT_PARTS = new Set([
  "message/delivery-status",
  "message/global-delivery-status",
  "message/disposition-notification",
  "message/feedback-report",
  "text/rfc822-headers",
]);

/** The one message among the files; undefined when there is none, and when there are several and nothing says which. */
export function attachedMessage(files: readonly FilePart[]): FilePart | undefined {
  if (files.some(({ contentType }) => REPORT_PARTS.has(contentType))) return undefined;
  const messages = files.filter(isMessage);
  return messages.length === 1 ? messages[0] : undefined;
}

function isMessage({ contentType, filename, content }: FilePart): boolean {
  const declared = contentType === "message/rfc822" || contentType === "message/global";
  const named = /\.eml$/i.test(filename ?? "") && /^(?:application|text|message)\//.test(contentType);
  if (!declared && !named) return false;
  const { fields } = readHeaders(content.subarray(0, MAX_HEADERS));
  const has = (name: string): boolean => headerValue(fields, name) !== undefined;
  return has("from") && (has("date") || has("subject") || has("message-id") || has("received"));
}

/** Reads such a file. Never throws; `legacy` is the charset of unlabelled bytes, as for the message around it. */
export async function readAttachedMessage(file: FilePart, legacy?: string): Promise<Forwarded> {
  const raw = file.content.subarray(0, MAX_BYTES);
  const { fields } = readHeaders(raw.subarray(0, MAX_HEADERS), legacy);
  const value = (name: string): string | undefined => headerValue(fields, name);
  const [from] = parseAddressList(value("from"));
  const date = parseDate(value("date") ?? "");
  const [messageId] = parseMessageIds(value("message-id"));
  const subject = value("subject");
  const parts = await readParts(raw, legacy);
  const body = readBody(parts);
  return {
    by: "attachment",
    ...(from ? { from } : {}),
    to: parseAddressList(value("to")),
    cc: parseAddressList(value("cc")),
    ...(date === undefined ? {} : { date }),
    ...(subject === undefined
      ? {}
      : {
          subject: clean(decodeWords(subject.slice(0, 8 * MAX_SUBJECT)))
            .slice(0, MAX_SUBJECT)
            .trim(),
        }),
    ...(messageId ? { messageId } : {}),
    text: body.text,
    ...(parts.files.length > 0 ? { attachments: listAttachments(parts.files) } : {}),
  };
}
