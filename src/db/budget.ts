/** How many automatic mails went out lately; counted in the transaction that writes the next one. */
import type { AckCounts } from "../desk/budget.ts";
import type { EmailAddress } from "../mail/types.ts";
import { ANSWERS, countAnswers } from "./delivery.ts";
import { type Db, isSqlite } from "./connect.ts";

const HOUR = 3600_000;
const DAY = 24 * HOUR;
/** Keeps our advisory locks apart from other programs' in the same database. */
const ACK_LOCK = 0x706f7374;

/** Locks the domain's budget until the transaction ends: two that count at the same moment would both find room. */
export async function automaticCounts(
  tx: Db,
  recipient: EmailAddress,
  domain: string,
  now: number,
): Promise<AckCounts> {
  if (!isSqlite(tx)) await tx.raw("select pg_advisory_xact_lock(?, hashtext(?))", [ACK_LOCK, domain]);
  return {
    senderHour: await countAnswers(tx, { recipient }, now - HOUR),
    senderDay: await countAnswers(tx, { recipient }, now - DAY),
    domainHour: await countAnswers(tx, { recipient_domain: domain }, now - HOUR),
    allHour: await countAnswers(tx, {}, now - HOUR),
    weeklyMedian: await weeklyMedian(tx, now),
  };
}

const HOURS_A_WEEK = 7 * 24;

async function weeklyMedian(tx: Db, now: number): Promise<number | undefined> {
  const first = await tx("delivery").whereIn("kind", ANSWERS).min({ created_at: "created_at" }).first();
  if (!first?.created_at || now - Number(first.created_at) < 7 * DAY) return undefined;
  const rows: { n: number }[] = await tx("delivery")
    .whereIn("kind", ANSWERS)
    .where("created_at", ">=", now - 7 * DAY)
    .groupByRaw(`created_at / ${HOUR}`)
    .select(tx.raw("count(*) as n"));
  const counts = rows
    .map(({ n }) => Number(n))
    .concat(Array(Math.max(0, HOURS_A_WEEK - rows.length)).fill(0))
    .sort((a, b) => a - b);
  return counts[Math.floor(counts.length / 2)] ?? 0;
}
