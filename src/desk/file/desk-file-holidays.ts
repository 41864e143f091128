/**
 * Holidays from a calendar (iCalendar, RFC 5545): its whole days as dates. Of events that come again only yearly ones
 * are read, for a bounded span of years; an event with a time of day is an appointment, not a holiday.
 */
import ICAL from "ical.js";
import { readLines, splitCalendar, type Component, type ContentLine } from "../../mail/mime/calendar-lines.ts";
import { lastDay, later, readTime } from "../../mail/mime/calendar-time.ts";
import { shorten } from "../words.ts";

/** More is no calendar of holidays. */
const MAX_EVENTS = 2_000;
export const MAX_HOLIDAYS = 1_000;
/** The longest holiday, in days: a school's summer. */
const MAX_DAYS = 100;
const YEARS_BACK = 1;
const YEARS_AHEAD = 10;
const DAY_MS = 86_400_000;

const NAMES = new Set(
  "summary dtstart dtend duration rrule rdate exdate recurrence-id uid status x-microsoft-cdo-alldayevent".split(" "),
);

/** Dates in order, or in `problem` why there are none, in words that go on after the file's name. */
export type Holidays = { readonly dates: readonly string[] } | { readonly problem: string };

/**
 * Reads a calendar. Dates from one year before `now` to ten years after it are kept.
 * @param now UTC ms
 */
export function readHolidays(ics: Buffer, now: number): Holidays {
  const calendar = splitCalendar(ics, undefined, MAX_EVENTS + 1);
  if (calendar === undefined) return { problem: "is not a calendar with events" };
  if (calendar.components.length > MAX_EVENTS) return { problem: `has more than ${MAX_EVENTS} events` };
  const year = new Date(now).getUTCFullYear();
  const span = { from: `${year - YEARS_BACK}-01-01`, to: `${year + YEARS_AHEAD}-12-31` };
  const events = calendar.components.filter(({ kind }) => kind === "event").flatMap((one) => readEvent(one) ?? []);
  const odd = events.find((event) => event.rule !== undefined && event.rule["freq"] !== "YEARLY");
  if (odd) return { problem: `has an event that comes again in another way than yearly: ${odd.summary}` };
  const dates = new Set<string>();
  for (const event of events) {
    for (const start of startsOf(event, events, span)) {
      for (const date of daysFrom(start, event.days)) if (date >= span.from && date <= span.to) dates.add(date);
      if (dates.size > MAX_HOLIDAYS) return { problem: `has more than ${MAX_HOLIDAYS} days` };
    }
  }
  if (dates.size === 0) return { problem: `has no whole day from ${span.from.slice(0, 4)} to ${span.to.slice(0, 4)}` };
  return { dates: [...dates].sort() };
}

type Event = {
  readonly summary: string;
  readonly uid: string;
  readonly start: string;
  readonly days: number;
  readonly rule?: Readonly<Record<string, unknown>>;
  readonly also: readonly string[];
  readonly except: readonly string[];
  /** The day of a series in whose place it stands. */
  readonly replaces?: string;
  readonly cancelled: boolean;
};

/** Undefined for appointments and for what has no readable date. */
function readEvent({ lines }: Component): Event | undefined {
  const fields = readLines(lines, NAMES);
  const first = (name: string): ContentLine | undefined => fields.find((field) => field.name === name);
  const text = (name: string): string => String(first(name)?.values[0] ?? "").trim();
  const dates = (name: string): string[] =>
    fields
      .filter((field) => field.name === name)
      .flatMap(({ values, params }) => values.flatMap((value) => readTime(value, params["tzid"])?.date ?? []));
  const time = (name: string) => readTime(first(name)?.values[0], undefined);
  const start = time("dtstart");
  const midnights = start?.time === "00:00" && /^true$/i.test(text("x-microsoft-cdo-alldayevent"));
  if (start === undefined || (start.time !== undefined && !midnights)) return undefined;
  const end = time("dtend") ?? later(start, first("duration")?.values[0]) ?? start;
  const last = lastDay(start, end).date;
  const rule = first("rrule")?.values[0];
  const [replaces] = dates("recurrence-id");
  return {
    summary: shorten(text("summary") || "without a name", 60),
    uid: text("uid"),
    start: start.date,
    days: Math.min(MAX_DAYS, (Date.parse(last) - Date.parse(start.date)) / DAY_MS + 1),
    ...(rule !== undefined && { rule: typeof rule === "object" ? (rule as Event["rule"])! : { freq: String(rule) } }),
    also: dates("rdate"),
    except: dates("exdate"),
    ...(replaces !== undefined && { replaces }),
    cancelled: /^cancelled$/i.test(text("status")),
  };
}

/** The first days of an event: its own, those of its rule, without what is taken out or moved. */
function startsOf(event: Event, all: readonly Event[], span: { from: string; to: string }): string[] {
  if (event.cancelled) return [];
  if (event.rule === undefined && event.also.length === 0) return [event.start];
  const moved = all.filter((one) => one.uid !== "" && one.uid === event.uid).flatMap(({ replaces }) => replaces ?? []);
  const left = new Set([...event.except, ...moved]);
  return [event.start, ...event.also, ...yearly(event, span.to)].filter((date) => !left.has(date));
}

/** The days of a yearly rule up to the end of the span: at most as many as there are days in its years. */
function yearly({ rule, start }: Event, until: string): string[] {
  if (rule === undefined) return [];
  const found: string[] = [];
  try {
    const next = ICAL.Recur.fromData(rule as never).iterator(ICAL.Time.fromDateString(start));
    for (let n = 0; n < MAX_HOLIDAYS * 10; n++) {
      const date = next.next()?.toString().slice(0, 10);
      if (date === undefined || date > until) break;
      if (isOfRule(rule, start, date)) found.push(date);
    }
  } catch {
    // ical.js gives up on a rule that never comes again; what it found until then holds.
  }
  return found;
}

/** ical.js moves 29 February to 1 March where there is none; RFC 5545 section 3.3.10 leaves such a date out. */
function isOfRule(rule: Readonly<Record<string, unknown>>, start: string, date: string): boolean {
  const byDay = Object.keys(rule).some((key) => key.startsWith("by") && key !== "bymonth" && key !== "bymonthday");
  if (byDay) return true;
  const days = rule["bymonthday"] === undefined ? [Number(start.slice(8))] : [rule["bymonthday"]].flat().map(Number);
  return days.some((day) => day < 0 || day === Number(date.slice(8)));
}

function daysFrom(start: string, days: number): string[] {
  const first = Date.parse(`${start}T00:00:00Z`);
  return Array.from({ length: days }, (_, n) => new Date(first + n * DAY_MS).toISOString().slice(0, 10));
}
