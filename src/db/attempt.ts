/**
 * Attempts at a delivery: pending -> sending -> accepted | rejected | uncertain. Claim, start of data, outcome and expiry each
 * take the delivery's row first, so that they exclude each other; the epoch is the fence of one claim.
 */
import type { SmtpOutcome } from "../mail/types.ts";
import type { Db, Transaction } from "./connect.ts";
import type { DeliveryRow } from "./delivery.ts";

export type AttemptRow = {
  id: number;
  delivery_id: number;
  epoch: number;
  worker: string;
  started_at: number;
  data_started_at: number | null;
  finished_at: number | null;
  outcome: string | null;
  response: string | null;
};

/** Compare-and-set from pending to sending; undefined when another worker has it, it is not due, or it is no longer wanted. */
export async function claimDelivery(
  tx: Transaction,
  id: number,
  epoch: number,
  worker: string,
  now: number,
): Promise<DeliveryRow | undefined> {
  const claimed = await tx("delivery")
    .where({ id, epoch, state: "pending" })
    .whereNotNull("raw_sha256")
    .where("not_before", "<=", now)
    .update({ state: "sending", claimed_by: worker, epoch: epoch + 1, attempts: tx.raw("attempts + 1") });
  if (claimed !== 1) return undefined;
  await tx("attempt").insert({ delivery_id: id, epoch: epoch + 1, worker, started_at: now });
  return await tx("delivery").where({ id }).first();
}

/** Takes the row of a claim that still is ours. */
async function hold(tx: Transaction, id: number, epoch: number): Promise<boolean> {
  return (await tx("delivery").where({ id, epoch, state: "sending" }).update({ state: "sending" })) === 1;
}

/** The first byte is about to leave: from here on no reply means uncertain. False when the claim was lost; nothing may be sent then. */
export async function startData(db: Db, id: number, epoch: number, now: number): Promise<boolean> {
  return await db.transaction(async (tx) => {
    if (!(await hold(tx, id, epoch))) return false;
    return (
      (await tx("attempt")
        .where({ delivery_id: id, epoch, data_started_at: null })
        .update({ data_started_at: now })) === 1
    );
  });
}

export type Settlement = {
  readonly state: DeliveryRow["state"];
  readonly notBefore?: number;
  readonly response: string;
};

/** Writes the outcome of one attempt. A reply that comes late still settles a delivery that the same attempt left uncertain. */
export async function settleAttempt(
  tx: Transaction,
  id: number,
  epoch: number,
  outcome: SmtpOutcome["kind"] | "aborted" | "expired",
  to: Settlement,
  now: number,
): Promise<boolean> {
  await tx("attempt").where({ delivery_id: id, epoch }).update({ finished_at: now, outcome, response: to.response });
  const done = to.state === "pending" ? null : now;
  const settled = await tx("delivery")
    .where({ id, epoch })
    .whereIn("state", ["sending", "uncertain"])
    .update({
      state: to.state,
      response: to.response,
      not_before: to.notBefore ?? now,
      done_at: done,
      claimed_by: null,
    });
  return settled === 1;
}

/** What a worker has claimed and not settled. */
export async function claimsOf(
  db: Db,
  worker: string,
): Promise<{ id: number; epoch: number; ticketId: number | null }[]> {
  return await db("delivery")
    .where({ state: "sending", claimed_by: worker })
    .orderBy("id")
    .select("id", "epoch", "ticket_id as ticketId");
}

/** Ends the claim of a worker that is gone: uncertain when data had begun, else free again behind a new epoch. Undefined: settled meanwhile. */
export async function expireClaim(
  tx: Transaction,
  id: number,
  epoch: number,
  now: number,
): Promise<"pending" | "uncertain" | undefined> {
  if (!(await hold(tx, id, epoch))) return undefined;
  const attempt: AttemptRow = await tx("attempt").where({ delivery_id: id, epoch }).first();
  const state = attempt.data_started_at === null ? "pending" : "uncertain";
  const response =
    state === "pending"
      ? "The sending process ended before the message began."
      : "The sending process ended after the message began and before the server's reply.";
  await settleAttempt(tx, id, epoch, "expired", { state, response }, now);
  if (state === "pending") await tx("delivery").where({ id, epoch }).increment("epoch", 1);
  return state;
}

export async function claimants(db: Db): Promise<string[]> {
  return await db("delivery").where({ state: "sending" }).whereNotNull("claimed_by").distinct().pluck("claimed_by");
}

export async function attemptsOf(db: Db, deliveryId: number): Promise<AttemptRow[]> {
  return await db("attempt").where({ delivery_id: deliveryId }).orderBy("epoch").select();
}
