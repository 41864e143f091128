/** Route rows: one for each ticket that the rules have to look at. The job in the queue only carries their id. */
import type { StoredTrace } from "../desk/explain/explain.ts";
import type { Trigger } from "../desk/types.ts";
import type { Db } from "./connect.ts";

export type RouteRow = {
  id: number;
  ticket_id: number;
  entry_id: number | null;
  trigger: Trigger;
  state: "pending" | "done";
  plus_tag: string | null;
  attempts: number;
  not_before: number;
  error: string | null;
  desk_version_id: number | null;
  trace: string | null;
  created_at: number;
  done_at: number | null;
  reopened: number;
};

export async function insertRoute(
  tx: Db,
  route: { ticketId: number; entryId: number | null; trigger: Trigger; plusTag?: string; reopened?: boolean },
  now: number,
): Promise<number> {
  const [row] = await tx("route")
    .insert({
      ticket_id: route.ticketId,
      entry_id: route.entryId,
      trigger: route.trigger,
      state: "pending",
      plus_tag: route.plusTag ?? null,
      reopened: route.reopened ? 1 : 0,
      created_at: now,
    })
    .returning("id");
  return row.id;
}

/** The row when it still waits, locked for this transaction. */
export async function lockPendingRoute(tx: Db, id: number): Promise<RouteRow | undefined> {
  const query = tx<RouteRow>("route").where({ id, state: "pending" }).first();
  return await (String(tx.client.config.client) === "pg" ? query.forUpdate() : query);
}

export async function finishRoute(
  tx: Db,
  id: number,
  deskVersion: number,
  trace: StoredTrace,
  now: number,
): Promise<void> {
  await tx("route")
    .where({ id })
    .update({ state: "done", desk_version_id: deskVersion, trace: JSON.stringify(trace), done_at: now, error: null });
}

/** A try that failed: it waits until `notBefore`, and its reason is visible. It is never given up. */
export async function failRoute(db: Db, id: number, error: string, notBefore: number): Promise<void> {
  await db("route")
    .where({ id, state: "pending" })
    .update({ error, not_before: notBefore, attempts: db.raw("attempts + 1") });
}

/** What is stored of a finished row. */
export type RouteRecord = StoredTrace;

/** Why a ticket got this topic: `"log in" in the subject`, `rule "Login words"`. Undefined when no trace says it. */
export async function topicReason(db: Db, ticketId: number, topic: string): Promise<string | undefined> {
  const traces: string[] = await db("route")
    .where({ ticket_id: ticketId, state: "done" })
    .where("trace", "like", '%"field":"topic"%')
    .orderBy("id", "desc")
    .pluck("trace");
  const steps = traces.flatMap((trace) => (JSON.parse(trace) as RouteRecord).steps ?? []);
  const because = steps.find(({ field, value }) => field === "topic" && value === topic)?.because;
  return because?.replace(/^topic /, "");
}

export async function dueRoutes(db: Db, now: number, limit: number): Promise<number[]> {
  return await db("route")
    .where({ state: "pending" })
    .where("not_before", "<=", now)
    .orderBy("id")
    .limit(limit)
    .pluck("id");
}

export async function routesOf(db: Db, ticketId: number): Promise<RouteRow[]> {
  return await db("route").where({ ticket_id: ticketId }).orderBy("id").select();
}
