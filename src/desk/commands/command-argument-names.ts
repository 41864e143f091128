/** Names in commands: agents, departments, and whatever else a desk calls by a key or a title. */
import { nearest } from "../../text/nearest.ts";
import { STRATEGIES } from "../types.ts";
import type { AgentKey, Assignment, DepartmentKey } from "../types.ts";
import { fold, foldName } from "../words.ts";
import type { Known } from "./command.ts";

type Wrong = { readonly why: string; /** The argument as it should be. */ readonly instead?: string };
export type ArgumentReading<T> = { readonly value: T } | Wrong;

/** Words that stand where a name could: they win over an agent of that key. */
const ASSIGNEE_WORDS: Readonly<Record<string, "me" | Assignment>> = {
  me: "me",
  none: { strategy: "none" },
  nobody: { strategy: "none" },
  ...Object.fromEntries(STRATEGIES.map((strategy) => [strategy, { strategy }] as const)),
};

export function readAssignee(text: string, known: Known): ArgumentReading<"me" | Assignment> {
  const word = fold(text).replaceAll(" ", "-");
  if (Object.hasOwn(ASSIGNEE_WORDS, word)) return { value: ASSIGNEE_WORDS[word]! };
  const found = findAgent(text, known);
  return "value" in found ? { value: { strategy: "fixed", agent: found.value } } : found;
}

/** By key, else by full name or address, else by first name. In each of these one agent must be meant, not two. */
export function findAgent(text: string, known: Known): ArgumentReading<AgentKey> {
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

export function readDepartment(text: string, known: Known): ArgumentReading<DepartmentKey> {
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

type Titled = { readonly key: string; readonly title?: string };

/** A key or a title of `many`, or `none` where there may be none. `what` is "topic", "SLA plan", … */
export function readTitled(
  what: string,
  text: string,
  many: readonly Titled[],
  noneToo: boolean,
): ArgumentReading<string | null> {
  const asked = foldName(text);
  if (noneToo && asked === "none") return { value: null };
  const byKey = many.filter(({ key }) => foldName(key) === asked);
  const found = byKey.length > 0 ? byKey : many.filter(({ title }) => title !== undefined && foldName(title) === asked);
  if (found.length === 1 && found[0] !== undefined) return { value: found[0].key };
  const keys = many.map(({ key }) => key);
  if (found.length > 1) return { why: `"${text}" is the title of more than one ${what}: ${keys.join(", ")}` };
  const there = [...keys, ...(noneToo ? ["none"] : [])];
  const near = nearest(asked, [...there, ...many.flatMap(({ title }) => title ?? [])]);
  const list = keys.length === 0 ? `this desk has none` : `there are ${there.join(", ")}`;
  return { why: `there is no ${what} "${text}"; ${list}`, ...instead(near) };
}

export function instead(near: string | undefined): Pick<Wrong, "instead"> {
  return near === undefined ? {} : { instead: near };
}
