/**
 * What inline styles and attributes do to the words of an element: hidden, without size, with its spaces kept. Style
 * sheets are not read: mail that depends on them looks wrong in most clients, and a rule of a media query would hide words.
 */
import type { HtmlElement } from "./tree.ts";
import { isUnread } from "./tags.ts";

export type Look = {
  /** Nothing in it can be seen. */
  readonly hidden: boolean;
  /** Words of no size or `visibility: hidden`; an element in it may undo this. Undefined: as around it. */
  readonly unseen?: boolean;
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
/** No style attribute of a real element is longer. In characters. */
const MAX_STYLE = 4000;

/** Reads an element's own look. */
export function lookOf({ name, attributes }: HtmlElement): Look {
  if (isUnread(name)) return HIDDEN;
  if (attributes === undefined) return name === "pre" || name === "xmp" || name === "listing" ? KEEPS : PLAIN;
  if (attributes["hidden"] !== undefined) return HIDDEN;
  const style = attributes["style"];
  const pre = name === "pre" || name === "xmp" || name === "listing";
  if (style === undefined) return pre ? KEEPS : PLAIN;
  return lookOfStyle(declarations(style), pre);
}
const KEEPS: Look = { hidden: false, keepsSpaces: true };

/** `Font-Size: 0; color:#fff !important` gives `font-size` → `0`, `color` → `#fff`. */
export function declarations(style: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const part of style.slice(0, MAX_STYLE).toLowerCase().split(";")) {
    const colon = part.indexOf(":");
    if (colon > 0)
      found.set(
        part.slice(0, colon).trim(),
        part
          .slice(colon + 1)
          .replace("!important", "")
          .trim(),
      );
  }
  return found;
}

function lookOfStyle(style: ReadonlyMap<string, string>, pre: boolean): Look {
  if (isInvisible(style)) return HIDDEN;
  const space = style.get("white-space");
  const keepsSpaces = space === undefined ? (pre ? true : undefined) : space.startsWith("pre");
  const margin = marginOf(style);
  const size = style.get("font-size");
  const visibility = style.get("visibility");
  const unseen =
    visibility === "hidden" || visibility === "collapse"
      ? true
      : size !== undefined
        ? isNothing(size, 1)
        : visibility === "visible"
          ? false
          : undefined;
  return {
    hidden: false,
    ...(unseen === undefined ? {} : { unseen }),
    ...(keepsSpaces === undefined ? {} : { keepsSpaces }),
    ...(margin === undefined ? {} : { margin }),
    ...(/\bnone\b/.test(style.get("list-style") ?? style.get("list-style-type") ?? "") ? { unmarked: true } : {}),
    ...(/\bnone\b|^0/.test(style.get("border") ?? "") && !hasLine(style, "left") ? { bare: true } : {}),
    ...(hasLine(style, "top") ? { ruled: true } : {}),
    ...(style.get("mso-list") === "ignore" ? { marker: true } : {}),
  };
}

/**
 * `display:none` · `max-height:0;overflow:hidden` · `opacity:0` · `position:absolute;left:-9999px`, as preheaders have it.
 * `mso-hide:all` alone hides from Outlook only: everybody else reads it, and so do we.
 */
function isInvisible(style: ReadonlyMap<string, string>): boolean {
  if (style.get("display") === "none") return true;
  const is = (name: string): boolean => isNothing(style.get(name), 1);
  if (style.get("overflow") === "hidden" && (is("max-height") || is("height") || is("max-width") || is("width")))
    return true;
  if (style.has("opacity") && isNothing(style.get("opacity"), 0.05)) return true;
  if (is("font-size") && is("max-height")) return true;
  return ["left", "top", "text-indent", "margin-left"].some((name) =>
    /^-\d{4,6}(?:px|pt|em)?$/.test(style.get(name) ?? ""),
  );
}

/** `0` · `0px` · `.1pt` · `1px` (with a limit of 1); percentages of nothing too. */
function isNothing(value: string | undefined, limit: number): boolean {
  if (value === undefined) return false;
  const number = /^(\d{0,6}(?:\.\d{1,6})?)(px|pt|em|rem|ex|cm|mm|in|%|)$/.exec(value);
  if (!number || number[1] === "") return false;
  const amount = Number(number[1]);
  // A size of `1em` or `1` (opacity) is an ordinary one.
  return (
    amount === 0 || (amount <= limit && (number[2] === "px" || number[2] === "pt" || (number[2] === "" && limit < 1)))
  );
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
