/**
 * Why an agent's reply with this text must not leave. For a customer's mail a line too much is harmless; in an agent's it
 * could be another customer's word or our own note. Never for an ordinary answer above a quoted mail.
 */
import { ALL_WORDS } from "../words/all.ts";
import { blockLine } from "./block-fields.ts";
import { anyOf, beginsWithDate, hasAddress, hasDay, hasTime, opens, plain } from "./evidence.ts";
import type { Kinds } from "./line-kind.ts";
import { isBlank, isQuoted } from "./quote-lines.ts";
import { typedWithMark } from "./typed-marks.ts";
import { unknownBlock } from "./unknown-block.ts";

/** `Original message` without its dashes, alone on a line. */
const HEADING = new RegExp(
  `^[*_\\s]{0,4}${anyOf(ALL_WORDS.flatMap(({ originalMessage, forwardedMessage }) => [...originalMessage, ...forwardedMessage]))}[*_:\\s]{0,4}$`,
  "u",
);
/** Fields of a header block in so few lines. */
const NEAR = 4;
/** Looked at; beyond it a reply is nothing that somebody typed. In lines. */
const MAX_LINES = 5000;
/** A command with its options. In words. */
const MAX_PROMPT = 8;
/** Longer lines are nobody's heading. In characters. */
const MAX_LINE = 300;

/**
 * @param subject of the mail, when it is known
 * @returns the reason, in words for the agent; undefined when there is none
 */
export function doubtOf(
  lines: readonly string[],
  { kinds, unbelieved, exhausted }: Kinds,
  subject = "",
): string | undefined {
  if (exhausted) return "too much in your mail looks like the beginning of a quoted mail";
  const attribution = unbelieved.find((i) => kinds[i] === "new" && beginsLikeAttribution(lines[i] as string));
  if (attribution !== undefined)
    return `"${shown(lines[attribution] as string)}" looks like the beginning of a quoted mail`;
  const fresh: number[] = [];
  for (let i = 0; i < lines.length; i++) if (kinds[i] === "new" && !isBlank(lines[i] as string)) fresh.push(i);
  if (fresh.length > MAX_LINES) return `your text has more than ${MAX_LINES} lines, more than somebody types`;
  const heading = fresh.find((i, at) => isHeading(lines, i, at + 1 < fresh.length));
  if (heading !== undefined) return `"${shown(lines[heading] as string)}" looks like the heading of a quoted mail`;
  const field = tornBlock(lines, fresh) ?? unknownBlock(lines, fresh, subject);
  if (field !== undefined) return `"${shown(lines[field] as string)}" looks like a line of a quoted mail's heading`;
  const quoted = fresh.find((i) => isLongQuote(lines[i] as string));
  if (quoted !== undefined) return `"${shown(lines[quoted] as string)}" looks like a quoted line`;
  const typed = typedWithMark(lines, kinds);
  return typed === undefined
    ? undefined
    : `"${shown(lines[typed] as string)}" begins with > as quoted lines do, and is not in the quoted mail`;
}

/** A lone `>` is kept as a prompt (`> npm install`); so many words are somebody's sentence. */
function isLongQuote(line: string): boolean {
  return isQuoted(line) && line.split(" ", MAX_PROMPT + 2).length > MAX_PROMPT + 1;
}

/** Over something, and no piece of a sentence that goes on: `please send the / original message / as attachment`. */
function isHeading(lines: readonly string[], i: number, over: boolean): boolean {
  const line = lines[i] as string;
  if (!over || line.length > MAX_LINE || !HEADING.test(plain(line))) return false;
  return !(/\p{Ll}\s{0,4}$/u.test((lines[i - 1] ?? "").slice(-20)) && /^\s{0,4}\p{Ll}/u.test(lines[i + 1] ?? ""));
}

type Field = { readonly line: number; readonly languages: ReadonlySet<string>; readonly telling: boolean };

/**
 * Two labels of one language near each other, with something that only a mail's heading has: a subject, an address, a clock
 * time. `From: Hamburg, To: Berlin, Date: 12.5.2026` is an order.
 */
function tornBlock(lines: readonly string[], fresh: readonly number[]): number | undefined {
  let near: Field[] = [];
  for (const line of fresh) {
    const field = fieldAt(lines[line] as string, line);
    if (!field) continue;
    near = near.filter((one) => line - one.line < NEAR);
    const others = near.filter(({ languages }) => [...languages].some((one) => field.languages.has(one)));
    if (others.length > 0 && [...others, field].some(({ telling }) => telling)) return line;
    near.push(field);
  }
  return undefined;
}

function fieldAt(line: string, at: number): Field | undefined {
  if (line.length > MAX_LINE) return undefined;
  const field = blockLine(line);
  if (!field) return undefined;
  const value = plain(line.slice(field.valueAt));
  const kinds = [...field.kinds.keys()].filter((kind) => LABELS.includes(kind));
  if (kinds.length === 0) return undefined;
  const telling =
    kinds.includes("subject") || hasAddress(value) || (kinds.includes("sent") && hasTime(value) && hasDay(value));
  return { line: at, languages: new Set(kinds.flatMap((kind) => [...(field.kinds.get(kind) ?? [])])), telling };
}

const LABELS: readonly string[] = ["from", "sent", "to", "cc", "subject"];

/** `On 23 Nov …` · `23.11.2026 …`; a sentence that only ends like an attribution is no doubt. */
function beginsLikeAttribution(line: string): boolean {
  const bare = plain(line);
  return beginsWithDate(bare) || (opens(bare) && /\d/.test(bare));
}

/** A line as the agent is told of it. */
export function shown(line: string): string {
  const bare = line.trim();
  return bare.length > 80 ? `${bare.slice(0, 79)}…` : bare;
}
