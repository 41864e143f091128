/** Deliveries: one outgoing mail to one recipient, its bytes frozen. The state machine lives in attempt.ts. */
import type { Knex } from "knex";
import { domainOf, localPartOf, stripPlus } from "../mail/address.ts";
import type { EmailAddress } from "../mail/types.ts";
import type { Db } from "./connect.ts";
import { type PackedRaw, putRaw } from "./raw.ts";

export type DeliveryState = "pending" | "sending" | "accepted" | "rejected" | "uncertain" | "cancelled";

/** Why the mail exists; UNIQUE(kind, cause, recipient) makes a second one for the same cause impossible. */
export type DeliveryKind =
  "ack" | "reply" | "canned" | "rejection" | "closure" | "warning" | "notice" | "receipt" | "challenge" | "rule-mail";

/** What Postern answers a customer by itself: these share one budget. */
export const ANSWERS: readonly DeliveryKind[] = ["ack", "canned", "rejection"];

/** Who reads it: decides which checks its bytes must pass. */
export type Recipients = "customer" | "agent" | "team";

/**
 * What an agent's answer to this mail may do: `act` on the ticket, `prove` a held mail of theirs, `confirm` or correct one
 * that was stopped, `decide` over a held mail of somebody else, `review` a trainee's answer, or act on the tickets of a `list`.
 */
export type TokenMode = "act" | "prove" | "confirm" | "decide" | "review" | "list";

export type DeliveryRow = {
  id: number;
  kind: DeliveryKind;
  cause: string;
  recipient: string;
  recipient_domain: string;
  ticket_id: number | null;
  entry_id: number | null;
  agent_id: number | null;
  audience: Recipients;
  inbound_id: number | null;
  envelope_from: string;
  message_id: string;
  subject: string;
  raw_sha256: string | null;
  state: DeliveryState;
  epoch: number;
  not_before: number;
  claimed_by: string | null;
  attempts: number;
  on_accept: string | null;
  cancel_if: string | null;
  response: string | null;
  created_at: number;
  done_at: number | null;
  token_mode: TokenMode | null;
  token_expires_at: number | null;
  token_revoked: number;
  token_used_at: number | null;
  bounced_at: number | null;
  bounce: string | null;
};

export type NewDelivery = {
  kind: DeliveryKind;
  cause: string;
  recipient: string;
  ticketId: number | null;
  entryId: number | null;
  agentId: number | null;
  audience: Recipients;
  inboundId?: number | null;
  envelopeFrom: string;
  notBefore: number;
  onAccept?: unknown;
  cancelIf?: CancelIf;
  tokenMode?: TokenMode;
  tokenExpiresAt?: number;
};

/**
 * Re-checked when the delivery is claimed: a closure notice is void once the ticket lives again, a warning once it is not
 * pending, and news of an answer once that was taken back.
 */
export type CancelIf = {
  /** Id of the entry. */
  readonly takenBack?: number;
  readonly notClosed?: true;
  readonly notPending?: true;
  readonly newerCustomerEntryThan?: number;
};

/** Reserves a delivery; undefined when its cause already has one. It is not sent before `freezeDelivery` gives it bytes. */
export async function reserveDelivery(tx: Db, one: NewDelivery, now: number): Promise<number | undefined> {
  const rows = await tx("delivery")
    .insert({
      kind: one.kind,
      cause: one.cause,
      recipient: one.recipient,
      recipient_domain: domainOf(one.recipient as EmailAddress),
      ticket_id: one.ticketId,
      entry_id: one.entryId,
      agent_id: one.agentId,
      audience: one.audience,
      inbound_id: one.inboundId ?? null,
      envelope_from: one.envelopeFrom,
      message_id: "",
      subject: "",
      state: "pending",
      not_before: one.notBefore,
      on_accept: one.onAccept === undefined ? null : JSON.stringify(one.onAccept),
      cancel_if: one.cancelIf ? JSON.stringify(one.cancelIf) : null,
      created_at: now,
      token_mode: one.tokenMode ?? null,
      token_expires_at: one.tokenExpiresAt ?? null,
    })
    .onConflict(["kind", "cause", "recipient"])
    .ignore()
    .returning("id");
  return rows[0]?.id;
}

