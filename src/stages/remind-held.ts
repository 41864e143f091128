/**
 * Reminders of an agent's reply that is held: after half an hour to whoever was asked, after two hours to the leads. A lead is
 * told and cannot send another agent's words; a trainee's answer they can review like whoever was asked first.
 */
import { insertEvent } from "../db/event.ts";
import { type InboundRow, lockInbound, updateInbound } from "../db/inbound.ts";
import { lockSurvivor } from "../db/ticket.ts";
import { replyWaits } from "../desk/notices/notice-holds.ts";
import { leadsOf, reviewersOf } from "../desk/reviewers.ts";
import type { Agent, Ticket } from "../desk/types.ts";
import type { InboundMessage } from "../mail/types.ts";
import { type Asked, askedOf } from "./held-asked.ts";
import { mailQuestion } from "./held-question.ts";
import { newWords } from "./reading.ts";
import { askReviewers } from "./review.ts";
import { parsedMessage } from "./settle-held.ts";
import type { Unit } from "./stage.ts";
import { mailAgent } from "./tell.ts";

const MINUTE = 60_000;

type Waiting = {
  readonly row: InboundRow;
  readonly ticket: Ticket;
  readonly agent: Agent;
  readonly message: InboundMessage;
  readonly asked: Asked;
};

/** In their order, counted from when the reply was held. `run` returns whom it told. */
export const REMINDERS: readonly {
  readonly afterMs: number;
  readonly run: (unit: Unit, waiting: Waiting) => Promise<readonly Agent[]>;
}[] = [
  { afterMs: 30 * MINUTE, run: remindAsked },
  { afterMs: 120 * MINUTE, run: tellLeads },
];

/** True when somebody was told. A reply that was settled meanwhile, or whose writer has left, reminds nobody. */
export async function remind(unit: Unit, id: number, sent: number): Promise<boolean> {
  const row = await lockInbound(unit.tx, id);
  if (row?.state !== "held" || row.reminded !== sent) return false;
  await updateInbound(unit.tx, id, { reminded: sent + 1 });
  const waiting = await waitingOf(unit, row);
  const told = waiting ? await REMINDERS[sent]!.run(unit, waiting) : [];
  if (!waiting || told.length === 0) return false;
  await insertEvent(
    unit.tx,
    waiting.ticket.id,
    {
      name: "reminded",
      actor: { kind: "postern" },
      cause: { kind: "clock", detail: `inbound ${id} is still held` },
      new: told.map(({ key }) => key).join(", "),
    },
    unit.now,
  );
  return true;
}

async function waitingOf(unit: Unit, row: InboundRow): Promise<Waiting | undefined> {
  const message = parsedMessage(row);
  const asked = askedOf(row);
  if (!message || !asked || row.agent_id === null || row.ticket_id === null) return undefined;
  // A mail without a word of the agent's was sent by a slip of the hand: they know, and nobody else needs to.
  if ("because" in asked && newWords(message) === "") return undefined;
  const agent = unit.desk.agents[unit.ids.agent.key(row.agent_id)];
  if (!agent) return undefined;
  return { row, message, asked, agent, ticket: await lockSurvivor(unit.tx, row.ticket_id) };
}

async function remindAsked(unit: Unit, { row, ticket, agent, message, asked }: Waiting): Promise<readonly Agent[]> {
  if ("reviewers" in asked) {
    // Whoever was asked may have gone away since.
    const reviewers = reviewersOf(unit.desk, ticket, agent, unit.now);
    const asText = asked.said?.confirmed === true;
    const held = { inboundId: row.id, ticket, trainee: agent, message, asText };
    await askReviewers(unit, held, reviewers, { cause: `review of inbound ${row.id}, reminder` });
    return reviewers;
  }
  if (!agent.active) return [];
  await mailQuestion(unit, { inboundId: row.id, ticket, agent, message, asked }, { reminder: true });
  return [agent];
}

async function tellLeads(unit: Unit, waiting: Waiting): Promise<readonly Agent[]> {
  const { row, ticket, agent, message, asked } = waiting;
  const leads = leadsOf(unit.desk, ticket, agent, unit.now);
  if ("reviewers" in asked) {
    const held = { inboundId: row.id, ticket, trainee: agent, message, asText: asked.said?.confirmed === true };
    await askReviewers(unit, held, leads, { cause: `review of inbound ${row.id}, for leads` });
    return leads;
  }
  const why = "line" in asked ? asked.why : "key" in asked ? asked.question : asked.because;
  for (const lead of leads) {
    const reader = { agent: lead, address: lead.emails[0]!, name: lead.name };
    await mailAgent(unit, ticket, reader, { kind: "notice", cause: `inbound ${row.id} waits` }, (facts) =>
      replyWaits({
        ...facts,
        writer: agent,
        heldAt: Number(row.recorded_at),
        why,
        ...("line" in asked && { line: asked.line }),
        text: newWords(message),
      }),
    );
  }
  return leads;
}
