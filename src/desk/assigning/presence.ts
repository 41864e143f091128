/**
 * Whether an agent is there. Away: a local date of the desk's time zone lies in one of the agent's absences, first and last
 * day included. At work: not away, and inside the agent's working hours; an agent without a schedule always is.
 */
import { businessMinutesBetween } from "../sla/business-time.ts";
import { dayOf } from "../notices/notice-words.ts";
import type { Agent, Desk } from "../types.ts";
import { stretchAt } from "../sla/zone-offset.ts";

type Zone = Pick<Desk, "timeZone">;

/** The last day (local date) of the absence that `now` (UTC ms) falls into, undefined when there is none. Absences that follow on one another are one. */
export function awayUntil(agent: Pick<Agent, "away">, { timeZone }: Zone, now: number): string | undefined {
  if (agent.away.length === 0) return undefined;
  const today = localDate(now, timeZone);
  let until: string | undefined;
  for (const { from, to } of agent.away.toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
    const reached = until === undefined ? today : dayAfter(until);
    if (from <= reached && to >= today && (until === undefined || to > until)) until = to;
  }
  return until;
}

/** `Ben Ortiz is away until 3 January`, with the year when it is another one; undefined when the agent is not away. */
export function awayText(agent: Pick<Agent, "away" | "name">, desk: Zone, now: number): string | undefined {
  const until = awayUntil(agent, desk, now);
  if (until === undefined) return undefined;
  const today = localDate(now, desk.timeZone);
  if (until === today) return `${agent.name} is away today`;
  // Both are dates without a time: any zone will do as long as it is the same one.
  const day = dayOf(Date.parse(until), Date.parse(today), { timeZone: "UTC", locale: "en-GB" });
  return `${agent.name} is away until ${day}`;
}

/** Inside the agent's working hours at `now` (UTC ms); whether they are away is another question. */
export function inWorkingHours(
  agent: Pick<Agent, "schedule">,
  { schedules, timeZone }: Pick<Desk, "schedules" | "timeZone">,
  now: number,
): boolean {
  const { schedule: key } = agent;
  const schedule = key !== undefined && Object.hasOwn(schedules, key) ? schedules[key] : undefined;
  if (schedule === undefined) return true;
  // An interval that holds `now` holds the millisecond after it too, since its end does not belong to it.
  return businessMinutesBetween(now, now + 1, schedule, timeZone) > 0;
}

const DAY_MS = 86_400_000;

/** `2026-12-20` on the wall of a place; `at` in UTC ms. */
export function localDate(at: number, timeZone: string): string {
  return dateOf(at + stretchAt(at, timeZone).offset);
}

const dayAfter = (date: string): string => dateOf(Date.parse(date) + DAY_MS);

const dateOf = (at: number): string => new Date(at).toISOString().slice(0, 10);
