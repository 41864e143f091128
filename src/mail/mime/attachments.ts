/**
 * What people would call files: metadata for the record, and the bytes read back on demand from the stored message.
 */
import type { Attachment, HeaderField } from "../types.ts";
import { decodeWords, oneLine } from "../encoded-word.ts";
import { headerValue, readHeaders } from "../headers.ts";
import { readParts } from "./parts.ts";
import type { FilePart } from "./part.ts";

/** Longer names are cut before the extension; file systems end at 255 bytes. */
const MAX_NAME = 120;

/** Metadata of the attachments in the order of the message; `part` is the ordinal by which readAttachment finds them. */
export function listAttachments(files: readonly FilePart[]): Attachment[] {
  return files.map((file, part) => ({
    part,
    filename: filenameOf(file, part),
    ...givenName(file, filenameOf(file, part)),
    contentType: file.contentType,
    size: file.content.length,
    sha256: file.sha256,
    inline: file.inline,
    ...(file.contentId === undefined ? {} : { contentId: file.contentId.slice(0, 200) }),
  }));
}

/**
 * Reads one attachment back from the bytes of its message.
 * @param part ordinal from the message's attachment list
 * @throws RangeError when the message has no such attachment
 */
export async function readAttachment(
  raw: Buffer,
  part: number,
): Promise<{ content: Buffer; filename: string; contentType: string }> {
  const { files } = await readParts(raw);
  const file = files[part];
  if (!file) throw new RangeError(`the message has no attachment ${part}; it has ${files.length}`);
  return { content: file.content, filename: filenameOf(file, part), contentType: file.contentType };
}

/** In characters: far beyond any file system's, and enough to see what was tried. */
const MAX_GIVEN = 1000;

function givenName({ filename }: FilePart, safe: string): { givenName?: string } {
  const given = oneLine((filename ?? "").slice(0, MAX_GIVEN));
  return given === "" || given === safe ? {} : { givenName: given };
}

/** A name without folders, control characters and tricks of direction; made up from the type when there is none. */
function filenameOf(file: FilePart, part: number): string {
  const given = safeName(file.filename ?? "");
  if (given !== "") return given;
  if (file.contentType === "text/calendar") return "invite.ics";
  if (file.contentType === "message/rfc822") return `${safeName(embeddedSubject(file)) || "message"}.eml`;
  const subtype = file.contentType.split("/")[1] ?? "bin";
  const extension = EXTENSIONS[file.contentType] ?? (/^[a-z0-9]{1,5}$/.test(subtype) ? subtype : "bin");
  return `attachment-${part + 1}.${extension}`;
}

const EXTENSIONS: Readonly<Record<string, string>> = {
  "application/octet-stream": "bin",
  "image/jpeg": "jpg",
  "image/svg+xml": "svg",
  "text/plain": "txt",
  "text/rfc822-headers": "txt",
  "message/delivery-status": "txt",
};

function embeddedSubject(file: FilePart): string {
  const { fields }: { fields: readonly HeaderField[] } = readHeaders(file.content.subarray(0, 64 * 1024));
  return decodeWords(headerValue(fields, "subject") ?? "").slice(0, 80);
}

/** Names that open a device on Windows, whatever follows the dot: `CON`, `NUL.tar.gz`, `com1.txt`. */
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?=$|\.)/i;

function safeName(name: string): string {
  // U+202E turns `exe.gpj` around on the screen; the other marks are as little part of a name.
  const plain = oneLine(name.slice(0, 2000))
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, "")
    .replace(/[/\\:*?"<>|]+/g, "_")
    .replace(/^[._\s]+/, "")
    .replace(/[.\s]+$/, "")
    .replace(DEVICE, "_$&");
  if (plain.length <= MAX_NAME) return plain;
  const extension = /\.[A-Za-z0-9]{1,8}$/.exec(plain)?.[0] ?? "";
  return plain.slice(0, MAX_NAME - extension.length) + extension;
}
