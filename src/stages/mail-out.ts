/**
 * Writes an outgoing mail: the row, its bytes frozen, its bell. What goes to a customer is read as their mail client would
 * read it before it is accepted; a leak is a bug and ends the transaction (I6).
 */
import { freezeDelivery, type NewDelivery, reserveDelivery } from "../db/delivery.ts";
import { addMessageRef } from "../db/message-ref.ts";
import { packRaw } from "../db/raw.ts";
import { entriesOf, type EntryRow } from "../db/entry.ts";
import { firstSubject } from "../db/event.ts";
import { ticketById } from "../db/ticket.ts";
import { hiddenAddresses } from "../desk/notices/notice-frame.ts";
import { compose } from "../mail/compose.ts";
import { readFileLink } from "../mail/file-link.ts";
import { leaksIn } from "../mail/scrub.ts";
import { bounceAddress, bounceToken, tokenIsOurs } from "../mail/token.ts";
import type { EmailAddress, OutboundMessage } from "../mail/types.ts";
import type { Unit } from "./stage.ts";

export type Draft = Omit<NewDelivery, "envelopeFrom" | "notBefore"> & {
  readonly supportAddress: EmailAddress;
  readonly mailbox: string;
  /** Milliseconds that the mail waits, for an #undo. */
  readonly waitMs?: number;
  /** Commands that were carried out by the mail this one comes from. */
  readonly commandLines?: readonly string[];
  /** The inbound message that was kept as a note, and is sent after all: not held against this mail. */
  readonly asked?: number;
};

export class Leak extends Error {
  override readonly name = "Leak";
}

/** Writes one delivery unless its cause already has one; returns its id. */
export async function writeDelivery(
  unit: Unit,
  draft: Draft,
  build: (deliveryId: number) => OutboundMessage,
): Promise<number | undefined> {
  const { tx, now, stage } = unit;
  const wait = draft.waitMs ?? 0;
  const id = await reserveDelivery(tx, { ...draft, envelopeFrom: draft.supportAddress, notBefore: now + wait }, now);
  if (id === undefined) return undefined;
  const message = build(id);
  const bytes = await compose(message);
  if (draft.audience === "customer") await refuseLeaks(unit, draft, bytes);
  const plus = stage.settings.plusAddressing(draft.mailbox);
  const envelopeFrom = plus
    ? bounceAddress(draft.supportAddress, id, bounceToken(stage.settings.key, id))
    : draft.supportAddress;
  await freezeDelivery(
    tx,
    id,
    { raw: await packRaw(bytes), messageId: message.messageId, subject: message.subject, envelopeFrom },
    now,
  );
  if (draft.audience === "customer" && draft.ticketId !== null) {
    await addMessageRef(tx, message.messageId, {
      ticketId: draft.ticketId,
      entryId: draft.entryId,
      kind: draft.kind === "reply" ? "out" : "automatic",
      deliveryId: id,
    });
  }
  unit.bells.push({ queue: "deliver", id, epoch: 0, delay: wait });
  return id;
}

async function refuseLeaks({ tx, desk, stage, now }: Unit, draft: Draft, bytes: Buffer): Promise<void> {
  const entries = draft.ticketId === null ? [] : await entriesOf(tx, draft.ticketId);
  const notes = entries.filter(
    ({ kind, inbound_id }) => kind === "note" && (draft.asked === undefined || inbound_id !== draft.asked),
  );
  // An agent may be the customer: their address is no secret in their own ticket.
  const ticket = draft.ticketId === null ? undefined : await ticketById(tx, draft.ticketId);
  const people = ticket ? [ticket.customer, ...ticket.participants].map(({ address }) => address) : [];
  const agentAddresses = hiddenAddresses(desk, draft.recipient as EmailAddress).filter(
    (address) => !people.includes(address),
  );
  const subject = ticket && ((await firstSubject(tx, ticket.id)) ?? ticket.subject);
  const leaks = leaksIn(bytes, {
    agentAddresses,
    commandLines: draft.commandLines ?? [],
    noteTexts: notes.map(({ text }) => text),
    known: [...entries.filter(isTheirs).map(({ text }) => text), subject ?? ""].join("\n"),
    recipient: draft.recipient as EmailAddress,
    isOurs: (token) => tokenIsOurs(stage.settings.key, token),
    isFileLink: (last) => readFileLink(last, stage.settings.key, now).kind === "file",
  });
  if (leaks.length)
    throw new Leak(`A mail to ${draft.recipient} would have shown ${leaks.join("; ")}. It was not written.`);
}

const isTheirs = ({ kind, author_kind }: EntryRow): boolean =>
  kind === "message" && (author_kind === "customer" || author_kind === "participant");
