/** A message that a human has to decide about: it is kept, visible, and the right person is asked. */
import { insertEvent } from "../db/event.ts";
import type { InboundRow } from "../db/inbound.ts";
import { lockTicket } from "../db/ticket.ts";
import { challenge, held } from "../desk/notices/notice.ts";
import type { PreparedAnswer } from "../desk/notices/notice-facts.ts";
import type { Ticket, Verdict } from "../desk/types.ts";
import type { InboundMessage } from "../mail/types.ts";
import { commandLinesIn } from "./reading.ts";
import type { Recording } from "./recording.ts";
import type { Unit } from "./stage.ts";
import { mailAgent, readers } from "./tell.ts";

type Hold = Extract<Verdict, { verdict: "hold" }>;

/** What may be answered to the question about a held message. */
export const HELD_ANSWERS: readonly PreparedAnswer[] = [
  { type: "#accept", meaning: "it belongs to this ticket; the sender takes part from now on" },
  { type: "#new", meaning: "make it a ticket of its own" },
  { type: "#block", meaning: "quarantine it, and everything else from this sender" },
];

export async function holdMessage({ unit, inbound, message }: Recording, verdict: Hold): Promise<Partial<InboundRow>> {
  const agentId = verdict.agent === null ? null : unit.ids.agent.id(verdict.agent);
  const held: Partial<InboundRow> = {
    state: "held",
    hold_reason: verdict.reason,
    ticket_id: verdict.ticketId,
    agent_id: agentId,
  };
  if (verdict.ticketId === null) return held;
  const ticket = await lockTicket(unit.tx, verdict.ticketId);
  const cause = { kind: "message", detail: `inbound ${inbound.id}: ${verdict.because}` } as const;
  const sender = message.from?.address;
  await insertEvent(
    unit.tx,
    ticket.id,
    {
      name: "message held",
      actor: sender ? { kind: "stranger", address: sender } : { kind: "postern" },
      cause,
      new: `inbound ${inbound.id}`,
      detail: verdict.reason,
    },
    unit.now,
  );
  const theirs = verdict.reason === "unknown-address" && verdict.agent !== null;
  if (verdict.reason === "proof" || theirs) await askForProof(unit, ticket, inbound, message, verdict);
  else if (verdict.reason === "stranger" || verdict.reason === "unknown-address")
    await askAboutStranger(unit, ticket, inbound, message, verdict);
  return held;
}

/** A one-time challenge to the agent's registered address; answering it executes the held mail. */
async function askForProof(
  unit: Unit,
  ticket: Ticket,
  inbound: InboundRow,
  message: InboundMessage,
  verdict: Hold,
): Promise<void> {
  const agent = verdict.agent === null ? undefined : unit.desk.agents[verdict.agent];
  if (!agent) return;
  const reader = { agent, address: agent.emails[0]!, name: agent.name };
  const commands = commandLinesIn(message.replyText, unit.desk);
  await mailAgent(
    unit,
    ticket,
    reader,
    { kind: "challenge", cause: `inbound ${inbound.id}`, tokenMode: "prove", inboundId: inbound.id },
    (facts) =>
      challenge({
        ...facts,
        claimed: message.from!.address,
        receivedAt: Number(inbound.received_at),
        because: verdict.because,
        commands,
        answer: "#confirm",
        text: message.replyText,
      }),
  );
}

async function askAboutStranger(
  unit: Unit,
  ticket: Ticket,
  inbound: InboundRow,
  message: InboundMessage,
  verdict: Hold,
): Promise<void> {
  const agent = verdict.agent === null ? undefined : unit.desk.agents[verdict.agent];
  const asked = agent?.active
    ? [{ agent, address: agent.emails[0]!, name: agent.name }]
    : readers(unit, ticket, ["assignee"]);
  for (const reader of asked) {
    await mailAgent(
      unit,
      ticket,
      reader,
      { kind: "notice", cause: `held inbound ${inbound.id}`, tokenMode: "decide", inboundId: inbound.id },
      (facts) =>
        held({
          ...facts,
          sender: message.from!,
          receivedAt: Number(inbound.received_at),
          because: verdict.because,
          answers: HELD_ANSWERS,
          text: message.replyText,
        }),
    );
  }
}
