/** `#list`, `#mine` and `#search`: tickets in a numbered list, whose numbers are kept with the mail for the answer to it. */
import { insertListRows } from "../db/list-row.ts";
import { search, wordsOf } from "../db/ticket-search.ts";
import type { Found } from "../db/ticket-sight.ts";
import { listForAgent } from "../db/ticket-view.ts";
import type { ListView } from "../desk/commands/command.ts";
import { localDay } from "../desk/local-day.ts";
import { ticketList } from "../desk/notices/notice-list.ts";
import { sightOf } from "../desk/sight.ts";
import type { Agent, Desk } from "../desk/types.ts";
import { type Asked, causeOf, placeOf, readerOf, unsentLine } from "./querying.ts";
import type { Unit } from "./stage.ts";
import { mailAgent } from "./tell.ts";

/** More is not worked through by mail. */
const MOST_ROWS = 50;

const TITLES: Readonly<Record<Exclude<ListView["view"], "department" | "agent">, string>> = {
  open: "Open",
  mine: "Yours",
  unassigned: "Nobody's",
  overdue: "Overdue",
  due: "Due by the end of today",
  pending: "Pending",
  snoozed: "Snoozed",
  closed: "Closed",
  all: "All",
  spam: "Spam",
  waiting: "Waiting for us",
};

function titleOf(view: ListView, { departments, agents }: Desk): string {
  if (view.view === "department") return departments[view.department]?.name ?? view.department;
  if (view.view === "agent") return `${agents[view.agent]?.name ?? view.agent}'s`;
  return TITLES[view.view];
}

export async function answerView(unit: Unit, asked: Asked, view: ListView): Promise<void> {
  const { tx, desk, now } = unit;
  const { dayEnds } = localDay(now, asked.agent.timeZone ?? desk.timeZone);
  const found = await listForAgent(tx, view, sightOf(asked.agent), { now, dayEnds }, MOST_ROWS);
  await mailList(unit, asked, titleOf(view, desk), found);
}

export async function answerSearch(unit: Unit, asked: Asked, words: string): Promise<void> {
  const found = await search(unit.tx, words, sightOf(asked.agent), MOST_ROWS);
  await mailList(unit, asked, `Found "${wordsOf(words).join(" ")}"`, found);
}

async function mailList(unit: Unit, asked: Asked, title: string, { tickets, total }: Found): Promise<void> {
  const remark = [sightLine(asked.agent, unit.desk), unsentLine(asked)].filter(Boolean).join("\n");
  const mail = {
    kind: "receipt",
    cause: causeOf(asked, "list"),
    tokenMode: "list",
    inboundId: asked.inbound.id,
  } as const;
  const id = await mailAgent(unit, placeOf(asked), readerOf(asked.agent), mail, (facts) =>
    ticketList({ ...facts, title, tickets, total, organizations: unit.desk.organizations, sight: remark || undefined }),
  );
  if (id === undefined) return;
  const rows = tickets.map((ticket, n) => ({ position: n + 1, ticketId: ticket.id }));
  await insertListRows(unit.tx, id, rows);
}

/** Whoever does not see everything is told so: an empty list may not mean that there is nothing. */
function sightLine(agent: Agent, { departments }: Desk): string | undefined {
  const seen = sightOf(agent).departments;
  if (seen === "all") return undefined;
  const names = seen.map((key) => departments[key]?.name ?? key).join(", ");
  return `You see the tickets of ${names || "no department"}, those that are yours, and those you watch.`;
}
