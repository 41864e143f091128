/**
 * What a desk is and what a ticket is, as the pure functions of this folder see them.
 * People and places are named by their key in the desk file ("ann", "billing"); the database maps keys to ids.
 * Times are UTC milliseconds.
 */
import type { EmailAddress, InboundMessage, MessageId, NamedAddress } from "../mail/types.ts";

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
  /** False once the agent is no longer in the desk file. */
  readonly active: boolean;
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

export const TRIGGERS = ["opened", "customer_replied", "agent_replied", "status_changed", "clock"] as const;
export type Trigger = (typeof TRIGGERS)[number];

/** One test of one field; `field` and `operator` are rows of the tables in condition.ts. */
export type Test = {
  readonly field: string;
  readonly argument?: string;
  readonly operator: string;
  readonly value: string | number | boolean | readonly string[];
};
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  | { readonly test: Test };

export type Rule = {
  /** 1-based place in the desk file; rules run in this order. */
  readonly position: number;
  readonly name: string;
  readonly enabled: boolean;
  readonly when: Trigger;
  /** Undefined = always. */
  readonly if?: Condition;
  readonly then: readonly RuleAction[];
  readonly stop: boolean;
  readonly examples: readonly RuleExample[];
};

/** A message and what the rules of the desk have to make of it; a desk whose examples fail is refused. */
export type RuleExample = {
  /** A whole message as it would arrive, or the parts of one that matter. */
  readonly given:
    | { readonly eml: string; readonly ticket: ExampleTicket }
    | {
        readonly from?: string;
        readonly to?: string;
        readonly cc?: string;
        readonly subject?: string;
        readonly text?: string;
        readonly headers: Readonly<Record<string, string>>;
        readonly ticket: ExampleTicket;
      };
  /** Empty = this rule does nothing with it. Otherwise what the ticket has after all rules of the trigger. */
  readonly expect: ExampleResult;
  /** 1-based, in the desk file; 0 once it is stored. */
  readonly line: number;
};

/** How the ticket stands before; what is left out is as for a new ticket of that message. */
export type ExampleTicket = {
  readonly department?: DepartmentKey;
  readonly priority?: Priority;
  readonly status?: Status;
  readonly topic?: TopicKey;
  readonly assignee?: AgentKey;
  readonly tags?: readonly string[];
  readonly mailbox?: string;
};

export type ExampleResult = {
  readonly department?: DepartmentKey;
  readonly priority?: Priority;
  readonly status?: Status;
  readonly topic?: TopicKey;
  readonly sla?: string;
  /** As the desk file writes an assignment: an agent, none, or the name of a strategy. */
  readonly assign?: string;
  readonly tags?: readonly string[];
  /** Names of effects: note, reply, mail, webhook, tell, silence, reject, spam, merge, customer, watch. */
  readonly effects?: readonly string[];
};

/** Liquid over the facts of the rule and `match.NAME`, the named groups of its regular expressions. */
export type RuleText = string;

/** What a rule does beside changing fields; the route stage carries it out, in order, in the transaction of the changes. */
export type Effect =
  | { readonly action: "note"; readonly text: RuleText }
  /** A canned text to the customer, as the desk. */
  | { readonly action: "reply"; readonly canned: string }
  /** The ticket's news to people of the desk. */
  | { readonly action: "tell"; readonly audience: Audience }
  /** A mail about the ticket to an address outside the thread. */
  | {
      readonly action: "mail";
      readonly to: readonly EmailAddress[];
      readonly subject: RuleText;
      readonly text: RuleText;
    }
  | { readonly action: "webhook"; readonly url: string }
  /** No acknowledgement. */
  | { readonly action: "silence" }
  /** The customer gets this canned text, the ticket is closed. */
  | { readonly action: "reject"; readonly canned: string }
  /** The message is quarantined, the ticket closed without a word. */
  | { readonly action: "spam" }
  /** Into an open ticket of the same customer with the same base subject that is not older than this. */
  | { readonly action: "merge"; readonly withinMinutes: number }
  /** The customer is who stands in Reply-To. */
  | { readonly action: "customer"; readonly from: "reply-to" }
  | { readonly action: "watch"; readonly who: readonly (AgentKey | EmailAddress)[] };

