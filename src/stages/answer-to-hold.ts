/** An agent's answer to a question of ours: a challenge, a reply that was stopped or waits, or a stranger's held message. */
import { useToken } from "../db/delivery.ts";
import { type InboundRow, lockInbound } from "../db/inbound.ts";
import { lockSurvivor } from "../db/ticket.ts";
import { knownNames } from "../desk/commands/command-argument.ts";
import { readCommands } from "../desk/commands/command-read.ts";
import { commandReceipt } from "../desk/notices/notice.ts";
import type { Agent, Verdict } from "../desk/types.ts";
import { answerConfirm, answerProve } from "./answer-confirm.ts";
import { answerDecide } from "./answer-decide.ts";
import { answerReview } from "./answer-review.ts";
import type { Answered, Answering } from "./answering.ts";
import { newWords } from "./reading.ts";
import type { Recording } from "./recording.ts";
import { parsedMessage } from "./settle-held.ts";
import { mailAgent } from "./tell.ts";
import { supportPlace } from "./thread.ts";

type Answer = Extract<Verdict, { verdict: "answer-to-hold" }>;

const MODES: { readonly [M in Answer["mode"]]: (answering: Answering) => Promise<Answered> } = {
  prove: answerProve,
  confirm: answerConfirm,
  decide: answerDecide,
  review: answerReview,
};

/** A question is answered once; an answer that does nothing leaves it open. */
export async function answerToHold(recording: Recording, verdict: Answer): Promise<Partial<InboundRow>> {
  const { unit, message } = recording;
  const agent = unit.desk.agents[verdict.agent]!;
  const held = await lockInbound(unit.tx, verdict.inboundId);
  const ticket = held?.ticket_id ? await lockSurvivor(unit.tx, held.ticket_id) : undefined;
  const text = newWords(message);
  const reading = readCommands(text, knownNames(unit.desk, { agent, now: unit.now }));
  const answered =
    held?.state === "held"
      ? await MODES[verdict.mode]({ recording, agent, held, message: parsedMessage(held), ticket, text, reading })
      : {
          command: "your answer",
          result: "this was decided before; nothing was done",
          done: true,
          refused: true as const,
        };
  if (answered.done) await useToken(unit.tx, verdict.deliveryId, unit.now);
  await tellAnswer(recording, agent, answered, held?.ticket_id ?? null);
  return { ticket_id: held?.ticket_id ?? null };
}

/** Nothing where another mail has said it. */
export async function tellAnswer(
  { unit, inbound, message, mailbox }: Recording,
  agent: Agent,
  { command, result, done, refused }: Answered,
  ticketId: number | null,
): Promise<void> {
  if (result === undefined) return;
  const { address } = supportPlace(message, unit.desk, unit.stage.settings.addressOf(mailbox));
  const about = ticketId === null ? { supportAddress: address, mailbox } : await lockSurvivor(unit.tx, ticketId);
  const reader = { agent, address: agent.emails[0]!, name: agent.name };
  await mailAgent(unit, about, reader, { kind: "receipt", cause: `inbound ${inbound.id}` }, (facts) =>
    commandReceipt({ ...facts, results: [{ command, result }], refused: refused ?? !done }),
  );
}
