/** Moments in plain words, in the agent's time zone: the value of #snooze, #pending and #due. */
import { Temporal } from "temporal-polyfill";
import { fold } from "../words.ts";
import type { Known } from "./command.ts";
import type { ArgumentReading } from "./command-argument-names.ts";
import { dateWords, type Here, type Said, saidDate, WRITE_MOMENT } from "./date-words.ts";

/** Where no date can be read, because nobody said what the time is. */
export const NOT_HERE = "dates are not read here";
/** The time of a day that was named without one: the beginning of work. */
const BEGINNING = Temporal.PlainTime.from("09:00");
/** Longer than anybody waits. */
const MOST_YEARS = 5;

/** UTC ms after `known.now`; null for `none` and `never`. Days keep the time of day over changes of the clock. */
export function readMoment(text: string, known: Known): ArgumentReading<number | null> {
  if (["none", "never"].includes(fold(text))) return { value: null };
  const here = hereOf(known);
  if (here === undefined) return { why: NOT_HERE };
  const words = dateWords(text);
  const read = saidDate(words, here);
  if ("why" in read) return read;
  const { start, end } = read.value;
  if (end !== undefined) return { why: `"${words}" is a span of time and not one moment; ${WRITE_MOMENT}` };
  return inTime(words, forward(words, start, here), here);
}

/** The clock that a command's dates are read by, when its writer's is known. */
export function hereOf({ now, timeZone }: Known): Here | undefined {
  return now === undefined || timeZone === undefined ? undefined : { now, timeZone };
}

/** The next such moment: a weekday that is today means in a week, unless its time is still to come; so does `9am`. */
function forward(words: string, said: Said, { now, timeZone }: Here): Temporal.ZonedDateTime {
  if (said.instant !== undefined)
    return Temporal.Instant.fromEpochMilliseconds(said.instant).toZonedDateTimeISO(timeZone);
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).toPlainDate();
  const day = said.by === "none" ? today : said.day;
  const at = day.toZonedDateTime({ timeZone, plainTime: said.time ?? BEGINNING });
  const past = at.epochMilliseconds <= now;
  if (said.by === "weekday" && (past || (said.time === undefined && day.equals(today)))) return at.add({ days: 7 });
  return said.by === "none" && past && !words.startsWith("this ") ? at.add({ days: 1 }) : at;
}

function inTime(words: string, at: Temporal.ZonedDateTime, { now, timeZone }: Here): ArgumentReading<number> {
  const shown = `"${words}" is ${at.toPlainDate().toString()} ${at.toPlainTime().toString({ smallestUnit: "minute" })} in ${timeZone}`;
  if (at.epochMilliseconds <= now) return { why: `${shown}, which has passed; ${WRITE_MOMENT}` };
  const last = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).add({ years: MOST_YEARS });
  if (Temporal.ZonedDateTime.compare(at, last) > 0) return { why: `${shown}; ${MOST_YEARS} years are the most` };
  return { value: at.epochMilliseconds };
}
