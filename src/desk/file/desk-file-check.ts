/** Mistakes between the parts of a desk file. They look at the plain values, so they are found beside mistakes of single keys. */
import { canonicalAddress } from "../../mail/address.ts";
import type { Path, Problem } from "../../yaml/problem.ts";
import type { Plain } from "../../yaml/source.ts";
import { absences, deputies, reviewers, skills, unplaced } from "./desk-file-check-people.ts";
import { escalations, hurriedPlans, plansInCircles } from "./desk-file-check-plans.ts";
import { checkRules } from "./desk-file-check-rules.ts";
import { closings, domains } from "./desk-file-check-customers.ts";
import { entriesOf, mapOf, textsOf, type Keys } from "./desk-file-plain.ts";
import { overlapProblem } from "./desk-file-schedule.ts";

/** Every mistake that needs more than one part of the file to be seen. */
export function crossCheckDesk(file: Plain): Problem[] {
  const root = mapOf(file);
  const [agents, departments] = [entriesOf(root["agents"]), entriesOf(root["departments"])];
  return [
    ...entriesOf(root["schedules"]).flatMap(([key, one]) => overlapProblem(one, ["schedules", key])),
    ...escalations(root["sla"]),
    ...plansInCircles(root["sla"]),
    ...hurriedPlans(root),
    ...addresses(agents, departments),
    ...absences(agents),
    ...deputies(agents),
    ...reviewers(agents),
    ...unplaced(root),
    ...skills(root),
    ...membership(agents, departments),
    ...closings(root),
    ...domains(entriesOf(root["organizations"])),
    ...names(agents, "agents", "name"),
    ...names(departments, "departments", "name"),
    ...names(entriesOf(root["topics"]), "topics", "title"),
    ...checkRules(root["rules"]),
  ];
}

/** An address means one department or one agent: the mail's way depends on it. */
function addresses(agents: [string, Keys][], departments: [string, Keys][]): Problem[] {
  const uses = [
    ...departments.flatMap(([key, one]) => [
      ...usesOf(one["address"], `the department ${key}`, ["departments", key, "address"]),
      ...usesOf(one["also"], `the department ${key}`, ["departments", key, "also"]),
    ]),
    ...agents.flatMap(([key, one]) => usesOf(one["emails"], `the agent ${key}`, ["agents", key, "emails"])),
  ];
  const owners = new Map<string, string>();
  return uses.flatMap(({ address, owner, path }): Problem[] => {
    const first = owners.get(address);
    if (first === undefined) owners.set(address, owner);
    if (first === undefined) return [];
    return [
      {
        path,
        message:
          first === owner
            ? `${address} is here twice. Keep one of the two.`
            : `${address} is already an address of ${first}. An address belongs to one department or one agent: take it out of one of them.`,
      },
    ];
  });
}

function usesOf(value: Plain, owner: string, path: Path): { address: string; owner: string; path: Path }[] {
  const given = Array.isArray(value)
    ? value.map((entry, n) => [entry, [...path, n]] as const)
    : [[value, path] as const];
  return given.flatMap(([entry, at]) => {
    const address = typeof entry === "string" ? canonicalAddress(entry) : undefined;
    return address === undefined ? [] : [{ address, owner, path: at }];
  });
}

/** A department needs people, and whom it assigns to must be one of them. */
function membership(agents: [string, Keys][], departments: [string, Keys][]): Problem[] {
  const found: Problem[] = [];
  for (const [key, one] of departments) {
    const members = agents.filter(([, agent]) => textsOf(agent["in"]).includes(key)).map(([agent]) => agent);
    const assign = one["assign"];
    if (members.length === 0)
      found.push({
        path: ["departments", key],
        at: "key",
        message: `nobody works in ${key}. Write ${key} into the \`in\` of at least one agent.`,
      });
    else if (typeof assign === "string" && agents.some(([agent]) => agent === assign) && !members.includes(assign)) {
      found.push({
        path: ["departments", key, "assign"],
        message: `${assign} does not work in ${key}. Write ${key} into agents.${assign}.in, or another agent here (${members.join(", ")}).`,
      });
    }
  }
  return found;
}

/** `#assign ann` must mean one person: a name is nobody else's name or key. */
function names(entries: [string, Keys][], kind: string, nameKey: "name" | "title"): Problem[] {
  const owners = new Map(entries.map(([key]) => [key.toLowerCase(), key]));
  return entries.flatMap(([key, one]): Problem[] => {
    const name = one[nameKey];
    if (typeof name !== "string") return [];
    const first = owners.get(name.toLowerCase());
    if (first === undefined) owners.set(name.toLowerCase(), key);
    if (first === undefined || first === key) return [];
    return [
      {
        path: [kind, key, nameKey],
        message: `"${name}" could also mean ${first}. Write a ${nameKey} that tells them apart.`,
      },
    ];
  });
}
