/**
 * A canned text to the customer, as the desk: an answer, or a rejection that closes the ticket. Automatic mail like the
 * acknowledgement, under the same rules and budgets; where it may not leave, an event says why.
 */
import { applyChanges } from "../db/apply.ts";
import { AUTOMATIC, insertEntry } from "../db/entry.ts";
import { insertEvent } from "../db/event.ts";
import { type CannedFacts, cannedReply, cannedText, rejection } from "../desk/notices/notice-canned.ts";
import { departmentTitle } from "../desk/notices/notice-frame.ts";
import type { Effect, Ticket } from "../desk/types.ts";
import type { OutboundMessage } from "../mail/types.ts";
import { whyNotAnswer, whyNotWrite } from "./automatic.ts";
import type { Deed, Done } from "./effects-deed.ts";
import { answerable } from "./effects-people.ts";
import { EffectProblem, rendering } from "./effects-text.ts";
import { customerFacts } from "./letters.ts";
import { Leak, writeDelivery } from "./mail-out.ts";
import { inPart } from "./stage.ts";

type Letter = { readonly kind: "canned" | "rejection"; readonly build: (facts: CannedFacts) => OutboundMessage };

const REPLY: Letter = { kind: "canned", build: cannedReply };
const REJECTION: Letter = { kind: "rejection", build: rejection };

export async function replyToCustomer(deed: Deed, effect: Extract<Effect, { action: "reply" }>): Promise<Done> {
  return { did: await write(deed, effect.canned, REPLY) };
}

/** The ticket is closed whether or not the mail may leave. */
export async function rejectCustomer(deed: Deed, effect: Extract<Effect, { action: "reject" }>): Promise<Done> {
  const { unit, ticket, cause } = deed;
  const did = await inPart(unit, (part) => write({ ...deed, unit: part }, effect.canned, REJECTION)).catch(
    async (error: Error) => {
      if (!(error instanceof Leak || error instanceof EffectProblem)) throw error;
      return await notWritten(deed, REJECTION, error.message);
    },
  );
  return { did: `${did}; closed`, ticket: await close(deed, ticket.id, cause) };
}

async function close({ unit }: Deed, id: number, cause: Deed["cause"]): Promise<Ticket> {
  const closed = [{ change: { change: "set-status", to: "closed" }, cause }] as const;
  return await applyChanges(unit.tx, id, closed, { kind: "postern" }, unit.ids, unit.now);
}

async function write(deed: Deed, canned: string, letter: Letter): Promise<string> {
  const against = await whyNot(deed);
  if (against !== undefined) return await notWritten(deed, letter, against);
  const { unit, ticket, cause } = deed;
  const facts = await customerFacts(unit, ticket);
  const text = rendering("answer", () => cannedText(facts, canned));
  const entryId = await addEntry(deed, text);
  const draft = {
    kind: letter.kind,
    cause: `entry ${entryId}`,
    recipient: ticket.customer.address,
    ticketId: ticket.id,
    entryId,
    agentId: null,
    audience: "customer",
    supportAddress: ticket.supportAddress,
    mailbox: ticket.mailbox,
  } as const;
  const id = await writeDelivery(unit, draft, () => letter.build({ ...facts, entryId, text }));
  const event = {
    name: letter.kind === "canned" ? "canned reply written" : "rejection written",
    actor: { kind: "postern" },
    cause,
    new: ticket.customer.address,
    detail: `"${canned}", delivery ${id}`,
  } as const;
  await insertEvent(unit.tx, ticket.id, event, unit.now);
  return `delivery ${id} to ${ticket.customer.address}`;
}

/** In the thread it stands as the desk's reply; it is no answer of an agent's, so no clock takes it for one. */
async function addEntry({ unit, ticket }: Deed, text: string): Promise<number> {
  const entry = {
    ticketId: ticket.id,
    kind: "reply",
    inboundId: null,
    authorKind: "postern",
    authorAddress: ticket.supportAddress,
    authorName: departmentTitle(unit.desk, ticket),
    agentId: null,
    text,
    marks: [AUTOMATIC],
  } as const;
  return await insertEntry(unit.tx, entry, unit.now);
}

/** The customer's message is answered; after anything else, also somebody else's message, they are written to unasked. */
async function whyNot({ unit, row, ticket, message, entry }: Deed): Promise<string | undefined> {
  const theirs = row.trigger === "customer_replied" && entry?.author_kind === "customer";
  if (row.trigger !== "opened" && !theirs) return await whyNotWrite(unit, ticket);
  const answered = {
    message: message && answerable(message, ticket, unit.desk),
    entry,
    opens: row.trigger === "opened",
  };
  return await whyNotAnswer(unit, ticket, answered);
}

async function notWritten({ unit, ticket, cause }: Deed, { kind }: Letter, why: string): Promise<string> {
  const name = kind === "canned" ? "canned reply not written" : "rejection not written";
  await insertEvent(unit.tx, ticket.id, { name, actor: { kind: "postern" }, cause, detail: why }, unit.now);
  return `not written: ${why}`;
}
