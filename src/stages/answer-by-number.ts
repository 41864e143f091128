/**
 * The prepared mails behind the links in our questions: `held 17 #confirm`, in a new mail without a token. The agent is
 * proven as for any command mail, and the question has to be one that was put to them and is still open.
 */
import { openQuestion } from "../db/delivery.ts";
import { type InboundRow, inboundById } from "../db/inbound.ts";
import type { HeldAnswer } from "../desk/commands/held-answer.ts";
import type { Agent } from "../desk/types.ts";
import { answerToHold, tellAnswer } from "./answer-to-hold.ts";
import { isConfirm, keptNote, sendKept } from "./kept-note.ts";
import type { Recording } from "./recording.ts";

export async function answerByNumber(
  recording: Recording,
  agent: Agent,
  { inboundId, rest }: HeldAnswer,
): Promise<Partial<InboundRow>> {
  const { unit, message } = recording;
  const kept = isConfirm(rest) ? await keptNote(unit, agent, inboundId) : undefined;
  if (kept) return await sendKept(recording, agent, kept);
  const question = await openQuestion(unit.tx, inboundId, unit.ids.agent.id(agent.key), unit.now);
  const mode = question?.token_mode;
  const held = question && (await inboundById(unit.tx, inboundId));
  if (!held || !question || !mode || mode === "act" || mode === "list") {
    const command = `held ${inboundId}`;
    await tellAnswer(
      recording,
      agent,
      { command, result: "nothing under this number waits for you; nothing was done", done: false },
      null,
    );
    return { reason: `nothing waits for ${agent.key} under ${inboundId}` };
  }
  const because = `${agent.key} answers the question about inbound ${inboundId} by its number`;
  const answer = { ...recording, message: { ...message, replyText: rest } };
  const row = await answerToHold(answer, {
    verdict: "answer-to-hold",
    agent: agent.key,
    mode,
    inboundId,
    deliveryId: question.id,
    because,
  });
  return { ...row, reason: because };
}
