/** Opens a ticket with a message, or adds the message to the thread it belongs to. */
import { applyChanges } from "../db/apply.ts";
import { AUTOMATIC, insertAttachments, insertEntry } from "../db/entry.ts";
import { insertEvent } from "../db/event.ts";
import type { InboundRow } from "../db/inbound.ts";
import { addMessageRef, awaitParents, refersTo } from "../db/message-ref.ts";
import { addressesOf, personOrganization } from "../db/people.ts";
import { insertRoute } from "../db/route.ts";
import { addParticipant, insertTicket, lockSurvivor, lockTicket, survivor, touchTicket } from "../db/ticket.ts";
import type { Actor, Agent, Cause, Department, Desk, Person, Ticket, Trigger, Verdict } from "../desk/types.ts";
import { sameOrganizationDomain, stripPlus } from "../mail/address.ts";
import { entryText } from "../desk/entry-text.ts";
import { customerLanguage } from "../desk/language.ts";
import { organizationOf } from "../desk/organization.ts";
import { partIn } from "../desk/part-in.ts";
import { baseSubject } from "../mail/base-subject.ts";
import { answeredIds } from "../mail/threading.ts";
import { tokenInAddress } from "../mail/token.ts";
import type { EmailAddress, InboundMessage } from "../mail/types.ts";
import { noteResponse } from "./due.ts";
import { customerOf } from "./facts.ts";
import { mergeTickets } from "./merge.ts";
import type { Recording } from "./recording.ts";
import { changeStatus } from "./status.ts";
import { mayTakePart, MOST_PARTICIPANTS } from "./take-part.ts";
import { tellNotSent } from "./tell-not-sent.ts";
import { tellOfNote } from "./tell-written.ts";

const MAX_SUBJECT = 500;

/** `takenDownBy`: an agent has written down what the customer said; the message says who that is and what they said. */
export async function openTicket(
  recording: Recording,
  verdict: Extract<Verdict, { verdict: "open-ticket" }>,
  takenDownBy?: Agent,
): Promise<Partial<InboundRow>> {
  const { unit, message, mailbox } = recording;
  const { tx, desk, ids, now } = unit;
  const place = supportPlace(message, desk, unit.stage.settings.addressOf(mailbox));
  const customer = customerOf(message, desk);
  const subject = message.subject.slice(0, MAX_SUBJECT);
  const opened = await insertTicket(
    tx,
    {
      prefix: desk.prefix,
      subject,
      baseSubject: baseSubject(subject).toLowerCase(),
      department: place.department.key,
      priority: desk.defaults.priority,
      customer,
      participants: participantsOf(message, desk, customer),
      supportAddress: place.address,
      mailbox,
      language: customerLanguage(message.language),
      linkedTo: verdict.linkedTo,
      organization: organizationOf(desk, customer.address, await personOrganization(tx, customer.address)),
      openedAt: now,
    },
    ids,
    now,
  );
  const author = { name: customer.name, address: customer.address };
  const text = entryText(message, verdict.linkedTo === null);
  const by = takenDownBy && { agentId: ids.agent.id(takenDownBy.key), marks: [`taken down by ${takenDownBy.name}`] };
  const entryId = await addEntry(recording, opened.id, "message", "customer", author, { text, ...by });
  const parents = answeredIds(message);
  if (verdict.linkedTo === null && parents.length > 0) await awaitParents(tx, parents, opened.id, entryId);
  const linked = verdict.linkedTo === null ? null : (await lockTicket(tx, verdict.linkedTo)).publicNumber;
  await insertEvent(
    tx,
    opened.id,
    {
      name: "opened",
      actor: takenDownBy ? { kind: "agent", agent: takenDownBy.key } : { kind: "customer", address: customer.address },
      cause: fromMessage(recording, verdict.because),
      new: opened.publicNumber,
      detail: linked ? `linked to ${linked}` : null,
    },
    now,
  );
  await ring(recording, opened.id, entryId, "opened", { plusTag: place.plusTag });
  return { ticket_id: opened.id, entry_id: entryId };
}

/** The message itself, or the decision about it where it was held. */
const fromMessage = ({ inbound, said }: Recording, because: string): Cause => ({
  kind: said.by?.kind ?? "message",
  detail: `inbound ${inbound.id}: ${because}`,
});

