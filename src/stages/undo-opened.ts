/**
 * `#undo` of `#open`: the ticket is put aside while nobody has answered. The rules have changed it in the meantime, and it may
 * have been acknowledged, so that it is not asked whether anything has happened since, but whether anybody has written.
 */
import { applyChanges } from "../db/apply.ts";
import { type CommandRun, commandRunsOf, markUndone } from "../db/command.ts";
import { cancelDelivery, listDeliveries } from "../db/delivery.ts";
import { entriesOf, TAKEN_BACK } from "../db/entry.ts";
import { insertEvent } from "../db/event.ts";
import { lockTicket } from "../db/ticket.ts";
import type { Actor, Agent, CausedChange, Ticket } from "../desk/types.ts";
import type { Recording } from "./recording.ts";
import type { Unit } from "./stage.ts";

type Undone = { readonly result: string; readonly refused?: true };
type By = Pick<Recording, "unit" | "inbound"> & { readonly agent: Agent; readonly actor: Actor };

/** The mails of a ticket that nobody has answered are few. */
const MOST_MAILS = 100;

/** Undefined for a run that opened nothing. */
export async function undoOpened({ unit, inbound, agent, actor }: By, run: CommandRun): Promise<Undone | undefined> {
  if (!run.inverse.some((step) => "undo" in step && step.undo === "set-aside")) return undefined;
  const { tx, ids, now } = unit;
  const ticket = await lockTicket(tx, run.ticketId);
  const against = await whyNot(unit, ticket);
  if (against) return { result: `refused: ${against}; nothing was changed`, refused: true };
  const acknowledged = await stopMails(unit, ticket, agent);
  const cause = { kind: "command", detail: "#undo" } as const;
  const aside: CausedChange[] = [
    { change: { change: "set-spam", to: true }, cause },
    { change: { change: "set-status", to: "closed" }, cause },
  ];
  await applyChanges(tx, ticket.id, aside, actor, ids, now);
  // What else the same mail said of the ticket went with it.
  for (const one of run.inboundId === null ? [run] : await commandRunsOf(tx, run.inboundId, run.agentId))
    if (one.ticketId === run.ticketId) await markUndone(tx, one.id, now);
  const because = { kind: "message", detail: `inbound ${inbound.id}` } as const;
  await insertEvent(tx, ticket.id, { name: "undone", actor, cause: because, detail: "#open" }, now);
  const number = acknowledged ? `; ${ticket.customer.address} has its number already` : "";
  return { result: `taken back: ${ticket.publicNumber} is put aside${number}` };
}

async function whyNot({ tx }: Unit, ticket: Ticket): Promise<string | undefined> {
  if (ticket.mergedInto !== null) return `${ticket.publicNumber} was merged into another ticket`;
  const [, ...later] = await entriesOf(tx, ticket.id);
  const answered = later.some(({ kind, marks }) => kind !== "note" && kind !== "report" && !marks.includes(TAKEN_BACK));
  return answered ? `somebody has written in ${ticket.publicNumber} since` : undefined;
}

/** Stops what has not left; true when the acknowledgement had. */
async function stopMails({ tx, now }: Unit, { id }: Ticket, { key }: Agent): Promise<boolean> {
  const mails = (await listDeliveries(tx, { ticketId: id, limit: MOST_MAILS })).filter(
    ({ audience }) => audience === "customer",
  );
  for (const mail of mails) await cancelDelivery(tx, mail.id, `taken back by ${key}`, now);
  return mails.some(({ kind, state }) => kind === "ack" && state !== "pending" && state !== "cancelled");
}
