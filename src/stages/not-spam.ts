/**
 * Tickets that a rule has put aside as spam: what comes to them stays aside with them, until a human says that they are
 * none. Then they open again and are routed anew; no rule says "spam" of them any more (effects-fate.ts).
 */
import { applyChanges } from "../db/apply.ts";
import type { EntryRow } from "../db/entry.ts";
import { type InboundRow, updateInbound } from "../db/inbound.ts";
import { insertRoute, routesOf } from "../db/route.ts";
import { lockTicket } from "../db/ticket.ts";
import type { Cause, CausedChange, Ticket } from "../desk/types.ts";
import type { Decided } from "./settle-held.ts";
import type { Unit } from "./stage.ts";

/** More of the same sender: quarantined with the rest. A message that opened the ticket again closes with it. */
export async function stayAside(unit: Unit, ticket: Ticket, entry: EntryRow | undefined): Promise<void> {
  const cause: Cause = { kind: "rule", detail: "that made it spam" };
  const closed: CausedChange[] = [{ change: { change: "set-status", to: "closed" }, cause }];
  await applyChanges(unit.tx, ticket.id, closed, { kind: "postern" }, unit.ids, unit.now);
  if (!entry?.inbound_id) return;
  const reason = `${ticket.publicNumber} is spam`;
  await updateInbound(unit.tx, entry.inbound_id, { state: "quarantined", verdict: "quarantine", reason });
}

/** The ticket of a message that a rule put aside as spam; undefined for messages quarantined for another reason. */
export async function spamTicketOf({ tx }: Unit, row: InboundRow): Promise<Ticket | undefined> {
  if (row.state !== "quarantined" || row.ticket_id === null || row.entry_id === null) return undefined;
  const ticket = await lockTicket(tx, row.ticket_id);
  return ticket.spam ? ticket : undefined;
}

/** A human says that it is no spam: the whole ticket comes back, and the rules look at its first message again. */
export async function acceptSpam(unit: Unit, row: InboundRow, ticket: Ticket, cause: Cause): Promise<Decided> {
  const { tx, ids, now } = unit;
  const changes: CausedChange[] = [
    { change: { change: "set-spam", to: false }, cause },
    { change: { change: "set-status", to: "open" }, cause },
    { change: { change: "set-waiting-for", to: "us" }, cause },
  ];
  await applyChanges(tx, ticket.id, changes, { kind: "admin" }, ids, now);
  const aside: InboundRow[] = await tx("inbound")
    .where({ ticket_id: ticket.id, state: "quarantined" })
    .whereNotNull("entry_id")
    .orderBy("id")
    .select();
  const by = `${cause.detail}: it is no spam`;
  for (const { id } of aside) await updateInbound(tx, id, { state: "recorded", verdict: "follow-up", reason: by });
  const routed = (await routesOf(tx, ticket.id)).filter(({ entry_id }) => entry_id !== null);
  const first = routed.find(({ trigger }) => trigger === "opened") ?? routed[0];
  const entryId = first?.entry_id ?? row.entry_id;
  if (first?.trigger === "opened")
    await tx("inbound").where({ ticket_id: ticket.id, entry_id: entryId }).update({ verdict: "open-ticket" });
  const again = { trigger: first?.trigger ?? "opened", plusTag: first?.plus_tag ?? undefined, reopened: true };
  const id = await insertRoute(tx, { ...again, ticketId: ticket.id, entryId }, now);
  unit.bells.push({ queue: "route", id });
  return { done: `Message ${row.id} is no spam: ${ticket.publicNumber} is open, and the rules look at it again.` };
}
