/**
 * Carries out the commands of one mail, and its text, on one ticket, in the caller's transaction: all of it or nothing. Who
 * wrote it and what of it may leave is settled before. Acts that change people come before the text, so that whoever takes
 * part from now on gets it; the run is kept for #undo when everything else has been done.
 */
import { applyChanges } from "../db/apply.ts";
import { insertCommandRun, lastCommandRun, type UndoStep } from "../db/command.ts";
import { deliveryById, hurryDelivery } from "../db/delivery.ts";
import { eventsOf } from "../db/event.ts";
import { lockTicket } from "../db/ticket.ts";
import { type CommandPlan, type CommandResult, planCommands } from "../desk/commands/command-plan.ts";
import { spelled } from "../desk/commands/command-spelled.ts";
import type { ParsedCommand } from "../desk/commands/command.ts";
import type { Ticket } from "../desk/types.ts";
import type { Attachment } from "../mail/types.ts";
import type { ActDone, Acting } from "./acting.ts";
import { carryOutAct } from "./acts.ts";
import { assignTicket } from "./assign.ts";
import { collisionOf } from "./collision.ts";
import { carryOutPresence } from "./presence.ts";
import { answerQuery } from "./queries.ts";
import { Refused } from "./refused.ts";
import { sendClosureNotice, writeText } from "./reply.ts";
import { causeOfMail, tellAssigned } from "./tell.ts";
import { tellOfNote } from "./tell-written.ts";
import { ring } from "./thread.ts";
import { undoLast } from "./undo.ts";
import { waitBefore } from "./wait-before.ts";

export type CarriedOut = {
  /** A line a command, for the receipt. */
  readonly results: readonly CommandResult[];
  /** The agent's text in the thread. */
  readonly entryId?: number;
  /** Mails to customers that were written. */
  readonly deliveries: readonly number[];
  /** Whether the agent hears of it: in any case, while they are new to commands, or not because the answer is a mail itself. */
  readonly tell: "always" | "newcomer" | "answered";
  /** Set when the ticket was acted on, and not only asked about: what of the agent's was stopped before is done with. */
  readonly acted?: { readonly replied: boolean };
  /** Nothing was done (an #undo that came too late); the result says why. */
  readonly refused?: true;
  /** Seconds in which #undo stops the mails. */
  readonly undoSeconds?: number;
};

/**
 * Plans and carries out commands as they were read, with the text that is left without them. Throws `Refused` with the
 * reason, or `Ask`; nothing may be kept of it then (`inPart`). `files` go with a reply. An answer that somebody has to see
 * first (wait-before.ts) is refused here: its own mail is the one that can wait.
 */
export async function carryOutCommands(
  acting: Acting,
  commands: readonly ParsedCommand[],
  body: string,
  files: readonly Attachment[] = [],
): Promise<CarriedOut> {
  const plan = await planFor(acting, commands, body, files);
  if (await waitBefore(acting, plan))
    throw new Refused("an answer that somebody has to see first is written in answer to the ticket's own mail");
  return await carryOutPlan(acting, plan, files);
}

/** Throws `Refused` with the line that is to blame. */
export async function planFor(
  acting: Acting,
  commands: readonly ParsedCommand[],
  body: string,
  files: readonly Attachment[],
): Promise<CommandPlan> {
  const { ticket, agent, recording } = acting;
  const takenSince = await sinceWhenTaken(acting);
  const context = { ticket, agent, desk: recording.unit.desk, attachments: files.length, takenSince };
  const plan = planCommands(commands, body, context);
  if (plan.refused) throw new Refused(`"${plan.refused.line}": ${plan.refused.why}`);
  return plan;
}

/** Of a ticket that was offered to a team's address and that somebody has: since when. The first who takes it has it. */
async function sinceWhenTaken({ recording, ticket }: Acting): Promise<number | undefined> {
  const { token, unit } = recording;
  if (!token?.genuine || token.agent !== null || ticket.assignee === null) return undefined;
  const taken = (await eventsOf(unit.tx, ticket.id)).findLast(({ name }) => name === "assign");
  return taken ? Number(taken.at) : undefined;
}

