/**
 * Encoded words in headers (RFC 2047), read tolerantly: split characters, raw 8-bit bytes and unknown charsets
 * give readable text instead of an error. The result never holds a control character, so it is safe on one line.
 */

/** Every quantifier stops at a character that cannot match, so a storm of `=?` stays linear. */
const ENCODED_WORD = /=\?([^?\s*]{1,60})(?:\*[^?\s]{0,40})?\?([bq])\?([^?]*)\?=/gi;

type Word = { charset: string; bytes: Buffer };

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
      bytes: wordBytes((match[2] as string).toLowerCase(), match[3] as string),
    };
    end = match.index + match[0].length;
    if (pending && between.trim() === "") {
      if (pending.charset === word.charset) {
        pending.bytes = Buffer.concat([pending.bytes, word.bytes]);
        continue;
      }
      out += decodeBytes(pending);
    } else {
      if (pending) out += decodeBytes(pending);
      out += between;
    }
    pending = word;
  }
  if (pending) out += decodeBytes(pending);
  return oneLine(out + value.slice(end));
}

/** Control characters (line ends above all) become spaces: what is shown or mailed on must stay one line. */
export function oneLine(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, " ").trim();
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

function decodeBytes(word: Word): string {
  for (const charset of [word.charset, "utf-8"]) {
    try {
      return new TextDecoder(charset, { fatal: charset === "utf-8" }).decode(word.bytes);
    } catch {
      // An unknown charset, or bytes that are not UTF-8: the next one is tried.
    }
  }
  return new TextDecoder("windows-1252").decode(word.bytes);
}
