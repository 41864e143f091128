/** `sla:` between the desk file and `SlaPlan`. Working time stays text until its schedule is known: a day is a working day of it. */
import type { z } from "zod";
import { choice, list, scalar, section } from "../../yaml/fields.ts";
import { assignField, receiver, toAudience, writeAssign, writeAudience, type Addresses } from "./desk-file-assign.ts";
import { ALWAYS, formatWorkingTime, parseWorkingTime, workingDayMinutes } from "./desk-file-hours.ts";
import { reference, scheduleReference, tagFields, tagsOf, type DeskNames } from "./desk-file-names.ts";
import { given, mapEntries, oneOrList, some } from "./desk-file-shape.ts";
import {
  PRIORITIES,
  type Agent,
  type Desk,
  type Escalation,
  type Schedule,
  type SlaMinutes,
  type SlaPlan,
} from "../types.ts";

const workingTime = (example: string, least = 1) =>
  scalar("a working time", `minutes, hours or working days, e.g. ${example}`, (input) =>
    (parseWorkingTime(input, 1) ?? -1) >= least ? input : undefined,
  );

const times = () =>
  section({ respond: workingTime("1h").optional(), resolve: workingTime("1d").optional() })
    .refine(({ respond, resolve }) => respond !== undefined || resolve !== undefined, {
      error: "says no time. Write respond, resolve or both.",
    })
    .optional();

export const slaSection = (names: DeskNames) =>
  section({
    respond: workingTime("4h"),
    resolve: workingTime("3d"),
    during: scheduleReference(names).default(ALWAYS),
    priorities: section({ low: times(), normal: times(), high: times(), urgent: times() }).prefault({}),
    warn: workingTime("30m").optional(),
    escalate_to: reference("agent", names.agent).optional(),
    escalate: list(escalationSection(names)).default([]),
  });

const escalationSection = (names: DeskNames) =>
  section({
    of: choice(["respond", "resolve"]),
    after: workingTime("0m", 0).optional(),
    before: workingTime("2h").optional(),
    tell: list(receiver(names.agent)).default([]),
    assign: assignField(names.agent).optional(),
    priority: choice(PRIORITIES).optional(),
    sla: reference("sla", names.sla).optional(),
    ...tagFields(),
  });

type PlanFile = z.output<ReturnType<typeof slaSection>>;
type EscalationFile = z.output<ReturnType<typeof escalationSection>>;

export function toPlan(
  key: string,
  file: PlanFile,
  { schedules, agents }: { schedules: Readonly<Record<string, Schedule>>; agents: Addresses },
): SlaPlan {
  const minutes = (time: string): number => parseWorkingTime(time, workingDayMinutes(schedules[file.during]))!;
  const maybe = (time: string | undefined) => (time === undefined ? undefined : minutes(time));
  const byPriority = mapEntries(given(file.priorities), (_, one) =>
    given<Partial<SlaMinutes>>({ respondMinutes: maybe(one?.respond), resolveMinutes: maybe(one?.resolve) } as object),
  );
  return {
    key,
    respondMinutes: minutes(file.respond),
    resolveMinutes: minutes(file.resolve),
    schedule: file.during,
    byPriority,
    ...given({ warnMinutes: maybe(file.warn) }),
    escalations: [
      ...(file.escalate_to === undefined ? [] : takenOver(file.escalate_to, agents)),
      ...file.escalate.map((one) => toEscalation(one, minutes, agents)),
    ],
  };
}

/** `escalate_to: ann`: what is overdue is hers, and she is told. */
const takenOver = (agent: string, agents: Addresses): Escalation[] =>
  (["respond", "resolve"] as const).map((of) => ({
    of,
    afterMinutes: 0,
    tell: toAudience([agent], agents),
    assign: { strategy: "fixed", agent },
    tags: [],
  }));

function toEscalation(file: EscalationFile, minutes: (time: string) => number, agents: Addresses): Escalation {
  const { of, assign, priority, sla } = file;
  return {
    of,
    afterMinutes: file.before === undefined ? minutes(file.after ?? "0m") : -minutes(file.before),
    tell: toAudience(file.tell, agents),
    ...given({ assign, priority, sla }),
    tags: tagsOf(file),
  };
}

/** A plan as the desk file writes it. */
export function writePlan(plan: SlaPlan, { schedules, agents }: Pick<Desk, "schedules" | "agents">) {
  const day = workingDayMinutes(schedules[plan.schedule]);
  const time = (minutes: number | undefined) => (minutes === undefined ? undefined : formatWorkingTime(minutes, day));
  const priorities = mapEntries(plan.byPriority, (_, one) => ({
    respond: time(one?.respondMinutes),
    resolve: time(one?.resolveMinutes),
  }));
  return {
    respond: time(plan.respondMinutes),
    resolve: time(plan.resolveMinutes),
    during: plan.schedule,
    priorities: Object.keys(priorities).length > 0 ? priorities : undefined,
    warn: time(plan.warnMinutes),
    escalate: some(
      plan.escalations.map((one) => writeEscalation(one, (minutes) => formatWorkingTime(minutes, day), agents)),
    ),
  };
}

const writeEscalation = (
  one: Escalation,
  time: (minutes: number) => string,
  agents: Readonly<Record<string, Agent>>,
) => ({
  of: one.of,
  after: one.afterMinutes < 0 ? undefined : time(one.afterMinutes),
  before: one.afterMinutes < 0 ? time(-one.afterMinutes) : undefined,
  tell: one.tell.length > 0 ? writeAudience(one.tell, agents) : undefined,
  assign: one.assign && writeAssign(one.assign),
  priority: one.priority,
  sla: one.sla,
  tag: oneOrList(one.tags),
});
