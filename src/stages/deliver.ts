/**
 * Deliver: claim, send once, write the outcome. The claim re-checks whether the mail is still wanted; the start of data is
 * committed before the first byte leaves, so that no crash can make us send a mail twice (I4, I5).
 */
import { setTimeout as sleep } from "node:timers/promises";
import { applyChanges } from "../db/apply.ts";
import { claimDelivery, settleAttempt, type Settlement, startData } from "../db/attempt.ts";
import { type CancelIf, cancelDelivery, deliveryById, type DeliveryRow } from "../db/delivery.ts";
import { entryById, TAKEN_BACK } from "../db/entry.ts";
import { insertEvent } from "../db/event.ts";
import { getRaw } from "../db/raw.ts";
import { lockTicket, ticketById } from "../db/ticket.ts";
import type { CausedChange } from "../desk/types.ts";
import { agentToken, fillToken } from "../mail/token.ts";
import type { SmtpOutcome } from "../mail/types.ts";
import type { SendOnce } from "../smtp/send.ts";
import { backoffMs } from "./backoff.ts";
import { inUnit, type Stage, type Unit } from "./stage.ts";
import { tellDeliveryFailed } from "./tell.ts";

/** A recipient's server that says "later" is asked again for four days (RFC 5321 section 4.5.4.1), then the mail is given up. */
const GIVE_UP_MS = 4 * 24 * 3600_000;
/** About ten minutes of trying. */
const PERSIST_TRIES = 24;
const PERSIST_BACKOFF = { first: 200, most: 30_000 };
const BACKOFF = { first: 30_000, most: 4 * 3600_000 };

type Outcome = SmtpOutcome | { readonly kind: "aborted"; readonly why: string };

/** Sends one delivery if it is still waiting at this epoch; does nothing otherwise. `worker` names the lease of this process. */
export async function deliver(stage: Stage, send: SendOnce, worker: string, id: number, epoch: number): Promise<void> {
  const claimed = await inUnit(stage, (unit) => claim(unit, id, epoch, worker));
  if (!claimed) return;
  const outcome = await sendClaimed(stage, send, claimed);
  await persist(stage, () => inUnit(stage, (unit) => settle(unit, claimed, outcome)));
}

/** A failure of ours before the SMTP server is asked is no reason to lose the claim: the mail waits, with the reason. */
async function sendClaimed(stage: Stage, send: SendOnce, delivery: DeliveryRow): Promise<Outcome> {
  const { id, epoch, token_mode, envelope_from: from, recipient: to } = delivery;
  let bytes: Buffer;
  try {
    const frozen = await getRaw(stage.db, delivery.raw_sha256!);
    bytes = token_mode ? fillToken(frozen, agentToken(stage.settings.key, id)) : frozen;
  } catch (error) {
    stage.log.error({ delivery: id, err: error }, "mail could not be read");
    return { kind: "deferred", response: `not sent, the stored mail could not be read: ${(error as Error).message}` };
  }
  return await send({ from, to }, bytes, { dataStarted: () => startData(stage.db, id, epoch, stage.now()) });
}

/** The outcome is known only here: a store that is away for a while must not turn it into a doubt. */
async function persist(stage: Stage, write: () => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await write();
    } catch (error) {
      stage.log.error({ err: error, tries }, "the outcome of a delivery could not be written");
      if (tries >= PERSIST_TRIES) throw error;
      await sleep(backoffMs(tries, PERSIST_BACKOFF));
    }
  }
}

async function claim(unit: Unit, id: number, epoch: number, worker: string): Promise<DeliveryRow | undefined> {
  const waiting = await deliveryById(unit.tx, id);
  if (waiting?.ticket_id) await lockTicket(unit.tx, waiting.ticket_id);
  const unwanted = waiting?.state === "pending" ? await unwantedBecause(unit, waiting) : undefined;
  if (unwanted) {
    await cancelDelivery(unit.tx, id, unwanted, unit.now);
    if (waiting?.ticket_id) await log(unit, waiting, "not sent", unwanted);
    return undefined;
  }
  return await claimDelivery(unit.tx, id, epoch, worker, unit.now);
}

