/**
 * What a message is made of: words to read, HTML, files. A recipe over the MIME tree; what hides inside a part (a signed
 * message, winmail.dat, an invitation) is taken out in inside.ts.
 */
import { createHash } from "node:crypto";
import type { Protection } from "../types.ts";
import { withoutGluedDelimiter, withRealBoundary } from "./boundary.ts";
import type { Invitation } from "./calendar.ts";
import { openLeaf, openText, protectionOfMultipart, withoutUuencoding, type Opened } from "./inside.ts";
import { isTextType, readableOf } from "./leaf.ts";
import type { FilePart, TextPart } from "./part.ts";
import { strongerProtection } from "./protection.ts";
import { readTree, type MimeNode, type Tree } from "./tree.ts";

/** All texts together, in characters: an hour's reading is 0.1 million. */
const MAX_TEXT = 2_000_000;
/** UTF-7 and the shifting charsets reach this. */
const MAX_BYTES_A_CHARACTER = 8;
/** Multiparts in multiparts; people's mail reaches five. */
const MAX_LEVELS = 100;
/** Messages wrapped in signatures in messages. */
const MAX_WRAPPINGS = 4;
/** What is compressed in a message may grow to this. In bytes. */
const MAX_UNPACKED = 64 * 2 ** 20;

/** Alternatives of one kind are an accident; so many are an attack, and are not compared. */
const MAX_ALTERNATIVES = 5;

/** The defect of a multipart/alternative whose plain parts differ: what its author meant to send is then unclear. */
export const ALTERNATIVES_DIFFER = "mime: alternatives say different things, all of them are shown";

/** A mail invites to one thing; a calendar export does to thousands. */
const MAX_INVITATIONS = 5;

export type Parts = {
  /** What a person reads, in order: of alternatives the plain one when it says anything. */
  readonly readable: readonly TextPart[];
  /** Every HTML part, in order. */
  readonly html: readonly string[];
  readonly files: readonly FilePart[];
  readonly invitations: readonly Invitation[];
  readonly protection?: Protection;
  readonly defects: readonly string[];
};

/** Of a message whose parts could not be read at all. */
export const NO_PARTS: Parts = { readable: [], html: [], files: [], invitations: [], defects: [] };

type Reading = {
  readonly legacy: string | undefined;
  wrappings: number;
  readonly defects: Set<string>;
  readonly invitations: Invitation[];
  /** Words of a winmail.dat: shown when the message has none of its own. */
  readonly spare: TextPart[];
  protection?: Protection;
  /** Characters of text that may still be read. */
  left: number;
  /** Bytes that may still be unpacked, of all parts together. */
  unpackable: number;
};

type Walked = {
  readonly readable: readonly TextPart[];
  readonly html: readonly string[];
  readonly files: readonly FilePart[];
};
const NOTHING: Walked = { readable: [], html: [], files: [] };

/**
 * Reads the parts. Never rejects: what was read before an error is returned with a defect.
 * @param legacy charset of 8-bit text that states none and is no UTF-8; without one such bytes become U+FFFD
 */
export async function readParts(raw: Buffer, legacy?: string): Promise<Parts> {
  const reading: Reading = {
    legacy,
    wrappings: 0,
    defects: new Set(),
    invitations: [],
    spare: [],
    left: MAX_TEXT,
    unpackable: MAX_UNPACKED,
  };
  const walked = await readEntity(raw, reading);
  const speaks = walked.readable.some(({ content }) => content.trim() !== "");
  if (reading.left <= 0) reading.defects.add(`body: text longer than ${MAX_TEXT} characters was cut`);
  return {
    readable: speaks ? walked.readable : [...walked.readable, ...reading.spare],
    html: speaks
      ? walked.html
      : [...walked.html, ...reading.spare.filter(({ type }) => type === "html").map(({ content }) => content)],
    files: shownInHtml(walked.files, walked.html),
    invitations: reading.invitations,
    ...(reading.protection ? { protection: reading.protection } : {}),
    defects: [...reading.defects],
  };
}

async function readEntity(raw: Buffer, reading: Reading): Promise<Walked> {
  const { root, defects } = await readMendedTree(raw, reading.legacy);
  for (const defect of defects) reading.defects.add(defect);
  if (root?.boundary && root.children.length > 0 && !raw.includes(`--${root.boundary}--`))
    reading.defects.add("mime: the end of the last part is missing, the message may be cut");
  return root ? await walk(root, { level: 0, parent: undefined, boundaries: [] }, reading) : NOTHING;
}

