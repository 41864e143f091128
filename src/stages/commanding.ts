/** An agent's mail of commands that is about no ticket of its own, on its way. */
import type { ListRow } from "../db/list-row.ts";
import type { Agent } from "../desk/types.ts";
import type { Place } from "./letters.ts";
import type { Recording } from "./recording.ts";

export type CommandMail = {
  readonly recording: Recording;
  readonly agent: Agent;
  readonly because: string;
  /** From where it is answered: the support address that it was written to. */
  readonly place: Place;
  /** It answers a mail of ours about no ticket. */
  readonly answers: boolean;
  /** What that mail numbers. */
  readonly rows: readonly ListRow[];
};
