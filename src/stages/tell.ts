/**
 * Who is told of what: notifications to agents, each once for its cause, never to the one who caused it, in the way in which
 * each wants to be told. Questions, receipts and challenges are always mailed at once.
 */
import { type CancelIf, deliveryById, leavesAt, type TokenMode } from "../db/delivery.ts";
import { addDigestLine } from "../db/digest.ts";
import { entriesOf, type EntryRow } from "../db/entry.ts";
import { firstSubject } from "../db/event.ts";
import { inboundById } from "../db/inbound.ts";
import { addressesOf } from "../db/people.ts";
import { withoutPeopleOf } from "../desk/assigning/assignment.ts";
import { agentNotice, deliveryFailed, type NoticeKind } from "../desk/notices/notice.ts";
import { shortLine } from "../desk/notices/notice-words.ts";
import { howToTell } from "../desk/notices/preference.ts";
import { partIn } from "../desk/part-in.ts";
import type { Agent, Audience, Desk, NoticeEvent, Ticket } from "../desk/types.ts";
import type { EmailAddress, OutboundMessage } from "../mail/types.ts";
import { agentFacts, type FactsAbout, type Place, ticketOf } from "./letters.ts";
import { writeDelivery } from "./mail-out.ts";
import { newsOf } from "./news.ts";
import type { Unit } from "./stage.ts";
import { toldFiles } from "./told-files.ts";

/** Tokens in notifications are good for 90 days. */
const TOKEN_MS = 90 * 24 * 3600_000;

export type Reader = { readonly agent: Agent | null; readonly address: EmailAddress; readonly name: string };

const readerOf = (agent: Agent): Reader => ({ agent, address: agent.emails[0]!, name: agent.name });

/**
 * Whom the department tells of something, and who watches the ticket; watchers are not told of who got it. Of what colleagues
 * write the assignee hears where there is one, and not everybody in their place.
 */
export function audienceOf(desk: Desk, ticket: Ticket, event: NoticeEvent): Audience {
  const usual = desk.departments[ticket.department]?.tell[event] ?? ["assignee"];
  const byColleague = event === "agent_reply" || event === "note";
  const told = byColleague && ticket.assignee === null ? usual.filter((one) => one !== "assignee") : usual;
  return event === "assigned" ? told : [...told, ...(ticket.watchers as Audience)];
}

/**
 * The people behind an audience: nobody twice, nobody inactive. An assignee that nobody is means the members; an agent's key
 * or address means that agent. The ticket's customer and participants are never among them, though they be agents.
 */
export function readers(unit: Pick<Unit, "desk">, ticket: Ticket, audience: Audience): Reader[] {
  const desk = withoutPeopleOf(unit.desk, ticket);
  const outsiders = new Set<string>([ticket.customer, ...ticket.participants].map(({ address }) => address));
  const members = Object.values(desk.agents).filter(
    (agent) => agent.active && agent.departments.includes(ticket.department),
  );
  const assignee = ticket.assignee === null ? undefined : desk.agents[ticket.assignee];
  const people = audience.flatMap((one): Reader[] => {
    if (one === "assignee") return assignee?.active ? [readerOf(assignee)] : members.map(readerOf);
    if (one === "members") return members.map(readerOf);
    if (one === "lead") return members.filter(({ role }) => role === "lead").map(readerOf);
    const agent = agentCalled(unit.desk, one);
    if (agent) return agent.active && desk.agents[agent.key] ? [readerOf(agent)] : [];
    if (!one.includes("@") || outsiders.has(one)) return [];
    return [{ agent: null, address: one, name: desk.departments[ticket.department]?.name ?? "" }];
  });
  return [...new Map(people.map((reader) => [reader.address, reader])).values()];
}

/** By key or by any of their addresses. */
const agentCalled = (desk: Desk, name: string): Agent | undefined =>
  Object.hasOwn(desk.agents, name)
    ? desk.agents[name]
    : Object.values(desk.agents).find((agent) => agent.active && agent.emails.includes(name as EmailAddress));

export type AgentMail = {
  readonly kind: "notice" | "receipt" | "challenge";
  readonly cause: string;
  readonly tokenMode?: TokenMode;
  readonly inboundId?: number;
  readonly entryId?: number | null;
  /** Milliseconds that it waits, and what makes it void until then. */
  readonly waitMs?: number;
  readonly cancelIf?: CancelIf;
};

