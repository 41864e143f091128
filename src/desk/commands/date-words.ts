/**
 * A date in plain words, as chrono-node reads it and no further: every word has to belong to it, no day may have been
 * bent into another, and no zone guessed. Decision record 0024 says why chrono.
 */
import type { ParsedComponents } from "chrono-node";
import { GB } from "chrono-node/en";
import { Temporal } from "temporal-polyfill";
import { fold } from "../words.ts";
import type { ArgumentReading } from "./command-argument-names.ts";

/** Whose clock the words are read by: UTC ms, and an IANA name. */
export type Here = { readonly now: number; readonly timeZone: string };

/** A day, and a time if one was said, on the wall clock there. */
export type Said = {
  readonly day: Temporal.PlainDate;
  readonly time?: Temporal.PlainTime;
  /** UTC ms, where the words name an instant: `4h`, `2026-12-01T09:00Z`. */
  readonly instant?: number;
  /** `span`: so far from now. `none`: only a time. `dated`: with a year or without. */
  readonly by: "span" | "weekday" | "date" | "dated" | "none";
};

/** Longer than any date: chrono's expressions are not linear, so what they see is bounded. */
const LONGEST = 80;
export const WRITE_MOMENT = "write tomorrow 9am, friday 14:00, 3d, 4h or 2026-12-01 09:00";

/** Of words that name a part of the day; chrono's own morning is 6:00. */
const PARTS: Readonly<Record<string, string>> = {
  morning: "09:00",
  afternoon: "15:00",
  evening: "20:00",
  tonight: "20:00",
  noon: "12:00",
  midnight: "00:00",
};

const PAST = /\b(?:last|past|previous|ago|yesterday)\b/u;
const MONTH_FIRST =
  /(?<!\d )\b(jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)([a-z]{0,6}\.?) (\d{1,2})(st|nd|rd|th)?(?=$|[ ,])(?! ?[-–] ?\d)/u;
/** `friday 17` is an hour or a day, `tomorrow 9` morning or evening. */
const BARE_NUMBER = /(?:^|[\p{L}\d] )\d{1,2}$/u;
const MEANT_NUMBER = /(?:\bat|\d:\d\d|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?) \d{1,2}$/u;
const ISO_DAY = /\b\d{4}-\d{1,2}-\d{1,2}(?!\d)/gu;
const SLASHED = /(?<![\d/.])(\d{1,2})[/.](\d{1,2})(?:[/.](?:\d{4}|\d\d)\b|(?=$| ))/u;
const OFFSET = /(?:\dz|\b(?:utc|gmt)|[+-]\d\d:?\d\d)$/u;

/** Folded, without a word that only leads to the date, `dec 17` as `17 dec`. */
export function dateWords(text: string): string {
  const words = fold(text.slice(0, 4 * LONGEST)).replace(/^(?:until|till|by|before) /u, "");
  return words.replace(MONTH_FIRST, "$3 $1$2");
}

/** Read all of `words` (as `dateWords` gives them). An `end` is there for ranges: `20-25 dec`. Linear, and bounded. */
export function saidDate(
  words: string,
  here: Here,
  write: string = WRITE_MOMENT,
): ArgumentReading<{ readonly start: Said; readonly end?: Said }> {
  const why = (reason: string) => ({ why: `"${words.slice(0, LONGEST)}" ${reason}; ${write}` });
  if (words.length > LONGEST) return why("is too long for a date");
  if (PAST.test(words)) return why("is past");
  const nowhere = words.match(ISO_DAY)?.find((day) => dayOf(day) === undefined) ?? monthBeyond(words);
  if (nowhere !== undefined) return why(`has a day that does not exist, ${nowhere}`);
  if (BARE_NUMBER.test(words) && !MEANT_NUMBER.test(words))
    return why("ends in a number that could be an hour or a day");
  const there = Temporal.Instant.fromEpochMilliseconds(here.now).toZonedDateTimeISO(here.timeZone);
  const dated = words.replace(/^(?:the )?day after tomorrow\b/u, there.toPlainDate().add({ days: 2 }).toString());
  const reference = { instant: new Date(here.now), timezone: there.offsetNanoseconds / 60e9 };
  const [found, ...more] = GB.parse(dated, reference, { forwardDate: true });
  if (found === undefined) return why("is no date or time that there is");
  const rest = `${dated.slice(0, found.index)} ${dated.slice(found.index + found.text.length)}`.replace(
    /[\s,.]+/gu,
    " ",
  );
  // Words beside a date are not guessed away: they may be text for the customer, or change what is meant.
  if (rest.trim() !== "" || more.length > 0) return why(`is more than a date: "${rest.trim()}" does not belong to one`);
  const start = said(found.start, words, there);
  if ("why" in start) return why(start.why);
  if (found.end == null) return { value: { start: start.value } };
  const end = said(found.end, words, there);
  return "why" in end ? why(end.why) : { value: { start: start.value, end: end.value } };
}

function said(part: ParsedComponents, words: string, there: Temporal.ZonedDateTime): ArgumentReading<Said> {
  const has = (tag: string) => part.tags().has(tag);
  const span = has("result/relativeDate");
  const exact = has("result/relativeDateAndTime") || has("casualReference/now");
  const zoned = !span && !exact && part.isCertain("timezoneOffset");
  if (zoned && !OFFSET.test(words)) return { why: `names a time zone; times are those of ${there.timeZoneId}` };
  const year = part.get("year") ?? 0;
  if (Math.abs(year - there.year) > 100) return { why: "is too far away" };
  const day = Temporal.PlainDate.from({ year, month: part.get("month") ?? 1, day: part.get("day") ?? 1 });
  const by = howSaid(part, span);
  const time = timeSaid(part, span, there);
  if (by === "none" && time === undefined) return { why: "does not say which day" };
  if (by !== "span" && part.isCertain("weekday") && part.isCertain("day") && part.get("weekday") !== day.dayOfWeek % 7)
    return { why: `is ${day.toString()}, which is another day of the week` };
  return {
    value: { day, by, ...(time && { time }), ...((exact || zoned) && { instant: part.date().getTime() }) },
  };
}

function howSaid(part: ParsedComponents, span: boolean): Said["by"] {
  if (span) return "span";
  if (part.isCertain("day")) return part.isCertain("year") ? "dated" : "date";
  return part.isCertain("weekday") ? "weekday" : "none";
}

function timeSaid(
  part: ParsedComponents,
  span: boolean,
  there: Temporal.ZonedDateTime,
): Temporal.PlainTime | undefined {
  if (span && !part.isCertain("hour")) return there.toPlainTime();
  if (part.isCertain("hour"))
    return new Temporal.PlainTime(part.get("hour") ?? 0, part.get("minute") ?? 0, part.get("second") ?? 0);
  const name = Object.keys(PARTS).find((one) => part.tags().has(`casualReference/${one}`));
  return name === undefined ? undefined : Temporal.PlainTime.from(PARTS[name]!);
}

function dayOf(iso: string): Temporal.PlainDate | undefined {
  const [year, month, day] = iso.split("-").map(Number);
  try {
    return Temporal.PlainDate.from({ year: year!, month: month!, day: day! }, { overflow: "reject" });
  } catch {
    return undefined;
  }
}

/** chrono reads 12/31 as 31 December; who writes the day first would be surprised by 1/13. */
function monthBeyond(words: string): string | undefined {
  const [whole, , month] = SLASHED.exec(words) ?? [];
  if (whole?.includes(".") && !/\.\d+\./u.test(whole)) return undefined;
  return month !== undefined && Number(month) > 12 ? whole : undefined;
}
