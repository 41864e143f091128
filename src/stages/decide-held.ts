/** Decisions about held and quarantined messages on the command line. */
import { lockInbound, updateInbound } from "../db/inbound.ts";
import { acceptSpam, spamTicketOf } from "./not-spam.ts";
import { record } from "./record.ts";
import { blockHeld, type Decided, settleHeld } from "./settle-held.ts";
import { inUnit, type Stage } from "./stage.ts";

/** `accept`: it belongs to its ticket and the sender takes part; `new`: a ticket of its own. */
export async function decideHeld(stage: Stage, id: number, decision: "accept" | "new"): Promise<Decided> {
  const by = { kind: "cli", detail: `postern inbound ${decision}` } as const;
  return await inUnit(stage, async (unit) => {
    const row = await lockInbound(unit.tx, id);
    const spam = row && (await spamTicketOf(unit, row));
    if (!row || !spam) return await settleHeld(unit, id, decision, by, record);
    if (decision === "accept") return await acceptSpam(unit, row, spam, by);
    return {
      refused: `Message ${id} is in ${spam.publicNumber}, put aside as spam. Bring both back: postern inbound accept ${id}`,
    };
  });
}

/** Quarantines the message and whatever else this sender mails. */
export async function blockSender(stage: Stage, id: number): Promise<Decided> {
  return await inUnit(stage, (unit) =>
    blockHeld(unit, id, { actor: { kind: "admin" }, cause: { kind: "cli", detail: "postern inbound" } }),
  );
}

/** Reads a quarantined message again: the poll role takes it from here. A message left on the server is fetched again. */
export async function retryInbound(stage: Stage, id: number): Promise<Decided> {
  return await inUnit(stage, async ({ tx }) => {
    const row = await lockInbound(tx, id);
    if (!row) return { refused: `There is no message ${id}.`, missing: true };
    if (row.state !== "quarantined") return { refused: `Message ${id} is not quarantined, it is ${row.state}.` };
    if (row.entry_id !== null)
      return { refused: `Message ${id} was read, and put aside as spam. Bring it back: postern inbound accept ${id}` };
    if (row.raw_sha256 === null) {
      await tx("inbound").where({ id }).delete();
      return {
        done: `Message ${id} will be looked at again on the server; with the same max_size it comes back to this list.`,
      };
    }
    await updateInbound(tx, id, {
      state: "stored",
      verdict: null,
      reason: null,
      recorded_at: null,
      parse_attempts: 0,
      not_before: 0,
    });
    return { done: `Message ${id} will be read again.` };
  });
}