/**
 * One mail to one reader, about a ticket or about none, with a token of its own where its answer may do something; none to
 * another address of the ticket's people.
 */
export async function mailAgent<A extends Ticket | Place>(
  unit: Unit,
  about: A,
  reader: Reader,
  mail: AgentMail,
  build: (facts: FactsAbout<A>) => OutboundMessage,
): Promise<number | undefined> {
  const ticket = ticketOf(about);
  if (reader.agent === null && ticket && partIn(ticket, await addressesOf(unit.tx, reader.address))) return undefined;
  const draft = {
    kind: mail.kind,
    cause: mail.cause,
    recipient: reader.address,
    ticketId: ticket?.id ?? null,
    entryId: mail.entryId ?? null,
    agentId: reader.agent ? unit.ids.agent.id(reader.agent.key) : null,
    audience: reader.agent ? ("agent" as const) : ("team" as const),
    inboundId: mail.inboundId ?? null,
    supportAddress: about.supportAddress,
    mailbox: about.mailbox,
    tokenMode: mail.tokenMode ?? ("act" as const),
    tokenExpiresAt: unit.now + TOKEN_MS,
    waitMs: mail.waitMs,
    cancelIf: mail.cancelIf,
  };
  const subject = ticket ? await firstSubject(unit.tx, ticket.id) : undefined;
  return await writeDelivery(unit, draft, (id) =>
    build({
      ...agentFacts(unit, about, id, { name: reader.name, address: reader.address }, reader.agent),
      firstSubject: subject,
    }),
  );
}

/** A notification of an event, in place of the token's mode and the inbound message of other mail. */
export type NewsMail = Pick<AgentMail, "cause" | "entryId" | "waitMs" | "cancelIf"> & { readonly event: NoticeEvent };

/**
 * News of a ticket to one reader in the way they want to be told: at once, after their quiet hours, in their digest, or not at
 * all. False when they have been told of this cause, or do not want to be. A team's list has no wishes.
 */
export async function tellReader(
  unit: Unit,
  ticket: Ticket,
  reader: Reader,
  { event, ...mail }: NewsMail,
  build: (facts: FactsAbout<Ticket>) => OutboundMessage,
): Promise<boolean> {
  const { tx, desk, ids, now } = unit;
  const told = reader.agent ? howToTell(reader.agent, desk, event, now) : ({ how: "now" } as const);
  if (told.how === "not") return false;
  if (told.how === "digest" && reader.agent) {
    const line = { agentId: ids.agent.id(reader.agent.key), ticketId: ticket.id, entryId: mail.entryId ?? null };
    return await addDigestLine(tx, { ...line, event, cause: mail.cause }, now);
  }
  const waitMs = Math.max(mail.waitMs ?? 0, told.how === "later" ? told.at - now : 0);
  return (await mailAgent(unit, ticket, reader, { ...mail, kind: "notice", waitMs }, build)) !== undefined;
}

/** The cause of all news that one mail of an agent's makes of one ticket: a mail may act on several. */
export const causeOfMail = (inboundId: number, ticketId: number): string => `inbound ${inboundId}, ticket ${ticketId}`;

/** Somebody else gave this ticket to an agent, and may have written a note with it. */
export async function tellAssigned(unit: Unit, ticket: Ticket, by: Agent, cause: string): Promise<void> {
  const assignee = ticket.assignee === null ? undefined : unit.desk.agents[ticket.assignee];
  if (!assignee?.active || assignee.key === by.key) return;
  const entries = await entriesOf(unit.tx, ticket.id);
  const entry = entries.findLast(({ kind }) => kind === "message");
  if (!entry) return;
  const writer = unit.ids.agent.id(by.key);
  const note = entries.findLast(
    ({ kind, agent_id, created_at }) => kind === "note" && agent_id === writer && Number(created_at) === unit.now,
  );
  const words = note ? `, and notes: "${shortLine(note.text, 150)}"` : ".";
  const told = readers(unit, ticket, audienceOf(unit.desk, ticket, "assigned"));
  await tellReaders(unit, {
    ticket,
    entry,
    readers: told.filter(({ agent }) => agent?.key !== by.key),
    kind: "assigned",
    cause,
    remark: ({ agent }) => `${by.name} assigned this to ${agent?.key === assignee.key ? "you" : assignee.name}${words}`,
  });
}

