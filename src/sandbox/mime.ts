/**
 * Just enough MIME (RFC 2045, 2046) for IMAP's ENVELOPE, BODYSTRUCTURE and BODY[section]. Never throws; depth and
 * number of parts are bounded, what lies beyond is a leaf.
 */

export type MimePart = {
  /** The header with its empty line, as received. */
  readonly head: Buffer;
  readonly body: Buffer;
  readonly type: string;
  readonly subtype: string;
  readonly params: ReadonlyMap<string, string>;
  readonly children: readonly MimePart[];
  /** The message inside a message/rfc822 part. */
  readonly message?: MimePart;
  readonly headers: readonly HeaderLine[];
};

/** A header field, name in lower case, value unfolded, bytes as latin1. */
export type HeaderLine = { readonly name: string; readonly value: string };

/** A value with parameters: `text/plain; charset=utf-8` (RFC 2045 section 5.1). */
export type ParameterizedValue = { readonly value: string; readonly params: ReadonlyMap<string, string> };

const MAX_DEPTH = 20;
const MAX_PARTS = 1000;

type Budget = { parts: number };

export function parseMime(source: Buffer): MimePart {
  return parsePart(source, 0, { parts: MAX_PARTS });
}

function parsePart(source: Buffer, depth: number, budget: Budget): MimePart {
  const bodyStart = headerLength(source);
  const head = source.subarray(0, bodyStart);
  const body = source.subarray(bodyStart);
  const headers = headerLines(head);
  const contentType = parseParameterized(first(headers, "content-type") ?? "text/plain");
  const [type = "text", subtype = "plain"] = (contentType.value.includes("/") ? contentType.value : "text/plain").split(
    "/",
  );
  const part = { head, body, headers, type, subtype, params: contentType.params };
  if (depth >= MAX_DEPTH) return { ...part, children: [] };
  const boundary = contentType.params.get("boundary");
  if (type === "multipart" && boundary) {
    const bodies = splitMultipart(body, boundary, budget);
    return { ...part, children: bodies.map((child) => parsePart(child, depth + 1, budget)) };
  }
  const isMessage = type === "message" && subtype === "rfc822";
  return { ...part, children: [], message: isMessage ? parsePart(body, depth + 1, budget) : undefined };
}

/** Bytes up to and with the first empty line; all of them when there is none. */
export function headerLength(source: Buffer): number {
  for (let start = 0; start < source.length;) {
    const newline = source.indexOf(0x0a, start);
    if (newline < 0) return source.length;
    if (newline === start || (newline === start + 1 && source[start] === 0x0d)) return newline + 1;
    start = newline + 1;
  }
  return source.length;
}

/** RFC 2046 section 5.1.1: the line break before a boundary belongs to the boundary. */
function splitMultipart(body: Buffer, boundary: string, budget: Budget): Buffer[] {
  const delimiter = Buffer.from(`--${boundary}`, "latin1");
  const parts: Buffer[] = [];
  let start = -1;
  for (let at = body.indexOf(delimiter); at >= 0; at = body.indexOf(delimiter, at + delimiter.length)) {
    const isLineStart = at === 0 || body[at - 1] === 0x0a;
    const after = at + delimiter.length;
    const newline = body.indexOf(0x0a, after);
    const isClosing = body[after] === 0x2d && body[after + 1] === 0x2d;
    // `--ab` is not a delimiter of the boundary `a`: only white space may follow.
    const next = body[after];
    const isWhole = isClosing || next === undefined || next === 0x0d || next === 0x0a || next === 0x20 || next === 0x09;
    if (!isLineStart || !isWhole) continue;
    if (start >= 0) parts.push(body.subarray(start, Math.max(start, body[at - 2] === 0x0d ? at - 2 : at - 1)));
    if (isClosing || newline < 0 || --budget.parts <= 0) return parts;
    start = newline + 1;
  }
  if (start >= 0) parts.push(body.subarray(start));
  return parts;
}

function headerLines(head: Buffer): HeaderLine[] {
  const lines: HeaderLine[] = [];
  for (const line of unfold(head.toString("latin1")).split(/\r?\n/)) {
    const colon = line.indexOf(":");
    if (colon > 0) lines.push({ name: line.slice(0, colon).trim().toLowerCase(), value: line.slice(colon + 1).trim() });
  }
  return lines;
}

