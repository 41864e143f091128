/**
 * A condition's trace in words. Written for stored traces as well: an operator or a field that this version does not
 * know is spoken by its name, and nothing is looked up in a desk, which may have changed since.
 */
import type { ConditionTrace } from "../rules/condition.ts";
import { shorten } from "../words.ts";

export type TestTrace = Extract<ConditionTrace, { kind: "test" }>;

/** Yes, no, and not looked at: one column wide each, so that a list of them can be read down its edge. */
export const YES = "✓";
export const NO = "✗";
export const UNSEEN = "–";

export const markOf = (result: boolean): string => (result ? YES : NO);

const OPERATOR_WORDS: Readonly<Record<string, string>> = {
  is: "is",
  contains: "contains",
  starts: "starts with",
  ends: "ends with",
  has_word: "has the word",
  in: "is one of",
  in_list: "is in the list",
  matches: "matches",
  at_least: "is at least",
  at_most: "is at most",
  more_than: "is more than",
  less_than: "is less than",
};

const SEEN_WIDTH = 60;
const SEEN_COUNT = 3;

/** `a`, `a or b`, `a, b or c`. */
export function alternatives(words: readonly string[]): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}

const quoted = (value: unknown): string => (typeof value === "string" ? `"${value}"` : String(value));

/** The test as one would say it: `subject has the word "down" or "outage"`. */
export function testText({ field, argument, operator, value }: TestTrace): string {
  const subject = `${field.replaceAll("_", " ")}${argument === undefined ? "" : ` "${argument}"`}`;
  if (operator === "exists") return `${subject} ${value === true ? "is there" : "is missing"}`;
  const verb = OPERATOR_WORDS[operator] ?? operator.replaceAll("_", " ");
  return `${subject} ${verb} ${alternatives([value].flat().map(quoted))}`;
}

/** What the field held: `"Site is down"`, `no value`, or why the test is none. */
export function seenText({ seen, defect, matched, captures = {} }: TestTrace): string {
  if (defect !== undefined) return `cannot be tested: ${defect}`;
  if (seen.length === 0) return "no value";
  // The value that matched may stand behind those that fit here.
  const shown = seen.slice(0, SEEN_COUNT).map((one) => quoted(shorten(one.replace(/\s+/g, " "), SEEN_WIDTH)));
  const more = seen.length > SEEN_COUNT ? ` and ${seen.length - SEEN_COUNT} more` : "";
  const found = seen.length > 1 && matched !== undefined ? `, found "${shorten(matched, SEEN_WIDTH)}"` : "";
  const caught = Object.entries(captures).map(([name, value]) => `; ${name} = "${shorten(value, SEEN_WIDTH)}"`);
  return `${shown.join(", ")}${more}${found}${caught.join("")}`;
}

const GROUPS = { all: "all of", any: "any of", not: "not" } as const;

/**
 * A condition as a tree, one line a part, with its mark and what was seen. Every line begins with `indent` blanks.
 * @param whole false leaves out the parts that did not help: of an `any` that held, those that were false
 */
export function conditionLines(trace: ConditionTrace, indent: number, whole: boolean): readonly string[] {
  return aligned(flatten(trace, indent, whole));
}

type Line = { readonly text: string; readonly seen?: string };

function flatten(trace: ConditionTrace, indent: number, whole: boolean): readonly Line[] {
  const head = `${" ".repeat(indent)}${markOf(trace.result)} `;
  if (trace.kind === "test") return [{ text: `${head}${testText(trace)}`, seen: seenText(trace) }];
  const parts =
    whole || trace.kind !== "any" || !trace.result ? trace.parts : trace.parts.filter(({ result }) => result);
  const left = trace.parts.length - parts.length;
  const note = left > 0 ? ` (${left} more not needed)` : "";
  return [
    { text: `${head}${GROUPS[trace.kind]}${note}` },
    ...parts.flatMap((part) => flatten(part, indent + 2, whole)),
  ];
}

/** Beyond this column what was seen follows its test at once: one long test must not push all others aside. */
const WIDEST = 64;

/** What was seen stands in a column of its own. */
function aligned(lines: readonly Line[]): readonly string[] {
  const widths = lines.filter(({ seen }) => seen !== undefined).map(({ text }) => text.length);
  const column = Math.min(WIDEST, Math.max(0, ...widths));
  return lines.map(({ text, seen }) => (seen === undefined ? text : `${text.padEnd(column)}  ${seen}`));
}

/** The part that kept a condition from holding, in one line: `subject has the word "down": "Hello"`. */
export function firstFalse(trace: ConditionTrace): string {
  if (trace.kind === "test") return `${testText(trace)}: ${seenText(trace)}`;
  if (trace.kind === "not") return `not, but ${firstTrue(trace.parts[0])}`;
  const failed = trace.parts.filter(({ result }) => !result);
  const first = failed[0];
  if (first === undefined) return trace.kind === "any" ? "any of nothing" : "all of it holds";
  const more = failed.length - 1;
  return `${firstFalse(first)}${more > 0 ? ` (and ${more} more)` : ""}`;
}

/** The part that made a condition hold, which a `not` around it turns round. */
function firstTrue(trace: ConditionTrace | undefined): string {
  if (trace === undefined) return "nothing is in it";
  if (trace.kind === "test") return `${testText(trace)}: ${seenText(trace)}`;
  if (trace.kind === "not") return `not ${firstFalse(trace.parts[0] ?? trace)}`;
  const held = trace.parts.find(({ result }) => result);
  return held === undefined ? "all of nothing" : firstTrue(held);
}
