/** What commands look at and what they come to, as types. */
import type { ParsedCommand } from "./command.ts";
import type { CommandName } from "./command-table.ts";
import type { Agent, Assignment, Change, Desk, Person, Ticket } from "../types.ts";

/** Everything a command may look at. */
export type Scene = {
  readonly ticket: Ticket;
  readonly agent: Agent;
  readonly desk: Desk;
  readonly commands: readonly ParsedCommand[];
  /** Since when the assignee has a ticket that was offered to a team (UTC ms). */
  readonly takenSince?: number;
  /** What becomes of the text of this mail. */
  readonly text: "reply" | "note" | "none";
};

/** What a command does that is more than a change of the ticket's fields; the stage has one row each (stages/acts.ts). */
export type Act =
  | { readonly act: "merge" | "link"; readonly number: number }
  | { readonly act: "split"; readonly entries: readonly number[] }
  | { readonly act: "wrong" | "spam" | "resend" }
  | { readonly act: "cc"; readonly person: Person }
  | { readonly act: "accept"; readonly always: boolean };

/** Who gets the answer: everybody who takes part, the customer alone, or one address. */
export type ReplyTo =
  { readonly to: "all" } | { readonly to: "customer" } | { readonly to: "one"; readonly person: Person };

export type Effect = {
  readonly changes?: readonly Change[];
  readonly assignment?: Assignment;
  readonly acts?: readonly Act[];
  /** For the receipt: what came of it. */
  readonly result: string;
  /** Why it cannot be done; nothing of the mail is done then. */
  readonly refused?: string;
};

/** The commands that a name may have: `tag` and `untag` share a shape. */
export type Named<C extends ParsedCommand, N extends CommandName> = C extends ParsedCommand
  ? N extends C["name"]
    ? C
    : never
  : never;
export type EffectOf<N extends CommandName> = (command: Named<ParsedCommand, N>, scene: Scene) => Effect;
