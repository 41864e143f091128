/**
 * Times of an invitation, as its author wrote them: no zone is looked up and nothing is converted, since the names of
 * zones are free text (`W. Europe Standard Time`) and a wrong hour is worse than a foreign one.
 */
import { oneLine } from "../encoded-word.ts";

/** A date, or a date with a time on the wall clock of `zone`. */
export type CalendarTime = {
  /** `2026-11-23` */
  readonly date: string;
  /** `10:00`; undefined for a whole day. */
  readonly time?: string;
  /** `UTC`, `Europe/Berlin`, or whatever stands there; undefined for "the local time of whoever reads it". */
  readonly zone?: string;
};

/** As ical.js spells it: `2026-11-23`, `2026-11-23T10:00:00Z`; seconds may be missing in bad files. */
const TIME = /^(\d{4}-\d\d-\d\d)(?:T(\d\d):(\d\d)(?::[\d:]{0,3})?(Z?))?$/;
const MAX_ZONE = 100;

/**
 * Reads one value of DTSTART, DTEND, DUE, RECURRENCE-ID or EXDATE (RFC 5545 sections 3.3.4 and 3.3.5).
 * @param tzid the line's TZID parameter
 * @returns undefined when it is no time
 */
export function readTime(value: unknown, tzid: unknown): CalendarTime | undefined {
  const [, date, hour, minute, utc] = TIME.exec(typeof value === "string" ? value.slice(0, 40) : "") ?? [];
  if (date === undefined || dayOf(date) === undefined) return undefined;
  if (hour === undefined || minute === undefined) return { date };
  if (Number(hour) > 23 || Number(minute) > 59) return undefined;
  const zone = utc === "Z" ? "UTC" : zoneName(tzid);
  return { date, time: `${hour}:${minute}`, ...(zone === "" ? {} : { zone }) };
}

/**
 * Names as given, but for three that say the same at greater length: `/mozilla.org/20050126_1/Europe/Berlin`,
 * `tzone://Microsoft/Utc`, `Etc/UTC`.
 */
function zoneName(tzid: unknown): string {
  const given = oneLine(typeof tzid === "string" ? tzid.slice(0, MAX_ZONE) : "");
  if (/^(?:Etc\/)?(?:UTC|GMT|Z|Zulu)$|^tzone:\/\/Microsoft\/Utc$/i.test(given)) return "UTC";
  return (
    /^\/.*?\/((?:Africa|America|Antarctica|Asia|Atlantic|Australia|Europe|Indian|Pacific)\/[A-Za-z_/+-]+)$/.exec(
      given,
    )?.[1] ?? given
  );
}

/** `PT1H30M`, `P1D`, `P2W` (RFC 5545 section 3.3.6). */
const DURATION = /^\+?P(?:(\d{1,3})W)?(?:(\d{1,4})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:\d{1,6}S)?)?$/;

/** The time that lies a DURATION later on the same wall clock; undefined when it is none or negative. */
export function later(start: CalendarTime, duration: unknown): CalendarTime | undefined {
  const found = DURATION.exec(typeof duration === "string" ? duration.slice(0, 40) : "");
  if (!found) return undefined;
  const [weeks, days, hours, minutes] = found.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
  ];
  return shift(start, (weeks * 7 + days) * 1440 + hours * 60 + minutes);
}

/** DTEND of whole days is the day after (RFC 5545 section 3.6.1): the last day, and never before the first. */
export function lastDay(start: CalendarTime, end: CalendarTime): CalendarTime {
  return end.date > start.date ? { date: (shift({ date: end.date }, -1440) ?? start).date } : { date: start.date };
}

function shift(from: CalendarTime, minutes: number): CalendarTime | undefined {
  const day = dayOf(from.date);
  if (day === undefined) return undefined;
  const [hour, minute] = (from.time ?? "00:00").split(":").map(Number) as [number, number];
  const iso = new Date(day + (hour * 60 + minute + minutes) * 60_000).toISOString();
  // Years beyond 9999 have a longer form.
  if (iso.length !== 24) return undefined;
  return { ...from, date: iso.slice(0, 10), ...(from.time === undefined ? {} : { time: iso.slice(11, 16) }) };
}

/** UTC milliseconds of a date that exists: not of `2026-02-30`. */
function dayOf(date: string): number | undefined {
  const day = Date.parse(`${date}T00:00:00Z`);
  return Number.isFinite(day) && new Date(day).toISOString().startsWith(date) ? day : undefined;
}

const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const MONTHS = "January February March April May June July August September October November December".split(" ");

/** `Monday 23 November 2026`. */
export function spokenDate({ date }: CalendarTime): string {
  const day = new Date(dayOf(date) ?? 0);
  return `${DAYS[day.getUTCDay()]} ${day.getUTCDate()} ${MONTHS[day.getUTCMonth()]} ${Number(date.slice(0, 4))}`;
}

/** `Monday 23 November 2026 10:00 (Europe/Berlin)`. */
export function spokenTime(time: CalendarTime): string {
  return `${spokenDate(time)}${time.time === undefined ? "" : ` ${time.time}`}${inZone(time)}`;
}

/** `Monday 23 November 2026 10:00–11:00 (Europe/Berlin)`, or both ends in full when they are on different days. */
export function spokenSpan(start: CalendarTime, end: CalendarTime | undefined): string {
  const both = end !== undefined && (end.date !== start.date || end.time !== start.time);
  if (start.time === undefined) {
    return both ? `${spokenDate(start)} – ${spokenDate(end)} (whole days)` : `${spokenDate(start)} (whole day)`;
  }
  if (!both || end.time === undefined) return spokenTime(start);
  if (end.zone !== start.zone) return `${spokenTime(start)} – ${spokenTime(end)}`;
  const until = end.date === start.date ? `–${end.time}` : ` – ${spokenDate(end)} ${end.time}`;
  return `${spokenDate(start)} ${start.time}${until}${inZone(start)}`;
}

/** ` (Europe/Berlin)`; Windows' own names bring their parentheses: ` (UTC+01:00) Amsterdam, Berlin`. */
function inZone({ zone }: CalendarTime): string {
  if (zone === undefined) return "";
  return zone.startsWith("(") ? ` ${zone}` : ` (${zone})`;
}

/** Names of RFC 5545's two-letter days and of months from 1, for rules. */
export const DAY_NAMES: Readonly<Record<string, string>> = Object.fromEntries(
  DAYS.map((day) => [day.slice(0, 2).toUpperCase(), day]),
);
export const MONTH_NAMES: Readonly<Record<number, string>> = Object.fromEntries(
  MONTHS.map((month, index) => [index + 1, month]),
);
