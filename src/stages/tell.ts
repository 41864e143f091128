/** Who is told of what: notifications to agents, each once for its cause, never to the one who caused it. */
import { deliveryById, type TokenMode } from "../db/delivery.ts";
import { inboundById, type InboundRow } from "../db/inbound.ts";
import { topicReason, type RouteRow } from "../db/route.ts";
import { entriesOf, type EntryRow } from "../db/entry.ts";
import { addressesOf } from "../db/people.ts";
import { withoutPeopleOf } from "../desk/assigning/assignment.ts";
import { agentNotice, deliveryFailed, notSent } from "../desk/notices/notice.ts";
import { partIn } from "../desk/part-in.ts";
import type { AgentFacts, NoticeFacts } from "../desk/notices/notice-facts.ts";
import type { Agent, Audience, Desk, Ticket } from "../desk/types.ts";
import type { EmailAddress, InboundMessage, OutboundMessage } from "../mail/types.ts";
import { filesOf } from "./files.ts";
import { agentFacts, history } from "./letters.ts";
import { writeDelivery } from "./mail-out.ts";
import type { Unit } from "./stage.ts";

/** A notification carries the customer's files up to this many bytes in all; larger ones are named. */
const MOST_TOLD = 10_000_000;
/** Tokens in notifications are good for 90 days. */
const TOKEN_MS = 90 * 24 * 3600_000;

export type Reader = { readonly agent: Agent | null; readonly address: EmailAddress; readonly name: string };

const readerOf = (agent: Agent): Reader => ({ agent, address: agent.emails[0]!, name: agent.name });

/** Whom the department tells of something, and who watches the ticket; watchers are not told of who got it. */
export function audienceOf(desk: Desk, ticket: Ticket, event: keyof Desk["departments"][string]["tell"]): Audience {
  const told = desk.departments[ticket.department]?.tell[event] ?? ["assignee"];
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
};

/** One mail to one reader, with a token of its own where its answer may do something; none to another address of the ticket's people. */
export async function mailAgent(
  unit: Unit,
  ticket: Ticket,
  reader: Reader,
  mail: AgentMail,
  build: (facts: AgentFacts & { ticket: Ticket }) => OutboundMessage,
): Promise<number | undefined> {
  if (reader.agent === null && partIn(ticket, await addressesOf(unit.tx, reader.address))) return undefined;
  const draft = {
    kind: mail.kind,
    cause: mail.cause,
    recipient: reader.address,
    ticketId: ticket.id,
    entryId: mail.entryId ?? null,
    agentId: reader.agent ? unit.ids.agent.id(reader.agent.key) : null,
    audience: reader.agent ? ("agent" as const) : ("team" as const),
    inboundId: mail.inboundId ?? null,
    supportAddress: ticket.supportAddress,
    mailbox: ticket.mailbox,
    tokenMode: mail.tokenMode ?? ("act" as const),
    tokenExpiresAt: unit.now + TOKEN_MS,
  };
  return await writeDelivery(unit, draft, (id) =>
    build(agentFacts(unit, ticket, id, { name: reader.name, address: reader.address }, reader.agent)),
  );
}

type Change = {
  readonly row: RouteRow;
  readonly ticket: Ticket;
  readonly entry: EntryRow | undefined;
};

/** After routing: the new ticket, or the customer's words, to those whom the department tells. */
export async function tellOfTicket(unit: Unit, { row, ticket, entry }: Change): Promise<void> {
  const event = row.trigger === "opened" ? "new" : row.trigger === "customer_replied" ? "customer_reply" : undefined;
  if (!event || !entry || (await isQuiet(unit, entry))) return;
  if (event === "customer_reply" && ticket.status === "closed" && !row.reopened) return;
  await tellReaders(unit, {
    ticket,
    entry,
    readers: readers(unit, ticket, audienceOf(unit.desk, ticket, event)),
    kind: event === "new" ? "new" : "customer-reply",
    cause: `route ${row.id}`,
  });
}

