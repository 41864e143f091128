/**
 * A ticket, its notifications and the loot that a forger could have of them, as the judgement sees them: tokens are real, what
 * a store would say of them stands in a map. `factsOf` loads it as stages/facts.ts does; proof-matrix.test.ts compares the two.
 */
import type { IntakeFacts, TokenFact } from "../../src/desk/intake-facts.ts";
import { lookups } from "../../src/desk/threading.ts";
import type { Desk, EmailAddress, Evidence, InboundMessage, Ticket } from "../../src/desk/types.ts";
import type { ParseContext } from "../../src/mail/context.ts";
import {
  agentReplyAddress,
  agentToken,
  customerReplyAddress,
  customerToken,
  tokenIsOurs,
} from "../../src/mail/token.ts";
import { type Bearing, tokenFactOf } from "../../src/stages/evidence.ts";

export const KEY = Buffer.alloc(32, 7);
export const NOW = Date.UTC(2026, 10, 23, 10);
export const SUPPORT = "support@nw.example" as EmailAddress;
export const MX = "mx.nw.example";

export const CONTEXT: ParseContext = {
  ourAddresses: [SUPPORT, "it@nw.example" as EmailAddress],
  ourDomains: ["nw.example"],
  loopMark: "test.postern",
  mx: { authservId: MX },
  arrivedAt: NOW,
  ownListIds: [],
  forwarders: [],
};

export type Notification = Bearing & { readonly agent: string | null };

export type ProofWorld = {
  readonly desk: Desk;
  readonly ticket: Ticket;
  readonly notifications: ReadonlyMap<number, Notification>;
};

export const toAgent = (id: number): string => agentReplyAddress(SUPPORT, id, agentToken(KEY, id));
export const toCustomer = (ticketId: number): string =>
  customerReplyAddress(SUPPORT, ticketId, customerToken(KEY, ticketId));

/** What the MX writes above a message: what it found of the author, and the line with which it took the message. */
export const stamp = (results: string, mx = MX): string =>
  `Authentication-Results: ${mx}; ${results}\r\nReceived: from out.else.example by ${mx} with ESMTPS; Mon, 23 Nov 2026 10:00:00 +0000\r\n`;

type Read = Pick<InboundMessage, "from" | "deliveredTo" | "to" | "cc" | "inReplyTo" | "references" | "subject">;

export function factsOf(world: ProofWorld, message: Read, policy: IntakeFacts["policy"]): IntakeFacts {
  const found = lookups(message, world.desk.prefix);
  const token = tokenOf(world, found.tokens);
  const evidence = evidenceOf(world, found, token);
  return {
    desk: world.desk,
    now: NOW,
    policy,
    token,
    evidence,
    ticket: evidence && world.ticket,
    agent: Object.values(world.desk.agents).find(
      (agent) => agent.active && message.from !== undefined && agent.emails.includes(message.from.address),
    ),
    senderAddresses: message.from && [message.from.address],
    senderBlocked: false,
  };
}

type Found = ReturnType<typeof lookups>;

function tokenOf({ notifications, desk }: ProofWorld, tokens: Found["tokens"]): TokenFact | undefined {
  const unknown = {
    genuine: false,
    expired: false,
    revoked: false,
    agent: null,
    ticketId: null,
    inboundId: null,
  } as const;
  const ours = tokens.filter(({ kind }) => kind === "agent");
  for (const token of ours) {
    const row = tokenIsOurs(KEY, token) ? notifications.get(token.id) : undefined;
    if (row) return tokenFactOf(row, row.agent, { desk, now: NOW });
  }
  return ours[0] && { deliveryId: ours[0].id, ...unknown, mode: "act" };
}

function evidenceOf({ ticket, desk }: ProofWorld, found: Found, token: TokenFact | undefined): Evidence | undefined {
  const by = (strength: Evidence["strength"]) => ({ strength, ticketId: ticket.id, because: `evidence ${strength}` });
  if (token?.genuine && token.ticketId !== null) return by(1);
  if (found.tokens.some((one) => one.kind === "customer" && one.id === ticket.id && tokenIsOurs(KEY, one)))
    return by(1);
  return found.number !== undefined && `${desk.prefix}-${found.number}` === ticket.publicNumber ? by(3) : undefined;
}
