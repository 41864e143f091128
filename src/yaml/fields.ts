/**
 * Building blocks of a file's schema, on zod: every scalar arrives as text (see source.ts) and says in its own words what it
 * is and what to write instead. `check` runs a schema and returns every mistake, not the first.
 */
import { z } from "zod";
import { didYouMean } from "../text/nearest.ts";
import { show, type Path, type Problem } from "./problem.ts";
import { parseDuration, parseSize } from "./units.ts";

/** A parser's way to say why, when "is not …" is too little. */
export class Wrong {
  readonly message: string;
  /** What stands in the value before the mistake. */
  readonly after: string | undefined;
  constructor(message: string, after?: string) {
    this.message = message;
    this.after = after;
  }
}

/**
 * A scalar. `what` completes "… is not", `write` completes "Write …"; `parse` returns undefined (that sentence) or a Wrong.
 * `hidden` keeps the value out of messages.
 */
export function scalar<T>(what: string, write: string, parse: (text: string) => T | Wrong | undefined, hidden = false) {
  return z.unknown().transform((input, context): T => {
    const fail = (message: string): never => {
      context.issues.push({ code: "custom", message, input });
      return z.NEVER;
    };
    if (input === undefined) return fail(`is missing. Write ${write}.`);
    const given = hidden ? "the value" : show(input);
    if (typeof input !== "string") return fail(`${given} is not ${what}. Write ${write}.`);
    const parsed = parse(input);
    if (parsed === undefined) return fail(`${given} is not ${what}. Write ${write}.`);
    return parsed instanceof Wrong ? fail(parsed.message) : parsed;
  });
}

/** Any text, up to `longest` characters. */
export const text = (what: string, write: string, longest = 500) =>
  scalar(what, write, (input) =>
    input.length > longest ? new Wrong(`is ${input.length} characters long. Write at most ${longest}.`) : input,
  );

/** A whole number from `least` to `most`. */
export const whole = (what: string, least: number, most: number, example: number) =>
  scalar(what, `a number from ${least} to ${most}, e.g. ${example}`, (input) => {
    const number = /^\d{1,15}$/.test(input) ? Number(input) : NaN;
    return number >= least && number <= most ? number : undefined;
  });

export const port = (example: number) => whole("a port number", 1, 65_535, example);

/** `true` or `false`; `yes`, `no`, `on`, `off` are accepted too, as older YAML has them. */
export const flag = () =>
  scalar("true or false", "true or false", (input) => {
    const known: Record<string, boolean> = { true: true, yes: true, on: true, false: false, no: false, off: false };
    const word = input.toLowerCase();
    return Object.hasOwn(known, word) ? known[word] : undefined;
  });

/** One word of a fixed list. `later` names words that a coming version knows. */
export const choice = <const T extends string>(words: readonly T[], later: readonly string[] = []) =>
  scalar("known here", words.join(" or "), (input): T | Wrong => {
    const found = words.find((word) => word === input);
    if (found !== undefined) return found;
    if (later.includes(input)) return new Wrong(`\`${input}\` is not supported yet. Write ${words.join(" or ")}.`);
    return new Wrong(`${show(input)} is not known here. ${didYouMean(input, words)}Write ${words.join(" or ")}.`);
  });

/** `60s`, `5m`, `2h`, `14d` -> milliseconds, within bounds. */
export const duration = (example: string, least = "0s", most = "3650d") =>
  scalar("a duration", `a number with a unit (s, m, h, d), e.g. ${example}`, (input) => {
    const ms = parseDuration(input);
    if (ms === undefined) return undefined;
    const inside = ms >= parseDuration(least)! && ms <= parseDuration(most)!;
    return inside
      ? ms
      : new Wrong(`${show(input)} is out of range. Write a duration from ${least} to ${most}, e.g. ${example}.`);
  });

/** `50MB` -> bytes, within bounds. */
export const size = (example: string, least: string, most: string) =>
  scalar("a size", `a number with a unit (KB, MB, GB), e.g. ${example}`, (input) => {
    const bytes = parseSize(input);
    if (bytes === undefined) return undefined;
    const inside = bytes >= parseSize(least)! && bytes <= parseSize(most)!;
    return inside
      ? bytes
      : new Wrong(`${show(input)} is out of range. Write a size from ${least} to ${most}, e.g. ${example}.`);
  });

type Shape = Record<string, z.ZodType>;

