/** The acknowledgement: once a ticket, and only where RFC 3834 and the budgets allow it. Why not is an event, too. */
import { ackCounts } from "../db/budget.ts";
import { ourAddresses } from "../db/desk.ts";
import type { EntryRow } from "../db/entry.ts";
import { insertEvent } from "../db/event.ts";
import { inboundById } from "../db/inbound.ts";
import { overBudget } from "../desk/budget.ts";
import { acknowledgement } from "../desk/notice.ts";
import type { Cause, Ticket } from "../desk/types.ts";
import { domainOf, isNoReply } from "../mail/address.ts";
import { mayAnswerAutomatically } from "../mail/automatic.ts";
import type { InboundMessage } from "../mail/types.ts";
import { customerFacts } from "./letters.ts";
import { Leak, writeDelivery } from "./mail-out.ts";
import { inPart, type Unit } from "./stage.ts";

export async function acknowledge(
  unit: Unit,
  ticket: Ticket,
  message: InboundMessage | undefined,
  entry: EntryRow | undefined,
): Promise<void> {
  const cause = { kind: "message", detail: entry?.inbound_id ? `inbound ${entry.inbound_id}` : "no message" } as const;
  const against = (await reasonAgainst(unit, ticket, message, entry)) ?? (await write(unit, ticket, entry, cause));
  if (!against) return;
  const event = { name: "not acknowledged", actor: { kind: "postern" }, cause, detail: against } as const;
  await insertEvent(unit.tx, ticket.id, event, unit.now);
}

/** Returns why it was not written: a mail that may not leave must not hold up the routing of the ticket. */
async function write(
  unit: Unit,
  ticket: Ticket,
  entry: EntryRow | undefined,
  cause: Cause,
): Promise<string | undefined> {
  try {
    await inPart(unit, (part) => writeAcknowledgement(part, ticket, entry, cause));
    return undefined;
  } catch (error) {
    if (!(error instanceof Leak)) throw error;
    return error.message;
  }
}

async function writeAcknowledgement(
  unit: Unit,
  ticket: Ticket,
  entry: EntryRow | undefined,
  cause: Cause,
): Promise<void> {
  const facts = await customerFacts(unit, ticket);
  const draft = {
    kind: "ack",
    cause: `ticket ${ticket.id}`,
    recipient: ticket.customer.address,
    ticketId: ticket.id,
    entryId: entry?.id ?? null,
    agentId: null,
    audience: "customer",
    supportAddress: ticket.supportAddress,
    mailbox: ticket.mailbox,
  } as const;
  const id = await writeDelivery(unit, draft, () => acknowledgement(facts));
  if (id !== undefined)
    await insertEvent(
      unit.tx,
      ticket.id,
      {
        name: "acknowledged",
        actor: { kind: "postern" },
        cause,
        new: ticket.customer.address,
        detail: `delivery ${id}`,
      },
      unit.now,
    );
}

async function reasonAgainst(
  unit: Unit,
  ticket: Ticket,
  message: InboundMessage | undefined,
  entry: EntryRow | undefined,
): Promise<string | undefined> {
  const { tx, desk, now, stage } = unit;
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
  const { address } = ticket.customer;
  if (isNoReply(address)) return `${address} is an address that nobody reads`;
  return overBudget(desk, domainOf(address), await ackCounts(tx, address, domainOf(address), now));
}
