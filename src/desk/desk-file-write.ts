/** A desk as desk.yaml, in a fixed order, without what is the default anyway. Reading it gives the same desk. */
import { stringify } from "yaml";
import { formatDuration } from "../yaml/units.ts";
import { formatWorkingTime, workingDayMinutes } from "./desk-file-hours.ts";
import { formatAssign } from "./desk-file-names.ts";
import { writeRule } from "./desk-file-rules.ts";
import { DEFAULT_BUDGETS, defaultName, defaultTell } from "./desk-file-defaults.ts";
import { writeSchedule } from "./desk-file-schedule.ts";
import type { Agent, Audience, Budgets, Department, Desk, SlaPlan, Topic } from "./types.ts";

/** The desk as YAML text. Agents, departments and topics that are no longer active are left out: absence is what deactivates. */
export function writeDesk(desk: Desk): string {
  const file = {
    name: desk.name,
    ticket_numbers: { prefix: desk.prefix, next: desk.firstNumber },
    time_zone: desk.timeZone,
    defaults: writeDefaults(desk.defaults),
    schedules: mapped(Object.values(desk.schedules), writeSchedule),
    sla: mapped(Object.values(desk.sla), (plan) => writePlan(plan, desk)),
    agents: mapped(Object.values(desk.agents).filter(isActive), writeAgent),
    departments: mapped(Object.values(desk.departments).filter(isActive), writeDepartment),
    topics: mapped(Object.values(desk.topics).filter(isActive), writeTopic),
    form_senders: some(desk.formSenders),
    own_list_ids: some(desk.ownListIds),
    forwarders: some(desk.forwarders),
    budgets: writeBudgets(desk.budgets),
    rules: some([...desk.rules].sort((a, b) => a.position - b.position).map(writeRule)),
  };
  return stringify(file, { lineWidth: 0, aliasDuplicateObjects: false });
}

const isActive = (one: { active: boolean }): boolean => one.active;
const some = <T>(list: readonly T[]): readonly T[] | undefined => (list.length > 0 ? list : undefined);

function mapped<T extends { readonly key: string }>(
  list: readonly T[],
  write: (one: T) => object,
): Record<string, object> | undefined {
  return list.length === 0 ? undefined : Object.fromEntries(list.map((one) => [one.key, write(one)]));
}

function writeDefaults(defaults: Desk["defaults"]): object {
  const holdMinutes = Math.round(defaults.holdHours * 60);
  return {
    department: defaults.department,
    priority: defaults.priority,
    sla: defaults.sla,
    undo: formatDuration(defaults.undoSeconds * 1000),
    reopen: `${defaults.reopenDays}d`,
    hold: holdMinutes % 60 === 0 ? `${holdMinutes / 60}h` : `${holdMinutes}m`,
    schedule: defaults.schedule,
  };
}

function writePlan(plan: SlaPlan, desk: Desk): object {
  const day = workingDayMinutes(desk.schedules[plan.schedule]);
  return {
    respond: formatWorkingTime(plan.respondMinutes, day),
    resolve: formatWorkingTime(plan.resolveMinutes, day),
    during: plan.schedule,
  };
}

const writeAgent = (agent: Agent): object => ({
  name: agent.name,
  emails: agent.emails,
  role: agent.role === "agent" ? undefined : agent.role,
  in: some(agent.departments),
});

function writeDepartment(one: Department): object {
  return {
    name: one.name === defaultName(one.key) ? undefined : one.name,
    address: one.address,
    also: some(one.also),
    assign: formatAssign(one.assign),
    sla: one.sla,
    priority: one.priority,
    tell: writeTell(one),
    signature: one.signature === "" ? undefined : one.signature,
  };
}

function writeTell(one: Department): object | undefined {
  const standard = defaultTell(one.assign);
  const write = (audience: Audience, usual: Audience): unknown => {
    if (audience.join() === usual.join()) return undefined;
    return audience.length === 0 ? "none" : audience.length === 1 ? audience[0] : audience;
  };
  const tell = {
    new: write(one.tell.new, standard.new),
    customer_reply: write(one.tell.customer_reply, standard.customer_reply),
    assigned: write(one.tell.assigned, standard.assigned),
  };
  return Object.values(tell).every((value) => value === undefined) ? undefined : tell;
}

const writeTopic = (topic: Topic): object => ({
  title: topic.title,
  department: topic.department,
  priority: topic.priority,
  sla: topic.sla,
  tags: some(topic.tags),
});

function writeBudgets(budgets: Budgets): object | undefined {
  const changed = (value: number, usual: number): number | undefined => (value === usual ? undefined : value);
  const file = {
    sender_per_hour: changed(budgets.senderPerHour, DEFAULT_BUDGETS.sender_per_hour),
    sender_per_day: changed(budgets.senderPerDay, DEFAULT_BUDGETS.sender_per_day),
    domain_per_hour: changed(budgets.domainPerHour, DEFAULT_BUDGETS.domain_per_hour),
    open_domains: some(budgets.openDomains),
    fold_after: changed(budgets.foldAfter, DEFAULT_BUDGETS.fold_after),
  };
  return Object.values(file).every((value) => value === undefined) ? undefined : file;
}
