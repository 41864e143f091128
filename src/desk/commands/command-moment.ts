/** Dates in plain words, in the agent's time zone. */
import type { Days, Known } from "./command.ts";
import type { ArgumentReading } from "./command-argument-names.ts";

/** UTC ms after `now`; `none` is null. */
export function readMoment(text: string, _known: Known): ArgumentReading<number | null> {
  return { why: `"${text}" is no date` };
}

/** Days of an absence. */
export function readDays(text: string, _known: Known): ArgumentReading<Days> {
  return { why: `"${text}" is no date` };
}
