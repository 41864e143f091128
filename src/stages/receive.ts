/**
 * Receive: stored bytes -> parsed -> judged -> recorded, in the order of the mailbox. Parsing runs in parallel, recording one by
 * one; a message that cannot be read is quarantined and the ones behind it go on (I2, I8).
 */
import { inboundById, type InboundRow, nextStored, updateInbound } from "../db/inbound.ts";
import { getRaw } from "../db/raw.ts";
import type { ParseResult } from "../parser/pool.ts";
import { backoffMs } from "./backoff.ts";
import { record } from "./record.ts";
import { inUnit, type Stage } from "./stage.ts";

export type ParseMessage = (raw: Buffer, row: InboundRow) => Promise<ParseResult>;

const BATCH = 64;
/** After this many failures of our own code the message is set aside, visibly. */
const MAX_TRIES = 5;

/** Records every stored message of a mailbox that is due. Returns how many were settled; rejects only when the store fails. */
export async function receive(
  stage: Stage,
  parse: ParseMessage,
  mailboxId: number,
  stopping: () => boolean,
): Promise<number> {
  let settled = 0;
  while (!stopping()) {
    const rows = await nextStored(stage.db, mailboxId, stage.now(), BATCH);
    if (rows.length === 0) return settled;
    const parsed = rows.map(async (row) => ({ row, result: await parseRow(stage, parse, row) }));
    for (const one of parsed) {
      const { row, result } = await one;
      if (stopping()) return settled;
      if (await settle(stage, row, result)) settled++;
    }
  }
  return settled;
}

/** No thread could be had: an outage of ours, which says nothing about the message. */
class Outage extends Error {}

/** Never rejects: bytes that are damaged must not block the messages behind them. */
async function parseRow(stage: Stage, parse: ParseMessage, row: InboundRow): Promise<ParseResult | Error> {
  try {
    const raw = await getRaw(stage.db, row.raw_sha256!);
    return await parse(raw, row).catch((error: Error) => new Outage(error.message, { cause: error }));
  } catch (error) {
    return error as Error;
  }
}

async function settle(stage: Stage, row: InboundRow, result: ParseResult | Error): Promise<boolean> {
  if (result instanceof Error) {
    await postpone(stage, row, result);
    return false;
  }
  if (!result.ok) {
    const reason = `could not be read: ${result.reason} (${result.detail})`;
    await updateInbound(stage.db, row.id, {
      state: "quarantined",
      verdict: "quarantine",
      reason,
      recorded_at: stage.now(),
    });
    stage.log.warn({ inbound: row.id, reason }, "message quarantined");
    return true;
  }
  try {
    await inUnit(stage, (unit) => record(unit, row.id, result.message));
    return true;
  } catch (error) {
    await postpone(stage, row, error as Error);
    return false;
  }
}

/** Our own failure: try again later, then set the message aside. A lost database rejects here and stops the round. */
async function postpone(stage: Stage, row: InboundRow, error: Error): Promise<void> {
  const before = (await inboundById(stage.db, row.id))?.parse_attempts ?? 0;
  // While an outage lasts the message waits; it is set aside only for what it did itself.
  const tries = error instanceof Outage ? Math.min(before + 1, MAX_TRIES - 1) : before + 1;
  stage.log.error({ inbound: row.id, tries, err: error }, "message could not be recorded");
  const later = { parse_attempts: tries, not_before: stage.now() + backoffMs(tries, { first: 500, most: 60_000 }) };
  const givenUp = {
    state: "quarantined" as const,
    verdict: "quarantine",
    reason: `could not be recorded: ${error.message}`,
    recorded_at: stage.now(),
  };
  await updateInbound(stage.db, row.id, tries >= MAX_TRIES ? { ...later, ...givenUp } : later);
}
