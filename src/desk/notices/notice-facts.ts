/** What the mails of a desk are made from. Times are UTC milliseconds; texts are as they came, notice.ts makes them safe. */
import type { HelpRow } from "../commands/command-help.ts";
import type { OutboundMessage } from "../../mail/types.ts";
import type { Templates } from "./notice-template.ts";
import type { AgentKey, Desk, EmailAddress, Person, Ticket } from "../types.ts";

export type NoticeSetting = {
  readonly templates: Templates;
  readonly desk: Desk;
  readonly now: number;
  /** The host of our Message-IDs. */
  readonly host: string;
  /** Marks our automatic mail, so that it is known when it comes back. */
  readonly loopMark: string;
  /** False where the mail server does not deliver `support+detail@…`: Reply-To is the plain support address then. */
  readonly plusAddressing: boolean;
};

/** Mail to one customer or participant. */
export type CustomerFacts = NoticeSetting & {
  readonly ticket: Ticket;
  readonly to: Person;
  /** customerToken of the ticket. */
  readonly token: string;
  /** The message this one answers, and its chain oldest first; hostile values are left out. */
  readonly inReplyTo?: string;
  readonly references: readonly string[];
};

export type ReplyFacts = CustomerFacts & {
  readonly entryId: number;
  readonly agent: AgentKey;
  /** The agent's words, commands already taken out. */
  readonly text: string;
  /** Their formatting: HTML whose words are those of `text` (mail/html/rich.ts); undefined where there is none. */
  readonly rich?: string | undefined;
  /** With #close: the closing line becomes part of the mail. */
  readonly closing: boolean;
  readonly attachments?: OutboundMessage["attachments"];
};

export type ClosureFacts = CustomerFacts & { readonly eventId: number };

/** Mail to one agent, or to a team's list. */
export type AgentFacts = NoticeSetting & {
  readonly deliveryId: number;
  readonly to: Person;
  /** Who reads it, null for a team's list. */
  readonly agent: AgentKey | null;
  /** Null where there is no ticket: help on a new mail. */
  readonly ticket: Ticket | null;
  /** From where it comes when there is no ticket. */
  readonly supportAddress: EmailAddress;
  /** False for mail whose answer may do nothing: it then carries no token. Default true. */
  readonly answerable?: boolean;
  /** The subject that the ticket began with, where it has another one now: a thread keeps its subject. */
  readonly firstSubject?: string;
};

/** A file of the message that was too large to go with the mail. */
export type LargeFile = {
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** Where an agent can fetch it; undefined where files are not served. */
  readonly url?: string;
  /** The command line that reads it on the machine of the desk. */
  readonly read?: string;
};

/** A ticket that an agent has linked with this one, or that this one came from. */
export type LinkedTicket = { readonly number: string; readonly subject: string; readonly status: string };

/** One thing that happened in a ticket: a change in words ("assigned to Dev (IT's default)"), or what somebody wrote. */
export type HistoryLine =
  | { readonly at: number; readonly change: string }
  | { readonly at: number; readonly from: string; readonly text: string };

export type NoticeFacts = AgentFacts & {
  readonly ticket: Ticket;
  /** What the mail is about: the customer's newest message, or a colleague's answer or note. */
  readonly entry: {
    readonly from: Person;
    readonly at: number;
    readonly text: string;
    /** Names of the files that go with the mail. */
    readonly attachments: readonly string[];
    readonly largeFiles?: readonly LargeFile[];
    /** A colleague's words that went to somebody else than the customer. */
    readonly aside?: boolean;
  };
  readonly linked?: readonly LinkedTicket[];
  readonly organization?: string;
  /** Why the ticket has its topic: `"log in" in the subject`. */
  readonly topicWhy?: string;
  /** One line over the block: `From Eve, who is not a participant.` or `Ann Lee assigned this to you.` */
  readonly remark?: string;
  readonly history: readonly HistoryLine[];
};

export type ReceiptFacts = AgentFacts & {
  /** `#close` and what came of it: `done when your reply has left`. */
  readonly results: readonly { readonly command: string; readonly result: string }[];
  /** True when what the agent asked for was refused: the heading says so. */
  readonly refused?: boolean;
  /** Seconds in which #undo still helps; undefined when it does not. */
  readonly undoSeconds?: number;
};

/** A line that the agent may answer with, and what it does. */
export type PreparedAnswer = { readonly type: string; readonly meaning: string };

/** The reply was not sent: a line looked like a command (`line`), or it was kept as a note (`because`). */
export type NotSentFacts = AgentFacts & { readonly text: string } & (
    | {
        readonly line: string;
        readonly why: string;
        readonly suggestion?: string;
        readonly answers: readonly PreparedAnswer[];
      }
    | { readonly because: string; /** Kept as a note in the ticket; else it is held. */ readonly noted?: true }
  );

export type ChallengeFacts = AgentFacts & {
  /** The From of the unproven message. */
  readonly claimed: EmailAddress;
  readonly receivedAt: number;
  /** A clause: `its DKIM signature is missing`. */
  readonly because: string;
  /** The command lines it holds. */
  readonly commands: readonly string[];
  /** What to answer: `#confirm`. */
  readonly answer: string;
  readonly text: string;
};

export type HelpFacts = AgentFacts & {
  readonly commands: readonly HelpRow[];
};

export type HeldFacts = AgentFacts & {
  readonly sender: Person;
  readonly receivedAt: number;
  readonly because: string;
  readonly answers: readonly PreparedAnswer[];
  readonly text: string;
};

export type FailedFacts = AgentFacts & {
  readonly recipient: EmailAddress;
  /** True when nobody knows whether it arrived. */
  readonly uncertain: boolean;
  readonly response: string;
  readonly text: string;
};
