/** A message that a human has to decide about: it is kept, visible, and the right person is asked. */
import { insertEvent } from "../db/event.ts";
import type { InboundRow } from "../db/inbound.ts";
import { lockTicket } from "../db/ticket.ts";
import { knownNames } from "../desk/commands/command-argument.ts";
import { challenge, held } from "../desk/notices/notice-holds.ts";
import type { PreparedAnswer } from "../desk/notices/notice-facts.ts";
import { may } from "../desk/permission.ts";
import type { Ticket, Verdict } from "../desk/types.ts";
import type { InboundMessage } from "../mail/types.ts";
import { commandLinesIn } from "./reading.ts";
import type { Recording } from "./recording.ts";
import type { Unit } from "./stage.ts";
import { mailAgent, type Reader, readers } from "./tell.ts";
import { supportPlace } from "./thread.ts";

type Hold = Extract<Verdict, { verdict: "hold" }>;

/** What may be answered to the question about a held message. */
export const HELD_ANSWERS: readonly PreparedAnswer[] = [
  { type: "#accept", meaning: "it belongs to this ticket; the sender takes part from now on" },
  { type: "#new", meaning: "make it a ticket of its own" },
  { type: "#block", meaning: "quarantine it, and everything else from this sender" },
];

export async function holdMessage(recording: Recording, verdict: Hold): Promise<Partial<InboundRow>> {
  const { unit, inbound, message } = recording;
  const agentId = verdict.agent === null ? null : unit.ids.agent.id(verdict.agent);
  const row: Partial<InboundRow> = {
    state: "held",
    hold_reason: verdict.reason,
    ticket_id: verdict.ticketId,
    agent_id: agentId,
    asked: null,
    reminded: 0,
  };
  const ticket = verdict.ticketId === null ? undefined : await lockTicket(unit.tx, verdict.ticketId);
  if (ticket) await sayHeld(recording, ticket, verdict);
  const theirs = verdict.reason === "unknown-address" && verdict.agent !== null;
  if (verdict.reason === "proof" || theirs) await askForProof(recording, ticket, verdict);
  else if (ticket && (verdict.reason === "stranger" || verdict.reason === "unknown-address"))
    await askAboutStranger(unit, ticket, inbound, message, verdict);
  return row;
}

async function sayHeld({ unit, inbound, message }: Recording, ticket: Ticket, verdict: Hold): Promise<void> {
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
}

/**
 * A one-time challenge to the agent's registered address, also about a mail that names no ticket; answering it executes the
 * held mail.
 */
async function askForProof(
  { unit, inbound, message, mailbox }: Recording,
  ticket: Ticket | undefined,
  verdict: Hold,
): Promise<void> {
  const agent = verdict.agent === null ? undefined : unit.desk.agents[verdict.agent];
  if (!agent) return;
  const reader = { agent, address: agent.emails[0]!, name: agent.name };
  const commands = commandLinesIn(message.replyText, knownNames(unit.desk, { agent, now: unit.now }));
  const { address } = supportPlace(message, unit.desk, unit.stage.settings.addressOf(mailbox));
  await mailAgent(
    unit,
    ticket ?? { supportAddress: address, mailbox },
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

/** Who is asked has to have the right to decide: a trainee's leads are, where a trainee has the ticket. */
function deciders(unit: Unit, ticket: Ticket, asked: string | null): Reader[] {
  const agent = asked === null ? undefined : unit.desk.agents[asked];
  if (agent?.active && may(agent.role, "decide")) return [{ agent, address: agent.emails[0]!, name: agent.name }];
  const able = readers(unit, ticket, ["assignee"]).filter((one) => one.agent === null || may(one.agent.role, "decide"));
  return able.length > 0 ? able : readers(unit, ticket, ["lead"]);
}

async function askAboutStranger(
  unit: Unit,
  ticket: Ticket,
  inbound: InboundRow,
  message: InboundMessage,
  verdict: Hold,
): Promise<void> {
  for (const reader of deciders(unit, ticket, verdict.agent)) {
    await mailAgent(
      unit,
      ticket,
      reader,
      { kind: "notice", cause: `held inbound ${inbound.id}`, tokenMode: "decide", inboundId: inbound.id },
      (facts) =>
        held({
          ...facts,
          // The links of a team's mail would be worth what its reader's are.
          ...(reader.agent && { inboundId: inbound.id }),
          sender: message.from!,
          receivedAt: Number(inbound.received_at),
          because: verdict.because,
          answers: HELD_ANSWERS,
          text: message.replyText,
        }),
    );
  }
}
