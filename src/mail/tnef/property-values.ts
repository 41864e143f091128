/** The properties that are read, by their names in MS-OXPROPS, and their values as plain ones. */
import { decodeCodePage } from "./code-page.ts";
import { TYPE, type Properties } from "./properties.ts";

/** Property ids (MS-OXPROPS section 2, "PidTag…"). */
export const TAG = {
  messageClass: 0x001a,
  subject: 0x0037,
  clientSubmitTime: 0x0039,
  sentRepresentingName: 0x0042,
  sentRepresentingAddressType: 0x0064,
  sentRepresentingAddress: 0x0065,
  recipientType: 0x0c15,
  senderName: 0x0c1a,
  senderAddressType: 0x0c1e,
  senderAddress: 0x0c1f,
  deliveryTime: 0x0e06,
  body: 0x1000,
  reportText: 0x1001,
  rtfCompressed: 0x1009,
  html: 0x1013,
  internetMessageId: 0x1035,
  displayName: 0x3001,
  addressType: 0x3002,
  address: 0x3003,
  smtpAddress: 0x39fe,
  internetCodePage: 0x3fde,
  attachData: 0x3701,
  attachFilename: 0x3704,
  attachMethod: 0x3705,
  attachLongFilename: 0x3707,
  attachMimeTag: 0x370e,
  attachContentId: 0x3712,
  attachFlags: 0x3714,
  senderSmtpAddress: 0x5d01,
  sentRepresentingSmtpAddress: 0x5d02,
  attachmentHidden: 0x7ffe,
} as const;

/** Names, subjects and addresses are short; in bytes. */
const MAX_SHORT = 8000;

/** A string without its closing NUL; undefined when it is missing or empty. `codePage` is for strings that are not Unicode. */
export function textOf(properties: Properties, tag: number, codePage: number, most = MAX_SHORT): string | undefined {
  const property = properties.get(tag);
  if (!property) return undefined;
  const bytes = property.value.subarray(0, most);
  if (property.type === TYPE.string8) return stringOf(bytes, codePage);
  return property.type === TYPE.unicode ? beforeNul(bytes.toString("utf16le")) : undefined;
}

/** Bytes of a code page up to a NUL; undefined when that is nothing. */
export function stringOf(bytes: Buffer, codePage: number): string | undefined {
  const end = bytes.indexOf(0);
  return beforeNul(decodeCodePage(end < 0 ? bytes : bytes.subarray(0, end), codePage));
}

function beforeNul(text: string): string | undefined {
  const end = text.indexOf("\0");
  return (end < 0 ? text : text.slice(0, end)) || undefined;
}

/** A whole number or a boolean (0 or 1). */
export function numberOf(properties: Properties, tag: number): number | undefined {
  const property = properties.get(tag);
  if (!property || property.value.length < 2) return undefined;
  if (property.type === TYPE.int32 && property.value.length >= 4) return property.value.readUInt32LE(0);
  if (property.type === TYPE.boolean) return property.value.readUInt16LE(0) === 0 ? 0 : 1;
  return property.type === TYPE.int16 ? property.value.readUInt16LE(0) : undefined;
}

/** Milliseconds from 1601 to 1970. */
const EPOCH_1601 = 11_644_473_600_000n;

/** UTC milliseconds. A FILETIME counts 100 ns from 1601 (MS-DTYP section 2.3.3); one outside 1970 to 2200 is no date of a mail. */
export function timeOf(properties: Properties, tag: number): number | undefined {
  const property = properties.get(tag);
  if (property?.type !== TYPE.time || property.value.length < 8) return undefined;
  const milliseconds = Number(property.value.readBigUInt64LE(0) / 10_000n - EPOCH_1601);
  return milliseconds > 0 && milliseconds < Date.UTC(2200, 0) ? milliseconds : undefined;
}

/** Bytes of a binary value or an object. */
export function bytesOf(properties: Properties, tag: number): Buffer | undefined {
  const property = properties.get(tag);
  return property?.type === TYPE.binary || property?.type === TYPE.object ? property.value : undefined;
}
