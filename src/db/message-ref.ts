/** Their Message-IDs and ours, by hash, and the entry each stands for. Tokens inside our own ids are never stored in the clear. */
import type { Knex } from "knex";
import type { Db } from "./connect.ts";
import { chunks } from "./inbound.ts";
import { sha256 } from "./raw.ts";

export type MessageRef = {
  ticketId: number;
  entryId: number | null;
  kind: "in" | "out" | "automatic";
  deliveryId: number | null;
};

/** By which a Message-ID is stored here and in `barred_ref`. */
export const messageIdHash = (messageId: string): string => sha256(`message-id:${messageId}`);

export async function addMessageRef(tx: Db, messageId: string, ref: MessageRef): Promise<void> {
  await tx("message_ref")
    .insert({
      hash: messageIdHash(messageId),
      ticket_id: ref.ticketId,
      entry_id: ref.entryId,
      kind: ref.kind,
      delivery_id: ref.deliveryId,
    })
    .onConflict(["hash", "ticket_id"])
    .ignore();
}

/**
 * The first of these Message-IDs that is known, in the order given; the newest ticket when several share it. None for a
 * ticket that it was barred from, or that is one of `except`.
 */
export async function findMessageRef(
  db: Db,
  messageIds: readonly string[],
  except: readonly number[] = [],
): Promise<(MessageRef & { messageId: string }) | undefined> {
  for (const messageId of messageIds) {
    const row = await db("message_ref")
      .where({ hash: messageIdHash(messageId), barred: 0 })
      .whereNotIn("ticket_id", except)
      .whereNotIn(
        "ticket_id",
        db("barred_ref")
          .where({ hash: messageIdHash(messageId) })
          .select("ticket_id"),
      )
      .orderBy("ticket_id", "desc")
      .first();
    if (row)
      return { messageId, ticketId: row.ticket_id, entryId: row.entry_id, kind: row.kind, deliveryId: row.delivery_id };
  }
  return undefined;
}

/** The tickets that a Message-ID was barred from (`#wrong`). */
export async function barredFrom(db: Db, messageId: string): Promise<number[]> {
  return await db("barred_ref")
    .where({ hash: messageIdHash(messageId) })
    .pluck("ticket_id");
}

/**
 * Gives a ticket's references to another: all of them, or those of these entries and of the mails about them. One that
 * the other ticket has already stays where it is; from there merges are followed.
 */
export async function moveMessageRefs(
  tx: Db,
  from: number,
  to: number,
  entryIds: readonly number[] | "all",
): Promise<void> {
  const known = tx("message_ref").where({ ticket_id: to }).select("hash");
  const move = (narrow: (query: Knex.QueryBuilder) => unknown) => {
    const query = tx("message_ref").where({ ticket_id: from }).whereNotIn("hash", known.clone());
    narrow(query);
    return query.update({ ticket_id: to });
  };
  if (entryIds === "all") return void (await move(() => undefined));
  for (const part of chunks(entryIds)) await move((query) => query.whereIn("entry_id", part));
  // Mails went before, with the entries that they are about.
  await move((query) => query.whereIn("delivery_id", tx("delivery").where({ ticket_id: to }).select("id")));
}

/** The ticket into which the entry that is answered was split off from `ticketId`. Of these Message-IDs the first known one counts. */
export async function splitOffTo(
  db: Db,
  ticketId: number,
  messageIds: readonly string[],
): Promise<{ readonly ticketId: number; readonly messageId: string } | undefined> {
  const ref = await findMessageRef(db, messageIds);
  if (!ref?.entryId || ref.ticketId === ticketId) return undefined;
  const entry = await db("entry").where({ id: ref.entryId, from_ticket_id: ticketId }).first("ticket_id");
  return entry ? { ticketId: entry.ticket_id, messageId: ref.messageId } : undefined;
}

/** Tickets of other messages that already answered this Message-ID: orphans whose parent has just arrived. */
export async function refersTo(db: Db, messageId: string): Promise<number[]> {
  return await db("message_ref")
    .where({ hash: sha256(`awaited:${messageId}`), barred: 0 })
    .pluck("ticket_id");
}

/** Remembers that a ticket's first message answers a message we have never seen, so that the parent can adopt it later. */
export async function awaitParents(
  tx: Db,
  messageIds: readonly string[],
  ticketId: number,
  entryId: number,
): Promise<void> {
  for (const messageId of messageIds.slice(-20)) {
    await tx("message_ref")
      .insert({ hash: sha256(`awaited:${messageId}`), ticket_id: ticketId, entry_id: entryId, kind: "awaited" })
      .onConflict(["hash", "ticket_id"])
      .ignore();
  }
}
