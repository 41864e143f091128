/**
 * The language of conditions, as two tables: FIELDS (what can be looked at) and OPERATORS (how it is compared).
 * Growing the language means adding a row. There are no regular expressions of the desk's own here: every comparison
 * is linear in the text. A field that has no value makes its test false, whatever the operator, except `exists: false`.
 */
import { domainToASCII } from "node:url";
import { decodeWords } from "../mail/encoded-word.ts";
import type { FactMessage, RuleFacts } from "./facts.ts";
import { fold, hasWord, shorten } from "./words.ts";
import { PRIORITIES, STATUSES } from "./types.ts";
import type { Condition, Test } from "./types.ts";

export const OPERATOR_NAMES = [
  "is",
  "contains",
  "starts",
  "ends",
  "has_word",
  "in",
  "exists",
  "at_least",
  "at_most",
] as const;
export type OperatorName = (typeof OPERATOR_NAMES)[number];

type FieldKind = "text" | "address" | "number" | "flag";
type Seen = string | number | boolean;

export type FieldRow = {
  readonly kind: FieldKind;
  readonly operators: readonly OperatorName[];
  readonly defaultOperator: OperatorName;
  /** What the argument is, for fields that need one (`header: { name: X-Spam-Flag, … }`). */
  readonly argument?: string;
  /** The only values there are, for fields with few. */
  readonly choices?: readonly string[];
  /** One line for the documentation. */
  readonly about: string;
  /** Every value of the field; an empty list when it has none. Any of them may satisfy the test. */
  readonly read: (facts: RuleFacts, argument: string) => readonly Seen[];
};

const TEXT: readonly OperatorName[] = ["is", "contains", "starts", "ends", "has_word", "in", "exists"];
const NAME: readonly OperatorName[] = ["is", "in", "exists"];
const NUMBER: readonly OperatorName[] = ["is", "at_least", "at_most", "exists"];

/** A rule looks at this many characters of a body: more would be a log file, not somebody's words. */
const BODY_LIMIT = 100_000;
const SEEN_LIMIT = 200;
const SEEN_COUNT = 10;

const BULK_NATURES = ["correspondence", "auto-response", "delivery-report", "own", "bulk"] as const;

function ofMessage(
  read: (message: FactMessage, facts: RuleFacts, argument: string) => readonly Seen[],
): FieldRow["read"] {
  return (facts, argument) => (facts.message === undefined ? [] : read(facts.message, facts, argument));
}

function present(value: string | null | undefined): readonly string[] {
  return value === null || value === undefined || value === "" ? [] : [value];
}

/** An opening mail is read whole; of a reply only what is new, so that our own quoted words never route a ticket. */
function body(message: FactMessage, facts: RuleFacts): readonly string[] {
  return present((facts.trigger === "opened" ? message.text : message.replyText).slice(0, BODY_LIMIT));
}

function headerValues(message: FactMessage, name: string): readonly string[] {
  return message.headers
    .filter((header) => header.name === name.toLowerCase())
    .map((header) => decodeWords(header.value));
}

const text = { kind: "text", operators: TEXT, defaultOperator: "contains" } as const;
const name = { kind: "text", operators: NAME, defaultOperator: "is" } as const;
const address = { kind: "address", operators: TEXT, defaultOperator: "is" } as const;

