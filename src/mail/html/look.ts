/**
 * What inline styles and attributes do to the words of an element: hidden, without size, with its spaces kept. Style
 * sheets are not read: mail that depends on them looks wrong in most clients, and a rule of a media query would hide words.
 */
import { declarations } from "./declarations.ts";
import { isInvisible, isNothing, isWithoutSize } from "./hiding.ts";
import { isUnread } from "./tags.ts";
import type { HtmlElement } from "./tree.ts";

export type Look = {
  /** Nothing in it can be seen. */
  readonly hidden: boolean;
  /** `visibility: hidden`; an element in it may undo this. Undefined: as around it. */
  readonly unseen?: boolean;
  /** Words of no size; an element in it may undo this, too. Undefined: as around it. */
  readonly sizeless?: boolean;
  /** Line breaks and spaces of the source count (`<pre>`, `white-space: pre-wrap`). Undefined: as around it. */
  readonly keepsSpaces?: boolean;
  /** Space above and below as inline styles say: `margin: 0` makes a `<p>` a mere line. Undefined: they say nothing. */
  readonly margin?: boolean;
  /** `list-style: none` */
  readonly unmarked?: boolean;
  /** A blockquote that only indents: Gmail's and Outlook's indent button write `<blockquote style="margin:0 0 0 40px;border:none;padding:0px">`. */
  readonly bare?: boolean;
  /** A line above it: `border-top: solid #E1E1E1 1.0pt`. */
  readonly ruled?: boolean;
  /** The bullet or number of a list item of Word: `mso-list:Ignore`. */
  readonly marker?: boolean;
};

const PLAIN: Look = { hidden: false };
const HIDDEN: Look = { hidden: true };
const KEEPS: Look = { hidden: false, keepsSpaces: true };
const SIZED: Look = { hidden: false, sizeless: false };
/** `<pre>` and its forerunners. */
const KEPT = new Set(["pre", "xmp", "listing"]);

/** Reads an element's own look. */
export function lookOf(element: HtmlElement): Look {
  const { name, attributes } = element;
  if (isUnread(name)) return HIDDEN;
  const style = attributes?.["style"];
  if (style !== undefined) return lookOfStyle(element, declarations(style));
  if (attributes?.["hidden"] !== undefined) return HIDDEN;
  return KEPT.has(name) ? KEEPS : hasOwnSize(element) ? SIZED : PLAIN;
}

/** `<font size="2">`; and a table does not take the size of what stands around it, in mail without a doctype. */
function hasOwnSize({ name, attributes }: HtmlElement): boolean {
  return name === "table" || (name === "font" && /^\s*[+-]?\d/.test(attributes?.["size"] ?? ""));
}

function lookOfStyle(element: HtmlElement, style: ReadonlyMap<string, string>): Look {
  if (isInvisible(element, style)) return HIDDEN;
  // `<div hidden style="display:block">` is shown.
  if (element.attributes?.["hidden"] !== undefined && !style.has("display")) return HIDDEN;
  const space = style.get("white-space");
  const keepsSpaces = space === undefined ? (KEPT.has(element.name) ? true : undefined) : space.startsWith("pre");
  const margin = marginOf(style);
  const sizeless = isWithoutSize(style) ?? (hasOwnSize(element) ? false : undefined);
  const unseen = isUnseenBy(style.get("visibility"));
  return {
    hidden: false,
    ...(unseen === undefined ? {} : { unseen }),
    ...(sizeless === undefined ? {} : { sizeless }),
    ...(keepsSpaces === undefined ? {} : { keepsSpaces }),
    ...(margin === undefined ? {} : { margin }),
    ...(/\bnone\b/.test(style.get("list-style") ?? style.get("list-style-type") ?? "") ? { unmarked: true } : {}),
    ...(/\bnone\b|^0/.test(style.get("border") ?? "") && !hasLine(style, "left") ? { bare: true } : {}),
    ...(hasLine(style, "top") ? { ruled: true } : {}),
    ...(style.get("mso-list") === "ignore" ? { marker: true } : {}),
  };
}

function isUnseenBy(visibility: string | undefined): boolean | undefined {
  if (visibility === "hidden" || visibility === "collapse") return true;
  return visibility === "visible" ? false : undefined;
}

/** `margin:0` · `margin: 0cm 0cm 0.0001pt` · `margin-top:0;margin-bottom:0` are none; anything else is one. */
function marginOf(style: ReadonlyMap<string, string>): boolean | undefined {
  const all = style.get("margin")?.split(/\s+/, 4);
  const sides = all && [all[0], all[2] ?? all[0]];
  const top = style.get("margin-top") ?? sides?.[0];
  const bottom = style.get("margin-bottom") ?? sides?.[1];
  if (top === undefined && bottom === undefined) return undefined;
  return !(isNothing(top ?? "0", 1) && isNothing(bottom ?? "0", 1));
}

/** `border-top:solid #B5C4DF 1.0pt` · `border-top-width: 1px; border-top-style: solid` */
function hasLine(style: ReadonlyMap<string, string>, side: "top" | "left"): boolean {
  const whole = style.get(`border-${side}`);
  if (whole !== undefined) return /\b(?:solid|dotted|dashed|double|windowtext)\b/.test(whole);
  return /\b(?:solid|dotted|dashed)\b/.test(style.get(`border-${side}-style`) ?? "");
}
