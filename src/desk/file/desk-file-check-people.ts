/** Mistakes about agents that need more than one value to be seen: times of absence, deputies, reviewers, skills. */
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

/** A trainee's answers wait until somebody sends them: the reviewer, or a lead of the department. */
export function reviewers(agents: readonly [string, Keys][]): Problem[] {
  const isTrainee = ([, { role }]: [string, Keys]): boolean => role === "trainee";
  const able = agents.filter((one) => !isTrainee(one)).map(([key]) => key);
  const others = able.length > 0 ? ` (${able.join(", ")})` : "";
  return agents.flatMap(([key, agent]): Problem[] => {
    const { reviewer } = agent;
    const path: Path = ["agents", key, "reviewer"];
    if (reviewer === key)
      return [{ path, message: `${key} cannot review ${key}'s answers. Write another agent${others}.` }];
    if (agents.some((one) => one[0] === reviewer && isTrainee(one))) {
      const message = `${show(reviewer)} is a trainee, whose own answers wait for a reviewer. Write another agent${others}.`;
      return [{ path, message }];
    }
    if (!isTrainee([key, agent]) || reviewer !== undefined) return [];
    const places = textsOf(agent["in"]);
    const led = agents.some(
      ([, { role, in: at }]) => role === "lead" && textsOf(at).some((one) => places.includes(one)),
    );
    const where = places.length > 0 ? `no lead works in ${places.join(" or ")}` : `${key} works in no department`;
    const message = `${where}, so nobody would send what ${key} writes: a trainee's answers wait for that. Write reviewer: and the key of an agent${others} for ${key}.`;
    return led ? [] : [{ path: ["agents", key], at: "key", message }];
  });
}

/** An agent who is to get tickets works somewhere. Whom a department assigns to is looked at where its members are. */
export function unplaced(root: Keys): Problem[] {
  const agents = mapOf(root["agents"]);
  const named = [
    ...assignments(root).filter(([, path]) => path[0] !== "departments"),
    ...entriesOf(agents).map(([key, { deputy }]): [Plain, Path] => [deputy, ["agents", key, "deputy"]]),
    ...entriesOf(root["sla"]).map(([key, plan]): [Plain, Path] => [plan["escalate_to"], ["sla", key, "escalate_to"]]),
  ];
  return named.flatMap(([who, path]): Problem[] => {
    if (typeof who !== "string" || !Object.hasOwn(agents, who)) return [];
    if (textsOf(mapOf(agents[who])["in"]).length > 0) return [];
    const message = `${who} works in no department, so no ticket can go to ${who}. Write a department into agents.${who}.in, or another agent here.`;
    return [{ path, message }];
  });
}

/** An assignment that asks for a skill nobody has would never find anybody; a department's looks among its members. */
export function skills(root: Keys): Problem[] {
  const agents = entriesOf(root["agents"]);
  return assignments(root).flatMap(([assign, path]) => {
    const department = path[0] === "departments" ? String(path[1]) : undefined;
    const members = agents.filter(([, agent]) => department === undefined || textsOf(agent["in"]).includes(department));
    const [all, known] = [skillsOf(agents), skillsOf(members)];
    return listOf(mapOf(assign)["skills"]).flatMap(([skill, place]): Problem[] => {
      const tag = typeof skill === "string" ? (readTag(skill) ?? skill) : undefined;
      if (tag === undefined || known.has(tag) || (members.length === 0 && all.has(tag))) return [];
      const [who, where] = all.has(tag) ? [`nobody in ${department}`, " who works there"] : ["no agent", ""];
      return [
        {
          path: [...path, "skills", ...place],
          message: `${who} has the skill ${show(skill)}. ${didYouMean(tag, known)}Write it into the \`skills\` of at least one agent${where}.`,
        },
      ];
    });
  });
}

const skillsOf = (agents: readonly [string, Keys][]): ReadonlySet<string> =>
  new Set(agents.flatMap(([, agent]) => textsOf(agent["skills"]).map((skill) => readTag(skill) ?? skill)));

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
