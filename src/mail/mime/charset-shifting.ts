/**
 * Charsets that shift between tables, which neither the platform nor iconv-lite reads well: UTF-7 (RFC 2152), HZ (RFC 1843), ISO-2022-KR
 * (RFC 1557) and the GB half of ISO-2022-CN (RFC 1922). Their double bytes are those of GBK and EUC-KR with the high bits
 * off; the bits are turned on again and the bytes read as those.
 */

const SHIFTING = /^(?:utf-7|hz|hz-gb-?2312|csiso2022kr|iso-?2022-?kr|iso-?2022-?cn(?:-ext)?)$/i;

export function isShifting(label: string): boolean {
  return SHIFTING.test(label);
}

/** @param label one that isShifting knows */
export function decodeShifting(bytes: Buffer, label: string): string {
  if (/^utf-7$/i.test(label)) return decodeUtf7(bytes);
  if (/^hz/i.test(label)) return decodeHz(bytes);
  return decodeIso2022(bytes, /kr$/i.test(label) ? "euc-kr" : "gbk");
}

/** RFC 2152: `+` begins base64 of UTF-16, `-` or any other character ends it; `+-` is a plus. One pass over the bytes. */
function decodeUtf7(bytes: Buffer): string {
  const out = new Uint16Array(bytes.length);
  let length = 0;
  let i = 0;
  while (i < bytes.length) {
    const byte = bytes[i++] as number;
    if (byte !== PLUS) {
      out[length++] = byte;
      continue;
    }
    let bits = 0;
    let count = 0;
    const start = i;
    for (let value = base64Value(bytes[i]); value >= 0; value = base64Value(bytes[++i])) {
      bits = ((bits << 6) | value) & 0x3fffff;
      count += 6;
      if (count >= 16) {
        count -= 16;
        out[length++] = (bits >> count) & 0xffff;
      }
    }
    if (i === start) out[length++] = PLUS;
    if (bytes[i] === MINUS) i++;
  }
  return new TextDecoder("utf-16le").decode(out.subarray(0, length));
}

const PLUS = 0x2b;
const MINUS = 0x2d;
const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const BASE64_VALUES = Int8Array.from({ length: 256 }, (_, code) => BASE64.indexOf(String.fromCharCode(code)));

function base64Value(byte: number | undefined): number {
  return byte === undefined ? -1 : (BASE64_VALUES[byte] as number);
}

/** RFC 1843: `~{` begins GB pairs, `~}` ends them, `~~` is a tilde, `~` at a line's end joins lines. */
function decodeHz(bytes: Buffer): string {
  const out = Buffer.alloc(bytes.length);
  let length = 0;
  let shifted = false;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] as number;
    const next = bytes[i + 1];
    if (byte === TILDE && (shifted ? next === CLOSE : next === OPEN)) {
      shifted = !shifted;
      i++;
    } else if (byte === TILDE && !shifted && (next === TILDE || next === LINE_FEED)) {
      if (next === TILDE) out[length++] = TILDE;
      i++;
    } else out[length++] = shifted ? withHighBit(byte) : byte;
  }
  return new TextDecoder("gbk").decode(out.subarray(0, length));
}

const TILDE = 0x7e;
const OPEN = 0x7b;
const CLOSE = 0x7d;
const LINE_FEED = 0x0a;

/** SO (0x0e) begins double bytes, SI (0x0f) ends them; the designations `ESC $ ) C` are left out. */
function decodeIso2022(bytes: Buffer, pairs: "euc-kr" | "gbk"): string {
  const out = Buffer.alloc(bytes.length);
  let length = 0;
  let shifted = false;
  for (const byte of bytes) {
    if (byte === 0x0e || byte === 0x0f) shifted = byte === 0x0e;
    else out[length++] = shifted ? withHighBit(byte) : byte;
  }
  return new TextDecoder(pairs).decode(out.subarray(0, length)).replace(/\u001b\$[)*+]?[A-Z]/g, "");
}

/** Line ends and blanks inside a shifted run stay what they are. */
function withHighBit(byte: number): number {
  return byte > 0x20 && byte < 0x7f ? byte | 0x80 : byte;
}
