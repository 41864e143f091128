/**
 * An agent's absence has begun, or they have left: their open tickets that wait for the desk go to the deputy, else as the
 * department assigns, else to nobody, and the people concerned are told. What is pending, snoozed or answered stays until the
 * customer writes. Once an absence: a ticket that a person then gives to the agent who is away stays with them.
 */
import { absentAgents, noteAbsences, strandedTickets } from "../db/absence.ts";
import { deskAndIds } from "../db/desk.ts";
import { entriesOf } from "../db/entry.ts";
import { lockTicket } from "../db/ticket.ts";
import { awayText } from "../desk/assigning/presence.ts";
import type { Agent, Desk, Ticket } from "../desk/types.ts";
import { assignTicket } from "./assign.ts";
import { inUnit, type Stage, type Unit } from "./stage.ts";
import { audienceOf, type Reader, readers, tellReaders } from "./tell.ts";

/** Handed over in one round; the next round brings the rest. */
const ROUND = 200;
const PAGE = 50;

/** One round; returns how many tickets were handed over. */
export async function clockAbsence(stage: Stage): Promise<number> {
  await noteWhoIsAway(stage);
  let done = 0;
  let last = 0;
  while (done < ROUND) {
    const page = await strandedTickets(stage.db, last, PAGE);
    for (const id of page) {
      try {
        if (await inUnit(stage, (unit) => handOver(unit, id))) done++;
      } catch (err) {
        // It stays where it is; the ones behind it must not wait for it (I8).
        stage.log.error({ err, ticket: id }, "ticket of an absent agent could not be handed over");
      }
    }
    if (page.length < PAGE) break;
    last = page.at(-1)!;
  }
  return done;
}

/** Written only when somebody has gone or come back: a round that finds nothing new takes no lock. */
async function noteWhoIsAway(stage: Stage): Promise<void> {
  const { desk, ids } = await deskAndIds(stage.db);
  const away = Object.values(desk.agents)
    .filter((agent) => whyAbsent(agent, desk, stage.now()) !== undefined)
    .map(({ key }) => ids.agent.id(key));
  const known = new Set(await absentAgents(stage.db));
  if (away.length === known.size && away.every((id) => known.has(id))) return;
  await inUnit(stage, ({ tx, now }) => noteAbsences(tx, away, now));
}

const whyAbsent = (agent: Agent, desk: Desk, now: number): string | undefined =>
  agent.active ? awayText(agent, desk, now) : `${agent.name} is no longer active`;

async function handOver(unit: Unit, id: number): Promise<boolean> {
  const { tx, desk, now } = unit;
  const before = await lockTicket(tx, id);
  const agent = before.assignee === null ? undefined : desk.agents[before.assignee];
  const why = agent && whyAbsent(agent, desk, now);
  // Looked for again under the lock: somebody may have given it to the absent agent, or taken it, in the meantime.
  if (!why || !(await strandedTickets(tx, id - 1, 1)).includes(id)) return false;
  const { ticket } = await assignTicket(unit, before, {
    assignment: { strategy: "fixed", agent: agent.key },
    cause: { kind: "clock", detail: "absence" },
  });
  await tellOfHandOver(unit, ticket, agent, why);
  return true;
}

/** Who has it now, or, when nobody has, those who are told of new tickets. */
async function tellOfHandOver(unit: Unit, ticket: Ticket, gone: Agent, why: string): Promise<void> {
  const entry = (await entriesOf(unit.tx, ticket.id)).findLast(({ kind }) => kind === "message");
  if (!entry) return;
  const audience = audienceOf(unit.desk, ticket, ticket.assignee === null ? "new" : "assigned");
  const name = ticket.assignee === null ? undefined : unit.desk.agents[ticket.assignee]!.name;
  const whose = (reader: Reader): string => {
    if (name === undefined) return "nobody has this now";
    return reader.agent?.key === ticket.assignee ? "this is yours now" : `this is ${name}'s now`;
  };
  await tellReaders(unit, {
    ticket,
    entry,
    readers: readers(unit, ticket, audience).filter(({ agent }) => agent?.key !== gone.key),
    kind: "assigned",
    // The number of the assigning event: told as often as the ticket changes hands, and no oftener.
    cause: `absence, ticket ${ticket.id}, event ${ticket.seq}`,
    remark: (reader) => `${why}: ${whose(reader)}.`,
  });
}
