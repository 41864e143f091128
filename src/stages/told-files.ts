/**
 * The files of an entry on their way to agents: as many as one mail can carry, the others as links to the web role, or named
 * with the command that reads them where it is not open to agents. Never for mail to customers.
 */
import { type AttachmentRow, attachmentsOf, entryById } from "../db/entry.ts";
import { getRaw } from "../db/raw.ts";
import type { LargeFile, NoticeFacts } from "../desk/notices/notice-facts.ts";
import { sendable } from "../desk/notices/notice.ts";
import { fileLink } from "../mail/file-link.ts";
import type { OutboundMessage } from "../mail/types.ts";
import { isWorthSending } from "./files.ts";
import type { Unit } from "./stage.ts";

/** A notification carries files up to this many bytes in all. */
const MOST_TOLD = 10_000_000;
/** Links to files are good for 30 days. */
const LINK_MS = 30 * 24 * 3600_000;

export type ToldFiles = Required<Pick<NoticeFacts["entry"], "attachments" | "largeFiles">> & {
  readonly files: OutboundMessage["attachments"];
};

/** Smaller files go first, so that one large file does not take the place of all others; names stay in the message's order. */
export async function toldFiles(unit: Unit, entryId: number): Promise<ToldFiles> {
  const rows = (await attachmentsOf(unit.tx, entryId)).filter(isWorthSending);
  const carried = new Set<number>();
  let left = MOST_TOLD;
  for (const { id, size } of rows.toSorted((a, b) => Number(a.size) - Number(b.size))) {
    if (Number(size) > left) break;
    left -= Number(size);
    carried.add(id);
  }
  const small = rows.filter(({ id }) => carried.has(id));
  const large = rows.filter(({ id }) => !carried.has(id));
  const inboundId = large.length === 0 ? null : ((await entryById(unit.tx, entryId))?.inbound_id ?? null);
  return {
    files: await read(unit, small),
    attachments: small.map(({ filename }) => filename),
    largeFiles: large.map((row) => largeFile(unit, row, inboundId)),
  };
}

async function read({ tx, stage }: Unit, rows: readonly AttachmentRow[]): Promise<OutboundMessage["attachments"]> {
  const attachments = [];
  let raw: { sha256: string; bytes: Buffer } | undefined;
  for (const { raw_sha256, part, filename, content_type: contentType } of rows) {
    if (raw?.sha256 !== raw_sha256) raw = { sha256: raw_sha256, bytes: await getRaw(tx, raw_sha256) };
    attachments.push(sendable({ filename, contentType, content: await stage.readPart(raw.bytes, part) }));
  }
  return attachments;
}

function largeFile({ stage, now }: Unit, { id, filename, size }: AttachmentRow, inboundId: number | null): LargeFile {
  const { webUrl, key } = stage.settings;
  const file = { name: filename, size: Number(size) };
  if (webUrl !== undefined) return { ...file, url: fileLink(webUrl, key, id, now + LINK_MS) };
  return inboundId === null ? file : { ...file, read: `postern inbound show ${inboundId} --raw` };
}