/** RFC 5322 section 2.2.3. */
function unfold(text: string): string {
  return text.replace(/\r?\n(?=[ \t])/g, "");
}

function first(headers: readonly HeaderLine[], name: string): string | undefined {
  return headers.find((line) => line.name === name)?.value;
}

/** The value of the first header field of this name. */
export function headerOf(part: MimePart, name: string): string | undefined {
  return first(part.headers, name);
}

export function parseParameterized(text: string): ParameterizedValue {
  const params = new Map<string, string>();
  const pattern = /;\s*([^=;\s]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]*))/g;
  for (const [, name = "", quoted, plain = ""] of text.matchAll(pattern)) {
    params.set(name.toLowerCase(), (quoted ?? plain).replace(/\\(.)/g, "$1"));
  }
  return { value: text.split(";", 1)[0]!.trim().toLowerCase(), params };
}

/**
 * A header value as people read it: `=?utf-8?Q?Pr=C3=BCfung?=` -> `Prüfung` (RFC 2047), raw UTF-8 (RFC 6532) too.
 * Words of unknown charsets stay as they are.
 */
export function decodeWords(latin1: string): string {
  const value = Buffer.from(latin1, "latin1")
    .toString("utf8")
    .replace(/\?=\s+=\?/g, "?==?");
  return value.replace(/=\?([^?\s]+)\?([bq])\?([^?\s]*)\?=/gi, (word, charset: string, kind: string, text: string) => {
    const bytes = kind.toLowerCase() === "b" ? Buffer.from(text, "base64") : decodeQ(text);
    try {
      return new TextDecoder(charset.split("*", 1)[0]).decode(bytes);
    } catch {
      return word;
    }
  });
}

function decodeQ(text: string): Buffer {
  const bytes = text.replace(/_/g, " ").replace(/=([0-9a-f]{2})/gi, (_, hex: string) => {
    return String.fromCharCode(Number.parseInt(hex, 16));
  });
  return Buffer.from(bytes, "latin1");
}

/**
 * The bytes of `BODY[spec]` (RFC 9051 section 6.4.5): "" is the whole message, then `1.2`, `HEADER`, `TEXT`, `1.MIME`,
 * `HEADER.FIELDS (From To)`. Undefined when there is no such section.
 */
export function section(root: MimePart, source: Buffer, spec: string): Buffer | undefined {
  const [, numbers = "", rest = ""] = /^((?:\d+\.)*\d*)\.?(.*)$/s.exec(spec.trim()) ?? [];
  const part = descend(root, numbers.split(".").filter(Boolean).map(Number));
  if (!part) return undefined;
  const what = rest.trim().toUpperCase();
  if (what === "") return numbers ? part.body : source;
  if (what === "MIME") return part.head;
  const target = numbers && part.message ? part.message : part;
  if (what === "TEXT") return target.body;
  if (what === "HEADER") return target.head;
  const fields = /^HEADER\.FIELDS(\.NOT)?\s*\((.*)\)$/s.exec(what);
  return fields ? headerFields(target, fields[2]!, fields[1] !== undefined) : undefined;
}

function descend(root: MimePart, numbers: readonly number[]): MimePart | undefined {
  let part: MimePart | undefined = root;
  for (const number of numbers) {
    if (part?.message) part = part.message;
    if (part && part.children.length > 0) part = part.children[number - 1];
    else if (number !== 1) return undefined;
  }
  return part;
}

function headerFields(part: MimePart, names: string, except: boolean): Buffer {
  const wanted = new Set(names.split(/\s+/).map((name) => name.replace(/"/g, "")));
  const fields = part.head.toString("latin1").match(/[^\n]+(?:\n|$)(?:[ \t][^\n]*(?:\n|$))*/g) ?? [];
  const kept = fields.filter((field) => {
    return field.trim() !== "" && wanted.has(field.split(":", 1)[0]!.trim().toUpperCase()) !== except;
  });
  return Buffer.from(`${kept.join("")}\r\n`, "latin1");
}
