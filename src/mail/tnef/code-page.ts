/**
 * Windows code pages to text (the numbers of PidTagInternetCodepage, attOemCodepage and RTF's \ansicpg). The bytes are
 * taken for what the number says: they are pieces of a text, too short for guessing.
 */
import iconv from "iconv-lite";

/** What Windows calls ANSI in western Europe and the Americas; the guess where no number is given. */
export const WESTERN = 1252;

/** Numbers whose charset has a name of its own. */
const NAMES: Readonly<Record<number, string>> = {
  0: "windows-1252",
  874: "windows-874",
  932: "shift_jis",
  936: "gbk",
  949: "euc-kr",
  950: "big5",
  1200: "utf-16le",
  1201: "utf-16be",
  10000: "macintosh",
  10001: "shift_jis",
  10002: "big5",
  10003: "euc-kr",
  10006: "macgreek",
  10007: "x-mac-cyrillic",
  10008: "gbk",
  10010: "macromania",
  10029: "maccenteuro",
  10079: "maciceland",
  10081: "macturkish",
  20127: "us-ascii",
  20866: "koi8-r",
  20932: "euc-jp",
  20936: "gbk",
  20949: "euc-kr",
  21866: "koi8-u",
  38598: "iso-8859-8-i",
  50220: "iso-2022-jp",
  50221: "iso-2022-jp",
  50222: "iso-2022-jp",
  50225: "iso-2022-kr",
  51932: "euc-jp",
  51936: "gbk",
  51949: "euc-kr",
  52936: "hz-gb-2312",
  54936: "gb18030",
  65000: "utf-7",
  65001: "utf-8",
};

/** The charset's name as MIME writes it, for a number as Windows writes it: `iso-8859-2` for 28592. */
export function charsetName(codePage: number): string {
  const name = NAMES[codePage];
  if (name !== undefined) return name;
  if (codePage >= 1250 && codePage <= 1258) return `windows-${codePage}`;
  if (codePage >= 28591 && codePage <= 28606) return `iso-8859-${codePage - 28590}`;
  return `cp${codePage}`;
}

/** A decoder for a code page; of an unknown one for windows-1252. Never throws. */
export function decoderOf(codePage: number): (bytes: Buffer) => string {
  const name = charsetName(codePage);
  for (const label of [name, "windows-1252"]) {
    try {
      const decoder = new TextDecoder(label);
      return (bytes) => decoder.decode(bytes);
    } catch {
      if (iconv.encodingExists(label)) return (bytes) => iconv.decode(bytes, label);
    }
  }
  return (bytes) => bytes.toString("latin1");
}

/** Decodes bytes of a code page. */
export function decodeCodePage(bytes: Buffer, codePage: number): string {
  return decoderOf(codePage)(bytes);
}
