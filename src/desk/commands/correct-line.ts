/**
 * Puts a corrected line in the place of the one that stopped a text. Words behind a command on that line are the agent's
 * text and stay, unless the correction says them anew; a command from the middle of a text goes to its top.
 */
import type { Known } from "./command.ts";
import { readLine } from "./command-line.ts";
import { readCommands } from "./command-read.ts";

/** A command with what stands before it: the start of the line, or a blank. */
const NEXT_COMMAND = /(?<=\s)(?=[#\uff03\ufe5f]\p{L})/u;
const TOKEN = /^[^\p{L}\p{N}]{0,12}[#\uff03\ufe5f]{1,6}\p{L}[^\s.,;:!?)\]}*_'"“”’]*/u;

const BULLET = /^[^\p{L}\p{N}#\uff03\ufe5f]{1,12}(?=[#\uff03\ufe5f])/u;

/** Only one command of a line is corrected at a time; a longer line has no such number of them. */
const MOST_SEGMENTS = 20;

/**
 * The wrong line with what was suggested in place of the command that is wrong: `#clsoe Refunded.` and `#close` give
 * `#close Refunded.`. Undefined when no place is found in which it makes the line one of commands.
 */
export function correctedLine(line: string, suggestion: string, known: Known): string | undefined {
  const segments = line.split(NEXT_COMMAND).slice(0, MOST_SEGMENTS);
  for (const [n, segment] of segments.entries()) {
    const blank = /\s*$/.exec(segment)?.[0] ?? "";
    if (!TOKEN.test(segment)) continue;
    const whole = suggestion + blank;
    const command = segment.replace(TOKEN, () => suggestion);
    // What was suggested with its argument, or for a command that stands alone, is all of it.
    const all = suggestion.includes(" ") || lettersOf(segment.replace(TOKEN, "")) === "";
    for (const better of all ? [whole, command] : [command, whole]) {
      if (better === segment) continue;
      const corrected = [...segments.slice(0, n), better, ...segments.slice(n + 1)].join("").trim();
      if (readLine(corrected, known).kind === "commands") return corrected.replace(BULLET, "");
    }
  }
  return lettersOf(line) === lettersOf(suggestion) ? suggestion : undefined;
}

/** `1. #close` says nothing but `#close`. */
const lettersOf = (line: string): string => line.replace(/[^\p{L}]/gu, "").toLowerCase();

/**
 * The text with `by` (one or more lines of commands) in place of the line that stopped it; undefined when the line is not
 * there any more. Whether the whole is understood is for the next reading to say.
 */
export function withCorrection(text: string, line: string, by: string, known: Known): string | undefined {
  const lines = text.split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/);
  const at = lines.findIndex((raw) => isLine(raw, line, known));
  if (at < 0) return undefined;
  const lone = by.includes("\n") ? undefined : keepingWords(line, by, known);
  const there = [...lines.slice(0, at), lone ?? by, ...lines.slice(at + 1)].join("\n");
  const reading = readCommands(there, known);
  const stopped = reading.kind === "stop" && `${lone ?? by}\n`.includes(`${reading.line}\n`);
  if (!stopped) return there;
  // In the middle of a text no command is carried out, however it is written.
  const { commands, words } = parted(lone ?? by, known);
  const rest = [...lines.slice(0, at), ...(words === "" ? [] : [words]), ...lines.slice(at + 1)].join("\n");
  return `${commands}\n\n${rest}`;
}

function isLine(raw: string, line: string, known: Known): boolean {
  if (raw.trim() === line) return true;
  const reading = readLine(raw, known);
  return reading.kind === "wrong" && reading.line === line;
}

/** `#close` alone in answer to `#clsoe Refunded.` corrects the command and leaves the words. */
function keepingWords(line: string, by: string, known: Known): string | undefined {
  const answer = readLine(by, known);
  if (answer.kind !== "commands" || answer.prose !== "" || answer.commands.length !== 1) return undefined;
  const better = correctedLine(line, by.trim(), known);
  const reading = better === undefined ? undefined : readLine(better, known);
  return reading?.kind === "commands" && reading.prose !== "" ? better : undefined;
}

/** The commands of a line, and the words behind them. */
function parted(lines: string, known: Known): { readonly commands: string; readonly words: string } {
  const reading = lines.includes("\n") ? undefined : readLine(lines, known);
  if (reading?.kind !== "commands" || reading.prose === "") return { commands: lines, words: "" };
  return { commands: lines.slice(0, lines.length - reading.prose.length).trim(), words: reading.prose };
}
