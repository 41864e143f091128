/** `#spam` and `#resend`: mail that is put aside with its ticket, and mail that failed and is sent again. */
import { applyChanges } from "../db/apply.ts";
import { type DeliveryRow, deliveryById, lastFailedReply, resendDelivery } from "../db/delivery.ts";
import { entriesOf } from "../db/entry.ts";
import { insertEvent } from "../db/event.ts";
import { inboundById, updateInbound } from "../db/inbound.ts";
import type { CausedChange, Cause } from "../desk/types.ts";
import type { ActDone, Acting } from "./acting.ts";
import { lifeOf } from "./acts-between.ts";
import { Refused } from "./refused.ts";

/** As a rule does it: closed without a word, its messages quarantined, in no list but that of spam. */
export async function setAside({ recording: { unit }, ticket, agent, actor }: Acting): Promise<ActDone> {
  const { tx, ids, now } = unit;
  if (ticket.spam) return { result: "it was put aside already", undo: [] };
  const cause: Cause = { kind: "command", detail: "#spam" };
  const changes: CausedChange[] = [
    { change: { change: "set-spam", to: true }, cause },
    { change: { change: "set-status", to: "closed" }, cause },
  ];
  await applyChanges(tx, ticket.id, changes, actor, ids, now);
  const messages = [];
  for (const entry of await entriesOf(tx, ticket.id)) {
    const row = entry.kind === "message" && entry.inbound_id !== null ? await inboundById(tx, entry.inbound_id) : null;
    if (row?.state !== "recorded") continue;
    const { id, state, verdict, reason } = row;
    messages.push({ id, state, verdict, reason });
    await updateInbound(tx, id, {
      state: "quarantined",
      verdict: "quarantine",
      reason: `${agent.key} says that it is spam`,
    });
  }
  const undoCause: Cause = { kind: "command", detail: "#undo" };
  return {
    result: "put aside as spam, and closed without a word",
    undo: [
      { undo: "readmit", messages },
      { change: { change: "set-spam", to: false }, cause: undoCause },
      ...lifeOf(ticket),
    ],
  };
}

/** The mail whose failure is answered, else the newest of this ticket that did not arrive: same bytes, same Message-ID (I5). */
export async function resendFailed(acting: Acting): Promise<ActDone> {
  const { ticket, actor, recording } = acting;
  const { tx, now, bells } = recording.unit;
  const failed = (await answeredFailure(acting)) ?? (await lastFailedReply(tx, ticket.id));
  if (!failed) throw new Refused(`every answer in ${ticket.publicNumber} has arrived or is on its way`);
  if (failed.bounced_at !== null && failed.state === "accepted")
    throw new Refused(`the mail to ${failed.recipient} was accepted and came back later; write it anew`);
  if (!(await resendDelivery(tx, failed.id, now)))
    throw new Refused(`the mail to ${failed.recipient} is ${failed.state}; only one that failed can be sent again`);
  const name = `${failed.kind} sent again`;
  const cause = { kind: "command", detail: "#resend" } as const;
  await insertEvent(tx, ticket.id, { name, actor, cause, old: failed.state, new: failed.recipient }, now);
  bells.push({ queue: "deliver", id: failed.id, epoch: failed.epoch + 1 });
  return { result: `the mail to ${failed.recipient} is sent again`, undo: [], deliveries: [failed.id] };
}

/** The mail that tells of a failure has it in its cause. */
async function answeredFailure({ recording: { unit, token }, ticket }: Acting): Promise<DeliveryRow | undefined> {
  const told = token?.genuine ? await deliveryById(unit.tx, token.deliveryId) : undefined;
  const id = /^delivery (\d+), try /.exec(told?.cause ?? "")?.[1];
  const failed = id === undefined ? undefined : await deliveryById(unit.tx, Number(id));
  return failed?.ticket_id === ticket.id ? failed : undefined;
}
