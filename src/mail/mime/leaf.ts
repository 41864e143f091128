/** What a leaf of the MIME tree is for a person: words to read, or a file. */
import { decodeText } from "./charset.ts";
import { unflow } from "./flowed.ts";
import type { MimeNode } from "./tree.ts";

/** Read as plain text. Delivery status and returned headers are text, too, but nobody wrote them to be read. */
const PLAIN = new Set(["text/plain", "text/markdown", "text/x-markdown", "text/x-web-markdown", "text", "plain"]);
const HTML = new Set(["text/html", "application/xhtml+xml"]);
/** Marked-up text of old (RFC 1896): `<bold>word</bold>`, `<<` for `<`. */
const ENRICHED = new Set(["text/enriched", "text/richtext"]);

export type Readable = { readonly type: "plain" | "html"; readonly content: string; readonly defect?: string };

/** Whether the type alone says that it is for reading. */
export function isTextType(type: string): boolean {
  return PLAIN.has(type) || HTML.has(type) || ENRICHED.has(type);
}

/**
 * The words of a leaf, line ends as `\n`.
 * @param legacy see decodeText
 * @param limit characters after which the rest is not looked at
 */
export function readableOf(leaf: MimeNode, legacy: string | undefined, limit: number): Readable {
  const type = HTML.has(leaf.type) ? "html" : "plain";
  // `charset=utf-8 (comment)`, `charset="utf-8;"`
  const stated =
    leaf.params.get("charset")?.split(/[\s;(]/, 1)[0] || (type === "html" ? metaCharset(leaf.bytes) : undefined);
  const { text, defect } = decodeText(leaf.bytes, stated, legacy);
  const enough = text.slice(0, limit);
  const lines = enough.includes("\r") ? enough.replace(/\r\n?/g, "\n") : enough;
  return { type, content: shaped(leaf, lines), ...(defect ? { defect } : {}) };
}

function shaped(leaf: MimeNode, text: string): string {
  if (ENRICHED.has(leaf.type)) return fromEnriched(text);
  const flowed = PLAIN.has(leaf.type) && leaf.params.get("format")?.trim().toLowerCase() === "flowed";
  return flowed ? unflow(text, leaf.params.get("delsp")?.trim().toLowerCase() === "yes") : text;
}

/** `<meta charset="utf-8">`, `<meta http-equiv="Content-Type" content="text/html; charset=gb2312">` */
function metaCharset(bytes: Buffer): string | undefined {
  return /<meta\b[^<>]{0,200}\bcharset\s{0,3}=\s{0,3}["']?([a-z0-9_.:-]{2,40})/i.exec(
    bytes.toString("latin1", 0, 4096),
  )?.[1];
}

/** RFC 1896: a single line end is a blank, `<param>` is not for reading. */
function fromEnriched(text: string): string {
  return text
    .replace(/<param>[^<]{0,500}<\/param>/gi, "")
    .replace(/(?<!\n)\n(?!\n)/g, " ")
    .replace(/\n(\n+)/g, "$1")
    .replace(/<<|<\/?[a-z][a-z0-9-]{0,60}>/gi, (tag) => (tag === "<<" ? "<" : ""));
}
