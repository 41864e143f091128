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

/** RFC 2152: `+` begins base64 of UTF-16, big-endian; `-` ends it; `+-` is a plus. iconv-lite takes half a second for a megabyte. */
function decodeUtf7(bytes: Buffer): string {
  const utf16 = new TextDecoder("utf-16be");
  return bytes.toString("latin1").replace(/\+([A-Za-z0-9+/]*)-?/g, (whole, run: string) => {
    if (run === "") return whole === "+-" ? "+" : whole;
    const decoded = Buffer.from(run, "base64");
    return utf16.decode(decoded.subarray(0, decoded.length & ~1));
  });
}

/** RFC 1843: `~{` begins GB pairs, `~}` ends them, `~~` is a tilde, `~` at a line's end joins lines. */
function decodeHz(bytes: Buffer): string {
  const gbk = new TextDecoder("gbk");
  const out: string[] = [];
  let i = 0;
  while (i < bytes.length) {
    const tilde = bytes.indexOf(0x7e, i);
    if (tilde < 0) break;
    out.push(bytes.toString("latin1", i, tilde));
    const next = bytes[tilde + 1];
    i = tilde + 2;
    if (next === 0x7e) out.push("~");
    else if (next === 0x7b) {
      const close = bytes.indexOf("~}", i, "latin1");
      const end = close < 0 ? bytes.length : close;
      out.push(gbk.decode(withHighBits(bytes.subarray(i, end))));
      i = close < 0 ? bytes.length : close + 2;
    } else if (next !== 0x0a) out.push("~", next === undefined ? "" : String.fromCharCode(next));
  }
  out.push(bytes.toString("latin1", i));
  return out.join("");
}

/** SO (0x0e) begins double bytes, SI (0x0f) ends them; the designations `ESC $ ) C` are left out. */
function decodeIso2022(bytes: Buffer, pairs: "euc-kr" | "gbk"): string {
  const decoder = new TextDecoder(pairs);
  const out: string[] = [];
  let i = 0;
  while (i < bytes.length) {
    const out0 = bytes.indexOf(0x0e, i);
    out.push(withoutEscapes(bytes.toString("latin1", i, out0 < 0 ? bytes.length : out0)));
    if (out0 < 0) break;
    const si = bytes.indexOf(0x0f, out0);
    const end = si < 0 ? bytes.length : si;
    out.push(decoder.decode(withHighBits(bytes.subarray(out0 + 1, end))));
    i = end + 1;
  }
  return out.join("");
}

function withoutEscapes(text: string): string {
  return text.replace(/\u001b\$[)*+]?[A-Z]/g, "");
}

/** Line ends and blanks inside a shifted run stay what they are. */
function withHighBits(bytes: Buffer): Buffer {
  return Buffer.from(bytes.map((byte) => (byte > 0x20 && byte < 0x7f ? byte | 0x80 : byte)));
}
