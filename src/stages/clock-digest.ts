/**
 * The clock of digests: what an agent wants to read in one mail, an hour after the first piece of news or at their time of the
 * day. One transaction an agent; its lines are marked in the one that writes the mail, so that nothing is told twice.
 */
import { currentDesk, deskAndIds } from "../db/desk.ts";
import {
  agentsWithDigest,
  type DigestLineRow,
  dropDigestLines,
  entriesByIds,
  markDigestTold,
  pendingDigestLines,
} from "../db/digest.ts";
import { type EntryRow, TAKEN_BACK } from "../db/entry.ts";
import { insertListRows } from "../db/list-row.ts";
import { closedByAgent, livingTicketsOf } from "../db/overview.ts";
import { hasStruck } from "../desk/notices/wall-clock.ts";
import { digestMail, type DigestTicket, type ListMail } from "../desk/notices/overview-mail.ts";
import { afterQuiet, zoneOf } from "../desk/notices/preference.ts";
import { partIn } from "../desk/part-in.ts";
import type { Agent, Desk, Ticket } from "../desk/types.ts";
import { deskPlace } from "./desk-place.ts";
import { inUnit, type Stage, type Unit } from "./stage.ts";
import { mailAgent } from "./tell.ts";

const HOUR_MS = 3600_000;
/** Of a daily digest where the desk has no time for overviews: 08:00. */
const MORNING = 8 * 60;
/** In one mail; the next round makes another of the rest. */
const MOST_TICKETS = 40;

/** One round; returns how many digests were written. */
export async function clockDigest(stage: Stage): Promise<number> {
  const waiting = await agentsWithDigest(stage.db);
  if (waiting.length === 0 || (await currentDesk(stage.db)) === undefined) return 0;
  const { desk, ids } = await deskAndIds(stage.db);
  let written = 0;
  for (const { agentId, since } of waiting) {
    const agent = desk.agents[ids.agent.key(agentId)];
    if (agent?.active && !isTime(agent, desk, since, stage.now())) continue;
    try {
      if (await inUnit(stage, (unit) => writeDigest(unit, agentId))) written++;
    } catch (err) {
      // The others must not wait for this one (I8).
      stage.log.error({ err, agent: agent?.key }, "a digest could not be written");
    }
  }
  return written;
}

/** Who has changed their mind and wants no digest any more gets what has waited at once. */
function isTime(agent: Agent, desk: Desk, since: number, now: number): boolean {
  if (afterQuiet(agent, desk, now) > now) return false;
  const { digest } = agent.notify ?? {};
  if (digest === "hourly") return now - since >= HOUR_MS;
  return digest === undefined || hasStruck(desk.defaults.overviewAt ?? MORNING, since, now, zoneOf(agent, desk));
}

async function writeDigest(unit: Unit, agentId: number): Promise<boolean> {
  const { tx, desk, ids } = unit;
  const lines = await pendingDigestLines(tx, agentId);
  const agent = desk.agents[ids.agent.key(agentId)];
  const idsOf = (some: readonly DigestLineRow[]): number[] => some.map(({ id }) => id);
  const news = agent?.active ? await newsFor(unit, agent, lines) : [];
  const now = news.slice(0, MOST_TICKETS);
  const later = new Set(news.slice(MOST_TICKETS).flatMap((one) => idsOf(one.lines)));
  const settled = idsOf(lines).filter((id) => !later.has(id));
  const first = now[0]?.lines[0];
  if (!agent || !first) {
    await dropDigestLines(tx, settled);
    return false;
  }
  const id = await mailDigest(unit, agent, first, now);
  if (id === undefined) return false;
  await markDigestTold(tx, settled, id);
  return true;
}

async function mailDigest(
  unit: Unit,
  agent: Agent,
  first: DigestLineRow,
  news: readonly DigestTicket[],
): Promise<number | undefined> {
  let made: ListMail | undefined;
  const reader = { agent, address: agent.emails[0]!, name: agent.name };
  const mail = { kind: "notice", cause: `digest ${agent.key}, line ${first.id}`, tokenMode: "list" } as const;
  const id = await mailAgent(unit, await deskPlace(unit), reader, mail, (facts) => {
    made = digestMail(facts, news);
    return made.message;
  });
  if (id !== undefined && made !== undefined) await insertListRows(unit.tx, id, made.rows);
  return id;
}

type News = DigestTicket & { readonly lines: readonly DigestLineRow[] };

/** By ticket, in the order of the first line of each; without what does not concern the agent any more. */
async function newsFor({ tx, desk }: Unit, agent: Agent, lines: readonly DigestLineRow[]): Promise<News[]> {
  const entryIds = lines.flatMap(({ entry_id }) => (entry_id === null ? [] : [entry_id]));
  const entries = new Map((await entriesByIds(tx, entryIds)).map((entry) => [entry.id, entry]));
  const entryOf = (line: DigestLineRow): EntryRow | undefined =>
    line.entry_id === null ? undefined : entries.get(line.entry_id);
  // An entry that was moved to another ticket has taken its news along.
  const ticketIdOf = (line: DigestLineRow): number => entryOf(line)?.ticket_id ?? line.ticket_id;
  const tickets = await livingTicketsOf(tx, lines.map(ticketIdOf));
  const closers = await closedByAgent(tx, [...new Set([...tickets.values()].map(({ id }) => id))]);
  const concerned = lines.filter((line) => {
    const ticket = tickets.get(ticketIdOf(line));
    if (!ticket || entryOf(line)?.marks.includes(TAKEN_BACK)) return false;
    const closedIt = ticket.status === "closed" && closers.get(ticket.id) === agent.key;
    return !closedIt && concerns(ticket, agent, desk);
  });
  const byTicket = Map.groupBy(concerned, (line) => tickets.get(ticketIdOf(line))!);
  return [...byTicket].map(([ticket, own]) => ({ ticket, lines: own, ...whatHappened(own, entryOf) }));
}

function whatHappened(
  lines: readonly DigestLineRow[],
  entryOf: (line: DigestLineRow) => EntryRow | undefined,
): Pick<DigestTicket, "events" | "words"> {
  const nameOf = ({ author_name, author_address }: EntryRow): string => author_name || author_address;
  const events = lines.map((line) => {
    const entry = entryOf(line);
    return { event: line.event, at: Number(line.at), by: entry && nameOf(entry) };
  });
  const newest = lines
    .flatMap((line) => entryOf(line) ?? [])
    .reduce<EntryRow | undefined>((last, entry) => (last && last.id > entry.id ? last : entry), undefined);
  return { events, words: newest && { from: nameOf(newest), text: newest.text } };
}

/** Theirs, of their department, watched, or told to them by name; and they are no customer of it. */
function concerns(ticket: Ticket, agent: Agent, desk: Desk): boolean {
  if (ticket.spam || partIn(ticket, agent.emails)) return false;
  if (ticket.assignee === agent.key || agent.departments.includes(ticket.department)) return true;
  const told = Object.values(desk.departments[ticket.department]?.tell ?? {}).flat();
  return [...ticket.watchers, ...told].some(
    (who) => who === agent.key || agent.emails.some((address) => address === who),
  );
}
