/** Entries of a ticket's thread and the files that came with them. */
import type { Attachment, InboundMessage } from "../mail/types.ts";
import type { Db } from "./connect.ts";
import { chunks } from "./inbound.ts";

export type EntryKind = "message" | "reply" | "note" | "report" | "outside";
export type AuthorKind = "customer" | "participant" | "stranger" | "agent" | "postern";

export type EntryRow = {
  id: number;
  ticket_id: number;
  seq: number;
  kind: EntryKind;
  inbound_id: number | null;
  author_kind: AuthorKind;
  author_address: string;
  author_name: string;
  agent_id: number | null;
  text: string;
  quoted: string | null;
  message_id: string | null;
  marks: string;
  /** The agent's formatting of `text`, HTML (mail/html/rich.ts); null where there is none. */
  rich: string | null;
  created_at: number;
  /** The ticket it was first in, before a merge or a split. */
  from_ticket_id: number | null;
};

export type NewEntry = {
  ticketId: number;
  kind: EntryKind;
  inboundId: number | null;
  authorKind: AuthorKind;
  authorAddress: string;
  authorName: string;
  agentId: number | null;
  text: string;
  quoted?: string;
  messageId?: string;
  marks?: readonly string[];
  rich?: string;
};

/** Adds an entry at the end of the thread and returns its id. The caller holds the ticket's lock. */
export async function insertEntry(tx: Db, entry: NewEntry, now: number): Promise<number> {
  const last = await tx("entry").where({ ticket_id: entry.ticketId }).max({ seq: "seq" }).first();
  const [row] = await tx("entry")
    .insert({
      ticket_id: entry.ticketId,
      seq: Number(last?.seq ?? 0) + 1,
      kind: entry.kind,
      inbound_id: entry.inboundId,
      author_kind: entry.authorKind,
      author_address: entry.authorAddress,
      author_name: entry.authorName,
      agent_id: entry.agentId,
      text: entry.text,
      quoted: entry.quoted ?? null,
      message_id: entry.messageId ?? null,
      marks: JSON.stringify(entry.marks ?? []),
      rich: entry.rich ?? null,
      created_at: now,
    })
    .returning("id");
  return row.id;
}

export async function entryById(db: Db, id: number): Promise<EntryRow | undefined> {
  return await db("entry").where({ id }).first();
}

export async function entriesOf(db: Db, ticketId: number): Promise<EntryRow[]> {
  return await db("entry").where({ ticket_id: ticketId }).orderBy("seq").select();
}

/** The highest id of a ticket's entries, 0 without any. */
export async function lastEntryId(db: Db, ticketId: number): Promise<number> {
  const row = await db("entry").where({ ticket_id: ticketId }).max({ id: "id" }).first();
  return Number(row?.id ?? 0);
}

/** Message-IDs of the messages that people sent to a ticket, oldest first. */
export async function messageIdsOf(db: Db, ticketId: number): Promise<string[]> {
  const rows = db("entry").where({ ticket_id: ticketId, kind: "message" }).whereNotNull("message_id");
  return await rows.orderBy("seq").pluck("message_id");
}

/** The mark of what a machine answered: it wakes nobody, and nothing is counted from it. */
export const AUTOMATIC = "automatic";

/** Gives entries to another ticket, with the messages and mails that are about them; both threads are in order of time then. */
export async function moveEntries(tx: Db, entryIds: readonly number[], from: number, to: number): Promise<void> {
  for (const part of chunks(entryIds)) {
    await tx("entry").whereIn("id", part).whereNull("from_ticket_id").update({ from_ticket_id: from });
    // Back where it was first: nothing was moved any more.
    await tx("entry").whereIn("id", part).where({ from_ticket_id: to }).update({ from_ticket_id: null });
    await tx("entry").whereIn("id", part).update({ ticket_id: to });
    await tx("inbound").whereIn("entry_id", part).update({ ticket_id: to });
    await tx("delivery").whereIn("entry_id", part).update({ ticket_id: to });
  }
  for (const ticketId of [from, to]) await inOrderOfTime(tx, ticketId);
  await recount(tx, from);
  await recount(tx, to);
}

async function inOrderOfTime(tx: Db, ticketId: number): Promise<void> {
  const ids: { id: number; seq: number }[] = await tx("entry")
    .where({ ticket_id: ticketId })
    .orderBy([{ column: "created_at" }, { column: "id" }])
    .select("id", "seq");
  for (const [n, { id, seq }] of ids.entries())
    if (seq !== n + 1)
      await tx("entry")
        .where({ id })
        .update({ seq: n + 1 });
}

