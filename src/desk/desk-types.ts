/**
 * What a desk is made of: agents, departments, topics, organizations, working hours and SLA plans, as the desk file names
 * them. Times of day and durations say their units. types.ts hands these on.
 */
import type { EmailAddress } from "../mail/types.ts";

export type AgentKey = string;
export type DepartmentKey = string;
export type TopicKey = string;

export const PRIORITIES = ["low", "normal", "high", "urgent"] as const;
export type Priority = (typeof PRIORITIES)[number];

/** Snoozed = nobody has to act until a moment (`Ticket.snoozedUntil`); it is open again then. */
export const STATUSES = ["open", "pending", "snoozed", "closed"] as const;
export type Status = (typeof STATUSES)[number];

export const ROLES = ["trainee", "agent", "lead", "admin"] as const;
export type Role = (typeof ROLES)[number];

export const STRATEGIES = ["round-robin", "least-open", "least-weighted", "sticky"] as const;
export type Strategy = (typeof STRATEGIES)[number];

/** A way to choose among agents, and who may be chosen. */
export type Picking = {
  readonly strategy: Strategy;
  /** Of `sticky`: what decides when the customer's last agent cannot have the ticket. Default least-open. */
  readonly otherwise?: Exclude<Strategy, "sticky">;
  /** Only agents who have all of these skills. */
  readonly skills?: readonly string[];
  /** Only agents with fewer tickets than this that are not closed; an agent's own capacity counts as well. */
  readonly capacity?: number;
};

/** How a department or a rule picks an agent: nobody, one fixed agent, or by a strategy. */
export type Assignment =
  { readonly strategy: "none" } | { readonly strategy: "fixed"; readonly agent: AgentKey } | Picking;

/** Local dates in the desk's time zone, both included: `2026-12-20` to `2027-01-03`. */
export type Absence = { readonly from: string; readonly to: string };

export type Agent = {
  readonly key: AgentKey;
  readonly name: string;
  /** Registered addresses, the first one is where notifications go. */
  readonly emails: readonly EmailAddress[];
  readonly role: Role;
  readonly departments: readonly DepartmentKey[];
  readonly away: readonly Absence[];
  /** Who gets this agent's tickets while they are away; undefined = as the department assigns. */
  readonly deputy?: AgentKey;
  /** Working hours; undefined = always. Outside them others of the department go first. */
  readonly schedule?: string;
  readonly skills: readonly string[];
  /** At most so many tickets that are not closed are assigned automatically. */
  readonly capacity?: number;
  /** Who sends a trainee's answers; undefined = the leads of the ticket's department. */
  readonly reviewer?: AgentKey;
  /** IANA name in which the agent's dates are; undefined = the desk's. */
  readonly timeZone?: string;
  readonly notify?: AgentPreferences;
  /** False once the agent is no longer in the desk file. */
  readonly active: boolean;
};

/** What an agent is told of by mail: the events of `Department.tell`, and words of colleagues. */
export const NOTICE_EVENTS = ["new", "customer_reply", "assigned", "overdue", "agent_reply", "note"] as const;
export type NoticeEvent = (typeof NOTICE_EVENTS)[number];

/** How an agent wants to be told. Questions to them and receipts are always mailed at once. */
export type AgentPreferences = {
  /** Of what the department would tell them; undefined = all of it. */
  readonly events?: readonly NoticeEvent[];
  /** Collected into one mail instead. */
  readonly digest?: "hourly" | "daily";
  /** Minutes of the local day between which nothing is mailed (may pass midnight); it leaves afterwards. */
  readonly quiet?: { readonly from: number; readonly to: number };
  /** Receipts of commands that went well; default: of the first ten mails. */
  readonly receipts?: "always" | "first" | "never";
  /** The overview of the morning; default true where the desk has one. */
  readonly overview?: boolean;
};

/** Whom to tell of an event: the assignee, every member of the department, its leads, or addresses (a team list). */
export type Audience = readonly ("assignee" | "members" | "lead" | EmailAddress)[];

