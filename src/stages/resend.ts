/** A human sends an uncertain, rejected or cancelled mail again: same bytes, same Message-ID, one more attempt (I5). */
import { deliveryById, resendDelivery } from "../db/delivery.ts";
import { insertEvent } from "../db/event.ts";
import { lockTicket } from "../db/ticket.ts";
import type { Decided } from "./settle-held.ts";
import { inUnit, type Stage } from "./stage.ts";

export async function resend(stage: Stage, id: number): Promise<Decided> {
  return await inUnit(stage, async (unit) => {
    const before = await deliveryById(unit.tx, id);
    if (!before) return { refused: `There is no mail ${id}.`, missing: true };
    if (before.ticket_id) await lockTicket(unit.tx, before.ticket_id);
    if (!(await resendDelivery(unit.tx, id, unit.now)))
      return {
        refused: `Mail ${id} is ${before.state}; only uncertain, rejected and cancelled mails can be sent again.`,
      };
    if (before.ticket_id)
      await insertEvent(
        unit.tx,
        before.ticket_id,
        {
          name: `${before.kind} sent again`,
          actor: { kind: "admin" },
          cause: { kind: "cli", detail: "postern delivery resend" },
          new: before.recipient,
          old: before.state,
        },
        unit.now,
      );
    unit.bells.push({ queue: "deliver", id, epoch: before.epoch + 1 });
    return { done: `Mail ${id} to ${before.recipient} is sent again.` };
  });
}
