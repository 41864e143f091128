/**
 * What hides inside a part: a message in a signature, the files of a winmail.dat, an invitation, uuencoded files and PGP
 * armour in a text. Each format has a file of its own; this one says which part is given to which.
 */
import { detectMimeType } from "nodemailer/lib/mime-funcs/mime-types.js";
import type { Protection } from "../types.ts";
import { readInvitation, type Invitation } from "./calendar.ts";
import { decodeText } from "./charset.ts";
import type { FilePart, TextPart } from "./part.ts";
import { takePgpArmour } from "./pgp.ts";
import { isProtectionPart, protectionOf } from "./protection.ts";
import { openSmime } from "./smime.ts";
import type { MimeNode } from "./tree.ts";
import { takeUuencoded } from "./uuencode.ts";

/** What is unpacked may grow to this. In bytes. */
const MAX_UNPACKED = 64 * 2 ** 20;

type Unhashed = Omit<FilePart, "sha256">;

export type Opened = {
  readonly files: readonly Unhashed[];
  /** A MIME entity that takes the part's place. */
  readonly wrapped?: Buffer;
  readonly protection?: Protection;
  readonly invitation?: Invitation;
  /** Words for a message that has none of its own. */
  readonly spare?: TextPart;
  readonly defects?: readonly string[];
};

/** What a multipart says of the whole message: signed or encrypted. */
export function protectionOfMultipart({ type, params }: MimeNode): Protection | undefined {
  return protectionOf(type, params);
}

/** Opens a leaf that is not for reading. What cannot be opened stays a file as it is. */
export function openLeaf(node: MimeNode, parent: MimeNode | undefined): Opened {
  const file = asFile(node);
  const part = { contentType: node.type, filename: node.filename, content: node.bytes };
  // A signature is no file of the customer's: kept, and not shown as one.
  if (isProtectionPart(part, parent?.type === "multipart/signed"))
    return { files: [{ ...file, inline: true }], protection: protectionOf(node.type, node.params) };
  const smime = openSmime(part, MAX_UNPACKED);
  if (smime) {
    const { entity, protection, defects } = smime;
    return { files: [file], wrapped: entity, protection: protection ?? protectionOf(node.type, node.params), defects };
  }
  if (/^(?:x-)?uu(?:encode|e)$/.test(node.transferEncoding)) return uuencodedPart(node, file);
  if (isCalendar(node)) return { files: [file], invitation: readInvitation(calendarText(node)) };
  return { files: [file] };
}

/** Takes the armour and the files out of a plain text. */
export function openText(text: string): {
  readonly text: string;
  readonly files: readonly Unhashed[];
  readonly protection?: Protection;
  readonly defects: readonly string[];
} {
  const plain = takePgpArmour(text);
  const taken = takeUuencoded(plain.text);
  return { ...taken, protection: plain.protection, files: taken.files.map(uuencodedFile) };
}

/** `Content-Transfer-Encoding: x-uuencode`: the part's bytes are one `begin … end` block. */
function uuencodedPart(node: MimeNode, file: Unhashed): Opened {
  const { files, defects } = takeUuencoded(node.bytes.toString("latin1"));
  const [found] = files;
  if (!found) return { files: [file], defects: [...defects, "uuencode: a part could not be read"] };
  return { files: [{ ...file, filename: file.filename ?? found.filename, content: found.content }], defects };
}

function uuencodedFile({ filename, content }: { filename: string; content: Buffer }): Unhashed {
  return { filename, contentType: detectMimeType(filename), content, inline: false };
}

function isCalendar({ type, filename = "" }: MimeNode): boolean {
  return (
    type === "text/calendar" || type === "application/ics" || (/\.ics$/i.test(filename) && !type.startsWith("text/"))
  );
}

/** Bytes where they are UTF-8, since lines may be folded inside a character; else decoded first. */
function calendarText({ bytes, params }: MimeNode): string | Buffer {
  const charset = params.get("charset");
  return charset === undefined || /^utf-?8$/i.test(charset) ? bytes : decodeText(bytes, charset, undefined).text;
}

function asFile(node: MimeNode): Unhashed {
  return {
    ...(node.filename === undefined ? {} : { filename: node.filename }),
    contentType: contentType(node),
    content: node.bytes,
    inline: false,
    ...(node.contentId === undefined ? {} : { contentId: node.contentId }),
  };
}

/** `application/octet-stream; name=offer.pdf` says nothing; the name does. */
function contentType({ type, filename }: MimeNode): string {
  return type === "application/octet-stream" && filename !== undefined ? detectMimeType(filename) : type;
}
