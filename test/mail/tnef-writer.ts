/** Writes winmail.dat as Outlook would (MS-OXTNEF, MS-OXRTFCP), and wrongly where a test asks for it. */
import { crc32 } from "node:zlib";

const uint16 = (value: number): Buffer => {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
};
const uint32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
};
/** Filled up to a multiple of four. */
const padded = (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);

/** A stream of attributes. */
export function tnef(...attributes: readonly Buffer[]): Buffer {
  return Buffer.concat([uint32(0x223e9f78), uint16(7), ...attributes]);
}

/** One attribute; `checksum` is the right one unless given. */
export function attribute(level: "message" | "attachment", id: number, value: Buffer, checksum?: number): Buffer {
  const sum = checksum ?? value.reduce((total, byte) => (total + byte) & 0xffff, 0);
  return Buffer.concat([
    Buffer.from([level === "message" ? 1 : 2]),
    uint16(id),
    uint16(6),
    uint32(value.length),
    value,
    uint16(sum),
  ]);
}

export const oemCodePage = (codePage: number): Buffer =>
  attribute("message", 0x9007, Buffer.concat([uint32(codePage), uint32(0)]));
export const messageProperties = (...list: readonly Buffer[]): Buffer => attribute("message", 0x9003, properties(...list));
export const renderingData = (): Buffer =>
  attribute("attachment", 0x9002, Buffer.from([1, 0, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0]));
export const title = (name: string): Buffer => attribute("attachment", 0x8010, Buffer.from(`${name}\0`, "latin1"));
export const content = (bytes: Buffer): Buffer => attribute("attachment", 0x800f, bytes);
export const attachmentProperties = (...list: readonly Buffer[]): Buffer =>
  attribute("attachment", 0x9005, properties(...list));
export const recipients = (...rows: readonly (readonly Buffer[])[]): Buffer =>
  attribute("message", 0x9004, Buffer.concat([uint32(rows.length), ...rows.map((row) => properties(...row))]));

/** A list of properties. */
export function properties(...list: readonly Buffer[]): Buffer {
  return Buffer.concat([uint32(list.length), ...list]);
}

const head = (id: number, type: number): Buffer => Buffer.concat([uint16(type), uint16(id)]);
const variable = (...values: readonly Buffer[]): Buffer =>
  Buffer.concat([uint32(values.length), ...values.flatMap((value) => [uint32(value.length), padded(value)])]);

export const unicode = (id: number, ...texts: readonly string[]): Buffer =>
  Buffer.concat([
    head(id, texts.length > 1 ? 0x101f : 0x001f),
    variable(...texts.map((text) => Buffer.from(`${text}\0`, "utf16le"))),
  ]);
/** A string of bytes in the stream's code page, given as latin1. */
export const string8 = (id: number, text: string): Buffer =>
  Buffer.concat([head(id, 0x001e), variable(Buffer.from(`${text}\0`, "latin1"))]);
export const binary = (id: number, bytes: Buffer): Buffer => Buffer.concat([head(id, 0x0102), variable(bytes)]);
export const object = (id: number, bytes: Buffer): Buffer => Buffer.concat([head(id, 0x000d), variable(bytes)]);
export const int32 = (id: number, value: number): Buffer => Buffer.concat([head(id, 0x0003), uint32(value)]);
export const int32s = (id: number, ...values: readonly number[]): Buffer =>
  Buffer.concat([head(id, 0x1003), uint32(values.length), ...values.map(uint32)]);
export const boolean = (id: number, value: boolean): Buffer =>
  Buffer.concat([head(id, 0x000b), uint32(value ? 1 : 0)]);
