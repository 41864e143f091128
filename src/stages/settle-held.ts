/** What a human's decision does to a held message. How it is recorded then arrives as an argument: record.ts stands above this file. */
import { insertEvent } from "../db/event.ts";
import { type InboundRow, lockInbound, updateInbound } from "../db/inbound.ts";
import { blockAddress } from "../db/people.ts";
import type { Actor, Cause } from "../desk/types.ts";
import type { InboundMessage } from "../mail/types.ts";
import type { Rerecord } from "./recording.ts";
import type { Unit } from "./stage.ts";

/** `missing`: there is no such row. */
export type Decided = { readonly done: string } | { readonly refused: string; readonly missing?: true };

export const parsedMessage = (row: InboundRow): InboundMessage | undefined =>
  row.decided === null ? undefined : (JSON.parse(row.decided) as InboundMessage);

/** `accept`: it belongs to its ticket and the sender takes part; `new`: a ticket of its own. */
export async function settleHeld(
  unit: Unit,
  id: number,
  decision: "accept" | "new",
  by: Cause,
  record: Rerecord,
): Promise<Decided> {
  const row = await lockInbound(unit.tx, id);
  if (!row) return { refused: `There is no message ${id}.`, missing: true };
  const message = parsedMessage(row);
  if (row.state !== "held" || !message) return { refused: `Message ${id} is not held, it is ${row.state}.` };
  if (decision === "accept" && row.ticket_id === null)
    return { refused: `Message ${id} names no ticket. Make it one of its own: postern inbound new ${id}` };
  const agents = agentsOwn(row, id);
  if (agents) return agents;
  await record(unit, id, message, { decision, by });
  const after = await lockInbound(unit.tx, id);
  return { done: `Message ${id}: ${after?.reason}.` };
}

/** Quarantines the message and whatever else this sender mails. */
export async function blockHeld(unit: Unit, id: number, by: { actor: Actor; cause: Cause }): Promise<Decided> {
  const row = await lockInbound(unit.tx, id);
  if (!row) return { refused: `There is no message ${id}.`, missing: true };
  if (row.state !== "held") return { refused: `Message ${id} is not held, it is ${row.state}.` };
  const agents = agentsOwn(row, id);
  if (agents) return agents;
  const from = parsedMessage(row)?.from;
  if (!from) return { refused: `Message ${id} names no sender that could be blocked.` };
  await blockAddress(unit.tx, from, unit.now);
  await updateInbound(unit.tx, id, {
    state: "quarantined",
    verdict: "quarantine",
    reason: `${from.address} was blocked by a human`,
    hold_reason: null,
  });
  if (row.ticket_id !== null)
    await insertEvent(
      unit.tx,
      row.ticket_id,
      { name: "sender blocked", ...by, new: from.address, detail: `inbound ${id}` },
      unit.now,
    );
  return { done: `Message ${id} is quarantined, and ${from.address} is blocked.` };
}

/** An agent's reply is no stranger's mail: to accept it would make the agent a customer, to block it would silence them. */
function agentsOwn(row: InboundRow, id: number): Decided | undefined {
  if (row.hold_reason === "stranger") return undefined;
  // Nobody knows the address, and the notification was a team's: whoever it is, no agent is silenced.
  if (row.hold_reason === "unknown-address" && row.agent_id === null) return undefined;
  const how =
    row.hold_reason === "review"
      ? "Whoever was asked to review it decides, by answering the mail about it."
      : "The agent decides, by answering the mail about it or by replying anew.";
  return { refused: `Message ${id} is an agent's reply (${row.reason}). ${how}` };
}