type Place = { readonly department: Department; readonly address: EmailAddress; readonly plusTag?: string };

/** The department is the first address of ours in To, then Cc, whichever mailbox received it; then the mailbox's own, then the default. */
export function supportPlace(message: InboundMessage, desk: Desk, mailboxAddress: string | undefined): Place {
  const named = [...message.to, ...message.cc].map(({ address }) => address);
  for (const address of [
    ...named,
    ...message.deliveredTo,
    ...(mailboxAddress ? [mailboxAddress as EmailAddress] : []),
  ]) {
    const plain = stripPlus(address);
    const department = Object.values(desk.departments).find(
      (one) => one.active && (one.address === plain || one.also.includes(plain)),
    );
    if (department) return { department, address: plain, plusTag: plusTag(address) };
  }
  const department = desk.departments[desk.defaults.department]!;
  return { department, address: department.address };
}

function plusTag(address: EmailAddress): string | undefined {
  if (tokenInAddress(address)) return undefined;
  return /\+([^@]+)@/.exec(address)?.[1];
}

function participantsOf(message: InboundMessage, desk: Desk, customer: Person): Person[] {
  return message.cc
    .filter(({ address }) => address !== customer.address && mayTakePart(address, desk))
    .slice(0, MOST_PARTICIPANTS);
}

export async function addFollowUp(
  recording: Recording,
  verdict: Extract<Verdict, { verdict: "follow-up" }>,
): Promise<Partial<InboundRow>> {
  const ticket = await lockSurvivor(recording.unit.tx, verdict.evidence.ticketId);
  const entryId =
    verdict.as === "agent-note" || verdict.as === "outside"
      ? await addAgents(recording, ticket, verdict)
      : await addCustomers(recording, ticket, verdict);
  await adoptOrphans(recording, ticket);
  // An agent who is told that nothing was sent may still have it sent (kept-note.ts).
  const kept = verdict.as === "agent-note" ? keptAsNote(recording) : {};
  return { ticket_id: ticket.id, entry_id: entryId, ...kept };
}

function keptAsNote({ unit, message }: Recording): Partial<InboundRow> {
  return { agent_id: unit.ids.agent.id(writerOf(message, unit.desk).key), decided: JSON.stringify(message) };
}

const writerOf = ({ from }: InboundMessage, desk: Desk): Agent =>
  Object.values(desk.agents).find(({ emails }) => from !== undefined && emails.includes(from.address))!;

/** Tickets that were opened by answers to this message before it came, of the same sender and still unanswered, belong here. */
async function adoptOrphans({ unit, inbound, message }: Recording, { id }: Ticket): Promise<void> {
  if (!message.messageId) return;
  const cause: Cause = { kind: "message", detail: `inbound ${inbound.id}: it is what they answer` };
  for (const one of new Set(await refersTo(unit.tx, message.messageId))) {
    const orphan = await survivor(unit.tx, one);
    if (!orphan || orphan.id === id || orphan.customer.address !== message.from?.address) continue;
    if (orphan.status !== "open" || orphan.spam || orphan.lastAgentAt !== null) continue;
    await mergeTickets(unit, { from: orphan.id, into: id, actor: { kind: "postern" }, cause });
  }
}

type FollowUp = Extract<Verdict, { verdict: "follow-up" }>;

/** A customer's, a participant's or a stranger's message. */
async function addCustomers(recording: Recording, ticket: Ticket, verdict: FollowUp): Promise<number> {
  const { unit, message } = recording;
  const { tx, ids, now } = unit;
  const from = message.from!;
  const known = partIn(ticket, await addressesOf(tx, from.address));
  const joins = !known && joinsNow(recording, ticket, verdict);
  if (joins) await addParticipant(tx, ticket.id, from, now);
  const kind = known ?? (joins ? "participant" : "stranger");
  const actor: Actor = { kind, address: from.address };
  const cause = fromMessage(recording, verdict.because);
  const marks = [
    ...(kind === "stranger" ? ["not a participant"] : []),
    ...(message.nature.nature === "auto-response" ? [AUTOMATIC] : []),
  ];
  const entryId = await addEntry(recording, ticket.id, "message", kind, from, {
    text: entryText(message, false),
    marks,
  });
  await insertEvent(
    tx,
    ticket.id,
    {
      name: `${kind} replied`,
      actor,
      cause,
      new: `entry ${entryId}`,
      detail: joins ? `${from.address} takes part from now on` : null,
    },
    now,
  );
  if (verdict.reopens) await changeStatus(unit, ticket, { to: "open", actor, cause });
  if (message.nature.nature === "auto-response") return entryId;
  if (verdict.reopens || ticket.status === "open") {
    await applyChanges(tx, ticket.id, [{ change: { change: "set-waiting-for", to: "us" }, cause }], actor, ids, now);
    await touchTicket(tx, ticket.id, { last_customer_at: now });
  }
  await ring(recording, ticket.id, entryId, "customer_replied", { reopened: verdict.reopens });
  return entryId;
}

