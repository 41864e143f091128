/**
 * Encoded words in headers (RFC 2047), read tolerantly: split characters, raw 8-bit bytes and unknown charsets
 * give readable text instead of an error. The result never holds a control character, so it is safe on one line.
 */
import { decodeText } from "./mime/charset.ts";

const EMPTY = Buffer.alloc(0);

/**
 * A word of RFC 2047 section 2, its language by RFC 2231 section 5. In the text `?` and `=` may stand raw (`=?utf-8?q?Really??=`), but
 * neither the end of the word nor the beginning of the next. Bounded, so that a storm of `=?` stays linear.
 */
const ENCODED_WORD = /=\?([^?\s*]{1,60})(?:\*[^?\s]{0,40})?\?([bq])\?((?:[^?=]|=(?!\?[^=])|\?(?!=)){0,2000})\?=/gi;

type Word = { readonly charset: string; readonly encoding: string; text: string; before: Buffer };

/**
 * Decodes the encoded words of an unstructured header value or a display name.
 * White space between two adjacent encoded words is dropped (RFC 2047 section 6.2). Adjacent words of one charset are
 * joined as bytes first, because many mailers split a character between them, which section 5 forbids.
 */
export function decodeWords(value: string): string {
  let out = "";
  let pending: Word | undefined;
  let end = 0;
  for (const match of value.matchAll(ENCODED_WORD)) {
    const between = value.slice(end, match.index);
    const word: Word = {
      charset: (match[1] as string).toLowerCase(),
      encoding: (match[2] as string).toLowerCase(),
      text: match[3] as string,
      before: EMPTY,
    };
    end = match.index + match[0].length;
    if (pending && between.trim() === "") {
      if (pending.charset === word.charset) {
        joinTo(pending, word);
        pending = word;
        continue;
      }
      out += decodeWord(pending);
    } else {
      if (pending) out += decodeWord(pending);
      out += between;
    }
    pending = word;
  }
  if (pending) out += decodeWord(pending);
  return oneLine(out + value.slice(end));
}

/** Control characters (line ends above all) become spaces: what is shown or mailed on must stay one line. */
export function oneLine(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, " ").trim();
}

/** The word before goes into this one: as bytes, or as text when it breaks off within a group of base64. */
function joinTo(before: Word, word: Word): void {
  const broken = before.encoding === "b" && word.encoding === "b" && /^[^=]*$/.test(before.text);
  if (broken && before.text.replace(/\s+/g, "").length % 4 !== 0) {
    word.before = before.before;
    word.text = before.text + word.text;
  } else word.before = bytesOf(before);
}

function bytesOf(word: Word): Buffer {
  const own = wordBytes(word.encoding, word.text);
  return word.before.length === 0 ? own : Buffer.concat([word.before, own]);
}

/** An unknown charset is read as UTF-8 when the bytes are, else as what most unlabelled mail is written in. */
function decodeWord(word: Word): string {
  return decodeText(bytesOf(word), word.charset, "windows-1252").text;
}

/** RFC 2047 section 4: B is base64, Q is quoted-printable with `_` for a space. */
function wordBytes(encoding: string, text: string): Buffer {
  if (encoding === "b") return Buffer.from(text, "base64");
  const raw = Buffer.from(text, "utf8");
  const bytes = Buffer.alloc(raw.length);
  let length = 0;
  for (let i = 0; i < raw.length; i++) {
    const hex = raw[i] === 0x3d ? raw.toString("latin1", i + 1, i + 3) : "";
    if (/^[0-9a-f]{2}$/i.test(hex)) {
      bytes[length++] = Number.parseInt(hex, 16);
      i += 2;
    } else {
      bytes[length++] = raw[i] === 0x5f ? 0x20 : (raw[i] as number);
    }
  }
  return bytes.subarray(0, length);
}
