/**
 * Lines of an answer to a list: which of its tickets are meant, and what is to be done to them: `1 #close`,
 * `2-4 #dept billing #priority high`, `NW-48201 #take`, `all #tag outage`. Nothing is guessed: a line that means no ticket
 * for certain, or words between the lines, stop everything, because the agent is there to be asked.
 */
import { fold } from "../words.ts";
import type { Known, ParsedCommand } from "./command.ts";
import { isBlank, readLine } from "./command-line.ts";
import { COMMAND_WORDS } from "./command-table.ts";

/** A row of the list that is answered. */
export type Listed = { readonly position: number; readonly ticketId: number };
/** A row's ticket, or the one with this number (without the desk's prefix). */
export type Meant = { readonly ticketId: number } | { readonly number: number };
export type Picked = {
  readonly line: string;
  readonly tickets: readonly Meant[];
  readonly commands: readonly ParsedCommand[];
};

type Stop = { readonly kind: "stop"; readonly line: string; readonly why: string; readonly suggestion?: string };

export type SelectionReading =
  /** No line selects anything before the first command: `readCommands` reads the mail. */
  { readonly kind: "none" } | { readonly kind: "ok"; readonly picked: readonly Picked[]; readonly rest: string } | Stop;

type Line =
  | { readonly is: "text" | "blank"; readonly raw: string }
  | { readonly is: "bare"; readonly raw: string }
  | { readonly is: "pick"; readonly raw: string; readonly pick: Picked }
  | { readonly is: "wrong"; readonly raw: string; readonly stop: Stop };

