/**
 * What hides inside a part: a message in a signature, the files of a winmail.dat, an invitation, uuencoded files and PGP
 * armour in a text. Each format has a file of its own; this one says which part is given to which.
 */
import { detectMimeType } from "nodemailer/lib/mime-funcs/mime-types.js";
import type { Protection } from "../types.ts";
import type { FilePart, TextPart } from "./parts.ts";
import type { MimeNode } from "./tree.ts";

type Unhashed = Omit<FilePart, "sha256">;

export type Opened = {
  readonly files: readonly Unhashed[];
  /** A MIME entity that takes the part's place. */
  readonly wrapped?: Buffer;
  readonly protection?: Protection;
  readonly invitations: readonly { readonly summary: string; readonly text: string }[];
  readonly spare: readonly TextPart[];
  readonly defects: readonly string[];
};

/** What a multipart says of the whole message: signed or encrypted. */
export function hidden(_node: MimeNode): Protection | undefined {
  return undefined;
}

/** Opens a leaf that is not for reading. What cannot be opened stays a file as it is. */
export function openLeaf(node: MimeNode, parent: MimeNode | undefined, _legacy: string | undefined): Opened {
  return { files: [asFile(node, parent)], invitations: [], spare: [], defects: [] };
}

/** Takes the files and the armour out of a plain text. */
export function openText(
  text: string,
  _transferEncoding: string,
): { text: string; files: readonly Unhashed[]; protection?: Protection; defects: readonly string[] } {
  return { text, files: [], defects: [] };
}

function asFile(node: MimeNode, parent: MimeNode | undefined): Unhashed {
  const related = parent?.type === "multipart/related" && node.contentId !== undefined;
  return {
    ...(node.filename === undefined ? {} : { filename: node.filename }),
    contentType: contentType(node),
    content: node.bytes,
    inline: node.disposition !== "attachment" && (related || node.disposition === "inline"),
    ...(node.contentId === undefined ? {} : { contentId: node.contentId }),
  };
}

/** `application/octet-stream; name=offer.pdf` says nothing; the name does. */
function contentType({ type, filename }: MimeNode): string {
  return type === "application/octet-stream" && filename !== undefined ? detectMimeType(filename) : type;
}
