/**
 * Why an agent's reply with this text must not leave. For a customer's mail a line too much is harmless; in an agent's it
 * could be another customer's word or our own note. Never for an ordinary answer above a quoted mail.
 */
import { ALL_WORDS } from "../words/all.ts";
import { anyOf, beginsWithDate, opens, plain } from "./evidence.ts";
import { isField } from "./field.ts";
import type { Kinds } from "./line-kind.ts";
import { isBlank, isQuoted } from "./quote-lines.ts";

/** `Original message` without its dashes, alone on a line. */
const HEADING = new RegExp(
  `^[*_\\s]{0,4}${anyOf(ALL_WORDS.flatMap(({ originalMessage, forwardedMessage }) => [...originalMessage, ...forwardedMessage]))}[*_:\\s]{0,4}$`,
  "u",
);
/** Fields of a header block in so few lines. */
const NEAR = 4;
/** Looked at; beyond it a reply is nothing that somebody typed. In lines. */
const MAX_LINES = 5000;

/** @returns the reason, in words for the agent; undefined when there is none */
export function doubtOf(lines: readonly string[], { kinds, unbelieved, exhausted }: Kinds): string | undefined {
  if (exhausted) return "too much in your mail looks like the beginning of a quoted mail";
  const attribution = unbelieved.find((i) => kinds[i] === "new" && beginsLikeAttribution(lines[i] as string));
  if (attribution !== undefined)
    return `"${shown(lines[attribution] as string)}" looks like the beginning of a quoted mail`;
  let lastField = -NEAR;
  let fresh = 0;
  for (let i = 0; i < lines.length; i++) {
    if (kinds[i] !== "new" || isBlank(lines[i] as string)) continue;
    if (++fresh > MAX_LINES) return `your text has more than ${MAX_LINES} lines, more than somebody types`;
    const line = lines[i] as string;
    if (line.length > 300) continue;
    const bare = plain(line);
    if (HEADING.test(bare)) return `"${shown(line)}" looks like the heading of a quoted mail`;
    if (isField(line)) {
      if (i - lastField < NEAR) return `"${shown(line)}" looks like a line of a quoted mail's heading`;
      lastField = i;
    }
    if (isBrokenTail(lines, i)) return `"${shown(line)}" may be the rest of a quoted line`;
  }
  return undefined;
}

/** `On 23 Nov …` · `23.11.2026 …`; a sentence that only ends like an attribution is no doubt. */
function beginsLikeAttribution(line: string): boolean {
  const bare = plain(line);
  return beginsWithDate(bare) || (opens(bare) && /\d/.test(bare));
}

/** Wedged between quoted lines, below a long one, and begun in lower case: an answer, or the tail of the line above. */
function isBrokenTail(lines: readonly string[], i: number): boolean {
  const above = lines[i - 1] ?? "";
  return above.length >= 60 && isQuoted(above) && isQuoted(lines[i + 1] ?? "") && /^\p{Ll}/u.test(lines[i] as string);
}

function shown(line: string): string {
  const bare = line.trim();
  return bare.length > 80 ? `${bare.slice(0, 79)}…` : bare;
}
