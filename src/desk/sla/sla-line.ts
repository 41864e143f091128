/**
 * The time of one ticket as its SLA plan counts it: working time since it was opened, without the pauses. Both clocks of a
 * ticket run along this line, so "30 minutes before it is due" is a point of it as well as the due time itself.
 */
import { addBusinessMinutes, businessMinutesBetween } from "./business-time.ts";
import type { Schedule } from "../types.ts";

const MINUTE = 60_000;

/** The clock stood still from `from` to `to` (UTC milliseconds); null = it still does. */
export type Pause = { readonly from: number; readonly to: number | null };

export type SlaLine = {
  /** When the ticket was opened, UTC milliseconds. */
  readonly from: number;
  /** In order and apart from one another: what `slaPauses` returns. */
  readonly pauses: readonly Pause[];
  readonly schedule: Schedule | undefined;
  /** The desk's; a schedule's own goes before it. */
  readonly timeZone: string;
};

/** Pauses in order, those that touch or overlap made one; one that ends before it begins is none. */
export function slaPauses(pauses: readonly Pause[]): readonly Pause[] {
  const merged: Pause[] = [];
  const end = (pause: Pause): number => pause.to ?? Number.POSITIVE_INFINITY;
  for (const pause of pauses.filter((one) => one.from < end(one)).toSorted((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last === undefined || pause.from > end(last)) merged.push(pause);
    else if (end(pause) > end(last)) merged[merged.length - 1] = { from: last.from, to: pause.to };
  }
  return merged;
}

/**
 * The moment at which so many minutes of the line have passed. Null when the line stands still before that, Infinity when
 * the schedule never has that much working time. No minutes, or fewer, are its beginning.
 */
export function momentOn(line: SlaLine, minutes: number): number | null {
  // In whole milliseconds: an error of a billionth of a minute would move what is due when work ends to the next morning.
  let [cursor, left] = [line.from, Math.round(minutes * MINUTE)];
  for (const { from, to } of line.pauses) {
    const worked = Math.round(businessMinutesBetween(cursor, from, line.schedule, line.timeZone) * MINUTE);
    if (worked >= left) break;
    if (to === null) return null;
    left -= worked;
    cursor = Math.max(cursor, to);
  }
  return addBusinessMinutes(cursor, left / MINUTE, line.schedule, line.timeZone);
}

/** Minutes of the line from its beginning to a moment (UTC milliseconds), with fractions. */
export function minutesOn(line: SlaLine, at: number): number {
  const worked = (from: number, to: number) => businessMinutesBetween(from, to, line.schedule, line.timeZone);
  let [cursor, used] = [line.from, 0];
  for (const { from, to } of line.pauses) {
    if (from >= at) break;
    used += worked(cursor, from);
    cursor = Math.max(cursor, to ?? Number.POSITIVE_INFINITY);
  }
  return cursor < at ? used + worked(cursor, at) : used;
}
