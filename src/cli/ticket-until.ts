/** The value of --until or --due: a moment in plain words in the desk's time zone, read as in commands by mail. */
import { readMoment } from "../desk/commands/command-moment.ts";
import { WRITE_MOMENT } from "../desk/commands/date-words.ts";
import { Exit } from "./context.ts";

/** UTC milliseconds after `now`. A day is its 09:00. @throws Exit 2, saying what to write */
export function untilOf(text: string, now: number, timeZone: string, option = "--until"): number {
  const read = readMoment(text.trim(), { agents: [], departments: [], now, timeZone });
  if ("why" in read) throw new Exit(2, `${option}: ${read.why}.`);
  if (read.value === null) throw new Exit(2, `${option}: "${text}" is no moment; ${WRITE_MOMENT}.`);
  return read.value;
}