/** When customer and desk wrote last, after entries came or went. */
async function recount(tx: Db, ticketId: number): Promise<void> {
  const last = async (kinds: readonly EntryKind[], ...without: readonly string[]): Promise<number | null> => {
    const query = tx("entry")
      .where({ ticket_id: ticketId })
      .whereNot({ author_kind: "postern" })
      .whereIn("kind", kinds);
    for (const mark of without) query.whereNot("marks", "like", `%"${mark}"%`);
    const row = await query.max({ at: "created_at" }).first();
    return row?.at === null || row?.at === undefined ? null : Number(row.at);
  };
  await tx("ticket")
    .where({ id: ticketId })
    .update({
      last_customer_at: await last(["message"], AUTOMATIC),
      last_agent_at: await last(["reply", "outside"], TAKEN_BACK, ASIDE),
    });
}

/** The mark of an agent's words that went to somebody else than the customer, who is not answered by them. */
export const ASIDE = "not to the customer";

/** The mark of a reply that an #undo stopped: it is in the thread, and never left. */
export const TAKEN_BACK = "taken back";

/** Marks the reply of an inbound message, and sets the ticket's last answer to the one before it. */
export async function markTakenBack(tx: Db, ticketId: number, inboundId: number): Promise<void> {
  const marks = JSON.stringify([TAKEN_BACK]);
  await tx("entry").where({ ticket_id: ticketId, inbound_id: inboundId, kind: "reply" }).update({ marks });
  const answers = tx("entry")
    .where({ ticket_id: ticketId, author_kind: "agent" })
    .whereIn("kind", ["reply", "outside"])
    .whereNot({ marks })
    .whereNot("marks", "like", `%"${ASIDE}"%`);
  const last = await answers.max({ at: "created_at" }).first();
  await tx("ticket")
    .where({ id: ticketId })
    .update({ last_agent_at: last?.at ?? null });
}

/** Metadata and the place in the raw message; the bytes are read back when somebody asks. */
export async function insertAttachments(
  tx: Db,
  entryId: number,
  rawSha256: string,
  attachments: readonly Attachment[],
): Promise<void> {
  for (const one of attachments) {
    await tx("attachment").insert({
      entry_id: entryId,
      raw_sha256: rawSha256,
      part: one.part,
      filename: one.filename,
      content_type: one.contentType,
      size: one.size,
      sha256: one.sha256,
      inline: one.inline ? 1 : 0,
      content_id: one.contentId ?? null,
    });
  }
}

export type AttachmentRow = {
  id: number;
  entry_id: number;
  raw_sha256: string;
  part: number;
  filename: string;
  content_type: string;
  size: number;
  sha256: string;
  inline: number;
  content_id: string | null;
};

export async function attachmentsOf(db: Db, entryId: number): Promise<AttachmentRow[]> {
  return await db("attachment").where({ entry_id: entryId }).orderBy("part").select();
}

export async function attachmentById(db: Db, id: number): Promise<AttachmentRow | undefined> {
  return await db("attachment").where({ id }).first();
}

/** The parsed message as it was judged, for the stages after receive (without the parts that are stored elsewhere). */
export type DecidedMessage = Omit<InboundMessage, "html"> & { readonly html?: undefined };

/** The mark of a message whose writer takes no part in the ticket. */
export const NO_PARTICIPANT = "not a participant";

/** Whoever wrote from this address takes part now: their messages in the ticket are a participant's. Returns their ids. */
export async function acceptAuthor(tx: Db, ticketId: number, address: string): Promise<number[]> {
  const theirs = { ticket_id: ticketId, author_kind: "stranger", author_address: address };
  const entries: Pick<EntryRow, "id" | "marks">[] = await tx("entry").where(theirs).orderBy("id").select("id", "marks");
  for (const { id, marks } of entries) {
    const left = (JSON.parse(marks) as string[]).filter((mark) => mark !== NO_PARTICIPANT);
    await tx("entry")
      .where({ id })
      .update({ author_kind: "participant", marks: JSON.stringify(left) });
  }
  return entries.map(({ id }) => id);
}

/** The same taken back. */
export async function disownAuthor(tx: Db, entryIds: readonly number[]): Promise<void> {
  const entries: Pick<EntryRow, "id" | "marks">[] = await tx("entry").whereIn("id", entryIds).select("id", "marks");
  for (const { id, marks } of entries) {
    const all = [...new Set([NO_PARTICIPANT, ...(JSON.parse(marks) as string[])])];
    await tx("entry")
      .where({ id })
      .update({ author_kind: "stranger", marks: JSON.stringify(all) });
  }
}
