/**
 * The clock of SLA plans in the store: pauses, due times, and what has been said of them. Whoever changes what due times
 * depend on calls `reckonSla` in the same transaction; `applyChanges` does it by itself.
 */
import { slaMoments, type SlaMark, type SlaMoment } from "../desk/sla/sla-agenda.ts";
import type { Pause } from "../desk/sla/sla-line.ts";
import { dueNow, SLA_CLOCKS, type SlaClock, type SlaState, slaState, standsStill } from "../desk/sla/sla.ts";
import { CLOCK_WORDS, minutesInWords } from "../desk/sla/sla-words.ts";
import type { Cause, Desk, Ticket } from "../desk/types.ts";
import type { Db } from "./connect.ts";
import { ASIDE, TAKEN_BACK } from "./entry.ts";
import { insertEvent } from "./event.ts";

/** The mark of an answer or a solution that came after its due time before anybody had said that it was overdue. */
const LATE = "late";

export async function pausesOf(db: Db, ticketId: number): Promise<Pause[]> {
  const rows: { from_at: number; to_at: number | null }[] = await db("sla_pause")
    .where({ ticket_id: ticketId })
    .orderBy("id")
    .select("from_at", "to_at");
  return rows.map((row) => ({ from: Number(row.from_at), to: row.to_at === null ? null : Number(row.to_at) }));
}

/** Both clocks of a ticket as they stand at `now` (UTC milliseconds); null without a plan and a set time. */
export async function slaOf(db: Db, desk: Desk, ticket: Ticket, now: number): Promise<SlaState | null> {
  return slaState(desk, { ...ticket, pauses: await pausesOf(db, ticket.id) }, now);
}

/**
 * Makes pauses and due times true for a ticket as it stands, and returns it so. The caller holds the ticket's lock. A
 * clock that has ended late gets its event here, if the clock of the desk had not found it before.
 */
export async function reckonSla(tx: Db, desk: Desk, ticket: Ticket, now: number): Promise<Ticket> {
  const slaPausedAt = await keepPauses(tx, ticket, now);
  const sla = await slaOf(tx, desk, ticket, now);
  const { respondDueAt, resolveDueAt } = dueNow(sla);
  await tx("ticket")
    .where({ id: ticket.id })
    .update({
      sla_paused_at: slaPausedAt,
      respond_due_at: respondDueAt,
      resolve_due_at: resolveDueAt,
      sla_desk_version: desk.version,
      // Perhaps in the past: whether it has been said is for the clock to find out.
      sla_look_at: slaMoments(sla)[0]?.at ?? null,
    });
  const late = sla === null ? 0 : await noteLate(tx, ticket, sla, now);
  return { ...ticket, slaPausedAt, respondDueAt, resolveDueAt, seq: ticket.seq + late };
}

/** Begins or ends the pause; returns since when the clocks stand still. */
async function keepPauses(tx: Db, ticket: Ticket, now: number): Promise<number | null> {
  const still = standsStill(ticket);
  if (still === (ticket.slaPausedAt !== null)) return ticket.slaPausedAt;
  if (still) await tx("sla_pause").insert({ ticket_id: ticket.id, from_at: now });
  else await tx("sla_pause").where({ ticket_id: ticket.id, to_at: null }).update({ to_at: now });
  return still ? now : null;
}

/** What an agent did since `since` and took back never was: neither are the pauses that it made, nor the end of one before. */
export async function forgetPauses(tx: Db, ticketId: number, since: number): Promise<void> {
  const pauses = () => tx("sla_pause").where({ ticket_id: ticketId });
  await pauses().where("from_at", ">=", since).whereNotNull("to_at").delete();
  const before = await pauses().where("from_at", "<", since).where("to_at", ">=", since).orderBy("id", "desc").first();
  const still = await pauses().where({ to_at: null }).first();
  if (!before || !still) return;
  await pauses().where({ id: still.id }).delete();
  await pauses().where({ id: before.id }).update({ to_at: null });
  await tx("ticket").where({ id: ticketId }).update({ sla_paused_at: before.from_at });
}

