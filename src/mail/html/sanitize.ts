/**
 * HTML of a mail for the console: an agent sees how it was meant, and nothing of it runs, loads, covers, submits or
 * navigates by itself. Our own reader reads it, writes it as well-formed HTML, and sanitize-html lets through what is
 * listed here. The console adds a content security policy and a sandboxed frame; this file does not count on them.
 */
import sanitizeHtml from "sanitize-html";
import { htmlToText, readWholeTree } from "./html-text.ts";
import { declarations } from "./declarations.ts";
import { allowedStyle } from "./sanitize-style.ts";
import { escapeText, writeHtml } from "./write-html.ts";

export type ConsoleOptions = {
  /** Address of the picture with this Content-ID (RFC 2392), undefined when the mail has none. */
  readonly cid?: (contentId: string) => string | undefined;
  /** Whether pictures of other servers may load. Default: blocked, since loading tells the sender who reads. */
  readonly images?: "blocked" | "allowed";
};

export type ConsoleHtml = {
  readonly html: string;
  readonly blocked: {
    /** Pictures of other servers; their address is in `data-blocked-src`. */
    readonly images: number;
    /** Links whose target was taken off. */
    readonly links: number;
    /** Scripts, frames, forms, drawings and the like that were taken off. */
    readonly active: number;
  };
  /** Whether it was too large to show as HTML and is shown as its text, or lost some of its structure. */
  readonly simplified: boolean;
};

/** Above this the text is shown: 2 MB take 0.5 s to sanitise. In characters. */
const MAX_HTML = 2_000_000;
/** A picture in the mail's own HTML may be as large. In characters of base64. */
const MAX_EMBEDDED = 150_000;

const ALLOWED_TAGS =
  "a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark ol p pre q rp rt ruby s samp section small span strike strong sub sup table tbody td tfoot th thead time tr tt u ul var wbr".split(
    " ",
  );
const CELL = ["align", "valign", "bgcolor", "width", "height", "colspan", "rowspan"];
const ALLOWED_ATTRIBUTES: Record<string, sanitizeHtml.AllowedAttribute[]> = {
  "*": ["dir", "lang", "style", "align"],
  a: ["href", "title", "rel", "target"],
  img: ["src", "alt", "width", "height", "data-blocked-src", "referrerpolicy"],
  table: ["width", "border", "cellpadding", "cellspacing", "bgcolor"],
  td: CELL,
  th: CELL,
  tr: ["valign", "bgcolor"],
  col: ["span", "width"],
  colgroup: ["span", "width"],
  ol: ["start", "type", "reversed"],
  ul: ["type"],
  li: ["value", "type"],
  font: ["color", "face", "size"],
  blockquote: [{ name: "type", values: ["cite"] }],
};
/** Their content goes with them. */
const DROPPED =
  "script style textarea option select xmp title template noembed noframes iframe object embed applet svg math plaintext".split(
    " ",
  );

/** Makes HTML safe to show. Never throws; about linear; doing it twice changes nothing. */
export function sanitizeForConsole(html: string, options: ConsoleOptions = {}): ConsoleHtml {
  if (html.length > MAX_HTML) return asText(html);
  const { root, simplified } = readWholeTree(html);
  const written = writeHtml(root);
  // Escaping makes text longer: a bomb of quotes.
  if (written.html.length > 2 * MAX_HTML) return asText(html);
  const counts = { images: 0, links: 0 };
  const clean = sanitizeHtml(written.html, {
    allowedTags: ALLOWED_TAGS,
    allowedAttributes: ALLOWED_ATTRIBUTES,
    nonTextTags: DROPPED,
    disallowedTagsMode: "discard",
    allowedSchemes: ["http", "https", "mailto", "tel"],
    allowedSchemesByTag: { img: ["http", "https", "data"] },
    allowedSchemesAppliedToAttributes: ["href", "src", "data-blocked-src"],
    allowProtocolRelative: false,
    parseStyleAttributes: false,
    transformTags: {
      a: (tagName, attributes) => ({ tagName, attribs: linkAttributes(attributes, counts) }),
      img: (tagName, attributes) => ({ tagName, attribs: pictureAttributes(attributes, options, counts) }),
      "*": (tagName, attributes) => ({ tagName, attribs: styled(attributes) }),
    },
  });
  return { html: clean, blocked: { ...counts, active: written.active }, simplified };
}

function asText(html: string): ConsoleHtml {
  const { text } = htmlToText(html);
  const shown = escapeText(text.slice(0, MAX_HTML));
  return {
    html: `<div style="white-space:pre-wrap">${shown}</div>`,
    blocked: { images: 0, links: 0, active: 0 },
    simplified: true,
  };
}

type Attributes = Record<string, string>;

function styled({ style, ...rest }: Attributes): Attributes {
  const kept = style === undefined ? "" : allowedStyle(declarations(style));
  return kept === "" ? rest : { ...rest, style: kept };
}

/** `href` with a scheme that opens a page, a mail or a call; anything else is no link. */
function linkAttributes({ href, ...rest }: Attributes, counts: { links: number }): Attributes {
  if (href === undefined) return rest;
  const target = address(href);
  if (/^(?:https?:\/\/[^/]|mailto:[^:]|tel:[+\d])/i.test(target))
    return { ...rest, href: target, rel: "noopener noreferrer nofollow", target: "_blank" };
  counts.links++;
  return rest;
}

/** Browsers take control characters and white space out of a scheme: `jav&#x09;ascript:`. So do we, before we look. */
function address(value: string): string {
  return value
    .replace(/[\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028\u2029\u2060\ufeff]/g, "")
    .trim()
    .replace(/\s/g, "%20");
}

function pictureAttributes(attributes: Attributes, options: ConsoleOptions, counts: { images: number }): Attributes {
  const { src: given, "data-blocked-src": before, ...rest } = attributes;
  const src = address(given ?? before ?? "");
  if (/^cid:/i.test(src)) {
    const place = options.cid?.(contentId(src.slice(4)));
    return place === undefined ? rest : { ...rest, src: place };
  }
  if (/^data:image\/(?:png|gif|jpeg|webp);base64,[a-z0-9+/]{1,}={0,2}$/i.test(src))
    return src.length <= MAX_EMBEDDED ? { ...rest, src } : rest;
  if (!/^https?:\/\/[^/]/i.test(src)) return rest;
  if (options.images === "allowed") return { ...rest, src, referrerpolicy: "no-referrer" };
  counts.images++;
  return { ...rest, "data-blocked-src": src };
}

function contentId(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
