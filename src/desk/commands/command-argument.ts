/** What stands behind a command's name, made a value or a reason why not. One row per type of argument. */
import { nearest } from "../../text/nearest.ts";
import type { Known } from "./command.ts";
import type { ArgumentType } from "./command-table.ts";
import { fold, foldName } from "../words.ts";
import { PRIORITIES, STRATEGIES } from "../types.ts";
import type { AgentKey, Assignment, DepartmentKey, Desk, Priority } from "../types.ts";

type Wrong = { readonly why: string; /** The argument as it should be. */ readonly instead?: string };
export type ArgumentReading<T> = { readonly value: T } | Wrong;

type ArgumentValues = {
  agent: "me" | Assignment;
  department: DepartmentKey;
  priority: Priority;
  tags: readonly string[];
};

type Reader<T> = (text: string, known: Known) => ArgumentReading<T>;

const MOST_TAGS = 8;
const LONGEST_TAG = 40;

/** Words that stand where a name could: they win over an agent of that key. */
const ASSIGNEE_WORDS: Readonly<Record<string, "me" | Assignment>> = {
  me: "me",
  none: { strategy: "none" },
  nobody: { strategy: "none" },
  ...Object.fromEntries(STRATEGIES.map((strategy) => [strategy, { strategy }] as const)),
};

export const ARGUMENTS: { readonly [T in Exclude<ArgumentType, "none">]: Reader<ArgumentValues[T]> } = {
  agent: readAssignee,
  department: readDepartment,
  priority: readPriority,
  tags: readTags,
};

/** The names that commands of this desk may use: active agents and departments. */
export function knownNames(desk: Desk): Known {
  return {
    agents: Object.values(desk.agents).filter((agent) => agent.active),
    departments: Object.values(desk.departments).filter((department) => department.active),
  };
}

function readAssignee(text: string, known: Known): ArgumentReading<"me" | Assignment> {
  const word = fold(text).replaceAll(" ", "-");
  if (Object.hasOwn(ASSIGNEE_WORDS, word)) return { value: ASSIGNEE_WORDS[word]! };
  const found = findAgent(text, known);
  return "value" in found ? { value: { strategy: "fixed", agent: found.value } } : found;
}

/** By key, else by full name or address, else by first name. In each of these one agent must be meant, not two. */
function findAgent(text: string, known: Known): ArgumentReading<AgentKey> {
  const asked = foldName(text.replace(/^@/, ""));
  const firstName = (name: string) => foldName(name).split(" ")[0];
  const circles: readonly ((agent: Known["agents"][number]) => boolean)[] = [
    (agent) => foldName(agent.key) === asked,
    (agent) => foldName(agent.name) === asked || (agent.emails ?? []).some((address) => fold(address) === asked),
    (agent) => firstName(agent.name) === asked,
  ];
  for (const isMeant of circles) {
    const [first, ...more] = known.agents.filter(isMeant);
    if (first === undefined) continue;
    if (more.length === 0) return { value: first.key };
    const both = [first, ...more].map((agent) => `${agent.name} (${agent.key})`).join(", ");
    return { why: `"${text}" could be ${both}` };
  }
  const candidates = known.agents.flatMap((agent) => [agent.key, agent.name, agent.name.split(/\s/)[0] ?? ""]);
  return {
    why: `there is no agent "${text}"`,
    ...instead(nearest(asked, [...candidates, ...Object.keys(ASSIGNEE_WORDS)])),
  };
}

function readDepartment(text: string, known: Known): ArgumentReading<DepartmentKey> {
  const asked = foldName(text);
  const byKey = known.departments.filter((department) => foldName(department.key) === asked);
  const found =
    byKey.length > 0 ? byKey : known.departments.filter((department) => foldName(department.name) === asked);
  if (found.length === 1 && found[0] !== undefined) return { value: found[0].key };
  const keys = known.departments.map((department) => department.key);
  if (found.length > 1) return { why: `"${text}" is the name of more than one department: ${keys.join(", ")}` };
  const near = nearest(asked, [...keys, ...known.departments.map((department) => department.name)]);
  return { why: `there is no department "${text}"; there are ${keys.join(", ")}`, ...instead(near) };
}

function readPriority(text: string): ArgumentReading<Priority> {
  const value = PRIORITIES.find((priority) => priority === fold(text));
  if (value !== undefined) return { value };
  return { why: `"${text}" is no priority; there are ${PRIORITIES.join(", ")}`, ...instead(nearest(text, PRIORITIES)) };
}

/** Words, not sentences: what looks like text behind a tag is asked about rather than made tags of. */
function readTags(text: string): ArgumentReading<readonly string[]> {
  const words = text
    .normalize("NFKC")
    .toLowerCase()
    .split(/[\s,;]+/u)
    .filter((word) => word !== "");
  const odd = words.find((word) => !/^[\p{L}\p{N}][\p{L}\p{M}\p{N}_.-]*$/u.test(word) || word.length > LONGEST_TAG);
  if (odd !== undefined) return { why: `"${odd}" cannot be a tag: letters, digits, dots, hyphens and underscores` };
  if (words.length > MOST_TAGS) return { why: `these are ${words.length} tags; ${MOST_TAGS} are the most` };
  return { value: [...new Set(words)] };
}

function instead(near: string | undefined): Pick<Wrong, "instead"> {
  return near === undefined ? {} : { instead: near };
}
