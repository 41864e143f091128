/**
 * What a condition can look at: one row a field, and the documentation is made from the rows. A field reads a list of
 * values, of which any may satisfy a test; an empty list means that it has none. Growing the language means adding a row.
 */
import { MESSAGE_FIELDS } from "./condition-message.ts";
import { address, count, exact, hours, name, present, text, type FieldRow } from "./condition-row.ts";
import { businessHours, dueHours, HOUR, localTime, openSchedules, WEEKDAYS } from "./condition-times.ts";
import type { RuleFacts } from "./facts.ts";
import { PRIORITIES, STATUSES } from "../types.ts";

export { OPERATOR_NAMES } from "./condition-row.ts";
export type { FieldKind, FieldRow, NameKind, OperatorName, Seen } from "./condition-row.ts";

function attribute(attributes: Readonly<Record<string, string>> | undefined, name: string): readonly string[] {
  return attributes !== undefined && Object.hasOwn(attributes, name) ? present(attributes[name]) : [];
}

/** Hours since a moment; no value when it has not been. */
const hoursSince = (facts: RuleFacts, since: number | null): readonly number[] =>
  since === null ? [] : [(facts.times.now - since) / HOUR];

export const FIELDS: Readonly<Record<string, FieldRow>> = {
  ...MESSAGE_FIELDS,
  mailbox: { ...name, names: "mailbox", about: "the mailbox the ticket came to", read: (f) => present(f.mailbox) },
  customer: {
    ...address,
    about: "any address of the customer",
    read: (f) => [...new Set<string>([f.customer.address, ...f.customer.addresses])],
  },
  customer_name: { ...text, about: "the customer's name", read: (f) => present(f.customer.name) },
  customer_domain: {
    ...exact,
    kind: "domain",
    about: "the domain of any address of the customer",
    read: (f) => [
      ...new Set([f.customer.address, ...f.customer.addresses].map((one) => one.slice(one.lastIndexOf("@") + 1))),
    ],
  },
  customer_attribute: {
    ...exact,
    argument: "the name of the attribute",
    about: "what is noted about the customer under a name",
    read: (f, argument) => attribute(f.customer.attributes, argument),
  },
  organization: {
    ...name,
    names: "organization",
    about: "the key of the customer's organization",
    read: (f) => present(f.organization),
  },
  organization_attribute: {
    ...exact,
    argument: "the name of the attribute",
    about: "what the desk file says about the organization under a name",
    read: (f, argument, desk) => attribute(desk.organizations[f.organization ?? ""]?.attributes, argument),
  },
  department: {
    ...name,
    names: "department",
    changes: true,
    about: "the department's key",
    read: (f) => present(f.ticket.department),
  },
  topic: {
    ...name,
    names: "topic",
    changes: true,
    about: "the help topic's key",
    read: (f) => present(f.ticket.topic),
  },
  assignee: {
    ...name,
    names: "agent",
    changes: true,
    about: "the key of the ticket's agent",
    read: (f) => present(f.ticket.assignee),
  },
  priority: {
    ...name,
    choices: PRIORITIES,
    changes: true,
    about: "the priority",
    read: (f) => [f.ticket.priority],
  },
  status: { ...name, choices: STATUSES, changes: true, about: "the status", read: (f) => [f.ticket.status] },
  sla: { ...name, names: "sla", changes: true, about: "the key of the SLA plan", read: (f) => present(f.ticket.sla) },
  tag: { ...name, changes: true, about: "any tag of the ticket", read: (f) => f.ticket.tags },
  waiting_for: {
    ...name,
    choices: ["us", "customer"],
    changes: true,
    about: "who has to act next; no value once the ticket is closed",
    read: (f) => present(f.waitingFor),
  },
  weekday: {
    ...name,
    choices: WEEKDAYS,
    about: "today, in the desk's time zone",
    read: (f, _argument, desk) => [localTime(f, desk).weekday],
  },
  hour: {
    ...count,
    most: 23,
    about: "the hour of the day, 0 to 23, in the desk's time zone",
    read: (f, _argument, desk) => [localTime(f, desk).hour],
  },
  during: {
    ...name,
    names: "schedule",
    besides: ["always"],
    about: "any schedule that has working time now; always is one, too",
    read: (f, _argument, desk) => openSchedules(f, desk),
  },
  hours_open: { ...hours, about: "hours since the ticket was opened", read: (f) => hoursSince(f, f.times.openedAt) },
  hours_in_status: {
    ...hours,
    changes: true,
    about: "hours since it has its status",
    read: (f) => hoursSince(f, f.times.statusSince),
  },
  hours_since_customer: {
    ...hours,
    about: "hours since the customer last wrote",
    read: (f) => hoursSince(f, f.times.lastCustomerAt),
  },
  hours_since_agent: {
    ...hours,
    about: "hours since an agent last wrote",
    read: (f) => hoursSince(f, f.times.lastAgentAt),
  },
  business_hours_open: {
    ...hours,
    about: "working hours since the ticket was opened",
    read: (f, _argument, desk) => businessHours(f, desk, f.times.openedAt),
  },
  business_hours_in_status: {
    ...hours,
    changes: true,
    about: "working hours since it has its status",
    read: (f, _argument, desk) => businessHours(f, desk, f.times.statusSince),
  },
  business_hours_waiting: {
    ...hours,
    changes: true,
    about: "working hours since the customer last wrote; no value unless the ticket waits for us",
    read: (f, _argument, desk) => (f.waitingFor === "us" ? businessHours(f, desk, f.times.lastCustomerAt) : []),
  },
  hours_to_due: {
    ...hours,
    defaultOperator: "at_most",
    about: "hours until the next due time of the SLA plan, below 0 when it has passed",
    read: dueHours,
  },
};
