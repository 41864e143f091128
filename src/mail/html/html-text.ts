/**
 * HTML as readable text, and what the author's mail program says about it. One walk over a small tree of our own, with
 * every bound kept in it: whatever is too large or nested too deep still gives its words.
 */
import { marksOf } from "./mark-ranges.ts";
import type { Mark } from "./marks.ts";
import { render } from "./render.ts";
import { readTree, type HtmlTree } from "./tree.ts";

export type HtmlText = {
  /** Lines of whole characters, without NUL and trailing blanks; quotes begin with `> `. */
  readonly text: string;
  /** Ordered, not overlapping, within `text`. */
  readonly marks: readonly Mark[];
  /** Whether the HTML was too large, too deep or broken off, so that only words and line breaks are sure. */
  readonly simplified: boolean;
  /** Whether styles hide all of its words from a reader, so that `text` has the hidden ones. */
  readonly hiddenShown: boolean;
};

/** More is not read: 2 MB of text is the largest that anybody stores. In characters of HTML. */
const MAX_HTML = 8_000_000;
/** A comment or tag without an end is opened this often, so that it hides nothing. */
const MAX_OPENED = 3;

/** Renders HTML as text; never throws, linear for hostile input. */
export function htmlToText(html: string): HtmlText {
  const { root, simplified } = readWholeTree(html.slice(0, MAX_HTML));
  const visible = render(root);
  const hidden = hasWords(visible.text) ? undefined : render(root, "all");
  const hiddenShown = hidden !== undefined && hasWords(hidden.text);
  const { text, spans, cut } = hiddenShown ? hidden : visible;
  return { text, marks: marksOf(text, spans), simplified: simplified || cut || html.length > MAX_HTML, hiddenShown };
}

/** Anything but rules and the signs of quotes and lists: `_____`, `> `, `- `. */
const hasWords = (text: string): boolean => /[^\s_>|-]/.test(text);

/** A `<!--` or `<style>` that never ends would hide all that follows: then its words are read as text. */
export function readWholeTree(html: string): HtmlTree {
  let source = html;
  let tree = readTree(source);
  for (let opened = 0; tree.unterminated && opened < MAX_OPENED; opened++) {
    const { from, to } = tree.unterminated;
    source = source.slice(0, from) + source.slice(to).replaceAll("<!--", "");
    tree = { ...readTree(source), simplified: true };
  }
  return tree;
}
