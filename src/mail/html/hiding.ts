/**
 * What inline styles hide from a reader. Only what is certainly hidden counts: a word too much does no harm, a customer's
 * word that nobody sees does. So each trick needs all that makes it work in a mail client, and nothing that undoes it.
 */
import { isBlock } from "./tags.ts";
import type { HtmlElement } from "./tree.ts";

type Style = ReadonlyMap<string, string>;

/** `height` is the least that they have; `overflow` and `max-width` clip nothing (CSS 2.2, sections 10.4, 10.7 and 17.5). */
const TABLE_PARTS = new Set(["table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "td", "th"]);
/** Displays of boxes that have the height and width which are declared. Inline ones have not. */
const BOXES = new Set([
  "block",
  "inline-block",
  "list-item",
  "flow-root",
  "flex",
  "inline-flex",
  "grid",
  "inline-grid",
]);
/** A character of a hidden line takes up to this much of its indent. In pixels; the widest of 16 pixels are square. */
const CHARACTER = 20;
/** A box this far to the left is out of every window. In pixels. */
const FAR_LEFT = 1000;
/** Mails are longer than windows are wide. In pixels. */
const FAR_ABOVE = 9000;

/**
 * `display:none` · `max-height:0;overflow:hidden` · `opacity:0` · `position:absolute;left:-9999px`, as preheaders have it.
 * `mso-hide:all` alone hides from Outlook only: everybody else reads it, and so do we.
 */
export function isInvisible(element: HtmlElement, style: Style): boolean {
  if (style.get("display") === "none") return true;
  if (style.has("opacity") && isNothing(style.get("opacity"), 0.05)) return true;
  return isClipped(element, style) || isFarAway(style) || isIndentedAway(element, style);
}

/** A box without height or width that clips what does not fit. */
function isClipped(element: HtmlElement, style: Style): boolean {
  if (style.get("overflow") !== "hidden" || !isBox(element, style)) return false;
  return isShut(style, "height", ["top", "bottom"]) || isShut(style, "width", ["left", "right"]);
}

function isShut(style: Style, side: "height" | "width", edges: readonly string[]): boolean {
  // Percentages of an unknown height are no height: `height:0%` is `auto`.
  const shut = (name: string): boolean => isNothing(style.get(name), 1) && !style.get(name)?.endsWith("%");
  if (!shut(side) && !shut(`max-${side}`)) return false;
  // `width:1px; min-width:100%`, for iPhones · `flex:1; width:0`, a column that grows
  if (!isNothing(style.get(`min-${side}`) ?? "0", 1)) return false;
  for (const name of style.keys()) if (name.startsWith("flex")) return false;
  // `height:0; padding-bottom:56.25%`, the room of a film: what stands in it is seen in the padding.
  return !hasSpace(style, "padding", edges);
}

function isBox({ name }: HtmlElement, style: Style): boolean {
  const position = style.get("position");
  const display = style.get("display");
  if (display !== undefined && display !== "inline") return BOXES.has(display);
  if (TABLE_PARTS.has(name)) return false;
  if (position === "absolute" || position === "fixed") return true;
  if (style.has("float") && style.get("float") !== "none") return true;
  return display === undefined && isBlock(name);
}

/** `position:absolute; left:-9999px`. Without a position, `left` does nothing. */
function isFarAway(style: Style): boolean {
  const position = style.get("position") ?? "";
  if (position !== "absolute" && position !== "fixed" && position !== "relative") return false;
  return away(style.get("left")) >= FAR_LEFT || away(style.get("top")) >= FAR_ABOVE;
}

/** `text-indent:-10000px`, which moves the first line only, and only so far; padding moves it back. */
function isIndentedAway(element: HtmlElement, style: Style): boolean {
  const far = away(style.get("text-indent"));
  if (far < FAR_LEFT || far < element.textLength * CHARACTER || !isBox(element, style)) return false;
  if (element.attributes?.["align"] !== undefined || style.has("text-align")) return false;
  return !hasSpace(style, "padding", ["left"]) && !hasSpace(style, "margin", ["left"]);
}

/** How far a length leads out of sight: `-9999px` gives 9999. */
function away(value: string | undefined): number {
  return Number(/^-(\d{4,6})(?:\.\d{1,6})?(?:px|pt|em)$/.exec(value ?? "")?.[1] ?? 0);
}

/** Whether a box has padding or a margin at one of these edges; `padding:0` is none. */
function hasSpace(style: Style, name: "padding" | "margin", edges: readonly string[]): boolean {
  return [name, ...edges.map((edge) => `${name}-${edge}`)].some((one) =>
    (style.get(one) ?? "0").split(/\s+/, 4).some((width) => !isNothing(width, 1) && width !== "auto"),
  );
}

/** `0` · `0px` · `.1pt` · `1px` (with a limit of 1); percentages of nothing too. */
export function isNothing(value: string | undefined, limit: number): boolean {
  if (value === undefined) return false;
  const number = /^(\d{0,6}(?:\.\d{1,6})?)(px|pt|em|rem|ex|cm|mm|in|%|)$/.exec(value);
  if (!number || number[1] === "") return false;
  const amount = Number(number[1]);
  // A size of `1em` or `1` (opacity) is an ordinary one.
  return (
    amount === 0 || (amount <= limit && (number[2] === "px" || number[2] === "pt" || (number[2] === "" && limit < 1)))
  );
}

/**
 * Whether words have no size: `font-size:0` · `font:0/0 a`. Undefined: the style says nothing of it, so it is as around.
 * The later of the two declarations counts.
 */
export function isWithoutSize(style: Style): boolean | undefined {
  let found: boolean | undefined;
  for (const [name, value] of style) {
    if (name === "font-size") found = value === "inherit" ? undefined : isNothing(value, 1);
    else if (name === "font") found = sizeOfFont(value) ?? found;
  }
  return found;
}

/** `italic 14px/1.5 Arial` · `0/0 a` · `small-caps x-large serif` · `menu` */
function sizeOfFont(font: string): boolean | undefined {
  if (/^(?:caption|icon|menu|message-box|small-caption|status-bar)$/.test(font)) return false;
  for (const token of font.split(/[\s/]+/, 8)) {
    if (/^(?:0|\d{0,6}(?:\.\d{1,6})?(?:px|pt|em|rem|ex|cm|mm|in|vw|%))$/.test(token)) return isNothing(token, 1);
    if (/^(?:x{0,2}-?(?:small|large)|medium|smaller|larger)$/.test(token)) return false;
  }
  return undefined;
}
