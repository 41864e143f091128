/** Loads what the judgement on a message needs, in the transaction that will record the verdict. */
import { isAcceptedDomain } from "../db/accepted-domain.ts";
import { deliveryById, listDeliveries } from "../db/delivery.ts";
import { ourAddresses } from "../db/desk.ts";
import { claimIdentity, knownIdentity } from "../db/identity.ts";
import type { InboundRow } from "../db/inbound.ts";
import { findMessageRef, refersTo } from "../db/message-ref.ts";
import { addressesOf, isBlocked } from "../db/people.ts";
import { sha256 } from "../db/raw.ts";
import { lockSurvivor, recentTickets, survivor, ticketById } from "../db/ticket.ts";
import type { IntakeFacts } from "../desk/intake-facts.ts";
import { lookups } from "../desk/threading.ts";
import type { Agent, Desk, Ticket } from "../desk/types.ts";
import { domainOf, stripPlus } from "../mail/address.ts";
import { baseSubject } from "../mail/base-subject.ts";
import { headerValue } from "../mail/headers.ts";
import { tokenInMessageId, tokenIsOurs } from "../mail/token.ts";
import type { EmailAddress, InboundMessage, NamedAddress } from "../mail/types.ts";
import { agentTokenFact, findEvidence } from "./evidence.ts";
import type { Unit } from "./stage.ts";

const HOUR = 3600_000;
/** The newest mails of a ticket among which the copies of a reply are looked for. */
const MAX_COPIES = 500;

/** Who the customer of a message is: From, or Reply-To where the sender is a form of the desk's. */
export function customerOf(message: InboundMessage, desk: Desk): NamedAddress {
  const from = message.from!;
  if (!desk.formSenders.includes(from.address)) return from;
  // Anybody may fill in a form: an address of the desk's own there would make the desk write to itself.
  const ours = new Set(ourAddresses(desk));
  return message.replyTo.find(({ address }) => !ours.has(address) && !ours.has(stripPlus(address))) ?? from;
}

const activeAgent = (desk: Desk, address: EmailAddress | undefined): Agent | undefined =>
  Object.values(desk.agents).find((agent) => agent.active && address !== undefined && agent.emails.includes(address));

/** What differs when a message is only looked at: nothing is claimed then, and it may have no row. */
export type Looked = { readonly inboundId: number | undefined; readonly rawSha256: string };

export async function loadFacts(
  unit: Unit,
  inbound: InboundRow,
  message: InboundMessage,
  known: { proven: boolean },
): Promise<IntakeFacts> {
  const exact = sha256(`raw:${inbound.raw_sha256}`);
  const duplicateOf = await claimIdentity(unit.tx, inbound.id, exact, datedIdentity(message), unit.now);
  return await lookUp(unit, message, { ...known, duplicateOf, ticketOf: lockSurvivor });
}

/** The same facts for a message that is not being recorded. Only reads. */
export async function lookAtFacts(unit: Unit, looked: Looked, message: InboundMessage): Promise<IntakeFacts> {
  const exact = sha256(`raw:${looked.rawSha256}`);
  const duplicateOf = await knownIdentity(unit.tx, looked.inboundId, exact, datedIdentity(message), unit.now);
  return await lookUp(unit, message, { proven: false, duplicateOf, ticketOf: survivor });
}

/** `ticketOf`: locked by who records, so that a ticket cannot be closed or merged between the judgement and what follows. */
type Known = Pick<IntakeFacts, "proven" | "duplicateOf"> & { readonly ticketOf: typeof survivor };

async function lookUp(
  unit: Unit,
  message: InboundMessage,
  { proven, duplicateOf, ticketOf }: Known,
): Promise<IntakeFacts> {
  const { tx, desk, now, stage } = unit;
  const found = lookups(message, desk.prefix);
  const token = await agentTokenFact(unit, found.tokens);
  const evidence = await findEvidence(unit, found, token);
  const ticket = evidence ? await ticketOf(tx, evidence.ticketId) : undefined;
  return {
    desk,
    now,
    duplicateOf,
    evidence,
    ticket,
    token,
    policy: stage.settings.agentProof,
    proven,
    ourMessageId: isOurMessageId(message, stage.settings.key),
    agent: activeAgent(desk, message.from?.address),
    senderAddresses: message.from && (await addressesOf(tx, message.from.address)),
    domainAccepted: ticket && (await accepted(unit, message, ticket)),
    senderBlocked: message.from ? await isBlocked(tx, message.from.address) : false,
    foldInto: evidence ? undefined : await foldInto(unit, message),
    adoptedBy: evidence ? undefined : await adoptedBy(unit, message),
    bounced: await bouncedDelivery(unit, message, found),
  };
}

async function accepted({ tx }: Unit, { from }: InboundMessage, { customer }: Ticket): Promise<boolean> {
  return from !== undefined && (await isAcceptedDomain(tx, customer.address, domainOf(from.address)));
}

