/** The agent's reply and the closure notice on their way to the customer and the participants. */
import { insertEvent } from "../db/event.ts";
import { lockTicket } from "../db/ticket.ts";
import { agentReply, closureNotice } from "../desk/notices/notice.ts";
import type { Actor, Cause, CausedChange, Person, Ticket } from "../desk/types.ts";
import type { OutboundMessage } from "../mail/types.ts";
import type { Acting } from "./acting.ts";
import { filesOf, MOST_ATTACHED } from "./files.ts";
import { customerFacts } from "./letters.ts";
import { writeDelivery } from "./mail-out.ts";
import type { Unit } from "./stage.ts";

export type Reply = {
  readonly entryId: number;
  readonly text: string;
  readonly closing: boolean;
  readonly waitMs: number;
  readonly commandLines: readonly string[];
  /** The files that go with it, by their places in the stored message. */
  readonly parts: readonly number[];
};

/** One delivery a recipient, all with the same bytes. With `closing` the ticket closes when the customer's copy is accepted. */
export async function sendReply(
  { recording: { unit }, ticket, agent, actor, asked }: Acting,
  reply: Reply,
): Promise<number[]> {
  const facts = await customerFacts(unit, ticket);
  const { attachments } = await filesOf(unit, reply.entryId, MOST_ATTACHED, ({ part }) => reply.parts.includes(part));
  const people = [facts.ticket.customer, ...facts.ticket.participants];
  const message: OutboundMessage = {
    ...agentReply({
      ...facts,
      entryId: reply.entryId,
      agent: agent.key,
      text: reply.text,
      closing: reply.closing,
      attachments,
    }),
    to: people,
  };
  const close: CausedChange[] = [
    { change: { change: "set-status", to: "closed" }, cause: { kind: "command", detail: "#close" } },
  ];
  const ids: number[] = [];
  for (const person of people) {
    const onAccept = reply.closing && person === people[0] ? { agent: agent.key, changes: close } : undefined;
    const id = await writeDelivery(
      unit,
      {
        ...draftFor(ticket, person),
        kind: "reply",
        cause: `entry ${reply.entryId}`,
        entryId: reply.entryId,
        onAccept,
        waitMs: reply.waitMs,
        commandLines: reply.commandLines,
        asked,
      },
      () => message,
    );
    if (id !== undefined) ids.push(id);
  }
  const waiting = reply.waitMs > 0 ? `leaves in ${reply.waitMs / 1000} s unless undone` : "leaves now";
  await insertEvent(
    unit.tx,
    ticket.id,
    {
      name: "reply written",
      actor,
      cause: { kind: "message", detail: `entry ${reply.entryId}` },
      new: people.map(({ address }) => address).join(", "),
      detail: waiting,
    },
    unit.now,
  );
  return ids;
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
