/**
 * Bytes of a MySQL dump as tokens, piece by piece. What nobody asked for is walked over without being kept, so that a
 * dump of any size passes through a few kilobytes. Delimiters are ASCII, which UTF-8 never uses inside a character.
 */

/** A mistake of the dump itself. `line` is 1-based. */
export class SqlDumpProblem extends Error {
  readonly line: number;
  constructor(line: number, message: string) {
    super(message);
    this.name = "SqlDumpProblem";
    this.line = line;
  }
}

/** word: a bare word or number; name: in backquotes; text: a string without its quotes, escapes undone; sign: one character. */
export type SqlToken = { readonly kind: "word" | "name" | "text" | "sign"; readonly bytes: Buffer };

export type SqlSink = {
  /** Asked before every token: false = only the sign `;` is reported. */
  readonly wants: () => boolean;
  readonly token: (token: SqlToken, line: number) => void;
};

export type SqlLexer = {
  readonly write: (chunk: Buffer) => void;
  /** The dump is over. Throws SqlDumpProblem when it ends inside a text or a comment. */
  readonly end: () => void;
};

/** The longest value that is kept. osTicket's own `text` columns hold 64 kB; escapes may double that. */
export const MAX_VALUE_BYTES = 1_000_000;

const NEWLINE = 0x0a;
const BACKSLASH = 0x5c;
const SEMICOLON = 0x3b;
const [SINGLE, DOUBLE, BACKQUOTE] = [0x27, 0x22, 0x60];
const [HASH, MINUS, SLASH, STAR] = [0x23, 0x2d, 0x2f, 0x2a];

type State = {
  readonly sink: SqlSink;
  /** What could not be read to its end yet. */
  rest: Buffer;
  line: number;
  /** Inside something that is only walked over: a quote's byte, or the end of a comment. */
  within: number | undefined;
  final: boolean;
};

const isQuote = (byte: number): boolean => byte === SINGLE || byte === DOUBLE || byte === BACKQUOTE;
const isBlank = (byte: number): boolean => byte <= 0x20;
/** Letters, digits, `_`, `$`, `@`, `.` and everything beyond ASCII. */
const isWord = (byte: number): boolean =>
  (byte >= 0x61 && byte <= 0x7a) ||
  (byte >= 0x30 && byte <= 0x39) ||
  (byte >= 0x40 && byte <= 0x5a) ||
  byte === 0x5f ||
  byte === 0x24 ||
  byte === 0x2e ||
  byte >= 0x80;

/** A lexer that hands its tokens to `sink`. */
export function sqlLexer(sink: SqlSink): SqlLexer {
  const state: State = { sink, rest: Buffer.alloc(0), line: 1, within: undefined, final: false };
  const run = (bytes: Buffer): void => {
    const read = scan(state, bytes);
    state.rest = bytes.subarray(read);
    if (state.rest.length > 2 * MAX_VALUE_BYTES)
      throw new SqlDumpProblem(
        state.line,
        `a value here is longer than ${MAX_VALUE_BYTES} bytes. No setting of osTicket is: is a quote missing?`,
      );
  };
  return {
    write: (chunk) => run(state.rest.length === 0 ? chunk : Buffer.concat([state.rest, chunk])),
    end: () => {
      state.final = true;
      run(state.rest);
      if (state.within !== undefined || state.rest.length > 0)
        throw new SqlDumpProblem(state.line, "the dump ends in the middle of a text. It is not whole: make it again.");
    },
  };
}

/** Reads as far as it can and returns where it stopped: at the end, or before something whose end is not there yet. */
function scan(state: State, bytes: Buffer): number {
  let at = 0;
  while (at < bytes.length) {
    const next = state.within === undefined ? scanOne(state, bytes, at) : leave(state, bytes, at);
    if (next === undefined) break;
    at = next;
  }
  return at;
}

/** One token, blank or comment in the open; undefined when more bytes are needed. */
function scanOne(state: State, bytes: Buffer, at: number): number | undefined {
  const byte = bytes[at]!;
  if (byte === NEWLINE) state.line++;
  if (isBlank(byte)) return at + 1;
  const comment = commentAt(state, bytes, at);
  if (comment !== false) return comment;
  if (!state.sink.wants()) return walkOver(state, bytes, at);
  if (isQuote(byte)) return quoted(state, bytes, at);
  if (!isWord(byte)) return give(state, "sign", bytes.subarray(at, at + 1), at + 1);
  let end = at + 1;
  while (end < bytes.length && isWord(bytes[end]!)) end++;
  if (end === bytes.length && !state.final) return undefined;
  return give(state, "word", bytes.subarray(at, end), end);
}

