/**
 * HTML as readable text. Small and sane HTML goes through html-to-text; whatever is too large or nested too deep for
 * it (its cost is quadratic in the nesting) goes through a plain scanner that keeps the words and the line breaks.
 */
import { compile } from "html-to-text";
import { quotedHtmlAt } from "./client-marks.ts";

/** 2 MB of HTML took 0.9 s in html-to-text; the scanner takes 20 ms. In characters. */
const MAX_RENDERED = 700_000;
/** Browsers flatten nesting beyond 512 levels; real mail stays under 100. */
const MAX_DEPTH = 400;
/** Elements that close one another (`<li>` after `<li>`) are not nested however many there are, up to this. */
const MAX_UNCLOSED = 20_000;

const VOID = new Set("area base br col embed hr img input link meta param source track wbr".split(" "));
const SELF_CLOSING = new Set("p li dt dd option optgroup tr td th thead tbody tfoot rt rp".split(" "));
/** A private-use character that marks where the quoted history begins while the HTML is turned into text. */
const MARK = "\ue0f1";

const render = compile({
  wordwrap: false,
  limits: { maxDepth: MAX_DEPTH + 50, maxInputLength: MAX_RENDERED + 1000 },
  selectors: [
    { selector: "a", options: { hideLinkHrefIfSameAsText: true, ignoreHref: false, noAnchorUrl: true } },
    { selector: "img", format: "skip" },
    { selector: "style", format: "skip" },
    { selector: "script", format: "skip" },
    { selector: "title", format: "skip" },
    ...["h1", "h2", "h3", "h4", "h5", "h6"].map((selector) => ({ selector, options: { uppercase: false } })),
    { selector: "blockquote", options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
    { selector: "p", options: { leadingLineBreaks: 2, trailingLineBreaks: 2 } },
  ],
});

export type HtmlText = {
  readonly text: string;
  /** Place in `text` at which the client's own container of quoted history begins; undefined when it shows none. */
  readonly quoteAt?: number;
  /** Whether the plain scanner was used. */
  readonly simplified: boolean;
};

/** Renders HTML as text; never throws, linear for hostile input. */
export function htmlToText(html: string): HtmlText {
  const source = html.replaceAll(MARK, "");
  const at = quotedHtmlAt(source);
  const marked = at === undefined ? source : `${source.slice(0, at)}<div>${MARK}</div>${source.slice(at)}`;
  let text: string | undefined;
  if (marked.length <= MAX_RENDERED && !isTooDeep(marked)) {
    try {
      text = render(marked);
    } catch {
      // Its parser gave up: the scanner never does.
    }
  }
  const simplified = text === undefined;
  text = (text ?? scanText(marked)).replaceAll("\u00a0", " ");
  const quoteAt = text.indexOf(MARK);
  return { text: text.replace(MARK, ""), simplified, ...(quoteAt < 0 ? {} : { quoteAt }) };
}

/** One pass over the tags. An end tag without its start closes nothing, as in a parser. */
function isTooDeep(html: string): boolean {
  const open = new Map<string, number>();
  let depth = 0;
  let unclosed = 0;
  for (const match of html.matchAll(/<(\/?)([a-z][a-z0-9:-]{0,40})/gi)) {
    const name = (match[2] as string).toLowerCase();
    if (VOID.has(name)) continue;
    const count = open.get(name) ?? 0;
    const step = match[1] === "/" ? (count > 0 ? -1 : 0) : 1;
    open.set(name, count + step);
    if (SELF_CLOSING.has(name)) unclosed += step;
    else depth += step;
    if (depth > MAX_DEPTH || unclosed > MAX_UNCLOSED) return true;
  }
  return false;
}

const BLOCK = new Set(
  "address article aside blockquote br center dd div dl dt fieldset footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tr ul".split(
    " ",
  ),
);
/** Their content is not for reading. */
const HIDDEN = new Set(["style", "script", "title", "template", "noscript"]);

/** Words and line breaks of HTML of any shape, in one pass. */
function scanText(html: string): string {
  const out: string[] = [];
  let i = 0;
  while (i < html.length) {
    const tag = html.indexOf("<", i);
    if (tag < 0) {
      out.push(words(html.slice(i)));
      break;
    }
    out.push(words(html.slice(i, tag)));
    if (html.startsWith("<!--", tag)) {
      i = after(html, "-->", tag + 4);
      continue;
    }
    const name = /^<\/?([a-z][a-z0-9:-]{0,40})/i.exec(html.slice(tag, tag + 50))?.[1]?.toLowerCase();
    if (name === undefined && !html.startsWith("<!", tag) && !html.startsWith("<?", tag)) {
      out.push("<");
      i = tag + 1;
      continue;
    }
    i = after(html, ">", tag + 1);
    if (name === undefined) continue;
    if (BLOCK.has(name)) out.push("\n");
    if (HIDDEN.has(name) && html[tag + 1] !== "/") i = after(html, `</${name}`, i);
  }
  return out
    .join("")
    .replace(/[ \t]*\n[ \t]*/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

/** Index behind the next `end`, or the end of the text. */
function after(text: string, end: string, from: number): number {
  const at = text.indexOf(end, from);
  return at < 0 ? text.length : at + end.length;
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  euro: "€",
  copy: "©",
};

function words(text: string): string {
  if (text === "") return "";
  return text
    .replace(/\s+/g, " ")
    .replace(
      /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,6}));/gi,
      (whole, decimal?: string, hex?: string, name?: string) => {
        if (name) return ENTITIES[name.toLowerCase()] ?? whole;
        const code = decimal ? Number(decimal) : Number.parseInt(hex as string, 16);
        return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code < 0xe000) ? String.fromCodePoint(code) : "";
      },
    );
}
