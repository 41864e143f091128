/** What stands in `inbound.asked`: why an agent's reply is held, and what has been said of it so far. */
import type { InboundRow } from "../db/inbound.ts";
import type { Said } from "./recording.ts";

export type Asked = {
  /** What has been said before: a second question must not make forget the answer to the first. */
  readonly said?: Pick<Said, "confirmed" | "agreed" | "corrected" | "reviewed">;
} & (
  | { readonly line: string; readonly why: string; readonly suggestion?: string }
  | { readonly because: string }
  /** `key`: what is agreed to with the answer; `newer`: the entry that the agent has to see first. */
  | { readonly key: string; readonly question: string; readonly newer?: number }
  /** Keys of the agents who were asked to review it. */
  | { readonly reviewers: readonly string[] }
);

/** Undefined on rows from before questions were kept. */
export const askedOf = ({ asked }: Pick<InboundRow, "asked">): Asked | undefined =>
  asked === null || asked === undefined ? undefined : (JSON.parse(asked) as Asked);

/** The row of a reply that is held: reminders begin anew. */
export const heldRow = (
  reason: NonNullable<InboundRow["hold_reason"]>,
  why: string,
  asked: Asked,
): Partial<InboundRow> => ({
  state: "held",
  hold_reason: reason,
  verdict: "hold",
  reason: why,
  asked: JSON.stringify(asked),
  reminded: 0,
});

/** What is kept of it with a new question. */
export const keptOf = ({ confirmed, agreed, corrected, reviewed }: Said): Asked["said"] => ({
  ...(confirmed && { confirmed }),
  ...(agreed && { agreed }),
  ...(corrected && { corrected }),
  ...(reviewed && { reviewed }),
});
