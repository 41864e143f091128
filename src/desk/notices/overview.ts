/** The morning overview of an agent: which tickets stand in it, and on which mornings. Pure. */
import { awayUntil } from "../assigning/presence.ts";
import { ALWAYS } from "../file/desk-file-hours.ts";
import { partIn } from "../part-in.ts";
import type { Agent, Desk, Ticket } from "../types.ts";
import { localMoment, type LocalMoment } from "./wall-clock.ts";
import { afterQuiet, zoneOf } from "./preference.ts";

/** After so long without the customer's answer an agent is reminded of a ticket. */
const WAITING_MS = 3 * 86_400_000;

export const OVERVIEW_PARTS = ["overdue", "today", "mine", "waiting", "unassigned"] as const;
export type OverviewPart = (typeof OVERVIEW_PARTS)[number];
/** Each ticket stands in the first part that it belongs to. Without empty parts. */
export type Overview = readonly { readonly part: OverviewPart; readonly tickets: readonly Ticket[] }[];

/** The local date for which an agent gets an overview now; undefined when it is not the time, or not one of their days. */
export function overviewDate(agent: Agent, desk: Desk, now: number): string | undefined {
  const { overviewAt } = desk.defaults;
  if (overviewAt === undefined || !agent.active || agent.notify?.overview === false) return undefined;
  const local = localMoment(now, zoneOf(agent, desk));
  if (local.minute < overviewAt || afterQuiet(agent, desk, now) > now) return undefined;
  if (awayUntil(agent, desk, now) !== undefined || !worksOn(local, agent, desk)) return undefined;
  return local.date;
}

/** By the agent's schedule, else the desk's, else Monday to Friday. A schedule that the desk does not list is `always`. */
function worksOn({ date, weekday }: LocalMoment, agent: Agent, desk: Desk): boolean {
  const key = agent.schedule ?? desk.defaults.schedule;
  if (key === undefined) return weekday <= 5;
  const schedule = key !== ALWAYS && Object.hasOwn(desk.schedules, key) ? desk.schedules[key] : undefined;
  if (schedule === undefined) return true;
  return schedule.intervals.some(({ day }) => day === weekday) && !schedule.holidays.includes(date);
}

/** When somebody has to act next: the first answer while there is none, else the solution. Null when nothing is due. */
export function nextDue(ticket: Pick<Ticket, "respondDueAt" | "respondedAt" | "resolveDueAt">): number | null {
  const { respondDueAt, respondedAt, resolveDueAt } = ticket;
  const due = [respondedAt === null ? respondDueAt : null, resolveDueAt].filter((at) => at !== null);
  return due.length > 0 ? Math.min(...due) : null;
}

/**
 * The overview of these tickets, in each part by due time. What is not theirs, nor nobody's in one of their departments, is
 * left out, and what is closed, snoozed, spam or merged; so are tickets in which they take part as a customer.
 */
export function overviewOf(tickets: readonly Ticket[], agent: Agent, desk: Desk, now: number): Overview {
  const today = localMoment(now, zoneOf(agent, desk)).date;
  const placed = tickets.flatMap((ticket) => {
    const part = concerns(ticket, agent) ? partOf(ticket, agent, { now, today, zone: zoneOf(agent, desk) }) : undefined;
    return part === undefined ? [] : [{ part, ticket }];
  });
  return OVERVIEW_PARTS.map((part) => ({
    part,
    tickets: placed
      .filter((one) => one.part === part)
      .map(({ ticket }) => ticket)
      .sort(byDue),
  })).filter((one) => one.tickets.length > 0);
}

function concerns(ticket: Ticket, agent: Agent): boolean {
  const lives = ticket.status === "open" || ticket.status === "pending";
  if (!lives || ticket.spam || ticket.mergedInto !== null || partIn(ticket, agent.emails)) return false;
  return ticket.assignee === null ? agent.departments.includes(ticket.department) : ticket.assignee === agent.key;
}

type Today = { readonly now: number; readonly today: string; readonly zone: string };

function partOf(ticket: Ticket, agent: Agent, { now, today, zone }: Today): OverviewPart | undefined {
  const due = ticket.waitingFor === "us" ? nextDue(ticket) : null;
  if (due !== null && due <= now) return "overdue";
  if (due !== null && localMoment(due, zone).date === today) return "today";
  if (ticket.assignee !== agent.key) return "unassigned";
  const answered = ticket.lastAgentAt ?? ticket.statusSince;
  return ticket.waitingFor === "customer" && now - answered > WAITING_MS ? "waiting" : "mine";
}

const byDue = (a: Ticket, b: Ticket): number => dueOf(a) - dueOf(b) || a.id - b.id;

/** A number, for what is never due sorts last and among itself by its age. */
const dueOf = (ticket: Ticket): number => nextDue(ticket) ?? Number.MAX_SAFE_INTEGER;