/** Somebody else gave this ticket to an agent. */
export async function tellAssigned(unit: Unit, ticket: Ticket, by: Agent, cause: string): Promise<void> {
  const assignee = ticket.assignee === null ? undefined : unit.desk.agents[ticket.assignee];
  if (!assignee?.active || assignee.key === by.key) return;
  const entry = (await entriesOf(unit.tx, ticket.id)).findLast(({ kind }) => kind === "message");
  if (!entry) return;
  const told = readers(unit, ticket, audienceOf(unit.desk, ticket, "assigned"));
  await tellReaders(unit, {
    ticket,
    entry,
    readers: told.filter(({ agent }) => agent?.key !== by.key),
    kind: "assigned",
    cause,
    remark: ({ agent }) => `${by.name} assigned this to ${agent?.key === assignee.key ? "you" : assignee.name}.`,
  });
}

export type Telling = {
  readonly ticket: Ticket;
  /** The words that the mail is about. */
  readonly entry: EntryRow;
  readonly readers: readonly Reader[];
  readonly kind: Parameters<typeof agentNotice>[0];
  /** Nobody gets two mails for one cause. */
  readonly cause: string;
  /** One line over the facts. */
  readonly remark?: string | ((reader: Reader) => string);
};

/** The ticket's news to these people. Returns the addresses of those who had not been told for this cause. */
export async function tellReaders(unit: Unit, telling: Telling): Promise<string[]> {
  const { ticket, entry, kind, cause } = telling;
  if (telling.readers.length === 0) return [];
  const { attachments, ...facts } = await noticeFacts(unit, ticket, entry);
  const told: string[] = [];
  for (const reader of telling.readers) {
    const own = typeof telling.remark === "function" ? telling.remark(reader) : telling.remark;
    const remark = [own, facts.remark].filter(Boolean).join(" ") || undefined;
    const mail = { kind: "notice", cause, entryId: entry.id } as const;
    const id = await mailAgent(unit, ticket, reader, mail, (agent) => ({
      ...agentNotice(kind, { ...agent, ...facts, remark }),
      attachments,
    }));
    if (id !== undefined) told.push(reader.address);
  }
  return told;
}

type Facts = Pick<NoticeFacts, "entry" | "history" | "remark" | "topicWhy" | "organization">;

/** What a notification says of the ticket, and the files that go with it. */
export async function noticeFacts(
  unit: Unit,
  ticket: Ticket,
  entry: EntryRow,
): Promise<Facts & Pick<OutboundMessage, "attachments">> {
  const { attachments, names } = await filesOf(unit, entry.id, MOST_TOLD);
  const stranger =
    entry.author_kind === "stranger" ? `From ${entry.author_address}, not a participant of this ticket.` : undefined;
  return {
    entry: {
      from: { name: entry.author_name, address: entry.author_address as EmailAddress },
      at: Number(entry.created_at),
      text: entry.text,
      attachments: names,
    },
    history: await history(unit, ticket, entry),
    remark: stranger,
    organization: ticket.organization === null ? undefined : unit.desk.organizations[ticket.organization]?.name,
    topicWhy: ticket.topic === null ? undefined : await topicReason(unit.tx, ticket.id, ticket.topic),
    attachments,
  };
}

/** Old mail of a rebuilt mailbox tells nobody; what the customer writes to the same ticket today does. */
async function isQuiet({ tx }: Unit, entry: EntryRow): Promise<boolean> {
  return entry.inbound_id !== null && (await inboundById(tx, entry.inbound_id))?.quiet === 1;
}

export type NotSent = {
  readonly ticket: Ticket;
  readonly agent: Agent;
  readonly inbound: InboundRow;
  readonly message: InboundMessage;
  readonly why: string;
};

/** The agent's mail was kept as a note: they are told at once that nothing left. */
export async function tellNotSent(unit: Unit, { ticket, agent, inbound, message, why }: NotSent): Promise<void> {
  await mailAgent(
    unit,
    ticket,
    readerOf(agent),
    { kind: "receipt", cause: `inbound ${inbound.id}`, inboundId: inbound.id },
    (facts) => notSent({ ...facts, text: message.replyText, because: why }),
  );
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