export const FIELDS: Readonly<Record<string, FieldRow>> = {
  from: { ...address, about: "the sender's address", read: ofMessage((m) => present(m.from?.address)) },
  from_name: { ...text, about: "the sender's name as they wrote it", read: ofMessage((m) => present(m.from?.name)) },
  to: { ...address, about: "any address in To", read: ofMessage((m) => m.to.map((to) => to.address)) },
  cc: { ...address, about: "any address in Cc", read: ofMessage((m) => m.cc.map((cc) => cc.address)) },
  subject: { ...text, about: "the subject", read: ofMessage((m) => present(m.subject)) },
  body: { ...text, about: "the text; of a reply only what is new", read: ofMessage(body) },
  header: {
    ...text,
    argument: "the name of the header field",
    about: "any value of a header field",
    read: ofMessage((m, _facts, argument) => headerValues(m, argument)),
  },
  mailbox: { ...name, about: "the mailbox that received the message", read: (facts) => present(facts.mailbox) },
  topic: { ...name, about: "the help topic's key", read: (facts) => present(facts.ticket.topic) },
  customer: { ...address, about: "the customer's address", read: (facts) => present(facts.customer.address) },
  department: { ...name, about: "the department's key", read: (facts) => present(facts.ticket.department) },
  assignee: { ...name, about: "the key of the ticket's agent", read: (facts) => present(facts.ticket.assignee) },
  priority: { ...name, choices: PRIORITIES, about: "the priority", read: (facts) => [facts.ticket.priority] },
  status: { ...name, choices: STATUSES, about: "the status", read: (facts) => [facts.ticket.status] },
  tag: { ...name, about: "any tag of the ticket", read: (facts) => facts.ticket.tags },
  nature: {
    ...name,
    choices: BULK_NATURES,
    about: "what kind of message it is",
    read: ofMessage((m) => [m.nature.nature]),
  },
  size: {
    kind: "number",
    operators: NUMBER,
    defaultOperator: "at_least",
    about: "the size of the whole message in bytes",
    read: ofMessage((m) => [m.size]),
  },
  has_attachment: {
    kind: "flag",
    operators: ["is"],
    defaultOperator: "is",
    about: "true when something is attached (pictures inside the text do not count)",
    read: ofMessage((m) => [m.attachments.some((attachment) => !attachment.inline)]),
  },
  attachment_name: {
    ...text,
    about: "the name of any attached file",
    read: ofMessage((m) =>
      m.attachments.flatMap(({ filename, givenName }) => (givenName ? [filename, givenName] : [filename])),
    ),
  },
};

export type OperatorRow = {
  /** What the value must be: text (or a list, any of which will do), a number, or true/false. */
  readonly takes: "text" | "number" | "flag";
  readonly about: string;
  /** Texts arrive folded. `exists` is decided by the number of values and never asks this. */
  readonly holds: (seen: Seen, wanted: Seen, kind: FieldKind) => boolean;
};

function textual(holds: (seen: string, wanted: string) => boolean): OperatorRow["holds"] {
  return (seen, wanted) => wanted !== "" && holds(String(seen), String(wanted));
}

/** `is` for an address takes the whole address, or a bare domain: `x.example` or `@x.example` (not its subdomains). */
function isEqual(seen: Seen, wanted: Seen, kind: FieldKind): boolean {
  if (kind !== "address") return seen === wanted;
  const asked = String(wanted);
  const at = asked.lastIndexOf("@");
  const domain = asked.slice(at + 1);
  const canonical = domainToASCII(domain) || domain;
  if (at > 0) return seen === `${asked.slice(0, at)}@${canonical}`;
  return canonical !== "" && String(seen).endsWith(`@${canonical}`);
}

export const OPERATORS: Readonly<Record<OperatorName, OperatorRow>> = {
  is: { takes: "text", about: "is exactly; an address is also matched by its domain", holds: isEqual },
  contains: { takes: "text", about: "holds these characters anywhere", holds: textual((s, w) => s.includes(w)) },
  starts: { takes: "text", about: "begins with", holds: textual((s, w) => s.startsWith(w)) },
  ends: { takes: "text", about: "ends with", holds: textual((s, w) => s.endsWith(w)) },
  has_word: { takes: "text", about: "holds this word or phrase, whole", holds: textual(hasWord) },
  in: { takes: "text", about: "is one of a list", holds: isEqual },
  exists: { takes: "flag", about: "has a value (true) or none (false)", holds: () => false },
  at_least: {
    takes: "number",
    about: "is this number or more",
    holds: (seen, wanted) => Number(seen) >= Number(wanted),
  },
  at_most: {
    takes: "number",
    about: "is this number or less",
    holds: (seen, wanted) => Number(seen) <= Number(wanted),
  },
};

/** Why a condition came out as it did, as plain JSON: it is stored with the ticket and shown to people. */
export type ConditionTrace =
  | { readonly kind: "all" | "any" | "not"; readonly result: boolean; readonly parts: readonly ConditionTrace[] }
  | {
      readonly kind: "test";
      readonly result: boolean;
      readonly field: string;
      readonly argument?: string;
      readonly operator: string;
      readonly value: Test["value"];
      /** What the field held, each value shortened to 200 characters, ten values at most. */
      readonly seen: readonly string[];
      /** Which of the wanted values it was. */
      readonly matched?: string;
      /** Set when the test itself is not one: an unknown field, for instance. It is false then. */
      readonly defect?: string;
    };

