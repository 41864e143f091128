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
  65001: "utf-8",
};

/** Code pages of DOS and Windows without another name. UTF-7 (65000) is left out: nobody writes it but to deceive. */
const PLAIN = new Set([437, 720, 737, 775, 850, 852, 855, 857, 858, 860, 861, 862, 863, 864, 865, 866, 869, 1361]);

/** The charset's name as MIME writes it, for a number as Windows writes it: `iso-8859-2` for 28592; undefined when unknown. */
export function charsetName(codePage: number): string | undefined {
  if (codePage >= 1250 && codePage <= 1258) return `windows-${codePage}`;
  if (codePage >= 28591 && codePage <= 28606) return `iso-8859-${codePage - 28590}`;
  return NAMES[codePage] ?? (PLAIN.has(codePage) ? `cp${codePage}` : undefined);
}

type Decoder = (bytes: Buffer) => string;

/** One a charset: a text may change its font, and with it the code page, at every character. */
const decoders = new Map<string, Decoder>();

/** A decoder for a code page; of an unknown one for windows-1252. Never throws. */
export function decoderOf(codePage: number): Decoder {
  const name = charsetName(codePage) ?? "windows-1252";
  const known = decoders.get(name) ?? newDecoder(name);
  decoders.set(name, known);
  return known;
}

/** The platform's decoder, which follows what clients do; iconv-lite for DOS and Macintosh. */
function newDecoder(name: string): Decoder {
  try {
    const decoder = new TextDecoder(name);
    return (bytes) => decoder.decode(bytes);
  } catch {
    return iconv.encodingExists(name) ? (bytes) => iconv.decode(bytes, name) : (bytes) => bytes.toString("latin1");
  }
}

const tables = new Map<string, string | undefined>();
const ALL_BYTES = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
const ASCII = ALL_BYTES.toString("latin1", 0, 128);

/** The 256 characters of a code page in which a byte is a character and ASCII is itself; undefined of others. */
export function tableOf(codePage: number): string | undefined {
  const name = charsetName(codePage) ?? "windows-1252";
  if (!tables.has(name)) {
    const table = MULTI_BYTE.test(name) ? "" : decodeCodePage(ALL_BYTES, codePage);
    tables.set(name, table.length === 256 && table.startsWith(ASCII) ? table : undefined);
  }
  return tables.get(name);
}

const MULTI_BYTE = /^(?:utf|shift|gb|euc|big|iso-2022|hz|cp1361)/;

/** Decodes bytes of a code page. */
export function decodeCodePage(bytes: Buffer, codePage: number): string {
  return decoderOf(codePage)(bytes);
}
