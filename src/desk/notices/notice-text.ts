/** Texts inside mail to agents: safe to show, in the reader's own time, and with nothing where there is nothing to say. */
import type { AgentFacts, NoticeSetting } from "./notice-facts.ts";
import { withoutTokens } from "./notice-frame.ts";
import type { Clock } from "./notice-words.ts";

/** More of one message is read on the console. In characters. */
const LONGEST_TEXT = 20_000;

/** An empty text is true in Liquid: `{% if history %}` needs a null. */
export function orNull(text: string): string | null {
  return text === "" ? null : text;
}

/** By which times are written: the reading agent's time zone where they have one, else the desk's. */
export function clockOf(f: Pick<NoticeSetting, "desk" | "templates"> & Partial<Pick<AgentFacts, "agent">>): Clock {
  const reader = f.agent === undefined || f.agent === null ? undefined : f.desk.agents[f.agent];
  // British English has the 24-hour clock and the day before the month, as these texts have.
  const locale = f.templates.language === "en" ? "en-GB" : f.templates.language;
  return { timeZone: reader?.timeZone ?? f.desk.timeZone, locale };
}

/** What somebody wrote, for an agent: without tokens of other mails, and not endless. */
export function agentText(f: Pick<AgentFacts, "supportAddress">, text: string): string {
  const lines = withoutTokens(text, f.supportAddress).replace(/\r\n?/g, "\n").replace(/^\n+/, "").trimEnd();
  return lines.length <= LONGEST_TEXT ? lines : `${lines.slice(0, LONGEST_TEXT).toWellFormed()}\n… (shortened)`;
}

/** Two spaces before every line, so that one sees whose words they are. */
export function indented(text: string): string {
  return text.replace(/^(?=.)/gm, "  ");
}

/** Whose a ticket is, for its reader. `name` is empty when it is nobody's. */
export function assigneeWords(name: string, isReader: boolean): string {
  if (name === "") return "nobody's yet";
  return isReader ? "yours" : `${name}'s`;
}
