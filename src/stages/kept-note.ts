/**
 * An agent's mail that was kept as a note, because nothing said that it was an answer to the customer: the agent was told, and
 * `#confirm` carries it out as the answer that they meant. It is judged as any answer is, and carried out once.
 */
import { deliveryById, notSentMail } from "../db/delivery.ts";
import { type InboundRow, lockInbound, updateInbound } from "../db/inbound.ts";
import { lockSurvivor } from "../db/ticket.ts";
import type { TokenFact } from "../desk/intake-facts.ts";
import type { Agent, Verdict } from "../desk/types.ts";
import type { InboundMessage } from "../mail/types.ts";
import { tokenFactOf } from "./evidence.ts";
import { executeAgentReply } from "./execute.ts";
import { firstCommandWord, newWords } from "./reading.ts";
import type { Recording } from "./recording.ts";
import { parsedMessage } from "./settle-held.ts";
import type { Unit } from "./stage.ts";

export type KeptNote = {
  readonly inbound: InboundRow;
  readonly message: InboundMessage;
  readonly ticketId: number;
  /** Of the mail that told the agent. */
  readonly token: TokenFact;
};

type AgentReply = Extract<Verdict, { verdict: "agent-reply" }>;

/** The answer to a notification; or `#confirm` to the mail that says that nothing was sent. */
export async function replyOrConfirm(recording: Recording, verdict: AgentReply): Promise<Partial<InboundRow>> {
  const { unit, token, message } = recording;
  const agent = unit.desk.agents[verdict.agent]!;
  const told = token?.inboundId ?? null;
  const kept = told !== null && isConfirm(newWords(message)) ? await keptNote(unit, agent, told) : undefined;
  return kept ? await sendKept(recording, agent, kept) : await executeAgentReply(recording, verdict);
}

/** Nothing else may stand beside it: other words would be another answer. */
export const isConfirm = (text: string): boolean =>
  firstCommandWord(text) === "confirm" && !/\n\s*\S/.test(text.trim());

/** The agent's note that is still to be sent, by the number of its message. Undefined for every other message. */
export async function keptNote(unit: Unit, agent: Agent, inboundId: number): Promise<KeptNote | undefined> {
  const agentId = unit.ids.agent.id(agent.key);
  const inbound = await lockInbound(unit.tx, inboundId);
  const message = inbound && parsedMessage(inbound);
  const noted = inbound?.state === "recorded" && inbound.verdict === "follow-up" && inbound.agent_id === agentId;
  if (!noted || !message || inbound.ticket_id === null) return undefined;
  const id = await notSentMail(unit.tx, inboundId, agentId);
  const mail = id === undefined ? undefined : await deliveryById(unit.tx, id);
  if (!mail?.token_mode) return undefined;
  const token = tokenFactOf({ ...mail, token_mode: mail.token_mode }, agent.key, unit);
  if (token.expired || token.revoked) return undefined;
  return { inbound, message, ticketId: (await lockSurvivor(unit.tx, inbound.ticket_id)).id, token };
}

/** Carries the kept mail out in its own name; what becomes of it stands in its row. */
export async function sendKept(recording: Recording, agent: Agent, kept: KeptNote): Promise<Partial<InboundRow>> {
  const { unit } = recording;
  const { inbound, message, ticketId, token } = kept;
  const because = `${agent.key} has confirmed what was kept as a note`;
  const evidence = { strength: 1, ticketId, because } as const;
  const own = { ...recording, inbound, message, token };
  const row = await executeAgentReply(own, { verdict: "agent-reply", evidence, agent: agent.key, because });
  const decided = row.state === "held" ? inbound.decided : null;
  await updateInbound(unit.tx, inbound.id, { verdict: "agent-reply", reason: because, ...row, decided });
  return { ticket_id: ticketId, agent_id: unit.ids.agent.id(agent.key), reason: `${because}: inbound ${inbound.id}` };
}
