/**
 * The MIME tree of a message, read by mailparser: decoded texts and attachments, nothing of its header reading.
 * An embedded message stays an attachment, so nesting costs nothing and its words are never taken for the sender's.
 */
import { MailParser, type AttachmentStream, type MailParserOptions } from "mailparser";

/** RFC 2045 sets no limit; a real message has some dozens. More make mailparser stop. */
const MAX_PARTS = 1000;
/** All texts together, in characters: an hour's reading is 0.1 million. */
const MAX_TEXT = 2_000_000;

export type TextPart = { readonly type: "plain" | "html"; readonly content: string };

/** An attachment with its bytes. */
export type FilePart = {
  readonly filename?: string;
  readonly contentType: string;
  readonly content: Buffer;
  readonly sha256: string;
  readonly inline: boolean;
  readonly contentId?: string;
};

export type Parts = {
  /** What a person reads, in order: of alternatives the plain one when it says anything. */
  readonly readable: readonly TextPart[];
  /** Every HTML part, in order. */
  readonly html: readonly string[];
  readonly files: readonly FilePart[];
  readonly defects: readonly string[];
};

const OPTIONS: MailParserOptions = {
  skipHtmlToText: true,
  skipTextToHtml: true,
  skipTextLinks: true,
  skipImageLinks: true,
  keepDeliveryStatus: true,
  ignoreEmbedded: true,
  checksumAlgo: "sha256",
  maxChildNodes: MAX_PARTS,
};

/**
 * The node of mailparser's tree as far as it is read here. The tree is not in its types; its own text would merge
 * alternatives, drop the HTML of a mixed message, and be empty after an error. The version is pinned.
 */
type TreeNode = { contentType?: string | false; textContent?: string; children?: TreeNode[] };

/** Reads the parts. Never rejects: what was read before an error is returned with a defect. */
export async function readParts(raw: Buffer): Promise<Parts> {
  const parser = new MailParser(OPTIONS);
  const files: FilePart[] = [];
  const defects: string[] = [];
  try {
    await consume(parser, raw, files);
  } catch (error) {
    defects.push(`body: ${String((error as Error)?.message ?? error).slice(0, 200)}`);
  }
  const tree = (parser as unknown as { tree: TreeNode | false }).tree;
  const budget = { left: MAX_TEXT };
  const walked = tree ? walk(tree, budget) : { readable: [], html: [] };
  if (budget.left <= 0) defects.push(`body: text longer than ${MAX_TEXT} characters was cut`);
  return { ...walked, files, defects };
}

/** Feeds the bytes and collects the attachments, each read to its end before the parser goes on. */
async function consume(parser: MailParser, raw: Buffer, files: FilePart[]): Promise<void> {
  const ended = new Promise<void>((resolve, reject) => {
    parser.once("end", resolve);
    parser.once("error", reject);
    parser.on("data", (part) => {
      if (part.type === "attachment") collect(part, files);
    });
  });
  parser.end(raw);
  await ended;
}

function collect(part: AttachmentStream, files: FilePart[]): void {
  const chunks: Buffer[] = [];
  const place = files.length;
  part.content.on("data", (chunk: Buffer) => chunks.push(chunk));
  part.content.once("end", () => {
    files[place] = {
      filename: part.filename || undefined,
      contentType: (part.contentType || "application/octet-stream").toLowerCase(),
      content: Buffer.concat(chunks),
      sha256: part.checksum ?? "",
      inline:
        part.contentDisposition !== "attachment" && (part.related === true || part.contentDisposition === "inline"),
      contentId: part.cid || undefined,
    };
    part.release?.();
  });
}

type Walked = { readable: TextPart[]; html: string[] };

/** RFC 2046 section 5.1.4: alternatives are the same words; every other multipart is read one after the other. */
function walk(node: TreeNode, budget: { left: number }): Walked {
  const children = (node.children ?? []).map((child) => walk(child, budget));
  const own = leaf(node, budget);
  const html = [...own.html, ...children.flatMap((child) => child.html)];
  if (node.contentType !== "multipart/alternative") {
    return { readable: [...own.readable, ...children.flatMap((child) => child.readable)], html };
  }
  const speaking = children.filter((child) => child.readable.some((part) => part.content.trim() !== ""));
  const plain = speaking.find((child) => child.readable.some((part) => part.type === "plain"));
  return { readable: (plain ?? speaking.at(-1))?.readable ?? [], html };
}

function leaf(node: TreeNode, budget: { left: number }): Walked {
  if (node.textContent === undefined || node.textContent === "") return { readable: [], html: [] };
  const content = node.textContent.slice(0, Math.max(0, budget.left));
  budget.left -= node.textContent.length;
  if (node.contentType === "text/html") return { readable: [{ type: "html", content }], html: [content] };
  return { readable: [{ type: "plain", content }], html: [] };
}