export type Telling = {
  readonly ticket: Ticket;
  /** The words that the mail is about. */
  readonly entry: EntryRow;
  readonly readers: readonly Reader[];
  readonly kind: NoticeKind;
  /** Nobody gets two mails for one cause. */
  readonly cause: string;
  /** One line over the facts. */
  readonly remark?: string | ((reader: Reader) => string);
};

/** Of which wish of an agent's a kind of mail is. */
const WISHES: Readonly<Record<NoticeKind, NoticeEvent>> = {
  new: "new",
  "customer-reply": "customer_reply",
  assigned: "assigned",
  "agent-reply": "agent_reply",
  note: "note",
  "sla-warning": "overdue",
  "sla-overdue": "overdue",
};

/**
 * The ticket's news to these people, never to who wrote it. An answer is told of when it leaves, and not at all when it is
 * taken back until then. Returns the addresses of those who had not been told for this cause.
 */
export async function tellReaders(unit: Unit, telling: Telling): Promise<string[]> {
  const { ticket, entry, kind, cause } = telling;
  const author = await authorOf(unit, entry, kind);
  const people = telling.readers.filter(({ agent }) => agent === null || agent.key !== author);
  if (people.length === 0) return [];
  const { files, ...named } = await toldFiles(unit, entry.id);
  const { pastFor, ...facts } = await newsOf(unit, ticket, entry, named);
  const leaves = kind === "agent-reply" ? await leavesAt(unit.tx, entry.id) : undefined;
  const waiting = leaves === undefined ? {} : { waitMs: leaves - unit.now, cancelIf: { takenBack: entry.id } };
  const told: string[] = [];
  for (const reader of people) {
    const own = typeof telling.remark === "function" ? telling.remark(reader) : telling.remark;
    const remark = [own, facts.remark].filter(Boolean).join(" ") || undefined;
    const history = await pastFor(reader.agent);
    const mail = { event: WISHES[kind], cause, entryId: entry.id, ...waiting };
    const isNew = await tellReader(unit, ticket, reader, mail, (agent) => ({
      ...agentNotice(kind, { ...agent, ...facts, history, remark }),
      attachments: files,
    }));
    if (isNew) told.push(reader.address);
  }
  return told;
}

/** The agent whose mail made this news. That a ticket is somebody's now is no news of the message that it began with. */
async function authorOf({ tx, ids }: Unit, entry: EntryRow, kind: NoticeKind): Promise<string | undefined> {
  if (kind === "assigned") return undefined;
  const id = entry.agent_id ?? (entry.inbound_id === null ? null : (await inboundById(tx, entry.inbound_id))?.agent_id);
  return id === null || id === undefined ? undefined : ids.agent.key(id);
}

/** A mail to the customer was refused, or nobody knows whether it arrived: the agent who wrote it is told, or whoever has the ticket. */
export async function tellDeliveryFailed(
  unit: Unit,
  { deliveryId, ticket, why }: { deliveryId: number; ticket: Ticket; why: string },
): Promise<void> {
  const delivery = await deliveryById(unit.tx, deliveryId);
  if (!delivery || delivery.audience !== "customer") return;
  const entry =
    delivery.entry_id === null
      ? undefined
      : (await entriesOf(unit.tx, ticket.id)).find(({ id }) => id === delivery.entry_id);
  const author =
    entry?.kind === "reply"
      ? Object.values(unit.desk.agents).find(({ key, active }) => active && entry.agent_id === unit.ids.agent.id(key))
      : undefined;
  const told = author ? [readerOf(author)] : readers(unit, ticket, ["assignee"]);
  // Once for each try and each thing that became of it: a mail that was sent again can fail again.
  const cause = `delivery ${deliveryId}, try ${delivery.epoch}: ${delivery.bounced_at === null ? delivery.state : "bounced"}`;
  const facts = {
    recipient: delivery.recipient as EmailAddress,
    uncertain: delivery.state === "uncertain" && delivery.bounced_at === null,
    response: why,
    text: entry?.kind === "reply" ? entry.text : `(${delivery.kind})`,
  };
  for (const reader of told)
    await mailAgent(unit, ticket, reader, { kind: "receipt", cause, entryId: entry?.id }, (agent) =>
      deliveryFailed({ ...agent, ...facts }),
    );
}
