/** What a rule does beside changing fields, in words; the same words say whether two desks would do the same. */
import type { Assignment, Effect } from "../types.ts";
import { shorten } from "../words.ts";

const TEXT_WIDTH = 60;

type EffectWords = { readonly [A in Effect["action"]]: (effect: Extract<Effect, { action: A }>) => string };

const WORDS: EffectWords = {
  note: ({ text }) => `note ${quoted(text)}`,
  reply: ({ canned }) => `reply to the customer with "${canned}"`,
  tell: ({ audience }) => `tell ${audience.join(", ")}`,
  mail: ({ to, subject }) => `mail to ${to.join(", ")}: ${quoted(subject)}`,
  // The path of such an address is often its secret.
  webhook: ({ url }) => `webhook ${URL.parse(url)?.host ?? "somewhere"}`,
  silence: () => "no acknowledgement",
  reject: ({ canned }) => `reject with "${canned}", closed`,
  spam: () => "put aside as spam",
  merge: ({ withinMinutes }) => `merge into a ticket of the last ${spanText(withinMinutes)}`,
  customer: () => "the customer is who stands in Reply-To",
  watch: ({ who }) => `watched by ${who.join(", ")}`,
};

/** @param match what the rule's regular expressions captured, for the texts that use it */
export function effectText(effect: Effect, match: Readonly<Record<string, string>> = {}): string {
  const words = (WORDS[effect.action] as (one: Effect) => string)(effect);
  const captured =
    "text" in effect
      ? Object.entries(match).flatMap(([name, value]) => (value === "" ? [] : [`${name} = ${value}`]))
      : [];
  return captured.length === 0 ? words : `${words} (${captured.join(", ")})`;
}

const quoted = (text: string): string => `"${shorten(text.replace(/\s+/g, " ").trim(), TEXT_WIDTH)}"`;

/** `day`, `90 minutes`, `7 days`. */
function spanText(minutes: number): string {
  const [size, unit]: readonly [number, string] =
    minutes % 1440 === 0 ? [1440, "day"] : minutes % 60 === 0 ? [60, "hour"] : [1, "minute"];
  const count = minutes / size;
  return count === 1 ? unit : `${count} ${unit}s`;
}

/** An assignment with everything that narrows it: `ann`, `none`, `sticky, else round-robin, skills network, capacity 10`. */
export function assignmentWords(assignment: Assignment): string {
  if (assignment.strategy === "none") return "none";
  if (assignment.strategy === "fixed") return assignment.agent;
  const { strategy, otherwise, skills = [], capacity } = assignment;
  return [
    strategy,
    otherwise && `else ${otherwise}`,
    skills.length > 0 && `skills ${skills.join(" ")}`,
    capacity !== undefined && `capacity ${capacity}`,
  ]
    .filter(Boolean)
    .join(", ");
}
