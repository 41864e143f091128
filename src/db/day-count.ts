/** What came in on a day, and what waits or failed: the questions behind the daily count. Moments are UTC milliseconds. */
import type { Knex } from "knex";
import type { StateCount } from "../desk/notices/day-count.ts";
import type { Db } from "./connect.ts";
import type { DeliveryRow } from "./delivery.ts";
import type { InboundRow } from "./inbound.ts";
import { listMailboxes, type MailboxRow } from "./mailbox.ts";
import type { WebhookCall } from "./webhook.ts";

/** `to` is no part of the day. */
export type Day = { readonly from: number; readonly to: number };

/** Nobody reads more than this of one kind; a further one is still counted. */
const MOST = 1_000;
/** A mail that has waited for longer than this is named. */
const SLOW_MS = 3600_000;

/** Messages first seen on that day by mailbox, and again by what they are in by now. Mailboxes without any are there, too. */
export async function messagesOf(
  db: Db,
  { from, to }: Day,
): Promise<{ seen: { mailbox: string; n: number }[]; states: StateCount[] }> {
  const ofDay = () => db("inbound").where("stored_at", ">=", from).where("stored_at", "<", to);
  const counted = await ofDay().groupBy("mailbox_id").select("mailbox_id", db.raw("count(*) as n"));
  const grouped = await ofDay()
    .groupBy("mailbox_id", "state", "verdict")
    .select("mailbox_id", "state", "verdict", db.raw("count(*) as n"));
  const boxes = await listMailboxes(db);
  const nameOf = (id: number): string => boxes.find((box) => box.id === id)?.name ?? `mailbox ${id}`;
  return {
    seen: boxes.map(({ id, name }) => ({
      mailbox: name,
      n: Number(counted.find(({ mailbox_id }) => mailbox_id === id)?.n ?? 0),
    })),
    states: grouped.map(({ mailbox_id, state, verdict, n }) => ({
      mailbox: nameOf(mailbox_id),
      state,
      verdict,
      n: Number(n),
    })),
  };
}

export type Waiting = {
  /** Whatever day they came. */
  readonly stored: readonly InboundRow[];
  readonly held: readonly InboundRow[];
  /** Of that day. */
  readonly quarantined: readonly InboundRow[];
  /** Refused, uncertain or returned on that day. */
  readonly failed: readonly DeliveryRow[];
  /** Begun long ago, and not gone yet. */
  readonly slow: readonly DeliveryRow[];
  readonly webhooks: readonly WebhookCall[];
  readonly mailboxes: readonly MailboxRow[];
};

/** Everything of which somebody should know. Messages that came after the day are the next day's. */
export async function waitingAfter(db: Db, { from, to }: Day, now: number): Promise<Waiting> {
  const inbound = (state: string) => db("inbound").where({ state }).where("stored_at", "<", to).orderBy("id");
  const during = (column: string) => (query: Knex.QueryBuilder) =>
    void query.where(column, ">=", from).where(column, "<", to);
  return {
    stored: await inbound("stored").limit(MOST),
    held: await inbound("held").limit(MOST),
    quarantined: await inbound("quarantined").where("stored_at", ">=", from).limit(MOST),
    failed: await db("delivery")
      .where((one) => void one.whereIn("state", ["rejected", "uncertain"]).where(during("done_at")))
      .orWhere(during("bounced_at"))
      .orderBy("id")
      .limit(MOST),
    slow: await db("delivery")
      .whereIn("state", ["pending", "sending"])
      .where("created_at", "<", now - SLOW_MS)
      .where((one) => void one.where("attempts", ">", 0).orWhere("not_before", "<", now - SLOW_MS))
      .orderBy("id")
      .limit(MOST),
    webhooks: await db("webhook_call").where({ state: "failed" }).where(during("done_at")).limit(MOST),
    mailboxes: await listMailboxes(db),
  };
}
