/**
 * What to add to UTC for the local time of a zone, and for how long that holds. Asking the time-zone data costs some
 * hundred microseconds and due times are reckoned at every change of a ticket, so every stretch between two changes of
 * a zone's clock is asked for once and kept.
 */
import { Temporal } from "temporal-polyfill";

/** From `from` to `until` (UTC milliseconds, end exclusive, possibly infinite) local time is UTC plus `offset` milliseconds. */
export type Stretch = { readonly from: number; readonly until: number; readonly offset: number };

const known = new Map<string, Stretch[]>();
/** Two stretches a year: a century of any zone. Somebody who asks about more than that has them looked up again. */
const MOST_KEPT = 200;

/** The stretch that holds `at` (UTC milliseconds). Throws RangeError for a zone that is none. */
export function stretchAt(at: number, timeZone: string): Stretch {
  let stretches = known.get(timeZone);
  const found = stretches?.find(({ from, until }) => from <= at && at < until);
  if (found !== undefined) return found;
  const stretch = lookedUp(at, timeZone);
  if (stretches === undefined || stretches.length >= MOST_KEPT) known.set(timeZone, (stretches = []));
  stretches.push(stretch);
  return stretch;
}

function lookedUp(at: number, timeZone: string): Stretch {
  const local = Temporal.Instant.fromEpochMilliseconds(Math.floor(at)).toZonedDateTimeISO(timeZone);
  // "previous" lies strictly before its moment, and the stretch may begin at this one.
  const begun = local.add({ milliseconds: 1 }).getTimeZoneTransition("previous");
  const next = local.getTimeZoneTransition("next");
  return {
    from: begun?.epochMilliseconds ?? Number.NEGATIVE_INFINITY,
    until: next?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
    offset: local.offsetNanoseconds / 1_000_000,
  };
}
