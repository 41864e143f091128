/**
 * The first line of a prepared mail that answers a question without the token of that question: `held 17 #confirm`. The number
 * grants nothing: who wrote the mail is proven as for any command mail, and the question has to be theirs.
 */

export type HeldAnswer = {
  readonly inboundId: number;
  /** The answer itself, as if it had been written in reply to the question. */
  readonly rest: string;
};

/** What a prepared mail about a held message begins with. */
export const heldLine = (inboundId: number, answer: string): string => `held ${inboundId} ${answer}`;

const HELD_LINE = /^[\s\u200b\ufeff]*held\s{1,5}#?(\d{1,15})[\s:]{1,5}(?=\S)/iu;

/** The held message that a text answers, undefined when it begins with anything else. */
export function heldAnswerIn(text: string): HeldAnswer | undefined {
  const start = HELD_LINE.exec(text);
  if (start?.[1] === undefined) return undefined;
  const rest = text.slice(start[0].length);
  return /^\s*[#\uff03\ufe5f]/u.test(rest) ? { inboundId: Number(start[1]), rest } : undefined;
}
