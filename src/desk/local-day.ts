/** The day and the week that a moment lies in, by the clock on somebody's wall. Times are UTC milliseconds. */
import { Temporal } from "temporal-polyfill";

export type LocalDay = {
  readonly dayBegan: number;
  readonly dayEnds: number;
  /** Monday (ISO 8601). */
  readonly weekBegan: number;
};

/** @param timeZone IANA name */
export function localDay(now: number, timeZone: string): LocalDay {
  const day = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).toPlainDate();
  const begin = (date: Temporal.PlainDate): number => date.toZonedDateTime({ timeZone }).epochMilliseconds;
  return {
    dayBegan: begin(day),
    dayEnds: begin(day.add({ days: 1 })),
    weekBegan: begin(day.subtract({ days: day.dayOfWeek - 1 })),
  };
}
