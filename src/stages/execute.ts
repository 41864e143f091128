/**
 * An agent's proven reply: its commands are carried out together or not at all, its text goes to the customer or becomes a
 * note. Whatever is doubtful sends nothing and is told (design: what may leave).
 */
import { applyChanges } from "../db/apply.ts";
import { firstSight, forgetSight, insertCommandRun, lastCommandRun } from "../db/command.ts";
import { deliveryById, hurryDelivery } from "../db/delivery.ts";
import { type InboundRow, settleStopped } from "../db/inbound.ts";
import { lockSurvivor, lockTicket, touchTicket } from "../db/ticket.ts";
import { knownNames } from "../desk/commands/command-argument.ts";
import { type CommandPlan, planCommands } from "../desk/commands/command-plan.ts";
import { readCommands } from "../desk/commands/command-read.ts";
import type { CommandReading } from "../desk/commands/command.ts";
import type { Ticket, Verdict } from "../desk/types.ts";
import type { Acting } from "./acting.ts";
import { Ask } from "./ask.ts";
import { assignTicket } from "./assign.ts";
import { noteResponse } from "./due.ts";
import { Leak } from "./mail-out.ts";
import { commandsDiffer, doubtOfReply, newWords } from "./reading.ts";
import { answerQuery } from "./queries.ts";
import { tellNewcomer, tellResult } from "./receipt.ts";
import type { Recording } from "./recording.ts";
import { sendClosureNotice, sendReply } from "./reply.ts";
import { secretsOf, whatRepeats } from "./secrets.ts";
import { filesToSend, leakInFiles } from "./sent-files.ts";
import { inPart } from "./stage.ts";
import { askAgent, type Stop, stopReply } from "./stop-reply.ts";
import { tellAssigned, tellNotSent } from "./tell.ts";
import { addEntry, ring } from "./thread.ts";
import { undoLast } from "./undo.ts";
import { waitBefore } from "./wait-before.ts";

type AgentReply = Extract<Verdict, { verdict: "agent-reply" }>;

export async function executeAgentReply(recording: Recording, verdict: AgentReply): Promise<Partial<InboundRow>> {
  const { unit, inbound, message, said } = recording;
  const agent = unit.desk.agents[verdict.agent]!;
  const ticket = await lockSurvivor(unit.tx, verdict.evidence.ticketId);
  const acting: Acting = {
    recording,
    ticket,
    agent,
    actor: { kind: "agent", agent: agent.key },
    because: verdict.because,
  };
  const row = { ticket_id: ticket.id, agent_id: unit.ids.agent.id(agent.key) };
  if (!(await firstSight(unit.tx, sightings(recording), inbound.id, unit.now))) {
    await tellNotSent(unit, { ticket, agent, inbound, message, why: "the same mail was carried out before" });
    return { ...row, state: "duplicate", reason: "a command mail is carried out once, and this one was" };
  }
  const text = newWords(message);
  const reading: CommandReading = said.confirmed
    ? { kind: "ok", commands: [], body: text, asNote: false }
    : readCommands(text, knownNames(unit.desk));
  const files = filesToSend(message);
  const secrets = await secretsOf(acting);
  const doubt =
    doubtOfReply(message, text, files, unit.desk) ??
    (said.confirmed ? undefined : commandsDiffer(message, unit.desk)) ??
    whatRepeats(text, secrets) ??
    (await leakInFiles(recording, files, secrets));
  if (doubt) return { ...row, ...(await holdReply(acting, { because: doubt })) };
  if (reading.kind === "stop") return { ...row, ...(await holdReply(acting, reading)) };
  const plan = planCommands(reading.commands, reading.body, {
    ticket,
    agent,
    desk: unit.desk,
    attachments: files.length,
  });
  if (plan.refused)
    return { ...row, ...(await holdReply(acting, { because: `"${plan.refused.line}": ${plan.refused.why}` })) };
  const waits = await waitBefore(acting, plan);
  if (waits) return { ...row, ...waits };
  return {
    ...row,
    ...(await carriedOut(
      { ...acting, asked: secrets.asked },
      plan,
      reading.commands.map(({ line }) => line),
    )),
  };
}

/** All of the plan or nothing: a mail that would show what it may not is held like any other doubtful reply. */
async function carriedOut(
  acting: Acting,
  plan: CommandPlan,
  commandLines: readonly string[],
): Promise<Partial<InboundRow>> {
  const { recording } = acting;
  try {
    return await inPart(recording.unit, (unit) =>
      carryOut({ ...acting, recording: { ...recording, unit } }, plan, commandLines),
    );
  } catch (error) {
    if (error instanceof Ask) return await askAgent(acting, error);
    if (!(error instanceof Leak)) throw error;
    return await holdReply(acting, { because: error.message });
  }
}

/** Nothing was carried out, so the same words may come again: with a smaller file, for example. */
async function holdReply(acting: Acting, stop: Stop): Promise<Partial<InboundRow>> {
  const { unit, inbound } = acting.recording;
  await forgetSight(unit.tx, inbound.id);
  return await stopReply(acting, stop);
}

