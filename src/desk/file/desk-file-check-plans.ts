/** Mistakes of SLA plans that need more than one value to be seen. */
import type { Path, Problem } from "../../yaml/problem.ts";
import type { Plain } from "../../yaml/source.ts";
import { entriesOf, listOf, mapOf, type Keys } from "./desk-file-plain.ts";

const EFFECTS = ["tell", "assign", "priority", "sla", "tag", "tags"];

const stepsOf = (plan: Keys, key: string): { step: Keys; path: Path }[] =>
  listOf(plan["escalate"]).map(([step, place]) => ({ step: mapOf(step), path: ["sla", key, "escalate", ...place] }));

/** A step of escalation says when, once, and does something. */
export function escalations(sla: Plain): Problem[] {
  return entriesOf(sla).flatMap(([key, plan]) =>
    stepsOf(plan, key).flatMap(({ step, path }): Problem[] => {
      const found: Problem[] = [];
      if (step["before"] !== undefined && step["after"] !== undefined)
        found.push({
          path: [...path, "before"],
          message: "stands beside after. Keep one of them: a step is taken once.",
        });
      if (step["of"] !== undefined && step["before"] === undefined && step["after"] === undefined)
        found.push({
          path,
          message: "does not say when. Write after: 0m (when it is overdue), after: 2h, or before: 2h.",
        });
      if (EFFECTS.every((name) => step[name] === undefined))
        found.push({
          path,
          message: "does nothing. Write at least one of tell, assign, priority, sla, tag; e.g. tell: lead.",
        });
      return found;
    }),
  );
}

/** A ticket must not go round in plans for ever: the edge that closes the circle is the mistake. */
export function plansInCircles(sla: Plain): Problem[] {
  const leads = new Map<string, string[]>();
  return entriesOf(sla).flatMap(([key, plan]) =>
    stepsOf(plan, key).flatMap(({ step, path }): Problem[] => {
      const to = step["sla"];
      if (typeof to !== "string") return [];
      const back = way(leads, to, key);
      if (back === undefined) leads.set(key, [...(leads.get(key) ?? []), to]);
      if (back === undefined) return [];
      return [
        {
          path: [...path, "sla"],
          message: `the plans lead back to one another: ${[key, ...back].join(" -> ")}. Take \`sla\` out of one of these escalations, or write a plan that does not lead back.`,
        },
      ];
    }),
  );
}

/** The plans from one to another, both named; undefined when there is no way. */
function way(leads: ReadonlyMap<string, readonly string[]>, from: string, to: string): string[] | undefined {
  const waiting = [[from]];
  const seen = new Set<string>();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const last = next.at(-1)!;
    if (last === to) return next;
    if (seen.has(last)) continue;
    seen.add(last);
    for (const one of leads.get(last) ?? []) waiting.push([...next, one]);
  }
  return undefined;
}