export const guid = (id: number): Buffer => Buffer.concat([head(id, 0x0048), Buffer.alloc(16, 5)]);
/** UTC milliseconds as a FILETIME. */
export function time(id: number, milliseconds: number): Buffer {
  const value = Buffer.alloc(8);
  value.writeBigUInt64LE((BigInt(milliseconds) + 11_644_473_600_000n) * 10_000n);
  return Buffer.concat([head(id, 0x0040), value]);
}
/** A property that a GUID and a number or a name identify; its id only holds in this stream. */
export function named(id: number, name: number | string, value: string): Buffer {
  const set = Buffer.alloc(16, 3);
  const text = typeof name === "string" ? Buffer.from(`${name}\0`, "utf16le") : Buffer.alloc(0);
  const kind =
    typeof name === "string" ? Buffer.concat([uint32(1), uint32(text.length), padded(text)]) : Buffer.concat([uint32(0), uint32(name)]);
  return Buffer.concat([head(id, 0x001f), set, kind, variable(Buffer.from(`${value}\0`, "utf16le"))]);
}

/** attFrom: `Maria Santos`, `SMTP:maria@home.example`. */
export function fromTriple(name: string, address: string): Buffer {
  const [who, where] = [Buffer.from(`${name}\0`, "latin1"), Buffer.from(`${address}\0`, "latin1")];
  const sizes = [4, 16 + who.length + where.length, who.length, where.length].map(uint16);
  return attribute("message", 0x8000, Buffer.concat([...sizes, who, where, Buffer.alloc(8)]));
}
/** attSubject, attBody, attMessageClass … */
export const stringAttribute = (id: number, text: string): Buffer =>
  attribute("message", id, Buffer.from(`${text}\0`, "latin1"));
/** attDateSent and its like: UTC. */
export function dateAttribute(id: number, ...parts: readonly number[]): Buffer {
  return attribute("message", id, Buffer.concat([...parts, 0].map(uint16)));
}

/** A file as Outlook writes it: old attributes and properties. */
export function file(name: string, bytes: Buffer, ...more: readonly Buffer[]): Buffer[] {
  return [
    renderingData(),
    title(name.replace(/[^\x20-\x7e]/g, "_").slice(0, 12)),
    content(bytes),
    attachmentProperties(int32(0x3705, 1), unicode(0x3707, name), ...more),
  ];
}

/** A message as an attachment: a stream in an object behind the GUID of IMessage. */
export function attachedMessage(name: string, stream: Buffer): Buffer[] {
  const iid = Buffer.from("0703020000000000c000000000000046", "hex");
  return [
    renderingData(),
    title("Untitled Attachment"),
    content(Buffer.from("This attachment cannot be shown here.")),
    attachmentProperties(int32(0x3705, 5), unicode(0x3001, name), object(0x3701, Buffer.concat([iid, stream]))),
  ];
}

const PRESET =
  "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";

/** PidTagRtfCompressed, with the longest references that the window allows. */
export function compress(rtf: string): Buffer {
  const text = `${PRESET}${rtf}`;
  const packed: number[] = [];
  let flags = 0;
  let flagsAt = 0;
  let token = 0;
  const next = (reference: boolean, ...bytes: readonly number[]): void => {
    if (token % 8 === 0) [flags, flagsAt] = [0, packed.push(0) - 1];
    if (reference) flags |= 1 << (token % 8);
    packed[flagsAt] = flags;
    packed.push(...bytes);
    token++;
  };
  let at = PRESET.length;
  while (at < text.length) {
    let length = 17;
    let found = -1;
    for (; length >= 2 && found < 0; length--) {
      if (at + length > text.length) continue;
      found = text.slice(Math.max(0, at - 4000), at).lastIndexOf(text.slice(at, at + length));
      if (found >= 0) break;
    }
    if (found < 0) next(false, text.charCodeAt(at++));
    else {
      const reference = (((Math.max(0, at - 4000) + found) % 4096) << 4) | (length - 2);
      next(true, reference >> 8, reference & 0xff);
      at += length;
    }
  }
  const end = (at % 4096) << 4;
  next(true, end >> 8, end & 0xff);
  return rtfContainer(Buffer.from(packed), rtf.length, 0x75465a4c);
}

/** The header of compressed RTF around bytes of any kind. */
export function rtfContainer(packed: Buffer, rawSize: number, type: number, checksum?: number): Buffer {
  const crc = checksum ?? ~crc32(packed, 0xffffffff) >>> 0;
  return Buffer.concat([uint32(packed.length + 12), uint32(rawSize), uint32(type), uint32(crc), packed]);
}