/** A map with known keys. Unknown ones are refused with a suggestion, `later` ones as not supported yet. */
export function section<S extends Shape>(shape: S, later: readonly string[] = []) {
  const known = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) => {
      if (issue.code !== "unrecognized_keys")
        return `${describe(issue.input, "a map")}. Write a map with ${known.slice(0, 8).join(", ")}${known.length > 8 ? ", …" : ""}.`;
      return (issue.keys as string[]).map((key) => unknownKey(key, known, later)).join("\n");
    },
  });
}

function unknownKey(key: string, known: readonly string[], later: readonly string[]): string {
  if (later.includes(key)) return `\`${key}\` is not supported yet. Take it out; known here: ${known.join(", ")}.`;
  return `there is no key ${show(key)} here. ${didYouMean(key, known)}Known here: ${known.join(", ")}.`;
}

/** `"x" is text, not a map`. */
const describe = (input: unknown, wanted: "a map" | "a list"): string =>
  input === undefined
    ? "is missing or empty"
    : `${show(input)} is ${typeof input === "string" ? "text, " : ""}not ${wanted}`;

const KEY = /^[a-z0-9][a-z0-9_-]{0,39}$/;

/** A map whose keys the writer chooses: `mailboxes`, `agents`. `what` is one of them: "a mailbox". */
export function named<V extends z.ZodType>(what: string, value: V, reserved: readonly string[] = []) {
  const key = z.string().refine((name) => KEY.test(name) && !reserved.includes(name));
  return z.record(key, value, {
    error: (issue) => {
      if (issue.code !== "invalid_key")
        return `${describe(issue.input, "a map")}. Write one entry for each, under its key.`;
      return `cannot be the key of ${what}. Write lower-case letters, digits, - and _, e.g. support${reserved.length > 0 ? `; ${reserved.join(", ")} ${reserved.length === 1 ? "has a meaning of its own" : "have a meaning of their own"}` : ""}.`;
    },
  });
}

/** What `textOr` made a schema of: the documentation test walks it. */
export const ALTERNATIVES = z.registry<{ readonly of: readonly unknown[] }>();

/** Text is read by the first schema, anything else by the second: `assign: ann` and `assign: { by: sticky }`. */
export function textOr<A, B>(text: z.ZodType<A>, other: z.ZodType<B>) {
  const chosen = z.unknown().transform((input, context): A | B => {
    const result = (typeof input === "string" || input === undefined ? text : other).safeParse(input);
    if (result.success) return result.data;
    // zod goes on with a value that has unknown keys, and there is none here: only other issues stop it.
    for (const { code, ...issue } of result.error.issues as z.core.$ZodRawIssue[]) {
      const keys =
        code === "unrecognized_keys" ? { code: "custom" as const, params: { keys: issue["keys"] } } : { code };
      context.issues.push({ ...issue, ...keys } as z.core.$ZodRawIssue);
    }
    return z.NEVER;
  });
  return chosen.register(ALTERNATIVES, { of: [text, other] });
}

/** A list; one value alone counts as a list of one. `least` is how many there must be. */
export function list<V extends z.ZodType>(value: V, least = 0) {
  const error = (issue: z.core.$ZodRawIssue): string =>
    issue.code === "too_small"
      ? `is an empty list. Write at least ${least === 1 ? "one" : least}.`
      : `${describe(issue.input, "a list")}. Write a list: [one, two].`;
  const array = z.array(value, { error }).min(least, { error });
  return z.preprocess((input) => (input === undefined || Array.isArray(input) ? input : [input]), array);
}

/** Runs a schema over a plain value: the typed result, or every mistake with its path. */
export function check<S extends z.ZodType>(
  schema: S,
  value: unknown,
): { ok: true; value: z.output<S> } | { ok: false; problems: Problem[] } {
  const result = schema.safeParse(value);
  if (result.success) return { ok: true, value: result.data };
  return { ok: false, problems: result.error.issues.flatMap(problems) };
}

function problems(issue: z.core.$ZodIssue): Problem[] {
  const path = issue.path.map((step) => (typeof step === "number" ? step : String(step))) as Path;
  const keys: unknown =
    issue.code === "unrecognized_keys" ? issue.keys : issue.code === "custom" && issue.params?.["keys"];
  if (Array.isArray(keys)) {
    const messages = issue.message.split("\n");
    return keys.map((key: string, n) => ({
      path: [...path, key],
      at: "key",
      message: messages[n] ?? `there is no key "${key}" here.`,
    }));
  }
  if (issue.code === "invalid_key") return [{ path, at: "key", message: issue.message }];
  const after: unknown = issue.code === "custom" ? issue.params?.["after"] : undefined;
  return [{ path, message: issue.message, ...(typeof after === "string" && { after }) }];
}
