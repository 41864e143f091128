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

/**
 * Read the commands of a text (without quoted history, with any line ends). A text without a line that begins with
 * `#` and a letter comes back unchanged. When there are commands, the signature below is not part of the body.
 */
export function readCommands(text: string, known: Known): CommandReading {
  const all = text.split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/);
  const signature = all.findIndex((line) => SIGNATURE.test(line));
  const lines = all.map((raw): Line => ({ raw, blank: isBlank(raw), reading: readLine(raw, known) }));
  const end = signature === -1 ? lines.length : signature;
  const top = lines.slice(0, end).findIndex((line) => !belongs(line));
  const topEnd = top === -1 ? end : top;
  const bottomStart = startOfLastBlock(lines.slice(0, end), topEnd);
  const first = blockOf(lines.slice(0, topEnd));
  if ("why" in first) return { ...first, body: text };
  const last = blockOf(lines.slice(bottomStart, end));
  if ("why" in last) return { ...last, body: text };
  const lost = [...lines.slice(topEnd, bottomStart), ...lines.slice(end)].find(isCommandLine);
  if (lost !== undefined) return { ...misplaced(lost), body: text };
  const commands = [...first.commands, ...last.commands];
  if (commands.length === 0) return { kind: "ok", commands, body: text, asNote: false };
  const kept = lines.slice(topEnd, bottomStart).map((line) => line.raw);
  const body = withoutBlankEdges([...first.prose, ...kept, ...last.prose]).join("\n");
  return { kind: "ok", commands, body, asNote: commands.some((command) => command.name === "note") };
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

function misplaced(line: Line): Omit<Stop, "body"> {
  const why = "this command stands in the middle of the text; commands go in the first lines or in the last";
  return { kind: "stop", line: line.raw.trim(), why };
}

function withoutBlankEdges(lines: readonly string[]): readonly string[] {
  const first = lines.findIndex((line) => !isBlank(line));
  return first === -1 ? [] : lines.slice(first, lines.findLastIndex((line) => !isBlank(line)) + 1);
}
