/** What the judgement on a message may look at: loaded beforehand, in the transaction that records the verdict. */
import type { Agent, Desk, EmailAddress, Evidence, Ticket } from "./types.ts";

/** A token of an agent's notification, looked up. `genuine`: its signature is ours and the delivery exists. */
export type TokenFact = {
  readonly deliveryId: number;
  readonly genuine: boolean;
  readonly expired: boolean;
  readonly revoked: boolean;
  /** Null for a department's group address. */
  readonly agent: string | null;
  readonly ticketId: number | null;
  readonly inboundId: number | null;
  readonly mode: "act" | "prove" | "confirm" | "decide" | "review" | "list";
  /** Of a notification about a customer's words; other mail to agents answers them, and its answers are not answered again. */
  readonly ofNotice?: boolean;
};

export type IntakeFacts = {
  readonly desk: Desk;
  readonly now: number;
  readonly policy: "confirm" | "strict" | "token";
  /** The agent has confirmed from their registered address that this message is theirs. */
  readonly proven?: boolean;
  /** Its own Message-ID is one that we have made. */
  readonly ourMessageId?: boolean;
  readonly duplicateOf?: number;
  readonly evidence?: Evidence;
  /** The living ticket that the evidence names (merges followed). */
  readonly ticket?: Ticket;
  readonly token?: TokenFact;
  /** The active agent whose registered address From is. */
  readonly agent?: Agent;
  /** Every address of the person who wrote, From included: they are the same customer whichever they write from. */
  readonly senderAddresses?: readonly EmailAddress[];
  /** An agent has said that whoever writes from From's domain takes part in tickets of this ticket's customer. */
  readonly domainAccepted?: boolean;
  readonly senderBlocked: boolean;
  /** A ticket that this sender's storm of the same subject folds into. */
  readonly foldInto?: Ticket;
  /** A ticket of the same sender whose first message answers this one. */
  readonly adoptedBy?: Ticket;
  /** The delivery that a bounce, a complaint or a read receipt is about; null when it could be any copy of a ticket's mail. */
  readonly bounced?: { readonly deliveryId: number | null; readonly ticketId: number | null };
};
