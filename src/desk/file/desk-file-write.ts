/** A desk as desk.yaml, in a fixed order, without what is the default anyway. Reading it gives the same desk. */
import { stringify } from "yaml";
import { writeAgent } from "./desk-file-agents.ts";
import { writeDepartment } from "./desk-file-departments.ts";
import { writeBudgets, writeDefaults } from "./desk-file-general.ts";
import { writeOrganization } from "./desk-file-organizations.ts";
import { writeRule } from "./desk-file-rules.ts";
import { writeSchedule } from "./desk-file-schedule.ts";
import { mapEntries, oneOrList, some } from "./desk-file-shape.ts";
import { writePlan } from "./desk-file-sla.ts";
import { writeTopic } from "./desk-file-topics.ts";
import type { Desk } from "../types.ts";

/** The desk as YAML text. Who is no longer active is left out: absence is what deactivates. */
export function writeDesk(desk: Desk): string {
  const file = {
    name: desk.name,
    ticket_numbers: { prefix: desk.prefix, next: desk.firstNumber },
    time_zone: desk.timeZone,
    defaults: writeDefaults(desk.defaults),
    schedules: mapped(Object.values(desk.schedules), writeSchedule),
    sla: mapped(Object.values(desk.sla), (plan) => writePlan(plan, desk)),
    agents: mapped(Object.values(desk.agents).filter(isActive), writeAgent),
    departments: mapped(Object.values(desk.departments).filter(isActive), (one) => writeDepartment(one, desk.agents)),
    topics: mapped(Object.values(desk.topics).filter(isActive), writeTopic),
    organizations: mapped(Object.values(desk.organizations).filter(isActive), writeOrganization),
    canned: mapped(Object.values(desk.canned), ({ text }) => text),
    lists: someEntries(mapEntries(desk.lists, (_, entries) => oneOrList(entries))),
    commands: someEntries({ ...desk.commandWords }),
    form_senders: some(desk.formSenders),
    own_list_ids: some(desk.ownListIds),
    forwarders: some(desk.forwarders),
    budgets: writeBudgets(desk.budgets),
    rules: some([...desk.rules].sort((a, b) => a.position - b.position).map((rule) => writeRule(rule, desk.agents))),
  };
  return stringify(file, { lineWidth: 0, aliasDuplicateObjects: false });
}

const isActive = (one: { active: boolean }): boolean => one.active;

const someEntries = <T>(map: Record<string, T>): Record<string, T> | undefined =>
  Object.keys(map).length > 0 ? map : undefined;

const mapped = <T extends { readonly key: string }, W>(list: readonly T[], write: (one: T) => W) =>
  someEntries(Object.fromEntries(list.map((one) => [one.key, write(one)])));
