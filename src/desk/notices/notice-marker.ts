/**
 * How our own words are known again when an agent's mail client sends them back unquoted. Every mail to an agent begins
 * with a heading and has the marker line where the newest words of the customer end; both are made here, not in the
 * templates, so that no change of a template can hide them.
 */

const TAG = "\\[[\\p{L}\\p{N}]{1,12}(?:-\\d{1,12})?\\]";

/** `=== NW-48201 ===`: what an agent writes stands above it. `=== [NW] ===` where there is no ticket. */
export const NOTICE_MARKER = /^={3} (?:[\p{L}\p{N}]{1,12}-\d{1,12}|\[[\p{L}\p{N}]{1,12}\]) ={3}$/u;

/** `Maria Santos (Fabrikam), 10:02 [NW-48201]:`, and the same of receipts: `NOT SENT, 23 Nov 10:02 [NW-48201]:`. */
export const NOTICE_HEADING = new RegExp(`^.{1,200}, .{0,30}\\d{1,2}[:.]\\d{2} ${TAG}:$`, "u");

/** Lines that stand in our mail to agents and in nothing that a person writes to a customer; each is tested on a trimmed line. */
export const NOTICE_MARKERS: readonly RegExp[] = [
  NOTICE_MARKER,
  NOTICE_HEADING,
  /^(?:Open|Pending|Snoozed|Closed), (?:low|normal|high|urgent), .{1,120}\.(?: (?:Answer|Solution) due .{1,40}\.){0,2}$/,
  /^Reply to answer .{1,80}\. Optional first lines:$/,
  /^Prepared mails: (?:take|close|reopen)\b/,
  /^#close\s{1,5}#note\s{1,5}#assign NAME\s{1,5}#help$/,
];

/** No line of ours is longer, and no pattern above needs to look at one that is. */
const LONGEST_LINE = 400;

/** The same marker anywhere: HTML mail may come back with all of our lines run together into one. */
const MARKER_WITHIN = /={3}\s{1,9}(?:[\p{L}\p{N}]{1,12}-\d{1,12}|\[[\p{L}\p{N}]{1,12}\])\s{1,9}={3}/u;

/** The end of a heading that a client has broken: `10:02 [NW-48201]:` alone on a line, or with little before it. */
const HEADING_END = new RegExp(`(?:^|[\\s,])\\d{1,2}[:.]\\d{2} ${TAG}:$`, "u");
const LONGEST_END = 60;

/** True when a line of the text is ours, quoted (`> …`) or not, or holds our marker. Such a text may not go to a customer. */
export function containsNoticeText(text: string): boolean {
  return (
    MARKER_WITHIN.test(text) || text.split(/\r\n|\r|\n/).some((line) => isNoticeLine(line) || isHeadingEnd(line.trim()))
  );
}

const isHeadingEnd = (line: string): boolean => line.length <= LONGEST_END && HEADING_END.test(line);

/** One line, with quote marks and spaces before it or not. */
export function isNoticeLine(line: string): boolean {
  if (line.length > LONGEST_LINE) return false;
  const bare = line.replace(/^[>|\s]+/, "").trim();
  return NOTICE_MARKERS.some((marker) => marker.test(bare));
}

/** The marker line of a ticket (`NW-48201`), or of a desk (`NW`) where there is no ticket. */
export function markerLine(tag: string): string {
  return `=== ${tag.includes("-") ? tag : `[${tag}]`} ===`;
}

/** The first line of a mail to an agent. `time` ends in hours and minutes. */
export function headingLine(what: string, time: string, tag: string): string {
  return `${what}, ${time} [${tag}]:`;
}

/** A customer's words may hold a line like ours, and then cut an agent's answer short: such a line is written differently. */
export function withoutMarkers(words: string): string {
  return words
    .split("\n")
    .map((line) => (isNoticeLine(line) ? line.replaceAll("===", "= = =").replace(/\]:(\s*)$/, "] :$1") : line))
    .join("\n");
}
