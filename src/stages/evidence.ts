/** What ties a message to a ticket, looked up: the agent's token that came with it, and the evidence in its fixed order. */
import { deliveryById, type DeliveryRow, type TokenMode } from "../db/delivery.ts";
import { barredFrom, findMessageRef, splitOffTo } from "../db/message-ref.ts";
import { ticketById, ticketByNumber } from "../db/ticket.ts";
import type { TokenFact } from "../desk/intake-facts.ts";
import type { Lookups, Token } from "../desk/threading.ts";
import type { Desk, Evidence } from "../desk/types.ts";
import { tokenIsOurs } from "../mail/token.ts";
import type { Unit } from "./stage.ts";

/** A message names a few tokens; one that names hundreds is no answer to anything. */
const MOST_TOKENS = 20;

/** The first genuine token of a notification; else the first that only looks like one; undefined without any. */
export async function agentTokenFact(
  { tx, stage, desk, ids, now }: Unit,
  tokens: readonly Token[],
): Promise<TokenFact | undefined> {
  const unknown = {
    genuine: false,
    expired: false,
    revoked: false,
    agent: null,
    ticketId: null,
    inboundId: null,
    mode: "act",
  } as const;
  let fact: TokenFact | undefined;
  for (const token of tokens.filter(({ kind }) => kind === "agent").slice(0, MOST_TOKENS)) {
    // The signature first: a made-up id may be larger than any that the database can compare.
    const delivery = tokenIsOurs(stage.settings.key, token) ? await deliveryById(tx, token.id) : undefined;
    if (!delivery?.token_mode) {
      fact ??= { deliveryId: token.id, ...unknown };
      continue;
    }
    const agent = delivery.agent_id === null ? null : ids.agent.key(delivery.agent_id);
    return tokenFactOf({ ...delivery, token_mode: delivery.token_mode }, agent, { desk, now });
  }
  return fact;
}

export type Bearing = Pick<
  DeliveryRow,
  "id" | "kind" | "ticket_id" | "inbound_id" | "token_expires_at" | "token_revoked" | "token_used_at"
> & { readonly token_mode: TokenMode };

/** What a delivery says of the token that it carried. `agent`: its reader's key, null for a group address. */
export function tokenFactOf(
  delivery: Bearing,
  agent: string | null,
  { desk, now }: { readonly desk: Desk; readonly now: number },
): TokenFact {
  const used = delivery.token_mode !== "act" && delivery.token_used_at !== null;
  // Who has left keeps old notifications; nobody acts by them.
  const left = agent !== null && desk.agents[agent]?.active !== true;
  return {
    deliveryId: delivery.id,
    genuine: true,
    expired: (delivery.token_expires_at ?? 0) < now,
    revoked: delivery.token_revoked === 1 || used || left,
    agent,
    ticketId: delivery.ticket_id,
    inboundId: delivery.inbound_id,
    mode: delivery.token_mode,
    ofNotice: delivery.kind === "notice",
  };
}

/** Why the message belongs to a ticket; undefined when nothing says so. What it answers may be barred from one (`#wrong`). */
export async function findEvidence(
  unit: Unit,
  found: Lookups,
  agent: TokenFact | undefined,
): Promise<Evidence | undefined> {
  const { tx, stage, desk } = unit;
  if (agent?.genuine && agent.ticketId !== null)
    return { strength: 1, ticketId: agent.ticketId, because: "the token of an agent's notification" };
  const barred = found.messageIds[0] === undefined ? [] : await barredFrom(tx, found.messageIds[0]);
  for (const token of found.tokens) {
    if (token.kind !== "customer" || barred.includes(token.id) || !tokenIsOurs(stage.settings.key, token)) continue;
    if (!(await ticketById(tx, token.id))) continue;
    const off = await splitOffTo(tx, token.id, found.messageIds);
    const because = `our token in ${token.where}${off ? `; <${off.messageId}> was split off` : ""}`;
    return { strength: 1, ticketId: off?.ticketId ?? token.id, because };
  }
  const ref = await findMessageRef(tx, found.messageIds, barred);
  if (ref) return { strength: 2, ticketId: ref.ticketId, because: `it answers <${ref.messageId}>` };
  if (found.number === undefined) return undefined;
  const numbered = await ticketByNumber(tx, `${desk.prefix}-${found.number}`);
  return numbered && !barred.includes(numbered.id)
    ? { strength: 3, ticketId: numbered.id, because: `[${numbered.publicNumber}] in the subject` }
    : undefined;
}
