/** desk.yaml as a table: every key, its default, its words for what is wrong. Its output is a `Desk`. */
import { z } from "zod";
import { address, domain } from "../yaml/address-field.ts";
import { choice, duration, list, named, scalar, section, text, whole, Wrong } from "../yaml/fields.ts";
import { show } from "../yaml/problem.ts";
import { didYouMean } from "../text/nearest.ts";
import { DEFAULT_BUDGETS, defaultName, defaultTell, FIRST_NUMBER } from "./desk-file-defaults.ts";
import { ALWAYS, parseWorkingTime, workingDayMinutes } from "./desk-file-hours.ts";
import {
  assignField,
  receiver,
  reference,
  RESERVED_AGENT_KEYS,
  tagField,
  type DeskNames,
  type Receiver,
} from "./desk-file-names.ts";
import { liquidProblem } from "./notice-template.ts";
import { SIGNATURE_VARIABLES } from "./notice.ts";
import { ruleSection, toRule } from "./desk-file-rules.ts";
import { scheduleSection, toSchedule } from "./desk-file-schedule.ts";
import {
  PRIORITIES,
  ROLES,
  type Agent,
  type Audience,
  type Budgets,
  type Department,
  type Desk,
  type Schedule,
  type SlaPlan,
  type Topic,
} from "./types.ts";

/** The file's keys, before they become a `Desk`: the documentation test walks this. */
export const deskSection = (names: DeskNames) =>
  section(
    {
      name: text("a name", "the name that customers know, e.g. Northwind Support", 100),
      ticket_numbers: section({
        prefix: prefixField(),
        next: whole("a ticket number", 1, 999_999_999, FIRST_NUMBER).default(FIRST_NUMBER),
      }),
      time_zone: timeZoneField().default("UTC"),
      defaults: defaultsSection(names),
      schedules: named("a schedule", scheduleSection(), [ALWAYS]).default({}),
      sla: named("an SLA plan", slaSection(names), ["none"]).default({}),
      agents: named("an agent", agentSection(names), RESERVED_AGENT_KEYS),
      departments: named("a department", departmentSection(names)),
      topics: named("a topic", topicSection(names), ["none"]).default({}),
      form_senders: list(address("webform@example.com")).default([]),
      own_list_ids: list(
        scalar("a List-Id", "what stands between < and > in List-Id, e.g. support.lists.example.com", listId),
      ).default([]),
      forwarders: list(address("info@old.example.com")).default([]),
      budgets: budgetsSection().prefault({}),
      rules: z
        .array(ruleSection(names), {
          error: () => "is not a list. Write one entry for each rule, each beginning with “- name:”.",
        })
        .default([]),
    },
    ["organizations", "canned", "views", "closure", "macros", "spam"],
  );

const prefixField = () =>
  scalar("a prefix", "1 to 10 capital letters and digits, e.g. NW", (input) =>
    /^[A-Z0-9]{1,10}$/.test(input) ? input : undefined,
  );
const listId = (input: string): string | undefined => /^<?([^\s<>]{1,255})>?$/.exec(input)?.[1]?.toLowerCase();

const timeZoneField = () =>
  scalar("a time zone", "a name of the IANA list, e.g. Europe/Berlin", (input) => {
    if (/^[A-Za-z0-9_+/-]+$/.test(input) && !/^[+-]/.test(input) && isTimeZone(input)) return input;
    return new Wrong(
      `${show(input)} is not a time zone. ${didYouMean(input, Intl.supportedValuesOf("timeZone"))}Write a name of the IANA list, e.g. Europe/Berlin.`,
    );
  });

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name }).format(0);
    return true;
  } catch {
    return false;
  }
}

