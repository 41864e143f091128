/**
 * What is in an OLE object of an Outlook text: a screenshot that was pasted, a file that was dropped into the text, a
 * sheet of Excel. The object itself opens nowhere; what is in it does. Unknown objects give nothing.
 */
import { readStreams } from "./compound-file.ts";
import { stringOf } from "./property-values.ts";
import { WESTERN } from "./code-page.ts";
import type { TnefFile } from "./types.ts";

/** Programs that keep their whole document in the object's storage, by a stream that only they write. */
const DOCUMENTS: readonly (readonly [stream: string, extension: string])[] = [
  ["WordDocument", "doc"],
  ["Workbook", "xls"],
  ["Book", "xls"],
  ["PowerPoint Document", "ppt"],
  ["VisioDocument", "vsd"],
];

/**
 * @param object the object's storage
 * @param name what Outlook calls it: `Picture (Device Independent Bitmap)`
 */
export function fileInObject(object: Buffer, name: string | undefined): TnefFile | undefined {
  const streams = readStreams(object);
  if (!streams) return undefined;
  const packed = packedFile(streams.get("\u0001Ole10Native"));
  if (packed) return packed;
  const as = (content: Buffer, extension: string): TnefFile => ({
    filename: `${name?.trim() || "object"}.${extension}`,
    content,
    inline: false,
  });
  // A static picture; what Acrobat embeds; a document of Office since 2007.
  for (const stream of ["CONTENTS", "Contents", "Package", "EmbeddedOdf"]) {
    const content = streams.get(stream);
    const extension = content && extensionOf(content);
    if (extension) return as(content, extension);
    if (content && isBitmapWithoutHeader(content)) return as(withBitmapHeader(content), "bmp");
  }
  const document = DOCUMENTS.find(([stream]) => streams.has(stream));
  return document && as(object, document[1]);
}

/**
 * A file that the object packager wrote: sizes, its name, its path, and the bytes (no specification; the same since
 * Windows 3.1). A native picture of Paintbrush stands there without a name.
 */
function packedFile(native: Buffer | undefined): TnefFile | undefined {
  if (!native || native.length < 8) return undefined;
  const extension = extensionOf(native.subarray(4));
  if (extension) return { filename: `picture.${extension}`, content: native.subarray(4), inline: false };
  if (native.readUInt16LE(4) !== 2) return undefined;
  const label = native.indexOf(0, 6);
  const path = label < 0 ? -1 : native.indexOf(0, label + 1);
  const temporary = path + 1 + 4;
  if (path < 0 || temporary + 4 > native.length) return undefined;
  const size = temporary + 4 + native.readUInt32LE(temporary);
  if (size + 4 > native.length) return undefined;
  const content = native.subarray(size + 4, size + 4 + native.readUInt32LE(size));
  return { filename: stringOf(native.subarray(6, label), WESTERN) ?? "object", content, inline: false };
}

/** Extension by the first bytes, of what is found in objects. */
function extensionOf(content: Buffer): string | undefined {
  const head = content.toString("latin1", 0, 48);
  if (head.startsWith("BM") && content.length > 26) return "bmp";
  if (head.startsWith("\x89PNG")) return "png";
  if (head.startsWith("\xff\xd8\xff")) return "jpg";
  if (head.startsWith("GIF8")) return "gif";
  if (head.startsWith("%PDF-")) return "pdf";
  if (head.startsWith("\xd7\xcd\xc6\x9a")) return "wmf";
  if (head.startsWith("\x01\0\0\0") && head.slice(40, 44) === " EMF") return "emf";
  return head.startsWith("PK\x03\x04") ? extensionOfZip(content) : undefined;
}

/** Office documents are zip archives whose names tell the program: `word/document.xml`. */
function extensionOfZip(content: Buffer): string {
  const found = [
    ["word/", "docx"],
    ["xl/", "xlsx"],
    ["ppt/", "pptx"],
  ].find(([folder]) => content.includes(folder as string, 0, "latin1"));
  return found?.[1] ?? "zip";
}

/** BITMAPINFOHEADER, 40 bytes, one plane. */
function isBitmapWithoutHeader(content: Buffer): boolean {
  return content.length > 40 && content.readUInt32LE(0) === 40 && content.readUInt16LE(12) === 1;
}

/** The 14 bytes that a .bmp has and a picture in memory has not: mark, size, and where the pixels begin. */
function withBitmapHeader(content: Buffer): Buffer {
  const bits = content.readUInt16LE(14);
  const colors = content.readUInt32LE(32) || (bits <= 8 ? 2 ** bits : 0);
  const masks = content.readUInt32LE(16) === 3 ? 12 : 0;
  const header = Buffer.alloc(14);
  header.write("BM", "latin1");
  header.writeUInt32LE((content.length + 14) >>> 0, 2);
  header.writeUInt32LE((14 + 40 + masks + colors * 4) >>> 0, 10);
  return Buffer.concat([header, content]);
}
