/** One line of the header block of a quoted mail, seen by itself: `From: …` · `*Betreff:* …` · `À : …`. */
import { ALL_WORDS } from "../words/all.ts";
import { anyOf, plain } from "./evidence.ts";

/** Longer lines are nobody's header field. In characters. */
const MAX_LINE = 1000;
const NAMES = ALL_WORDS.flatMap(({ fields }) => [
  ...fields.from,
  ...fields.sent,
  ...fields.to,
  ...fields.cc,
  ...fields.subject,
]);
const FIELD = new RegExp(`^[*_ ]{0,4}${anyOf(NAMES)}[*_ ]{0,4}[:：]`, "u");

/** Weak by itself: people write `To: …` and `From: …`, too. */
export function isField(line: string): boolean {
  return line.length <= MAX_LINE && /[:：]/.test(line.slice(0, 60)) && FIELD.test(plain(line.slice(0, 100)));
}
