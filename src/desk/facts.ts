/** What a rule may look at: plain values, gathered by the caller, never fetched from here. */
import type { InboundMessage } from "../mail/types.ts";
import type { Person, Ticket, Trigger } from "./types.ts";

/** The part of a message that rules may read. */
export type FactMessage = Pick<
  InboundMessage,
  "from" | "to" | "cc" | "subject" | "text" | "replyText" | "headers" | "nature" | "attachments" | "size"
>;

/** The part of a ticket that rules may read and change. */
export type RuleTicket = Pick<Ticket, "department" | "priority" | "status" | "topic" | "assignee" | "sla" | "tags">;

export type RuleFacts = {
  readonly trigger: Trigger;
  /** Undefined when nobody wrote: a ticket opened in the console, for instance. Its fields are missing then. */
  readonly message: FactMessage | undefined;
  /** The name of the mailbox that received the message. */
  readonly mailbox: string;
  readonly ticket: RuleTicket;
  readonly customer: Person;
};