/** Fixes bytes and Message-ID for good, in the transaction that reserved the row. */
export async function freezeDelivery(
  tx: Db,
  id: number,
  mail: { raw: PackedRaw; messageId: string; subject: string; envelopeFrom: string },
  now: number,
): Promise<void> {
  await putRaw(tx, mail.raw, now);
  await tx("delivery").where({ id }).update({
    raw_sha256: mail.raw.sha256,
    message_id: mail.messageId,
    subject: mail.subject,
    envelope_from: mail.envelopeFrom,
  });
}

export async function deliveryById(db: Db, id: number): Promise<DeliveryRow | undefined> {
  return await db("delivery").where({ id }).first();
}

/** When the last copy of an answer may leave (UTC ms): until then its author can take it back. Undefined when there is none. */
export async function leavesAt(db: Db, entryId: number): Promise<number | undefined> {
  const row = await db("delivery").where({ entry_id: entryId, kind: "reply" }).max({ at: "not_before" }).first();
  return row?.at === null || row?.at === undefined ? undefined : Number(row.at);
}

export async function dueDeliveries(db: Db, now: number, limit: number): Promise<{ id: number; epoch: number }[]> {
  return await db("delivery")
    .where({ state: "pending" })
    .where("not_before", "<=", now)
    .orderBy("id")
    .limit(limit)
    .select("id", "epoch");
}

/** How many rows of both kinds are due. */
export async function countDue(db: Db, now: number): Promise<number> {
  const due = (table: string) =>
    db(table).where({ state: "pending" }).where("not_before", "<=", now).count({ n: "*" }).first();
  const rows = await Promise.all([due("delivery"), due("route")]);
  return rows.reduce((sum, row) => sum + Number(row?.n ?? 0), 0);
}

/** When the next waiting delivery or route row is due, undefined when none waits. */
export async function nextDue(db: Db): Promise<number | undefined> {
  const rows = await Promise.all(
    ["delivery", "route"].map((table) => db(table).where({ state: "pending" }).min({ at: "not_before" }).first()),
  );
  const times = rows.flatMap((row) => (row?.at === null || row?.at === undefined ? [] : [Number(row.at)]));
  return times.length ? Math.min(...times) : undefined;
}

/** Stops a delivery that has not begun; true when it did. */
export async function cancelDelivery(tx: Db, id: number, why: string, now: number): Promise<boolean> {
  return (
    (await tx("delivery")
      .where({ id, state: "pending" })
      .update({ state: "cancelled", response: why, done_at: now })) === 1
  );
}

/** Lets a waiting delivery go at once. */
export async function hurryDelivery(tx: Db, id: number, now: number): Promise<boolean> {
  return (
    (await tx("delivery").where({ id, state: "pending" }).where("not_before", ">", now).update({ not_before: now })) ===
    1
  );
}

/** A human decides to send an uncertain or rejected mail again: same bytes, same Message-ID, one more attempt. */
export async function resendDelivery(tx: Db, id: number, now: number): Promise<boolean> {
  const again = { state: "pending", not_before: now, attempts: 0, done_at: null, response: null };
  return (
    (await tx("delivery")
      .where({ id })
      .whereIn("state", ["uncertain", "rejected", "cancelled"])
      .whereNotNull("raw_sha256")
      .update(again)
      .increment("epoch", 1)) === 1
  );
}

/** The newest mail with an agent's or the desk's words to this ticket's people that did not arrive, as far as we know. */
export async function lastFailedReply(db: Db, ticketId: number): Promise<DeliveryRow | undefined> {
  return await db("delivery")
    .where({ ticket_id: ticketId, audience: "customer" })
    .whereIn("kind", ["reply", "canned"])
    .whereIn("state", ["rejected", "uncertain"])
    .orderBy("id", "desc")
    .first();
}

