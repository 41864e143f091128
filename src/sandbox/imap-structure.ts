/** ENVELOPE and BODYSTRUCTURE (RFC 9051 section 7.5.2). Strings are latin1, as `MimePart` holds them. */
import { parseAddresses } from "./address-header.ts";
import { headerOf, parseParameterized, type MimePart } from "./mime.ts";

/** A quoted string, a literal when it cannot be quoted, or NIL. NUL may be in neither (RFC 9051 section 9, CHAR8). */
export function nstring(text: string | undefined): string {
  if (text === undefined) return "NIL";
  const clean = text.replace(/\0/g, "");
  if (/[\r\n\x80-\xff]/.test(clean)) return `{${clean.length}}\r\n${clean}`;
  return `"${clean.replace(/["\\]/g, "\\$&")}"`;
}

function addressList(value: string | undefined): string {
  const { addresses } = parseAddresses(value ?? "");
  if (addresses.length === 0) return "NIL";
  const each = addresses.map(({ name, local, domain }) => {
    return `(${nstring(name || undefined)} NIL ${nstring(local)} ${nstring(domain)})`;
  });
  return `(${each.join("")})`;
}

export function envelope(part: MimePart): string {
  const from = headerOf(part, "from");
  const authors = [from, headerOf(part, "sender") || from, headerOf(part, "reply-to") || from];
  const recipients = ["to", "cc", "bcc"].map((name) => headerOf(part, name));
  return `(${[
    nstring(headerOf(part, "date")),
    nstring(headerOf(part, "subject")),
    ...[...authors, ...recipients].map(addressList),
    nstring(headerOf(part, "in-reply-to")),
    nstring(headerOf(part, "message-id")),
  ].join(" ")})`;
}

/** `extended` is BODYSTRUCTURE, without it BODY. */
export function bodyStructure(part: MimePart, extended: boolean): string {
  if (part.type === "multipart") return multipartStructure(part, extended);
  const params = new Map(part.params);
  if (part.type === "text" && !params.has("charset")) params.set("charset", "us-ascii");
  const fields = [
    nstring(part.type),
    nstring(part.subtype),
    paramList(params),
    nstring(headerOf(part, "content-id")),
    nstring(headerOf(part, "content-description")),
    nstring((headerOf(part, "content-transfer-encoding") || "7bit").toLowerCase()),
    String(part.body.length),
  ];
  if (part.message) fields.push(envelope(part.message), bodyStructure(part.message, extended));
  if (part.message || part.type === "text") fields.push(String(countLines(part.body)));
  if (extended) fields.push("NIL", ...extension(part));
  return `(${fields.join(" ")})`;
}

function multipartStructure(part: MimePart, extended: boolean): string {
  // The grammar wants at least one part: a multipart without any is shown with one that is empty.
  const children = part.children.map((child) => bodyStructure(child, extended)).join("") || EMPTY_PART;
  const more = extended ? ` ${paramList(part.params)} ${extension(part).join(" ")}` : "";
  return `(${children} ${nstring(part.subtype)}${more})`;
}

const EMPTY_PART = '("text" "plain" ("charset" "us-ascii") NIL NIL "7bit" 0 0)';

/** Disposition, language, location. */
function extension(part: MimePart): string[] {
  const value = headerOf(part, "content-disposition");
  const disposition = value === undefined ? undefined : parseParameterized(value);
  return [disposition ? `(${nstring(disposition.value)} ${paramList(disposition.params)})` : "NIL", "NIL", "NIL"];
}

function paramList(params: ReadonlyMap<string, string>): string {
  if (params.size === 0) return "NIL";
  return `(${[...params].map(([name, value]) => `${nstring(name)} ${nstring(value)}`).join(" ")})`;
}

function countLines(body: Buffer): number {
  let lines = 0;
  for (let at = body.indexOf(0x0a); at >= 0; at = body.indexOf(0x0a, at + 1)) lines++;
  return lines;
}
