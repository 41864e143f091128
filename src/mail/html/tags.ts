/**
 * What the HTML standard says about tags, as far as the words of a mail depend on it: which are void, which are blocks,
 * which close one another without an end tag (HTML Living Standard, section 13.2.6 "tree construction", simplified).
 */

const set = (names: string): ReadonlySet<string> => new Set(names.split(" "));

const VOID = set(
  "area base basefont bgsound br col command embed frame hr img input keygen link meta param source track wbr",
);
const BLOCK = set(
  "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li listing main menu nav ol p plaintext pre section summary table tbody td tfoot th thead tr ul xmp",
);
/** Their content is not for reading. `<noscript>` is: mail runs no scripts. */
const UNREAD = set(
  "style script title template iframe noembed noframes audio video canvas datalist select xml head meta link base map applet",
);
/** An end tag of something else does not reach through these. */
const CELLS = set("td th caption template button");
const TABLE_PARTS = set("table tbody thead tfoot tr td th caption");

export const isVoid = (name: string): boolean => VOID.has(name);
export const isBlock = (name: string): boolean => BLOCK.has(name);
export const isUnread = (name: string): boolean => UNREAD.has(name);
/** Whether an element that is open keeps this end tag from what lies around it. */
export const isBarrier = (open: string, end: string): boolean =>
  CELLS.has(open) ? !TABLE_PARTS.has(end) : open === "table" && !TABLE_PARTS.has(end);

/** A block inside of `<svg>` ends it: somebody forgot the end tag. */
export const leavesForeign = (name: string): boolean =>
  BLOCK.has(name) || name === "br" || name === "img" || name === "span" || name === "b" || name === "strong";

type Implied = { readonly closes: ReadonlySet<string>; readonly until: ReadonlySet<string> };

const none: readonly Implied[] = [];
const list = set("ul ol menu dir table td th blockquote");
const table = set("table");
/** A paragraph ends where a block begins, unless the block stands in something that stands in the paragraph. */
const paragraph: Implied = {
  closes: set("p"),
  until: new Set([...BLOCK, "button", "object"].filter((name) => name !== "p")),
};

const IMPLIED: ReadonlyMap<string, readonly Implied[]> = new Map(
  Object.entries({
    ...Object.fromEntries(
      [...BLOCK].filter((name) => !TABLE_PARTS.has(name) || name === "table").map((name) => [name, [paragraph]]),
    ),
    li: [{ closes: set("li"), until: list }, paragraph],
    dt: [{ closes: set("dt dd"), until: set("dl table td th") }, paragraph],
    dd: [{ closes: set("dt dd"), until: set("dl table td th") }, paragraph],
    td: [{ closes: set("td th"), until: set("table tr tbody thead tfoot") }],
    th: [{ closes: set("td th"), until: set("table tr tbody thead tfoot") }],
    tr: [{ closes: set("tr"), until: table }],
    tbody: [{ closes: set("tbody thead tfoot caption"), until: table }],
    thead: [{ closes: set("tbody thead tfoot caption"), until: table }],
    tfoot: [{ closes: set("tbody thead tfoot caption"), until: table }],
    option: [{ closes: set("option"), until: set("select") }],
    // A link that was never closed ends where the next begins.
    a: [{ closes: set("a"), until: set("td th table") }],
  }),
);

/** What an opening tag closes first. */
export function closesFor(name: string): readonly Implied[] {
  return IMPLIED.get(name) ?? none;
}

/** Attributes that anybody looks at: the renderer, the marks, the sanitiser. All others are not even kept. */
export const KEPT_ATTRIBUTES = set(
  "class id name style title type href src alt width height dir lang hidden start value reversed role cite align valign bgcolor border cellpadding cellspacing colspan rowspan span color face size data-blocked-src data-marker data-smartmail data-signatureblock data-history-content-modified data-history-expanded data-skiff-mail fairemail",
);
