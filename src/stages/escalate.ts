/**
 * What an SLA plan has to say about one ticket at this moment: that time is short, that it is over, and what the plan's
 * escalations do about it. Each once (db/sla.ts keeps marks), in order of time, in one transaction with the ticket's
 * changes. A reader gets one mail, whatever came true at once.
 */
import { applyChanges } from "../db/apply.ts";
import { attachmentsOf, entriesOf } from "../db/entry.ts";
import { insertEvent } from "../db/event.ts";
import { insertMark, lookAgainAt, marksOf, pausesOf, slaCause } from "../db/sla.ts";
import { slaNotice, type SlaLineFacts } from "../desk/notices/notice-sla.ts";
import { slaAgenda, type SlaMoment } from "../desk/sla/sla-agenda.ts";
import { CLOCK_WORDS, minutesInWords } from "../desk/sla/sla-words.ts";
import { type SlaState, slaState } from "../desk/sla/sla.ts";
import {
  type Audience,
  type Cause,
  type CausedChange,
  type Escalation,
  PRIORITIES,
  type Ticket,
} from "../desk/types.ts";
import type { EmailAddress } from "../mail/types.ts";
import { assignTicket } from "./assign.ts";
import { reckonDue } from "./due.ts";
import { type News, newsOf } from "./news.ts";
import { inPart, type Unit } from "./stage.ts";
import { audienceOf, type Reader, readers, tellReader } from "./tell.ts";

const POSTERN = { kind: "postern" } as const;
/** More than any chain of plans has to say; a plan that leads back to itself must not go round for ever. */
const MOST_SAID = 200;
/** What was over so long ago is an event, but no news: after an outage, or when plans came to an old desk. */
const NEWS_MS = 7 * 24 * 3600_000;

/** One thing that was said: the ticket after it, and who is to read about it. */
type Said = {
  readonly ticket: Ticket;
  readonly eventId: number;
  readonly audience: Audience;
  readonly line: SlaLineFacts;
};

/** Says what is due of a ticket, and when to look again. Returns how many things were said. */
export async function sayDue(unit: Unit, ticketId: number): Promise<number> {
  const { tx, desk, now } = unit;
  let ticket = await reckonDue(unit, ticketId);
  const pauses = await pausesOf(tx, ticketId);
  const marks = await marksOf(tx, ticketId);
  const agenda = (sla: SlaState | null) => slaAgenda(sla, marks, now);
  const said: (Said & { readonly at: number })[] = [];
  let sla = slaState(desk, { ...ticket, pauses }, now);
  for (let n = 0; n < MOST_SAID; n++) {
    // One at a time: an escalation may change the plan or the priority, and so what comes next.
    const moment = agenda(sla).say[0];
    if (sla === null || moment === undefined) break;
    marks.push({ ...moment, at: now });
    if (!(await insertMark(tx, ticketId, moment, now))) continue;
    const one = await say(unit, ticket, sla, moment);
    said.push({ ...one, at: moment.at });
    ticket = one.ticket;
    sla = slaState(desk, { ...ticket, pauses }, now);
  }
  const news = said.filter(({ at }) => now - at < NEWS_MS);
  if (news.length > 0) await tellAll(unit, ticket, news);
  await lookAgainAt(tx, ticketId, agenda(sla).nextAt);
  return said.length;
}

async function say(unit: Unit, ticket: Ticket, sla: SlaState, moment: SlaMoment): Promise<Said> {
  const { clock, mark, dueAt, escalation } = moment;
  const line = { clock, dueAt, plan: sla[clock].byHand ? null : (sla.plan?.key ?? null) };
  if (escalation && sla.plan) return await escalate(unit, ticket, escalation, line, sla.plan.key);
  const eventId = await insertEvent(
    unit.tx,
    ticket.id,
    {
      name: mark === "warning" ? "sla warning" : "sla breached",
      actor: POSTERN,
      cause: slaCause(sla, clock),
      new: new Date(dueAt).toISOString(),
      detail: mark === "warning" ? `${minutesInWords(sla[clock].remainingMinutes)} left` : "overdue",
    },
    unit.now,
  );
  const audience = audienceOf(unit.desk, ticket, "overdue");
  return { ticket: { ...ticket, seq: ticket.seq + 1 }, eventId, audience, line };
}

