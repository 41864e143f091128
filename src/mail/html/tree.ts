/**
 * HTML to a small tree of what a reader of mail needs. The tokenizer is htmlparser2's; the stack of open elements is
 * ours, because htmlparser2's own costs quadratic time in the nesting. Every bound keeps the words: what is nested too
 * deep becomes a sibling, what is too much loses its tags and keeps its text and line breaks.
 */
import { type QuoteType, Tokenizer, type TokenizerCallbacks } from "htmlparser2";
import { closesFor, isBarrier, isBlock, isUnread, isVoid, KEPT_ATTRIBUTES, leavesForeign } from "./tags.ts";

export type HtmlElement = {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>> | undefined;
  readonly children: HtmlNode[];
  /** Characters of text in it, white space left out. */
  textLength: number;
  /** Whether a block stands in it (`<p>`, `<div>` …), and whether a table does. */
  holdsBlock: boolean;
  holdsTable: boolean;
};
export type HtmlNode = HtmlElement | string;

export type HtmlTree = {
  readonly root: HtmlElement;
  /** Whether elements were dropped or flattened by a bound. */
  readonly simplified: boolean;
  /** The start of a comment, a tag, a `<style>`, `<script>` or `<title>` that never ends and so hides the rest. */
  readonly unterminated?: { readonly from: number; readonly to: number };
};

/** Browsers flatten beyond 512; real mail stays under 100, long Outlook threads under 200. Recursion relies on it. */
const MAX_DEPTH = 250;
/** A mail of 2 MB holds 40,000; beyond this only text and line breaks are kept, which bounds time and memory. */
const MAX_ELEMENTS = 80_000;
/** Tags that are open at once, most of them left open by a bomb; what opens beyond them is not waited for to end. */
const MAX_OPEN = 5000;
/** How far an end tag looks up the stack for its start. Formatting left open is rarely ten deep. */
const MAX_LOOK_UP = 100;
/** Longest attribute value that is looked at; the rest is cut. In characters. */
const MAX_VALUE = 8000;
/** `src` may hold a picture, `data:image/png;base64,…`. In characters. */
const MAX_SOURCE = 200_000;

/** Reads HTML of any shape. Never throws; linear time. */
export function readTree(html: string): HtmlTree {
  const builder = new Builder(html);
  const tokenizer = new Tokenizer({ decodeEntities: true }, builder);
  tokenizer.write(html);
  tokenizer.end();
  return builder.tree();
}

function newElement(name: string, attributes?: Record<string, string>): HtmlElement {
  return { name, attributes, children: [], textLength: 0, holdsBlock: false, holdsTable: false };
}

/** Stands for every block beyond the bound. */
const LINE_BREAK = newElement("br");

/** Stand for elements beyond the bound on depth, which have no content of their own, by name. */
const EMPTY = new Map<string, HtmlElement>();

/** An element without content; undefined for one that nobody would notice. */
function emptyElement(name: string): HtmlElement | undefined {
  if (!isBlock(name)) return undefined;
  const known = EMPTY.get(name) ?? newElement(name);
  EMPTY.set(name, known);
  return known;
}

/** One entry of the stack of open tags. Beyond the bounds no element stands behind it, only its parent. */
type Open = { readonly name: string; readonly element: HtmlElement; readonly own: boolean };

/** The tokenizer's callbacks own this state for one parse. */
class Builder implements TokenizerCallbacks {
  readonly #html: string;
  readonly #stack: Open[];
  readonly #openCount = new Map<string, number>();
  readonly #root = newElement("#root");
  #elements = 0;
  #depth = 0;
  #foreign = 0;
  #simplified = false;
  #text = "";
  #name = "";
  #nameAt = 0;
  #attributes: Record<string, string> | undefined;
  #attribute = "";
  #value = "";
  #commentAt = -1;
  #tagOpen = false;

  constructor(html: string) {
    this.#html = html;
    this.#stack = [{ name: "#root", element: this.#root, own: true }];
  }

