/** What `desk apply` would change, in lines for people. Pure. */
import { stringify } from "yaml";
import { formatDuration } from "../yaml/units.ts";
import { writeCondition } from "./desk-file-condition.ts";
import { formatWorkingTime, workingDayMinutes } from "./desk-file-hours.ts";
import { formatAssign } from "./desk-file-names.ts";
import { writeAction } from "./desk-file-rules.ts";
import { writeSchedule } from "./desk-file-schedule.ts";
import type { Agent, Audience, Department, Desk, Rule, Schedule, Topic } from "./types.ts";

/** One line for people: `+` new or active again, `-` deactivated or gone, `~` changed, with what it was and what it will be. */
export type DeskDifference = {
  readonly sign: "+" | "-" | "~";
  readonly kind: Kind;
  readonly key: string;
  readonly line: string;
};

type Kind = "desk" | "schedule" | "sla" | "agent" | "department" | "topic" | "rule";

/** What is compared of one thing: its key, how it is called in a `+` line, and its parts as short text. */
type Facet = {
  readonly key: string;
  readonly label: string;
  readonly active: boolean;
  readonly parts: Readonly<Record<string, string>>;
};

/**
 * The differences in the order of the file; empty when applying changes nothing. Who is absent from `after` is
 * deactivated, never deleted, so that the history keeps its names. `before` undefined = the first desk.
 */
export function diffDesk(before: Desk | undefined, after: Desk): DeskDifference[] {
  const kinds: [Kind, (desk: Desk) => Facet[]][] = [
    ["desk", (desk) => [deskFacet(desk)]],
    ["schedule", (desk) => Object.values(desk.schedules).map(scheduleFacet)],
    ["sla", slaFacets],
    ["agent", (desk) => Object.values(desk.agents).map(agentFacet)],
    ["department", (desk) => Object.values(desk.departments).map(departmentFacet)],
    ["topic", (desk) => Object.values(desk.topics).map(topicFacet)],
    ["rule", (desk) => desk.rules.map(ruleFacet)],
  ];
  const differences = kinds.flatMap(([kind, facets]) => compare(kind, before ? facets(before) : [], facets(after)));
  return before === undefined ? differences : [...differences, ...ruleOrder(before.rules, after.rules)];
}

function compare(kind: Kind, before: readonly Facet[], after: readonly Facet[]): DeskDifference[] {
  const old = new Map(before.map((facet) => [facet.key, facet]));
  const still = new Set(after.filter(({ active }) => active).map(({ key }) => key));
  const line = (sign: DeskDifference["sign"], key: string, text: string): DeskDifference => ({
    sign,
    kind,
    key,
    line: `${sign} ${text}`,
  });
  const present = after.flatMap((facet): DeskDifference[] => {
    const was = old.get(facet.key);
    if (!facet.active) return [];
    if (was === undefined) return [line("+", facet.key, `${title(kind, facet)}${facet.label}`)];
    const again = was.active ? [] : [line("+", facet.key, `${title(kind, facet)}${facet.label} (active again)`)];
    const changes = changed(was.parts, facet.parts);
    return changes.length === 0
      ? again
      : [...again, line("~", facet.key, `${title(kind, facet)}: ${changes.join("; ")}`)];
  });
  const gone = before.filter((facet) => facet.active && !still.has(facet.key));
  const word = kind === "schedule" || kind === "sla" ? "removed" : "deactivated";
  return [...present, ...gone.map((facet) => line("-", facet.key, `${title(kind, facet)} (${word})`))];
}

function title(kind: Kind, facet: Facet): string {
  if (kind === "rule") return `rule ${JSON.stringify(facet.key)}`;
  return kind === "desk" ? "desk" : `${kind} ${facet.key}`;
}

/** `assign none -> round-robin`; a part that is not there reads `nothing`. */
function changed(before: Facet["parts"], after: Facet["parts"]): string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names
    .filter((name) => before[name] !== after[name])
    .map((name) => `${name} ${before[name] || "nothing"} -> ${after[name] || "nothing"}`);
}