const SIGNATURE = /^-- ?$/;
const UNSEEN = /[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]|[\ufe00-\ufe0f]|\u20e3/g;
/** Bullets and quotation marks that mail clients put before a line; a hyphen only with a blank behind it. Not `>`. */
const BEFORE = /^(?:[\s•·‣▪◦⁃*"'“”„«»‹›(]|[-–—]\s){0,12}/u;
const BEHIND = /[\s.,:;)=»"'”*–—-]{1,12}$/u;
/** Longer lists of numbers are written by nobody; the bound keeps a hostile line cheap. */
const LONGEST_WHO = 300;
const MOST_PICKED = 500;

/** @param listed the rows of the list that is answered; none in a new mail */
export function readSelections(text: string, known: Known, listed: readonly Listed[]): SelectionReading {
  const all = text.split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/);
  const signature = all.findIndex((line) => SIGNATURE.test(line));
  const lines = all.slice(0, signature < 0 ? all.length : signature).map((raw) => readOne(raw, known, listed));
  const first = lines.findIndex(({ is }) => is !== "text" && is !== "blank");
  if (first < 0 || lines[first]!.is === "bare") return { kind: "none" };
  const last = lines.findLastIndex(({ is }) => is !== "text" && is !== "blank");
  const stop = lines
    .slice(first, last + 1)
    .map((line) => stopAt(line, lines))
    .find(Boolean);
  if (stop) return stop;
  const picked = lines.flatMap((line) => (line.is === "pick" ? [line.pick] : []));
  const rest = lines.filter(({ is }) => is === "text").map(({ raw }) => raw.trim());
  return { kind: "ok", picked, rest: rest.join("\n") };
}

function stopAt(line: Line, lines: readonly Line[]): Stop | undefined {
  const raw = line.raw.trim();
  if (line.is === "wrong") return line.stop;
  if (line.is === "text") return stopped(raw, "words stand between the lines of commands; who would they be for?");
  if (line.is !== "bare") return undefined;
  const one = lines.find(({ is }) => is === "pick");
  const who = one?.is === "pick" ? one.raw.trim().split("#")[0]!.trim() : "1";
  return stopped(raw, "it does not say which tickets it is for", `${who} ${raw}`);
}

const stopped = (line: string, why: string, suggestion?: string): Stop => ({
  kind: "stop",
  line,
  why,
  ...(suggestion === undefined ? {} : { suggestion }),
});

function readOne(raw: string, known: Known, listed: readonly Listed[]): Line {
  if (isBlank(raw)) return { is: "blank", raw };
  const line = raw.replace(UNSEEN, "").normalize("NFKC").trimEnd();
  const at = /#(?=\p{L})/u.exec(line)?.index;
  if (at === undefined) return withoutHash(raw, line, known);
  const who = whoIn(line.slice(0, at));
  if (who === "") return { is: readLine(line, known).kind === "text" ? "text" : "bare", raw };
  const wrong = (why: string, suggestion?: string): Line => ({
    is: "wrong",
    raw,
    stop: stopped(raw.trim(), why, suggestion),
  });
  const meant = meantBy(who, known, listed);
  const reading = readLine(line.slice(at), known);
  if (meant === undefined)
    return reading.kind === "commands" || (reading.kind === "wrong" && reading.named)
      ? wrong("what stands before the command names no tickets", `1 ${line.slice(at)}`)
      : { is: "text", raw };
  if ("why" in meant) return wrong(meant.why, meant.instead && `${meant.instead} ${line.slice(at)}`);
  if (reading.kind === "wrong") return wrong(reading.why, reading.suggestion && `${who} ${reading.suggestion}`);
  if (reading.kind === "text" || reading.prose !== "")
    return wrong("text stands behind the command, and nobody would get it; a reply goes to the ticket's own mail");
  return { is: "pick", raw, pick: { line: raw.trim(), tickets: meant, commands: reading.commands } };
}

/** `1 close`: somebody who writes so means a command, and would not notice that it was taken for text. */
function withoutHash(raw: string, line: string, known: Known): Line {
  const words = line.slice(0, LONGEST_WHO).trim().split(" ");
  const at = words.findIndex((word) => COMMAND_WORDS.has(fold(word)) || Object.hasOwn(known.words ?? {}, fold(word)));
  const who = at < 1 ? "" : whoIn(words.slice(0, at).join(" "));
  if (who === "" || parts(who).some((part) => !isPart(part))) return { is: "text", raw };
  const suggestion = `${who} #${words.slice(at).join(" ")}`;
  return { is: "wrong", raw, stop: stopped(raw.trim(), "a command begins with #", suggestion) };
}

/** What stands before the first command, without bullets and brackets. */
function whoIn(before: string): string {
  if (before.length > LONGEST_WHO) return "?";
  return before.replace(BEFORE, "").replace(/[[\]]/g, "").replace(BEHIND, "").trim();
}

const parts = (who: string): string[] =>
  who
    .replace(/(\d)\s{0,3}(?:[-–—]|\.\.)\s{0,3}(?=\d)/gu, "$1-")
    .split(/[\s,;&+]+/u)
    .filter((part) => part !== "" && fold(part) !== "and");

const POSITIONS = /^#?(\d{1,9})(?:-(\d{1,9}))?\.?$/;
const NUMBER = /^([\p{L}\p{N}]{1,12})-(\d{1,12})$/u;

const isPart = (part: string): boolean => fold(part) === "all" || POSITIONS.test(part) || NUMBER.test(part);

type Wrong = { readonly why: string; readonly instead?: string };

/** The tickets in the order in which they are named, each once; undefined when the words name none at all. */
function meantBy(who: string, known: Known, listed: readonly Listed[]): readonly Meant[] | Wrong | undefined {
  const named = parts(who);
  if (named.length === 0 || named.some((part) => !isPart(part))) return undefined;
  const found = new Map<string, Meant>();
  for (const part of named) {
    const meant = meantByPart(part, known, listed);
    if ("why" in meant) return meant;
    for (const one of meant) found.set(JSON.stringify(one), one);
    if (found.size > MOST_PICKED) return { why: `these are more than ${MOST_PICKED} tickets` };
  }
  return [...found.values()];
}

function meantByPart(part: string, { prefix = "" }: Known, listed: readonly Listed[]): readonly Meant[] | Wrong {
  if (fold(part) === "all")
    return listed.length > 0 ? listed.map(({ ticketId }) => ({ ticketId })) : noList("all", prefix);
  const [, name, number] = NUMBER.exec(part) ?? [];
  if (name !== undefined && fold(name) === fold(prefix)) return [{ number: Number(number) }];
  const [, first, last = first] = POSITIONS.exec(part) ?? [];
  if (first === undefined)
    return { why: `"${part}" is no ticket number of this desk; its numbers begin with ${prefix}-` };
  return positions(Number(first), Number(last), prefix, listed);
}

function positions(first: number, last: number, prefix: string, listed: readonly Listed[]): readonly Meant[] | Wrong {
  if (listed.length === 0) return noList(String(first), prefix);
  if (last < first) return { why: `${first}-${last} runs backwards`, instead: `${last}-${first}` };
  const rows = listed.filter(({ position }) => position >= first && position <= last);
  const lacking = rows.length === last - first + 1 ? undefined : last;
  if (lacking === undefined) return rows.map(({ ticketId }) => ({ ticketId }));
  const most = Math.max(...listed.map(({ position }) => position));
  return { why: `the list goes from 1 to ${most}; there is no ${lacking} in it` };
}

const noList = (part: string, prefix: string): Wrong => ({
  why: `"${part}" names a row of a list, and this mail answers none; name the ticket`,
  instead: `${prefix}-48201`,
});