/** A multipart without a single part has lost its boundary. */
async function readMendedTree(raw: Buffer, legacy: string | undefined): Promise<Tree> {
  const tree = await readTree(raw, legacy);
  if (!tree.root?.type.startsWith("multipart/") || tree.root.children.length > 0) return tree;
  const mended = withRealBoundary(raw);
  if (!mended) return { ...tree, defects: [...tree.defects, "mime: a multipart without parts"] };
  return {
    ...(await readTree(mended, legacy)),
    defects: ["mime: the boundary was missing or wrong, the one in use was taken"],
  };
}

type Place = { readonly level: number; readonly parent: MimeNode | undefined; readonly boundaries: readonly string[] };

async function walk(node: MimeNode, place: Place, reading: Reading): Promise<Walked> {
  if (!node.type.startsWith("multipart/")) return await leaf(node, place, reading);
  if (place.level >= MAX_LEVELS) {
    reading.defects.add(`mime: parts nested deeper than ${MAX_LEVELS} levels were left out`);
    return NOTHING;
  }
  protect(reading, protectionOfMultipart(node));
  const inner: Place = {
    level: place.level + 1,
    parent: node,
    boundaries: [node.boundary ?? "", ...place.boundaries.slice(0, 9)],
  };
  const children: Walked[] = [];
  for (const child of node.children) children.push(await walk(child, inner, reading));
  const all: Walked = {
    readable: children.flatMap(({ readable }) => readable),
    html: children.flatMap(({ html }) => html),
    files: children.flatMap(({ files }) => files),
  };
  return node.type === "multipart/alternative"
    ? { ...all, readable: alternative(children, node.children, reading) }
    : all;
}

/** RFC 2046 section 5.1.4: alternatives are the same words. The plain one is read unless it only points at the other. */
function alternative(children: readonly Walked[], nodes: readonly MimeNode[], reading: Reading): readonly TextPart[] {
  const speaking = children.filter(({ readable }) => readable.some(({ content }) => content.trim() !== ""));
  const html = speaking.flatMap(({ readable }) => readable).find(({ type }) => type === "html");
  const plain = speaking.filter(({ readable }) => readable.some(({ type }) => type === "plain"));
  const [first] = plain;
  if (!first || (html && isStub(first.readable, html))) return speaking.at(-1)?.readable ?? [];
  // Two plain ones that differ are no alternatives: nothing of either may be lost.
  const equals = plain.filter((child) => nodes[children.indexOf(child)]?.type === "text/plain");
  const texts = equals.length > 1 ? distinct(equals.flatMap(({ readable }) => readable)) : first.readable;
  if (texts.length > 1 && equals.length > 1) reading.defects.add(ALTERNATIVES_DIFFER);
  return html
    ? texts.map((text, i) => (i === 0 && text.type === "plain" ? { ...text, html: html.content } : text))
    : texts;
}

/** `This message needs a program that shows HTML.` beside the real words. */
function isStub(plain: readonly TextPart[], html: TextPart): boolean {
  const text = plain
    .map(({ content }) => content)
    .join(" ")
    .trim();
  return (
    text.length < 300 &&
    html.content.length > 2 * text.length + 100 &&
    /\bhtml\b/i.test(text) &&
    !html.content.includes(text.slice(0, 40))
  );
}

/** Each text once; what another one contains is left out where there are few. */
function distinct(parts: readonly TextPart[]): TextPart[] {
  const words = parts.map(({ content }) => content.replace(/\s+/g, " ").trim());
  const first = parts.filter((_, i) => words.indexOf(words[i] as string) === i || words.length > MAX_ALTERNATIVES);
  if (parts.length > MAX_ALTERNATIVES) return first;
  return first.filter((part) => {
    const own = words[parts.indexOf(part)] as string;
    return !words.some((other) => other.length > own.length && other.includes(own));
  });
}

