/** What stands behind a command's name, made a value or a reason why not. One row per type of argument. */
import { canonicalAddress } from "../../mail/address.ts";
import type { EmailAddress } from "../../mail/types.ts";
import { nearest } from "../../text/nearest.ts";
import type { AgentKey, Agent, Assignment, DepartmentKey, Desk, Priority, TopicKey } from "../types.ts";
import { PRIORITIES } from "../types.ts";
import { fold } from "../words.ts";
import type { Days, Known, ListView } from "./command.ts";
import {
  type ArgumentReading,
  findAgent,
  instead,
  readAssignee,
  readDepartment,
  readTitled,
} from "./command-argument-names.ts";
import type { ArgumentType, CommandName } from "./command-table.ts";
import { commandOf, nearestWord } from "./command-words.ts";
import { readDays } from "./command-days.ts";
import { readMoment } from "./command-moment.ts";

/** The fields of a command that its argument gives, beside `name` and `line`. */
type Fields = {
  agent: { readonly to: "me" | Assignment };
  department: { readonly to: DepartmentKey };
  topic: { readonly to: TopicKey | null };
  priority: { readonly to: Priority };
  plan: { readonly to: string | null };
  tags: { readonly tags: readonly string[] };
  address: { readonly address: EmailAddress; readonly addressName: string };
  number: { readonly number: number };
  canned: { readonly canned: string };
  words: { readonly words: string };
  "words?": { readonly words: string };
  moment: { readonly moment: number | null };
  "moment?": { readonly moment: number | null };
  "view?": { readonly view: ListView };
  "dates?": { readonly days: Days | null };
  "always?": { readonly always: boolean };
  "entries?": { readonly entries: readonly number[] };
  "watcher?": { readonly who: AgentKey };
  "command?": { readonly about: CommandName | null };
};

type Reader<T> = (text: string, known: Known) => ArgumentReading<T>;

const MOST_TAGS = 8;
const LONGEST_TAG = 40;
const LONGEST_WORDS = 200;

