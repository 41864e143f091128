/** Events: append-only, numbered per ticket. Every change of a ticket has one, with actor and cause (I9). */
import type { Actor, Cause } from "../desk/types.ts";
import type { Db } from "./connect.ts";

export type EventRow = {
  id: number;
  ticket_id: number;
  seq: number;
  at: number;
  name: string;
  actor_kind: string;
  actor: string;
  cause_kind: string;
  cause: string;
  old: string | null;
  new: string | null;
  detail: string | null;
};

export type NewEvent = {
  name: string;
  actor: Actor;
  cause: Cause;
  old?: string | null;
  new?: string | null;
  detail?: string | null;
};

const actorName = (actor: Actor): string =>
  "agent" in actor ? actor.agent : "address" in actor ? actor.address : actor.kind;

/** Appends an event and returns its id. The caller holds the ticket's lock. */
export async function insertEvent(tx: Db, ticketId: number, event: NewEvent, now: number): Promise<number> {
  const [ticket] = await tx("ticket").where({ id: ticketId }).increment("seq", 1).returning("seq");
  const [row] = await tx("event")
    .insert({
      ticket_id: ticketId,
      seq: ticket.seq,
      at: now,
      name: event.name,
      actor_kind: event.actor.kind,
      actor: actorName(event.actor),
      cause_kind: event.cause.kind,
      cause: event.cause.detail,
      old: event.old ?? null,
      new: event.new ?? null,
      detail: event.detail ?? null,
    })
    .returning("id");
  return row.id;
}

export async function eventsOf(db: Db, ticketId: number): Promise<EventRow[]> {
  return await db("event").where({ ticket_id: ticketId }).orderBy("seq").select();
}

/** The subject that a ticket began with; undefined while it still has it. */
export async function firstSubject(db: Db, ticketId: number): Promise<string | undefined> {
  const row = await db("event").where({ ticket_id: ticketId, name: "set-subject" }).orderBy("seq").first("old");
  return row?.old ?? undefined;
}

/** Whether anything happened to a ticket after an event; that a mail was sent, or that time is short, is not such a thing. */
export async function changedSince(db: Db, ticketId: number, seq: number): Promise<boolean> {
  return Boolean(
    await db("event")
      .where({ ticket_id: ticketId })
      .where("seq", ">", seq)
      .whereNot({ cause_kind: "delivery" })
      .whereNotIn("name", ["sla warning", "sla breached"])
      .first("id"),
  );
}