/** Somebody else takes part from now on when a human says so, or when a colleague of the customer's has written. */
function joinsNow({ unit, message, said }: Recording, { customer }: Ticket, { as }: FollowUp): boolean {
  const { address } = message.from!;
  if (!mayTakePart(address, unit.desk)) return false;
  if (said.decision === "accept") return true;
  const belongs = as === "participant" || sameOrganizationDomain(address, customer.address);
  return message.nature.nature === "correspondence" && belongs;
}

/** An agent's mail that may not be an answer to the customer: a note of theirs, or what they sent past the desk. */
async function addAgents(recording: Recording, ticket: Ticket, verdict: FollowUp): Promise<number> {
  const { unit, inbound, message } = recording;
  const { tx, ids, now, desk } = unit;
  const from = message.from!;
  const agent = writerOf(message, desk);
  const outside = verdict.as === "outside";
  const entryId = await addEntry(
    recording,
    ticket.id,
    outside ? "outside" : "note",
    "agent",
    { name: agent.name, address: from.address },
    { agentId: ids.agent.id(agent.key) },
  );
  const actor: Actor = { kind: "agent", agent: agent.key };
  const cause = fromMessage(recording, verdict.because);
  await insertEvent(
    tx,
    ticket.id,
    { name: outside ? "answered outside" : "note added", actor, cause, new: `entry ${entryId}` },
    now,
  );
  if (outside) {
    await touchTicket(tx, ticket.id, { last_agent_at: now });
    await noteResponse(unit, ticket.id);
    await applyChanges(
      tx,
      ticket.id,
      [{ change: { change: "set-waiting-for", to: "customer" }, cause }],
      actor,
      ids,
      now,
    );
  } else {
    const { token } = recording;
    await tellNotSent(unit, { ticket, agent, inbound, message, token, why: verdict.because, kept: true });
    await tellOfNote(unit, ticket, entryId);
  }
  return entryId;
}

type Author = { readonly name: string; readonly address: string };

/** The entry, its files, and the Message-ID by which answers find it. */
export async function addEntry(
  recording: Recording,
  ticketId: number,
  kind: "message" | "reply" | "note" | "report" | "outside",
  authorKind: "customer" | "participant" | "stranger" | "agent" | "postern",
  author: Author,
  more: { agentId?: number; text?: string; marks?: readonly string[]; rich?: string } = {},
): Promise<number> {
  const { unit, inbound, message } = recording;
  const entryId = await insertEntry(
    unit.tx,
    {
      ticketId,
      kind,
      inboundId: inbound.id,
      authorKind,
      authorAddress: author.address,
      authorName: author.name,
      agentId: more.agentId ?? null,
      text: more.text ?? message.replyText,
      quoted: message.quoted,
      messageId: message.messageId,
      marks: more.marks,
      rich: more.rich,
    },
    unit.now,
  );
  if (inbound.raw_sha256) await insertAttachments(unit.tx, entryId, inbound.raw_sha256, message.attachments);
  if (message.messageId)
    await addMessageRef(unit.tx, message.messageId, { ticketId, entryId, kind: "in", deliveryId: null });
  return entryId;
}

/** Leaves a row for the rules to look at, and a bell. */
export async function ring(
  { unit }: Pick<Recording, "unit">,
  ticketId: number,
  entryId: number | null,
  trigger: Trigger,
  more: { plusTag?: string; reopened?: boolean } = {},
): Promise<void> {
  const id = await insertRoute(unit.tx, { ticketId, entryId, trigger, ...more }, unit.now);
  unit.bells.push({ queue: "route", id });
}
