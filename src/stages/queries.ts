/**
 * Answers to an agent's questions: lists, threads, figures, help. Nothing is changed by them, and an agent is shown only what
 * they may see (desk/sight.ts). Lists and figures are about no ticket: an answer to them never goes to a customer.
 */
import type { QUERIES } from "../desk/commands/command-plan.ts";
import type { Named } from "../desk/commands/command-scene.ts";
import type { ParsedCommand } from "../desk/commands/command.ts";
import { answerSearch, answerView } from "./queries-list.ts";
import { answerStats, answerStatus, answerWho } from "./queries-figures.ts";
import { answerHelp } from "./queries-help.ts";
import { answerShow } from "./queries-show.ts";
import type { Asked } from "./querying.ts";
import type { Unit } from "./stage.ts";

type QueryName = (typeof QUERIES)[number];
type Answer<N extends QueryName> = (unit: Unit, asked: Asked, command: Named<ParsedCommand, N>) => Promise<void>;

const ANSWERS: { readonly [N in QueryName]: Answer<N> } = {
  list: (unit, asked, { view }) => answerView(unit, asked, view),
  mine: (unit, asked) => answerView(unit, asked, { view: "mine" }),
  search: (unit, asked, { words }) => answerSearch(unit, asked, words),
  show: (unit, asked, { words }) => answerShow(unit, asked, words),
  stats: answerStats,
  status: answerStatus,
  who: answerWho,
  help: (unit, asked, { about }) => answerHelp(unit, asked, about),
};

/** Mails the answer; what is not there or may not be seen is an answer as well. */
export async function answerQuery(unit: Unit, asked: Asked, command: ParsedCommand): Promise<void> {
  const answer = ANSWERS[command.name as QueryName] as Answer<QueryName>;
  await answer(unit, asked, command as Named<ParsedCommand, QueryName>);
}
