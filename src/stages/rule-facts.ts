/** What the rules are told of a ticket, gathered for any trigger; the engine itself fetches nothing. */
import type { Db } from "../db/connect.ts";
import type { EntryRow } from "../db/entry.ts";
import { inboundById } from "../db/inbound.ts";
import { mailboxById } from "../db/mailbox.ts";
import { customerFact } from "../db/people.ts";
import type { RouteRow } from "../db/route.ts";
import type { CustomerFact } from "../desk/rules/facts.ts";
import type { RouteFacts } from "../desk/rules/routing.ts";
import type { Ticket } from "../desk/types.ts";
import type { InboundMessage } from "../mail/types.ts";

/** What set the rules off: a row, with the words it is about. */
export type Looked = {
  readonly row: Pick<RouteRow, "trigger" | "plus_tag">;
  readonly entry: EntryRow | undefined;
  readonly message: InboundMessage | undefined;
};

export async function ruleFacts(db: Db, ticket: Ticket, looked: Looked, now: number): Promise<RouteFacts> {
  const { row, entry, message } = looked;
  return {
    ...ticketFacts(ticket, await customerFact(db, ticket), now),
    trigger: row.trigger,
    message: message && newWords(message, entry, row.trigger),
    mailbox: await mailboxOf(db, ticket, entry),
    plusTag: row.plus_tag ?? undefined,
  };
}

/** The facts of a ticket for the clock: nobody has written. */
export function ticketFacts(ticket: Ticket, customer: CustomerFact, now: number): RouteFacts {
  return {
    trigger: "clock",
    message: undefined,
    mailbox: ticket.mailbox,
    ticket,
    customer,
    organization: ticket.organization,
    waitingFor: ticket.waitingFor,
    times: {
      now,
      openedAt: ticket.openedAt,
      statusSince: ticket.statusSince,
      lastCustomerAt: ticket.lastCustomerAt,
      lastAgentAt: ticket.lastAgentAt,
      respondDueAt: ticket.respondedAt === null ? ticket.respondDueAt : null,
      resolveDueAt: ticket.resolveDueAt,
    },
    department: ticket.department,
  };
}

/** Of an agent's mail only what they wrote to the customer: no commands, and nothing that they quote. */
function newWords(message: InboundMessage, entry: EntryRow | undefined, trigger: RouteRow["trigger"]): InboundMessage {
  return trigger === "agent_replied" && entry ? { ...message, replyText: entry.text } : message;
}

/** The mailbox that received the message; the ticket's own where there is none. */
async function mailboxOf(db: Db, ticket: Ticket, entry: EntryRow | undefined): Promise<string> {
  const inbound = entry?.inbound_id ? await inboundById(db, entry.inbound_id) : undefined;
  return inbound ? (await mailboxById(db, inbound.mailbox_id)).name : ticket.mailbox;
}

/** The message as receive judged it; undefined once it has been routed, and for entries that no mail made. */
export async function decidedMessage(db: Db, entry: EntryRow | undefined): Promise<InboundMessage | undefined> {
  const inbound = entry?.inbound_id ? await inboundById(db, entry.inbound_id) : undefined;
  return inbound?.decided ? (JSON.parse(inbound.decided) as InboundMessage) : undefined;
}
