/** A command as it was understood. `line` is the line it stood on, cleaned, for receipts and questions. */
import type { EmailAddress } from "../../mail/types.ts";
import type { AgentKey, Assignment, DepartmentKey, Priority, TopicKey } from "../types.ts";
import type { CommandName } from "./command-table.ts";

/** Days of an absence, local dates, both included. */
export type Days = { readonly from: string; readonly to: string };

/** The commands that take nothing. */
export type PlainName =
  | "close"
  | "reopen"
  | "take"
  | "drop"
  | "note"
  | "reply"
  | "reply-all"
  | "now"
  | "wrong"
  | "spam"
  | "resend"
  | "new"
  | "block"
  | "mine"
  | "stats"
  | "status"
  | "back"
  | "who"
  | "undo"
  | "confirm"
  | "send";

export type ParsedCommand = { readonly line: string } & (
  | { readonly name: PlainName }
  /** `until`: UTC ms; null = until the customer writes. */
  | { readonly name: "pending"; readonly until: number | null }
  | { readonly name: "snooze"; readonly until: number }
  /** UTC ms; null gives the time back to the plan. */
  | { readonly name: "due"; readonly at: number | null }
  | { readonly name: "assign"; readonly to: "me" | Assignment }
  | { readonly name: "dept"; readonly to: DepartmentKey }
  | { readonly name: "topic"; readonly to: TopicKey | null }
  | { readonly name: "priority"; readonly to: Priority }
  | { readonly name: "sla"; readonly to: string | null }
  | { readonly name: "tag" | "untag"; readonly tags: readonly string[] }
  | { readonly name: "subject" | "search"; readonly words: string }
  /** As written: `NW-48201`, `48201`, `[NW-48201]`; "" = the ticket of the mail. */
  | { readonly name: "show"; readonly words: string }
  | { readonly name: "to" | "cc" | "open"; readonly address: EmailAddress; readonly addressName: string }
  | { readonly name: "canned"; readonly canned: string }
  /** Without the prefix of the desk. */
  | { readonly name: "merge" | "link"; readonly number: number }
  /** Numbers of entries as `#show` gives them; empty = the newest message. */
  | { readonly name: "split"; readonly entries: readonly number[] }
  /** `me` or an agent's key. */
  | { readonly name: "watch" | "unwatch"; readonly who: AgentKey }
  | { readonly name: "accept"; readonly always: boolean }
  | { readonly name: "list"; readonly view: ListView }
  | { readonly name: "away"; readonly days: Days | null }
  | { readonly name: "help"; readonly about: CommandName | null }
);

/** What a list shows. `department` and `agent` are their tickets that are not closed. */
export type ListView =
  | {
      readonly view:
        | "open"
        | "mine"
        | "unassigned"
        | "overdue"
        | "due"
        | "pending"
        | "snoozed"
        | "closed"
        | "all"
        | "spam"
        | "waiting";
    }
  | { readonly view: "department"; readonly department: DepartmentKey }
  | { readonly view: "agent"; readonly agent: AgentKey };

/** Who and what can be named in a command, only what is active; and the moment and place that dates in plain words are of. */
export type Known = {
  readonly agents: readonly { readonly key: AgentKey; readonly name: string; readonly emails?: readonly string[] }[];
  readonly departments: readonly { readonly key: DepartmentKey; readonly name: string }[];
  readonly topics?: readonly { readonly key: TopicKey; readonly title: string }[];
  readonly plans?: readonly string[];
  readonly canned?: readonly string[];
  /** Of ticket numbers: `NW`. */
  readonly prefix?: string;
  /** The desk's own words for commands, folded: `schliessen` -> `close`. */
  readonly words?: Readonly<Record<string, CommandName>>;
  /** UTC ms. */
  readonly now?: number;
  /** IANA name: the agent's, else the desk's. */
  readonly timeZone?: string;
};

export type CommandReading =
  | {
      readonly kind: "ok";
      readonly commands: readonly ParsedCommand[];
      /** The reply, or the note when `asNote`: the text without the command lines. Unchanged when there were none. */
      readonly body: string;
      readonly asNote: boolean;
    }
  | {
      readonly kind: "stop";
      /** The line that stopped everything. */
      readonly line: string;
      /** Why, in a sentence for the agent. */
      readonly why: string;
      /** What was probably meant, as it should be written: `#close`. */
      readonly suggestion?: string;
      /** The full text, untouched. */
      readonly body: string;
    };