async function escalate(
  unit: Unit,
  ticket: Ticket,
  escalation: Escalation,
  line: SlaLineFacts,
  plan: string,
): Promise<Said> {
  const { tx, desk, ids, now } = unit;
  const cause: Cause = { kind: "sla", detail: `plan ${plan}, ${whenInWords(escalation)}` };
  const eventId = await insertEvent(
    tx,
    ticket.id,
    { name: "sla escalated", actor: POSTERN, cause, new: new Date(line.dueAt).toISOString() },
    now,
  );
  const changes = changesOf(escalation, ticket, cause);
  let changed = await applyChanges(tx, ticket.id, changes, POSTERN, ids, now);
  const assigned = escalation.assign && (await assignTicket(unit, changed, { assignment: escalation.assign, cause }));
  changed = assigned?.ticket ?? changed;
  const done = [
    ...(changed.priority === ticket.priority ? [] : [`priority ${changed.priority}`]),
    ...(changed.sla === ticket.sla ? [] : [`plan ${changed.sla}`]),
    ...(changed.assignee === ticket.assignee || changed.assignee === null
      ? []
      : [`given to ${desk.agents[changed.assignee]?.name ?? changed.assignee}`]),
    ...(escalation.tags.length === 0 ? [] : [`tagged ${escalation.tags.join(", ")}`]),
  ].join(", ");
  return { ticket: changed, eventId, audience: escalation.tell, line: done === "" ? line : { ...line, done } };
}

/** An escalation raises a priority and never lowers one. */
function changesOf({ priority, sla, tags }: Escalation, ticket: Ticket, cause: Cause): CausedChange[] {
  const rank = PRIORITIES.indexOf(ticket.priority);
  return [
    ...(priority !== undefined && PRIORITIES.indexOf(priority) > rank
      ? [{ change: { change: "set-priority", to: priority } as const, cause }]
      : []),
    ...(sla === undefined ? [] : [{ change: { change: "set-sla", to: sla } as const, cause }]),
    ...tags.map((tag) => ({ change: { change: "tag", tag } as const, cause })),
  ];
}

/** `answer overdue`, `answer overdue by 1 h`, `2 h before the solution is due`. */
function whenInWords({ of, afterMinutes }: Escalation): string {
  if (afterMinutes < 0) return `${minutesInWords(afterMinutes)} before the ${CLOCK_WORDS[of]} is due`;
  return `${CLOCK_WORDS[of]} overdue${afterMinutes === 0 ? "" : ` by ${minutesInWords(afterMinutes)}`}`;
}

/** One mail to each reader, with everything that they are told. */
async function tellAll(unit: Unit, ticket: Ticket, said: readonly Said[]): Promise<void> {
  const mails = new Map<EmailAddress, { reader: Reader; lines: SlaLineFacts[]; eventId: number }>();
  for (const { audience, line, eventId } of said)
    for (const reader of readers(unit, ticket, audience)) {
      const mail = mails.get(reader.address) ?? { reader, lines: [], eventId };
      mail.lines.push(line);
      mails.set(reader.address, mail);
    }
  if (mails.size === 0) return;
  const { entryId, pastFor, ...facts } = await newest(unit, ticket);
  for (const { reader, lines, eventId } of mails.values()) {
    const mail = { event: "overdue", cause: `sla event ${eventId}`, entryId } as const;
    try {
      const past = await pastFor(reader.agent);
      await inPart(unit, (part) =>
        tellReader(part, ticket, reader, mail, (agent) => slaNotice({ ...agent, ...facts, history: past }, lines)),
      );
    } catch (err) {
      // What the plan does about the ticket must not wait for a mail that cannot be written.
      unit.stage.log.error({ err, ticket: ticket.id }, "mail about an SLA plan could not be written");
    }
  }
}

/** The customer's newest words and the ticket's past. Files are named and not sent again. */
async function newest(unit: Unit, ticket: Ticket): Promise<News & { entryId: number | null }> {
  const entry = (await entriesOf(unit.tx, ticket.id)).findLast(({ kind }) => kind === "message");
  const files = entry === undefined ? [] : await attachmentsOf(unit.tx, entry.id);
  const attachments = files.filter(({ inline }) => !inline).map(({ filename }) => filename);
  return { entryId: entry?.id ?? null, ...(await newsOf(unit, ticket, entry, { attachments })) };
}
