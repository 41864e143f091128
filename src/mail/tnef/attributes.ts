/**
 * The outer layer of a TNEF stream: a signature, a key, and attributes one after the other (MS-OXTNEF section 2.1.3).
 * A cut or broken stream gives the attributes up to the break, the last one as far as it goes.
 */
import { complain, type Budget } from "./limits.ts";

/** MS-OXTNEF section 2.1.3.2: 0x223E9F78, little-endian. */
export const SIGNATURE = Buffer.from([0x78, 0x9f, 0x3e, 0x22]);
/** Level, id, length before the value; checksum behind it. */
const HEAD = 9;
const CHECKSUM = 2;

/** Attribute ids without the type in their upper half: writers disagree on types, never on ids (MS-OXTNEF 2.1.3.3). */
export const ATTRIBUTE = {
  from: 0x8000,
  subject: 0x8004,
  dateSent: 0x8005,
  dateReceived: 0x8006,
  messageClass: 0x8008,
  body: 0x800c,
  attachData: 0x800f,
  attachTitle: 0x8010,
  attachTransportFilename: 0x9001,
  attachRendData: 0x9002,
  messageProperties: 0x9003,
  recipientTable: 0x9004,
  attachProperties: 0x9005,
  oemCodePage: 0x9007,
} as const;

export type Attribute = {
  readonly level: "message" | "attachment";
  readonly id: number;
  /** A view into the stream, not a copy. */
  readonly value: Buffer;
};

/** Whether the bytes begin as TNEF does. */
export function hasSignature(bytes: Buffer): boolean {
  return bytes.length >= SIGNATURE.length && bytes.compare(SIGNATURE, 0, 4, 0, 4) === 0;
}

export type AttributeList = {
  readonly attributes: readonly Attribute[];
  /** False when the stream breaks off or goes on with something else. */
  readonly whole: boolean;
};

/** Reads the attributes of a stream that has the signature. */
export function readAttributes(bytes: Buffer, budget: Budget): AttributeList {
  const attributes: Attribute[] = [];
  const broken = (why: string): AttributeList => {
    complain(budget, why);
    return { attributes, whole: false };
  };
  let at = SIGNATURE.length + 2;
  while (at < bytes.length) {
    const level = bytes[at];
    if (level !== 1 && level !== 2)
      return padding(bytes, at) ? { attributes, whole: true } : broken(`no attribute at byte ${at}`);
    if (at + HEAD > bytes.length) return broken("the stream ends within an attribute's head");
    if (budget.attributes-- <= 0) return broken("too many attributes, the rest is not read");
    const length = bytes.readUInt32LE(at + 5);
    const end = at + HEAD + length;
    const value = bytes.subarray(at + HEAD, end);
    attributes.push({ level: level === 1 ? "message" : "attachment", id: bytes.readUInt16LE(at + 1), value });
    if (end > bytes.length) return broken("the stream ends within an attribute");
    if (end + CHECKSUM > bytes.length) return broken("the stream ends before a checksum");
    if (bytes.readUInt16LE(end) !== checksum(value)) complain(budget, "a checksum is wrong");
    at = end + CHECKSUM;
  }
  return { attributes, whole: true };
}

/** Zeros or line ends behind the last attribute come from transports that fill up blocks or add a line. */
function padding(bytes: Buffer, from: number): boolean {
  for (let i = from; i < bytes.length; i++) {
    const byte = bytes[i];
    if (byte !== 0 && byte !== 0x0d && byte !== 0x0a && byte !== 0x1a) return false;
  }
  return true;
}

/** MS-OXTNEF section 2.1.3.3: the sum of the bytes, modulo 65536. */
function checksum(value: Buffer): number {
  let sum = 0;
  for (let i = 0; i < value.length; i++) sum = (sum + (value[i] as number)) | 0;
  return sum & 0xffff;
}
