/**
 * What is compared of each thing of a desk: its key, how it is called, and its parts as short text. The parts are what the
 * desk file would say, so a new key of the file is compared as soon as it is written.
 */
import { stringify } from "yaml";
import { writeAgent } from "./desk-file-agents.ts";
import { writeAssign, writeAudience } from "./desk-file-assign.ts";
import { writeDepartment } from "./desk-file-departments.ts";
import { writeDefaults } from "./desk-file-general.ts";
import { writeOrganization } from "./desk-file-organizations.ts";
import { writeCondition } from "./desk-file-condition.ts";
import { writeExample } from "./desk-file-examples.ts";
import { writeActions } from "./desk-file-rules.ts";
import { writeSchedule } from "./desk-file-schedule.ts";
import { mapEntries } from "./desk-file-shape.ts";
import { writePlan } from "./desk-file-sla.ts";
import { writeTopic } from "./desk-file-topics.ts";
import type { Department, Desk, Rule } from "../types.ts";

export const KINDS = [
  "desk",
  "schedule",
  "sla",
  "agent",
  "department",
  "topic",
  "organization",
  "canned",
  "list",
  "rule",
] as const;
export type Kind = (typeof KINDS)[number];

export type Facet = {
  readonly key: string;
  /** After the key in a `+` line. */
  readonly label: string;
  readonly active: boolean;
  readonly parts: Readonly<Record<string, string>>;
};

/** The facets of one kind, in the order of the desk. */
export function facetsOf(desk: Desk, kind: Kind): Facet[] {
  switch (kind) {
    case "desk":
      return [{ key: "", label: ` ${desk.name}`, active: true, parts: deskParts(desk) }];
    case "schedule":
      return Object.values(desk.schedules).map((one) => {
        const { holidays, time_zone, ...hours } = writeSchedule(one);
        return facet(one.key, { hours: flow(hours), ...told({ holidays, time_zone }) });
      });
    case "sla":
      return Object.values(desk.sla).map((one) => facet(one.key, told(writePlan(one, desk))));
    case "agent":
      return Object.values(desk.agents).map((one) => ({
        ...facet(one.key, told({ ...writeAgent(one), role: one.role }), ` (${one.name})`),
        active: one.active,
      }));
    case "department":
      return Object.values(desk.departments).map((one) => ({
        ...facet(one.key, departmentParts(one, desk), ` (${one.address})`),
        active: one.active,
      }));
    case "topic":
      return Object.values(desk.topics).map((one) => ({
        ...facet(one.key, told(writeTopic(one)), ` (${one.title})`),
        active: one.active,
      }));
    case "organization":
      return Object.values(desk.organizations).map((one) => ({
        ...facet(one.key, told({ ...writeOrganization(one), name: one.name }), ` (${one.name})`),
        active: one.active,
      }));
    case "canned":
      return Object.values(desk.canned).map(({ key, text }) => facet(key, { text: JSON.stringify(text) }));
    case "list":
      return Object.entries(desk.lists).map(([key, entries]) => facet(key, told({ entries })));
    case "rule":
      return desk.rules.map((rule) => facet(rule.name, ruleParts(rule, desk)));
  }
}

const facet = (key: string, parts: Facet["parts"], label = ""): Facet => ({ key, label, active: true, parts });

/** What the desk file says, as text: lists with commas, maps as YAML on one line. */
const told = (file: object): Record<string, string> =>
  mapEntries(file as Record<string, unknown>, (_, value) => inWords(value));

function inWords(value: unknown): string {
  if (value === undefined) return "";
  if (Array.isArray(value)) return value.map((one) => (typeof one === "string" ? one : flow(one))).join(", ");
  return typeof value === "object" ? flow(value) : String(value);
}

function deskParts(desk: Desk): Record<string, string> {
  const { budgets, defaults } = desk;
  return {
    name: desk.name,
    prefix: desk.prefix,
    "next ticket number": String(desk.firstNumber),
    time_zone: desk.timeZone,
    ...prefixed("defaults", told({ ...writeDefaults(defaults), close_warning: `${defaults.closeWarningDays}d` })),
    ...told({ commands: desk.commandWords }),
    form_senders: desk.formSenders.join(", "),
    own_list_ids: desk.ownListIds.join(", "),
    forwarders: desk.forwarders.join(", "),
    "budgets.sender_per_hour": String(budgets.senderPerHour),
    "budgets.sender_per_day": String(budgets.senderPerDay),
    "budgets.domain_per_hour": String(budgets.domainPerHour),
    "budgets.open_domains": budgets.openDomains.join(", "),
    "budgets.fold_after": String(budgets.foldAfter),
  };
}

const prefixed = (section: string, parts: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(parts).map(([name, value]) => [`${section}.${name}`, value]));

function departmentParts(one: Department, desk: Desk): Record<string, string> {
  const { tell: _, ...file } = writeDepartment(one, desk.agents);
  return {
    ...told({ ...file, name: one.name, assign: writeAssign(one.assign) }),
    ...prefixed("tell", told(mapEntries(one.tell, (__, audience) => writeAudience(audience, desk.agents)))),
    signature: one.signature === "" ? "" : JSON.stringify(one.signature),
  };
}

/** A rule that is switched off is still the same rule: `enabled` is one of its parts. */
const ruleParts = (rule: Rule, desk: Desk): Record<string, string> => ({
  when: rule.when,
  enabled: String(rule.enabled),
  if: rule.if === undefined ? "" : flow(writeCondition(rule.if)),
  then: flow(writeActions(rule, desk.agents)),
  stop: String(rule.stop),
  examples: rule.examples.map((example) => flow(writeExample(example))).join(", "),
});

/** YAML on one line, as a person would write it; blanks and line ends inside a text stay as they are, for they count. */
const flow = (value: unknown): string =>
  stringify(value, {
    collectionStyle: "flow",
    lineWidth: 0,
    aliasDuplicateObjects: false,
    singleQuote: false,
    doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER,
  })
    .replace(/\n\s*/g, " ")
    .trim();
