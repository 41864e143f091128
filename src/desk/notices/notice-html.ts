/**
 * The HTML form of a mail, made from its text: paragraphs, quoted blocks, links. No images, no styles that a mail client
 * could drop to make it unreadable, nothing that calls home.
 */

import type { PreparedMail } from "./notice-mailto.ts";

/** Ends of links that belong to the sentence: `see https://nw.example/reset.` */
const TRAILING = /[.,;:!?'"”’)\]}>]+$/;

/** Escapes text for HTML content and for double-quoted attributes. */
export function escapeHtml(text: string): string {
  return text
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;")
    .replace(/'/g, "&#39;");
}

/**
 * Text as HTML: blank lines separate paragraphs, line ends are kept, lines that begin with two spaces are a quoted
 * block, `http(s)://` becomes a link that shows its whole address. Of the mails that we have prepared, `close <mailto:…>`
 * becomes a link that shows its word. Everything else is escaped.
 */
export function htmlFromText(text: string, prepared: readonly PreparedMail[] = []): string {
  return blocksOf(text, prepared, true);
}

/** A block inside a block keeps its indent instead: depth that a stranger chooses would have no end. */
function blocksOf(text: string, prepared: readonly PreparedMail[], mayIndent: boolean): string {
  const blocks: string[] = [];
  let lines: string[] = [];
  let indented = false;
  const close = (): void => {
    const content = lines.join("\n").trim();
    if (content !== "") blocks.push(indented ? quotedBlock(lines, prepared) : paragraph(lines, prepared));
    lines = [];
  };
  for (const line of text.split(/\r\n|\r|\n/)) {
    const blank = line.trim() === "";
    if (!blank && mayIndent && line.startsWith("  ") !== indented) {
      close();
      indented = !indented;
    }
    // A quoted block goes on over blank lines; a paragraph ends with one.
    if (blank && !indented) close();
    else lines.push(line);
  }
  close();
  return blocks.join("\n");
}

function quotedBlock(lines: readonly string[], prepared: readonly PreparedMail[]): string {
  const inner = blocksOf(lines.map((line) => line.slice(2)).join("\n"), prepared, false);
  return `<blockquote style="margin:0 0 1em 0;padding:0 0 0 1em;border-left:2px solid #cccccc">\n${inner}\n</blockquote>`;
}

function paragraph(lines: readonly string[], prepared: readonly PreparedMail[]): string {
  return `<p style="margin:0 0 1em 0">${lines.map((line) => inline(line, prepared)).join("<br>\n")}</p>`;
}

function inline(line: string, prepared: readonly PreparedMail[]): string {
  for (const { label, url } of prepared) {
    const shown = `${label} <${url}>`;
    const [before, ...after] = line.split(shown);
    if (after.length === 0) continue;
    const link = `<a href="${escapeHtml(url)}">${escapeHtml(label)}</a>`;
    return `${inline(before as string, prepared)}${link}${inline(after.join(shown), prepared)}`;
  }
  let out = "";
  let end = 0;
  for (const match of line.matchAll(/https?:\/\/[^\s<>"]{1,2000}/gi)) {
    const url = match[0].replace(TRAILING, "");
    if (!URL.canParse(url)) continue;
    out += spaced(line.slice(end, match.index)) + `<a href="${escapeHtml(url)}">${escapeHtml(url)}</a>`;
    end = match.index + url.length;
  }
  return out + spaced(line.slice(end));
}

/** HTML shows a run of spaces as one; columns and indents are kept with no-break spaces. */
function spaced(text: string): string {
  return escapeHtml(text).replace(/ {2,}/g, (run) => `${"&nbsp;".repeat(run.length - 1)} `);
}
