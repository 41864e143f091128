/** Control words and symbols of RTF that stand for characters: in HTML as MS-OXRTFEX section 2.1.3.1.4 says, else plain. */

const LINE = "\n";

/** Control words: plain, and in HTML when that differs. */
const WORDS: Readonly<Record<string, readonly [plain: string, html?: string]>> = {
  par: [LINE, "\r\n"],
  line: [LINE, "\r\n"],
  sect: [LINE],
  page: [LINE],
  row: [LINE],
  nestrow: [LINE],
  tab: ["\t"],
  cell: ["\t"],
  nestcell: ["\t"],
  lquote: ["\u2018", "&lsquo;"],
  rquote: ["\u2019", "&rsquo;"],
  ldblquote: ["\u201c", "&ldquo;"],
  rdblquote: ["\u201d", "&rdquo;"],
  bullet: ["\u2022", "&bull;"],
  endash: ["\u2013", "&ndash;"],
  emdash: ["\u2014", "&mdash;"],
  emspace: ["\u2003", "&emsp;"],
  enspace: ["\u2002", "&ensp;"],
  qmspace: ["\u2005"],
  zwj: ["\u200d", "&zwj;"],
  zwnj: ["\u200c", "&zwnj;"],
  ltrmark: ["\u200e", "&lrm;"],
  rtlmark: ["\u200f", "&rlm;"],
};

/** Symbols. Plain text has no use for a place at which a word might be broken. */
const SYMBOLS: Readonly<Record<string, readonly [plain: string, html?: string]>> = {
  "{": ["{"],
  "}": ["}"],
  "\\": ["\\"],
  "~": ["\u00a0", "&nbsp;"],
  _: ["-", "&shy;"],
  "-": ["", "&shy;"],
  "\r": [LINE, "\r\n"],
  "\n": [LINE, "\r\n"],
  "\t": ["\t"],
};

export function characterOfWord(word: string, html: boolean): string | undefined {
  return pick(Object.hasOwn(WORDS, word) ? WORDS[word] : undefined, html);
}

export function characterOfSymbol(symbol: string, html: boolean): string | undefined {
  return pick(SYMBOLS[symbol], html);
}

function pick(pair: readonly [string, string?] | undefined, html: boolean): string | undefined {
  return html ? (pair?.[1] ?? pair?.[0]) : pair?.[0];
}

/** Symbol fonts' characters as Word writes them in Unicode's private area, `\u-3913 ?` for a list's dot. */
const PRIVATE: Readonly<Record<number, string>> = { 0xf0b7: "\u2022", 0xf0a7: "\u25aa", 0xf04a: "\u263a" };

/** The character of `\uN`: a UTF-16 unit, written as a signed number of 16 bits. */
export function characterOfUnit(parameter: number): string {
  const unit = parameter & 0xffff;
  return unit === 0 ? "" : (PRIVATE[unit] ?? String.fromCharCode(unit));
}
