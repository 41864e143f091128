/** What a rule may look at: plain values, gathered by the caller, never fetched from here. */
import type { InboundMessage } from "../../mail/types.ts";
import type { Person, Ticket, Trigger } from "../types.ts";

/** The part of a message that rules may read. */
export type FactMessage = Pick<
  InboundMessage,
  | "from"
  | "to"
  | "cc"
  | "replyTo"
  | "subject"
  | "text"
  | "replyText"
  | "headers"
  | "nature"
  | "attachments"
  | "size"
  | "auth"
  | "language"
>;

/** The part of a ticket that rules may read and change. */
export type RuleTicket = Pick<
  Ticket,
  "department" | "priority" | "status" | "topic" | "assignee" | "sla" | "tags" | "watchers"
>;

/** What is known of the people behind a ticket. */
export type CustomerFact = Person & {
  /** Every address of this person. */
  readonly addresses: readonly string[];
  readonly attributes: Readonly<Record<string, string>>;
};

/** Times of the ticket, in UTC milliseconds. */
export type RuleTimes = {
  readonly now: number;
  readonly openedAt: number;
  readonly statusSince: number;
  readonly lastCustomerAt: number | null;
  readonly lastAgentAt: number | null;
  /** Null when there is none, and once the first answer was given. */
  readonly respondDueAt: number | null;
  readonly resolveDueAt: number | null;
};

export type RuleFacts = {
  readonly trigger: Trigger;
  /** Undefined when nobody wrote: a ticket opened in the console, for instance. Its fields are missing then. */
  readonly message: FactMessage | undefined;
  /** The name of the mailbox that received the message. */
  readonly mailbox: string;
  readonly ticket: RuleTicket;
  readonly customer: CustomerFact;
  /** Key of an organization of the desk. */
  readonly organization: string | null;
  readonly waitingFor: Ticket["waitingFor"];
  readonly times: RuleTimes;
  /** Names of clock rules that have acted already and whose condition has held ever since: they hold, and do nothing. */
  readonly acted?: ReadonlySet<string>;
};
