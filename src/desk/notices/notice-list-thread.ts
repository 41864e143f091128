/**
 * The whole thread of a ticket in one mail: every entry with its number, and every change between, oldest first. An answer to
 * it is an answer to the customer, so that it is made like any notification, with the ticket's subject and marker.
 */
import type { OutboundMessage } from "../../mail/types.ts";
import { deskMail } from "./notice.ts";
import { blockValues } from "./notice-block.ts";
import type { NoticeFacts } from "./notice-facts.ts";
import { withoutMarkers } from "./notice-marker.ts";
import { agentText, clockOf, indented } from "./notice-text.ts";
import * as words from "./notice-words.ts";

export type ThreadLine =
  | { readonly at: number; readonly change: string }
  | {
      readonly at: number;
      /** As `#split` names it. */
      readonly seq: number;
      readonly from: string;
      /** `customer`, `NOTE`, `reply`. */
      readonly kind: string;
      readonly text: string;
      readonly files: readonly string[];
    };

export type ThreadFacts = NoticeFacts & {
  /** Oldest first. */
  readonly thread: readonly ThreadLine[];
};

/** A mail that is longer is cut off by some clients. In characters. */
const LONGEST_THREAD = 80_000;
const LONGEST_ENTRY = 8_000;
/** How the case began is always shown. */
const FIRST_LINES = 3;

export function threadMail(f: ThreadFacts): OutboundMessage {
  const { heading, thread } = { heading: "Thread", thread: threadText(f) };
  return deskMail(f, "agent-thread", heading, { ...blockValues(f), thread });
}

/** The lines of the thread; of one that is too long the middle is left out, and the text says so. */
export function threadText(f: ThreadFacts, longest = LONGEST_THREAD): string {
  const parts = f.thread.map((line) => partOf(f, line));
  const size = (some: readonly string[]) => some.reduce((sum, part) => sum + part.length + 1, 0);
  if (size(parts) <= longest) return parts.join("\n");
  const first = parts.slice(0, FIRST_LINES);
  let from = parts.length;
  while (from > FIRST_LINES && size(first) + size(parts.slice(from - 1)) <= longest) from--;
  const left = `(${from - FIRST_LINES} lines between are left out here, this thread is long: postern ticket show ${f.ticket.publicNumber} has all)`;
  return [...first, left, ...parts.slice(from)].join("\n");
}

function partOf(f: ThreadFacts, line: ThreadLine): string {
  const time = words.shortTime(line.at, f.now, clockOf(f));
  if ("change" in line) return `${time}  ${words.shortLine(line.change, 200)}`;
  const clean = agentText(f, withoutMarkers(line.text));
  const text = clean.length <= LONGEST_ENTRY ? clean : `${clean.slice(0, LONGEST_ENTRY).toWellFormed()}\n… (shortened)`;
  const files =
    line.files.length === 0 ? [] : [`  (attached: ${line.files.map((name) => words.shortLine(name, 80)).join(", ")})`];
  const head = `${time}  (${line.seq}) ${words.shortLine(agentText(f, line.from), 80)}, ${line.kind}:`;
  return [head, ...(text === "" ? [] : [indented(text)]), ...files].join("\n");
}
