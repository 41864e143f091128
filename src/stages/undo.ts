/** `#undo`: takes an agent's last commands on a ticket back, as long as the mail has not left and nothing else has happened. */
import { applyChanges } from "../db/apply.ts";
import { lastCommandRun, markUndone } from "../db/command.ts";
import { cancelDelivery } from "../db/delivery.ts";
import { markTakenBack } from "../db/entry.ts";
import { changedSince, insertEvent } from "../db/event.ts";
import type { Acting } from "./acting.ts";
import { takeBackResponse } from "./due.ts";

/** What came of it, in words for the agent. */
export type Undone = { readonly result: string; readonly refused?: true };

/** Takes the run back, or refuses in words. */
export async function undoLast({ recording: { unit, inbound }, ticket, agent, actor }: Acting): Promise<Undone> {
  const { tx, ids, now } = unit;
  const run = await lastCommandRun(tx, ticket.id, ids.agent.id(agent.key));
  if (!run) return no("there is nothing of yours to take back on this ticket");
  const left: string[] = await tx("delivery")
    .whereIn("id", run.deliveries)
    .whereNot({ state: "pending" })
    .pluck("recipient");
  if (left.length) return no(`too late: the mail to ${left.join(", ")} has left`);
  if (run.deliveries.length === 0 && run.inverse.length === 0) {
    await markUndone(tx, run.id, now);
    return no("your last commands changed nothing that could be taken back; a note stays");
  }
  if (await changedSince(tx, ticket.id, run.seqAfter))
    return no("refused: something else has happened to this ticket since; nothing was changed");
  for (const id of run.deliveries) await cancelDelivery(tx, id, `taken back by ${agent.key}`, now);
  await applyChanges(tx, ticket.id, run.inverse, actor, ids, now);
  await markUndone(tx, run.id, now);
  if (run.inboundId !== null && run.deliveries.length > 0) await markTakenBack(tx, ticket.id, run.inboundId);
  if (run.deliveries.length > 0) await takeBackResponse(unit, ticket.id, run.at);
  const commands = run.commands.map((line) => line.split(":")[0]!).filter((command) => command !== "#note");
  const what = [...commands, ...(run.deliveries.length ? ["your mail"] : [])].join(", ");
  await insertEvent(
    tx,
    ticket.id,
    { name: "undone", actor, cause: { kind: "message", detail: `inbound ${inbound.id}` }, detail: what },
    now,
  );
  return { result: `taken back: ${what}` };
}

const no = (result: string): Undone => ({ result, refused: true });