const defaultsSection = (names: DeskNames) =>
  section(
    {
      department: reference("department", names.department),
      priority: choice(PRIORITIES).default("normal"),
      sla: reference("sla", names.sla).optional(),
      undo: duration("60s", "0s", "1h").default(60_000),
      reopen: scalar("a number of days", "whole days, e.g. 14d", (input) =>
        /^\d{1,4}d$/.test(input) ? Number(input.slice(0, -1)) : undefined,
      ).default(14),
      hold: scalar("a time in business hours", "hours or minutes, e.g. 4h", (input) => {
        const parts = /^(\d{1,5})(h|m)$/.exec(input);
        return parts === null || Number(parts[1]) === 0 ? undefined : Number(parts[1]) / (parts[2] === "h" ? 1 : 60);
      }).default(4),
      schedule: reference("schedule", [...names.schedule, ALWAYS]).optional(),
    },
    ["closure", "language"],
  );

/** Working time stays text until its schedule is known: a day is a working day of it. */
const workingTime = (example: string) =>
  scalar("a working time", `minutes, hours or working days, e.g. ${example}`, (input) =>
    (parseWorkingTime(input, 1) ?? 0) > 0 ? input : undefined,
  );

const slaSection = (names: DeskNames) =>
  section(
    {
      respond: workingTime("4h"),
      resolve: workingTime("3d"),
      during: reference("schedule", [...names.schedule, ALWAYS]).default(ALWAYS),
    },
    ["escalate_to", "warn"],
  );

const agentSection = (names: DeskNames) =>
  section(
    {
      name: text("a name", "the agent's full name, e.g. Ann Lee", 100),
      emails: list(address("ann@example.com"), 1),
      role: choice(ROLES).default("agent"),
      in: list(reference("department", names.department)).default([]),
    },
    ["away", "reviewer", "signature", "language", "preferences"],
  );

const departmentSection = (names: DeskNames) => {
  const tell = () => list(receiver()).optional();
  return section(
    {
      name: text("a name", "the name that people read, e.g. Billing", 100).optional(),
      address: address("support@example.com"),
      also: list(address("help@example.com")).default([]),
      assign: assignField(names.agent).default({ strategy: "none" }),
      sla: reference("sla", names.sla).optional(),
      priority: choice(PRIORITIES).optional(),
      tell: section({ new: tell(), customer_reply: tell(), assigned: tell() }, ["overdue", "closed", "note"]).prefault(
        {},
      ),
      signature: signatureField().optional(),
    },
    ["reopen", "closure", "templates", "language", "escalate_to"],
  );
};

/** Liquid text, parsed once here so that a slip in it is found now and not when a reply is due. */
const signatureField = () =>
  scalar("a text", 'a text, e.g. "{{ agent.first_name }}, Northwind Support"', (input) => {
    if (input.length > 2_000) return new Wrong(`is ${input.length} characters long. Write at most 2000.`);
    const problem = liquidProblem(input, SIGNATURE_VARIABLES)?.replace(/^signature:/, "line ");
    return problem === undefined
      ? input
      : new Wrong(`is not a text in Liquid: ${problem}. Write e.g. "{{ agent.first_name }}, Northwind Support".`);
  });

const topicSection = (names: DeskNames) =>
  section(
    {
      title: text("a title", "the title that people read, e.g. Login and access", 100),
      department: reference("department", names.department).optional(),
      priority: choice(PRIORITIES).optional(),
      sla: reference("sla", names.sla).optional(),
      tag: list(tagField()).default([]),
      tags: list(tagField()).default([]),
    },
    ["words", "assign", "form"],
  );

const budgetsSection = () => {
  const budget = (standard: number) => whole("a number", 0, 1_000_000, standard).default(standard);
  return section(
    {
      sender_per_hour: budget(DEFAULT_BUDGETS.sender_per_hour),
      sender_per_day: budget(DEFAULT_BUDGETS.sender_per_day),
      domain_per_hour: budget(DEFAULT_BUDGETS.domain_per_hour),
      open_domains: list(domain()).default([]),
      fold_after: whole("a number", 1, 1_000_000, DEFAULT_BUDGETS.fold_after).default(DEFAULT_BUDGETS.fold_after),
    },
    ["breaker"],
  );
};