export type Department = {
  readonly key: DepartmentKey;
  readonly name: string;
  readonly address: EmailAddress;
  /** Aliases and forwarded addresses that are this department too. */
  readonly also: readonly EmailAddress[];
  readonly assign: Assignment;
  readonly sla?: string;
  readonly priority?: Priority;
  readonly tell: {
    readonly new: Audience;
    readonly customer_reply: Audience;
    readonly assigned: Audience;
    readonly overdue: Audience;
    /** Another agent has answered; undefined = the assignee. */
    readonly agent_reply?: Audience;
    /** Another agent has written a note; undefined = the assignee. */
    readonly note?: Audience;
  };
  /** Over the desk's defaults of the same name. */
  readonly reopenDays?: number;
  readonly closePendingDays?: number;
  /** Liquid text under an agent's reply. */
  readonly signature: string;
  readonly active: boolean;
};

export type Topic = {
  readonly key: TopicKey;
  readonly title: string;
  readonly department?: DepartmentKey;
  readonly priority?: Priority;
  readonly sla?: string;
  readonly tags: readonly string[];
  /** A mail whose subject has one of these words or phrases is of this topic (folded). */
  readonly words: readonly string[];
  /** Mail to one of these mailboxes is of this topic. */
  readonly mailboxes: readonly string[];
  /** Shown to customers who open a ticket in the portal. */
  readonly portal: boolean;
  /** Key of a canned text that stands in the acknowledgement. */
  readonly template?: string;
  readonly active: boolean;
};

/** Customers of one firm, known by the domains they write from. */
export type Organization = {
  readonly key: string;
  readonly name: string;
  /** Lower case, in ASCII form; subdomains count. */
  readonly domains: readonly string[];
  readonly department?: DepartmentKey;
  readonly priority?: Priority;
  readonly sla?: string;
  readonly tags: readonly string[];
  /** What the admin knows of it; rules may ask: `{ contract: gold }`. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly active: boolean;
};

/** A text for many answers, in Liquid. */
export type Canned = { readonly key: string; readonly text: string };

/** Working hours in local time; minutes from midnight, end exclusive; days 1 = Monday .. 7 = Sunday (ISO 8601). */
export type Schedule = {
  readonly key: string;
  readonly intervals: readonly { readonly day: number; readonly from: number; readonly to: number }[];
  /** Local dates without work, `2026-12-25`. */
  readonly holidays: readonly string[];
  /** IANA name; undefined = the desk's. */
  readonly timeZone?: string;
};

export type SlaMinutes = { readonly respondMinutes: number; readonly resolveMinutes: number };

/** What happens when a due time comes near or has passed. */
export type Escalation = {
  readonly of: "respond" | "resolve";
  /** Minutes of the plan's schedule after the due time; negative = before it. */
  readonly afterMinutes: number;
  readonly tell: Audience;
  readonly assign?: Assignment;
  readonly priority?: Priority;
  /** The plan that counts from then on. Plans never lead back to one another. */
  readonly sla?: string;
  readonly tags: readonly string[];
};

/** First response and resolution in minutes of the schedule. */
export type SlaPlan = SlaMinutes & {
  readonly key: string;
  readonly schedule: string;
  /** Other times for tickets of a priority. */
  readonly byPriority: Readonly<Partial<Record<Priority, Partial<SlaMinutes>>>>;
  /** Agents are warned so many minutes of the schedule before a due time; undefined = not. */
  readonly warnMinutes?: number;
  readonly escalations: readonly Escalation[];
};

/** The policy of automatic mail, per desk. Defaults: 1 ack a ticket, 5 an hour and 20 a day a sender, 50 an hour a domain. */
export type Budgets = {
  readonly senderPerHour: number;
  readonly senderPerDay: number;
  readonly domainPerHour: number;
  /** Domains that have no domain budget (large customers), beside the freemail domains. */
  readonly openDomains: readonly string[];
  /** More new tickets an hour from one sender with one base subject are folded into one. */
  readonly foldAfter: number;
};
