/** The acknowledgement: once a ticket, and only where RFC 3834 and the budgets allow it. Why not is an event, too. */
import type { EntryRow } from "../db/entry.ts";
import { insertEvent } from "../db/event.ts";
import { acknowledgement } from "../desk/notices/notice.ts";
import { cannedText } from "../desk/notices/notice-canned.ts";
import type { CustomerFacts } from "../desk/notices/notice-facts.ts";
import type { Cause, Ticket } from "../desk/types.ts";
import { type Answered, whyNotAnswer } from "./automatic.ts";
import { answerable } from "./effects-people.ts";
import { customerFacts } from "./letters.ts";
import { Leak, writeDelivery } from "./mail-out.ts";
import { inPart, type Unit } from "./stage.ts";

/** What was decided before: a rule wants no acknowledgement, or the message is not taken at all. */
export type Silence = { readonly cause: Cause; readonly because: string };

/**
 * Writes the acknowledgement of a ticket that a message opened, or the event that says why there is none. The text of the
 * ticket's topic stands in it, where the topic has one.
 */
export async function acknowledge(
  unit: Unit,
  ticket: Ticket,
  { message, entry }: Omit<Answered, "opens">,
  silence?: Silence,
): Promise<void> {
  const cause: Cause = { kind: "message", detail: entry?.inbound_id ? `inbound ${entry.inbound_id}` : "no message" };
  const answered = { message: message && answerable(message, ticket, unit.desk), entry, opens: true };
  const against =
    silence?.because ?? (await whyNotAnswer(unit, ticket, answered)) ?? (await write(unit, ticket, entry, cause));
  if (!against) return;
  const event = { name: "not acknowledged", actor: { kind: "postern" }, cause: silence?.cause ?? cause } as const;
  await insertEvent(unit.tx, ticket.id, { ...event, detail: against }, unit.now);
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
  const id = await writeDelivery(unit, draft, () =>
    acknowledgement({ ...facts, text: topicText(unit, ticket, facts) }),
  );
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

/** The canned text of the topic. One that cannot be rendered is left out: the usual sentence is true as well. */
function topicText(unit: Unit, ticket: Ticket, facts: CustomerFacts): string | undefined {
  const key = ticket.topic === null ? undefined : unit.desk.topics[ticket.topic]?.template;
  if (key === undefined) return undefined;
  try {
    return cannedText(facts, key);
  } catch (err) {
    unit.stage.log.warn({ err, topic: ticket.topic, canned: key }, "the topic's text could not be written");
    return undefined;
  }
}
