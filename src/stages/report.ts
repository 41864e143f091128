/**
 * Reports: bounces, complaints, read receipts, our own mail coming back, automatic answers to agents' notifications. Recorded;
 * a failure marks its delivery and is told to the agent; nothing else is acted on, and none of them reopens.
 */
import { markBounced } from "../db/delivery.ts";
import { insertEvent } from "../db/event.ts";
import type { InboundRow } from "../db/inbound.ts";
import { lockTicket } from "../db/ticket.ts";
import type { Verdict } from "../desk/types.ts";
import type { DeliveryReport, InboundMessage } from "../mail/types.ts";
import type { Recording } from "./recording.ts";
import { tellDeliveryFailed } from "./tell.ts";
import { tellNotSent } from "./tell-not-sent.ts";
import { addEntry } from "./thread.ts";

export async function recordReport(
  recording: Recording,
  verdict: Extract<Verdict, { verdict: "record-report" }>,
): Promise<Partial<InboundRow>> {
  const { unit, inbound, message } = recording;
  const { tx, now } = unit;
  const bounce = message.deliveryReport;
  const failed = bounce?.action === "failed";
  if (verdict.deliveryId !== null && bounce && failed) await markBounced(tx, verdict.deliveryId, sentence(bounce), now);
  if (verdict.ticketId === null) return {};
  const ticket = await lockTicket(tx, verdict.ticketId);
  const entryId = await addEntry(
    recording,
    ticket.id,
    "report",
    "postern",
    { name: message.from?.name ?? "", address: message.from?.address ?? "" },
    { marks: [message.nature.nature] },
  );
  const { name, detail } = eventOf(message, verdict.because);
  await insertEvent(
    tx,
    ticket.id,
    {
      name,
      actor: { kind: "postern" },
      cause: { kind: "message", detail: `inbound ${inbound.id}: ${verdict.because}` },
      new: `entry ${entryId}`,
      detail,
    },
    now,
  );
  if (verdict.deliveryId !== null && failed)
    await tellDeliveryFailed(unit, { deliveryId: verdict.deliveryId, ticket, why: detail });
  const agent = verdict.wroteIt === undefined ? undefined : unit.desk.agents[verdict.wroteIt];
  const why = `your mail was taken for a machine's: ${verdict.because}`;
  if (agent) await tellNotSent(unit, { ticket, agent, inbound, message, token: recording.token, why });
  return { ticket_id: ticket.id, entry_id: entryId };
}

/** The event of a report, for the history of the ticket. */
function eventOf(
  { deliveryReport, feedbackReport, readReceipt }: InboundMessage,
  because: string,
): { name: string; detail: string } {
  if (deliveryReport) {
    return { name: deliveryReport.action === "failed" ? "bounced" : "report", detail: sentence(deliveryReport) };
  }
  if (feedbackReport) {
    const { type, recipients } = feedbackReport;
    return { name: "complaint", detail: `${type}: ${recipients.join(", ") || "recipient not named"}`.slice(0, 1000) };
  }
  if (!readReceipt) return { name: "report", detail: because };
  const { disposition, recipient } = readReceipt;
  // Deleted unread is a receipt, and not that anybody has read.
  const name = disposition === "displayed" ? "read" : "report";
  return { name, detail: [disposition, recipient].filter(Boolean).join(": ").slice(0, 1000) };
}

function sentence({ action, recipients, status, diagnostic }: DeliveryReport): string {
  return [`${action}: ${recipients.join(", ") || "recipient not named"}`, status, diagnostic]
    .filter(Boolean)
    .join(", ")
    .slice(0, 1000);
}