function give(state: State, kind: SqlToken["kind"], bytes: Buffer, next: number): number {
  state.sink.token({ kind, bytes }, state.line);
  return next;
}

/** The position after the beginning of a comment, undefined when that cannot be told yet, false when there is none. */
function commentAt(state: State, bytes: Buffer, at: number): number | undefined | false {
  const byte = bytes[at]!;
  if (byte === HASH) return enter(state, NEWLINE, at + 1);
  if (byte !== MINUS && byte !== SLASH) return false;
  const second = bytes[at + 1];
  if (second === undefined) return state.final ? false : undefined;
  if (byte === SLASH) return second === STAR ? enter(state, STAR, at + 2) : false;
  if (second !== MINUS) return false;
  const third = bytes[at + 2];
  if (third === undefined && !state.final) return undefined;
  // `5--3` is arithmetic: a comment needs a blank after its dashes.
  return third === undefined || isBlank(third) ? enter(state, NEWLINE, at + 2) : false;
}

function enter(state: State, within: number, next: number): number {
  state.within = within;
  return next;
}

/** Everything up to the next text, comment or `;`: of a statement that nobody wants. */
function walkOver(state: State, bytes: Buffer, from: number): number {
  const first = bytes[from]!;
  if (isQuote(first)) return enter(state, first, from + 1);
  if (first === SEMICOLON) return give(state, "sign", bytes.subarray(from, from + 1), from + 1);
  let at = from + 1;
  for (; at < bytes.length; at++) {
    const byte = bytes[at]!;
    if (byte === NEWLINE) state.line++;
    else if (isQuote(byte) || byte === SEMICOLON || byte === HASH || byte === MINUS || byte === SLASH) break;
  }
  return at;
}

/** Inside a quote or comment that is not kept: to its end, or to the end of these bytes. */
function leave(state: State, bytes: Buffer, from: number): number | undefined {
  const end = state.within!;
  for (let at = from; at < bytes.length; at++) {
    const byte = bytes[at]!;
    if (byte === NEWLINE) state.line++;
    if (byte === BACKSLASH && end !== STAR && end !== NEWLINE && end !== BACKQUOTE) {
      // Of a backslash at the very end the second half is still to come.
      if (at + 1 === bytes.length) return at === from ? undefined : at;
      if (bytes[++at] === NEWLINE) state.line++;
    } else if (byte === end) {
      if (end === STAR && bytes[at + 1] !== SLASH) {
        if (at + 1 === bytes.length) return at === from ? undefined : at;
        continue;
      }
      state.within = undefined;
      return at + (end === STAR ? 2 : 1);
    }
  }
  if (state.final && end === NEWLINE) state.within = undefined;
  return bytes.length;
}

/** What MySQL's escapes stand for; any other escaped character is itself. */
const ESCAPES: Readonly<Record<string, string>> = { "0": "\0", b: "\b", n: "\n", r: "\r", t: "\t", Z: "\x1a" };

/** A whole text or name in quotes; undefined while its end is not there. A doubled quote is one of the text. */
function quoted(state: State, bytes: Buffer, from: number): number | undefined {
  const quote = bytes[from]!;
  let plain = true;
  let lines = 0;
  for (let at = from + 1; at < bytes.length; at++) {
    const byte = bytes[at]!;
    if (byte === NEWLINE) lines++;
    if (byte === BACKSLASH && quote !== BACKQUOTE) {
      plain = false;
      if (bytes[++at] === NEWLINE) lines++;
    } else if (byte === quote) {
      if (at + 1 === bytes.length && !state.final) return undefined;
      if (bytes[at + 1] !== quote) {
        const inner = bytes.subarray(from + 1, at);
        state.line += lines;
        return give(state, quote === BACKQUOTE ? "name" : "text", plain ? inner : unescaped(inner, quote), at + 1);
      }
      plain = false;
      at++;
    }
  }
  return undefined;
}

function unescaped(inner: Buffer, quote: number): Buffer {
  const out = Buffer.allocUnsafe(inner.length);
  let length = 0;
  for (let at = 0; at < inner.length; at++) {
    const byte = inner[at]!;
    if (byte === BACKSLASH && quote !== BACKQUOTE && at + 1 < inner.length) {
      const escaped = inner[++at]!;
      out[length++] = ESCAPES[String.fromCharCode(escaped)]?.charCodeAt(0) ?? escaped;
    } else {
      out[length++] = byte;
      if (byte === quote) at++;
    }
  }
  return out.subarray(0, length);
}
