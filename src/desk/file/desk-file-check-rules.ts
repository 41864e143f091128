/** Mistakes of rules that need more than one value to be seen: what fits the trigger, what a text may name. */
import { didYouMean } from "../../text/nearest.ts";
import type { Path, Problem } from "../../yaml/problem.ts";
import type { Plain } from "../../yaml/source.ts";
import { FIELDS } from "../rules/condition-fields.ts";
import { MESSAGE_FIELDS } from "../rules/condition-message.ts";
import { liquidMistake, sentence, TEXT_VARIABLES } from "./desk-file-liquid.ts";
import { listOf, mapOf, type Keys } from "./desk-file-plain.ts";
import { compilePattern, patternProblem } from "../rules/pattern.ts";

/** What happens to the message or to the mail that opened a ticket; later there is neither. */
const ONLY_OPENED: Readonly<Record<string, string>> = {
  acknowledge: "only a new ticket is acknowledged",
  reject: "only a new ticket can be rejected",
  spam: "only a new ticket can be put aside as spam",
  merge: "only a new ticket is merged by a rule",
  customer: "the customer is found when a ticket is opened",
};
/** Triggers at which nobody has written. */
const WITHOUT_MESSAGE = ["clock", "status_changed"];

/** Every such mistake of the rules of a file. */
export function checkRules(rules: Plain): Problem[] {
  const list = (Array.isArray(rules) ? rules : []).map((rule, n) => ({ rule: mapOf(rule), path: ["rules", n] }));
  const each = list.flatMap(({ rule, path }) => [
    ...idle(rule, path),
    ...untimely(rule, path),
    ...unsaid(rule, path),
    ...silentFields(rule, path),
    ...texts(rule, path),
    ...examples(rule, path),
  ]);
  return [...ruleNames(list.map(({ rule }) => rule)), ...each];
}

function ruleNames(rules: readonly Keys[]): Problem[] {
  const seen = new Map<string, number>();
  return rules.flatMap((rule, n): Problem[] => {
    const name = rule["name"];
    if (typeof name !== "string") return [];
    const first = seen.get(name);
    if (first === undefined) seen.set(name, n);
    if (first === undefined) return [];
    const message = `rule ${first + 1} has this name too. Write another one: the history of tickets names rules.`;
    return [{ path: ["rules", n, "name"], message }];
  });
}

function idle(rule: Keys, path: Path): Problem[] {
  const then = rule["then"];
  const empty =
    typeof then === "object" && !Array.isArray(then) && Object.values(then).every((value) => value === undefined);
  return empty
    ? [{ path: [...path, "then"], message: "does nothing. Write at least one action, e.g. priority: high." }]
    : [];
}

/** Actions that make no sense at this trigger. */
function untimely(rule: Keys, path: Path): Problem[] {
  if (typeof rule["when"] !== "string" || rule["when"] === "opened") return [];
  const then = mapOf(rule["then"]);
  return Object.entries(ONLY_OPENED)
    .filter(([name]) => then[name] !== undefined)
    .map(([name, why]) => ({
      path: [...path, "then", name],
      at: "key",
      message: `makes no sense here: ${why}. Take it out, or write when: opened.`,
    }));
}

/** No mail leaves for spam, so a rule that answers it as well would not do what it says. */
function unsaid(rule: Keys, path: Path): Problem[] {
  const then = mapOf(rule["then"]);
  if (then["spam"] !== "true") return [];
  return ["reply", "reject", "mail", "tell"]
    .filter((name) => then[name] !== undefined)
    .map((name) => ({
      path: [...path, "then", name],
      at: "key",
      message: `stands beside spam, for which no mail leaves. Take one of the two out.`,
    }));
}

