/** The readable body of a message: its text, its HTML, where the client's quoted history begins, and its hash. */
import { createHash } from "node:crypto";
import { htmlToText } from "./html/html-text.ts";
import type { Parts } from "./mime/parts.ts";

export type Body = {
  readonly text: string;
  readonly html?: string;
  /** Place in `text` at which a client's container of quoted history begins. */
  readonly quoteAt?: number;
  readonly defects: readonly string[];
};

/** Puts the readable parts together, HTML rendered as text. */
export function readBody(parts: Pick<Parts, "readable" | "html">): Body {
  const defects = new Set<string>();
  let text = "";
  let quoteAt: number | undefined;
  for (const part of parts.readable) {
    const rendered = part.type === "html" ? htmlToText(part.content) : { text: part.content, simplified: false };
    if (rendered.simplified) defects.add("html: too large or nested too deep, read as plain words");
    const piece = clean(rendered.text.replace(/\r\n?/g, "\n"));
    if (piece.trim() === "") continue;
    if (text !== "") text += text.endsWith("\n") ? "\n" : "\n\n";
    if (quoteAt === undefined && rendered.quoteAt !== undefined) quoteAt = text.length + rendered.quoteAt;
    text += piece;
  }
  const html = parts.html.length > 0 ? clean(parts.html.join("\n<hr>\n")) : undefined;
  return {
    text: text.trimEnd(),
    ...(html === undefined ? {} : { html }),
    ...(quoteAt === undefined ? {} : { quoteAt }),
    defects: [...defects],
  };
}

/**
 * sha256 hex of the words with white space runs collapsed, so that a copy that was wrapped or re-encoded on its way
 * has the same hash. Text first; HTML only when there is no text.
 */
export function bodyHash(body: Pick<Body, "text" | "html">): string {
  const words = body.text.trim() === "" ? (body.html ?? "") : body.text;
  return createHash("sha256").update(words.replace(/\s+/g, " ").trim()).digest("hex");
}

/** Neither NUL (PostgreSQL refuses it) nor halves of characters. */
export function clean(text: string): string {
  return text.replaceAll("\0", "").toWellFormed();
}
