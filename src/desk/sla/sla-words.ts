/** What an SLA plan promises about a ticket, in words for the people of the desk. */
import type { ClockState, SlaClock, SlaState } from "./sla.ts";

/** What a clock ends with. */
export const CLOCK_WORDS: Readonly<Record<SlaClock, string>> = { respond: "answer", resolve: "solution" };

/** `2 h 10 min`, `45 min`, `30 h`: working time has no days, since a working day has as many hours as a schedule says. */
export function minutesInWords(minutes: number): string {
  const whole = Math.round(Math.abs(minutes));
  const [hours, rest] = [Math.floor(whole / 60), whole % 60];
  return [...(hours > 0 ? [`${hours} h`] : []), ...(rest > 0 || hours === 0 ? [`${rest} min`] : [])].join(" ");
}

/**
 * `plan standard: answer due 2026-11-23 15:30:00Z, 2 h 10 min left; solution paused, 9 h left`. The time left is working
 * time. "no SLA plan" where there is none.
 * @param when writes a moment (UTC milliseconds)
 */
export function dueInWords(sla: SlaState | null, when: (at: number) => string = inUtc): string {
  if (sla === null) return "no SLA plan";
  const clocks = (sla.plan ? (["respond", "resolve"] as const) : (["resolve"] as const)).map(
    (clock) => `${CLOCK_WORDS[clock]} ${clockInWords(sla[clock], when)}`,
  );
  return `${sla.plan ? `plan ${sla.plan.key}` : "no SLA plan"}: ${clocks.join("; ")}`;
}

function clockInWords(
  { state, dueAt, remainingMinutes, overdue, met, byHand }: ClockState,
  when: (at: number) => string,
): string {
  const left = minutesInWords(remainingMinutes);
  if (state === "done") return met === true ? "in time" : `${left} late`;
  if (overdue && dueAt !== null)
    return `overdue since ${when(dueAt)}${state === "paused" ? ", paused" : `, by ${left}`}`;
  if (state === "paused" && !byHand) return `paused, ${left} left`;
  return dueAt === null ? "never due: its schedule has no working time" : `due ${when(dueAt)}, ${left} left`;
}

const inUtc = (at: number): string => `${new Date(at).toISOString().replace("T", " ").slice(0, 19)}Z`;
