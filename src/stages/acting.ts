/** An agent acting on a ticket by mail. */
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