export async function listDeliveries(
  db: Db,
  filter: { state?: string; ticketId?: number; limit: number },
): Promise<DeliveryRow[]> {
  const query = db("delivery").orderBy("id", "desc").limit(filter.limit).select();
  if (filter.state) query.where({ state: filter.state });
  if (filter.ticketId) query.where({ ticket_id: filter.ticketId });
  return await query;
}

export async function countDeliveries(db: Db): Promise<Record<string, number>> {
  const rows: { state: string; n: number }[] = await db("delivery")
    .groupBy("state")
    .select("state", db.raw("count(*) as n"));
  return Object.fromEntries(rows.map((row) => [row.state, Number(row.n)]));
}

/** Automatic answers written for a sender or a sender's domain since a moment; counted in the transaction that writes the next one. */
export async function countAnswers(
  tx: Db,
  by: { recipient: EmailAddress } | { recipient_domain: string } | Record<string, never>,
  since: number,
): Promise<number> {
  const row = await tx("delivery")
    .where("recipient" in by ? ofMailbox(by.recipient) : by)
    .whereIn("kind", ANSWERS)
    .whereNot({ state: "cancelled" })
    .where("created_at", ">=", since)
    .count({ n: "*" })
    .first();
  return Number(row?.n ?? 0);
}

/** All addresses with a detail are one mailbox: `joe+1@x.example`, `joe+2@x.example`. */
function ofMailbox(address: EmailAddress): (query: Knex.QueryBuilder) => void {
  const plain = stripPlus(address);
  const [local, domain] = [localPartOf(plain), domainOf(plain)].map((part) => part.replace(/[\\%_]/g, "\\$&"));
  const detailed = `${local}+%@${domain}`;
  return (query) => void query.where({ recipient: plain }).orWhereRaw("recipient like ? escape '\\'", [detailed]);
}

export async function markBounced(tx: Db, id: number, bounce: string, now: number): Promise<void> {
  await tx("delivery").where({ id }).update({ bounced_at: now, bounce });
}

/** A token is used up by an answer that proves something; `act` tokens are not used up. */
export async function useToken(tx: Db, id: number, now: number): Promise<boolean> {
  return (await tx("delivery").where({ id, token_used_at: null }).update({ token_used_at: now })) === 1;
}

/** How many mails of a kind were written about a held message. */
export async function countDeliveriesAbout(db: Db, inboundId: number, kind: DeliveryKind): Promise<number> {
  const row = await db("delivery").where({ inbound_id: inboundId, kind }).count({ n: "*" }).first();
  return Number(row?.n ?? 0);
}

/** The newest question to an agent about a held message that can still be answered; not one that has to prove who they are. */
export async function openQuestion(
  db: Db,
  inboundId: number,
  agentId: number,
  now: number,
): Promise<DeliveryRow | undefined> {
  return await db("delivery")
    .where({ inbound_id: inboundId, agent_id: agentId, token_used_at: null, token_revoked: 0 })
    .whereIn("token_mode", ["confirm", "decide", "review"])
    .where("token_expires_at", ">=", now)
    .orderBy("id", "desc")
    .first();
}

/** The mail that told an agent that theirs was kept as a note. */
export async function notSentMail(db: Db, inboundId: number, agentId: number): Promise<number | undefined> {
  const mail = { inbound_id: inboundId, agent_id: agentId, kind: "receipt", token_mode: "act" };
  return (await db("delivery").where(mail).orderBy("id", "desc").first("id"))?.id;
}

/** Nothing can be done by this token any more. */
export async function revokeToken(tx: Db, id: number): Promise<void> {
  await tx("delivery").where({ id }).update({ token_revoked: 1 });
}
