/** Days as the clock on somebody's wall shows them. Times are UTC milliseconds, dates `2026-11-26`. */
import { Temporal } from "temporal-polyfill";
import { stretchAt } from "../sla/zone-offset.ts";

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

export type LocalMoment = {
  readonly date: string;
  /** 1 = Monday .. 7 = Sunday. */
  readonly weekday: number;
  /** Since midnight. */
  readonly minute: number;
};

/** What a clock and a calendar in this zone show. */
export function localMoment(at: number, timeZone: string): LocalMoment {
  const local = at + stretchAt(at, timeZone).offset;
  const day = Math.floor(local / DAY_MS);
  return {
    date: new Date(local).toISOString().slice(0, 10),
    weekday: ((((day + 3) % 7) + 7) % 7) + 1,
    minute: Math.floor((local - day * DAY_MS) / MINUTE_MS),
  };
}

/** Whether a clock in this zone has passed `minute` of a day between two moments, the second one included. */
export function hasStruck(minute: number, since: number, now: number, timeZone: string): boolean {
  const day = (at: number): number => Math.floor((at + stretchAt(at, timeZone).offset - minute * MINUTE_MS) / DAY_MS);
  return day(now) > day(since);
}

/** The first moment of a local day and of the day after it: 23 to 25 hours. Throws RangeError for a date that is none. */
export function dayBounds(date: string, timeZone: string): { readonly from: number; readonly to: number } {
  const day = Temporal.PlainDate.from(date);
  const begins = (one: Temporal.PlainDate): number => one.toZonedDateTime({ timeZone }).epochMilliseconds;
  return { from: begins(day), to: begins(day.add({ days: 1 })) };
}

/** The date `days` after another, or before it. */
export const dateAfter = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