export type RuleAction =
  | Effect
  | { readonly action: "department"; readonly to: DepartmentKey }
  | { readonly action: "priority"; readonly to: Priority }
  /** Days only for snoozed: until the same time so many days later. */
  | { readonly action: "status"; readonly to: Status; readonly days?: number }
  | { readonly action: "sla"; readonly to: string }
  | { readonly action: "topic"; readonly to: TopicKey }
  | { readonly action: "assign"; readonly to: Assignment }
  | { readonly action: "tag"; readonly tags: readonly RuleText[] }
  | { readonly action: "untag"; readonly tags: readonly string[] };

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

export type Desk = {
  /** Id of the immutable desk_version that this is; every trace cites it. 0 = not stored yet. */
  readonly version: number;
  readonly name: string;
  readonly prefix: string;
  readonly firstNumber: number;
  readonly timeZone: string;
  readonly defaults: {
    readonly department: DepartmentKey;
    readonly priority: Priority;
    readonly sla?: string;
    /** Seconds that an agent's reply waits for #undo. */
    readonly undoSeconds: number;
    /** Days after closing in which a customer's reply reopens the ticket. */
    readonly reopenDays: number;
    /** Business hours after which a held message becomes a ticket of its own. */
    readonly holdHours: number;
    /** Days after which a pending ticket is closed, and how many days before the customer is warned; undefined = never. */
    readonly closePendingDays?: number;
    readonly closeWarningDays: number;
    /** Schedule for business hours where no SLA plan names one. */
    readonly schedule?: string;
  };
  readonly schedules: Readonly<Record<string, Schedule>>;
  readonly sla: Readonly<Record<string, SlaPlan>>;
  readonly agents: Readonly<Record<AgentKey, Agent>>;
  readonly departments: Readonly<Record<DepartmentKey, Department>>;
  readonly topics: Readonly<Record<TopicKey, Topic>>;
  readonly organizations: Readonly<Record<string, Organization>>;
  readonly canned: Readonly<Record<string, Canned>>;
  /** Named lists for `in_list`. */
  readonly lists: Readonly<Record<string, readonly string[]>>;
  readonly rules: readonly Rule[];
  /** Senders whose Reply-To names the customer (web forms). */
  readonly formSenders: readonly EmailAddress[];
  /** List-Ids that are the desk's own groups, and forwarders: their List-* headers do not silence the acknowledgement. */
  readonly ownListIds: readonly string[];
  readonly forwarders: readonly EmailAddress[];
  readonly budgets: Budgets;
};

export type Person = { readonly name: string; readonly address: EmailAddress };

/** A ticket as it stands. `publicNumber` is what people see: `NW-48201`. */
export type Ticket = {
  readonly id: number;
  readonly publicNumber: string;
  readonly subject: string;
  readonly baseSubject: string;
  readonly status: Status;
  readonly priority: Priority;
  readonly department: DepartmentKey;
  readonly assignee: AgentKey | null;
  readonly topic: TopicKey | null;
  readonly sla: string | null;
  readonly tags: readonly string[];
  readonly customer: Person;
  readonly participants: readonly Person[];
  /** Who is told of everything beside those whom the department tells: agents' keys, or addresses. */
  readonly watchers: readonly string[];
  /** Key of the organization that the customer belongs to. */
  readonly organization: string | null;
  /** The support address the customer wrote to; all mail to the customer comes from it. */
  readonly supportAddress: EmailAddress;
  readonly mailbox: string;
  /** In which the customer writes (BCP 47 primary tag), null when that is not certain. */
  readonly language: string | null;
  readonly waitingFor: "us" | "customer" | null;
  readonly openedAt: number;
  readonly closedAt: number | null;
  readonly lastCustomerAt: number | null;
  readonly lastAgentAt: number | null;
  readonly respondDueAt: number | null;
  readonly resolveDueAt: number | null;
  /** When the first answer left or was written; null while there is none. */
  readonly respondedAt: number | null;
  /** Since when it has its status. */
  readonly statusSince: number;
  readonly snoozedUntil: number | null;
  /** Since when the clock of its SLA plan stands still (pending, snoozed, or waiting for the customer). */
  readonly slaPausedAt: number | null;
  /** Put aside by a rule; no mail leaves for it and no view but "spam" shows it. */
  readonly spam: boolean;
  readonly mergedInto: number | null;
  readonly linkedTo: number | null;
  /** Number of the last event; it moves with every change, so it tells whether something happened since. */
  readonly seq: number;
};

