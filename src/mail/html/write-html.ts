/**
 * A tree written as HTML again: every tag closed, every character escaped, what cannot be read left out. A sanitiser
 * that reads this sees what our own reader saw, and never the broken markup that parsers read in different ways.
 */
import { eachDrawnText } from "./drawing.ts";
import { lookOf } from "./look.ts";
import { isUnread, isVoid } from "./tags.ts";
import type { HtmlElement, HtmlNode } from "./tree.ts";
import { visibleWords } from "./words.ts";

/** Elements that do something. Those in the tree are counted, so that people are told that something was taken off. */
const ACTIVE = new Set(
  "script iframe frame object embed applet form input button select textarea svg math base link".split(" "),
);

/** Parsers do not decode what stands in these. */
const RAW = new Set(["xmp", "listing", "plaintext"]);

export type Written = { readonly html: string; readonly active: number };

/** HTML in which styles hide all the words is written with them, like its text (html-text.ts). */
export function writeHtml(root: HtmlElement): Written {
  const visible = writeElements(root, (element) => lookOf(element).hidden);
  return visible.filled ? visible : writeElements(root, ({ name }) => isUnread(name));
}

/** The tree is at most 250 deep (tree.ts), so recursion is safe. */
function writeElements(
  root: HtmlElement,
  isHidden: (element: HtmlElement) => boolean,
): Written & { readonly filled: boolean } {
  const out: string[] = [];
  let active = 0;
  let filled = false;
  const write = (node: HtmlNode): void => {
    if (typeof node === "string") {
      const words = visibleWords(node);
      filled ||= words.trim() !== "";
      out.push(escapeText(words));
      return;
    }
    if (ACTIVE.has(node.name)) active++;
    if (isHidden(node)) return;
    // A drawing is taken off, its words stay.
    if (node.name === "svg") return eachDrawnText(node, isHidden, wordsOf);
    filled ||= node.name === "img";
    // Names that no reader of HTML takes for one are left out, their words stay: `<o:p>`, `<a"b>`.
    const named = /^[a-z][a-z0-9]{0,20}$/.test(node.name);
    const name = RAW.has(node.name) ? "pre" : node.name;
    if (named) out.push(`<${name}${attributesOf(node)}>`);
    for (const child of node.children) write(child);
    if (named && !isVoid(name)) out.push(`</${name}>`);
  };
  const wordsOf = (text: HtmlElement): void => {
    out.push(" ");
    for (const child of text.children) write(child);
  };
  for (const child of root.children) write(child);
  return { html: out.join(""), active, filled };
}

function attributesOf({ attributes }: HtmlElement): string {
  let text = "";
  for (const [name, value] of Object.entries(attributes ?? {}))
    text += ` ${name}="${escapeText(value).replace(/"/g, "&quot;")}"`;
  return text;
}

/** Characters that begin something in HTML. */
export function escapeText(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}
