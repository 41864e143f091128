/**
 * The walk over the tree: each element writes its words in order. What is hidden is not written. The tree's depth is
 * bounded (tree.ts), so recursion is safe.
 */
import { containerOf } from "./client-marks.ts";
import { eachDrawnText } from "./drawing.ts";
import { linkTarget, isTracker, pictureWords } from "./link.ts";
import { type List, listOf } from "./list.ts";
import { type Look, lookOf } from "./look.ts";
import { noteSpans, type SpanNotes, type Spans } from "./spans.ts";
import { dataRows, tableLines } from "./table.ts";
import { isBlock, isUnread } from "./tags.ts";
import type { HtmlElement, HtmlNode } from "./tree.ts";
import { visibleWords } from "./words.ts";
import { createWriter, type Writer } from "./writer.ts";

/** `<hr>`, as Outlook writes it in plain text. */
const RULE = "_".repeat(32);
/** The words of a link are compared with its address up to this length. In characters. */
const MAX_COMPARED = 2500;

export type Rendering = { readonly text: string; readonly spans: Spans; readonly cut: boolean };

/** What an element inherits. */
type Around = {
  readonly keepsSpaces: boolean;
  readonly unseen: boolean;
  readonly sizeless: boolean;
  readonly list: List | undefined;
  readonly parent: string;
};

/** `all`: what styles hide is written too. */
type Page = { readonly writer: Writer; readonly notes: SpanNotes; readonly all: boolean };

const NOTHING_AROUND: Around = { keepsSpaces: false, unseen: false, sizeless: false, list: undefined, parent: "" };

/** @param show `all`: also what styles hide, for a document in which nothing else stands. */
export function render(root: HtmlElement, show: "visible" | "all" = "visible"): Rendering {
  const writer = createWriter();
  const page = { writer, notes: noteSpans(writer), all: show === "all" };
  children(page, root, NOTHING_AROUND);
  return { text: writer.toString(), spans: page.notes.spans(), cut: writer.cut };
}

function children(page: Page, { children: nodes }: HtmlElement, around: Around): void {
  for (const node of nodes) {
    if (page.writer.full) return;
    write(page, node, around);
  }
}

const isUnseen = (page: Page, around: Around): boolean => (around.unseen || around.sizeless) && !page.all;

const isHidden = (page: Page, { name }: HtmlElement, look: Look): boolean =>
  look.hidden && !(page.all && !isUnread(name));

function write(page: Page, node: HtmlNode, around: Around): void {
  if (typeof node === "string") {
    if (!isUnseen(page, around)) page.writer.text(visibleWords(node), around.keepsSpaces);
    return;
  }
  const look = lookOf(node);
  if (isHidden(page, node, look)) return;
  const container = containerOf(node, look.ruled === true);
  if (container?.headed || node.attributes?.["name"] === "quoted-content") page.writer.block(1);
  const end = container && page.notes.container(container);
  const write = Object.hasOwn(ELEMENTS, node.name) ? ELEMENTS[node.name] : isBlock(node.name) ? block : inline;
  (write ?? inline)(page, node, look, {
    ...around,
    keepsSpaces: look.keepsSpaces ?? around.keepsSpaces,
    unseen: look.unseen ?? around.unseen,
    sizeless: look.sizeless ?? around.sizeless,
  });
  end?.();
  // Below a header block begins the quoted mail, which is not one of its fields; so in GMX's `<div name="quoted-content">`.
  if (container?.reach === "rest" && node.name !== "hr") page.writer.block(1);
}

type Write = (page: Page, element: HtmlElement, look: Look, around: Around) => void;

const inside = (around: Around, { name }: HtmlElement): Around => ({ ...around, parent: name });

const inline: Write = (page, element, look, around) => {
  if (look.marker) return wordsMarker(page, element, around);
  children(page, element, around);
};

/** Word's lists are paragraphs whose number stands in `<span style="mso-list:Ignore">1.<span>&nbsp;&nbsp;</span></span>`. */
function wordsMarker(page: Page, element: HtmlElement, around: Around): void {
  if (isUnseen(page, around)) return;
  const marker = textOf(page, element, around).trim();
  page.writer.text(/^[\p{L}\p{N}]{1,4}[.)]/u.test(marker) ? marker : "-", false);
  page.writer.text(" ", false);
}

const block: Write = (page, element, _look, around) => {
  page.writer.block(0);
  children(page, element, inside(around, element));
  page.writer.block(0);
};

const spaced: Write = (page, element, _look, around) => {
  page.writer.block(1);
  children(page, element, inside(around, element));
  page.writer.block(1);
};

/** Word's own paragraphs have no space between them; its empty ones are the blank lines. */
const paragraph: Write = (page, element, look, around) => {
  const word = /\bMso(?:Normal|NoSpacing|PlainText|ListParagraph)/i.test(element.attributes?.["class"] ?? "");
  const tight = look.margin === false || (word && look.margin !== true) || TIGHT.has(around.parent);
  (tight ? block : spaced)(page, element, look, around);
};
const TIGHT = new Set(["li", "td", "th", "dd", "dt"]);

const lineBreak: Write = (page, _element, _look, around) => {
  if (!isUnseen(page, around)) page.writer.lineBreak();
};

