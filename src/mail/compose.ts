/**
 * An OutboundMessage becomes the bytes that are sent. The same message always gives the same bytes, so that they can be
 * frozen in the database and sent again as they were. Nothing is repaired here: a value that could change the structure
 * of the message is a bug of the caller and throws.
 */
import { createHash } from "node:crypto";
import MailComposer from "nodemailer/lib/mail-composer";
import type { NamedAddress, OutboundMessage } from "./types.ts";

type OutboundAttachment = OutboundMessage["attachments"][number];

/** RFC 5322 section 3.6: fields that compose writes itself, so they may not come in as extra headers; and Bcc never. */
const OWN_FIELDS = new Set(
  "from sender reply-to to cc bcc message-id in-reply-to references subject date mime-version return-path".split(" "),
);

/** Folding happens at spaces only, so one id may not be longer than a line may be (RFC 5322 section 2.1.1). */
const LONGEST_ID = 900;

/**
 * Encodes a message as RFC 5322 / MIME bytes: text, or multipart/alternative with HTML, and attachments; CRLF, lines of
 * at most 998 octets, no Bcc, no X-Mailer. `message.date` is UTC milliseconds. Throws when a header value holds a control
 * character, an address or id is malformed, or there is no recipient.
 */
export async function compose(message: OutboundMessage): Promise<Buffer> {
  checkMessage(message);
  return await new MailComposer({
    baseBoundary: boundaryOf(message),
    newline: "windows",
    disableFileAccess: true,
    disableUrlAccess: true,
    from: plain(message.from),
    to: message.to.map(plain),
    replyTo: message.replyTo && plain(message.replyTo),
    subject: message.subject,
    messageId: bracketed(message.messageId),
    inReplyTo: message.inReplyTo === undefined ? undefined : bracketed(message.inReplyTo),
    references: message.references.map(bracketed),
    date: new Date(message.date),
    headers: message.headers.map((field) => ({ key: field.name, value: field.value })),
    // One space, since an empty text would leave a message without a text part.
    text: normalLines(message.text) || " ",
    html: message.html === undefined ? undefined : normalLines(message.html),
    attachments: message.attachments.map(attached),
  })
    .compile()
    .build();
}

/**
 * The boundary is a hash of everything that is between boundaries: the same for the same message, and nobody who only
 * writes a part of the text (a customer whose words are quoted) can know it and end the part.
 */
function boundaryOf(message: OutboundMessage): string {
  const hash = createHash("sha256").update(
    JSON.stringify([message.messageId, message.text, message.html ?? null, message.subject]),
  );
  for (const { filename, content } of message.attachments) hash.update(`\0${filename}\0`).update(content);
  return hash.digest("hex").slice(0, 32);
}

function attached({ filename, contentType, content, contentId }: OutboundAttachment) {
  // A message/* part may not be base64 (RFC 2046 section 5.2.1), and could then hold lines of any length.
  const type = /^message\//i.test(contentType) ? "application/octet-stream" : contentType;
  return {
    filename,
    contentType: type,
    content,
    cid: contentId,
    contentTransferEncoding: "base64" as const,
    contentDisposition: contentId === undefined ? ("attachment" as const) : ("inline" as const),
  };
}

function plain({ name, address }: NamedAddress) {
  return { name, address: String(address) };
}

function bracketed(id: string): string {
  return `<${bare(id)}>`;
}

function bare(id: string): string {
  return id.replace(/^<(.*)>$/, "$1");
}

/**
 * The encoders take LF and CRLF for line ends; a lone CR would reach the wire, where RFC 5321 section 2.3.8 forbids it.
 * Other control characters and halves of surrogate pairs are nothing that a reader could see.
 */
function normalLines(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text
    .replace(/\r\n?/g, "\n")
    .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/g, "")
    .toWellFormed();
}

function checkMessage(message: OutboundMessage): void {
  if (message.to.length === 0) throw new Error("compose: a message without a recipient");
  if (!Number.isFinite(message.date)) throw new Error("compose: date is not a time");
  checkText("subject", message.subject);
  for (const address of [message.from, ...message.to, ...(message.replyTo ? [message.replyTo] : [])]) {
    checkAddress(address);
  }
  for (const id of [message.messageId, ...message.references]) checkId(id);
  if (message.inReplyTo !== undefined) checkId(message.inReplyTo);
  for (const { name, value } of message.headers) checkField(name, value);
  for (const { filename, contentType, contentId } of message.attachments) {
    checkText("filename", filename);
    checkText("content type", contentType);
    if (!/^[\w.+-]+\/[\w.+-]+(?:;|$)/.test(contentType))
      throw new Error(`compose: no content type: ${shown(contentType)}`);
    if (contentId !== undefined) checkId(contentId);
  }
}

function checkText(what: string, value: string): void {
  // eslint-disable-next-line no-control-regex
  if (/[\0-\x08\x0a-\x1f\x7f\u0085\u2028\u2029]/.test(value)) {
    throw new Error(`compose: ${what} holds a control character: ${shown(value)}`);
  }
}

const ADDRESS = /^(?:[^\s<>()[\]\\,;:"@]+|"[^"\\]{0,62}")@(?:[^\s<>()[\]\\,;:"@]+|\[[0-9a-zA-Z.:]+\])$/;

/** An addr-spec as an atom or a quoted string, with a domain or a domain literal (RFC 5322 section 3.4.1). */
function checkAddress({ name, address }: NamedAddress): void {
  checkText("display name", name);
  checkText("address", address);
  if (!ADDRESS.test(address)) throw new Error(`compose: not an address: ${shown(address)}`);
}

function checkId(id: string): void {
  if (!/^[\x21-\x3b\x3d\x3f-\x7e]+$/.test(bare(id)) || id.length > LONGEST_ID) {
    throw new Error(`compose: not a message id: ${shown(id)}`);
  }
}

function checkField(name: string, value: string): void {
  if (!/^[!-9;-~]{1,76}$/.test(name)) throw new Error(`compose: not a header field name: ${shown(name)}`);
  const lower = name.toLowerCase();
  if (OWN_FIELDS.has(lower) || lower.startsWith("content-")) {
    throw new Error(`compose: ${name} may not be an extra header field`);
  }
  checkText(`header field ${name}`, value);
}

function shown(value: string): string {
  return JSON.stringify(value.slice(0, 80));
}