/** Decide a condition. Every part is looked at, also when the result is already known, so that the trace is whole. */
export function test(condition: Condition, facts: RuleFacts): { result: boolean; trace: ConditionTrace } {
  const trace = trialOf(condition, facts);
  return { result: trace.result, trace };
}

function trialOf(condition: Condition, facts: RuleFacts): ConditionTrace {
  if ("test" in condition) return trialOfTest(condition.test, facts);
  if ("not" in condition) {
    const part = trialOf(condition.not, facts);
    return { kind: "not", result: !part.result, parts: [part] };
  }
  if ("all" in condition) {
    const parts = condition.all.map((part) => trialOf(part, facts));
    return { kind: "all", result: parts.every((part) => part.result), parts };
  }
  const parts = condition.any.map((part) => trialOf(part, facts));
  return { kind: "any", result: parts.some((part) => part.result), parts };
}

function trialOfTest(asked: Test, facts: RuleFacts): ConditionTrace {
  const defect = testDefect(asked);
  const { field, argument, operator, value } = asked;
  const head = { kind: "test", field, ...(argument === undefined ? {} : { argument }), operator, value } as const;
  const row = FIELDS[field];
  if (defect !== undefined || row === undefined)
    return { ...head, result: false, seen: [], defect: defect ?? "unknown field" };
  const values = row.read(facts, argument ?? "");
  const seen = values.slice(0, SEEN_COUNT).map((one) => shorten(String(one), SEEN_LIMIT));
  if (operator === "exists") return { ...head, result: values.length > 0 === value, seen };
  const matched = firstMatch(asked, row.kind, values);
  return matched === undefined ? { ...head, result: false, seen } : { ...head, result: true, seen, matched };
}

function firstMatch(asked: Test, kind: FieldKind, values: readonly Seen[]): string | undefined {
  const { holds } = OPERATORS[asked.operator as OperatorName];
  const compared = values.map(comparable);
  const wanted: readonly Seen[] = Array.isArray(asked.value) ? asked.value : [asked.value as Seen];
  const found = wanted.find((one) => compared.some((seen) => holds(seen, comparable(one), kind)));
  return found === undefined ? undefined : String(found);
}

function comparable(value: Seen): Seen {
  return typeof value === "string" ? fold(value) : value;
}

/** What is wrong with a test as written, in a sentence for the admin; undefined when nothing is. */
export function testDefect(asked: Test): string | undefined {
  const row = Object.hasOwn(FIELDS, asked.field) ? FIELDS[asked.field] : undefined;
  if (row === undefined) return `there is no field "${asked.field}"; the fields are ${Object.keys(FIELDS).join(", ")}`;
  if (row.argument !== undefined && !asked.argument) return `"${asked.field}" needs ${row.argument}`;
  const operator = row.operators.find((allowed) => allowed === asked.operator);
  if (operator === undefined)
    return `"${asked.field}" cannot be tested with "${asked.operator}"; use ${row.operators.join(", ")}`;
  return valueDefect(asked, row, operator);
}

function valueDefect(asked: Test, row: FieldRow, operator: OperatorName): string | undefined {
  const { value } = asked;
  if (operator === "exists" || row.kind === "flag") {
    return typeof value === "boolean" ? undefined : `"${asked.field}" with "${operator}" takes true or false`;
  }
  if (row.kind === "number") return typeof value === "number" ? undefined : `"${asked.field}" takes a number`;
  const wanted = Array.isArray(value) ? value : [value];
  if (wanted.length === 0 || wanted.some((one) => typeof one !== "string" || fold(one) === "")) {
    return `"${asked.field}" with "${operator}" takes a text, or a list of texts`;
  }
  const odd = wanted.find((one) => row.choices !== undefined && !row.choices.includes(fold(String(one))));
  return odd === undefined ? undefined : `"${odd}" is no ${asked.field}; it is one of ${row.choices?.join(", ")}`;
}

/** Every defect of a condition, with nested ones. */
export function conditionDefects(condition: Condition): readonly string[] {
  if ("test" in condition) return [testDefect(condition.test) ?? []].flat();
  if ("not" in condition) return conditionDefects(condition.not);
  return ("all" in condition ? condition.all : condition.any).flatMap(conditionDefects);
}
