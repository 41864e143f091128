/** What `desk apply` would change, in lines for people. Pure. What is compared of each thing is in desk-diff-facets.ts. */
import { facetsOf, KINDS, type Facet, type Kind } from "./desk-diff-facets.ts";
import type { Desk, Rule } from "../types.ts";

/** One line for people: `+` new or active again, `-` deactivated or gone, `~` changed, with what it was and what it will be. */
export type DeskDifference = {
  readonly sign: "+" | "-" | "~";
  readonly kind: Kind;
  readonly key: string;
  readonly line: string;
};

/** Longer values are shown around the first place where they differ. In characters. */
const LONG = 160;
const AROUND = 40;

/** What goes without a trace when it is left out; the others are deactivated, for tickets and histories name them. */
const REMOVED: readonly Kind[] = ["schedule", "sla", "canned", "list"];

/**
 * The differences in the order of the file; empty when applying changes nothing. Who is absent from `after` is
 * deactivated, never deleted, so that the history keeps its names. `before` undefined = the first desk.
 */
export function diffDesk(before: Desk | undefined, after: Desk): DeskDifference[] {
  const differences = KINDS.flatMap((kind) =>
    compare(kind, before ? facetsOf(before, kind) : [], facetsOf(after, kind)),
  );
  return before === undefined ? differences : [...differences, ...ruleOrder(before.rules, after.rules)];
}

function compare(kind: Kind, before: readonly Facet[], after: readonly Facet[]): DeskDifference[] {
  const old = new Map(before.map((facet) => [facet.key, facet]));
  const still = new Set(after.filter(({ active }) => active).map(({ key }) => key));
  const line = (sign: DeskDifference["sign"], key: string, text: string): DeskDifference => ({
    sign,
    kind,
    key,
    line: `${sign} ${text}`,
  });
  const present = after.flatMap((facet): DeskDifference[] => {
    const was = old.get(facet.key);
    if (!facet.active) return [];
    if (was === undefined) return [line("+", facet.key, `${title(kind, facet)}${facet.label}`)];
    const again = was.active ? [] : [line("+", facet.key, `${title(kind, facet)}${facet.label} (active again)`)];
    const changes = changed(was.parts, facet.parts);
    return changes.length === 0
      ? again
      : [...again, line("~", facet.key, `${title(kind, facet)}: ${changes.join("; ")}`)];
  });
  const gone = before.filter((facet) => facet.active && !still.has(facet.key));
  const word = REMOVED.includes(kind) ? "removed" : "deactivated";
  return [...present, ...gone.map((facet) => line("-", facet.key, `${title(kind, facet)} (${word})`))];
}

function title(kind: Kind, facet: Facet): string {
  if (kind === "rule") return `rule ${JSON.stringify(facet.key)}`;
  if (kind === "desk") return "desk";
  return `${kind === "canned" ? "canned text" : kind} ${facet.key}`;
}

/** `assign none -> round-robin`; a part that is not there reads `nothing`. */
function changed(before: Facet["parts"], after: Facet["parts"]): string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names
    .filter((name) => (before[name] ?? "") !== (after[name] ?? ""))
    .map((name) => {
      const [was, is] = excerpts(before[name] ?? "", after[name] ?? "");
      return `${name} ${was || "nothing"} -> ${is || "nothing"}`;
    });
}

/** Two texts that differ, each short enough to read: the pieces in which they do. */
function excerpts(before: string, after: string): [string, string] {
  let same = 0;
  while (same < before.length && same < after.length && before[same] === after[same]) same++;
  const from = same > AROUND ? same - AROUND : 0;
  const cut = (text: string): string => {
    if (text.length <= LONG) return text;
    const piece = text.slice(from, from + LONG);
    return `${from > 0 ? "…" : ""}${piece.toWellFormed()}${from + LONG < text.length ? "…" : ""}`;
  };
  return [cut(before), cut(after)];
}

/** Rules run in their order, so a swap is a change; a rule that merely moved down because of a new one is not. */
function ruleOrder(before: readonly Rule[], after: readonly Rule[]): DeskDifference[] {
  const kept = (rules: readonly Rule[], others: readonly Rule[]): string[] =>
    [...rules]
      .sort((a, b) => a.position - b.position)
      .map(({ name }) => name)
      .filter((name) => others.some((other) => other.name === name));
  const [was, is] = [kept(before, after), kept(after, before)].map((names) =>
    names.map((name) => JSON.stringify(name)).join(", "),
  );
  return was === is ? [] : [{ sign: "~", kind: "rule", key: "", line: `~ rules run in another order: ${is}` }];
}
