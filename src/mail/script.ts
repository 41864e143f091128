/** In which scripts a text is written (Unicode blocks), counted in letters. Digits, marks and symbols belong to none. */

export type Script = { readonly name: string; readonly letters: number };

/**
 * First and last code point of the blocks of a script. Rarer blocks (historic letters, extensions beyond the first plane)
 * are left out: no mail is written in them alone.
 */
const BLOCKS: readonly (readonly [from: number, to: number, script: string])[] = [
  [0x370, 0x3ff, "greek"],
  [0x400, 0x52f, "cyrillic"],
  [0x531, 0x58f, "armenian"],
  [0x5d0, 0x5f4, "hebrew"],
  [0x620, 0x64a, "arabic"],
  [0x66e, 0x6d5, "arabic"],
  [0x904, 0x939, "devanagari"],
  [0x985, 0x9b9, "bengali"],
  [0xa05, 0xa39, "gurmukhi"],
  [0xa85, 0xab9, "gujarati"],
  [0xb05, 0xb39, "oriya"],
  [0xb83, 0xbb9, "tamil"],
  [0xc05, 0xc39, "telugu"],
  [0xc85, 0xcb9, "kannada"],
  [0xd05, 0xd3a, "malayalam"],
  [0xd85, 0xdc6, "sinhala"],
  [0xe01, 0xe46, "thai"],
  [0xe81, 0xec6, "lao"],
  [0x1000, 0x1049, "burmese"],
  [0x10a0, 0x10ff, "georgian"],
  [0x1200, 0x137f, "ethiopic"],
  [0x1780, 0x17b3, "khmer"],
  [0x1e00, 0x1eff, "latin"],
  [0x1f00, 0x1fff, "greek"],
  [0x3041, 0x30ff, "kana"],
  [0x3400, 0x9fff, "han"],
  [0xac00, 0xd7a3, "hangul"],
  [0xf900, 0xfaff, "han"],
  [0xff66, 0xff9d, "kana"],
];

/** @returns the scripts of the text, the most frequent first; empty when it has no letters */
export function scriptsOf(text: string): readonly Script[] {
  const counts = new Map<string, number>();
  for (let at = 0; at < text.length; at++) {
    const script = scriptOf(text.charCodeAt(at));
    if (script !== undefined) counts.set(script, (counts.get(script) ?? 0) + 1);
  }
  return [...counts].map(([name, letters]) => ({ name, letters })).toSorted((a, b) => b.letters - a.letters);
}

function scriptOf(code: number): string | undefined {
  if (code < 0x250) {
    const letter = (code > 0x40 && code < 0x5b) || (code > 0x60 && code < 0x7b) || code > 0xbf;
    return letter && code !== 0xd7 && code !== 0xf7 ? "latin" : undefined;
  }
  return BLOCKS.find(([from, to]) => code >= from && code <= to)?.[2];
}