export async function carryOutPlan(
  acting: Acting,
  plan: CommandPlan,
  files: readonly Attachment[],
): Promise<CarriedOut> {
  const asked = await answerAlone(acting, plan);
  if (asked) return asked;
  const { recording, ticket, agent } = acting;
  const { unit, inbound } = recording;
  const changed = await change(acting, plan);
  const acts = await carryOutActs(acting, plan);
  // Who takes part may have changed; whatever else was said of the ticket concerns the mails after this one.
  const { participants } = await lockTicket(unit.tx, ticket.id);
  const answering: Acting = { ...acting, ticket: { ...ticket, participants } };
  const waitMs = plan.sendNow ? 0 : unit.desk.defaults.undoSeconds * 1000;
  const { entryId, deliveries } = await writeText(answering, plan, { waitMs, files });
  if (plan.sendClosureNotice) deliveries.push(...(await sendClosureNotice(acting, waitMs)));
  if (plan.sendNow && deliveries.length === 0) await hurryLast(acting);
  if (ticket.assignee !== changed.assignee)
    await tellAssigned(unit, changed, agent, causeOfMail(inbound.id, ticket.id));
  if (plan.note !== undefined && entryId !== undefined) await tellOfNote(unit, changed, entryId);
  const met = plan.reply === undefined ? undefined : await collisionOf(acting);
  const results = [...withResults(plan, acts), ...(met === undefined ? [] : [{ command: "your reply", result: met }])];
  await keepRun(acting, plan, {
    results,
    deliveries: [...deliveries, ...acts.flatMap(({ done }) => done.deliveries ?? [])],
    undo: acts.toReversed().flatMap(({ done }) => done.undo),
  });
  if (plan.reply !== undefined && entryId !== undefined) await ring(recording, ticket.id, entryId, "agent_replied");
  const surprise = acts.some(({ done }) => done.surprise) || results.some(({ command }) => !command.startsWith("#"));
  return {
    results,
    ...(entryId === undefined ? {} : { entryId }),
    deliveries,
    acted: { replied: plan.reply !== undefined },
    tell: surprise ? "always" : "newcomer",
    ...(waitMs > 0 && deliveries.length > 0 ? { undoSeconds: waitMs / 1000 } : {}),
  };
}

/** What changes nothing by itself: questions to us, and #undo. Undefined for everything else. */
async function answerAlone(acting: Acting, plan: CommandPlan): Promise<CarriedOut | undefined> {
  const { recording, ticket, agent } = acting;
  const { unit, inbound } = recording;
  if (plan.query) {
    await answerQuery(unit, { agent, inbound, ticket }, plan.query);
    return { results: plan.results, deliveries: [], tell: "answered" };
  }
  if (plan.undo) {
    const { result, refused } = await undoLast(acting);
    return { results: [{ command: "#undo", result }], deliveries: [], tell: "always", refused };
  }
  if (plan.presence) {
    const { result, refused } = await carryOutPresence(unit, agent, plan.presence);
    return { results: [{ command: `#${plan.presence.name}`, result }], deliveries: [], tell: "always", refused };
  }
  if (!plan.confirm) return undefined;
  const result = "nothing waits for it here; answer the mail that asks";
  return { results: [{ command: "#confirm", result }], deliveries: [], tell: "always" };
}

async function change({ recording: { unit }, ticket, actor }: Acting, plan: CommandPlan): Promise<Ticket> {
  const changed = await applyChanges(unit.tx, ticket.id, plan.changes, actor, unit.ids, unit.now);
  return plan.assignment ? (await assignTicket(unit, changed, plan.assignment, actor)).ticket : changed;
}

type Acted = { readonly command: ParsedCommand; readonly done: ActDone };

async function carryOutActs(acting: Acting, plan: CommandPlan): Promise<Acted[]> {
  const acted: Acted[] = [];
  for (const { act, command } of plan.acts) {
    const ticket = await lockTicket(acting.recording.unit.tx, acting.ticket.id);
    acted.push({ command, done: await carryOutAct({ ...acting, ticket }, act, command) });
  }
  return acted;
}

/** An act says what came of it when it has been done. */
function withResults({ results }: CommandPlan, acts: readonly Acted[]): CommandResult[] {
  const said = new Map(acts.map(({ command, done }) => [spelled(command), done.result]));
  return results.map(({ command, result }) => ({ command, result: said.get(command) ?? result }));
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

type Run = {
  readonly results: readonly CommandResult[];
  readonly deliveries: readonly number[];
  readonly undo: readonly UndoStep[];
};

async function keepRun(
  { recording: { unit, inbound }, ticket, agent }: Acting,
  plan: CommandPlan,
  { results, deliveries, undo }: Run,
): Promise<void> {
  const cause = { kind: "command", detail: "#undo" } as const;
  const after = await lockTicket(unit.tx, ticket.id);
  await insertCommandRun(unit.tx, {
    ticketId: ticket.id,
    agentId: unit.ids.agent.id(agent.key),
    inboundId: inbound.id,
    at: unit.now,
    commands: results.map(({ command, result }) => `${command}: ${result}`),
    inverse: [...undo, ...plan.inverse.map((one) => ({ change: one, cause }))],
    seqAfter: after.seq,
    deliveries: [...deliveries],
  });
}
