/**
 * What a desk is and what a ticket is, as the pure functions of this folder see them.
 * People and places are named by their key in the desk file ("ann", "billing"); the database maps keys to ids.
 * Times are UTC milliseconds. Parts of a desk are in desk-types.ts, rules in rule-types.ts.
 */
import type { EmailAddress, InboundMessage, MessageId, NamedAddress } from "../mail/types.ts";
import type {
  Agent,
  AgentKey,
  Budgets,
  Canned,
  Department,
  DepartmentKey,
  Organization,
  Priority,
  Schedule,
  SlaPlan,
  Status,
  Topic,
  TopicKey,
} from "./desk-types.ts";
import type { Rule } from "./rule-types.ts";

export { NOTICE_EVENTS, PRIORITIES, ROLES, STATUSES, STRATEGIES } from "./desk-types.ts";
export type {
  Absence,
  Agent,
  AgentKey,
  AgentPreferences,
  Assignment,
  Audience,
  Budgets,
  Canned,
  Department,
  DepartmentKey,
  Escalation,
  NoticeEvent,
  Organization,
  Picking,
  Priority,
  Role,
  Schedule,
  SlaMinutes,
  SlaPlan,
  Status,
  Strategy,
  Topic,
  TopicKey,
} from "./desk-types.ts";
export { TRIGGERS } from "./rule-types.ts";
export type {
  Condition,
  Effect,
  ExampleResult,
  ExampleTicket,
  Rule,
  RuleAction,
  RuleExample,
  RuleText,
  Test,
  Trigger,
} from "./rule-types.ts";

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
    /** What happens to a reply when the customer has written since the message that it answers. Default `send`. */
    readonly newerMessage?: "send" | "ask";
    /** Minute of the local day at which agents get their overview and admins the day's count; undefined = they get none. */
    readonly overviewAt?: number;
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
  /** The desk's own words for commands, folded, beside the English ones: `schliessen` -> `close`. */
  readonly commandWords?: Readonly<Record<string, string>>;
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
  /** When a solution is due because somebody said so (UTC ms); `resolveDueAt` is the same then. Null = as the plan says. */
  readonly dueAt: number | null;
  /** Put aside by a rule; no mail leaves for it and no view but "spam" shows it. */
  readonly spam: boolean;
  readonly mergedInto: number | null;
  readonly linkedTo: number | null;
  /** Number of the last event; it moves with every change, so it tells whether something happened since. */
  readonly seq: number;
};

/** One change of a ticket. A command's or a rule's effect is a list of these; db/apply writes them with their events. */
export type Change =
  /**
   * `until` (UTC ms) for snoozed, and for pending that ends by itself: the ticket is open again then. `closedAt`: closed
   * since then, where a reopening is taken back.
   */
  | { readonly change: "set-status"; readonly to: Status; readonly until?: number; readonly closedAt?: number }
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
  | { readonly change: "set-waiting-for"; readonly to: "us" | "customer" | null }
  | { readonly change: "set-subject"; readonly to: string }
  /** When a solution is due (UTC ms), whatever the plan says; null = as the plan says. */
  | { readonly change: "set-due"; readonly to: number | null };

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
      readonly mode: "prove" | "confirm" | "decide" | "review";
      readonly inboundId: number;
      readonly deliveryId: number;
      readonly because: string;
    }
  /** An agent's proven mail about no ticket whose first lines are commands, or an answer to a list (`deliveryId`). */
  | {
      readonly verdict: "command-mail";
      readonly agent: AgentKey;
      readonly deliveryId: number | null;
      readonly because: string;
    }
  /** A customer's mail that a proven agent has forwarded to the desk. */
  | { readonly verdict: "forwarded-in"; readonly agent: AgentKey; readonly because: string }
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

/**
 * `proof`: a challenge went to the agent. `command`: a line that is not a command. `stranger`: number alone, or failed
 * authentication. `ask`: it is understood, and the agent has to confirm what it would do. `review`: a trainee's answer
 * waits for the reviewer.
 */
export type HoldReason = "proof" | "command" | "stranger" | "unknown-address" | "nothing-new" | "ask" | "review";

export type { EmailAddress, InboundMessage, MessageId, NamedAddress };