async function leaf(stated: MimeNode, place: Place, reading: Reading): Promise<Walked> {
  // RFC 2046 section 5.1.5: a part of a digest is a message unless it says otherwise.
  const digested = place.parent?.type === "multipart/digest" && !stated.stated;
  const node = digested ? { ...stated, type: "message/rfc822" } : withoutUuencoding(stated);
  if (isBody(node, place)) return words(node, place, reading);
  const opened = openLeaf(node, place.parent, reading.unpackable);
  for (const defect of opened.defects ?? []) reading.defects.add(defect);
  protect(reading, opened.protection);
  if (opened.invitation) invite(reading, opened.invitation);
  if (opened.spare) reading.spare.push(opened.spare);
  if (opened.wrapped) return await unwrap(opened, opened.wrapped, reading);
  return { ...NOTHING, files: opened.files.map(withHash) };
}

/**
 * Text is the body unless it is called a file. A name alone makes it one (`inline; filename=log.txt`), except where only a
 * body can stand: alone, or as an alternative.
 */
function isBody(node: MimeNode, { parent }: Place): boolean {
  if (!isTextType(node.type)) return false;
  const alone = parent === undefined;
  if (node.disposition !== "" && node.disposition !== "inline") return alone && node.filename === undefined;
  if (node.filename === undefined) return true;
  return alone ? node.stated : parent.type === "multipart/alternative";
}

function words(node: MimeNode, place: Place, reading: Reading): Walked {
  const left = Math.max(0, reading.left);
  // No charset needs more bytes for a character; what lies beyond is cut anyway.
  const most = MAX_BYTES_A_CHARACTER * left;
  const read = readableOf({ ...node, bytes: node.bytes.subarray(0, most) }, reading.legacy, left + 1);
  if (read.defect) reading.defects.add(read.defect);
  const content = withoutGluedDelimiter(read.content.slice(0, left), place.boundaries);
  reading.left = node.bytes.length > most ? 0 : left - read.content.length;
  if (content === "") return NOTHING;
  if (read.type === "html") return { readable: [{ type: "html", content }], html: [content], files: [] };
  const opened = openText(content);
  for (const defect of opened.defects) reading.defects.add(defect);
  protect(reading, opened.protection);
  return { readable: [{ type: "plain", content: opened.text }], html: [], files: opened.files.map(withHash) };
}

/** Google sends the same event twice, as text/calendar and as a file. */
function invite({ invitations }: Reading, invitation: Invitation): void {
  const known = invitations.some(
    (one) => one.summary === invitation.summary && one.start?.date === invitation.start?.date,
  );
  if (!known && invitations.length < MAX_INVITATIONS) invitations.push(invitation);
}

/** A message inside a signature is the message. */
async function unwrap(opened: Opened, wrapped: Buffer, reading: Reading): Promise<Walked> {
  if (reading.wrappings >= MAX_WRAPPINGS) {
    reading.defects.add(`mime: wrapped more than ${MAX_WRAPPINGS} times, the rest is kept as a file`);
    return { ...NOTHING, files: opened.files.map(withHash) };
  }
  reading.wrappings++;
  reading.unpackable -= wrapped.length;
  return await readEntity(wrapped, reading);
}

/**
 * A picture that the HTML shows is no file beside the text. `Content-Disposition: inline` does not make it one: so Apple
 * Mail sends photos and PDFs.
 */
function shownInHtml(files: readonly FilePart[], html: readonly string[]): readonly FilePart[] {
  if (!files.some(({ contentId }) => contentId !== undefined)) return files;
  const shown = new Set(html.flatMap((one) => [...one.matchAll(SHOWN)].map(([, id]) => plainId(id as string))));
  return files.map((file) => {
    // The first of that name: a second one is a file that hides behind it.
    const isShown = shown.delete(plainId(file.contentId ?? ""));
    return isShown && !file.inline ? { ...file, inline: true } : file;
  });
}

/** `src="cid:…"`, `background=cid:…`, `url(cid:…)`; the letters alone in a text show nothing. */
const SHOWN =
  /(?:\b(?:src|background|data|href|poster)\s{0,3}=\s{0,3}["']?|url\(\s{0,3}["']?)cid:([^"'\s<>)]{1,300})/gi;

/** As written in a URL of the HTML and as in the header. */
function plainId(id: string): string {
  const plain = id.replaceAll("&amp;", "&").slice(0, 300);
  try {
    return decodeURIComponent(plain);
  } catch {
    // A stray `%` is no escape.
    return plain;
  }
}

function protect(reading: Reading, protection: Protection | undefined): void {
  reading.protection = strongerProtection(reading.protection, protection);
}

function withHash(file: Omit<FilePart, "sha256">): FilePart {
  return { ...file, sha256: createHash("sha256").update(file.content).digest("hex") };
}
