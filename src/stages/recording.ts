/** A message on its way into the record. */
import type { InboundRow } from "../db/inbound.ts";
import type { TokenFact } from "../desk/intake-facts.ts";
import type { Cause, Verdict } from "../desk/types.ts";
import type { InboundMessage } from "../mail/types.ts";
import type { Unit } from "./stage.ts";

/** What a human has said about a held message, or what a challenge has proven. */
export type Said = {
  readonly proven?: true;
  readonly confirmed?: true;
  /** Keys of the questions that the agent has agreed to (ask.ts). */
  readonly agreed?: readonly string[];
  /** A reviewer sends a trainee's answer, in these words where they have changed it. */
  readonly reviewed?: { readonly by: string; readonly text?: string };
  /** The lines that stand in place of the one that was not understood. */
  readonly corrected?: { readonly line: string; readonly by: string };
  readonly decision?: "accept" | "new";
  /** Who has decided: `#accept by ann`, `postern inbound new`, or the clock. */
  readonly by?: Cause;
};

/** A message on its way into the thread, with everything that the handlers share. */
export type Recording = {
  readonly unit: Unit;
  readonly inbound: InboundRow;
  readonly message: InboundMessage;
  readonly mailbox: string;
  readonly said: Said;
  readonly again: Rerecord;
  /** The token of an agent's notification that came with it. */
  readonly token?: TokenFact;
};

/** Judges and records a held message again, with what has been said about it. */
export type Rerecord = (
  unit: Unit,
  inboundId: number,
  message: InboundMessage,
  said: Said,
) => Promise<Verdict | undefined>;