/** Once per (sender, Message-ID) and once per (notification answered, body), forever (I7), wherever the token stood. */
function sightings({ message, inbound, token }: Recording): string[] {
  const answered = token?.genuine ? `delivery ${token.deliveryId}` : `inbound ${inbound.id}`;
  return [
    `body:${answered}:${message.bodyHash}`,
    ...(message.messageId ? [`id:${message.from?.address}:${message.messageId}`] : []),
  ];
}

async function carryOut(
  acting: Acting,
  plan: CommandPlan,
  commandLines: readonly string[],
): Promise<Partial<InboundRow>> {
  const { recording, ticket, agent } = acting;
  const { unit, inbound } = recording;
  const told = { ticketId: ticket.id, agent, inbound };
  if (plan.query) {
    await answerQuery(unit, { agent, inbound, ticket }, plan.query);
    return { reason: `${acting.because}; #${plan.query.name}` };
  }
  if (plan.undo) {
    const { result, refused } = await undoLast(acting);
    await tellResult(unit, { ...told, refused, results: [{ command: "#undo", result }] });
    return { reason: `${acting.because}; #undo` };
  }
  if (plan.confirm) {
    const result = "nothing waits for it here; answer the mail that asks";
    await tellResult(unit, { ...told, results: [{ command: "#confirm", result }] });
    return { reason: `${acting.because}; #confirm, but nothing was asked` };
  }
  await settleStopped(unit.tx, ticket.id, unit.ids.agent.id(agent.key), inbound.id, unit.now);
  const changed = await change(acting, plan);
  const waitMs = plan.sendNow ? 0 : unit.desk.defaults.undoSeconds * 1000;
  const entryId = await keepText(acting, plan);
  const deliveries =
    plan.reply !== undefined && entryId !== undefined
      ? await sendReply(acting, {
          entryId,
          text: plan.reply,
          closing: plan.closeOnAccept,
          waitMs,
          commandLines,
          parts: filesToSend(recording.message).map(({ part }) => part),
        })
      : [];
  if (plan.sendClosureNotice) deliveries.push(...(await sendClosureNotice(acting, waitMs)));
  if (plan.sendNow && deliveries.length === 0) await hurryLast(acting);
  if (ticket.assignee !== changed.assignee) await tellAssigned(unit, changed, agent, `inbound ${inbound.id}`);
  await keepRun(acting, plan, deliveries);
  const surprised = plan.results.some(({ command }) => !command.startsWith("#"));
  const receipt = {
    ...told,
    results: plan.results,
    undoSeconds: waitMs > 0 && deliveries.length > 0 ? waitMs / 1000 : undefined,
  };
  if (surprised) await tellResult(unit, receipt);
  else await tellNewcomer(unit, receipt);
  if (plan.reply !== undefined && entryId !== undefined) await ring(recording, ticket.id, entryId, "agent_replied");
  return {
    entry_id: entryId ?? null,
    reason: `${acting.because}${commandLines.length ? `; ${[...new Set(commandLines)].join(", ")}` : ""}`,
  };
}

async function change({ recording: { unit }, ticket, actor }: Acting, plan: CommandPlan): Promise<Ticket> {
  const changed = await applyChanges(unit.tx, ticket.id, plan.changes, actor, unit.ids, unit.now);
  return plan.assignment ? (await assignTicket(unit, changed, plan.assignment, actor)).ticket : changed;
}

/** The agent's text in the thread, as the reply or the note that it is. */
async function keepText({ recording, ticket, agent }: Acting, plan: CommandPlan): Promise<number | undefined> {
  const text = plan.reply ?? plan.note;
  if (text === undefined) return undefined;
  const { unit, message } = recording;
  const kind = plan.reply === undefined ? "note" : "reply";
  const entryId = await addEntry(
    recording,
    ticket.id,
    kind,
    "agent",
    { name: agent.name, address: message.from!.address },
    { agentId: unit.ids.agent.id(agent.key), text },
  );
  if (kind === "reply") {
    await touchTicket(unit.tx, ticket.id, { last_agent_at: unit.now });
    await noteResponse(unit, ticket.id);
  }
  return entryId;
}

/** `#now` alone: what this agent's last mail sends and still waits goes at once. */
async function hurryLast({ recording: { unit }, ticket, agent }: Acting): Promise<void> {
  const run = await lastCommandRun(unit.tx, ticket.id, unit.ids.agent.id(agent.key));
  for (const id of run?.deliveries ?? []) {
    if (!(await hurryDelivery(unit.tx, id, unit.now))) continue;
    const { epoch } = (await deliveryById(unit.tx, id))!;
    unit.bells.push({ queue: "deliver", id, epoch });
  }
}

async function keepRun(
  { recording: { unit, inbound }, ticket, agent }: Acting,
  plan: CommandPlan,
  deliveries: readonly number[],
): Promise<void> {
  const cause = { kind: "command", detail: "#undo" } as const;
  const after = await lockTicket(unit.tx, ticket.id);
  await insertCommandRun(unit.tx, {
    ticketId: ticket.id,
    agentId: unit.ids.agent.id(agent.key),
    inboundId: inbound.id,
    at: unit.now,
    commands: plan.receipt as string[],
    inverse: plan.inverse.map((change) => ({ change, cause })),
    seqAfter: after.seq,
    deliveries: [...deliveries],
  });
}
