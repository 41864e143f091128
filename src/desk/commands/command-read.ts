/**
 * Commands in an agent's unquoted text. They stand in one block at its top, or in one at its end above the signature;
 * the rest is the reply, or the note. What a block holds must be understood to the last line, and a command elsewhere
 * in the text is never sent to a customer: either stops everything, because the agent is there to be asked.
 */
import type { CommandReading, Known, ParsedCommand } from "./command.ts";
import { isBlank, readLine } from "./command-line.ts";
import type { LineReading } from "./command-line.ts";

type Line = { readonly raw: string; readonly blank: boolean; readonly reading: LineReading };
type Block = { readonly commands: readonly ParsedCommand[]; readonly prose: readonly string[] };
type Stop = Extract<CommandReading, { kind: "stop" }>;

/** RFC 3676 section 4.3: two hyphens and a blank, which many mailers trim. */
const SIGNATURE = /^-- ?$/;
/** What some mail clients write above a reply: its subject. With a number of ours in it, it is for certain no text. */
const CLIENT_LINE =
  /^\s{0,8}(?:re|aw|sv|vs|antw|fwd?|wg|tr|rv|ref|subject|betreff|objet|asunto|oggetto|onderwerp|assunto)(?:\[\d{1,3}\])?\s?:/iu;
const OUR_NUMBER = /\[[\p{L}\p{N}]{1,12}-\d{1,12}\]/u;
/** More commands are no instructions of a person; the bound keeps a hostile mail cheap. */
const MOST_COMMANDS = 100;
/** Of lines like `#include <stdio.h>`, each of which is compared with every command. */
const MOST_HASHES = 1000;

/**
 * Read the commands of a text (without quoted history, with any line ends). A text without a line that begins with
 * `#` and a letter comes back unchanged. When there are commands, the signature below is not part of the body, nor is
 * what a mail client wrote above them.
 */
export function readCommands(text: string, known: Known): CommandReading {
  const all = text.split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/);
  const lines = readLines(all, known);
  if ("why" in lines) return { ...lines, body: text };
  const signature = all.findIndex((line) => SIGNATURE.test(line));
  const end = signature === -1 ? lines.length : signature;
  const start = endOfClientLines(lines.slice(0, end));
  const top = lines.slice(start, end).findIndex((line) => !belongs(line));
  const topEnd = top === -1 ? end : start + top;
  const bottomStart = startOfLastBlock(lines.slice(0, end), topEnd);
  const first = blockOf(lines.slice(start, topEnd));
  if ("why" in first) return { ...first, body: text };
  const last = blockOf(lines.slice(bottomStart, end));
  if ("why" in last) return { ...last, body: text };
  const lost = [...lines.slice(topEnd, bottomStart), ...lines.slice(end)].find(isCommandLine);
  if (lost !== undefined) return { ...misplaced(lost), body: text };
  const commands = [...first.commands, ...last.commands];
  if (commands.length === 0) return { kind: "ok", commands, body: text, asNote: false };
  const above = lines.slice(0, start).filter(({ raw }) => !OUR_NUMBER.test(raw));
  const kept = lines.slice(topEnd, bottomStart);
  const body = withoutBlankEdges([...raws(above), ...first.prose, ...raws(kept), ...last.prose]).join("\n");
  return { kind: "ok", commands, body, asNote: commands.some((command) => command.name === "note") };
}

const raws = (lines: readonly Line[]): readonly string[] => lines.map(({ raw }) => raw);

function readLines(all: readonly string[], known: Known): readonly Line[] | Omit<Stop, "body"> {
  const lines: Line[] = [];
  let commands = 0;
  let hashes = 0;
  for (const raw of all) {
    const reading = readLine(raw, known);
    if (reading.kind !== "text") hashes += 1;
    if (hashes > MOST_HASHES)
      return { kind: "stop", line: raw.trim(), why: `more than ${MOST_HASHES} lines begin like commands` };
    if (reading.kind === "commands") commands += reading.commands.length;
    if (reading.kind === "wrong" && reading.named) commands += 1;
    if (commands > MOST_COMMANDS)
      return { kind: "stop", line: raw.trim(), why: `these are more than ${MOST_COMMANDS} commands` };
    lines.push({ raw, blank: isBlank(raw), reading });
  }
  return lines;
}

/** How many lines a mail client has written above the top block; 0 when no block follows. */
function endOfClientLines(lines: readonly Line[]): number {
  const others = lines.findIndex((line) => !line.blank && !CLIENT_LINE.test(line.raw));
  return others > 0 && belongs(lines[others]!) ? others : 0;
}

/** Blank lines do not end a block: mailers double the line ends. */
function belongs(line: Line): boolean {
  return line.blank || line.reading.kind !== "text";
}

/** Blank lines before the last block belong to the text: they part it from words behind a command. */
function startOfLastBlock(lines: readonly Line[], topEnd: number): number {
  const afterText = Math.max(topEnd, lines.findLastIndex((line) => !belongs(line)) + 1);
  const start = lines.findIndex((line, index) => index >= afterText && !line.blank);
  return start === -1 ? lines.length : start;
}

function blockOf(lines: readonly Line[]): Block | Omit<Stop, "body"> {
  const commands: ParsedCommand[] = [];
  const prose: string[] = [];
  for (const { reading } of lines) {
    if (reading.kind === "text") continue;
    if (reading.kind === "wrong") {
      const { line, why, suggestion } = reading;
      return { kind: "stop", line, why, ...(suggestion === undefined ? {} : { suggestion }) };
    }
    commands.push(...reading.commands);
    if (reading.prose !== "") prose.push(reading.prose);
  }
  return { commands, prose };
}

function isCommandLine(line: Line): boolean {
  return line.reading.kind === "commands" || (line.reading.kind === "wrong" && line.reading.named);
}

function misplaced({ raw, reading }: Line): Omit<Stop, "body"> {
  const where = "stands in the middle of the text; commands go in the first lines or in the last";
  const line = raw.trim();
  if (reading.kind !== "wrong" || reading.suggestion === undefined)
    return { kind: "stop", line, why: `this command ${where}` };
  return { kind: "stop", line, why: `${reading.why}, and it ${where}`, suggestion: reading.suggestion };
}

function withoutBlankEdges(lines: readonly string[]): readonly string[] {
  const first = lines.findIndex((line) => !isBlank(line));
  return first === -1 ? [] : lines.slice(first, lines.findLastIndex((line) => !isBlank(line)) + 1);
}