/** Only the types whose label is in brackets are asked with an empty text. */
export const ARGUMENTS: { readonly [T in Exclude<ArgumentType, "none">]: Reader<Fields[T]> } = {
  agent: (text, known) => as("to", readAssignee(text, known)),
  department: (text, known) => as("to", readDepartment(text, known)),
  topic: (text, { topics = [] }) => as("to", readTitled("topic", text, topics, true)),
  priority: (text) => as("to", readPriority(text)),
  plan: (text, { plans = [] }) =>
    as(
      "to",
      readTitled(
        "SLA plan",
        text,
        plans.map((key) => ({ key })),
        true,
      ),
    ),
  tags: (text) => as("tags", readTags(text)),
  moment: (text, known) => as("moment", readMoment(text, known)),
  "moment?": (text, known) => (text === "" ? { value: { moment: null } } : as("moment", readMoment(text, known))),
  address: readAddress,
  number: readNumber,
  canned: (text, { canned = [] }) => {
    const read = readTitled(
      "canned text",
      text,
      canned.map((key) => ({ key })),
      false,
    );
    return "value" in read ? { value: { canned: read.value! } } : read;
  },
  words: readWords,
  "words?": readWords,
  "view?": readView,
  "dates?": (text, known) => (text === "" ? { value: { days: null } } : as("days", readDays(text, known))),
  "always?": (text) => {
    if (text === "") return { value: { always: false } };
    return fold(text) === "always"
      ? { value: { always: true } }
      : { why: `"${text}" is not "always"`, instead: "always" };
  },
  "entries?": readEntries,
  "watcher?": (text, known) =>
    ["", "me"].includes(fold(text)) ? { value: { who: "me" as const } } : as("who", findAgent(text, known)),
  "command?": (text, known) => {
    if (text === "") return { value: { about: null } };
    const word = text.replace(/^#/, "");
    const about = commandOf(word, known);
    if (about !== undefined) return { value: { about } };
    return { why: `"${text}" is not a command`, ...instead(nearestWord(word, known)) };
  },
};

function readWords(text: string): ArgumentReading<Fields["words"]> {
  if (text.length <= LONGEST_WORDS) return { value: { words: text } };
  return { why: `this has ${text.length} characters; ${LONGEST_WORDS} are the most` };
}

function as<K extends string, V>(key: K, read: ArgumentReading<V>): ArgumentReading<{ readonly [P in K]: V }> {
  return "value" in read ? { value: { [key]: read.value } as { readonly [P in K]: V } } : read;
}

/** The names that commands of this desk may use, only what is active; with an agent and a moment also dates are read. */
export function knownNames(desk: Desk, by?: { readonly agent: Agent; readonly now: number }): Known {
  const active = <T extends { readonly active: boolean }>(many: Readonly<Record<string, T>>): readonly T[] =>
    Object.values(many).filter((one) => one.active);
  return {
    agents: active(desk.agents),
    departments: active(desk.departments),
    topics: active(desk.topics),
    plans: Object.keys(desk.sla),
    canned: Object.keys(desk.canned),
    prefix: desk.prefix,
    words: (desk.commandWords ?? {}) as Readonly<Record<string, CommandName>>,
    timeZone: by?.agent.timeZone ?? desk.timeZone,
    ...(by && { now: by.now }),
  };
}

export function readPriority(text: string): ArgumentReading<Priority> {
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

/** `joe@x.example`, `Joe <joe@x.example>`, `<mailto:joe@x.example>`. */
function readAddress(text: string): ArgumentReading<Fields["address"]> {
  const [, name = "", inside = text] = /^(.*?)<(?:mailto:)?([^<>]*)>?$/u.exec(text) ?? [];
  const address = canonicalAddress(inside.trim());
  if (address === undefined) return { why: `"${text}" is no mail address` };
  return { value: { address, addressName: name.replace(/["“”]/g, "").trim() } };
}

/** `48201`, `NW-48201`, `[NW-48201]`. */
function readNumber(text: string, { prefix = "" }: Known): ArgumentReading<Fields["number"]> {
  const [, named, number] = /^\[?(?:([\p{L}\p{N}]+)-)?(\d{1,12})\]?$/u.exec(text) ?? [];
  if (number === undefined || (named !== undefined && fold(named) !== fold(prefix)))
    return { why: `"${text}" is no ticket number of this desk`, instead: `${prefix}-48201` };
  return { value: { number: Number(number) } };
}

/** `4`, `4-6`, `4, 6`. */
function readEntries(text: string): ArgumentReading<Fields["entries?"]> {
  const entries: number[] = [];
  for (const part of text.split(/[\s,]+/).filter((one) => one !== "")) {
    const [, first, last = first] = /^(\d{1,6})(?:[-–](\d{1,6}))?$/.exec(part) ?? [];
    if (first === undefined || Number(last) < Number(first) || Number(last) - Number(first) > 500)
      return { why: `"${part}" names no entries; write 4, 4-6 or 4, 6` };
    for (let n = Number(first); n <= Number(last); n++) entries.push(n);
  }
  return { value: { entries: [...new Set(entries)] } };
}

const VIEWS = [
  "open",
  "mine",
  "unassigned",
  "overdue",
  "due",
  "pending",
  "snoozed",
  "closed",
  "all",
  "spam",
  "waiting",
] as const;

/** A view, or else a department or an agent by name. */
function readView(text: string, known: Known): ArgumentReading<Fields["view?"]> {
  const word = fold(text);
  const view = VIEWS.find((one) => one === (word === "" ? "open" : word));
  if (view !== undefined) return { value: { view: { view } } };
  const department = readDepartment(text, known);
  if ("value" in department) return { value: { view: { view: "department", department: department.value } } };
  const agent = findAgent(text, known);
  if ("value" in agent) return { value: { view: { view: "agent", agent: agent.value } } };
  const names = [...known.departments, ...known.agents].map(({ key }) => key);
  return {
    why: `"${text}" is no list; there are ${VIEWS.join(", ")}, and each department and agent`,
    ...instead(nearest(word, [...VIEWS, ...names])),
  };
}
