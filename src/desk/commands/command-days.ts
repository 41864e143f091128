/** Days of an absence in plain words: the value of #away. Whole days, as the desk counts them. */
import { Temporal } from "temporal-polyfill";
import type { Days, Known } from "./command.ts";
import type { ArgumentReading } from "./command-argument-names.ts";
import { hereOf, NOT_HERE } from "./command-moment.ts";
import { dateWords, type Here, type Said, saidDate } from "./date-words.ts";

const WRITE = "write today, until friday, 3d, 20 dec - 3 jan or 2026-12-20..2027-01-03";
const MOST_YEARS = 5;
const COUNTED = /^(?:for )?(?:the )?(?:next )?(\d{1,3}|an?|one|two|three) ?(d|days?|w|weeks?)$/u;
const NUMBERS: Readonly<Record<string, number>> = { a: 1, an: 1, one: 1, two: 2, three: 3 };
/** `A..B`, `A – B`, `A to B`. Hyphens of a date have no blanks around them. */
const RANGE = /^(?:from )?(.+?)(?:\.{2,3}| ?[–—] ?| - | (?:to|until|till|through) )(.+)$/u;

type Range = { readonly from: Temporal.PlainDate; readonly to: Temporal.PlainDate };

/** Local dates of the time zone in `known`, both included. They may have begun, and must not be over. */
export function readDays(text: string, known: Known): ArgumentReading<Days> {
  const here = hereOf(known);
  if (here === undefined) return { why: NOT_HERE };
  const today = Temporal.Instant.fromEpochMilliseconds(here.now).toZonedDateTimeISO(here.timeZone).toPlainDate();
  const words = dateWords(text.trimEnd().replace(/(?:\.\s?){1,3}$/u, ""));
  const until = /^\s*(?:until|till)\s/iu.test(text);
  const read = counted(words, today) ?? (until ? toDay(words, today, here) : range(words, today, here));
  if ("why" in read) return read;
  const { from, to } = read.value;
  const order = Temporal.PlainDate.compare;
  if (order(to, from) < 0) return { why: `"${words}" ends before it begins; ${WRITE}` };
  if (order(to, today) < 0) return { why: `"${words}" is over; ${WRITE}` };
  if (order(to, today.add({ years: MOST_YEARS })) > 0)
    return { why: `"${words}" ends ${to.toString()}; ${MOST_YEARS} years are the most` };
  return { value: { from: from.toString(), to: to.toString() } };
}

/** `3d`: today and two more. Weeks begin on Monday (ISO 8601). */
function counted(words: string, today: Temporal.PlainDate): ArgumentReading<Range> | undefined {
  const week = /^(?:the )?(this|next) week$/u.exec(words)?.[1];
  const sunday = today.add({ days: 7 - today.dayOfWeek });
  if (week === "this") return { value: { from: today, to: sunday } };
  if (week === "next") return { value: { from: sunday.add({ days: 1 }), to: sunday.add({ days: 7 }) } };
  if (/^(?:the )?(?:this|next) (?:month|quarter|year)$/u.test(words))
    return { why: `"${words}" does not say which days; ${WRITE}` };
  const [, amount, unit = ""] = COUNTED.exec(words) ?? [];
  if (amount === undefined) return undefined;
  const days = (NUMBERS[amount] ?? Number(amount)) * (unit.startsWith("w") ? 7 : 1);
  return days === 0
    ? { why: `"${words}" is no day; ${WRITE}` }
    : { value: { from: today, to: today.add({ days: days - 1 }) } };
}

function toDay(words: string, today: Temporal.PlainDate, here: Here): ArgumentReading<Range> {
  const last = oneDay(words, here);
  return "why" in last ? last : { value: { from: today, to: last.value.day } };
}

function range(words: string, today: Temporal.PlainDate, here: Here): ArgumentReading<Range> {
  const [, first, last] = RANGE.exec(words) ?? [];
  if (first === undefined || last === undefined || /^\d{1,2}$/u.test(first)) return asWritten(words, here);
  const from = oneDay(first, here);
  if ("why" in from) return from;
  const begins = from.value.day;
  // The end is looked for from the beginning on: `20 dec - 3 jan`, `friday - wednesday`.
  const noon = begins.toZonedDateTime({ timeZone: here.timeZone, plainTime: "12:00" }).epochMilliseconds;
  const to = oneDay(last, { ...here, now: noon });
  if ("why" in to) return to;
  const found = { from: begins, to: to.value.day };
  const before = { from: found.from.subtract({ years: 1 }), to: found.to.subtract({ years: 1 }) };
  const order = Temporal.PlainDate.compare;
  const running = from.value.by === "date" && order(before.from, today) <= 0 && order(today, before.to) <= 0;
  return { value: running && to.value.by === "date" ? before : found };
}

/** `friday`, and what chrono reads as a range: `20-25 dec`. */
function asWritten(words: string, here: Here): ArgumentReading<Range> {
  const read = saidDate(words, here, WRITE);
  if ("why" in read) return read;
  const start = wholeDay(words, read.value.start, here);
  if ("why" in start) return start;
  const end = wholeDay(words, read.value.end ?? read.value.start, here);
  return "why" in end ? end : { value: { from: start.value.day, to: end.value.day } };
}

function oneDay(words: string, here: Here): ArgumentReading<Said> {
  const read = saidDate(dateWords(words), here, WRITE);
  if ("why" in read) return read;
  if (read.value.end !== undefined) return { why: `"${words}" is not one day; ${WRITE}` };
  return wholeDay(words, read.value.start, here);
}

/** A weekday that is today means today, unless the next one was said. */
function wholeDay(words: string, said: Said, { now, timeZone }: Here): ArgumentReading<Said> {
  const timed = said.instant !== undefined || said.by === "none" || (said.by !== "span" && said.time !== undefined);
  if (timed) return { why: `"${words}" has a time; an absence is of whole days: ${WRITE}` };
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).toPlainDate();
  const inAWeek = said.by === "weekday" && said.day.equals(today.add({ days: 7 })) && !/\bnext\b/u.test(words);
  return { value: inAWeek ? { ...said, day: today } : said };
}
