/**
 * iCalendar as lines (RFC 5545 section 3.1): unfolded, and those of events kept. ical.js reads one line at a time: given
 * a whole file it refuses all of it for one bad line, and takes quadratic time over the parameters of a long one (5 s at
 * 2 MB). Only lines that somebody will read are given to it, cut to a length at which that cannot matter.
 */
import ICAL from "ical.js";
import { decodeText } from "./charset.ts";

/** Characters or bytes of one calendar. An invitation has some kilobytes, with a picture in it some hundreds of them. */
const MAX_SIZE = 2_000_000;
/** One unfolded line. Agendas pasted into a description reach about 10,000 characters. */
const MAX_LINE = 16_384;
/** Lines kept of one event, most of them attendees. */
const MAX_LINES = 500;
/** Events kept: a series comes with one for each changed date. */
const MAX_EVENTS = 100;
/** VCALENDAR, VEVENT, VALARM is the deepest that exists. */
const MAX_DEPTH = 8;

/** A content line: `ATTENDEE;CN=Ana;PARTSTAT=ACCEPTED:mailto:ana@acme.example`. Names in lower case. */
export type ContentLine = {
  readonly name: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** Strings with their escapes undone, or the object that ical.js makes of a RRULE; EXDATE has several. */
  readonly values: readonly unknown[];
  /** What follows the first colon, as it came. */
  readonly raw: string;
};

/** The lines of one VEVENT or VTODO without those of components in it. */
export type Component = { readonly kind: "event" | "task"; readonly lines: readonly string[] };

export type Calendar = {
  /** Of the calendar itself: METHOD above all. */
  readonly head: readonly string[];
  readonly components: readonly Component[];
};

/**
 * Takes a calendar apart without reading its values.
 * @param ics bytes are better than text: RFC 5545 section 3.1 folds lines between bytes, also inside a character
 * @param charset of the bytes, as the part states it
 * @param mostEvents those after are left out
 * @returns undefined when there is neither event nor task
 */
export function splitCalendar(ics: string | Buffer, charset?: string, mostEvents = MAX_EVENTS): Calendar | undefined {
  const head: string[] = [];
  const components: { kind: Component["kind"]; lines: string[] }[] = [];
  const path: string[] = [];
  for (const line of unfolded(ics, charset)) {
    const [, edge, name = ""] = /^(BEGIN|END):\s*([A-Z-]{1,30})\s*$/i.exec(line.slice(0, 60)) ?? [];
    if (edge === undefined) {
      const here = path.join("/");
      if (here === "VCALENDAR" && head.length < MAX_LINES) head.push(line.slice(0, MAX_LINE));
      const lines = KINDS[here] === undefined ? undefined : components.at(-1)?.lines;
      if (lines) keep(lines, line.slice(0, MAX_LINE));
    } else if (edge.toUpperCase() === "BEGIN") {
      if (path.length >= MAX_DEPTH) continue;
      path.push(name.toUpperCase());
      const kind = KINDS[path.join("/")];
      if (kind === undefined) continue;
      if (components.length >= mostEvents) break;
      components.push({ kind, lines: [] });
    } else {
      const begun = path.lastIndexOf(name.toUpperCase());
      if (begun >= 0) path.length = begun;
    }
  }
  return components.length > 0 ? { head, components } : undefined;
}

/** Bad programs break a description without folding it: what does not look like a property goes on with it. */
function keep(lines: string[], line: string): void {
  const last = lines.at(-1) ?? "";
  if (!/^[A-Z][A-Z0-9-]{0,60}[;:]/i.test(line)) {
    if (/^(?:DESCRIPTION|COMMENT)[;:]/i.test(last) && last.length < MAX_LINE)
      lines[lines.length - 1] = `${last}\\n${line}`;
  } else if (lines.length < MAX_LINES) lines.push(line);
}

const KINDS: Readonly<Record<string, Component["kind"] | undefined>> = {
  "VCALENDAR/VEVENT": "event",
  "VCALENDAR/VTODO": "task",
};

/** Reads the lines that have one of these names (lower case), in order. One that cannot be read has its raw value. */
export function readLines(lines: readonly string[], names: ReadonlySet<string>): ContentLine[] {
  const read: ContentLine[] = [];
  for (const line of lines) {
    const name = /^[A-Z-]+/i.exec(line)?.[0].toLowerCase() ?? "";
    if (!names.has(name)) continue;
    const raw = line.slice(line.indexOf(":") + 1);
    try {
      const [, params, , ...values] = ICAL.parse.property(quoteZone(line)) as [string, ContentLine["params"], string];
      read.push({ name, params, values, raw });
    } catch {
      // `RRULE:FREQ=SOMETIMES`, `SUMMARY;=x:Review`: shown as it came.
      read.push({ name, params: {}, values: [raw], raw });
    }
  }
  return read;
}

/** A zone with a colon and no quotes: `DTSTART;TZID=(UTC+01:00) Amsterdam, Berlin:20261123T100000`. */
function quoteZone(line: string): string {
  return line.replace(/^([A-Z-]{1,30});TZID=([^";]{1,200}):(\d{8}(?:T\d{4,6}Z?)?)$/i, '$1;TZID="$2":$3');
}

function* unfolded(ics: string | Buffer, charset: string | undefined): Generator<string> {
  const text = typeof ics === "string" ? unfold(ics.slice(0, MAX_SIZE)) : decode(ics.subarray(0, MAX_SIZE), charset);
  for (let at = 0; at < text.length;) {
    const lineFeed = text.indexOf("\n", at);
    const end = lineFeed < 0 ? text.length : lineFeed;
    if (end > at) yield text.slice(at, end);
    at = end + 1;
  }
}

function unfold(text: string): string {
  return text.replace(/\r\n?/g, "\n").replace(/\n[ \t]/g, "");
}

/** UTF-8 unless its charset says otherwise (RFC 5545 section 3.1.4). Lines are put together as bytes first. */
function decode(bytes: Buffer, charset: string | undefined): string {
  const wide = bytes.includes(0);
  const whole = wide ? bytes : Buffer.from(unfold(bytes.toString("latin1")), "latin1");
  const { text } = decodeText(whole, charset, "windows-1252");
  return (wide ? unfold(text) : text).replace(/^\ufeff/, "");
}
