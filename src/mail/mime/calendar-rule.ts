/**
 * A recurrence rule (RFC 5545 section 3.3.10) in words, for the rules that calendars let people click together. Any
 * other is shown as it came. Dates are never computed from a rule: `FREQ=SECONDLY` has no end.
 */
import type { ContentLine } from "./calendar-lines.ts";
import { DAY_NAMES, MONTH_NAMES, readTime, spokenDate } from "./calendar-time.ts";
import { oneLine } from "../encoded-word.ts";

const MAX_RAW = 200;
/** All days of a week, or of a month in `BYMONTHDAY`, still read as a list. */
const MAX_LIST = 7;

const UNITS: Readonly<Record<string, string>> = { DAILY: "day", WEEKLY: "week", MONTHLY: "month", YEARLY: "year" };
const ORDINALS: Readonly<Record<string, string>> = {
  1: "first",
  2: "second",
  3: "third",
  4: "fourth",
  5: "fifth",
  [-1]: "last",
};
const SAID = new Set(["freq", "interval", "count", "until", "wkst"]);

/** `every 2 weeks on Monday and Friday, until Friday 1 January 2027`; `by the rule …` when it is not that simple. */
export function ruleInWords(line: ContentLine): string {
  const [rule] = line.values;
  const words = typeof rule === "object" && rule !== null ? spoken(rule as Rule) : undefined;
  return words ?? `by the rule ${oneLine(line.raw.slice(0, MAX_RAW))}`;
}

/** As ical.js reads it: numbers and strings, lists only where there are several. */
type Rule = Readonly<Record<string, unknown>>;

function spoken(rule: Rule): string | undefined {
  const unit = UNITS[String(rule["freq"])];
  if (unit === undefined) return undefined;
  const interval = Number(rule["interval"] ?? 1);
  const every = interval > 1 ? `every ${interval} ${unit}s` : `every ${unit}`;
  const narrowed = Object.keys(rule).filter((key) => !SAID.has(key) && !key.startsWith("x-"));
  const days = list(rule["byday"]).map(String);
  const key = `${String(rule["freq"])} ${narrowed.toSorted().join(" ")}`.trim();
  if (/^(?:WEEKLY|DAILY) byday$/.test(key) && interval <= 1 && days.toSorted().join() === "FR,MO,TH,TU,WE")
    return `every weekday${end(rule)}`;
  const on = narrowed.length === 0 ? "" : NARROWED[key]?.(rule);
  return on === undefined ? undefined : `${every}${on}${end(rule)}`;
}

/** Frequency and what narrows it: ` on Monday`, ` on the second Tuesday`, ` on 23 November`. */
const NARROWED: Readonly<Record<string, (rule: Rule) => string | undefined>> = {
  "WEEKLY byday": (rule) =>
    sentence(
      " on",
      list(rule["byday"]).map((day) => DAY_NAMES[String(day)]),
    ),
  "MONTHLY byday": (rule) =>
    sentence(
      " on",
      list(rule["byday"]).map((day) => ordinalDay(String(day))),
    ),
  // Outlook's spelling of `BYDAY=2MO`.
  "MONTHLY byday bysetpos": (rule) =>
    sentence(" on", [ordinalDay(`${String(rule["bysetpos"])}${String(rule["byday"])}`)]),
  "MONTHLY bymonthday": (rule) =>
    sentence(
      " on",
      list(rule["bymonthday"]).map((day) =>
        Number(day) === -1 ? "the last day" : Number(day) > 0 ? `day ${Number(day)}` : undefined,
      ),
    ),
  "YEARLY bymonth": (rule) =>
    sentence(
      " in",
      list(rule["bymonth"]).map((month) => MONTH_NAMES[Number(month)]),
    ),
  "YEARLY bymonth bymonthday": (rule) => {
    const [day, month] = [Number(rule["bymonthday"]), MONTH_NAMES[Number(rule["bymonth"])]];
    return day > 0 && month !== undefined ? ` on ${day} ${month}` : undefined;
  },
  "YEARLY byday bymonth": (rule) => ofMonth(rule, String(rule["byday"])),
  "YEARLY byday bymonth bysetpos": (rule) => ofMonth(rule, `${String(rule["bysetpos"])}${String(rule["byday"])}`),
};

function ofMonth(rule: Rule, byday: string): string | undefined {
  const [day, month] = [ordinalDay(byday), MONTH_NAMES[Number(rule["bymonth"])]];
  return day === undefined || month === undefined ? undefined : ` on ${day} of ${month}`;
}

/** `2TU`, `-1FR`: the second Tuesday, the last Friday. */
function ordinalDay(text: string): string | undefined {
  const [, place = "", day = ""] = /^\+?(-?\d)([A-Z]{2})$/.exec(text) ?? [];
  const [ordinal, name] = [ORDINALS[place], DAY_NAMES[day]];
  return ordinal === undefined || name === undefined ? undefined : `the ${ordinal} ${name}`;
}

function end(rule: Rule): string {
  const until = readTime(rule["until"], undefined);
  if (until) return `, until ${spokenDate(until)}`;
  const count = Number(rule["count"] ?? 0);
  return Number.isSafeInteger(count) && count > 0 ? `, ${count} ${count === 1 ? "time" : "times"}` : "";
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [value];
}

function sentence(before: string, words: readonly (string | undefined)[]): string | undefined {
  if (words.length > MAX_LIST || words.some((word) => word === undefined)) return undefined;
  const last = words.at(-1) as string;
  return `${before} ${words.length === 1 ? last : `${words.slice(0, -1).join(", ")} and ${last}`}`;
}
