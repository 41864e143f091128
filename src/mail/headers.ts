/**
 * The header block, read from the raw bytes: exact order, every repetition, nothing decoded (RFC 5322 section 2.2).
 * The trust decisions (who wrote which Authentication-Results above which Received) need exactly this order,
 * so they never rest on a library's map of headers.
 */
import { isUtf8 } from "node:buffer";
import { decodeText } from "./mime/charset.ts";
import type { HeaderField } from "./types.ts";

/** Real mail stays under 200 fields; past this a message is hostile or broken, and the cut is a defect. */
const MAX_FIELDS = 1000;
/** One value, in bytes. A References line of a long thread is about 20 kB. */
const MAX_VALUE_BYTES = 64 * 1024;
/** All kept values together, in bytes. */
const MAX_TOTAL_BYTES = 512 * 1024;

/** The defect that says that fields are missing: whoever judges safety from headers must then say no. */
export const HEADERS_CUT = "headers: too many or too large, the rest was left out";

export type HeaderBlock = {
  readonly fields: readonly HeaderField[];
  /** Byte at which the body begins. */
  readonly bodyOffset: number;
  readonly defects: readonly string[];
};

const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const TAB = 0x09;

/**
 * Reads the header block of a message (or of a part of a report).
 * @param raw the bytes of the message, line ends CRLF or LF
 * @param legacy charset of raw 8-bit bytes that are no UTF-8; without one they become U+FFFD
 * @returns fields in order, names in lower case, values unfolded (RFC 5322 section 2.2.3) and still encoded
 */
export function readHeaders(raw: Buffer, legacy?: string): HeaderBlock {
  const fields: HeaderField[] = [];
  const defects = new Set<string>();
  let open: { name: string; lines: Buffer[]; bytes: number } | undefined;
  let total = 0;
  let offset = 0;

  const close = (): void => {
    if (open) fields.push({ name: open.name, value: fieldText(open.lines, legacy) });
    open = undefined;
  };

  while (offset < raw.length) {
    const lineFeed = raw.indexOf(LF, offset);
    const next = lineFeed < 0 ? raw.length : lineFeed + 1;
    const line = trimLineEnd(raw.subarray(offset, next));
    const first = offset === 0;
    offset = next;
    if (line.length === 0) break;
    if (line[0] === SPACE || line[0] === TAB) {
      if (!open) continue;
      open.bytes += line.length;
      total += line.length;
      if (open.bytes <= MAX_VALUE_BYTES && total <= MAX_TOTAL_BYTES) open.lines.push(line);
      else defects.add(HEADERS_CUT);
      continue;
    }
    close();
    const name = fieldName(line);
    if (name === undefined) {
      // An mbox "From " line before the first field is a file format's, not the message's.
      if (!(first && line.subarray(0, 5).toString("latin1") === "From "))
        defects.add("headers: a line that is no field");
      continue;
    }
    total += line.length;
    if (fields.length >= MAX_FIELDS || total > MAX_TOTAL_BYTES) {
      defects.add(HEADERS_CUT);
      continue;
    }
    const value = line.subarray(line.indexOf(0x3a) + 1);
    if (value.length > MAX_VALUE_BYTES) defects.add(HEADERS_CUT);
    open = { name, lines: [value.subarray(0, MAX_VALUE_BYTES)], bytes: value.length };
  }
  close();
  return { fields, bodyOffset: offset, defects: [...defects] };
}

/** Values of every field of that name (lower case), topmost first. */
export function headerValues(fields: readonly HeaderField[], name: string): string[] {
  return fields.filter((field) => field.name === name).map((field) => field.value);
}

/** Value of the topmost field of that name, undefined when there is none. */
export function headerValue(fields: readonly HeaderField[], name: string): string | undefined {
  return fields.find((field) => field.name === name)?.value;
}

/** Whether any field has that name. */
export function hasHeader(fields: readonly HeaderField[], name: string): boolean {
  return fields.some((field) => field.name === name);
}

/** RFC 5322 section 2.2: printable ASCII but the colon. Old mail has white space before it (section 4.5). */
function fieldName(line: Buffer): string | undefined {
  const colon = line.subarray(0, 200).indexOf(0x3a);
  if (colon <= 0) return undefined;
  const name = line.subarray(0, colon).toString("latin1").trimEnd();
  return /^[!-9;-~]+$/.test(name) ? name.toLowerCase() : undefined;
}

function trimLineEnd(line: Buffer): Buffer {
  let end = line.length;
  if (end > 0 && line[end - 1] === LF) end--;
  if (end > 0 && line[end - 1] === CR) end--;
  return line.subarray(0, end);
}

/** Raw 8-bit headers are UTF-8 (RFC 6532) or, in old mail, the charset of the program that wrote them. */
function fieldText(lines: readonly Buffer[], legacy: string | undefined): string {
  const bytes = lines.length === 1 ? (lines[0] as Buffer) : Buffer.concat(lines);
  if (isUtf8(bytes)) return bytes.toString("utf8").trim();
  return decodeText(withEncodedBytes(bytes), undefined, legacy).text.trim();
}

/** `=?iso-8859-1?Q?Fr\xf6sche?=`: a raw byte inside an encoded word is in that word's charset, so it is encoded as such. */
function withEncodedBytes(bytes: Buffer): Buffer {
  const text = bytes.toString("latin1");
  if (!text.includes("=?")) return bytes;
  const encoded = text.replace(/=\?[^?\s]{1,100}\?q\?[^?]{0,2000}\?=/gi, (word) =>
    word.replace(/[\u0080-\u00ff]/g, (char) => `=${char.charCodeAt(0).toString(16)}`),
  );
  return Buffer.from(encoded, "latin1");
}
