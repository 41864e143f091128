/**
 * The MIME tree of a message: mailparser splits and takes the transfer encodings off; names, charsets and what a part is
 * for are read here, from the bytes of its headers. An embedded message stays one leaf, so that nesting costs nothing and its
 * words are never taken for the sender's.
 */
import { MailParser, type MailParserOptions } from "mailparser";
import { oneLine } from "../encoded-word.ts";
import { headerValue, readHeaders } from "../headers.ts";
import { readParameters, type Parameters } from "./parameters.ts";

/** RFC 2045 sets no limit; a real message has some dozens. More make mailparser stop. */
const MAX_PARTS = 1000;

/** A multipart with its children, or a leaf with its bytes. */
export type MimeNode = {
  /** `text/plain`, also when no type is stated (RFC 2045 section 5.2). */
  readonly type: string;
  /** Whether the part states a type of its own. */
  readonly stated: boolean;
  readonly params: Parameters["params"];
  /** `inline`, `attachment`, "" when not stated. */
  readonly disposition: string;
  /** From Content-Disposition, else Content-Type; decoded, not yet made safe. */
  readonly filename?: string;
  readonly contentId?: string;
  /** As stated, in lower case: `base64`, `x-uuencode`. */
  readonly transferEncoding: string;
  /** Delimiters that close this part or one around it. */
  readonly boundary?: string;
  readonly children: readonly MimeNode[];
  /** Without the transfer encoding; empty for a multipart. */
  readonly bytes: Buffer;
};

export type Tree = { readonly root?: MimeNode; readonly defects: readonly string[] };

const OPTIONS: MailParserOptions = {
  skipHtmlToText: true,
  skipTextToHtml: true,
  skipTextLinks: true,
  skipImageLinks: true,
  keepDeliveryStatus: true,
  ignoreEmbedded: true,
  checksumAlgo: false,
  maxChildNodes: MAX_PARTS,
};

/** What is used of mailparser's inside, which its types do not show. The version is pinned, test/mail/mime watches it. */
type SplitNode = { encoding: string | false; multipart: string | false; headers: { headers: Buffer | false } };
type ParserNode = {
  node: SplitNode;
  children: ParserNode[];
  contentType?: string | false;
  isAttachment?: boolean;
  disposition?: string;
  decoder?: NodeJS.ReadWriteStream & { readableEnded?: boolean };
};
type Inside = {
  tree: ParserNode | false;
  createNode: (node: SplitNode) => ParserNode;
  processHeaders: (lines: unknown) => Map<string, unknown>;
};

/**
 * Reads the tree. Never rejects: what was read before an error is returned with a defect.
 * @param legacy charset of raw 8-bit bytes in the parts' headers
 */
export async function readTree(raw: Buffer, legacy: string | undefined): Promise<Tree> {
  const parser = new MailParser(OPTIONS);
  const inside = parser as unknown as Inside;
  const leaves = new Map<ParserNode, Leaf>();
  // All that mailparser would make of headers is read elsewhere, from the bytes.
  inside.processHeaders = () => new Map();
  const createNode = inside.createNode.bind(parser);
  inside.createNode = (split) => {
    split.encoding = transferEncoding(split.encoding);
    const made = createNode(split);
    if (made.decoder) leaves.set(made, gather(made.decoder));
    // Neither its attachments nor its texts: the bytes go to `gather`.
    made.isAttachment = false;
    made.disposition = "gathered";
    return made;
  };
  const defects: string[] = [];
  try {
    await consume(parser, raw);
  } catch (error) {
    defects.push(`body: ${String((error as Error)?.message ?? error).slice(0, 200)}`);
  }
  const bytes = new Map<ParserNode, Buffer>();
  for (const [node, leaf] of leaves) bytes.set(node, await leaf.end());
  return { ...(inside.tree ? { root: toNode(inside.tree, bytes, legacy) } : {}), defects };
}

async function consume(parser: MailParser, raw: Buffer): Promise<void> {
  const ended = new Promise<void>((resolve, reject) => {
    parser.once("end", resolve);
    parser.once("error", reject);
    parser.resume();
  });
  parser.end(raw);
  await ended;
}

type Leaf = { readonly end: () => Promise<Buffer> };

function gather(decoder: NonNullable<ParserNode["decoder"]>): Leaf {
  const chunks: Buffer[] = [];
  const ended = new Promise<void>((resolve) => {
    decoder.once("end", resolve);
    decoder.once("close", resolve);
    // What was decoded up to the error is kept.
    decoder.once("error", () => resolve());
  });
  decoder.on(
    "data",
    (chunk: Buffer | string) => void chunks.push(typeof chunk === "string" ? Buffer.from(chunk) : chunk),
  );
  return {
    end: async () => {
      if (!decoder.readableEnded) decoder.end();
      await ended;
      return chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
    },
  };
}

/** `"base64"`, `base-64`, `Quoted Printable`, `base64;`: what is plainly meant. */
function transferEncoding(stated: string | false): string | false {
  if (stated === false) return stated;
  if (/^\W*base-?64\b/.test(stated)) return "base64";
  return /^\W*quoted[-_ ]?printable\b/.test(stated) ? "quoted-printable" : stated;
}

function toNode(made: ParserNode, bytes: ReadonlyMap<ParserNode, Buffer>, legacy: string | undefined): MimeNode {
  const { fields } = readHeaders(made.node.headers.headers || Buffer.alloc(0), legacy);
  const stated = headerValue(fields, "content-type");
  const type = readParameters(stated);
  const disposition = readParameters(headerValue(fields, "content-disposition"));
  const filename =
    disposition.params.get("filename") ??
    disposition.params.get("name") ??
    type.params.get("name") ??
    type.params.get("filename");
  const contentId = oneLine(headerValue(fields, "content-id") ?? "")
    .trim()
    .replace(/^<|>$/g, "")
    .trim();
  return {
    type: typeOf(made, type.value),
    stated: type.value.includes("/"),
    params: type.params,
    disposition: disposition.value,
    ...(filename ? { filename } : {}),
    ...(contentId ? { contentId } : {}),
    transferEncoding: headerValue(fields, "content-transfer-encoding")?.trim().toLowerCase() ?? "",
    ...(type.params.get("boundary") ? { boundary: type.params.get("boundary") } : {}),
    children: made.children.map((child) => toNode(child, bytes, legacy)),
    bytes: bytes.get(made) ?? Buffer.alloc(0),
  };
}

/** The splitter's word on what is a multipart; its guess of a type from a file's name is not taken. */
function typeOf(made: ParserNode, stated: string): string {
  if (made.node.multipart) return `multipart/${made.node.multipart}`;
  // Tokens only (RFC 2045 section 5.1): a type is stored and sent on, and a NUL in it is more than a database takes.
  if (/^[\w!#$%&'*+.^`{|}~-]+\/[\w!#$%&'*+.^`{|}~-]+$/.test(stated) && !stated.startsWith("multipart/")) return stated;
  // `Content-Type: text`, `Content-Type: html`: what old programs write for the whole.
  if (stated === "html") return "text/html";
  return stated.startsWith("multipart/") && made.children.length > 0 ? "multipart/mixed" : "text/plain";
}
