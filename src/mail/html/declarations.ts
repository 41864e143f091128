/** The declarations of a `style` attribute, as CSS reads them (CSS Syntax Module Level 3, section 5.4): what stands in quotes, brackets or comments is no declaration. */

/** No style attribute of a real element is longer. In characters. */
const MAX_STYLE = 4000;
/** Without these, a declaration ends at the next semicolon. */
const NESTS = /["'([\\]|\/\*/;

/**
 * `Font-Size: 0; color:#fff !important` gives `font-size` → `0`, `color` → `#fff`, in the order in which they last count:
 * a later one replaces an earlier one that is not more important.
 */
export function declarations(style: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const important = new Set<string>();
  for (const part of partsOf(style.slice(0, MAX_STYLE).toLowerCase())) {
    const colon = part.indexOf(":");
    if (colon <= 0) continue;
    const name = part.slice(0, colon).trim();
    const value = part.slice(colon + 1).trim();
    const urgent = value.endsWith("important") && /!\s{0,5}important$/.test(value);
    if (important.has(name) && !urgent) continue;
    if (urgent) important.add(name);
    found.delete(name);
    found.set(name, urgent ? value.slice(0, value.lastIndexOf("!")).trim() : value);
  }
  return found;
}

/** `font-family:"a;display:none;b"` and `background:url(data:image/png;base64,AA)` are one part each. */
function partsOf(style: string): string[] {
  if (!NESTS.test(style)) return style.split(";");
  const parts = [""];
  let brackets = 0;
  for (let at = 0; at < style.length;) {
    const end = endOf(style, at);
    const piece = style.slice(at, end);
    if (piece === ";" && brackets === 0) parts.push("");
    else if (!piece.startsWith("/*")) parts[parts.length - 1] += piece;
    if (piece === "(" || piece === "[") brackets++;
    else if ((piece === ")" || piece === "]") && brackets > 0) brackets--;
    at = end;
  }
  return parts;
}

/** End of the string, the comment, the escaped or the single character that begins at a place. */
function endOf(style: string, at: number): number {
  const char = style.charAt(at);
  if (char === "\\") return at + 2;
  if (char === "/" && style.charAt(at + 1) === "*") {
    const end = style.indexOf("*/", at + 2);
    return end < 0 ? style.length : end + 2;
  }
  if (char !== '"' && char !== "'") return at + 1;
  let end = at + 1;
  while (end < style.length && style.charAt(end) !== char) end += style.charAt(end) === "\\" ? 2 : 1;
  return end + 1;
}
