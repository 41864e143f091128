/** The agent's text in the thread and on its way to whom it is for, and the closure notice. */
import { ASIDE, entriesOf } from "../db/entry.ts";
import { insertEvent } from "../db/event.ts";
import { lockTicket, touchTicket } from "../db/ticket.ts";
import type { CommandPlan } from "../desk/commands/command-plan.ts";
import type { ReplyTo } from "../desk/commands/command-scene.ts";
import { closureNotice } from "../desk/notices/notice.ts";
import { cannedText } from "../desk/notices/notice-canned.ts";
import type { CustomerFacts } from "../desk/notices/notice-facts.ts";
import { agentReply } from "../desk/notices/notice-reply.ts";
import type { Actor, Cause, CausedChange, Person, Ticket } from "../desk/types.ts";
import { formatted } from "../mail/html/rich.ts";
import type { Attachment, OutboundMessage } from "../mail/types.ts";
import type { Acting } from "./acting.ts";
import { mustAgree } from "./ask.ts";
import { noteResponse } from "./due.ts";
import { filesOf, MOST_ATTACHED } from "./files.ts";
import { customerFacts } from "./letters.ts";
import { writeDelivery } from "./mail-out.ts";
import { Refused } from "./refused.ts";
import { mayTakePart } from "./take-part.ts";
import { addEntry } from "./thread.ts";
import type { Unit } from "./stage.ts";

export type Sending = { readonly waitMs: number; readonly files: readonly Attachment[] };

export type Written = {
  /** The agent's text in the thread. */
  readonly entryId?: number;
  readonly deliveries: number[];
};

/** The text of the agent's mail: kept as a note, or kept and sent. Nothing without one. */
export async function writeText(acting: Acting, plan: CommandPlan, sending: Sending): Promise<Written> {
  if (plan.note !== undefined) return { entryId: await keepText(acting, "note", plan.note, []), deliveries: [] };
  if (plan.reply === undefined) return { deliveries: [] };
  const { recording, ticket } = acting;
  const people = await recipientsOf(acting, plan.replyTo);
  const facts = await factsFor(recording.unit, ticket, people[0]!);
  const text = withCanned(facts, plan);
  const answers = people.some(({ address }) => address === ticket.customer.address);
  const rich = richOf(acting, text);
  const entryId = await keepText(acting, "reply", text, answers ? [] : [ASIDE], rich);
  if (answers) {
    await touchTicket(recording.unit.tx, ticket.id, { last_agent_at: recording.unit.now });
    await noteResponse(recording.unit, ticket.id);
  }
  return { entryId, deliveries: await sendReply(acting, { ...sending, plan, facts, people, entryId, text, rich }) };
}

async function keepText(
  { recording, ticket, agent }: Acting,
  kind: "reply" | "note",
  text: string,
  marks: readonly string[],
  rich?: string,
): Promise<number> {
  const author = { name: agent.name, address: recording.message.from!.address };
  const agentId = recording.unit.ids.agent.id(agent.key);
  return await addEntry(recording, ticket.id, kind, "agent", author, { agentId, text, marks, rich });
}

/** How the agent's client has formatted these words. */
function richOf({ recording: { message } }: Acting, text: string): string | undefined {
  return message.html === undefined ? undefined : formatted(text, message.html);
}

/** Who gets it. An address that takes no part gets it only when the agent has agreed; it still takes no part. */
async function recipientsOf({ recording, ticket }: Acting, replyTo: ReplyTo): Promise<Person[]> {
  if (replyTo.to === "customer") return [ticket.customer];
  if (replyTo.to === "all") return [ticket.customer, ...ticket.participants];
  const { person } = replyTo;
  const { address } = person;
  const known = [ticket.customer, ...ticket.participants].find((one) => one.address === address);
  if (known) return [known];
  if (!mayTakePart(address, recording.unit.desk))
    throw new Refused(`#to ${address}: this is an address of the desk or of an agent; #note is for colleagues`);
  const question = `this answer goes to ${address} alone, who takes no part in ${ticket.publicNumber}`;
  mustAgree(recording, `to ${address}`, question);
  return [person];
}

/** Somebody who takes no part sees nothing of the thread but what they have written to it. */
async function factsFor(unit: Unit, ticket: Ticket, to: Person): Promise<CustomerFacts> {
  const facts = await customerFacts(unit, ticket);
  if (to.address === ticket.customer.address) return facts;
  if (ticket.participants.some(({ address }) => address === to.address)) return { ...facts, to };
  const theirs = (await entriesOf(unit.tx, ticket.id)).filter(({ author_address }) => author_address === to.address);
  const ids = facts.references.filter((id) => theirs.some(({ message_id }) => message_id === id));
  return { ...facts, to, inReplyTo: ids.at(-1), references: ids };
}