function isOurMessageId({ messageId }: InboundMessage, key: Buffer): boolean {
  const token = messageId && tokenInMessageId(messageId);
  return token ? tokenIsOurs(key, token) : false;
}

/** Message-ID, From and body: the same three within a week are the same mail (I3). */
function datedIdentity({ messageId, from, bodyHash }: InboundMessage): string | undefined {
  return messageId ? sha256(`mail:${messageId}\0${from?.address ?? ""}\0${bodyHash}`) : undefined;
}

async function foldInto({ tx, desk, now }: Unit, message: InboundMessage): Promise<Ticket | undefined> {
  if (!message.from || desk.formSenders.includes(message.from.address)) return undefined;
  const recent = await recentTickets(tx, message.from.address, baseSubject(message.subject).toLowerCase(), now - HOUR);
  return recent.length >= desk.budgets.foldAfter ? await survivor(tx, recent[0]!) : undefined;
}

/** A reply that came before its parent waits for it: same sender, and the parent joins its ticket. */
async function adoptedBy({ tx }: Unit, message: InboundMessage): Promise<Ticket | undefined> {
  if (!message.messageId || !message.from) return undefined;
  for (const id of await refersTo(tx, message.messageId)) {
    const ticket = await survivor(tx, id);
    if (ticket && ticket.customer.address === message.from.address) return ticket;
  }
  return undefined;
}

/** Whom a report of any kind is about, as far as it says. */
function reportedRecipients({ deliveryReport, feedbackReport, readReceipt, from }: InboundMessage): EmailAddress[] {
  if (deliveryReport) return [...deliveryReport.recipients];
  if (feedbackReport) return [...feedbackReport.recipients];
  return [readReceipt?.recipient, from?.address].filter((address) => address !== undefined);
}

/**
 * The delivery that a bounce, a complaint or a read receipt is about: our token in the address it was sent to, else the
 * Message-ID that it names, else one that it answers. Copies of one reply share their Message-ID; the recipient decides.
 */
async function bouncedDelivery(
  { tx, stage }: Unit,
  message: InboundMessage,
  { tokens, messageIds }: Pick<ReturnType<typeof lookups>, "tokens" | "messageIds">,
): Promise<IntakeFacts["bounced"]> {
  const { nature, deliveryReport, feedbackReport, readReceipt } = message;
  if (nature.nature !== "delivery-report" && !feedbackReport && !readReceipt) return undefined;
  const original = (deliveryReport ?? feedbackReport ?? readReceipt)?.originalMessageId;
  const ids = [...(original ? [original] : []), ...messageIds];
  const ours = [...tokens.filter(({ kind }) => kind === "bounce"), ...ids.map(tokenInMessageId)];
  for (const token of ours.slice(0, 50)) {
    if (!token || token.kind === "customer" || !tokenIsOurs(stage.settings.key, token)) continue;
    const delivery = await deliveryById(tx, token.id);
    if (delivery) return { deliveryId: delivery.id, ticketId: await living(tx, delivery.ticket_id) };
  }
  const ref = await findMessageRef(tx, ids);
  if (!ref?.deliveryId) return undefined;
  const copies = (await listDeliveries(tx, { ticketId: ref.ticketId, limit: MAX_COPIES })).filter(
    ({ message_id }) => message_id === ref.messageId,
  );
  const named = reportedRecipients(message);
  const meant = copies.find(({ recipient }) => named.includes(recipient as EmailAddress));
  const ticketId = await living(tx, ref.ticketId);
  if (copies.length === 0 || !(await mayReport(tx, message, ref.ticketId))) return { deliveryId: null, ticketId };
  // One copy is meant whatever a forwarder made of its recipient's address. Of several, everybody who has one knows the
  // Message-ID of all: a wrong one must not be marked, and prose does not do.
  const only = copies.length === 1 ? copies[0]! : undefined;
  const marked = hasReportPart(message) ? (meant ?? only) : only && meant;
  return { deliveryId: marked?.id ?? null, ticketId };
}

/** Who takes part in a ticket knows the Message-IDs of its mail, and is no mail server. */
async function mayReport(tx: Unit["tx"], { from }: InboundMessage, ticketId: number): Promise<boolean> {
  const ticket = await ticketById(tx, ticketId);
  return !ticket || ![ticket.customer, ...ticket.participants].some(({ address }) => address === from?.address);
}

/** The form of RFC 3464, which people do not write. */
function hasReportPart({ headers, attachments }: InboundMessage): boolean {
  if (/^\s*multipart\/report\b/i.test(headerValue(headers, "content-type") ?? "")) return true;
  return attachments.some(({ contentType }) => /^message\/(?:global-)?delivery-status$/.test(contentType));
}

/** Merges followed, so that what is told about an old mail stands where people look. */
const living = async (tx: Unit["tx"], ticketId: number | null): Promise<number | null> =>
  ticketId === null ? null : ((await survivor(tx, ticketId))?.id ?? ticketId);
