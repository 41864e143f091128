/**
 * May automatic mail go to the ticket's customer now? Two questions: an answer to a message is judged by that message (RFC
 * 3834), a mail that nobody's message has asked for by what is known of the customer. Both by the budgets. Anything that is
 * not known for certain means no.
 */
import { automaticCounts } from "../db/budget.ts";
import { ourAddresses } from "../db/desk.ts";
import { AUTOMATIC, type EntryRow } from "../db/entry.ts";
import { inboundById } from "../db/inbound.ts";
import { findMessageRef } from "../db/message-ref.ts";
import { overBudget } from "../desk/budget.ts";
import type { Ticket } from "../desk/types.ts";
import { domainOf, isNoReply } from "../mail/address.ts";
import { mayAnswerAutomatically } from "../mail/automatic.ts";
import { answeredIds } from "../mail/threading.ts";
import type { InboundMessage } from "../mail/types.ts";
import type { Unit } from "./stage.ts";

export type Answered = {
  readonly message: InboundMessage | undefined;
  readonly entry: EntryRow | undefined;
  /** The message opened the ticket. Otherwise one that answers an automatic mail of ours gets none: that is how loops begin. */
  readonly opens: boolean;
};

/** Why the message may not be answered automatically, in words for the event; undefined when it may. */
export async function whyNotAnswer(
  unit: Unit,
  ticket: Ticket,
  { message, entry, opens }: Answered,
): Promise<string | undefined> {
  const { tx, desk, stage } = unit;
  if (!message || !entry?.inbound_id) return "nobody wrote a mail";
  if ((await inboundById(tx, entry.inbound_id))?.quiet)
    return "the mail is older than a week and came with a rebuilt mailbox";
  const context = {
    ourAddresses: ourAddresses(desk),
    loopMark: stage.settings.loopMark,
    ownListIds: desk.ownListIds,
    forwarders: desk.forwarders,
  };
  const allowed = mayAnswerAutomatically(message, context);
  if ("no" in allowed) return allowed.because;
  const answers = opens ? undefined : await findMessageRef(tx, answeredIds(message).slice(0, 1));
  if (answers?.kind === "automatic") return "it answers an automatic mail of ours";
  return await whyNotNow(unit, ticket);
}

/** The same for a mail that no message has asked for: a rule of the clock, or of an agent's answer. */
export async function whyNotWrite(unit: Unit, ticket: Ticket): Promise<string | undefined> {
  const { address } = ticket.customer;
  const last = await unit
    .tx("inbound")
    .join("entry", "entry.inbound_id", "inbound.id")
    .where({ "entry.ticket_id": ticket.id, "entry.kind": "message" })
    // A form writes for the customer, from an address of its own.
    .where(
      (theirs) => void theirs.where({ "entry.author_address": address }).orWhere({ "entry.author_kind": "customer" }),
    )
    .whereNot("entry.marks", "like", `%"${AUTOMATIC}"%`)
    .orderBy("entry.seq", "desc")
    .first("inbound.nature", "inbound.auth");
  if (!last) return "the customer has never written to us in this ticket";
  if (last.nature !== "correspondence") return `the customer's last message is no correspondence (${last.nature})`;
  if (String(last.auth).startsWith("fail")) return "the customer's last message may be somebody else's";
  const acknowledged = await unit
    .tx("delivery")
    .where({ ticket_id: ticket.id, kind: "ack", recipient: address, bounced_at: null })
    .first("id");
  if (!acknowledged && ticket.lastAgentAt === null) return "the ticket was neither acknowledged nor answered before";
  return await whyNotNow(unit, ticket);
}

async function whyNotNow({ tx, desk, now }: Unit, { customer: { address } }: Ticket): Promise<string | undefined> {
  if (isNoReply(address)) return `${address} is an address that nobody reads`;
  return overBudget(desk, domainOf(address), await automaticCounts(tx, address, domainOf(address), now));
}
