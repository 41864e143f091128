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

export const STATUSES = ["open", "pending", "closed"] as const;
export type Status = (typeof STATUSES)[number];

export const ROLES = ["trainee", "agent", "lead", "admin"] as const;
export type Role = (typeof ROLES)[number];

/** How a department or a rule picks an agent: nobody, one fixed agent, in turn, or who has the fewest open tickets. */
export type Assignment =
  | { readonly strategy: "none" }
  | { readonly strategy: "fixed"; readonly agent: AgentKey }
  | { readonly strategy: "round-robin" }
  | { readonly strategy: "least-open" };

export type Agent = {
  readonly key: AgentKey;
  readonly name: string;
  /** Registered addresses, the first one is where notifications go. */
  readonly emails: readonly EmailAddress[];
  readonly role: Role;
  readonly departments: readonly DepartmentKey[];
  /** False once the agent is no longer in the desk file. */
  readonly active: boolean;
};

/** Whom to tell of an event: the assignee, every member of the department, or addresses (a team list). */
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
  readonly tell: { readonly new: Audience; readonly customer_reply: Audience; readonly assigned: Audience };
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
  readonly active: boolean;
};

/** Working hours in local time; minutes from midnight, end exclusive; days 1 = Monday .. 7 = Sunday (ISO 8601). */
export type Schedule = {
  readonly key: string;
  readonly intervals: readonly { readonly day: number; readonly from: number; readonly to: number }[];
  /** Local dates without work, `2026-12-25`. */
  readonly holidays: readonly string[];
};

/** First response and resolution in minutes of the schedule. */
export type SlaPlan = {
  readonly key: string;
  readonly respondMinutes: number;
  readonly resolveMinutes: number;
  readonly schedule: string;
};

export const TRIGGERS = ["opened", "customer_replied", "agent_replied"] as const;
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
};

export type RuleAction =
  | { readonly action: "department"; readonly to: DepartmentKey }
  | { readonly action: "priority"; readonly to: Priority }
  | { readonly action: "status"; readonly to: Status }
  | { readonly action: "topic"; readonly to: TopicKey }
  | { readonly action: "assign"; readonly to: Assignment }
  | { readonly action: "tag"; readonly tags: readonly string[] };

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
    /** Schedule for business hours where no SLA plan names one. */
    readonly schedule?: string;
  };
  readonly schedules: Readonly<Record<string, Schedule>>;
  readonly sla: Readonly<Record<string, SlaPlan>>;
  readonly agents: Readonly<Record<AgentKey, Agent>>;
  readonly departments: Readonly<Record<DepartmentKey, Department>>;
  readonly topics: Readonly<Record<TopicKey, Topic>>;
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
  readonly mergedInto: number | null;
  readonly linkedTo: number | null;
  /** Number of the last event; it moves with every change, so it tells whether something happened since. */
  readonly seq: number;
};

/** One change of a ticket. A command's or a rule's effect is a list of these; db/apply writes them with their events. */
export type Change =
  | { readonly change: "set-status"; readonly to: Status }
  | { readonly change: "set-priority"; readonly to: Priority }
  | { readonly change: "set-department"; readonly to: DepartmentKey }
  | { readonly change: "set-topic"; readonly to: TopicKey | null }
  | { readonly change: "set-sla"; readonly to: string | null }
  | { readonly change: "assign"; readonly to: AgentKey | null }
  | { readonly change: "tag"; readonly tag: string }
  | { readonly change: "untag"; readonly tag: string }
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
    "message" | "rule" | "topic" | "department" | "default" | "command" | "delivery" | "clock" | "console" | "cli";
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
