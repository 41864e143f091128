/**
 * What a rule is: its trigger, its condition, its actions, and the examples that it carries. The engine is in rule.ts, the
 * fields and operators of conditions are tables beside condition.ts. types.ts hands these on.
 */
import type { EmailAddress } from "../mail/types.ts";
import type { AgentKey, Assignment, Audience, DepartmentKey, Priority, Status, TopicKey } from "./desk-types.ts";

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
  readonly column: number;
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
