/**
 * HTML of an author as lines of formatted words: bold, italic, underlined, struck, code, links, items of lists, code
 * blocks. Whatever else it does to a page (pictures, colours, styles, names) is not even read. What is hidden is left out
 * as in the rendering to text (render.ts).
 */
import { declarations } from "./declarations.ts";
import { readWholeTree } from "./html-text.ts";
import { pictureWords } from "./link.ts";
import { lookOf, type Look } from "./look.ts";
import { isBlock, isUnread } from "./tags.ts";
import type { HtmlElement, HtmlNode } from "./tree.ts";
import { visibleWords } from "./words.ts";

/** In the order in which they are written around words. */
export const INLINE_TAGS = ["b", "i", "u", "s", "code"] as const;
export type InlineTag = (typeof INLINE_TAGS)[number];

/** Words of one look. */
export type Run = { readonly text: string; readonly tags: ReadonlySet<InlineTag>; readonly href?: string };

/** Where an item stands: 1 is the outermost list. `number` is undefined under a bullet. */
export type Item = { readonly depth: number; readonly number?: number };

export type RichLine = { readonly runs: readonly Run[]; readonly item?: Item; readonly pre: boolean };

/** More is read as plain text. In characters of HTML. */
const MAX_HTML = 1_000_000;
const MAX_LINES = 20_000;
/** Deeper lists are not indented further. */
const MAX_DEPTH = 8;
const LONGEST_HREF = 2000;

/** Reads them; never throws, linear. Empty for HTML that is too large. */
export function richLines(html: string): RichLine[] {
  if (html.length > MAX_HTML) return [];
  const page: Page = { lines: [], runs: [], item: undefined, pre: false };
  children(page, readWholeTree(html).root, { tags: new Set(), href: undefined, unseen: false, keeps: false, depth: 0 });
  endLine(page);
  return page.lines;
}

type Page = { readonly lines: RichLine[]; runs: Run[]; item: Item | undefined; pre: boolean };

/** What an element inherits. */
type Around = {
  readonly tags: ReadonlySet<InlineTag>;
  readonly href: string | undefined;
  readonly unseen: boolean;
  readonly keeps: boolean;
  /** How many lists it stands in, and the number of the next item of the innermost; undefined: bullets. */
  readonly depth: number;
  readonly next?: () => number | undefined;
};

function endLine(page: Page): void {
  const runs = page.pre ? page.runs : trimmed(page.runs);
  page.runs = [];
  if (page.lines.length >= MAX_LINES || !runs.some(({ text }) => text.trim() !== "")) return;
  page.lines.push({ runs, pre: page.pre, ...(page.item === undefined ? {} : { item: page.item }) });
  // An item's second line is a paragraph of its own.
  page.item = undefined;
}

function trimmed(runs: readonly Run[]): Run[] {
  const flat: Run[] = [];
  for (const run of runs) {
    const before = flat.at(-1)?.text ?? " ";
    const text = run.text.replace(/[\s\u00a0]+/g, " ");
    const shown = /\s$/.test(before) ? text.replace(/^ /, "") : text;
    if (shown !== "") flat.push({ ...run, text: shown });
  }
  const last = flat.at(-1);
  if (last) flat[flat.length - 1] = { ...last, text: last.text.trimEnd() };
  return flat;
}

function children(page: Page, { children: nodes }: HtmlElement, around: Around): void {
  for (const node of nodes) write(page, node, around);
}

function write(page: Page, node: HtmlNode, around: Around): void {
  if (typeof node === "string") return words(page, visibleWords(node), around);
  const look = lookOf(node);
  if (look.hidden || isUnread(node.name)) return;
  const { name } = node;
  if (name === "br") return endLine(page);
  if (name === "img") return words(page, pictureName(node), around);
  if (look.marker) return wordsMarker(page, node);
  const inside = within(node, look, around);
  if (name === "ul" || name === "ol" || name === "menu" || name === "dir") return listOf(page, node, look, inside);
  if (!isBlock(name) && name !== "td" && name !== "th") return children(page, node, inside);
  endLine(page);
  if (name === "li" && around.depth > 0 && !look.unmarked) page.item = itemOf(node, around);
  if (/^(?:pre|listing|xmp)$/.test(name)) return preformatted(page, node, inside);
  children(page, node, inside);
  endLine(page);
  if (name === "li" || name === "p") page.item = undefined;
}

function words(page: Page, text: string, { tags, href, unseen, keeps }: Around): void {
  if (unseen) return;
  const lines = keeps ? text.split("\n") : [text];
  for (const [i, line] of lines.entries()) {
    if (i > 0) endLine(page);
    if (line !== "") page.runs.push({ text: line, tags, ...(href === undefined ? {} : { href }) });
  }
}

