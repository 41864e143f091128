/**
 * What `#away` and `#back` make of an agent's absences. Dates are local dates of the desk, `2026-12-20`, and compare as text.
 * Saying the same thing twice changes nothing.
 */
import { dayOf } from "../notices/notice-words.ts";
import type { Absence } from "../types.ts";

/** `away`: what is known from now on; absent where nothing changes. */
export type AbsenceChange =
  { readonly away?: readonly Absence[]; readonly result: string } | { readonly refused: string };

/** Nobody plans further ahead by mail; a typo of a year does. */
const MOST_DAYS = 400;
const DAY = 86_400_000;

/** @param days null = today */
export function awayOn(away: readonly Absence[], days: Absence | null, today: string): AbsenceChange {
  const { from, to } = days ?? { from: today, to: today };
  if (to < from) return { refused: `${from} to ${to} runs backwards` };
  if (to < today) return { refused: `${day(to, today)} has passed` };
  if (Date.parse(to) - Date.parse(today) > MOST_DAYS * DAY)
    return { refused: `${day(to, today)} is more than ${MOST_DAYS} days ahead; the desk file takes longer absences` };
  const begin = from < today ? today : from;
  const known = away.find((one) => one.from <= begin && one.to >= to);
  if (known) return { result: `you were away ${span(known, today)} already; nothing changed` };
  const touching = away.filter((one) => one.from <= dayAfter(to) && dayAfter(one.to) >= begin);
  const joined = {
    from: [begin, ...touching.map((one) => one.from)].sort()[0]!,
    to: [to, ...touching.map((one) => one.to)].sort().at(-1)!,
  };
  const rest = away.filter((one) => !touching.includes(one));
  const sorted = [...rest, joined].sort((one, two) => (one.from < two.from ? -1 : 1));
  return { away: sorted, result: `you are away ${span(joined, today)}` };
}

/** What has begun ends today, what has not is taken back; what is over stays known. */
export function backOn(away: readonly Absence[], today: string): AbsenceChange {
  const ending = away.filter((one) => one.to >= today);
  if (ending.length === 0) return { result: "you were not away, and nothing is planned; nothing changed" };
  const over = ending.filter((one) => one.from < today).map((one) => ({ from: one.from, to: dayBefore(today) }));
  const kept = [...away.filter((one) => one.to < today), ...over];
  const begun = ending.some((one) => one.from <= today);
  const planned = ending.filter((one) => one.from > today).map((one) => span(one, today));
  const taken = planned.length === 0 ? [] : [`no longer away ${planned.join(", ")}`];
  return { away: kept, result: [...(begun ? ["you are back"] : []), ...taken].join("; ") };
}

function span({ from, to }: Absence, today: string): string {
  if (from === to) return from === today ? "today" : `on ${day(from, today)}`;
  return from <= today ? `until ${day(to, today)}` : `from ${day(from, today)} to ${day(to, today)}`;
}

/** Dates without a time: any zone will do as long as it is the same one. */
const day = (date: string, today: string): string =>
  dayOf(Date.parse(date), Date.parse(today), { timeZone: "UTC", locale: "en-GB" });

const moved = (date: string, days: number): string =>
  new Date(Date.parse(date) + days * DAY).toISOString().slice(0, 10);
const dayAfter = (date: string): string => moved(date, 1);
const dayBefore = (date: string): string => moved(date, -1);
