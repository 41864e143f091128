/**
 * RTF as tokens (RTF 1.9.1, "Basic Entities"): groups, control words, escaped bytes, text. One pass; whoever listens
 * may stop it, and a number of tokens that no readable text needs stops it too.
 */

/** A text of a million Japanese characters is two million escaped bytes; it would take three days to read. */
const MAX_TOKENS = 2_000_000;
/** The longest control words have some 30 letters; RTF 1.9.1 allows 32. */
const MAX_WORD = 40;

/** Every method but `group` gets what stands in the body of a group, in order. */
export type RtfListener = {
  open(): void;
  close(): void;
  /** `\fs20` is ("fs", 20); without a number it is undefined. */
  word(name: string, parameter: number | undefined): void;
  /** `\~`, `\*`, `\{`: a backslash and one character that is no letter. */
  symbol(character: string): void;
  /** `\'e4`. */
  byte(value: number): void;
  /** Bytes as they stand, one character each. */
  text(bytes: string): void;
  /** True when nothing more is wanted. */
  full(): boolean;
};

/** @returns false when it ended before the end of the RTF because there were too many tokens */
export function scanRtf(rtf: string, listener: RtfListener): boolean {
  const length = rtf.length;
  let at = 0;
  for (let tokens = 0; at < length; tokens++) {
    if (tokens > MAX_TOKENS) return false;
    const code = rtf.charCodeAt(at);
    if (code === OPEN) {
      listener.open();
      at++;
    } else if (code === CLOSE) {
      listener.close();
      at++;
    } else if (code === BACKSLASH) {
      at = scanControl(rtf, at + 1, listener);
    } else {
      const end = endOfText(rtf, at);
      // Line ends of the file are no line ends of the text.
      if (end > at) listener.text(rtf.slice(at, end));
      at = end;
      while (at < length && isLineEnd(rtf.charCodeAt(at))) at++;
    }
    if ((tokens & 0xff) === 0 && listener.full()) return true;
  }
  return true;
}

const OPEN = 0x7b;
const CLOSE = 0x7d;
const BACKSLASH = 0x5c;

function isLineEnd(code: number): boolean {
  return code === 0x0d || code === 0x0a;
}

function isLetter(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a);
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function endOfText(rtf: string, from: number): number {
  let at = from;
  for (; at < rtf.length; at++) {
    const code = rtf.charCodeAt(at);
    if (code === OPEN || code === CLOSE || code === BACKSLASH || isLineEnd(code)) break;
  }
  return at;
}

/** Reads what follows a backslash; returns where to go on. */
function scanControl(rtf: string, from: number, listener: RtfListener): number {
  if (from >= rtf.length) return from;
  let at = from;
  while (at < rtf.length && at - from < MAX_WORD && isLetter(rtf.charCodeAt(at))) at++;
  if (at === from) return scanSymbol(rtf, from, listener);
  const name = rtf.slice(from, at);
  const digits = at + (rtf.charCodeAt(at) === 0x2d && isDigit(rtf.charCodeAt(at + 1)) ? 1 : 0);
  let end = digits;
  while (end < rtf.length && end - digits < 10 && isDigit(rtf.charCodeAt(end))) end++;
  const parameter = end > digits ? Number(rtf.slice(at, end)) : undefined;
  // One space belongs to the control word.
  if (rtf.charCodeAt(end) === 0x20) end++;
  if (name === "bin" && parameter !== undefined && parameter > 0) return Math.min(rtf.length, end + parameter);
  listener.word(name, parameter);
  return end;
}

function scanSymbol(rtf: string, at: number, listener: RtfListener): number {
  const character = rtf[at] as string;
  if (character !== "'") {
    // A backslash before a line end is `\par`.
    listener.symbol(character);
    return character === "\r" && rtf[at + 1] === "\n" ? at + 2 : at + 1;
  }
  const hex = rtf.slice(at + 1, at + 3);
  if (!/^[0-9a-f]{2}$/i.test(hex)) return at + 1;
  listener.byte(Number.parseInt(hex, 16));
  return at + 3;
}
