/**
 * `#away` and `#back`: an agent's absences are part of the desk, so that a new version of it knows them and `desk export` shows
 * them. Who is away gets no new tickets, and the clock hands over the ones that wait.
 */
import { currentDesk, lockDesk, storeDesk } from "../db/desk.ts";
import { awayOn, backOn } from "../desk/assigning/absence.ts";
import { localDate } from "../desk/assigning/presence.ts";
import type { ParsedCommand } from "../desk/commands/command.ts";
import type { Agent, Desk } from "../desk/types.ts";
import type { Unit } from "./stage.ts";

/** A clause for the receipt. Nothing is changed when it is refused, or was so already. */
export async function carryOutPresence(
  { tx, now }: Unit,
  { key }: Agent,
  command: ParsedCommand,
): Promise<{ readonly result: string; readonly refused?: true }> {
  await lockDesk(tx);
  const desk = (await currentDesk(tx))!;
  const agent = desk.agents[key]!;
  const today = localDate(now, desk.timeZone);
  const change = command.name === "away" ? awayOn(agent.away, command.days, today) : backOn(agent.away, today);
  if ("refused" in change) return { result: change.refused, refused: true };
  if (!change.away) return { result: change.result };
  const agents = { ...desk.agents, [key]: { ...agent, away: change.away } };
  await storeDesk(tx, { ...desk, agents }, `${key}, by mail`, now);
  return { result: command.name === "away" ? `${change.result}; ${standIn(agent, desk)}` : change.result };
}

function standIn({ deputy, departments }: Agent, { agents, departments: all }: Desk): string {
  const other = deputy === undefined ? undefined : agents[deputy];
  if (other?.active) return `${other.name} stands in for you`;
  const names = departments.map((one) => all[one]?.name ?? one).join(" and ");
  return `your tickets that wait are assigned anew, as ${names || "their department"} ${departments.length > 1 ? "do" : "does"} it`;
}
