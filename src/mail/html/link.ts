/** Links and pictures in text: `the screenshot <https://nw.example/a>`, `[Printer with a red light]`. */
import { declarations } from "./declarations.ts";
import type { HtmlElement } from "./tree.ts";
import { visibleWords } from "./words.ts";

/** A longer address helps nobody who reads. In characters. */
const MAX_ADDRESS = 2000;
/** A longer description of a picture is not one. In characters. */
const MAX_DESCRIPTION = 300;
/** A picture of this size or less counts readers; it shows nothing. In pixels. */
const TRACKER = 3;

/**
 * What stands behind the words of a link: `<https://nw.example/a>`, or nothing when the words say it already, when the
 * target is a place in the mail itself, or when no reader could use it (`javascript:`, `data:`).
 * @param words of the link as rendered, undefined when they are too many to be its address
 */
export function linkTarget(element: HtmlElement, words: string | undefined): string {
  const href = clean(element.attributes?.["href"] ?? "");
  if (href === "" || href.length > MAX_ADDRESS) return "";
  const scheme = /^([a-z][a-z0-9+.-]{0,20}):/i.exec(href)?.[1]?.toLowerCase();
  if (scheme === "mailto" || scheme === "tel" || scheme === "sms") {
    const to = decoded(href.slice(scheme.length + 1).split("?", 1)[0] as string);
    return to === "" || says(words, to) ? "" : `<${to}>`;
  }
  if (scheme !== "http" && scheme !== "https" && scheme !== "ftp") return "";
  return says(words, href) ? "" : `<${href}>`;
}

/** `www.nw.example/help` says `https://www.nw.example/help/`; `+1 202 555 0100` says `+12025550100`. */
function says(words: string | undefined, target: string): boolean {
  if (words === undefined) return false;
  const bare = (text: string): string =>
    decoded(text)
      .toLowerCase()
      .replace(/[\s<>()\u00a0]/g, "")
      .replace(/^[a-z]{3,6}:\/\//, "")
      .replace(/^www\./, "")
      .replace(/\/$/, "");
  const said = bare(words.replace(/^> /gm, ""));
  const full = bare(target);
  return said === full || (/^\+?[\d-]+$/.test(full) && said.replace(/\D/g, "") === full.replace(/\D/g, ""));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text).replace(/[\u0000-\u001f<>]/g, "");
  } catch {
    return text;
  }
}

/** An address has no white space and no brackets in it; browsers take white space out of it, too. */
function clean(href: string): string {
  return visibleWords(href)
    .replace(/[\s\u00a0]/g, "")
    .replace(/[<>]/g, (char) => (char === "<" ? "%3C" : "%3E"));
}

/** `[Printer with a red light]`; an emoji as itself; nothing for trackers, spacers and pictures without words. */
export function pictureWords({ attributes }: HtmlElement): string {
  if (attributes === undefined || isTracker(attributes)) return "";
  const words = visibleWords(attributes["alt"] ?? "")
    .replace(/\s+/g, " ")
    .trim();
  if (words === "" || words.length > MAX_DESCRIPTION) return "";
  // <img class="emoji" alt="🙂"> · <img data-emoji="🙂" alt="🙂">
  if (words.length <= 16 && /^(?:\p{Emoji_Presentation}|\p{Extended_Pictographic})/u.test(words)) return words;
  return `[${words.replace(/^\[|\]$/g, "")}]`;
}

export function isTracker(attributes: Readonly<Record<string, string>>): boolean {
  const style = declarations(attributes["style"] ?? "");
  return ["width", "height"].some((side) => {
    const size = /^\s*(\d{1,6})(?:\.\d{1,6})?\s*(?:px)?\s*$/.exec(style.get(side) ?? attributes[side] ?? "");
    return size !== null && Number(size[1]) <= TRACKER;
  });
}
