/**
 * What hides inside a part: a message in a signature, the files of a winmail.dat, an invitation, uuencoded files and PGP
 * armour in a text. Each format has a file of its own; this one says which part is given to which.
 */
import { detectMimeType } from "nodemailer/lib/mime-funcs/mime-types.js";
import type { Protection } from "../types.ts";
import { isTnef, readTnef } from "../tnef/tnef.ts";
import { isCalendar, readInvitation, type Invitation } from "./calendar.ts";
import type { FilePart, TextPart } from "./part.ts";
import { takePgpArmour } from "./pgp.ts";
import { isProtectionPart, protectionOf } from "./protection.ts";
import { openSmime } from "./smime.ts";
import type { MimeNode } from "./tree.ts";
import { decodeUuencoded, takeUuencoded } from "./uuencode.ts";

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

/**
 * Opens a leaf that is not for reading. What cannot be opened stays a file as it is.
 * @param limit bytes to which it may grow
 */
export function openLeaf(node: MimeNode, parent: MimeNode | undefined, limit: number): Opened {
  const file = asFile(node);
  const part = { contentType: node.type, filename: node.filename, content: node.bytes };
  // A signature is no file of the customer's: kept, and not shown as one.
  if (isProtectionPart(part, parent?.type === "multipart/signed"))
    return { files: [{ ...file, inline: true }], protection: protectionOf(node.type, node.params) };
  const smime = openSmime(part, Math.max(0, limit));
  if (smime) {
    const { entity, protection, defects } = smime;
    return { files: [file], wrapped: entity, protection: protection ?? protectionOf(node.type, node.params), defects };
  }
  if (isTnef(node.type, node.filename, node.bytes)) return outlooks(node.bytes, file);
  if (isCalendar(node.type, node.filename))
    return { files: [file], invitation: readInvitation(node.bytes, node.params.get("charset")) };
  return { files: [file] };
}

/** winmail.dat: its files take its place, its words are for a message that has none. Unreadable, it is kept. */
function outlooks(bytes: Buffer, file: Unhashed): Opened {
  const { readable, files, body, defects } = readTnef(bytes);
  const told = defects.map((defect) => `tnef: ${defect}`);
  if (!readable) return { files: [file], defects: told };
  const spare: TextPart | undefined =
    body.text !== undefined
      ? { type: "plain", content: body.text, ...(body.html === undefined ? {} : { html: body.html }) }
      : body.html !== undefined
        ? { type: "html", content: body.html }
        : undefined;
  return {
    files: files.map((one) => ({ ...one, contentType: one.contentType ?? detectMimeType(one.filename) })),
    ...(spare ? { spare } : {}),
    defects: told,
  };
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
export function withoutUuencoding(node: MimeNode): MimeNode {
  if (!/^(?:x-)?uu(?:encode|e)$/.test(node.transferEncoding)) return node;
  const found = decodeUuencoded(node.bytes);
  if (!found) return node;
  const named = node.filename ?? (node.type.startsWith("text/") ? undefined : found.filename);
  return { ...node, bytes: found.content, ...(named === undefined ? {} : { filename: named }) };
}

function uuencodedFile({ filename, content }: { filename: string; content: Buffer }): Unhashed {
  return { filename, contentType: detectMimeType(filename), content, inline: false };
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
