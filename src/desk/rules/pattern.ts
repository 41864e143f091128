/**
 * Regular expressions of rules: RE2, which takes time in proportion to the text whatever is written in pattern or mail.
 * A pattern is looked for anywhere, upper and lower case are one, `^` and `$` stand at the ends of lines. Patterns and texts
 * are bounded, because RE2's time is also in proportion to the pattern.
 */
import { RE2JS } from "re2js";
import { patternLiterals } from "./pattern-literals.ts";

/** Characters of a pattern. */
export const MAX_PATTERN = 1_000;
/** Characters of a text that are looked at. */
export const MAX_SEARCHED = 100_000;
/** Steps of the compiled pattern: with more, a hostile text of the full length would take seconds. */
const MAX_STEPS = 500;
/** Characters of what a group caught. */
const MAX_CAPTURE = 1_000;

const FLAGS = RE2JS.CASE_INSENSITIVE | RE2JS.MULTILINE;
const GROUP_NAME = /^[a-z][a-z0-9_]*$/i;

/** What named groups caught. */
export type Captures = Readonly<Record<string, string>>;

export type Pattern = {
  readonly source: string;
  /** Names of its groups. */
  readonly names: readonly string[];
  /** One of these is in `foldAscii` of every text that matches; undefined when nothing is known. */
  readonly literals: readonly string[] | undefined;
  /** What the named groups caught in the leftmost match; undefined without a match. Groups that took no part are left out. */
  readonly find: (text: string) => Captures | undefined;
};

/** What is wrong with a pattern: in words, and the 1-based character at which it is. */
export type PatternProblem = { readonly message: string; readonly position: number };

/** Compiles a pattern. Throws when `patternProblem` has something to say about it. */
export function compilePattern(source: string): Pattern {
  const read = readPattern(source);
  if ("message" in read) throw new Error(`${read.message}, at character ${read.position} of ${source}`);
  const names = Object.keys(read.namedGroups());
  return { source, names, literals: patternLiterals(source), find: (text) => find(read, names, text) };
}

function find(compiled: RE2JS, names: readonly string[], text: string): Captures | undefined {
  const searched = text.slice(0, MAX_SEARCHED);
  // Asking whether there is a match is far cheaper than asking where.
  if (!compiled.test(searched)) return undefined;
  if (names.length === 0) return {};
  const matcher = compiled.matcher(searched);
  const groups = matcher.find() ? Object.entries(matcher.getNamedGroups()) : [];
  return Object.fromEntries(
    groups.flatMap(([name, value]) => (value === null ? [] : [[name, value.slice(0, MAX_CAPTURE).toWellFormed()]])),
  );
}

/** Why a text is no pattern that may be used, undefined when it is one. */
export function patternProblem(source: string): PatternProblem | undefined {
  const read = readPattern(source);
  return "message" in read ? read : undefined;
}

function readPattern(source: string): RE2JS | PatternProblem {
  if (source === "") return { message: "an empty pattern matches everything", position: 1 };
  if (source.length > MAX_PATTERN)
    return { message: `a pattern has at most ${MAX_PATTERN} characters`, position: MAX_PATTERN + 1 };
  const compiled = tryPattern(source);
  if ("what" in compiled) return { message: inWords(compiled), position: placeOf(source, compiled) + 1 };
  const odd = Object.keys(compiled.namedGroups()).find((name) => !GROUP_NAME.test(name));
  if (odd !== undefined) {
    const position = source.indexOf(`<${odd}>`) + 2;
    return { message: `the group "${odd}" needs a name that begins with a letter`, position };
  }
  if (compiled.programSize() <= MAX_STEPS) return compiled;
  return {
    message: "it repeats too much: use smaller numbers in { }, or * and +",
    position: largestRepeat(source) + 1,
  };
}

/** RE2's own words, and the piece of the pattern it means; the whole pattern when a bracket is missing. */
type Failure = { readonly what: string; readonly piece: string };

function tryPattern(source: string): RE2JS | Failure {
  try {
    return RE2JS.compile(source, FLAGS);
  } catch (error) {
    const { error: what, input, message } = error as { error?: string; input?: string | null; message: string };
    return { what: what ?? message, piece: input ?? "" };
  }
}

function failureOf(source: string): Failure | undefined {
  const tried = tryPattern(source);
  return "what" in tried ? tried : undefined;
}

const ADVICE: readonly (readonly [RegExp, string])[] = [
  [/^\(\?[=!]/, "RE2 has no look-ahead; write a second test, or not: { … }"],
  [/^\(\?<[=!]/, "RE2 has no look-behind; write a second test, or not: { … }"],
  [/^\(\?>|^[*+?}]\+$/, "RE2 has no atomic groups; leave the mark out, RE2 never goes back"],
  [/^\\[1-9]$/, "RE2 has no references back to a group"],
  [/^\(\?P?</, "write a named group as (?P<name>…), with letters, digits and _ in the name"],
  [/^\\$/, "write \\\\ for a backslash"],
  [/^\{/, "the most is {1000}, all nested ones multiplied"],
];

function inWords({ what, piece }: Failure): string {
  const advice = ADVICE.find(([known]) => known.test(piece))?.[1];
  const shown = piece === "" || /^(?:missing closing|unexpected|trailing)/.test(what) ? "" : ` ${piece.slice(0, 40)}`;
  return `${what}${shown}${advice === undefined ? "" : ` (${advice})`}`;
}

/** 0-based. RE2 reads from the left, so a piece that is to blame is so at the end of what had been read. */
function placeOf(source: string, failure: Failure): number {
  const { what, piece } = failure;
  if (what.startsWith("trailing backslash")) return source.length - 1;
  if (what.startsWith("missing closing )")) return openBracket(source);
  if (what.startsWith("duplicate")) return source.lastIndexOf(`<${piece}>`) + 1;
  const blamed = what.startsWith("unexpected )") ? ")" : piece;
  if (blamed === "") return 0;
  for (let at = source.indexOf(blamed); at !== -1; at = source.indexOf(blamed, at + 1)) {
    if (failureOf(source.slice(0, at + blamed.length))?.what === what) return at;
  }
  return Math.max(0, source.indexOf(blamed));
}

/** The last bracket that nothing closes: what stands before it is whole. */
function openBracket(source: string): number {
  for (let at = source.lastIndexOf("("); at > 0; at = source.lastIndexOf("(", at - 1)) {
    const open = failureOf(source.slice(0, at));
    if (open === undefined && failureOf(`${source})`) === undefined) return at;
  }
  return Math.max(0, source.indexOf("("));
}

function largestRepeat(source: string): number {
  const repeats = [...source.matchAll(/\{(\d+)(?:,(\d*))?\}/g)];
  const most = ([, from, to]: RegExpMatchArray): number => Math.max(Number(from), Number(to ?? 0));
  const [first, ...others] = repeats;
  if (first === undefined) return 0;
  return others.reduce((worst, one) => (most(one) > most(worst) ? one : worst), first).index;
}
