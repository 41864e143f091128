/** Mistakes about agents that need more than one value to be seen: times of absence, deputies, skills. */
import { didYouMean } from "../../text/nearest.ts";
import { Wrong } from "../../yaml/fields.ts";
import { show, type Path, type Problem } from "../../yaml/problem.ts";
import type { Plain } from "../../yaml/source.ts";
import { parseAbsence } from "./desk-file-agents.ts";
import { readTag } from "./desk-file-names.ts";
import { entriesOf, listOf, mapOf, textsOf, type Keys } from "./desk-file-plain.ts";

/** One day belongs to one absence: two that share days are a slip of the pen. */
export function absences(agents: readonly [string, Keys][]): Problem[] {
  return agents.flatMap(([key, agent]) => {
    const found = listOf(agent["away"]).flatMap(([value, place]) => {
      const absence = typeof value === "string" ? parseAbsence(value) : undefined;
      return absence === undefined || absence instanceof Wrong ? [] : [{ ...absence, text: value as string, place }];
    });
    return found.flatMap(({ from, to, text, place }, n): Problem[] => {
      const other = found.slice(0, n).find((one) => one.from <= to && from <= one.to);
      return other === undefined
        ? []
        : [
            {
              path: ["agents", key, "away", ...place],
              message: `${text} and ${other.text} share days. Write ranges that do not overlap, or one for both.`,
            },
          ];
    });
  });
}

export function deputies(agents: readonly [string, Keys][]): Problem[] {
  return agents.flatMap(([key, { deputy }]): Problem[] =>
    deputy === key
      ? [
          {
            path: ["agents", key, "deputy"],
            message: `${key} cannot stand in for ${key}. Write the key of another agent, or take it out.`,
          },
        ]
      : [],
  );
}

/** An assignment that asks for a skill nobody has would never find anybody. */
export function skills(root: Keys): Problem[] {
  const known = new Set(
    entriesOf(root["agents"]).flatMap(([, agent]) => textsOf(agent["skills"]).map((skill) => readTag(skill) ?? skill)),
  );
  return assignments(root).flatMap(([assign, path]) =>
    listOf(mapOf(assign)["skills"]).flatMap(([skill, place]): Problem[] => {
      if (typeof skill !== "string" || known.has(readTag(skill) ?? skill)) return [];
      return [
        {
          path: [...path, "skills", ...place],
          message: `no agent has the skill ${show(skill)}. ${didYouMean(skill, known)}Write it into the \`skills\` of at least one agent.`,
        },
      ];
    }),
  );
}

/** Every `assign` of the file. */
function assignments(root: Keys): [Plain, Path][] {
  return [
    ...entriesOf(root["departments"]).map(([key, one]): [Plain, Path] => [
      one["assign"],
      ["departments", key, "assign"],
    ]),
    ...entriesOf(root["sla"]).flatMap(([key, plan]) =>
      listOf(plan["escalate"]).map(([one, place]): [Plain, Path] => [
        mapOf(one)["assign"],
        ["sla", key, "escalate", ...place, "assign"],
      ]),
    ),
    ...listOf(root["rules"]).map(([rule, place]): [Plain, Path] => [
      mapOf(mapOf(rule)["then"])["assign"],
      ["rules", ...place, "then", "assign"],
    ]),
  ];
}
