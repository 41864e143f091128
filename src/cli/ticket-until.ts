/** The value of --until: a span from now, a day, or a day and a time, in the desk's time zone. */
import { Temporal } from "temporal-polyfill";
import { Exit } from "./context.ts";

const WRITE = 'Write 3d, 4h, 2026-12-01 or "2026-12-01 09:00".';
const SPAN = /^(\d{1,4})\s?(m|h|d|w)$/;
const MOMENT = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{1,2}:\d{2}))?$/;
const UNITS = { m: "minutes", h: "hours", d: "days", w: "weeks" } as const;
/** Longer than anybody waits. */
const MOST_YEARS = 5;

/** UTC milliseconds. A day is midnight there, days keep the time of day over changes of the clock. Ends with what to write. */
export function untilOf(text: string, now: number, timeZone: string): number {
  const here = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone);
  const at = spanFrom(here, text.trim()) ?? momentIn(timeZone, text.trim());
  if (at === undefined) throw new Exit(2, `--until "${text}" is no moment. ${WRITE}`);
  const shown = `${at.toPlainDate().toString()} ${at.toPlainTime().toString({ smallestUnit: "minute" })} in ${timeZone}`;
  if (at.epochMilliseconds <= now) throw new Exit(2, `--until "${text}" is ${shown}, which has passed.`);
  if (Temporal.ZonedDateTime.compare(at, here.add({ years: MOST_YEARS })) > 0)
    throw new Exit(2, `--until "${text}" is ${shown}; ${MOST_YEARS} years are the most.`);
  return at.epochMilliseconds;
}

function spanFrom(here: Temporal.ZonedDateTime, text: string): Temporal.ZonedDateTime | undefined {
  const [, amount, unit] = SPAN.exec(text) ?? [];
  return amount && unit ? here.add({ [UNITS[unit as keyof typeof UNITS]]: Number(amount) }) : undefined;
}

function momentIn(timeZone: string, text: string): Temporal.ZonedDateTime | undefined {
  const [, day, time] = MOMENT.exec(text) ?? [];
  if (!day) return undefined;
  try {
    const date = Temporal.PlainDate.from(day, { overflow: "reject" });
    return date.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from((time ?? "00:00").padStart(5, "0")) });
  } catch {
    throw new Exit(2, `--until "${text}": there is no such day or time. ${WRITE}`);
  }
}
