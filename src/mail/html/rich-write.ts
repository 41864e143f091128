/** Formatted lines as HTML of few elements, without a style, a class, a picture or anything that a client could load. */
import { INLINE_TAGS, type Item, type RichLine, type Run } from "./rich-read.ts";

/** A line of the text as it goes out: with the formatting of a line of the HTML, or as it is. */
export type Line = { readonly rich: RichLine } | { readonly plain: string };

type Block = "paragraph" | "pre" | "item";

/** Lines as HTML; well-formed, whatever stands in them. `mayLink` says whether a target may be shown. */
export function writeLines(lines: readonly Line[], mayLink: (href: string) => boolean): string {
  const out: string[] = [];
  const lists: Item[] = [];
  let open: Block | undefined;
  const close = (): void => {
    if (open === "paragraph") out.push("</p>\n");
    if (open === "pre") out.push("</pre>\n");
    open = undefined;
  };
  const closeLists = (depth: number): void => {
    while ((lists.at(-1)?.depth ?? 0) > depth) out.push(`</li></${tagOf(lists.pop() as Item)}>\n`);
  };
  for (const [i, line] of lines.entries()) {
    if ("plain" in line && line.plain.trim() === "") {
      if (open !== "pre") close();
      else if (isPre(lines[i + 1])) out.push("\n");
      continue;
    }
    const item = "rich" in line ? line.rich.item : undefined;
    const block: Block = item ? "item" : isPre(line) ? "pre" : "paragraph";
    if (block !== open || item) close();
    if (item) openItem(out, lists, item, closeLists);
    else {
      closeLists(0);
      if (open === undefined) out.push(block === "pre" ? "<pre>" : "<p>");
      else out.push(block === "pre" ? "\n" : "<br>\n");
    }
    open = block;
    out.push("rich" in line ? line.rich.runs.map((run) => writeRun(run, mayLink)).join("") : plainWords(line.plain));
  }
  close();
  closeLists(0);
  return out.join("").trimEnd();
}

const isPre = (line: Line | undefined): boolean => line !== undefined && "rich" in line && line.rich.pre;
const tagOf = ({ number }: Item): "ol" | "ul" => (number === undefined ? "ul" : "ol");

function openItem(out: string[], lists: Item[], item: Item, closeLists: (depth: number) => void): void {
  closeLists(item.depth);
  const last = lists.at(-1);
  if (last?.depth === item.depth && tagOf(last) === tagOf(item)) out.push("</li>\n<li>");
  else {
    if (last?.depth === item.depth) closeLists(item.depth - 1);
    const start = item.number === undefined || item.number === 1 ? "" : ` start="${item.number}"`;
    out.push(`<${tagOf(item)}${start}>\n<li>`);
    lists.push(item);
  }
}

function writeRun({ text, tags, href }: Run, mayLink: (href: string) => boolean): string {
  const used = INLINE_TAGS.filter((tag) => tags.has(tag));
  const inner =
    used.map((tag) => `<${tag}>`).join("") +
    escaped(text) +
    used
      .toReversed()
      .map((tag) => `</${tag}>`)
      .join("");
  return href !== undefined && mayLink(href) ? `<a href="${escaped(href)}">${inner}</a>` : inner;
}

/** Indents of plain text are seen only as no-break spaces. */
const plainWords = (line: string): string =>
  linked(line.trimEnd()).replace(/^ +| {2,}/g, (run) => `${"&nbsp;".repeat(run.length - 1)} `);

/** Ends of links that belong to the sentence: `see https://nw.example/reset.` */
const TRAILING = /[.,;:!?'"”’)\]}>]+$/;

/** An address of the web that is written out is a link, as in mail without formatting. */
function linked(text: string, href?: string): string {
  if (href !== undefined || !text.includes("://")) return escaped(text);
  let out = "";
  let end = 0;
  for (const { 0: found, index } of text.matchAll(/https?:\/\/[^\s<>"]{1,2000}/gi)) {
    const url = found.replace(TRAILING, "");
    if (!URL.canParse(url)) continue;
    out += `${escaped(text.slice(end, index))}<a href="${escaped(url)}">${escaped(url)}</a>`;
    end = index + url.length;
  }
  return out + escaped(text.slice(end));
}

function escaped(text: string): string {
  return text
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;")
    .replace(/'/g, "&#39;");
}
