/** desk.yaml as a table of its sections; each has a file of its own. The output is a `Desk`. */
import { z } from "zod";
import { address } from "../../yaml/address-field.ts";
import { list, named, section, text, whole } from "../../yaml/fields.ts";

import { agentSection, toAgent } from "./desk-file-agents.ts";
import { RESERVED_AGENT_KEYS } from "./desk-file-assign.ts";
import { NOTHING_BESIDE, type Beside } from "./desk-file-beside.ts";
import { FIRST_NUMBER } from "./desk-file-defaults.ts";
import { departmentSection, toDepartment } from "./desk-file-departments.ts";
import {
  budgetsSection,
  defaultsSection,
  listIdField,
  prefixField,
  timeZoneField,
  toBudgets,
  toDefaults,
} from "./desk-file-general.ts";
import { ALWAYS } from "./desk-file-hours.ts";
import type { DeskNames } from "./desk-file-names.ts";
import { organizationSection, toOrganization } from "./desk-file-organizations.ts";
import { commandsSection } from "./desk-file-commands.ts";
import { ruleSection, toRule } from "./desk-file-rules.ts";
import { scheduleSection, toSchedule } from "./desk-file-schedule.ts";
import { mapEntries } from "./desk-file-shape.ts";
import { slaSection, toPlan } from "./desk-file-sla.ts";
import { cannedField, listField } from "./desk-file-texts.ts";
import { toTopic, topicSection } from "./desk-file-topics.ts";
import { NO_ORGANIZATION } from "../organization.ts";
import type { Desk } from "../types.ts";

/** The file's keys, before they become a `Desk`: the documentation test walks this. */
export const deskSection = (names: DeskNames, beside: Beside = NOTHING_BESIDE) =>
  section(
    {
      name: text("a name", "the name that customers know, e.g. Northwind Support", 100),
      ticket_numbers: section({
        prefix: prefixField(),
        next: whole("a ticket number", 1, 999_999_999, FIRST_NUMBER).default(FIRST_NUMBER),
      }),
      time_zone: timeZoneField().default("UTC"),
      defaults: defaultsSection(names),
      schedules: named("a schedule", scheduleSection(beside), [ALWAYS]).default({}),
      sla: named("an SLA plan", slaSection(names), ["none"]).default({}),
      agents: named("an agent", agentSection(names), RESERVED_AGENT_KEYS),
      departments: named("a department", departmentSection(names)),
      topics: named("a topic", topicSection(names), ["none"]).default({}),
      organizations: named("an organization", organizationSection(names), [NO_ORGANIZATION]).default({}),
      canned: named("a canned text", cannedField()).default({}),
      lists: named("a list", listField()).default({}),
      commands: commandsSection().default({}),
      form_senders: list(address("webform@example.com")).default([]),
      own_list_ids: list(listIdField()).default([]),
      forwarders: list(address("info@old.example.com")).default([]),
      budgets: budgetsSection().prefault({}),
      rules: z
        .array(ruleSection(names, beside), {
          error: () => "is not a list. Write one entry for each rule, each beginning with “- name:”.",
        })
        .default([]),
    },
    ["views", "closure", "macros", "spam"],
  );

/** The schema of a whole desk file. `version` is 0: the database gives it one. */
export const deskSchema = (names: DeskNames, beside: Beside) => deskSection(names, beside).transform(toDesk);

function toDesk(file: z.output<ReturnType<typeof deskSection>>): Desk {
  const schedules = mapEntries(file.schedules, toSchedule);
  const agents = mapEntries(file.agents, toAgent);
  return {
    version: 0,
    name: file.name,
    prefix: file.ticket_numbers.prefix,
    firstNumber: file.ticket_numbers.next,
    timeZone: file.time_zone,
    defaults: toDefaults(file.defaults),
    schedules,
    sla: mapEntries(file.sla, (key, plan) => toPlan(key, plan, { schedules, agents })),
    agents,
    departments: mapEntries(file.departments, (key, one) => toDepartment(key, one, agents)),
    topics: mapEntries(file.topics, toTopic),
    organizations: mapEntries(file.organizations, toOrganization),
    canned: mapEntries(file.canned, (key, one) => ({ key, text: one })),
    lists: file.lists,
    ...(Object.keys(file.commands).length > 0 && { commandWords: file.commands }),
    rules: file.rules.map((rule, n) => toRule(rule, n, agents)),
    formSenders: file.form_senders,
    ownListIds: file.own_list_ids,
    forwarders: file.forwarders,
    budgets: toBudgets(file.budgets),
  };
}
