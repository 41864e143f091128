/** The files of an entry on their way into a mail, read back from the stored message. */
import { type AttachmentRow, attachmentsOf } from "../db/entry.ts";
import { getRaw } from "../db/raw.ts";
import { sendable } from "../desk/notices/notice.ts";
import type { OutboundMessage } from "../mail/types.ts";
import type { Unit } from "./stage.ts";

/** What an SMTP server can be expected to take (RFC 5321 names no limit; 25 MB after base64 is common). */
export const MOST_ATTACHED = 18_000_000;

export type EntryFiles = {
  readonly attachments: OutboundMessage["attachments"];
  /** Names as a reader sees them, of every file, attached or not. */
  readonly names: readonly string[];
};

/** A screenshot pasted into the text has more; the logos and buttons of signatures have less. In bytes. */
const SMALLEST_PICTURE = 5_000;

/** Files, and pictures inside the text that a reader of the plain words would miss. */
export function isWorthSending(file: {
  inline: boolean | number;
  content_type: string;
  size: number | string;
}): boolean {
  return !file.inline || (file.content_type.startsWith("image/") && Number(file.size) >= SMALLEST_PICTURE);
}

/** The wanted files of the entry, or none when together they are over `most` bytes; the names say so then. */
export async function filesOf(
  { tx, stage }: Unit,
  entryId: number,
  most = MOST_ATTACHED,
  isWanted: (file: AttachmentRow) => boolean = isWorthSending,
): Promise<EntryFiles> {
  const rows = (await attachmentsOf(tx, entryId)).filter(isWanted);
  const total = rows.reduce((sum, { size }) => sum + Number(size), 0);
  if (rows.length === 0) return { attachments: [], names: [] };
  if (total > most) return { attachments: [], names: rows.map(({ filename }) => `${filename} (too large to attach)`) };
  const raw = await getRaw(tx, rows[0]!.raw_sha256);
  const attachments = [];
  for (const { filename, content_type: contentType, part } of rows) {
    attachments.push(sendable({ filename, contentType, content: await stage.readPart(raw, part) }));
  }
  return { attachments, names: rows.map(({ filename }) => filename) };
}
