/**
 * PidTagRtfCompressed to RTF (MS-OXRTFCP). LZFu refers back into a window of 4096 bytes that begins with common RTF;
 * MELA is not compressed. What was cut off gives what was read, a wrong checksum is only noted.
 */
import { crc32 } from "node:zlib";
import { complain, type Budget } from "../limits.ts";

/** MS-OXRTFCP section 2.1.2.1: what the window holds before the first byte. */
const PRESET =
  "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor " +
  "MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";
const WINDOW = 4096;
/** Compressed size, raw size, type, checksum (MS-OXRTFCP section 2.1.3.1.1). */
const HEADER = 16;
const LZFU = 0x75465a4c;
const MELA = 0x414c454d;

/** @returns RTF, undefined when the bytes are none; takes its size from the budget */
export function decompressRtf(bytes: Buffer, budget: Budget): Buffer | undefined {
  // Some writers leave the header out.
  if (bytes.subarray(0, 5).toString("latin1") === "{\\rtf") return take(bytes, budget);
  if (bytes.length < HEADER) return void (bytes.length > 0 && complain(budget, "rtf: too short"));
  // The size counts from behind its own field.
  const end = Math.min(bytes.length, bytes.readUInt32LE(0) + 4);
  const rawSize = bytes.readUInt32LE(4);
  const packed = bytes.subarray(HEADER, end < HEADER ? bytes.length : end);
  const type = bytes.readUInt32LE(8);
  if (type === MELA) return take(packed.subarray(0, rawSize), budget);
  if (type !== LZFU) return void complain(budget, "rtf: neither LZFu nor MELA");
  if (bytes.readUInt32LE(0) + 4 > bytes.length) complain(budget, "rtf: cut off");
  else if (checksum(packed) !== bytes.readUInt32LE(12)) complain(budget, "rtf: the checksum is wrong");
  const { rtf, ended } = unpack(packed, budget.rtf);
  // Behind text without an end mark stands padding, which unpacks to nonsense.
  const kept = !ended && rawSize > 0 && rtf.length > rawSize ? rtf.subarray(0, rawSize) : rtf;
  if (kept.length !== rawSize) complain(budget, "rtf: not as long as it says");
  return take(kept, budget);
}

function take(rtf: Buffer, budget: Budget): Buffer {
  if (rtf.length >= budget.rtf && rtf.length > 0) complain(budget, "rtf: too large, cut");
  const kept = rtf.subarray(0, budget.rtf);
  budget.rtf -= kept.length;
  return kept;
}

/** CRC-32 from zero and without the closing inversion (MS-OXRTFCP section 2.1.3.2), made from the usual one. */
function checksum(bytes: Buffer): number {
  return ~crc32(bytes, 0xffffffff) >>> 0;
}

/** MS-OXRTFCP section 2.2.2.1: a byte of flags, then eight times a literal byte or a reference of two bytes. */
function unpack(packed: Buffer, most: number): { rtf: Buffer; ended: boolean } {
  // Two bytes give at most 17.
  const rtf = Buffer.allocUnsafe(Math.min(most, packed.length * 9 + 17));
  const window = Buffer.alloc(WINDOW);
  let write = window.write(PRESET, "latin1");
  let size = 0;
  let at = 0;
  const put = (byte: number): void => {
    rtf[size++] = byte;
    window[write] = byte;
    write = (write + 1) % WINDOW;
  };
  while (at < packed.length && size < rtf.length) {
    const flags = packed[at++] as number;
    for (let bit = 0; bit < 8 && at < packed.length && size < rtf.length; bit++) {
      if ((flags & (1 << bit)) === 0) {
        put(packed[at++] as number);
        continue;
      }
      if (at + 2 > packed.length) return { rtf: rtf.subarray(0, size), ended: false };
      const reference = packed.readUInt16BE(at);
      at += 2;
      let read = reference >>> 4;
      // A reference to the place of writing is the end mark.
      if (read === write) return { rtf: rtf.subarray(0, size), ended: true };
      for (let left = (reference & 0xf) + 2; left > 0 && size < rtf.length; left--) {
        put(window[read] as number);
        read = (read + 1) % WINDOW;
      }
    }
  }
  return { rtf: rtf.subarray(0, size), ended: false };
}