function preformatted(page: Page, element: HtmlElement, around: Around): void {
  page.pre = true;
  children(page, element, { ...around, keeps: true });
  endLine(page);
  page.pre = false;
}

function listOf(page: Page, element: HtmlElement, look: Look, around: Around): void {
  endLine(page);
  let number = Number.parseInt(element.attributes?.["start"] ?? "1", 10);
  if (!(number >= 0 && number < 1_000_000)) number = 1;
  const next = element.name === "ol" ? () => number++ : () => undefined;
  const depth = look.unmarked ? around.depth : Math.min(around.depth + 1, MAX_DEPTH);
  children(page, element, { ...around, depth, next });
  endLine(page);
}

function itemOf({ attributes }: HtmlElement, { depth, next }: Around): Item {
  const own = Number.parseInt(attributes?.["value"] ?? "", 10);
  const number = next?.();
  if (number === undefined) return { depth };
  return { depth, number: own >= 0 && own < 1_000_000 ? own : number };
}

/** Word's items are paragraphs; the marker stands in `<span style="mso-list:Ignore">1.</span>`. */
function wordsMarker(page: Page, element: HtmlElement): void {
  const number = /^\s*(\d{1,6})[.)]/.exec(textOf(element))?.[1];
  page.item = { depth: 1, ...(number === undefined ? {} : { number: Number(number) }) };
}

const textOf = ({ children: nodes }: HtmlElement): string =>
  nodes.map((node) => (typeof node === "string" ? node : textOf(node))).join("");

const BY_NAME: Readonly<Record<string, InlineTag>> = {
  b: "b",
  strong: "b",
  h1: "b",
  h2: "b",
  h3: "b",
  h4: "b",
  h5: "b",
  h6: "b",
  i: "i",
  em: "i",
  cite: "i",
  u: "u",
  ins: "u",
  s: "s",
  strike: "s",
  del: "s",
  code: "code",
  tt: "code",
  kbd: "code",
  samp: "code",
};

function within(element: HtmlElement, look: Look, around: Around): Around {
  const tags = new Set(around.tags);
  const own = Object.hasOwn(BY_NAME, element.name) ? BY_NAME[element.name] : undefined;
  if (own !== undefined) tags.add(own);
  const style = element.attributes?.["style"];
  if (style !== undefined) styled(tags, declarations(style));
  const href = element.name === "a" ? (hrefOf(element) ?? around.href) : around.href;
  return {
    ...around,
    href,
    // What marks a link is the client's, not the author's.
    tags: href !== undefined && element.name === "a" ? new Set([...tags].filter((tag) => tag !== "u")) : tags,
    unseen: look.unseen ?? look.sizeless ?? around.unseen,
    keeps: look.keepsSpaces ?? around.keeps,
  };
}

/** `font-weight:700` · `font-style:italic` · `text-decoration:underline line-through`; and what undoes them. */
function styled(tags: Set<InlineTag>, style: ReadonlyMap<string, string>): void {
  const weight = style.get("font-weight");
  if (weight !== undefined) /^(?:bold|bolder|[6-9]00)$/.test(weight) ? tags.add("b") : tags.delete("b");
  const slope = style.get("font-style");
  if (slope !== undefined) /^(?:italic|oblique)/.test(slope) ? tags.add("i") : tags.delete("i");
  const line = style.get("text-decoration") ?? style.get("text-decoration-line") ?? "";
  if (/\bunderline\b/.test(line)) tags.add("u");
  if (/\bline-through\b/.test(line)) tags.add("s");
}

/** A target that a customer may follow; undefined for any other, whose words stay. */
function hrefOf({ attributes }: HtmlElement): string | undefined {
  const href = visibleWords(attributes?.["href"] ?? "").replace(/[\s\u00a0]/g, "");
  if (href.length > LONGEST_HREF || !/^(?:https?:\/\/[^/]|mailto:[^:])/i.test(href) || !URL.canParse(href))
    return undefined;
  return href.replace(/["'<>]/g, (char) => encodeURIComponent(char).replace("'", "%27"));
}

/** `[screenshot.png]`: the picture travels as a file, its name says where it belongs. */
function pictureName(element: HtmlElement): string {
  const file = /^cid:([^@\s]{1,100}\.(?:png|jpe?g|gif|webp|bmp))(?:@|$)/i.exec(element.attributes?.["src"] ?? "")?.[1];
  return file === undefined ? pictureWords(element) : `[${file}]`;
}
