/**
 * An attached Outlook message as a message of the internet (RFC 5322, MIME), so that its words and files can be opened
 * by anybody. The same message always gives the same bytes. Values of hostile mail are encoded or dropped, never trusted.
 */
import { createHash } from "node:crypto";
import { buildHeaderParam, encodeWords, foldLines } from "nodemailer/lib/mime-funcs";
import { oneLine } from "../encoded-word.ts";
import type { Tnef, TnefFile, TnefPerson } from "./types.ts";

/** Header lines without the empty line behind them, and what follows. */
type Entity = { readonly headers: readonly string[]; readonly content: Buffer };

const CRLF = "\r\n";
/** A header field as long as this is no name and no subject. In characters. */
const MAX_VALUE = 1000;

/** Writes a message: CRLF lines, 7 bit only. */
export function toEml(message: Tnef): Buffer {
  const { headers, content } = entityOf(message);
  const lines = [...fieldsOf(message), "MIME-Version: 1.0", ...headers];
  return Buffer.concat([Buffer.from(lines.map((line) => line + CRLF).join("") + CRLF, "latin1"), content]);
}

function fieldsOf({ from, recipients, subject, date, messageId }: Tnef): string[] {
  const people = (kind: "to" | "cc"): string =>
    recipients
      .filter((recipient) => recipient.kind === kind)
      .map(addressOf)
      .join(", ");
  const fields: [string, string | undefined][] = [
    ["From", from && addressOf(from)],
    ["To", people("to")],
    ["Cc", people("cc")],
    ["Subject", subject && words(subject)],
    ["Date", date === undefined ? undefined : new Date(date).toUTCString().replace("GMT", "+0000")],
    ["Message-ID", messageId && /^[!-;=?-~]{1,900}$/.test(messageId) ? `<${messageId}>` : undefined],
  ];
  return fields.flatMap(([name, value]) => (value ? [foldLines(`${name}: ${value}`, 76)] : []));
}

/** Somebody without an address of the internet is written as a group of nobody (RFC 5322 section 3.4), which keeps the name. */
function addressOf({ name, address }: TnefPerson): string {
  const phrase = plainPhrase(words(name));
  const usable = address !== undefined && /^[!-~]{1,500}$/.test(address) && !/[<>()[\]\\,;:"]/.test(address);
  if (usable) return phrase === "" ? address : `${phrase} <${address}>`;
  return `${phrase || "unknown"}:;`;
}

/** A name of atoms or encoded words stands as it is, any other in quotes. */
function plainPhrase(phrase: string): string {
  return /^[\w !#$%&'*+\-/=?^`{|}~]*$/.test(phrase) ? phrase : `"${phrase.replace(/["\\]/g, "\\$&")}"`;
}

function words(value: string): string {
  return encodeWords(oneLine(value.slice(0, MAX_VALUE)).toWellFormed(), "B", 52, true);
}

/** Text and HTML are the same words; what the HTML shows stands beside it; other files follow. */
function entityOf({ body, files }: Tnef): Entity {
  const texts = [
    ...(body.text !== undefined || body.html === undefined ? [textEntity("plain", body.text ?? "")] : []),
    ...(body.html === undefined ? [] : [textEntity("html", body.html)]),
  ];
  // Placeholders, objects and streams that nothing in the text refers to are of no use to who opens this.
  const shown = files.filter((file) => file.inline && file.contentId !== undefined).map(fileEntity);
  const beside = files.filter((file) => !file.inline).map(fileEntity);
  return together("mixed", [together("related", [together("alternative", texts), ...shown]), ...beside]);
}

function together(kind: "mixed" | "related" | "alternative", entities: readonly Entity[]): Entity {
  if (entities.length === 1) return entities[0] as Entity;
  const hash = createHash("sha256").update(kind);
  for (const { headers, content } of entities) hash.update(headers.join("\n")).update(content);
  // Of a hash of the parts: none of them can hold it.
  const boundary = `=_${hash.digest("hex").slice(0, 32)}`;
  const pieces = entities.flatMap(({ headers, content }) => [
    Buffer.from(`--${boundary}${CRLF}${headers.join(CRLF)}${CRLF}${CRLF}`, "latin1"),
    content,
    Buffer.from(CRLF),
  ]);
  return {
    headers: [`Content-Type: multipart/${kind};${CRLF} boundary="${boundary}"`],
    content: Buffer.concat([...pieces, Buffer.from(`--${boundary}--${CRLF}`, "latin1")]),
  };
}

function textEntity(subtype: "plain" | "html", text: string): Entity {
  return {
    headers: [`Content-Type: text/${subtype}; charset=utf-8`, "Content-Transfer-Encoding: base64"],
    content: base64(Buffer.from(text.toWellFormed(), "utf8")),
  };
}

function fileEntity({ filename, contentType, content, inline, contentId }: TnefFile): Entity {
  const name = buildHeaderParam("filename", oneLine(filename.slice(0, MAX_VALUE)).toWellFormed(), 50);
  const disposition = name.map(({ key, value }) => `;${CRLF} ${key}=${quoted(value, key)}`).join("");
  const headers = [`Content-Disposition: ${inline ? "inline" : "attachment"}${disposition}`];
  if (contentId !== undefined && /^[!-;=?-~]{1,200}$/.test(contentId)) headers.push(`Content-ID: <${contentId}>`);
  // RFC 2046 section 5.2.1: an embedded message is never base64. Ours are 7 bit.
  if (contentType === "message/rfc822")
    return { headers: ["Content-Type: message/rfc822", "Content-Transfer-Encoding: 7bit", ...headers], content };
  const type = contentType && /^[\w.+-]{1,60}\/[\w.+-]{1,60}$/.test(contentType) ? contentType : OCTETS;
  const safe = /^(?:multipart|message)\//i.test(type) ? OCTETS : type;
  return {
    headers: [`Content-Type: ${safe}`, "Content-Transfer-Encoding: base64", ...headers],
    content: base64(content),
  };
}

const OCTETS = "application/octet-stream";

function quoted(value: string, key: string): string {
  return key.endsWith("*") ? value : `"${value.replace(/["\\]/g, "\\$&")}"`;
}

/** RFC 2045 section 6.8: lines of 76 characters. */
const LINE = 76;

function base64(content: Buffer): Buffer {
  const text = Buffer.from(content.toString("base64"), "latin1");
  const lines = Math.max(1, Math.ceil(text.length / LINE));
  const out = Buffer.alloc(text.length + lines * 2, CRLF);
  for (let line = 0; line < lines; line++) text.copy(out, line * (LINE + 2), line * LINE, (line + 1) * LINE);
  out.write(CRLF, out.length - 2);
  return out;
}