/** When an agent wrote the first answer that was not taken back: a reply, or mail past the desk. */
export async function firstAnswerAt(db: Db, ticketId: number): Promise<number | null> {
  const answers = db("entry")
    .where({ ticket_id: ticketId, author_kind: "agent" })
    .whereIn("kind", ["reply", "outside"]);
  for (const mark of [TAKEN_BACK, ASIDE]) answers.whereNot("marks", "like", `%"${mark}"%`);
  const first = await answers.min({ at: "created_at" }).first();
  return first?.at === null || first?.at === undefined ? null : Number(first.at);
}

async function noteLate(tx: Db, ticket: Ticket, sla: SlaState, now: number): Promise<number> {
  let events = 0;
  for (const clock of SLA_CLOCKS) {
    const { met, state, dueAt, remainingMinutes } = sla[clock];
    if (state !== "done" || met !== false || dueAt === null) continue;
    const said = await marksOf(tx, ticket.id);
    if (said.some((mark) => mark.clock === clock && (mark.mark === "breach" || mark.mark === LATE))) continue;
    await insertMark(tx, ticket.id, { clock, mark: LATE, dueAt }, now);
    const detail = `${CLOCK_WORDS[clock]} ${minutesInWords(remainingMinutes)} late`;
    const event = { name: "sla breached", actor: { kind: "postern" }, cause: slaCause(sla, clock) } as const;
    await insertEvent(tx, ticket.id, { ...event, new: new Date(dueAt).toISOString(), detail }, now);
    events += 1;
  }
  return events;
}

/** `plan standard, answer`, or `time set by hand, solution`. */
export function slaCause(sla: SlaState, clock: SlaClock): Cause {
  const said = sla.plan === null || sla[clock].byHand ? "time set by hand" : `plan ${sla.plan.key}`;
  return { kind: "sla", detail: `${said}, ${CLOCK_WORDS[clock]}` };
}

export async function marksOf(db: Db, ticketId: number): Promise<SlaMark[]> {
  const rows: { clock: SlaClock; mark: string; due_at: number; at: number }[] = await db("sla_mark")
    .where({ ticket_id: ticketId })
    .select("clock", "mark", "due_at", "at");
  return rows.map(({ clock, mark, due_at, at }) => ({ clock, mark, dueAt: Number(due_at), at: Number(at) }));
}

/** False when somebody else has said it. */
export async function insertMark(
  tx: Db,
  ticketId: number,
  { clock, mark, dueAt }: Pick<SlaMoment, "clock" | "mark" | "dueAt">,
  now: number,
): Promise<boolean> {
  const rows: unknown[] = await tx("sla_mark")
    .insert({ ticket_id: ticketId, clock, mark, due_at: dueAt, at: now })
    .onConflict(["ticket_id", "clock", "mark", "due_at"])
    .ignore()
    .returning("mark");
  return rows.length === 1;
}

/** Tickets whose due times were reckoned by an older version of the desk, from an id on. Closed ones owe nothing. */
export async function staleTickets(db: Db, version: number, after: number, limit: number): Promise<number[]> {
  return await db("ticket")
    .whereIn("status", ["open", "pending", "snoozed"])
    .whereNull("merged_into")
    .where((older) => older.whereNull("sla_desk_version").orWhere("sla_desk_version", "<", version))
    .where("id", ">", after)
    .orderBy("id")
    .limit(limit)
    .pluck("id");
}

/** Tickets about which there may be something to say, the longest waiting first. */
export async function ticketsToLookAt(db: Db, now: number, limit: number): Promise<number[]> {
  return await db("ticket").where("sla_look_at", "<=", now).orderBy(["sla_look_at", "id"]).limit(limit).pluck("id");
}

export async function lookAgainAt(db: Db, ticketId: number, at: number | null): Promise<void> {
  await db("ticket").where({ id: ticketId }).update({ sla_look_at: at });
}
