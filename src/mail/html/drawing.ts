/** Words in drawings: `<svg>` shows what stands in `<text>` and `<foreignObject>`, and nothing else (SVG 2, section 5). */
import type { HtmlElement } from "./tree.ts";

/** What stands in these is drawn elsewhere, if at all, or is not for the eye. */
const NOT_DRAWN = new Set(["defs", "symbol", "desc", "metadata", "title", "clippath", "mask", "marker", "pattern"]);

/** Calls `found` for each element with words, in order. `isHidden` is asked of each element on the way. */
export function eachDrawnText(
  drawing: HtmlElement,
  isHidden: (element: HtmlElement) => boolean,
  found: (text: HtmlElement) => void,
): void {
  for (const child of drawing.children) {
    if (typeof child === "string" || NOT_DRAWN.has(child.name) || isHidden(child)) continue;
    if (child.name === "text" || child.name === "foreignobject") found(child);
    else eachDrawnText(child, isHidden, found);
  }
}