function deskFacet(desk: Desk): Facet {
  const { defaults, budgets } = desk;
  const parts = {
    name: desk.name,
    prefix: desk.prefix,
    "next ticket number": String(desk.firstNumber),
    time_zone: desk.timeZone,
    "defaults.department": defaults.department,
    "defaults.priority": defaults.priority,
    "defaults.sla": defaults.sla ?? "",
    "defaults.undo": formatDuration(defaults.undoSeconds * 1000),
    "defaults.reopen": `${defaults.reopenDays}d`,
    "defaults.hold": `${defaults.holdHours}h`,
    "defaults.schedule": defaults.schedule ?? "",
    form_senders: desk.formSenders.join(", "),
    own_list_ids: desk.ownListIds.join(", "),
    forwarders: desk.forwarders.join(", "),
    "budgets.sender_per_hour": String(budgets.senderPerHour),
    "budgets.sender_per_day": String(budgets.senderPerDay),
    "budgets.domain_per_hour": String(budgets.domainPerHour),
    "budgets.open_domains": budgets.openDomains.join(", "),
    "budgets.fold_after": String(budgets.foldAfter),
  };
  return { key: "", label: ` ${desk.name}`, active: true, parts };
}

const scheduleFacet = (schedule: Schedule): Facet => {
  const { holidays: _, ...hours } = writeSchedule(schedule);
  return {
    key: schedule.key,
    label: "",
    active: true,
    parts: { hours: flow(hours), holidays: schedule.holidays.join(", ") },
  };
};

const slaFacets = (desk: Desk): Facet[] =>
  Object.values(desk.sla).map((plan) => {
    const day = workingDayMinutes(desk.schedules[plan.schedule]);
    const parts = {
      respond: formatWorkingTime(plan.respondMinutes, day),
      resolve: formatWorkingTime(plan.resolveMinutes, day),
      during: plan.schedule,
    };
    return { key: plan.key, label: "", active: true, parts };
  });

const agentFacet = (agent: Agent): Facet => ({
  key: agent.key,
  label: ` (${agent.name})`,
  active: agent.active,
  parts: { name: agent.name, emails: agent.emails.join(", "), role: agent.role, in: agent.departments.join(", ") },
});

const departmentFacet = (one: Department): Facet => ({
  key: one.key,
  label: ` (${one.address})`,
  active: one.active,
  parts: {
    name: one.name,
    address: one.address,
    also: one.also.join(", "),
    assign: formatAssign(one.assign),
    sla: one.sla ?? "",
    priority: one.priority ?? "",
    "tell.new": told(one.tell.new),
    "tell.customer_reply": told(one.tell.customer_reply),
    "tell.assigned": told(one.tell.assigned),
    signature: one.signature === "" ? "" : JSON.stringify(one.signature),
  },
});

const told = (audience: Audience): string => audience.join(", ") || "none";

const topicFacet = (topic: Topic): Facet => ({
  key: topic.key,
  label: ` (${topic.title})`,
  active: topic.active,
  parts: {
    title: topic.title,
    department: topic.department ?? "",
    priority: topic.priority ?? "",
    sla: topic.sla ?? "",
    tags: topic.tags.join(", "),
  },
});

/** A rule that is switched off is still the same rule: `enabled` is one of its parts. */
const ruleFacet = (rule: Rule): Facet => ({
  key: rule.name,
  label: "",
  active: true,
  parts: {
    when: rule.when,
    enabled: String(rule.enabled),
    if: rule.if === undefined ? "" : flow(writeCondition(rule.if)),
    then: flow(Object.fromEntries(rule.then.map(writeAction))),
    stop: String(rule.stop),
  },
});

/** Rules run in their order, so a swap is a change; a rule that merely moved down because of a new one is not. */
function ruleOrder(before: readonly Rule[], after: readonly Rule[]): DeskDifference[] {
  const kept = (rules: readonly Rule[], others: readonly Rule[]): string[] =>
    [...rules]
      .sort((a, b) => a.position - b.position)
      .map(({ name }) => name)
      .filter((name) => others.some((other) => other.name === name));
  const [was, is] = [kept(before, after), kept(after, before)].map((names) =>
    names.map((name) => JSON.stringify(name)).join(", "),
  );
  return was === is ? [] : [{ sign: "~", kind: "rule", key: "", line: `~ rules run in another order: ${is}` }];
}

/** YAML on one line, as a person would write it. */
const flow = (value: unknown): string =>
  stringify(value, { collectionStyle: "flow", lineWidth: 0 }).replace(/\s+/g, " ").trim();
