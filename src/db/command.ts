/** Commands that ran: once each, forever, and what it takes to undo them. */
import type { CausedChange } from "../desk/types.ts";
import type { InboundRow } from "./inbound.ts";
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

/**
 * One step of taking commands back: a change of the run's ticket, or what an act has done. stages/undo-step.ts carries them
 * out in their order, after every `unchanged` was found true. Ids, never numbers for people.
 */
export type UndoStep =
  | CausedChange
  /** Nothing may have happened to another ticket that the run touched since its event `seq`. */
  | { readonly undo: "unchanged"; readonly ticket: number; readonly seq: number }
  /** The run's ticket was merged, and is parted from the other again. */
  | { readonly undo: "unmerge"; readonly ticket: number }
  /** Changes of another ticket. */
  | { readonly undo: "restore"; readonly ticket: number; readonly changes: readonly CausedChange[] }
  /** What was moved to a ticket of its own comes back. */
  | { readonly undo: "join"; readonly ticket: number }
  | { readonly undo: "unlink"; readonly other: number }
  /** Hashes of Message-IDs (message-ref.ts) that lead to the run's ticket again. */
  | { readonly undo: "unbar"; readonly hashes: readonly string[] }
  /** Messages that were quarantined with the ticket, as they were. */
  | { readonly undo: "readmit"; readonly messages: readonly Pick<InboundRow, "id" | "state" | "verdict" | "reason">[] }
  /** Takes no part any more, unless an entry with a higher id is theirs. */
  | { readonly undo: "leave"; readonly address: string; readonly lastEntry: number }
  /** Messages that were a participant's since `#accept` are a stranger's again. */
  | { readonly undo: "disown"; readonly entries: readonly number[] }
  /** The run opened the ticket, which is put aside. It stands alone: whatever else the run did is done with (undo-opened.ts). */
  | { readonly undo: "set-aside" }
  /** `#accept always` is forgotten. */
  | { readonly undo: "forget-domain"; readonly addressId: number; readonly domain: string };

export type CommandRun = {
  id: number;
  ticketId: number;
  inboundId: number | null;
  agentId: number;
  commands: string[];
  inverse: UndoStep[];
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

/**
 * The agent's last run on this ticket that has not been undone. Mails about words that were moved are answered where the
 * words are now: so it may be a run on another ticket (`others`) that merged it into this one, or split this one off.
 */
export async function lastCommandRun(
  tx: Db,
  ticketId: number,
  agentId: number,
  others: readonly number[] = [],
): Promise<CommandRun | undefined> {
  const rows: RunRow[] = await tx("command_run")
    .whereIn("ticket_id", [ticketId, ...others])
    .where({ agent_id: agentId, undone_at: null })
    .orderBy("id", "desc")
    .select();
  return rows.map(toRun).find((run) => run.ticketId === ticketId || hasMoved(run, ticketId));
}

const hasMoved = ({ ticketId, inverse }: CommandRun, here: number): boolean =>
  inverse.some(
    (step) =>
      "undo" in step &&
      ((step.undo === "unmerge" && step.ticket === ticketId) || (step.undo === "join" && step.ticket === here)),
  );

/** What one message did and was not undone, the last first: an answer to a list acts on several tickets. */
export async function commandRunsOf(tx: Db, inboundId: number, agentId: number): Promise<CommandRun[]> {
  const rows: RunRow[] = await tx("command_run")
    .where({ inbound_id: inboundId, agent_id: agentId, undone_at: null })
    .orderBy("id", "desc")
    .select();
  return rows.map(toRun);
}

/**
 * What one message did belongs together: of each ticket, also of another that a run touched, nothing is counted as later that
 * the same message did. `seqs`: the tickets' events as they are at its end.
 */
export async function endRuns(tx: Db, runs: readonly CommandRun[], seqs: ReadonlyMap<number, number>): Promise<void> {
  for (const { id, ticketId, seqAfter, inverse } of runs) {
    const steps = inverse.map((step) =>
      "undo" in step && step.undo === "unchanged" ? { ...step, seq: seqs.get(step.ticket) ?? step.seq } : step,
    );
    await tx("command_run")
      .where({ id })
      .update({ seq_after: seqs.get(ticketId) ?? seqAfter, inverse: JSON.stringify(steps) });
  }
}

/** The tickets that a run changed, its own first. */
export const ticketsOf = ({ ticketId, inverse }: CommandRun): number[] => [
  ticketId,
  ...inverse.flatMap((step) => ("undo" in step && step.undo === "unchanged" ? [step.ticket] : [])),
];

type RunRow = Record<"id" | "ticket_id" | "agent_id" | "at" | "seq_after", number> &
  Record<"commands" | "inverse" | "deliveries", string> & { inbound_id: number | null };

const toRun = (row: RunRow): CommandRun => ({
  id: row.id,
  ticketId: row.ticket_id,
  inboundId: row.inbound_id,
  agentId: row.agent_id,
  commands: JSON.parse(row.commands) as string[],
  inverse: JSON.parse(row.inverse) as UndoStep[],
  seqAfter: Number(row.seq_after),
  deliveries: JSON.parse(row.deliveries) as number[],
  at: Number(row.at),
});

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
