/** One desk, one ticket and one moment for the tests of outgoing mail. */
import { join } from "node:path";
import type { AgentFacts, CustomerFacts, NoticeFacts, NoticeSetting } from "../../../src/desk/notices/notice-facts.ts";
import type { Agent, Department, Desk, EmailAddress, Ticket } from "../../../src/desk/types.ts";
import { customerToken } from "../../../src/mail/token.ts";
import { loadTemplates } from "../../../src/templates.ts";

export const OUR_TEMPLATES = join(import.meta.dirname, "../../../templates/en");
export const address = (text: string): EmailAddress => text as EmailAddress;
export const KEY = Buffer.alloc(32, 7);
/** 09:02 UTC on 7 December 2026: 10:02 in Berlin. */
export const NOW = Date.UTC(2026, 11, 7, 9, 2);
const HOUR = 3_600_000;

const agent = (key: string, name: string, emails: string[], departments: string[]): Agent => ({
  key,
  name,
  departments,
  away: [],
  skills: [],
  role: "agent",
  active: true,
  emails: emails.map(address),
});

const department = (key: string, name: string, signature: string): Department => ({
  key,
  name,
  signature,
  address: address(`${key}@nw.example`),
  also: [],
  assign: { strategy: "none" },
  active: true,
  tell: { new: ["assignee"], customer_reply: ["assignee"], assigned: ["assignee"], overdue: ["assignee"] },
});

export const desk: Desk = {
  version: 1,
  name: "Northwind Support",
  prefix: "NW",
  firstNumber: 48201,
  timeZone: "Europe/Berlin",
  defaults: {
    department: "support",
    priority: "normal",
    undoSeconds: 60,
    reopenDays: 14,
    holdHours: 4,
    closeWarningDays: 3,
  },
  schedules: {},
  sla: {},
  agents: {
    ann: agent("ann", "Ann Lee", ["ann@nw.example", "ann.lee@nw.example"], ["support"]),
    dev: agent("dev", "Dev Patel", ["dev@nw.example"], ["it"]),
  },
  departments: {
    support: department("support", "Support", ""),
    it: department("it", "IT", "{{ agent.first_name }}, {{ desk.name }}"),
  },
  topics: {
    login: { key: "login", title: "Login and access", tags: [], words: [], mailboxes: [], portal: false, active: true },
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

export const ticket: Ticket = {
  id: 7,
  publicNumber: "NW-48201",
  subject: "Cannot log in since this morning",
  baseSubject: "cannot log in since this morning",
  status: "open",
  priority: "high",
  department: "it",
  assignee: "dev",
  topic: "login",
  sla: null,
  tags: [],
  participants: [],
  language: null,
  mailbox: "support",
  waitingFor: "us",
  openedAt: NOW,
  customer: { name: "Maria Santos", address: address("maria@fabrikam.example") },
  supportAddress: address("support@nw.example"),
  closedAt: null,
  lastCustomerAt: NOW,
  lastAgentAt: null,
  dueAt: null,
  respondDueAt: NOW + HOUR,
  resolveDueAt: null,
  mergedInto: null,
  linkedTo: null,
  watchers: [],
  organization: null,
  respondedAt: null,
  statusSince: NOW,
  snoozedUntil: null,
  slaPausedAt: null,
  spam: false,
  seq: 3,
};

export const templates = await loadTemplates([OUR_TEMPLATES]);

export const setting: NoticeSetting = {
  templates,
  desk,
  now: NOW,
  host: "nw.example",
  loopMark: "4f1c9a",
  plusAddressing: true,
};

export const toMaria: CustomerFacts = {
  ...setting,
  ticket,
  to: ticket.customer,
  token: customerToken(KEY, 7),
  inReplyTo: "first@fabrikam.example",
  references: ["root@fabrikam.example"],
};

export const toDev: AgentFacts & { ticket: Ticket } = {
  ...setting,
  deliveryId: 12,
  to: { name: "Dev Patel", address: address("dev@nw.example") },
  agent: "dev",
  ticket,
  supportAddress: ticket.supportAddress,
};

export const newTicket: NoticeFacts = {
  ...toDev,
  organization: "Fabrikam",
  topicWhy: '"log in" in the subject',
  entry: {
    from: ticket.customer,
    at: NOW,
    attachments: [],
    text: "Since this morning my password is refused. I have a customer\ncall at noon. Can you help?\n",
  },
  history: [
    { at: NOW, change: "opened by mail" },
    { at: NOW, change: "assigned to Dev Patel (IT's default)" },
  ],
};
