/**
 * What an SLA plan has to say about a ticket and when: the warning before a due time, that it has passed, and the
 * escalations around it. What has been said once is not said again for the same due time, nor for one that moved: a mark
 * made at a moment covers everything of its kind up to that moment. So neither a pause nor a change of plan repeats mail.
 */
import { momentOn } from "./sla-line.ts";
import { SLA_CLOCKS, type SlaClock, type SlaState } from "./sla.ts";
import type { Escalation } from "../types.ts";

const MINUTE = 60_000;

/** `mark` is its name among the marks of the clock: `warning`, `breach`, `escalation gold 60`. Times are UTC milliseconds. */
export type SlaMoment = {
  readonly clock: SlaClock;
  readonly mark: string;
  readonly at: number;
  readonly dueAt: number;
  readonly escalation?: Escalation;
};

export type SlaMark = Pick<SlaMoment, "clock" | "mark" | "dueAt"> & { readonly at: number };

/** Everything that is to be said of the clocks as they stand, past and to come, in order of time. */
export function slaMoments(sla: SlaState | null): readonly SlaMoment[] {
  if (sla === null) return [];
  return SLA_CLOCKS.flatMap((clock) => momentsOf(sla, clock)).toSorted((a, b) => a.at - b.at);
}

function momentsOf(sla: SlaState, clock: SlaClock): SlaMoment[] {
  const { state, minutes, dueAt, byHand } = sla[clock];
  if (state === "done" || dueAt === null) return [];
  const { plan, line } = sla;
  const said = (mark: string, after: number, escalation?: Escalation): SlaMoment[] => {
    const at = after === 0 ? dueAt : byHand ? dueAt + after * MINUTE : momentOn(line, minutes + after);
    return at === null || !Number.isFinite(at) ? [] : [{ clock, mark, at, dueAt, ...(escalation && { escalation }) }];
  };
  const names = new Map<string, number>();
  if (plan === null) return said("breach", 0);
  const escalations = plan.escalations.filter((one) => one.of === clock);
  return [
    ...(plan.warnMinutes === undefined ? [] : said("warning", -plan.warnMinutes)),
    ...said("breach", 0),
    ...escalations.flatMap((one) => {
      // By its time and not by its place: a plan that gets another line does not do the old ones again.
      const name = `escalation ${plan.key} ${one.afterMinutes}`;
      const times = (names.get(name) ?? 0) + 1;
      names.set(name, times);
      return said(times === 1 ? name : `${name} (${times})`, one.afterMinutes, one);
    }),
  ];
}

/** What is to be said now, in order, and when there will be something again; null = never as things stand. */
export function slaAgenda(
  sla: SlaState | null,
  marks: readonly SlaMark[],
  now: number,
): { readonly say: readonly SlaMoment[]; readonly nextAt: number | null } {
  const moments = slaMoments(sla);
  const wanted = moments.filter((one) => !marks.some((mark) => covers(mark, one)) && !isStaleWarning(one, now));
  const next = moments.find(({ at }) => at > now);
  return { say: wanted.filter(({ at }) => at <= now), nextAt: next?.at ?? null };
}

function covers(mark: SlaMark, moment: SlaMoment): boolean {
  if (mark.clock !== moment.clock || mark.mark !== moment.mark) return false;
  return mark.dueAt === moment.dueAt || mark.at >= moment.at;
}

/** Who was not warned in time is told that it is overdue, and need not be warned as well. */
function isStaleWarning({ mark, dueAt }: SlaMoment, now: number): boolean {
  return mark === "warning" && dueAt <= now;
}