/** A prepared text stands above the agent's own words. */
function withCanned(facts: CustomerFacts, { canned, reply = "" }: CommandPlan): string {
  if (canned === undefined) return reply;
  try {
    return [cannedText(facts, canned), reply].filter((part) => part.trim() !== "").join("\n\n");
  } catch (error) {
    throw new Refused(`the prepared text "${canned}" cannot be made: ${(error as Error).message}`);
  }
}

type Reply = Sending & {
  readonly plan: CommandPlan;
  readonly facts: CustomerFacts;
  readonly people: readonly Person[];
  readonly entryId: number;
  readonly text: string;
  readonly rich: string | undefined;
};

/** One delivery a recipient, all with the same bytes. With #close the ticket closes when the first copy is accepted. */
async function sendReply(acting: Acting, { plan, facts, people, ...reply }: Reply): Promise<number[]> {
  const { recording, ticket, agent, asked } = acting;
  const { unit } = recording;
  const { entryId, text, rich, waitMs } = reply;
  const parts = new Set(reply.files.map(({ part }) => part));
  const { attachments } = await filesOf(unit, entryId, MOST_ATTACHED, ({ part }) => parts.has(part));
  const closing = plan.closeOnAccept;
  // As the facts have them: a name that shows a token or an agent's address is cleaned there.
  const shown = [facts.to, facts.ticket.customer, ...facts.ticket.participants];
  const to = people.map((person) => shown.find(({ address }) => address === person.address) ?? person);
  const message: OutboundMessage = {
    ...agentReply({ ...facts, entryId, agent: agent.key, text, rich, closing, attachments }),
    to,
  };
  const ids: number[] = [];
  for (const person of people) {
    const onAccept = closing && person === people[0] ? { agent: agent.key, changes: CLOSED } : undefined;
    const mail = { kind: "reply", cause: `entry ${entryId}`, entryId, onAccept, waitMs, asked } as const;
    const draft = { ...draftFor(ticket, person), ...mail, commandLines: plan.lines };
    const id = await writeDelivery(unit, draft, () => message);
    if (id !== undefined) ids.push(id);
  }
  await sayWritten(acting, reply, people);
  return ids;
}

const CLOSED: readonly CausedChange[] = [
  { change: { change: "set-status", to: "closed" }, cause: { kind: "command", detail: "#close" } },
];

async function sayWritten(
  { recording: { unit }, ticket, actor }: Acting,
  { entryId, waitMs }: Pick<Reply, "entryId" | "waitMs">,
  people: readonly Person[],
): Promise<void> {
  const cause: Cause = { kind: "message", detail: `entry ${entryId}` };
  const detail = waitMs > 0 ? `leaves in ${waitMs / 1000} s unless undone` : "leaves now";
  const to = people.map(({ address }) => address).join(", ");
  await insertEvent(unit.tx, ticket.id, { name: "reply written", actor, cause, new: to, detail }, unit.now);
}

/** The notice after a #close without words. */
export async function sendClosureNotice(
  { recording: { unit }, ticket, actor }: Acting,
  waitMs: number,
): Promise<number[]> {
  return await writeClosureNotice(unit, ticket, { actor, cause: { kind: "command", detail: "#close" }, waitMs });
}

/** The notice of a ticket that was closed without words; void when it is opened again or the customer writes before it leaves. */
export async function writeClosureNotice(
  unit: Unit,
  ticket: Ticket,
  { actor, cause, waitMs }: { readonly actor: Actor; readonly cause: Cause; readonly waitMs: number },
): Promise<number[]> {
  const closed = await lockTicket(unit.tx, ticket.id);
  const eventId = await insertEvent(
    unit.tx,
    ticket.id,
    { name: "closure notice written", actor, cause, new: ticket.customer.address },
    unit.now,
  );
  const facts = await customerFacts(unit, closed);
  const cancelIf = { notClosed: true, newerCustomerEntryThan: Math.max(unit.now, closed.lastCustomerAt ?? 0) } as const;
  const id = await writeDelivery(
    unit,
    {
      ...draftFor(ticket, ticket.customer),
      kind: "closure",
      cause: `event ${eventId}`,
      entryId: null,
      cancelIf,
      waitMs,
    },
    () => closureNotice({ ...facts, eventId }),
  );
  return id === undefined ? [] : [id];
}

const draftFor = (ticket: Ticket, person: Person) => ({
  recipient: person.address,
  ticketId: ticket.id,
  agentId: null,
  audience: "customer" as const,
  supportAddress: ticket.supportAddress,
  mailbox: ticket.mailbox,
});
