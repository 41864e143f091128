/** Keys that one part of a desk file uses to refer to another, and the small scalars that several parts share. */
import { didYouMean } from "../../text/nearest.ts";
import { list, scalar, text, Wrong } from "../../yaml/fields.ts";
import { show } from "../../yaml/problem.ts";
import type { Plain } from "../../yaml/source.ts";
import { ALWAYS, parseClock } from "./desk-file-hours.ts";
import { mapOf } from "./desk-file-plain.ts";
import { fold } from "../words.ts";

/** The keys that the file defines, collected before it is checked, so that a wrong reference is found beside every other mistake. */
export type DeskNames = {
  readonly agent: readonly string[];
  readonly department: readonly string[];
  readonly topic: readonly string[];
  readonly sla: readonly string[];
  readonly schedule: readonly string[];
  readonly organization: readonly string[];
  readonly canned: readonly string[];
  readonly list: readonly string[];
};

const SECTIONS: Readonly<Record<keyof DeskNames, string>> = {
  agent: "agents",
  department: "departments",
  topic: "topics",
  sla: "sla",
  schedule: "schedules",
  organization: "organizations",
  canned: "canned",
  list: "lists",
};

const WORDS: Partial<Record<keyof DeskNames, string>> = { sla: "SLA plan", canned: "canned text" };

export function namesOf(file: Plain): DeskNames {
  const root = mapOf(file);
  const names = Object.entries(SECTIONS).map(([kind, section]) => [kind, Object.keys(mapOf(root[section]))]);
  return Object.fromEntries(names) as DeskNames;
}

/** The key of an agent, department, topic, SLA plan, schedule, canned text, … of this file. */
export const reference = (kind: keyof DeskNames, keys: readonly string[]) => {
  const named = WORDS[kind] ?? kind;
  return scalar(`the key of a ${named}`, `the key of a ${named}`, (input): string | Wrong => {
    if (keys.includes(input)) return input;
    return new Wrong(
      `there is no ${named} ${show(input)} in this file. ${didYouMean(input, keys)}${keys.length > 0 ? `Known here: ${keys.join(", ")}.` : `The file defines none.`}`,
    );
  });
};

/** The key of a schedule of this file, or `always`. */
export const scheduleReference = (names: DeskNames) => reference("schedule", [...names.schedule, ALWAYS]);

/** A tag as `#tag` accepts it: letters, digits, `-`, `_`, `.`, up to 40, in lower case. */
export const tagField = () => scalar("a tag", "letters and digits without spaces, e.g. refund", readTag);

export function readTag(input: string): string | undefined {
  const tag = fold(input);
  return tag.length <= 40 && /^[\p{L}\p{N}][\p{L}\p{M}\p{N}_.-]*$/u.test(tag) ? tag : undefined;
}

/** `tag` and `tags` are one thing: one value or a list. */
export const tagFields = () => ({ tag: list(tagField()).default([]), tags: list(tagField()).default([]) });

export const tagsOf = (file: { tag: readonly string[]; tags: readonly string[] }): string[] => [
  ...new Set([...file.tag, ...file.tags]),
];

/** Skills are compared as tags are. */
export const skillField = () => scalar("a skill", "a word without spaces, e.g. network", readTag);

export const capacityField = () =>
  scalar("a number of tickets", "a whole number from 1 to 10000, e.g. 20", (input) =>
    /^[1-9]\d{0,4}$/.test(input) && Number(input) <= 10_000 ? Number(input) : undefined,
  );

/** `14d` -> 14. */
export const daysField = (example: string, least = 0) =>
  scalar("a number of days", `whole days, e.g. ${example}`, (input) =>
    /^\d{1,4}d$/.test(input) && Number(input.slice(0, -1)) >= least ? Number(input.slice(0, -1)) : undefined,
  );

/** `08:00` -> minutes from midnight. */
export const clockField = (example: string) =>
  scalar("a time of day", `hours and minutes in quotes, e.g. "${example}"`, parseClock);

export const nameField = (example: string) => text("a name", `the name that people read, e.g. ${example}`, 100);