/** What may have changed since the mail was written: the ticket lives again, or the agent has left. */
async function unwantedBecause({ tx, desk, ids }: Unit, delivery: DeliveryRow): Promise<string | undefined> {
  if (delivery.audience === "agent" && delivery.agent_id && !desk.agents[ids.agent.key(delivery.agent_id)]?.active)
    return "the agent is no longer active";
  if (delivery.token_revoked) return "the token of this notification was revoked";
  const writer =
    delivery.kind === "reply" && delivery.entry_id ? (await entryById(tx, delivery.entry_id))?.agent_id : null;
  if (writer && !desk.agents[ids.agent.key(writer)]?.active) return "the agent who wrote it is no longer active";
  if (!delivery.cancel_if || !delivery.ticket_id) return undefined;
  const condition = JSON.parse(delivery.cancel_if) as CancelIf;
  const ticket = await ticketById(tx, delivery.ticket_id);
  if (condition.notClosed && ticket?.status !== "closed") return "the ticket was opened again";
  if (condition.takenBack !== undefined && (await entryById(tx, condition.takenBack))?.marks.includes(TAKEN_BACK))
    return "the answer that it tells of was taken back";
  if (condition.notPending && ticket?.status !== "pending") return "the ticket is no longer pending";
  if (
    condition.newerCustomerEntryThan !== undefined &&
    (ticket?.lastCustomerAt ?? 0) > condition.newerCustomerEntryThan
  )
    return "the customer has written in the meantime";
  return undefined;
}

async function settle(unit: Unit, delivery: DeliveryRow, outcome: Outcome): Promise<void> {
  const { tx, now, stage } = unit;
  if (delivery.ticket_id) await lockTicket(tx, delivery.ticket_id);
  const to = settlement(delivery, outcome, now);
  const settled = await settleAttempt(tx, delivery.id, delivery.epoch, outcome.kind, to, now);
  unit.afterwards.push(() =>
    stage.log.info(
      {
        delivery: delivery.id,
        kind: delivery.kind,
        to: delivery.recipient,
        state: settled ? to.state : "late",
        response: to.response,
      },
      "delivery settled",
    ),
  );
  if (settled && to.state === "pending")
    unit.bells.push({ queue: "deliver", id: delivery.id, epoch: delivery.epoch, delay: to.notBefore! - now });
  if (!settled || !delivery.ticket_id) return;
  if (to.state === "accepted") await accepted(unit, delivery, to.response);
  if (to.state === "rejected" || to.state === "uncertain") await failed(unit, delivery, to);
}

function settlement({ attempts, created_at }: DeliveryRow, outcome: Outcome, now: number): Settlement {
  if (outcome.kind === "accepted") return { state: "accepted", response: outcome.response };
  if (outcome.kind === "rejected") return { state: "rejected", response: outcome.response };
  if (outcome.kind === "uncertain") return { state: "uncertain", response: outcome.why };
  const response = outcome.kind === "aborted" ? outcome.why : outcome.response;
  if (now - created_at > GIVE_UP_MS)
    return { state: "rejected", response: `given up after ${attempts} tries in four days; the last: ${response}` };
  return { state: "pending", notBefore: now + backoffMs(attempts, BACKOFF), response };
}

async function accepted(unit: Unit, delivery: DeliveryRow, response: string): Promise<void> {
  await log(unit, delivery, "sent", response);
  if (!delivery.on_accept) return;
  const changes = JSON.parse(delivery.on_accept) as { agent: string; changes: CausedChange[] };
  await applyChanges(
    unit.tx,
    delivery.ticket_id!,
    changes.changes,
    { kind: "agent", agent: changes.agent },
    unit.ids,
    unit.now,
  );
}

async function failed(unit: Unit, delivery: DeliveryRow, { state, response }: Settlement): Promise<void> {
  await log(unit, delivery, state, response);
  const ticket = await lockTicket(unit.tx, delivery.ticket_id!);
  if (delivery.audience === "customer")
    await tellDeliveryFailed(unit, { deliveryId: delivery.id, ticket, why: `${state}: ${response}` });
}

async function log({ tx, now }: Unit, delivery: DeliveryRow, name: string, detail: string): Promise<void> {
  const cause = { kind: "delivery", detail: `delivery ${delivery.id} (${delivery.kind})` } as const;
  await insertEvent(
    tx,
    delivery.ticket_id!,
    {
      name: `${delivery.kind} ${name}`,
      actor: { kind: "postern" },
      cause,
      new: delivery.recipient,
      detail: detail.slice(0, 500),
    },
    now,
  );
}