/** One change of a ticket. A command's or a rule's effect is a list of these; db/apply writes them with their events. */
export type Change =
  /** `until` (UTC ms) only for snoozed. */
  | { readonly change: "set-status"; readonly to: Status; readonly until?: number }
  | { readonly change: "set-priority"; readonly to: Priority }
  | { readonly change: "set-department"; readonly to: DepartmentKey }
  | { readonly change: "set-topic"; readonly to: TopicKey | null }
  | { readonly change: "set-sla"; readonly to: string | null }
  | { readonly change: "assign"; readonly to: AgentKey | null }
  | { readonly change: "tag"; readonly tag: string }
  | { readonly change: "untag"; readonly tag: string }
  | { readonly change: "watch"; readonly who: string }
  | { readonly change: "unwatch"; readonly who: string }
  | { readonly change: "set-customer"; readonly to: Person }
  | { readonly change: "set-spam"; readonly to: boolean }
  | { readonly change: "set-waiting-for"; readonly to: "us" | "customer" | null };

/** Who did it. */
export type Actor =
  | { readonly kind: "customer" | "participant" | "stranger"; readonly address: EmailAddress }
  | { readonly kind: "agent"; readonly agent: AgentKey }
  | { readonly kind: "admin" }
  | { readonly kind: "postern" };

/** Why it happened: `rule "Login words"`, `command #close`, `message 17`, `department default`. */
export type Cause = {
  readonly kind:
    | "message"
    | "rule"
    | "topic"
    | "organization"
    | "department"
    | "sla"
    | "default"
    | "command"
    | "delivery"
    | "clock"
    | "console"
    | "cli";
  readonly detail: string;
};

/** A change with its cause, as the pure engines return it. */
export type CausedChange = { readonly change: Change; readonly cause: Cause };

/** Which way a ticket was found (design: evidence in order). `1` is our own token, `2` a stored Message-ID, `3` the number in the subject. */
export type Evidence = {
  readonly strength: 1 | 2 | 3;
  readonly ticketId: number;
  /** For people: `In-Reply-To <…> is our acknowledgement`. */
  readonly because: string;
};

export type Verdict =
  | { readonly verdict: "open-ticket"; readonly linkedTo: number | null; readonly because: string }
  | {
      readonly verdict: "follow-up";
      readonly evidence: Evidence;
      readonly as: "customer" | "participant" | "agent-note" | "outside" | "stranger";
      readonly reopens: boolean;
      readonly because: string;
    }
  | { readonly verdict: "agent-reply"; readonly evidence: Evidence; readonly agent: AgentKey; readonly because: string }
  | {
      readonly verdict: "answer-to-hold";
      readonly agent: AgentKey;
      readonly mode: "prove" | "confirm" | "decide";
      readonly inboundId: number;
      readonly deliveryId: number;
      readonly because: string;
    }
  | {
      readonly verdict: "record-report";
      readonly ticketId: number | null;
      readonly deliveryId: number | null;
      readonly because: string;
      /** An agent's proven reply that only looks like a machine's: they are told that nothing was sent. */
      readonly wroteIt?: AgentKey;
    }
  | { readonly verdict: "duplicate"; readonly of: number; readonly because: string }
  | {
      readonly verdict: "hold";
      readonly reason: HoldReason;
      readonly ticketId: number | null;
      readonly agent: AgentKey | null;
      readonly because: string;
    }
  | { readonly verdict: "quarantine"; readonly because: string };

/** `proof`: a challenge went to the agent. `command`: a line that is not a command. `stranger`: number alone, or failed authentication. */
export type HoldReason = "proof" | "command" | "stranger" | "unknown-address" | "nothing-new";

export type { EmailAddress, InboundMessage, MessageId, NamedAddress };
