/** `#stats`, `#who` and `#status`: figures of what the agent may see, who is there, and how a ticket or the desk stands. */
import { countInbound } from "../db/inbound.ts";
import { listDeliveries, type DeliveryRow } from "../db/delivery.ts";
import { type Figures, figures, troubledMails } from "../db/ticket-figures.ts";
import { awayText, inWorkingHours } from "../desk/assigning/presence.ts";
import { localDay } from "../desk/local-day.ts";
import { answerInLines, waitingWords } from "../desk/notices/notice-list.ts";
import { shortTime } from "../desk/notices/notice-words.ts";
import { isOverdue, nextDue, sightOf } from "../desk/sight.ts";
import type { Agent, Desk, Ticket } from "../desk/types.ts";
import { type Asked, causeOf, mailLines, readerOf } from "./querying.ts";
import type { Unit } from "./stage.ts";
import { mailAgent } from "./tell.ts";

const NONE: Figures = {
  open: 0,
  overdue: 0,
  unassigned: 0,
  waiting: 0,
  pending: 0,
  snoozed: 0,
  closedToday: 0,
  closedThisWeek: 0,
};

const since = ({ desk, now }: Unit, agent: Agent) => ({ now, ...localDay(now, agent.timeZone ?? desk.timeZone) });

export async function answerStats(unit: Unit, asked: Asked): Promise<void> {
  const { tx, desk } = unit;
  const sight = sightOf(asked.agent);
  const departments = await figures(tx, "department", sight, since(unit, asked.agent));
  const agents = await figures(tx, "agent", sight, since(unit, asked.agent));
  const own = Object.values(desk.departments).filter(
    ({ key, active }) =>
      departments.has(key) || (active && (sight.departments === "all" || sight.departments.includes(key))),
  );
  const lines = [
    ...own.map(({ key, name }) => `${name}: ${figureWords(departments.get(key) ?? NONE)}`),
    "",
    ...[...agents]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, one]) => `${nameOf(desk, key)}: ${figureWords(one, key !== "")}`),
  ];
  await mailLines(unit, asked, { what: "stats", title: "Figures", lines });
}

const nameOf = ({ agents }: Desk, key: string): string => (key === "" ? "Nobody's" : (agents[key]?.name ?? key));

function figureWords(one: Figures, ofAgent = false): string {
  const nobody = ofAgent || one.unassigned === 0 ? "" : ` ${one.unassigned} nobody's,`;
  const waits = `${one.open} open, ${one.waiting} waiting for us, ${one.overdue} overdue,${nobody}`;
  return `${waits} ${one.pending} pending, ${one.snoozed} snoozed; closed ${one.closedToday} today, ${one.closedThisWeek} this week`;
}

/** Colleagues of the agent's departments, the agent too. */
export async function answerWho(unit: Unit, asked: Asked): Promise<void> {
  const { tx, desk, now } = unit;
  const sight = sightOf(asked.agent);
  const loads = await figures(tx, "agent", sight, since(unit, asked.agent));
  const colleagues = Object.values(desk.agents).filter(
    ({ active, departments }) =>
      active && (sight.departments === "all" || departments.some((key) => sight.departments.includes(key))),
  );
  const lines = colleagues.map((agent) => {
    const { open, overdue, pending, snoozed } = loads.get(agent.key) ?? NONE;
    return `${agent.name}: ${presenceWords(agent, desk, now)}; has ${open} open, ${overdue} overdue, ${pending + snoozed} put off`;
  });
  await mailLines(unit, asked, { what: "who", title: "Who is here", lines });
}

function presenceWords(agent: Agent, desk: Desk, now: number): string {
  const away = awayText(agent, desk, now);
  if (away === undefined) return inWorkingHours(agent, desk, now) ? "here" : "not in working hours";
  const deputy = agent.deputy === undefined ? undefined : desk.agents[agent.deputy]?.name;
  return `${away.slice(agent.name.length + 4)}${deputy === undefined ? "" : `, ${deputy} stands in`}`;
}

export async function answerStatus(unit: Unit, asked: Asked): Promise<void> {
  if (asked.ticket) return await mailTicketStatus(unit, asked, asked.ticket);
  const { tx, now } = unit;
  const sight = sightOf(asked.agent);
  const departments = await figures(tx, "department", sight, since(unit, asked.agent));
  const sum = (name: keyof Figures) => [...departments.values()].reduce((total, one) => total + one[name], 0);
  const all = Object.fromEntries(Object.keys(NONE).map((name) => [name, sum(name as keyof Figures)]));
  const { sending = 0, pending = 0, rejected = 0, uncertain = 0 } = await troubledMails(tx, sight, now);
  const { held = 0, quarantined = 0 } = sight.departments === "all" ? await countInbound(tx) : {};
  const lines = [
    `Tickets: ${figureWords(all as Figures)}`,
    `Mails of the last 30 days: ${sending + pending} being tried, ${rejected} refused, ${uncertain} uncertain`,
    ...(sight.departments === "all" ? [`Messages: ${held} held, ${quarantined} in quarantine`] : []),
  ];
  await mailLines(unit, asked, { what: "status", title: "The desk", lines });
}

const MOST_MAILS = 200;

async function mailTicketStatus(unit: Unit, asked: Asked, ticket: Ticket): Promise<void> {
  const { tx, desk, now } = unit;
  const time = (at: number) => shortTime(at, now, { timeZone: asked.agent.timeZone ?? desk.timeZone, locale: "en-GB" });
  const due = nextDue(ticket);
  const mails = (await listDeliveries(tx, { ticketId: ticket.id, limit: MOST_MAILS })).filter(
    ({ audience, state }) => audience === "customer" && state !== "accepted" && state !== "cancelled",
  );
  const lines = [
    `${ticket.publicNumber}: ${ticket.status}, ${ticket.priority}, ${desk.departments[ticket.department]?.name ?? ticket.department}.`,
    ticket.assignee === null ? "Nobody has it." : `${nameOf(desk, ticket.assignee)} has it.`,
    `It ${ticket.status === "closed" || ticket.status === "snoozed" ? "is " : ""}${waitingWords(ticket, time)}.`,
    due === null ? "Nothing is due." : `${isOverdue(ticket, now) ? "OVERDUE since" : "Due"} ${time(due)}.`,
    mails.length === 0 ? "No mail to the customer waits or has failed." : "Mails:",
    ...mails.map((mail) => `  ${mailWords(mail, time)}`),
  ];
  const mail = { kind: "receipt", cause: causeOf(asked, "status"), tokenMode: "act" } as const;
  await mailAgent(unit, ticket, readerOf(asked.agent), mail, (facts) =>
    answerInLines({ ...facts, title: "Status", lines }),
  );
}

function mailWords(
  { kind, recipient, state, not_before, response }: DeliveryRow,
  time: (at: number) => string,
): string {
  const why = response ? ` (${response})` : "";
  if (state === "pending") return `${kind} to ${recipient} leaves ${time(Number(not_before))}${why}`;
  return `${kind} to ${recipient}: ${state}${why}`;
}
