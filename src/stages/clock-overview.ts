/**
 * The clock of mornings: each agent's overview, and for admins the count of the day before. Once a day: the cause of the mail
 * names the day, and a day on which there was nothing to say is remembered by a mail that was never sent.
 */
import { currentDesk } from "../db/desk.ts";
import { cancelDelivery, reserveDelivery } from "../db/delivery.ts";
import { insertListRows } from "../db/list-row.ts";
import { ticketsBefore, writtenCauses } from "../db/overview.ts";
import { nothingLost } from "../desk/notices/day-count.ts";
import { dateAfter, localMoment } from "../desk/notices/wall-clock.ts";
import { overviewMail, type ListMail } from "../desk/notices/overview-mail.ts";
import { overviewDate, overviewOf } from "../desk/notices/overview.ts";
import { afterQuiet } from "../desk/notices/preference.ts";
import type { Agent, Desk } from "../desk/types.ts";
import { awayUntil } from "../desk/assigning/presence.ts";
import { countDay } from "./day-count.ts";
import { deskPlace } from "./desk-place.ts";
import { inUnit, type Stage, type Unit } from "./stage.ts";
import { mailAgent } from "./tell.ts";

/** A mail of this morning: to whom, and of which day. */
type Due = { readonly agent: Agent; readonly date: string; readonly cause: string; readonly write: Write };
type Write = (unit: Unit, due: Omit<Due, "write">) => Promise<boolean>;

/** One round; returns how many mails were written. */
export async function clockOverview(stage: Stage): Promise<number> {
  const desk = await currentDesk(stage.db);
  if (desk?.defaults.overviewAt === undefined) return 0;
  const due = [...overviewsDue(desk, stage.now()), ...countsDue(desk, stage.now())];
  const written = await writtenCauses(
    stage.db,
    "notice",
    due.map(({ cause }) => cause),
  );
  let done = 0;
  for (const { write, ...one } of due.filter(({ cause }) => !written.has(cause))) {
    try {
      if (await inUnit(stage, (unit) => write(unit, one))) done++;
    } catch (err) {
      // The others must not wait for this one (I8).
      stage.log.error({ err, cause: one.cause }, "a mail of the morning could not be written");
    }
  }
  return done;
}

function overviewsDue(desk: Desk, now: number): Due[] {
  return Object.values(desk.agents).flatMap((agent) => {
    const date = overviewDate(agent, desk, now);
    return date === undefined ? [] : [{ agent, date, cause: `overview ${agent.key} ${date}`, write: writeOverview }];
  });
}

/** The day is the desk's; an admin who is away or has quiet hours gets it later on the same day, or not. */
function countsDue(desk: Desk, now: number): Due[] {
  const { date: today, minute } = localMoment(now, desk.timeZone);
  if (minute < desk.defaults.overviewAt!) return [];
  const date = dateAfter(today, -1);
  return Object.values(desk.agents)
    .filter(({ active, role }) => active && role === "admin")
    .filter((agent) => awayUntil(agent, desk, now) === undefined && afterQuiet(agent, desk, now) <= now)
    .map((agent) => ({ agent, date, cause: `nothing lost ${agent.key} ${date}`, write: writeCount }));
}

const readerOf = (agent: Agent) => ({ agent, address: agent.emails[0]!, name: agent.name });

async function writeOverview(unit: Unit, { agent, cause }: Omit<Due, "write">): Promise<boolean> {
  const { tx, desk, now } = unit;
  const overview = overviewOf(await ticketsBefore(tx, agent.key, agent.departments), agent, desk, now);
  if (overview.length === 0) {
    await noteNothing(unit, agent, cause);
    return false;
  }
  let made: ListMail | undefined;
  const mail = { kind: "notice", cause, tokenMode: "list" } as const;
  const id = await mailAgent(unit, await deskPlace(unit), readerOf(agent), mail, (facts) => {
    made = overviewMail(facts, overview);
    return made.message;
  });
  if (id === undefined || made === undefined) return false;
  await insertListRows(tx, id, made.rows);
  return true;
}

/** Tickets of the afternoon belong into the overview of tomorrow: this day has had its own. */
async function noteNothing({ tx, ids, now }: Unit, agent: Agent, cause: string): Promise<void> {
  const nobody = { kind: "notice", cause, recipient: agent.emails[0]!, audience: "agent", envelopeFrom: "" } as const;
  const about = { ticketId: null, entryId: null, agentId: ids.agent.id(agent.key), notBefore: now };
  const id = await reserveDelivery(tx, { ...nobody, ...about }, now);
  if (id !== undefined) await cancelDelivery(tx, id, "there was nothing to say", now);
}

async function writeCount(unit: Unit, { agent, cause, date }: Omit<Due, "write">): Promise<boolean> {
  const count = await countDay(unit.tx, date, unit.desk.timeZone, unit.now);
  const mail = { kind: "notice", cause, tokenMode: "list" } as const;
  const id = await mailAgent(unit, await deskPlace(unit), readerOf(agent), mail, (facts) => nothingLost(facts, count));
  return id !== undefined;
}
