/** Their Message-IDs and ours, by hash, and the entry each stands for. Tokens inside our own ids are never stored in the clear. */
import type { Db } from "./connect.ts";
import { sha256 } from "./raw.ts";

export type MessageRef = {
  ticketId: number;
  entryId: number | null;
  kind: "in" | "out" | "automatic";
  deliveryId: number | null;
};

const hashed = (messageId: string) => sha256(`message-id:${messageId}`);

export async function addMessageRef(tx: Db, messageId: string, ref: MessageRef): Promise<void> {
  await tx("message_ref")
    .insert({
      hash: hashed(messageId),
      ticket_id: ref.ticketId,
      entry_id: ref.entryId,
      kind: ref.kind,
      delivery_id: ref.deliveryId,
    })
    .onConflict(["hash", "ticket_id"])
    .ignore();
}

/** The first of these Message-IDs that is known, in the order given; the newest ticket when several share it. */
export async function findMessageRef(
  db: Db,
  messageIds: readonly string[],
): Promise<(MessageRef & { messageId: string }) | undefined> {
  for (const messageId of messageIds) {
    const row = await db("message_ref")
      .where({ hash: hashed(messageId), barred: 0 })
      .orderBy("ticket_id", "desc")
      .first();
    if (row)
      return { messageId, ticketId: row.ticket_id, entryId: row.entry_id, kind: row.kind, deliveryId: row.delivery_id };
  }
  return undefined;
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
