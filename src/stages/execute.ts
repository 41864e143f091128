/**
 * Reads an agent's proven reply: its commands are carried out together or not at all (carry-out-commands.ts), its text goes to
 * the customer or becomes a note. Whatever is doubtful sends nothing and is told (design: what may leave).
 */
import { firstSight, forgetSight } from "../db/command.ts";
import { type InboundRow, settleStopped } from "../db/inbound.ts";
import { lockSurvivor } from "../db/ticket.ts";
import { knownNames } from "../desk/commands/command-argument.ts";
import { readCommands } from "../desk/commands/command-read.ts";
import type { CommandReading, ParsedCommand } from "../desk/commands/command.ts";
import type { Verdict } from "../desk/types.ts";
import type { Attachment } from "../mail/types.ts";
import type { Acting } from "./acting.ts";
import { Ask } from "./ask.ts";
import { type CarriedOut, carryOutPlan, planFor } from "./carry-out-commands.ts";
import { Leak } from "./mail-out.ts";
import { tellOfNewer } from "./newer-message.ts";
import { commandsDiffer, doubtOfReply, newWords } from "./reading.ts";
import { tellNewcomer, tellResult } from "./receipt.ts";
import type { Recording } from "./recording.ts";
import { Refused } from "./refused.ts";
import { secretsOf, whatRepeats } from "./secrets.ts";
import { filesToSend, leakInFiles } from "./sent-files.ts";
import { inPart } from "./stage.ts";
import { askAgent, type Stop, stopReply } from "./stop-reply.ts";
import { tellNotSent } from "./tell-not-sent.ts";
import { waitBefore } from "./wait-before.ts";

type AgentReply = Extract<Verdict, { verdict: "agent-reply" }>;

export async function executeAgentReply(recording: Recording, verdict: AgentReply): Promise<Partial<InboundRow>> {
  const { unit, inbound, message } = recording;
  const agent = unit.desk.agents[verdict.agent]!;
  const ticket = await lockSurvivor(unit.tx, verdict.evidence.ticketId);
  const actor = { kind: "agent", agent: agent.key } as const;
  const acting: Acting = { recording, ticket, agent, actor, because: verdict.because };
  const row = { ticket_id: ticket.id, agent_id: unit.ids.agent.id(agent.key) };
  if (!(await firstSight(unit.tx, sightings(recording), inbound.id, unit.now))) {
    const { token } = recording;
    await tellNotSent(unit, { ticket, agent, inbound, message, token, why: "the same mail was carried out before" });
    return { ...row, state: "duplicate", reason: "a command mail is carried out once, and this one was" };
  }
  return { ...row, ...(await executeOnce(acting)) };
}

/**
 * Once per (sender, Message-ID) and once per (notification answered, body), forever (I7), wherever the token stood. A mail to
 * a team is answered by several with the same word: once by each.
 */
export function sightings({ message, inbound, token }: Recording): string[] {
  const by = token?.agent === null ? ` by ${message.from?.address}` : "";
  const answered = token?.genuine ? `delivery ${token.deliveryId}${by}` : `inbound ${inbound.id}`;
  return [
    `body:${answered}:${message.bodyHash}`,
    ...(message.messageId ? [`id:${message.from?.address}:${message.messageId}`] : []),
  ];
}

async function executeOnce(acting: Acting): Promise<Partial<InboundRow>> {
  const { recording } = acting;
  const { unit, message, said } = recording;
  const text = newWords(message);
  const known = knownNames(unit.desk, { agent: acting.agent, now: unit.now });
  const reading: CommandReading = said.confirmed
    ? { kind: "ok", commands: [], body: text, asNote: false }
    : readCommands(text, known);
  const files = filesToSend(message);
  const secrets = await secretsOf(acting);
  const doubt =
    doubtOfReply(message, text, files, unit.desk) ??
    (said.confirmed || said.corrected || said.reviewed ? undefined : commandsDiffer(message, known)) ??
    whatRepeats(text, secrets) ??
    (await leakInFiles(recording, files, secrets));
  if (doubt) return await holdReply(acting, { because: doubt });
  if (reading.kind === "stop") return await holdReply(acting, reading);
  return await carryOutMail({ ...acting, asked: secrets.asked }, { ...reading, files });
}

type Read = {
  readonly commands: readonly ParsedCommand[];
  readonly body: string;
  readonly files: readonly Attachment[];
};

/** All of it or nothing: a mail that would show what it may not is held like any other doubtful reply. */
async function carryOutMail(acting: Acting, { commands, body, files }: Read): Promise<Partial<InboundRow>> {
  const { recording } = acting;
  try {
    const plan = await planFor(acting, commands, body, files);
    const waits = await waitBefore(acting, plan);
    if (waits) return await spared(acting, waits);
    const done = await inPart(recording.unit, async (unit) => {
      const part = { ...acting, recording: { ...recording, unit } };
      const carriedOut = await carryOutPlan(part, plan, files);
      await tell(part, carriedOut);
      if (plan.reply !== undefined) await tellOfNewer(part, carriedOut.undoSeconds);
      return carriedOut;
    });
    const lines = [...new Set(plan.lines)].join(", ");
    return { entry_id: done.entryId ?? null, reason: lines === "" ? acting.because : `${acting.because}; ${lines}` };
  } catch (error) {
    if (error instanceof Ask) return await spared(acting, await askAgent(acting, error));
    if (error instanceof Leak || error instanceof Refused) return await holdReply(acting, { because: error.message });
    throw error;
  }
}

/** What came of it, to the agent; their replies that were stopped before have been written anew. */
async function tell({ recording, ticket, agent }: Acting, done: CarriedOut): Promise<void> {
  const { unit, inbound } = recording;
  const { results, undoSeconds, refused } = done;
  const told = { ticketId: ticket.id, agent, inbound, results, undoSeconds, refused };
  if (done.tell === "always") await tellResult(unit, told);
  else if (done.tell === "newcomer") await tellNewcomer(unit, told);
  if (!done.acted) return;
  const by = { inboundId: inbound.id, replied: done.acted.replied };
  await settleStopped(unit.tx, ticket.id, unit.ids.agent.id(agent.key), by, unit.now);
}

async function holdReply(acting: Acting, stop: Stop): Promise<Partial<InboundRow>> {
  return await spared(acting, await stopReply(acting, stop));
}

/** Nothing was carried out, so the same words may come again: with a smaller file, for example. */
async function spared(
  { recording: { unit, inbound } }: Acting,
  held: Partial<InboundRow>,
): Promise<Partial<InboundRow>> {
  await forgetSight(unit.tx, inbound.id);
  return held;
}
