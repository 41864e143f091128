/**
 * Thread-Index: how Outlook and Exchange keep a conversation together, whatever became of References on the way. It is the
 * base64 of PidTagConversationIndex, [MS-OXOMSG] section 2.2.1.3: a header of 22 bytes, which all mails of a conversation
 * share, and 5 bytes for every step below it.
 */
import { createHash } from "node:crypto";

/** FILETIME counts 100 ns from 1601-01-01 ([MS-DTYP] section 2.3.3); 1970 in its milliseconds. */
const UNIX_EPOCH_MS = 11_644_473_600_000n;
const TICKS_A_MS = 10_000n;
/** The header holds the high 40 bits of 64. */
const HEADER_DROPS = 24n;
/** Set in a difference of more than 1.7 years: the 7 bits over those that a fine time delta can hold. */
const LONG = 0xfe_0000n << 32n;

const fileTime = (at: number): bigint => (BigInt(Math.trunc(at)) + UNIX_EPOCH_MS) * TICKS_A_MS;

/**
 * The index of a mail that answers the first one of its conversation.
 * @param thread names the conversation, the same for all of its mails: our made-up root id
 * @param beganAt when the conversation began, UTC milliseconds
 * @param at when this mail was written, UTC milliseconds; not before `beganAt`
 */
export function threadIndex(thread: string, beganAt: number, at: number): string {
  const began = (fileTime(beganAt) >> HEADER_DROPS) << HEADER_DROPS;
  const header = Buffer.alloc(22);
  header.writeUInt8(1, 0);
  header.writeBigUInt64BE(began, 1);
  // Big-endian, as the GUID's fields are stored here. It is the same for everybody who is told of the conversation.
  createHash("sha256").update(`thread:${thread}`).digest().copy(header, 6, 0, 16);
  return Buffer.concat([header, responseLevel(began, fileTime(Math.max(at, beganAt)), thread)]).toString("base64");
}

/**
 * Delta code (1 bit), time delta (31), random (4) and response level (4, which is 0). The fifth byte is made from thread and
 * time: the same mail has to have the same bytes.
 */
function responseLevel(began: bigint, at: bigint, thread: string): Buffer {
  const difference = at - began;
  const long = (difference & LONG) !== 0n;
  const delta = (difference >> (long ? 23n : 18n)) & 0x7fff_ffffn;
  const level = Buffer.alloc(5);
  level.writeUInt32BE(Number(delta | (long ? 0x8000_0000n : 0n)), 0);
  level.writeUInt8((createHash("sha256").update(`${thread}:${at}`).digest()[0] as number) & 0xf0, 4);
  return level;
}
