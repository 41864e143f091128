/** Calls of webhooks: one row each, sent until it is done or given up. */
import type { Db } from "./connect.ts";

export type WebhookCall = {
  id: number;
  ticket_id: number;
  cause: string;
  url: string;
  body: string;
  state: "pending" | "done" | "failed";
  attempts: number;
  not_before: number;
  response: string | null;
  created_at: number;
  done_at: number | null;
};

export async function insertWebhookCall(
  tx: Db,
  call: { ticketId: number; cause: string; url: string; body: string },
  now: number,
): Promise<number> {
  const [row] = await tx("webhook_call")
    .insert({
      ticket_id: call.ticketId,
      cause: call.cause,
      url: call.url,
      body: call.body,
      state: "pending",
      created_at: now,
    })
    .returning("id");
  return row.id;
}

/** Calls that are due, oldest first: of each URL at most `perUrl`, so that one that does not answer holds up no other. */
export async function dueWebhookCalls(db: Db, now: number, perUrl: number, limit: number): Promise<WebhookCall[]> {
  const ranked = db("webhook_call")
    .where({ state: "pending" })
    .where("not_before", "<=", now)
    .select("*", db.raw("row_number() over (partition by url order by id) as place"));
  const rows = await db.from(ranked.as("due")).where("place", "<=", perUrl).orderBy("id").limit(limit).select();
  return rows.map(({ place: _place, ...row }) => row as WebhookCall);
}

/** What came of a try. A call that was settled meanwhile, by a human or by another process, stays as it is: false then. */
export async function settleWebhookCall(
  tx: Db,
  { id, attempts }: Pick<WebhookCall, "id" | "attempts">,
  outcome: { state: WebhookCall["state"]; response: string; notBefore?: number },
  now: number,
): Promise<boolean> {
  const changed = await tx("webhook_call")
    .where({ id, attempts, state: "pending" })
    .update({
      state: outcome.state,
      response: outcome.response,
      attempts: attempts + 1,
      not_before: outcome.notBefore ?? 0,
      done_at: outcome.state === "pending" ? null : now,
    });
  return changed === 1;
}

/** Sends a failed call again, with all its tries before it. False when there is no such failed call. */
export async function retryWebhookCall(db: Db, id: number): Promise<boolean> {
  const again = { state: "pending", attempts: 0, not_before: 0, done_at: null };
  return (await db("webhook_call").where({ id, state: "failed" }).update(again)) === 1;
}

export async function webhookCallById(db: Db, id: number): Promise<WebhookCall | undefined> {
  return await db("webhook_call").where({ id }).first();
}

/** Newest first, with the number of the ticket. */
export async function listWebhookCalls(
  db: Db,
  filter: { state?: string; limit: number },
): Promise<(WebhookCall & { ticket: string })[]> {
  const query = db("webhook_call")
    .join("ticket", "ticket.id", "webhook_call.ticket_id")
    .orderBy("webhook_call.id", "desc")
    .limit(filter.limit)
    .select("webhook_call.*", "ticket.public_number as ticket");
  return await (filter.state ? query.where({ "webhook_call.state": filter.state }) : query);
}
