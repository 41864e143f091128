/**
 * Bytes to text. The label is tried first; when the bytes contradict it, they win: mail is mislabelled more often than
 * valid multi-byte UTF-8 comes about by chance. Never throws. What could only be guessed is a defect.
 */
import { isAscii, isUtf8 } from "node:buffer";
import iconv from "iconv-lite";
import { decodeShifting, isShifting } from "./charset-shifting.ts";

export type Decoded = { readonly text: string; readonly defect?: string };

/** Labels that say nothing. `iso-8859-1` from old programs is windows-1252 to every client (WHATWG Encoding, section 4.2). */
const SAYS_NOTHING = new Set([
  "",
  "ascii",
  "usascii",
  "ansix341968",
  "default",
  "unknown",
  "unknown8bit",
  "xunknown",
  "8bit",
  "7bit",
  "binary",
  "none",
  "xuserdefined",
  "utf8",
  "unicode11utf8",
  "ansi",
]);

/** Names that neither the platform's decoder nor iconv-lite knows, by what they are. Compared without punctuation. */
const ALIASES: Readonly<Record<string, string>> = {
  // Outlook's name for Korean is a standard's, not an encoding's.
  ksc56011987: "euc-kr",
  ksc5601: "euc-kr",
  ksc56011989: "euc-kr",
  cp949: "euc-kr",
  uhc: "euc-kr",
  windows949: "euc-kr",
  gb231280: "gbk",
  eucgb2312cn: "gbk",
  xeuccn: "gbk",
  cp936: "gbk",
  ms936: "gbk",
  windows936: "gbk",
  cp54936: "gb18030",
  cp950: "big5",
  windows950: "big5",
  ms950: "big5",
  xbig5: "big5",
  cp932: "shift_jis",
  windows932: "shift_jis",
  mscp932: "shift_jis",
  xsjis: "shift_jis",
  cswindows31j: "shift_jis",
  xeucjp: "euc-jp",
  xeucjpms: "euc-jp",
  iso2022jp1: "iso-2022-jp",
  iso2022jp2: "iso-2022-jp",
  iso2022jpms: "iso-2022-jp",
  cp50220: "iso-2022-jp",
  cp50221: "iso-2022-jp",
  // Logical and implicit order are the reader's business; the bytes are the same (RFC 1556).
  iso88598e: "iso-8859-8",
  iso88598i: "iso-8859-8",
  iso88596e: "iso-8859-6",
  iso88596i: "iso-8859-6",
  iso885911: "windows-874",
  tis620: "windows-874",
  cp874: "windows-874",
  unicode11utf7: "utf-7",
  csunicode11utf7: "utf-7",
  xunicode20utf7: "utf-7",
  unicodeutf7: "utf-7",
  utf7: "utf-7",
  xmacroman: "macintosh",
  macroman: "macintosh",
  mac: "macintosh",
  xmaccyrillic: "maccyrillic",
  xmacce: "maccenteuro",
  latin1: "windows-1252",
  xansi: "windows-1252",
  cp1252: "windows-1252",
  latin9: "iso-8859-15",
  utf16: "utf-16",
  ucs2: "utf-16",
  unicode: "utf-16",
  iso10646ucs2: "utf-16be",
};

/**
 * Decodes the bytes of a text.
 * @param label the charset that the message states, undefined when it states none
 * @param legacy what bytes that are neither UTF-8 nor labelled are taken for; without one they become U+FFFD
 */
export function decodeText(bytes: Buffer, label: string | undefined, legacy: string | undefined): Decoded {
  const marked = byteOrderMark(bytes);
  if (marked) return { text: marked };
  const stated = plain(label ?? "");
  const known = SAYS_NOTHING.has(stated) ? undefined : decoderFor(stated, label ?? "");
  // Pure ASCII under a label that keeps ASCII as it is: nearly all mail.
  if (isAscii(bytes) && (known === undefined || !STEERS_BY_ASCII.test(stated))) return ascii(bytes, stated);
  if (known === undefined) {
    if (isUtf8(bytes)) return { text: bytes.toString("utf8") };
    const defect = SAYS_NOTHING.has(stated)
      ? "charset: not stated"
      : `charset: unknown "${(label ?? "").slice(0, 40)}"`;
    return undeclared(bytes, legacy, stated === "utf8", stated === "utf8" ? "charset: broken" : defect);
  }
  // `charset=iso-8859-1` over UTF-8: "MÃ¼ller". Two letters in UTF-8 are no accident.
  if (SINGLE_BYTE.test(stated) && isUtf8(bytes) && multiByteCount(bytes) >= 2)
    return { text: bytes.toString("utf8"), defect: `charset: stated as ${label?.slice(0, 40)}, is utf-8` };
  return { text: known(bytes) };
}