/** The schema of a whole desk file. `version` is 0: the database gives it one. */
export function deskSchema(names: DeskNames) {
  return deskSection(names).transform((file): Desk => {
    const schedules = mapEntries(file.schedules, toSchedule);
    const { department, priority, sla, undo, reopen, hold, schedule } = file.defaults;
    return {
      version: 0,
      name: file.name,
      prefix: file.ticket_numbers.prefix,
      firstNumber: file.ticket_numbers.next,
      timeZone: file.time_zone,
      defaults: {
        department,
        priority,
        ...given({ sla }),
        undoSeconds: undo / 1000,
        reopenDays: reopen,
        holdHours: hold,
        closeWarningDays: 3,
        ...given({ schedule }),
      },
      schedules,
      sla: mapEntries(file.sla, (key, plan) => toPlan(key, plan, schedules)),
      agents: mapEntries(file.agents, (key, agent): Agent => ({
        key,
        name: agent.name,
        emails: agent.emails,
        role: agent.role,
        departments: agent.in,
        away: [],
        skills: [],
        active: true,
      })),
      departments: mapEntries(file.departments, toDepartment),
      topics: mapEntries(file.topics, toTopic),
      organizations: {},
      canned: {},
      lists: {},
      rules: file.rules.map(toRule),
      formSenders: file.form_senders,
      ownListIds: file.own_list_ids,
      forwarders: file.forwarders,
      budgets: toBudgets(file.budgets),
    };
  });
}

const toBudgets = (file: z.output<ReturnType<typeof budgetsSection>>): Budgets => ({
  senderPerHour: file.sender_per_hour,
  senderPerDay: file.sender_per_day,
  domainPerHour: file.domain_per_hour,
  openDomains: file.open_domains,
  foldAfter: file.fold_after,
});

const mapEntries = <A, B>(record: Record<string, A>, made: (key: string, value: A) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, made(key, value)]));

/** The keys that have a value: a desk is stored as JSON, which has no undefined. */
const given = <T extends object>(keys: T): T =>
  Object.fromEntries(Object.entries(keys).filter(([, value]) => value !== undefined)) as T;

function toPlan(
  key: string,
  plan: { respond: string; resolve: string; during: string },
  schedules: Record<string, Schedule>,
): SlaPlan {
  const day = workingDayMinutes(schedules[plan.during]);
  return {
    key,
    respondMinutes: parseWorkingTime(plan.respond, day)!,
    resolveMinutes: parseWorkingTime(plan.resolve, day)!,
    schedule: plan.during,
    byPriority: {},
    escalations: [],
  };
}

type DepartmentFile = z.output<ReturnType<typeof departmentSection>>;

function toDepartment(key: string, file: DepartmentFile): Department {
  const audience = (receivers: readonly Receiver[]): Audience =>
    receivers.filter((one): one is Audience[number] => one !== "none");
  const standard = defaultTell(file.assign);
  return {
    key,
    name: file.name ?? defaultName(key),
    address: file.address,
    also: file.also,
    assign: file.assign,
    ...given({ sla: file.sla, priority: file.priority }),
    tell: {
      new: file.tell.new ? audience(file.tell.new) : standard.new,
      customer_reply: file.tell.customer_reply ? audience(file.tell.customer_reply) : standard.customer_reply,
      assigned: file.tell.assigned ? audience(file.tell.assigned) : standard.assigned,
      overdue: standard.overdue,
    },
    signature: file.signature ?? "",
    active: true,
  };
}

function toTopic(key: string, file: z.output<ReturnType<typeof topicSection>>): Topic {
  const { title, department, priority, sla } = file;
  return {
    key,
    title,
    ...given({ department, priority, sla }),
    tags: [...new Set([...file.tag, ...file.tags])],
    words: [],
    mailboxes: [],
    portal: false,
    active: true,
  };
}
