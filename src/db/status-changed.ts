/**
 * Rules of `status_changed` look at a ticket whose status has changed at the hand of a human, by mail, or of the clock.
 * Never of a rule: two rules could change it to and fro for ever. A row is written only where the desk has such a rule.
 */
import type { Cause, Desk } from "../desk/types.ts";
import type { Db } from "./connect.ts";
import { insertRoute } from "./route.ts";

const hasRules = ({ rules }: Desk): boolean => rules.some((rule) => rule.enabled && rule.when === "status_changed");

/** Leaves a row for the rules, in the transaction of the change. */
export async function noteStatusChanged(
  tx: Db,
  desk: Desk,
  ticketId: number,
  cause: Cause,
  now: number,
): Promise<void> {
  if (cause.kind === "rule" || !hasRules(desk)) return;
  await insertRoute(tx, { ticketId, entryId: null, trigger: "status_changed" }, now);
}

/** Ids of such rows that this transaction has written, to ring for; perhaps also of another that wrote at the same moment. */
export async function statusChangedRows(tx: Db, desk: Desk, now: number): Promise<number[]> {
  if (!hasRules(desk)) return [];
  const rows = tx("route").where({ trigger: "status_changed", state: "pending", created_at: now });
  return await rows.orderBy("id").pluck("id");
}
