/** A small desk, a ticket and a message for the tests of the decision engines; each test names what differs. */
import type { RouteFacts } from "../../../src/desk/rules/routing.ts";
import type { Agent, Condition, Department, Desk, EmailAddress, Rule, Ticket, Topic } from "../../../src/desk/types.ts";
import type { InboundMessage, NamedAddress } from "../../../src/mail/types.ts";

export const at = (text: string) => text as EmailAddress;
export const named = (address: string, name = ""): NamedAddress => ({ name, address: at(address) });

export function agent(key: string, name: string, more: Partial<Agent> = {}): Agent {
  return {
    key,
    name,
    emails: [at(`${key}@nw.example`)],
    role: "agent",
    departments: ["support"],
    away: [],
    skills: [],
    active: true,
    ...more,
  };
}

export function department(key: string, more: Partial<Department> = {}): Department {
  const tell = { new: [], customer_reply: [], assigned: [], overdue: [] };
  return {
    key,
    name: key.toUpperCase(),
    address: at(`${key}@nw.example`),
    also: [],
    assign: { strategy: "none" },
    tell,
    signature: "",
    active: true,
    ...more,
  };
}

export function topic(key: string, more: Partial<Topic> = {}): Topic {
  return { key, title: key, tags: [], words: [], mailboxes: [], portal: false, active: true, ...more };
}

export function rule(position: number, more: Partial<Rule> & Pick<Rule, "then">): Rule {
  return { position, name: `Rule ${position}`, enabled: true, when: "opened", stop: false, examples: [], ...more };
}

export const subjectHas = (word: string): Condition => ({
  test: { field: "subject", operator: "has_word", value: word },
});

export const DESK: Desk = {
  version: 7,
  name: "Northwind",
  prefix: "NW",
  firstNumber: 1,
  timeZone: "Europe/Berlin",
  defaults: {
    department: "support",
    priority: "normal",
    sla: "standard",
    undoSeconds: 60,
    reopenDays: 14,
    holdHours: 4,
    closeWarningDays: 3,
  },
  schedules: {
    office: {
      key: "office",
      intervals: [1, 2, 3, 4, 5].map((day) => ({ day, from: 9 * 60, to: 17 * 60 + 30 })),
      holidays: ["2026-12-25"],
    },
    never: { key: "never", intervals: [], holidays: [] },
  },
  sla: {
    standard: {
      key: "standard",
      respondMinutes: 240,
      resolveMinutes: 1530,
      schedule: "office",
      byPriority: {},
      escalations: [],
    },
    gold: { key: "gold", respondMinutes: 60, resolveMinutes: 480, schedule: "always", byPriority: {}, escalations: [] },
    idle: { key: "idle", respondMinutes: 60, resolveMinutes: 480, schedule: "never", byPriority: {}, escalations: [] },
  },
  agents: {
    ann: agent("ann", "Ann Lee", { role: "lead", departments: ["support", "billing"] }),
    ben: agent("ben", "Ben Ortiz", { role: "trainee" }),
    cat: agent("cat", "Catherine Wu"),
    dev: agent("dev", "Dev Patel", { departments: ["it"] }),
    old: agent("old", "Old Hand", { active: false }),
  },
  departments: {
    support: department("support", { name: "Support", assign: { strategy: "least-open" } }),
    billing: department("billing", { name: "Billing" }),
    it: department("it", { name: "IT", assign: { strategy: "fixed", agent: "dev" }, sla: "gold", priority: "high" }),
    gone: department("gone", { active: false }),
  },
  topics: {
    login: topic("login", { department: "it", tags: ["access"] }),
    invoice: topic("invoice", { department: "billing", priority: "low", sla: "gold" }),
    past: topic("past", { active: false, department: "it" }),
  },
  organizations: {},
  canned: {},
  lists: {},
  rules: [],
  formSenders: [],
  ownListIds: [],
  forwarders: [],
  budgets: { senderPerHour: 5, senderPerDay: 20, domainPerHour: 50, openDomains: [], foldAfter: 20 },
};

export function message(more: Partial<InboundMessage> = {}): InboundMessage {
  return {
    inReplyTo: [],
    references: [],
    from: named("maria@home.example", "Maria Santos"),
    replyTo: [],
    to: [named("support@nw.example")],
    cc: [],
    deliveredTo: [],
    subject: "Cannot log in since this morning",
    nature: { nature: "correspondence", because: "" },
    auth: { result: "none", by: "nobody", dmarc: "none", detail: "" },
    text: "My password is refused.",
    replyText: "My password is refused.",
    replyTextIsFallback: false,
    quoted: "",
    attachments: [],
    headers: [],
    bodyHash: "",
    size: 2_000,
    defects: [],
    ...more,
  };
}

export function ticket(more: Partial<Ticket> = {}): Ticket {
  return {
    id: 1,
    publicNumber: "NW-1",
    subject: "Cannot log in",
    baseSubject: "cannot log in",
    status: "open",
    priority: "normal",
    department: "support",
    assignee: null,
    topic: null,
    sla: "standard",
    tags: [],
    customer: { name: "Maria Santos", address: at("maria@home.example") },
    participants: [],
    supportAddress: at("support@nw.example"),
    language: null,
    mailbox: "main",
    waitingFor: "us",
    openedAt: 0,
    closedAt: null,
    lastCustomerAt: 0,
    lastAgentAt: null,
    dueAt: null,
    respondDueAt: null,
    resolveDueAt: null,
    mergedInto: null,
    linkedTo: null,
    watchers: [],
    organization: null,
    respondedAt: null,
    statusSince: 0,
    snoozedUntil: null,
    slaPausedAt: null,
    spam: false,
    seq: 1,
    ...more,
  };
}

export function facts(more: Partial<RouteFacts> = {}): RouteFacts {
  const subject = ticket();
  return {
    trigger: "opened",
    message: message(),
    mailbox: "main",
    ticket: subject,
    customer: { ...subject.customer, addresses: [subject.customer.address], attributes: {} },
    organization: null,
    waitingFor: "us",
    times: {
      now: 0,
      openedAt: 0,
      statusSince: 0,
      lastCustomerAt: 0,
      lastAgentAt: null,
      respondDueAt: null,
      resolveDueAt: null,
    },
    ...more,
  };
}
