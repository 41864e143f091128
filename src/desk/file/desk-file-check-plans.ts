/** Mistakes of SLA plans that need more than one value to be seen. */
import type { Path, Problem } from "../../yaml/problem.ts";
import type { Plain } from "../../yaml/source.ts";
import { parseWorkingTime } from "./desk-file-hours.ts";
import { entriesOf, listOf, mapOf, type Keys } from "./desk-file-plain.ts";
import { plainWorkingDay } from "./desk-file-schedule.ts";

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

/** A closing answers, too: it is never due before the first answer. What a priority leaves out is the plan's. */
export function hurriedPlans(root: Keys): Problem[] {
  return entriesOf(root["sla"]).flatMap(([key, plan]) => {
    const day = plainWorkingDay(mapOf(mapOf(root["schedules"])[String(plan["during"])]));
    const minutes = (time: Plain) => (typeof time === "string" ? parseWorkingTime(time, day) : undefined) ?? NaN;
    const check = (own: Keys, path: Path): Problem[] => {
      const [respond, resolve] = [own["respond"] ?? plan["respond"], own["resolve"] ?? plan["resolve"]];
      if (!(minutes(resolve) < minutes(respond))) return [];
      const message = `the closing would be due after ${String(resolve)}, before the first answer (${String(respond)}). Write a \`resolve\` that is not shorter than \`respond\`.`;
      return [{ path: [...path, own["resolve"] === undefined ? "respond" : "resolve"], message }];
    };
    const priorities = entriesOf(plan["priorities"]).filter(([, own]) => own["respond"] ?? own["resolve"]);
    return [
      ...check(plan, ["sla", key]),
      ...priorities.flatMap(([priority, own]) => check(own, ["sla", key, "priorities", priority])),
    ];
  });
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
