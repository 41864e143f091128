/**
 * Reads back what compose wrote, as far as a leak check needs it: decoded header values, the decoded text and HTML
 * parts, and the bytes of the files. The bytes are our own, so the structure is trusted: multipart nesting, quoted-printable, base64, UTF-8.
 */
import { decodeWords } from "./encoded-word.ts";
import { headerValue, readHeaders } from "./headers.ts";
import type { HeaderField } from "./types.ts";

export type ReadableParts = {
  readonly headers: readonly HeaderField[];
  readonly bodies: readonly string[];
  /** Every part that is no text to be shown, a character for a byte. */
  readonly files: readonly string[];
};

/** compose nests mixed, related and alternative: four levels at most. */
const DEEPEST = 5;

/** Headers of every part with decoded values; each text part once, each HTML part as source, as plain text, and the values of its attributes. */
export function readableParts(bytes: Buffer): ReadableParts {
  return partsOf(bytes, 0);
}

function partsOf(bytes: Buffer, depth: number): ReadableParts {
  const { fields, bodyOffset } = readHeaders(bytes);
  const headers = fields.map(({ name, value }) => ({ name, value: decodeWords(value) }));
  const body = bytes.subarray(bodyOffset);
  const type = headerValue(fields, "content-type") ?? "text/plain";
  const boundary = /^multipart\/.*boundary="?([^";]+)/is.exec(type)?.[1];
  if (boundary !== undefined && depth < DEEPEST) {
    const parts = between(body, boundary).map((part) => partsOf(part, depth + 1));
    return {
      headers: [...headers, ...parts.flatMap((part) => part.headers)],
      bodies: parts.flatMap((part) => part.bodies),
      files: parts.flatMap((part) => part.files),
    };
  }
  const isFile = /^\s*attachment/i.test(headerValue(fields, "content-disposition") ?? "");
  const bytesOfPart = decoded(body, headerValue(fields, "content-transfer-encoding") ?? "7bit");
  if (isFile || !/^text\//i.test(type)) return { headers, bodies: [], files: [bytesOfPart.toString("latin1")] };
  const text = bytesOfPart.toString("utf8").replace(/\r\n?/g, "\n");
  return {
    headers,
    bodies: /^text\/html/i.test(type) ? [text, htmlAsText(text), attributesIn(text)] : [text],
    files: [],
  };
}

/** The parts between the delimiter lines of a multipart body (RFC 2046 section 5.1.1). */
function between(body: Buffer, boundary: string): Buffer[] {
  const text = body.toString("latin1");
  const parts = `\r\n${text}`.split(`\r\n--${boundary}`);
  return parts
    .slice(1)
    .filter((part) => !part.startsWith("--"))
    .map((part) => Buffer.from(part.replace(/^[ \t]*\r\n/, ""), "latin1"));
}

function decoded(body: Buffer, encoding: string): Buffer {
  if (/base64/i.test(encoding)) return Buffer.from(body.toString("latin1"), "base64");
  if (!/quoted-printable/i.test(encoding)) return body;
  const raw = body.toString("latin1").replace(/=[ \t]*\r?\n/g, "");
  const bytes = raw.replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1");
}

const NAMED: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  num: "#",
  commat: "@",
  plus: "+",
};

/** What stands in links, titles and the like, a value a line, entities and percent signs decoded: `mailto:a%6en@nw.example`. */
function attributesIn(html: string): string {
  const values = html.matchAll(/[a-z-]{1,30}\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)')/gi);
  return [...values]
    .map(([, double, single]) => decodedEntities(double ?? single ?? ""))
    .map((value) =>
      value.replace(/%([0-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    )
    .join("\n");
}

/** Tags out (line-making ones leave a line end), entities decoded: the words as somebody sees them. */
function htmlAsText(html: string): string {
  const words = html
    .replace(/\n/g, " ")
    .replace(/<\/?(?:p|br|div|li|tr|h\d|blockquote|pre)\b[^<>]*>/gi, "\n")
    .replace(/<[^<>]*>/g, "");
  return decodedEntities(words);
}

function decodedEntities(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,6}));/gi,
    (entity, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return NAMED[name.toLowerCase()] ?? entity;
      const code = decimal === undefined ? Number.parseInt(hex as string, 16) : Number(decimal);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : " ";
    },
  );
}
