/** An agent's answer to a question of ours about a held message. */
import type { InboundRow } from "../db/inbound.ts";
import type { CommandReading } from "../desk/commands/command.ts";
import type { Agent, InboundMessage, Ticket } from "../desk/types.ts";
import type { Recording } from "./recording.ts";

export type Answering = {
  /** Of the answer. */
  readonly recording: Recording;
  readonly agent: Agent;
  /** What was asked about, and is still held. */
  readonly held: InboundRow;
  /** The held message; undefined where its bytes were never read. */
  readonly message?: InboundMessage;
  readonly ticket?: Ticket;
  /** The agent's new words, and the commands in them. */
  readonly text: string;
  readonly reading: CommandReading;
};

/** `result`: a clause for the receipt; none where the agent has got another mail that says it. `done`: the question is answered. */
export type Answered = {
  readonly command: string;
  readonly result?: string;
  /** False: the question can still be answered. */
  readonly done: boolean;
  /** Nothing came of the answer. */
  readonly refused?: true;
};

/** Nothing was done, and the question can still be answered. */
export function notUnderstood(reading: CommandReading, instead: string): Answered {
  const suggestion = reading.kind === "stop" && reading.suggestion ? ` Did you mean ${reading.suggestion}?` : "";
  const why = reading.kind === "stop" ? `: ${reading.why}.${suggestion}` : ".";
  return {
    command: reading.kind === "stop" ? reading.line : (reading.commands[0]?.line ?? "your answer"),
    result: `not understood; nothing was done${why} Answer with ${instead} on the first line`,
    done: false,
  };
}