/** The fields of a message have no value where nobody has written. */
function silentFields(rule: Keys, path: Path): Problem[] {
  const when = rule["when"];
  if (typeof when !== "string" || !WITHOUT_MESSAGE.includes(when)) return [];
  const fields = fieldsIn(rule["if"], [...path, "if"]);
  const others = Object.keys(FIELDS).filter((name) => !Object.hasOwn(MESSAGE_FIELDS, name));
  return fields
    .filter(({ name }) => Object.hasOwn(MESSAGE_FIELDS, name))
    .map(({ name, path: at }) => ({
      path: at,
      at: "key",
      message: `${name} can never hold here: nobody writes when a rule runs on \`${when}\`, so there is no message. Ask for something of the ticket: ${others.join(", ")}.`,
    }));
}

function fieldsIn(condition: Plain, path: Path): { name: string; path: Path }[] {
  return Object.entries(mapOf(condition)).flatMap(([name, value]) => {
    const at = [...path, name];
    if (name === "not") return fieldsIn(value, at);
    if (name === "all" || name === "any")
      return listOf(value).flatMap(([one, place]) => fieldsIn(one, [...at, ...place]));
    return [{ name, path: at }];
  });
}

/** The Liquid texts of the actions: `match.NAME` is what a pattern of this rule has caught. */
function texts(rule: Keys, path: Path): Problem[] {
  const then = mapOf(rule["then"]);
  const mail = mapOf(then["mail"]);
  const written: [Plain, Path][] = [
    ...listOf(then["tag"]).map(([tag, place]): [Plain, Path] => [tag, ["tag", ...place]]),
    [then["note"], ["note"]],
    [mail["subject"], ["mail", "subject"]],
    [mail["text"], ["mail", "text"]],
  ];
  const caught = namesCaught(rule["if"]);
  return written.flatMap(([text, place]): Problem[] => {
    if (typeof text !== "string" || !/\{[{%]/.test(text)) return [];
    const names = caught ?? [...text.matchAll(/\bmatch\.(\w+)/g)].map(([, name]) => name!);
    const problem = liquidMistake(text, [...TEXT_VARIABLES, ...names.map((name) => `match.${name}`)]);
    return problem === undefined ? [] : [{ path: [...path, "then", ...place], message: inWords(problem, names) }];
  });
}

function inWords(problem: string, names: readonly string[]): string {
  const missing = /there is no "match(?:\.([^"]*))?" here/.exec(problem)?.[1];
  if (missing === undefined) return sentence(problem, "Order {{ match.order }} of {{ customer.name }}");
  return `no pattern of this rule catches match.${missing}. ${didYouMean(missing, names)}Write a group (?P<${missing}>…) into a \`matches\` of its condition${names.length > 0 ? `, or one of ${names.map((name) => `match.${name}`).join(", ")}` : ""}.`;
}

/** Names of groups in the patterns of a condition; undefined while one of them cannot be read. Under `not` nothing is caught. */
function namesCaught(condition: Plain): string[] | undefined {
  const patterns = patternsIn(condition);
  if (patterns.some((pattern) => patternProblem(pattern) !== undefined)) return undefined;
  return [...new Set(patterns.flatMap((pattern) => compilePattern(pattern).names))];
}

function patternsIn(value: Plain, key = ""): string[] {
  if (key === "not") return [];
  if (key === "matches") return listOf(value).flatMap(([text]) => (typeof text === "string" ? [text] : []));
  if (Array.isArray(value)) return value.flatMap((one) => patternsIn(one));
  return Object.entries(mapOf(value)).flatMap(([inner, one]) => patternsIn(one, inner));
}

/** A whole message needs no parts beside it. */
function examples(rule: Keys, path: Path): Problem[] {
  return listOf(rule["examples"]).flatMap(([example, place]): Problem[] => {
    const given = mapOf(mapOf(example)["given"]);
    const parts = Object.keys(given).filter((key) => key !== "eml" && key !== "ticket" && given[key] !== undefined);
    if (given["eml"] === undefined || parts.length === 0) return [];
    return [
      {
        path: [...path, "examples", ...place, "given", parts[0]!],
        at: "key",
        message: `stands beside eml, which is a whole message. Take one of the two out.`,
      },
    ];
  });
}