/** Charsets in which ASCII bytes mean something else: escapes, shifts, pairs. */
const STEERS_BY_ASCII =
  /^(?:utf7|unicode\d*utf7|csunicode11utf7|xunicode20utf7|unicodeutf7|iso2022|hz|cp5022|utf16|utf32|ucs|unicode|iso10646|csiso2022)/;
const SINGLE_BYTE = /^(?:iso8859|latin|windows12|cp12|xansi|usascii|macintosh|mac|koi8)/;

/** Japanese escapes stand in mail that states us-ascii or nothing: ESC $ B … ESC ( B is certain. */
function ascii(bytes: Buffer, stated: string): Decoded {
  const text = bytes.toString("latin1");
  if (SAYS_NOTHING.has(stated) && text.includes("\u001b$") && /\u001b\$[@B(]/.test(text))
    return { text: new TextDecoder("iso-2022-jp").decode(bytes), defect: "charset: not stated, is iso-2022-jp" };
  return { text };
}

/** 8-bit bytes without a usable label that are no UTF-8. A few broken characters in UTF-8 stay UTF-8. */
function undeclared(bytes: Buffer, legacy: string | undefined, saysUtf8: boolean, defect: string): Decoded {
  const utf8 = bytes.toString("utf8");
  const broken = count(utf8, "\ufffd");
  const whole = multiByteCount(bytes) - broken;
  // Where the label says UTF-8, half of the characters are enough to believe it.
  if (whole > 4 * broken || (saysUtf8 && whole > 0 && whole >= broken))
    return { text: utf8, defect: `${defect}; utf-8 with ${broken} broken characters` };
  const guess = legacy === undefined ? undefined : decoderFor(plain(legacy), legacy);
  if (!guess) return { text: utf8, defect: `${defect}; 8-bit bytes that are not utf-8 could not be read` };
  return { text: guess(bytes), defect: `${defect}; read as ${legacy}` };
}

type Decoder = (bytes: Buffer) => string;

/** The platform's decoder first (it follows what clients do), then iconv-lite (code pages, Macintosh, UTF-7), then ours. */
function decoderFor(name: string, label: string): Decoder | undefined {
  const target = ALIASES[name] ?? label.trim();
  if (isShifting(target)) return (bytes) => decodeShifting(bytes, target);
  if (target === "utf-16") return (bytes) => new TextDecoder(utf16Order(bytes)).decode(bytes);
  try {
    const decoder = new TextDecoder(target);
    return (bytes) => decoder.decode(bytes);
  } catch {
    if (!target.includes("base64") && !target.includes("hex") && iconv.encodingExists(target))
      return (bytes) => iconv.decode(bytes, target);
    return undefined;
  }
}

/** Whether anything here can read the charset. */
export function isKnownCharset(label: string): boolean {
  return SAYS_NOTHING.has(plain(label)) || decoderFor(plain(label), label) !== undefined;
}

/** Without a mark UTF-16 is big-endian (RFC 2781 section 4.3); Windows writes it the other way round. */
function utf16Order(bytes: Buffer): string {
  let even = 0;
  let odd = 0;
  for (let i = 0; i + 1 < bytes.length && i < 2000; i += 2) {
    if (bytes[i] === 0) even++;
    if (bytes[i + 1] === 0) odd++;
  }
  return odd > even ? "utf-16le" : "utf-16be";
}

function byteOrderMark(bytes: Buffer): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return bytes.toString("utf8", 3);
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  return undefined;
}

function plain(label: string): string {
  return label
    .slice(0, 60)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "");
}

/** How many characters of more than one byte begin here: bytes 110xxxxx and up. */
function multiByteCount(bytes: Buffer): number {
  let n = 0;
  for (let i = 0; i < bytes.length && i < 1_000_000; i++) if ((bytes[i] as number) >= 0xc2) n++;
  return n;
}

function count(text: string, char: string): number {
  let n = 0;
  for (let at = text.indexOf(char); at >= 0; at = text.indexOf(char, at + 1)) n++;
  return n;
}
