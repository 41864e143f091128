/**
 * The examples that rules carry: each is decided by all rules of its rule's trigger, and what comes out is compared with
 * what it expects. A desk whose examples fail is refused, so a change that breaks an older rule is noticed.
 */
import { exampleFacts } from "./example-facts.ts";
import type { FactMessage, RuleTicket } from "./facts.ts";
import { mayKeep, resolveNamed } from "../assigning/assignment.ts";
import { assignmentText } from "./rule.ts";
import { afterChange } from "./settled.ts";
import { route, type RouteFacts, type Routed } from "./routing.ts";
import type { AssignRequest } from "./rule.ts";
import type { Desk, ExampleResult, Rule, RuleExample } from "../types.ts";

/** `expected` and `actual` are clauses for people: `priority high, tag vip`. */
export type ExampleFailure = {
  readonly rule: string;
  /** 1-based, in the desk file. */
  readonly line: number;
  readonly column: number;
  readonly expected: string;
  readonly actual: string;
};

/**
 * Runs the examples of all enabled rules; the result names those that came out otherwise.
 * @param parsed the message of an example that is a whole one, undefined when it could not be read
 */
export function runExamples(
  desk: Desk,
  parsed: (example: RuleExample) => FactMessage | undefined,
): readonly ExampleFailure[] {
  return desk.rules
    .filter(({ enabled }) => enabled)
    .flatMap((rule) => rule.examples.flatMap((example) => failureOf(desk, rule, example, parsed(example)) ?? []));
}

function failureOf(
  desk: Desk,
  rule: Rule,
  example: RuleExample,
  whole: FactMessage | undefined,
): ExampleFailure | undefined {
  const head = { rule: rule.name, line: example.line, column: example.column };
  const parts = partsOf(example.expect);
  const expected = parts.length === 0 ? "that the rule does nothing" : parts.map(({ text }) => text).join(", ");
  if ("eml" in example.given && whole === undefined)
    return { ...head, expected, actual: "that its message could not be read" };
  const facts = exampleFacts(desk, rule.when, example, whole);
  const routed = route(desk, facts, true);
  const own = routed.trace.rules.find(({ position }) => position === rule.position);
  if (parts.length === 0) {
    if (own?.result !== true) return undefined;
    return { ...head, expected, actual: `that it acts: ${own.did.join("; ") || "it ends the run"}` };
  }
  const outcome = outcomeOf(desk, facts, routed);
  const wrong = parts.filter(({ holds }) => !holds(outcome));
  if (wrong.length === 0) return undefined;
  const actual = wrong.map(({ actually }) => actually(outcome)).join(", ");
  return { ...head, expected, actual: own?.result ? actual : `${actual} (the rule ${whyNot(own?.skipped)})` };
}

const whyNot = (skipped: string | undefined): string =>
  skipped === undefined ? "did not hold" : `was not looked at: ${skipped}`;

type Outcome = { readonly ticket: RuleTicket; readonly assign: Given; readonly effects: readonly string[] };
/** An agent, none, or a strategy; `because` where it is not what was asked for. */
type Given = { readonly to: string; readonly because?: string };

/** One thing that an example expects. */
type Part = {
  readonly text: string;
  readonly holds: (outcome: Outcome) => boolean;
  readonly actually: (outcome: Outcome) => string;
};

function partsOf(expect: ExampleResult): readonly Part[] {
  const fields = (["department", "topic", "priority", "sla", "status"] as const).flatMap((field) => {
    const wanted = expect[field];
    return wanted === undefined ? [] : [fieldPart(field, wanted, ({ ticket }) => ticket[field])];
  });
  const assign = expect.assign === undefined ? [] : [assignPart(expect.assign)];
  const tags = (expect.tags ?? []).map((tag) => there(`tag ${tag}`, ({ ticket }) => ticket.tags.includes(tag)));
  const effects = (expect.effects ?? []).map((name) =>
    there(name === "silence" ? "acknowledge false" : name, (outcome) => outcome.effects.includes(name)),
  );
  return [...fields, ...assign, ...tags, ...effects];
}

function fieldPart(name: string, wanted: string, read: (outcome: Outcome) => string | null): Part {
  return {
    text: `${name} ${wanted}`,
    holds: (outcome) => read(outcome) === wanted,
    actually: (outcome) => `${name} ${read(outcome) ?? "none"}`,
  };
}

function assignPart(wanted: string): Part {
  return {
    text: `assign ${wanted}`,
    holds: ({ assign }) => assign.to === wanted,
    actually: ({ assign: { to, because } }) => `assign ${to}${because === undefined ? "" : ` (${because})`}`,
  };
}

function there(text: string, holds: (outcome: Outcome) => boolean): Part {
  return { text, holds, actually: () => `no ${text}` };
}

function outcomeOf(desk: Desk, facts: RouteFacts, { changes, assignment, effects }: Routed): Outcome {
  const watched = changes.some(({ change }) => change.change === "watch") ? ["watch"] : [];
  const ticket = changes.reduce<RuleTicket>((soFar, { change }) => afterChange(soFar, change), facts.ticket);
  const over = effects.some(({ effect: { action } }) => action === "reject" || action === "spam");
  return {
    ticket: over ? { ...ticket, status: "closed" } : ticket,
    assign: assignment === null ? { to: facts.ticket.assignee ?? "none" } : given(desk, facts, ticket, assignment),
    effects: [...effects.map(({ effect }) => effect.action), ...watched],
  };
}

/** Whom the ticket goes to when nobody is away. Whom a strategy picks depends on what people have to do: it stays a word. */
function given(desk: Desk, facts: RouteFacts, { department }: RuleTicket, { assignment }: AssignRequest): Given {
  if (assignment.strategy !== "fixed") return { to: assignmentText(assignment) };
  const agents = Object.entries(desk.agents).map(([key, agent]) => [key, { ...agent, away: [] }] as const);
  const present = { ...desk, agents: Object.fromEntries(agents) };
  const people = { department, customer: facts.customer, participants: [] };
  const picked = resolveNamed(assignment, present, { ticket: people, now: facts.times.now });
  if ("picking" in picked) return { to: assignmentText(picked.picking), because: picked.because };
  if (picked.agent !== null) return { to: picked.agent };
  const stays = mayKeep(present, facts.ticket.assignee, people, facts.times.now);
  return { to: stays ? facts.ticket.assignee! : "none", because: picked.because };
}
