/** An agent acting on a ticket by mail. */
import type { UndoStep } from "../db/command.ts";
import type { Actor, Agent, Ticket } from "../desk/types.ts";
import type { Recording } from "./recording.ts";

/** Everything that the steps of an execution share. */
export type Acting = {
  readonly recording: Recording;
  readonly ticket: Ticket;
  readonly agent: Agent;
  readonly actor: Actor;
  readonly because: string;
  /** The inbound message that the reply answers a question about. */
  readonly asked?: number;
};

/** What an act came to: its line of the receipt, and how it is taken back. */
export type ActDone = {
  readonly result: string;
  /** In the order in which they are carried out; empty = it cannot be taken back. */
  readonly undo: readonly UndoStep[];
  /** Mails that it put on their way. */
  readonly deliveries?: readonly number[];
  /** The agent hears of it also when they are no longer new to commands. */
  readonly surprise?: true;
};
