/** Message-IDs that no longer lead to a ticket, because an agent has said that a message came there by mistake (`#wrong`). */
import type { Db } from "./connect.ts";
import { messageIdHash } from "./message-ref.ts";

/** Bars them for this ticket and returns the hashes that were not barred before. */
export async function barRefs(tx: Db, ticketId: number, messageIds: readonly string[], now: number): Promise<string[]> {
  const barred: string[] = [];
  for (const hash of new Set(messageIds.map(messageIdHash))) {
    const rows: unknown[] = await tx("barred_ref")
      .insert({ hash, ticket_id: ticketId, barred_at: now })
      .onConflict(["hash", "ticket_id"])
      .ignore()
      .returning("hash");
    if (rows.length > 0) barred.push(hash);
  }
  return barred;
}

export async function unbarRefs(tx: Db, ticketId: number, hashes: readonly string[]): Promise<void> {
  await tx("barred_ref").where({ ticket_id: ticketId }).whereIn("hash", hashes).delete();
}