const rule: Write = (page, _element, _look, around) => {
  const { writer, notes } = page;
  // Rules with nothing between them are one.
  if (isUnseen(page, around) || writer.since(writer.end - RULE.length, RULE.length) === RULE) return;
  const end = notes.rule();
  writer.line(RULE);
  end();
};

const quote: Write = (page, element, look, around) => {
  // A quote that only indents is no quote: its words are the author's.
  const { type, cite, class: name } = element.attributes ?? {};
  if (look.bare && type === undefined && cite === undefined && !/quote/i.test(name ?? ""))
    return block(page, element, look, around);
  page.writer.block(0);
  const end = page.notes.quote(type?.toLowerCase() === "cite" || cite !== undefined);
  page.writer.quote(1);
  children(page, element, { ...inside(around, element), list: undefined });
  page.writer.block(0);
  page.writer.quote(-1);
  end();
  // So that an answer below is not taken for the tail of a wrapped quoted line.
  page.writer.block(1);
};

const list: Write = (page, element, look, around) => {
  page.writer.block(around.list === undefined ? 1 : 0);
  children(page, element, { ...inside(around, element), list: listOf(element, look.unmarked === true) });
  page.writer.block(around.list === undefined ? 1 : 0);
};

const listItem: Write = (page, element, look, around) => {
  page.writer.block(0);
  page.writer.indent(look.unmarked ? "" : (around.list?.next(element) ?? "- "));
  children(page, element, inside(around, element));
  page.writer.block(0);
  page.writer.outdent();
};

const definition: Write = (page, element, look, around) => {
  page.writer.indent("  ");
  block(page, element, look, around);
  page.writer.outdent();
};

const preformatted: Write = (page, element, look, around) => {
  page.writer.block(1);
  // A line end right behind `<pre>` is not part of it.
  const [first, ...rest] = element.children;
  const nodes = typeof first === "string" ? [first.replace(/^\r?\n/, ""), ...rest] : element.children;
  for (const node of nodes) write(page, node, inside({ ...around, keepsSpaces: look.keepsSpaces ?? true }, element));
  page.writer.block(1);
};

const link: Write = (page, element, _look, around) => {
  const from = page.writer.end;
  children(page, element, around);
  const words = page.writer.since(from, MAX_COMPARED);
  if (isUnseen(page, around) || (words?.trim() === "" && !holdsPicture(element))) return;
  const target = linkTarget(element, words);
  if (target === "") return;
  const last = element.children.at(-1);
  page.writer.text(` ${target}${typeof last === "string" && /\s$/.test(last) ? " " : ""}`, false);
};

/** A picture without a description may still be what the link is about. */
function holdsPicture({ children: nodes }: HtmlElement): boolean {
  return nodes.some((node) => typeof node !== "string" && node.name === "img" && !isTracker(node.attributes ?? {}));
}

const picture: Write = (page, element, _look, around) => {
  if (!isUnseen(page, around)) page.writer.text(pictureWords(element), false);
};

const drawing: Write = (page, element, _look, around) => {
  const hides = (child: HtmlElement): boolean => isHidden(page, child, lookOf(child));
  eachDrawnText(element, hides, (text) => {
    page.writer.text(" ", false);
    children(page, text, around);
    page.writer.text(" ", false);
  });
};

const quotation: Write = (page, element, _look, around) => {
  if (!isUnseen(page, around)) page.writer.text("“", false);
  children(page, element, around);
  if (!isUnseen(page, around)) page.writer.text("”", false);
};

const table: Write = (page, element, look, around) => {
  const rows = isUnseen(page, around) ? undefined : dataRows(element);
  if (rows === undefined) return block(page, element, look, around);
  page.writer.block(1);
  for (const node of element.children)
    if (typeof node !== "string" && node.name === "caption") block(page, node, look, around);
  for (const line of tableLines(rows.map((cells) => cells.map((cell) => textOf(page, cell, around)))))
    page.writer.line(line);
  page.writer.block(1);
};

const cell: Write = (page, element, look, around) => {
  if (element.holdsBlock) return block(page, element, look, around);
  page.writer.text(" ", false);
  children(page, element, inside(around, element));
  page.writer.text(" ", false);
};

/** The words of a cell or marker in one line. */
function textOf({ all }: Page, element: HtmlElement, around: Around): string {
  const writer = createWriter();
  const page = { writer, notes: noteSpans(writer), all };
  if (!isHidden(page, element, lookOf(element))) children(page, element, { ...around, keepsSpaces: false });
  return writer.toString().replace(/\s*\n\s*/g, " ");
}

const ELEMENTS: Readonly<Record<string, Write>> = {
  p: paragraph,
  h1: spaced,
  h2: spaced,
  h3: spaced,
  h4: spaced,
  h5: spaced,
  h6: spaced,
  dl: spaced,
  figure: spaced,
  br: lineBreak,
  hr: rule,
  blockquote: quote,
  ul: list,
  ol: list,
  menu: list,
  dir: list,
  li: listItem,
  dd: definition,
  pre: preformatted,
  listing: preformatted,
  xmp: preformatted,
  a: link,
  img: picture,
  svg: drawing,
  q: quotation,
  table,
  td: cell,
  th: cell,
};
