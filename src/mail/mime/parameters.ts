/**
 * `Content-Type: text/plain; name="a.txt"` and its like: the value and its parameters (RFC 2045 section 5.1), with the
 * continuations and charsets of RFC 2231, and read as tolerantly as people's programs write them: encoded words in
 * quotes, blanks and semicolons without quotes, quotes that never close, comments.
 */
import { decodeWords } from "../encoded-word.ts";
import { decodeText } from "./charset.ts";

/** A parameter in more pieces, or longer than this, is an attack. */
const MAX_PIECES = 200;
const MAX_LENGTH = 64 * 1024;

export type Parameters = {
  /** `text/plain`, `attachment`: lower case, without comments. */
  readonly value: string;
  /** By name in lower case, decoded. */
  readonly params: ReadonlyMap<string, string>;
};

type Piece = { readonly index: number; readonly encoded: boolean; readonly text: string };

/** @param header the unfolded header value, undefined for an absent header */
export function readParameters(header: string | undefined): Parameters {
  const [first = "", ...rest] = splitAtSemicolons((header ?? "").slice(0, MAX_LENGTH));
  const plain = new Map<string, string>();
  const pieces = new Map<string, Piece[]>();
  for (const text of rest) {
    const equals = text.indexOf("=");
    if (equals < 0) continue;
    const name = text.slice(0, equals).trim().toLowerCase();
    const value = text.slice(equals + 1).trim();
    // `filename*`, `filename*0`, `filename*0*`
    const star = /^([^*\s]{1,60})\*(?:(\d{1,4})(\*)?)?$/.exec(name);
    if (star) addPiece(pieces, star, value);
    else if (!plain.has(name)) plain.set(name, decodeWords(unquote(value)));
  }
  // RFC 2231 wins over the plain form beside it, which is there for old programs (RFC 6266 section 4.3).
  for (const [name, list] of pieces) plain.set(name, join(list));
  return { value: withoutBlanks(first), params: plain };
}

function addPiece(pieces: Map<string, Piece[]>, star: RegExpExecArray, value: string): void {
  const name = star[1] as string;
  const list = pieces.get(name) ?? [];
  if (list.length >= MAX_PIECES) return;
  const whole = star[2] === undefined;
  list.push({ index: whole ? 0 : Number(star[2]), encoded: whole || star[3] === "*", text: unquote(value) });
  pieces.set(name, list);
}

/** RFC 2231 section 3 and 4: `utf-8'en'a%20b`; the charset stands on the first piece, whose bytes the others continue. */
function join(list: readonly Piece[]): string {
  const ordered = list.toSorted((a, b) => a.index - b.index);
  const first = ordered[0] as Piece;
  const stated = first.encoded ? /^([^']{0,60})'([^']{0,60})'/.exec(first.text) : null;
  const charset = stated?.[1];
  const bytes = ordered.map(({ text, encoded }, i) => {
    const own = i === 0 && stated ? text.slice(stated[0].length) : text;
    return encoded ? percentDecoded(own) : Buffer.from(own, "utf8");
  });
  const text = decodeText(Buffer.concat(bytes), charset, "windows-1252").text;
  // Some programs put an encoded word into the pieces, which no RFC allows.
  return charset ? text : decodeWords(text);
}

function percentDecoded(text: string): Buffer {
  const source = Buffer.from(text, "utf8");
  const out = Buffer.alloc(source.length);
  let length = 0;
  for (let i = 0; i < source.length; i++) {
    const hex = source[i] === 0x25 ? source.toString("latin1", i + 1, i + 3) : "";
    if (/^[0-9a-f]{2}$/i.test(hex)) {
      out[length++] = Number.parseInt(hex, 16);
      i += 2;
    } else out[length++] = source[i] as number;
  }
  return out.subarray(0, length);
}

/** One pass: semicolons in quotes and comments separate nothing; a quote that never closes is a plain character. */
function splitAtSemicolons(value: string): string[] {
  const parts: string[] = [];
  const lastQuote = value.lastIndexOf('"');
  const lastClose = value.lastIndexOf(")");
  let part: string[] = [];
  let quoted = false;
  let depth = 0;
  // What stands last before this place, blanks aside: a quote opens after `=` or at a part's beginning only.
  let before = ";";
  // `name=report (final).pdf` keeps its parentheses; `text/plain (of mine)` is a comment.
  let inValue = false;
  for (let i = 0; i < value.length; i++) {
    const char = value[i] as string;
    if (quoted) {
      part.push(char);
      if (char === "\\" && i + 1 < value.length) part.push(value[++i] as string);
      else if (char === '"') quoted = false;
    } else if (char === "(" && (depth > 0 || (!inValue && i < lastClose))) depth++;
    else if (depth > 0) depth -= char === ")" ? 1 : 0;
    else if (char === ";") {
      parts.push(part.join(""));
      part = [];
      inValue = false;
    } else if (char === '"' && (before === "=" || before === ";")) {
      quoted = i < lastQuote;
      if (quoted) part.push(char);
    } else {
      part.push(char);
      if (before === "=" && char.trim() !== "") inValue = true;
    }
    if (depth === 0 && char.trim() !== "") before = char;
  }
  return [...parts, part.join("")];
}

/** A backslash escapes a quote or itself; `C:\temp\a.txt`, as Windows programs write it, keeps its backslashes. */
function unquote(value: string): string {
  if (!value.startsWith('"')) return value;
  const end = value.endsWith('"') && value.length > 1 ? value.length - 1 : value.length;
  return value.slice(1, end).replace(/\\(["\\])/g, "$1");
}

function withoutBlanks(text: string): string {
  return text.replace(/\s+/g, "").replace(/^"|"$/g, "").slice(0, 200).toLowerCase();
}