  tree(): HtmlTree {
    const unterminated = this.#unterminated();
    this.#flush();
    while (this.#stack.length > 1) this.#pop();
    return { root: this.#root, simplified: this.#simplified, ...(unterminated ? { unterminated } : {}) };
  }

  #unterminated(): HtmlTree["unterminated"] {
    if (this.#commentAt >= 0) return { from: this.#commentAt, to: this.#commentAt + 4 };
    const from = this.#nameAt - 1;
    if (!this.#tagOpen && !(RAW.has((this.#stack.at(-1) as Open).name) && this.#text.trim() !== "")) return undefined;
    const end = this.#html.indexOf(">", from);
    return end < 0 ? undefined : { from, to: end + 1 };
  }

  ontext(start: number, end: number): void {
    this.#text += this.#html.slice(start, end);
  }
  ontextentity(code: number): void {
    this.#text += String.fromCodePoint(code);
  }
  onopentagname(start: number, end: number): void {
    this.#nameAt = start;
    this.#name = this.#html.slice(start, Math.min(end, start + MAX_VALUE)).toLowerCase();
    this.#attributes = undefined;
    this.#tagOpen = true;
  }
  onattribname(start: number, end: number): void {
    this.#attribute = end - start > 40 ? "" : this.#html.slice(start, end).toLowerCase();
    this.#value = "";
  }
  onattribdata(start: number, end: number): void {
    const limit = this.#attribute === "src" ? MAX_SOURCE : MAX_VALUE;
    if (this.#value.length < limit && KEPT_ATTRIBUTES.has(this.#attribute))
      this.#value += this.#html.slice(start, Math.min(end, start + limit));
  }
  onattribentity(code: number): void {
    if (this.#value.length < MAX_VALUE) this.#value += String.fromCodePoint(code);
  }
  onattribend(_quote: QuoteType, _end: number): void {
    if (!KEPT_ATTRIBUTES.has(this.#attribute)) return;
    this.#attributes ??= {};
    this.#attributes[this.#attribute] ??= this.#value;
  }
  onopentagend(end: number): void {
    this.#tagOpen = false;
    this.#open(this.#name, this.#attributes, end);
  }
  onselfclosingtag(end: number): void {
    this.#tagOpen = false;
    const { length } = this.#stack;
    this.#open(this.#name, this.#attributes, end);
    // Only in SVG and MathML does the slash close; `<div/>` is open, as in browsers. `<o:p/>` is Word's.
    if (this.#stack.length > length && (this.#foreign > 0 || this.#name.includes(":"))) this.#pop();
  }
  onclosetag(start: number, end: number): void {
    this.#close(this.#html.slice(start, Math.min(end, start + 100)).toLowerCase());
  }
  oncomment(start: number, end: number, offset: number): void {
    // The end of the input closes a comment with no offset to take off.
    if (offset === 0 && end >= this.#html.length) this.#commentAt = start - 4;
  }
  oncdata(start: number, end: number, offset: number): void {
    this.#text += this.#html.slice(start, end - offset);
  }
  ondeclaration(): void {}
  onprocessinginstruction(): void {}
  onend(): void {}

  #open(name: string, attributes: Record<string, string> | undefined, end: number): void {
    if (name === "html" || name === "body" || name === "head") return;
    if (isAddress(name)) {
      // `Maria Santos <maria@home.example> wrote`: a forgotten &lt;, not a tag.
      this.#text += this.#html.slice(this.#nameAt - 1, Math.min(end + 1, this.#nameAt + MAX_VALUE));
      return;
    }
    this.#flush();
    if (this.#foreign > 0 && leavesForeign(name)) this.#leaveForeign();
    for (const { closes, until } of closesFor(name)) this.#closeImplied(closes, until);
    const parent = (this.#stack.at(-1) as Open).element;
    const own = this.#elements < MAX_ELEMENTS && this.#depth < MAX_DEPTH;
    if (!own) this.#simplified = true;
    let element = parent;
    if (this.#elements < MAX_ELEMENTS) {
      this.#elements++;
      const flat = !own && !isVoid(name) && !isUnread(name);
      const child = flat ? emptyElement(name) : newElement(name, attributes);
      if (child) parent.children.push(child);
      element = child ?? parent;
    } else if (isBlock(name) || name === "br") parent.children.push(LINE_BREAK);
    if (isVoid(name)) {
      this.#account(parent, element === parent ? undefined : element);
      return;
    }
    if (this.#stack.length >= MAX_OPEN && !isUnread(name)) return;
    // Too deep: the element stands in the tree as an empty one, and its content beside it, unless it is not for reading.
    this.#stack.push({ name, element: own ? element : isUnread(name) ? newElement(name) : parent, own });
    if (own) this.#depth++;
    if (name === "svg" || name === "math") this.#foreign++;
    this.#openCount.set(name, (this.#openCount.get(name) ?? 0) + 1);
  }

  #close(name: string): void {
    this.#flush();
    if (name === "br") return this.#open("br", undefined, 0);
    if ((this.#openCount.get(name) ?? 0) === 0) {
      // An end tag without its start closes nothing; `</p>` alone is an empty paragraph.
      if (name === "p") {
        this.#open("p", undefined, 0);
        this.#pop();
      }
      return;
    }
    const lowest = Math.max(1, this.#stack.length - MAX_LOOK_UP);
    for (let i = this.#stack.length - 1; i >= lowest; i--) {
      const open = (this.#stack[i] as Open).name;
      if (open === name) {
        while (this.#stack.length > i) this.#pop();
        return;
      }
      // `</div>` in a cell does not close a div around the table.
      if (isBarrier(open, name)) return;
    }
  }

  /** `<li>` closes the `<li>` before it, unless a list begins in between. */
  #closeImplied(closes: ReadonlySet<string>, until: ReadonlySet<string>): void {
    const lowest = Math.max(1, this.#stack.length - MAX_LOOK_UP);
    for (let i = this.#stack.length - 1; i >= lowest; i--) {
      const { name } = this.#stack[i] as Open;
      if (closes.has(name)) {
        while (this.#stack.length > i) this.#pop();
        return;
      }
      if (until.has(name)) return;
    }
  }

  #leaveForeign(): void {
    while (this.#foreign > 0 && this.#stack.length > 1) this.#pop();
  }

  #pop(): void {
    const { name, element, own } = this.#stack.pop() as Open;
    this.#openCount.set(name, (this.#openCount.get(name) ?? 1) - 1);
    if (name === "svg" || name === "math") this.#foreign--;
    const parent = (this.#stack.at(-1) as Open).element;
    if (own) {
      this.#depth--;
      this.#account(parent, element);
    }
  }

  #account(parent: HtmlElement, child: HtmlElement | undefined): void {
    if (!child) return;
    parent.textLength += child.textLength;
    parent.holdsBlock ||= child.holdsBlock || isBlock(child.name) || child.name === "br";
    parent.holdsTable ||= child.holdsTable || child.name === "table";
  }

  #flush(): void {
    if (this.#text === "") return;
    const parent = (this.#stack.at(-1) as Open).element;
    const { children } = parent;
    const last = children.at(-1);
    if (typeof last === "string") children[children.length - 1] = last + this.#text;
    else children.push(this.#text);
    parent.textLength += visibleIn(this.#text);
    this.#text = "";
  }
}

const RAW = new Set(["style", "script", "title", "textarea", "xmp"]);

function visibleIn(text: string): number {
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 32 && code !== 160) count++;
  }
  return count;
}

/** `maria@home.example` · `https:` (of `<https://nw.example/reset>`) · `mailto:maria@…` */
function isAddress(name: string): boolean {
  return /^(?:[^@<>"'=]{1,64}@[^@<>"'=]{3,}|https?:.{0,}|mailto:.{3,})$/.test(name.slice(0, 300));
}
