/** Mails of commands that are about no ticket of their own: answers to lists, and new mails to the desk. */
import type { Db } from "./connect.ts";

/** The agent's last one of which something can still be taken back: the id of its inbound row. */
export async function lastCommandMail(tx: Db, agentId: number): Promise<number | undefined> {
  const row = await tx("command_run")
    .join("inbound", "inbound.id", "command_run.inbound_id")
    .where({ "command_run.agent_id": agentId, "command_run.undone_at": null, "inbound.verdict": "command-mail" })
    .orderBy("command_run.id", "desc")
    .first("command_run.inbound_id as id");
  return row ? Number(row.id) : undefined;
}

/** The agent's command mails that were stopped are settled once one is carried out: they have written anew. */
export async function settleStoppedMails(tx: Db, agentId: number, by: number, now: number): Promise<void> {
  await tx("inbound")
    .where({ state: "held", hold_reason: "command", ticket_id: null, agent_id: agentId })
    .whereNot({ id: by })
    .update({
      state: "recorded",
      hold_reason: null,
      decided: null,
      recorded_at: now,
      reason: tx.raw("reason || ?", [`; written anew as inbound ${by}`]),
    });
}
