/** `#undo`: takes an agent's last commands on a ticket back, as long as the mail has not left and nothing else has happened. */
import { type CommandRun, lastCommandRun, markUndone, ticketsOf } from "../db/command.ts";
import { cancelDelivery } from "../db/delivery.ts";
import { markTakenBack } from "../db/entry.ts";
import { changedSince, insertEvent } from "../db/event.ts";
import { lockTicket, mergedTickets } from "../db/ticket.ts";
import type { Acting } from "./acting.ts";
import { takeBackResponse } from "./due.ts";
import { Refused } from "./refused.ts";
import { inPart, type Unit } from "./stage.ts";
import { undoOpened } from "./undo-opened.ts";
import { takeSteps } from "./undo-step.ts";

/** What came of it, in words for the agent. */
export type Undone = { readonly result: string; readonly refused?: true };

/** Takes the agent's last run on the ticket back, or refuses in words. */
export async function undoLast(acting: Acting): Promise<Undone> {
  const { recording, ticket, agent } = acting;
  const { tx, ids } = recording.unit;
  const merged = (await mergedTickets(tx, ticket.id)).map(({ id }) => id);
  const others = ticket.linkedTo === null ? merged : [...merged, ticket.linkedTo];
  const run = await lastCommandRun(tx, ticket.id, ids.agent.id(agent.key), others);
  return run ? await undoRun(acting, run) : no("there is nothing of yours to take back on this ticket");
}

/**
 * Takes one run back: on its own ticket, which may be another than the one that the mail is about. Nothing is written when it
 * refuses. `asked`: nothing is against it, as the caller knows (`whyNotUndo`).
 */
export async function undoRun(
  { recording: { unit, inbound }, agent, actor }: Acting,
  run: CommandRun,
  { asked = false }: { readonly asked?: boolean } = {},
): Promise<Undone> {
  const { tx, now } = unit;
  const opened = await undoOpened({ unit, inbound, agent, actor }, run);
  if (opened) return opened;
  const against = asked ? undefined : await whyNotUndo(unit, run);
  if (against) return no(against);
  if (run.deliveries.length === 0 && run.inverse.length === 0) {
    await markUndone(tx, run.id, now);
    return no("your last commands changed nothing that could be taken back; a note stays");
  }
  const what = wordsOf(run);
  try {
    await inPart(unit, async (part) => {
      for (const id of run.deliveries) await cancelDelivery(part.tx, id, `taken back by ${agent.key}`, now);
      await takeSteps({ unit: part, ticketId: run.ticketId, actor }, run.inverse);
      if (run.inboundId !== null && run.deliveries.length > 0)
        await markTakenBack(part.tx, run.ticketId, run.inboundId);
      for (const id of new Set(ticketsOf(run))) await takeBackResponse(part, id, run.at);
    });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return no(`refused: ${error.message}`);
  }
  await markUndone(tx, run.id, now);
  const cause = { kind: "message", detail: `inbound ${inbound.id}` } as const;
  await insertEvent(tx, run.ticketId, { name: "undone", actor, cause, detail: what }, now);
  return { result: `taken back: ${what}` };
}

/** Why a run cannot be taken back any more, for people; undefined when it can. */
export async function whyNotUndo({ tx }: Unit, run: CommandRun): Promise<string | undefined> {
  const left: string[] = await tx("delivery")
    .whereIn("id", run.deliveries)
    .whereNot({ state: "pending" })
    .pluck("recipient");
  if (left.length) {
    const instead = run.commands.some((line) => line.startsWith("#close")) ? "; #reopen opens the ticket again" : "";
    return `too late: the mail to ${left.join(", ")} has left${instead}`;
  }
  if (run.deliveries.length === 0 && run.inverse.length === 0) return undefined;
  const others = run.inverse.flatMap((step) => ("undo" in step && step.undo === "unchanged" ? [step] : []));
  for (const { ticket, seq } of [{ ticket: run.ticketId, seq: run.seqAfter }, ...others]) {
    const { publicNumber } = await lockTicket(tx, ticket);
    const which = ticket === run.ticketId ? "this ticket" : publicNumber;
    if (await changedSince(tx, ticket, seq))
      return `refused: something else has happened to ${which} since; nothing was changed`;
  }
  return undefined;
}

function wordsOf({ commands, deliveries }: CommandRun): string {
  const lines = commands.map((line) => line.split(": ")[0]!).filter((command) => command !== "#note");
  return [...lines, ...(deliveries.length ? ["your mail"] : [])].join(", ");
}

const no = (result: string): Undone => ({ result, refused: true });
