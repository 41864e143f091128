/** Small notations of IMAP (RFC 9051, 3501): strings, dates, mailbox names, wildcards. */

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DAY_MS = 86_400_000;

export function quote(text: string): string {
  return `"${text.replace(/["\\]/g, "\\$&")}"`;
}

/** UTC milliseconds as `"23-Nov-2026 10:00:00 +0000"`. */
export function formatDateTime(time: number): string {
  const date = new Date(time);
  const two = (value: number): string => String(value).padStart(2, "0");
  const day = `${two(date.getUTCDate())}-${MONTHS[date.getUTCMonth()]}-${date.getUTCFullYear()}`;
  return `"${day} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} +0000"`;
}

/** `23-Nov-2026 12:00:00 +0200` as UTC milliseconds; undefined when it is not a date. */
export function parseDateTime(text: string): number | undefined {
  const match = /^ ?(\d{1,2}-[a-z]{3}-\d{4}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)$/i.exec(text);
  const day = match ? parseDate(match[1]!) : undefined;
  if (!match || day === undefined) return undefined;
  const [hours, minutes, seconds, zoneHours, zoneMinutes] = [2, 3, 4, 6, 7].map((at) => Number(match[at]));
  const offset = (zoneHours! * 60 + zoneMinutes!) * (match[5] === "-" ? -1 : 1);
  return day + ((hours! * 60 + minutes! - offset) * 60 + seconds!) * 1000;
}

/** `23-Nov-2026` as the UTC milliseconds of its midnight. */
export function parseDate(text: string): number | undefined {
  const match = /^(\d{1,2})-([a-z]{3})-(\d{4})$/i.exec(text);
  const month = match ? MONTHS.findIndex((name) => name.toLowerCase() === match[2]!.toLowerCase()) : -1;
  return match && month >= 0 ? Date.UTC(Number(match[3]), month, Number(match[1])) : undefined;
}

/** The midnight (UTC) before a time, for searches by day. */
export function dayOf(time: number): number {
  return Math.floor(time / DAY_MS) * DAY_MS;
}

/** Mailbox names travel in modified UTF-7 (RFC 3501 section 5.1.3): `Entwürfe` -> `Entw&APw-rfe`. */
export function encodeMailboxName(name: string): string {
  return name.replace(/&/g, "&-").replace(/[^\x20-\x7e]+/g, (run) => {
    const base64 = Buffer.from(run, "utf16le").swap16().toString("base64");
    return `&${base64.replace(/=+$/, "").replace(/\//g, ",")}-`;
  });
}

/** The reverse; undefined when the name is not valid modified UTF-7. */
export function decodeMailboxName(name: string): string | undefined {
  let isValid = true;
  const decoded = name.replace(/&([^-]*)-?/g, (run, base64: string) => {
    if (base64 === "" && run === "&-") return "&";
    const bytes = Buffer.from(base64.replace(/,/g, "/"), "base64");
    isValid &&= run.endsWith("-") && bytes.length > 0 && bytes.length % 2 === 0;
    return isValid ? bytes.swap16().toString("utf16le") : "";
  });
  return isValid ? decoded : undefined;
}

/**
 * LIST patterns (RFC 9051 section 6.3.9): `*` is anything, `%` anything but the separator. Works through the pattern
 * with the set of places it can have reached in the name, so that no pattern takes long.
 */
export function matchesPattern(pattern: string, name: string): boolean {
  let places = new Set([0]);
  for (const mark of pattern.toLowerCase()) {
    const next = new Set<number>();
    for (const place of places) advance(mark, name.toLowerCase(), place, next);
    places = next;
  }
  return places.has(name.length);
}

function advance(mark: string, name: string, place: number, next: Set<number>): void {
  if (mark !== "*" && mark !== "%") {
    if (name[place] === mark) next.add(place + 1);
    return;
  }
  for (let at = place; at <= name.length && !next.has(at); at++) {
    next.add(at);
    if (mark === "%" && name[at] === "/") return;
  }
}
