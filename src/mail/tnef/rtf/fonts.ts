/** Which code page the bytes of an RTF text are in: the document's, or that of the font they stand in. */
import { WESTERN } from "../code-page.ts";

/** `\fcharsetN` as a code page (RTF 1.9.1, "Font Table"); 1 is the document's own, 2 is a symbol font's. */
const CHARSETS: Readonly<Record<number, number>> = {
  0: WESTERN,
  2: WESTERN,
  77: 10000,
  78: 10001,
  79: 10003,
  80: 10008,
  81: 10002,
  128: 932,
  129: 949,
  130: 1361,
  134: 936,
  136: 950,
  161: 1253,
  162: 1254,
  163: 1258,
  177: 1255,
  178: 1256,
  179: 1256,
  181: 1255,
  186: 1257,
  204: 1251,
  222: 874,
  238: 1250,
  254: 437,
  255: 850,
};
/** Character sets of the head of the document: `{\rtf1\mac`. */
const DOCUMENT: ReadonlyMap<string, number> = new Map([
  ["ansi", WESTERN],
  ["mac", 10000],
  ["pc", 437],
  ["pca", 850],
]);
/** Word writes some hundred fonts at most. */
const MAX_FONTS = 5000;

export type RtfFonts = {
  /** Takes a control word of the head or of the font table. */
  define(word: string, parameter: number | undefined, inTable: boolean): void;
  /** Code page of a font, of the default font when undefined. */
  codePage(font: number | undefined): number;
};

export function rtfFonts(): RtfFonts {
  const fonts = new Map<number, number>();
  let document = WESTERN;
  let defaultFont = -1;
  let current = -1;
  return {
    define(word, parameter, inTable) {
      if (inTable) {
        if (word === "f") current = parameter ?? 0;
        const codePage = word === "fcharset" ? CHARSETS[parameter ?? 0] : word === "cpg" ? parameter : undefined;
        if (codePage !== undefined && fonts.size < MAX_FONTS) fonts.set(current, codePage);
      } else if (word === "deff") {
        defaultFont = parameter ?? 0;
      } else if (word === "ansicpg") {
        document = parameter || WESTERN;
      } else {
        document = DOCUMENT.get(word) ?? document;
      }
    },
    codePage: (font) => fonts.get(font ?? defaultFont) ?? document,
  };
}
