/** `agents:` between the desk file and `Agent`. */
import type { z } from "zod";
import { address } from "../../yaml/address-field.ts";
import { choice, list, scalar, section, text, Wrong } from "../../yaml/fields.ts";
import { show } from "../../yaml/problem.ts";
import { timeZoneField } from "./desk-file-general.ts";
import { isDate } from "./desk-file-hours.ts";
import { capacityField, reference, scheduleReference, skillField, type DeskNames } from "./desk-file-names.ts";
import { notifySection, toPreferences, writePreferences } from "./desk-file-notify.ts";
import { given, oneOrList, some } from "./desk-file-shape.ts";
import { ROLES, type Absence, type Agent } from "../types.ts";

const ABSENCE_HINT = "a date or a range, e.g. 2026-12-20..2027-01-03, or a list of them";

/** `2026-12-20..2027-01-03` or one date -> both ends, which belong to it. */
export function parseAbsence(input: string): Absence | Wrong | undefined {
  const [from = "", to = from, ...more] = input.split("..").map((part) => part.trim());
  if (!isDate(from) || !isDate(to) || more.length > 0) return undefined;
  if (to < from) return new Wrong(`${show(input)} ends before it begins. Write ${ABSENCE_HINT}.`);
  return { from, to };
}

const formatAbsence = ({ from, to }: Absence): string => (from === to ? from : `${from}..${to}`);

export const agentSection = (names: DeskNames) =>
  section(
    {
      name: text("a name", "the agent's full name, e.g. Ann Lee", 100),
      emails: list(address("ann@example.com"), 1),
      role: choice(ROLES).default("agent"),
      in: list(reference("department", names.department)).default([]),
      away: list(scalar("a time of absence", ABSENCE_HINT, parseAbsence)).default([]),
      deputy: reference("agent", names.agent).optional(),
      schedule: scheduleReference(names).optional(),
      skills: list(skillField()).default([]),
      capacity: capacityField().optional(),
      reviewer: reference("agent", names.agent).optional(),
      time_zone: timeZoneField().optional(),
      notify: notifySection().optional(),
    },
    ["signature", "language", "preferences"],
  );

export function toAgent(key: string, file: z.output<ReturnType<typeof agentSection>>): Agent {
  const { name, emails, role, deputy, schedule, capacity, reviewer } = file;
  return {
    key,
    name,
    emails,
    role,
    departments: file.in,
    away: file.away.toSorted((a, b) => (a.from < b.from ? -1 : 1)),
    ...given({ deputy, schedule, capacity, reviewer, timeZone: file.time_zone, notify: toPreferences(file.notify) }),
    skills: [...new Set(file.skills)],
    active: true,
  };
}

/** An agent as the desk file writes them. */
export const writeAgent = (agent: Agent) => ({
  name: agent.name,
  emails: agent.emails,
  role: agent.role === "agent" ? undefined : agent.role,
  in: some(agent.departments),
  away: oneOrList(agent.away.map(formatAbsence)),
  deputy: agent.deputy,
  schedule: agent.schedule,
  skills: some(agent.skills),
  capacity: agent.capacity,
  reviewer: agent.reviewer,
  time_zone: agent.timeZone,
  notify: writePreferences(agent.notify),
});
