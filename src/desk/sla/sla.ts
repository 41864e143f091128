/**
 * When an answer and a solution are due, and what became of it. Policy: both clocks begin when the ticket is opened and
 * count the working time of the plan's schedule. They stand still while the ticket is pending, snoozed, closed, or waiting
 * for its customer. The answer's clock ends with the first answer, or when the ticket is closed without one; the
 * solution's ends when the ticket is closed, and goes on when it is opened again. Spam and merged tickets have none.
 * A moment that somebody has set for the solution stands in place of the plan's, with or without a plan: no pause moves it,
 * and what is left is time by the clock on the wall.
 */
import { minutesOn, momentOn, type Pause, type SlaLine, slaPauses } from "./sla-line.ts";
import type { CausedChange, DepartmentKey, Desk, SlaPlan, Ticket } from "../types.ts";

const MINUTE = 60_000;

export const SLA_CLOCKS = ["respond", "resolve"] as const;
export type SlaClock = (typeof SLA_CLOCKS)[number];

/** What is looked at. `pauses` in any order; one that has not ended is the one the ticket is in. */
export type SlaFacts = Pick<
  Ticket,
  "sla" | "department" | "priority" | "openedAt" | "respondedAt" | "closedAt" | "spam" | "mergedInto"
> & { readonly pauses: readonly Pause[]; readonly dueAt?: Ticket["dueAt"] };

export type ClockState = {
  readonly state: "running" | "paused" | "done";
  /** Minutes of the schedule that the plan gives. */
  readonly minutes: number;
  /** When they are, or were, used up, UTC milliseconds. Null while paused with time left, and when the schedule never works. */
  readonly dueAt: number | null;
  /** Of the schedule, with fractions: now, or when it was done. Negative when it is or was late. */
  readonly remainingMinutes: number;
  /** Not done, and past the due time. */
  readonly overdue: boolean;
  /** Null as long as it may still go either way. */
  readonly met: boolean | null;
  /** Due because somebody said so: `dueAt` is no result of `minutes`. */
  readonly byHand?: true;
};

/** `plan` is null where there is none and only the solution has a time, set by hand. */
export type SlaState = { readonly plan: SlaPlan | null; readonly line: SlaLine } & Readonly<
  Record<SlaClock, ClockState>
>;

/** The plan that counts for a ticket: its own, else its department's, else the desk's; one that the desk no longer has is none. */
export function planOf(desk: Desk, ticket: Pick<Ticket, "sla" | "department">): SlaPlan | undefined {
  const keys = [ticket.sla, desk.departments[ticket.department]?.sla, desk.defaults.sla];
  const key = keys.find((one) => one !== null && one !== undefined && Object.hasOwn(desk.sla, one));
  return key === null || key === undefined ? undefined : desk.sla[key];
}

/** A plan that a ticket has only because of its department (or the desk) follows it into another; a chosen one stays. */
export function planAfterMove(
  desk: Desk,
  from: DepartmentKey,
  ticket: Pick<Ticket, "sla" | "department">,
): CausedChange | undefined {
  const ofPlace = (key: DepartmentKey): string | null => desk.departments[key]?.sla ?? desk.defaults.sla ?? null;
  const to = ofPlace(ticket.department);
  if (ticket.sla !== ofPlace(from) || ticket.sla === to) return undefined;
  return { change: { change: "set-sla", to }, cause: { kind: "department", detail: ticket.department } };
}

/** Whether the clocks of a ticket stand still. */
export function standsStill(ticket: Pick<Ticket, "status" | "waitingFor">): boolean {
  return ticket.status !== "open" || ticket.waitingFor === "customer";
}

/** Both clocks at a moment (UTC milliseconds). Null without a plan and a set time, and for spam and merged tickets. */
export function slaState(desk: Desk, facts: SlaFacts, now: number): SlaState | null {
  if (facts.spam || facts.mergedInto !== null) return null;
  const plan = planOf(desk, facts) ?? null;
  const dueAt = facts.dueAt ?? null;
  if (plan === null && dueAt === null) return null;
  // A schedule that the desk does not define ("always") is every hour of every day.
  const schedule = plan && Object.hasOwn(desk.schedules, plan.schedule) ? desk.schedules[plan.schedule] : undefined;
  const line = { from: facts.openedAt, pauses: slaPauses(facts.pauses), schedule, timeZone: desk.timeZone };
  const minutes = plan && { ...plan, ...plan.byPriority[facts.priority] };
  const doneAt = { respond: facts.respondedAt ?? facts.closedAt, resolve: facts.closedAt };
  return {
    plan,
    line,
    respond: minutes ? clockState(line, minutes.respondMinutes, doneAt.respond, now) : NEVER,
    resolve:
      dueAt === null
        ? clockState(line, minutes!.resolveMinutes, doneAt.resolve, now)
        : clockByHand(line, dueAt, doneAt.resolve, now),
  };
}

/** The answer of a ticket that has no plan. */
const NEVER: ClockState = { state: "done", minutes: 0, dueAt: null, remainingMinutes: 0, overdue: false, met: null };

function clockState(line: SlaLine, minutes: number, doneAt: number | null, now: number): ClockState {
  const at = doneAt ?? now;
  const moment = momentOn(line, minutes);
  const dueAt = moment !== null && Number.isFinite(moment) ? moment : null;
  return { ...clockAt(line, dueAt, doneAt, now), minutes, remainingMinutes: minutes - minutesOn(line, at) };
}

function clockByHand(line: SlaLine, dueAt: number, doneAt: number | null, now: number): ClockState {
  const remainingMinutes = (dueAt - (doneAt ?? now)) / MINUTE;
  return { ...clockAt(line, dueAt, doneAt, now), minutes: minutesOn(line, dueAt), remainingMinutes, byHand: true };
}

function clockAt(line: SlaLine, dueAt: number | null, doneAt: number | null, now: number) {
  const late = dueAt !== null && (doneAt ?? now) > dueAt;
  const paused = line.pauses.at(-1)?.to === null;
  return {
    state: doneAt !== null ? ("done" as const) : paused ? ("paused" as const) : ("running" as const),
    dueAt,
    overdue: doneAt === null && late,
    met: doneAt !== null ? !late : late ? false : null,
  };
}

export type DueTimes = { readonly respondDueAt: number | null; readonly resolveDueAt: number | null };

/** What a ticket shows as due: nothing where a clock is done, or paused with time left. Overdue stays due, paused or not. */
export function dueNow(sla: SlaState | null): DueTimes {
  const due = (clock: ClockState | undefined) => (clock === undefined || clock.state === "done" ? null : clock.dueAt);
  return { respondDueAt: due(sla?.respond), resolveDueAt: due(sla?.resolve) };
}
