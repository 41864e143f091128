/** The characters of a text node as a reader sees them: without what has no width, in whole characters. */

/** Control characters but tab and line ends, NUL among them, which PostgreSQL refuses. */
const CONTROLS = /[\u0000-\u0008\u000b\u000e-\u001f\u007f]/g;
/** Soft hyphen, zero width space, word joiner, byte order mark, combining grapheme joiner (the filler of preheaders). */
const WITHOUT_WIDTH = /[\u034f\u00ad\u200b\u2060\ufeff]/g;
/** Joiners at the edge of a word join nothing; within one they shape Persian words and emoji. */
const LOOSE_JOINERS = /(?<![^\s\u00a0])[\u200c\u200d]+|[\u200c\u200d]+(?![^\s\u00a0])/g;
const SUSPECT =
  /[\u034f\u0000-\u0008\u000b\u000d-\u001f\u007f\u00ad\u200b-\u200d\u2028\u2029\u2060\ufeff\ud800-\udfff]/;

export function visibleWords(text: string): string {
  if (!SUSPECT.test(text)) return text;
  return text
    .replace(/\r\n?|[\u2028\u2029]/g, "\n")
    .replace(CONTROLS, "")
    .replace(WITHOUT_WIDTH, "")
    .replace(LOOSE_JOINERS, "")
    .toWellFormed();
}
