/** Commands that ran: once each, forever, and what it takes to undo them. */
import type { CausedChange } from "../desk/types.ts";
import type { Db } from "./connect.ts";
import { sha256 } from "./raw.ts";

/** True when none of these keys was seen before (I7: once per token and body, once per From and Message-ID, forever). */
export async function firstSight(tx: Db, keys: readonly string[], inboundId: number, now: number): Promise<boolean> {
  let first = true;
  for (const key of keys) {
    const hash = sha256(`command:${key}`);
    await tx("command_seen").insert({ hash, inbound_id: inboundId, at: now }).onConflict("hash").merge({ hash });
    const row = await tx("command_seen").where({ hash }).first("inbound_id");
    if (Number(row.inbound_id) !== inboundId) first = false;
  }
  return first;
}

/** What was seen is not spent: the mail was held, and the same words may come again in a new one. */
export async function forgetSight(tx: Db, inboundId: number): Promise<void> {
  await tx("command_seen").where({ inbound_id: inboundId }).delete();
}

export type CommandRun = {
  id: number;
  ticketId: number;
  inboundId: number | null;
  agentId: number;
  commands: string[];
  inverse: CausedChange[];
  seqAfter: number;
  deliveries: number[];
  at: number;
};

export async function insertCommandRun(tx: Db, run: Omit<CommandRun, "id">): Promise<number> {
  const [row] = await tx("command_run")
    .insert({
      ticket_id: run.ticketId,
      agent_id: run.agentId,
      inbound_id: run.inboundId,
      at: run.at,
      commands: JSON.stringify(run.commands),
      inverse: JSON.stringify(run.inverse),
      seq_after: run.seqAfter,
      deliveries: JSON.stringify(run.deliveries),
    })
    .returning("id");
  return row.id;
}

/** The agent's last run on this ticket that has not been undone. */
export async function lastCommandRun(tx: Db, ticketId: number, agentId: number): Promise<CommandRun | undefined> {
  const row = await tx("command_run")
    .where({ ticket_id: ticketId, agent_id: agentId, undone_at: null })
    .orderBy("id", "desc")
    .first();
  if (!row) return undefined;
  const parsed = {
    commands: JSON.parse(row.commands),
    inverse: JSON.parse(row.inverse),
    deliveries: JSON.parse(row.deliveries),
  };
  return {
    id: row.id,
    ticketId,
    inboundId: row.inbound_id,
    agentId,
    seqAfter: row.seq_after,
    at: Number(row.at),
    ...parsed,
  };
}

/** What the commands of one message did, a line each: `#close: closes when your reply is accepted`. */
export async function commandsOf(db: Db, inboundId: number): Promise<string[]> {
  const row = await db("command_run").where({ inbound_id: inboundId }).orderBy("id", "desc").first("commands");
  return row ? (JSON.parse(row.commands) as string[]) : [];
}

export async function markUndone(tx: Db, runId: number, now: number): Promise<void> {
  await tx("command_run").where({ id: runId }).update({ undone_at: now });
}

export async function countCommandRuns(db: Db, agentId: number): Promise<number> {
  const row = await db("command_run").where({ agent_id: agentId }).count({ n: "*" }).first();
  return Number(row?.n ?? 0);
}
