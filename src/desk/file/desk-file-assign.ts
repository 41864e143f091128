/** Who gets a ticket and who is told, between the desk file and `Assignment` and `Audience`. */
import { canonicalAddress } from "../../mail/address.ts";
import { didYouMean } from "../../text/nearest.ts";
import { choice, list, scalar, section, textOr, Wrong } from "../../yaml/fields.ts";
import { show } from "../../yaml/problem.ts";
import { capacityField, skillField } from "./desk-file-names.ts";
import { given, someKeys } from "./desk-file-shape.ts";
import { STRATEGIES, type Agent, type Assignment, type Audience, type EmailAddress, type Picking } from "../types.ts";

/** Words of `assign` and `tell`, which therefore cannot be keys of agents. */
export const RESERVED_AGENT_KEYS = ["none", ...STRATEGIES, "assignee", "members", "lead", "me"];

const ALONE = ["none", ...STRATEGIES];
const OTHERWISE = STRATEGIES.filter((strategy) => strategy !== "sticky");

const isStrategy = (word: string): word is Picking["strategy"] => (STRATEGIES as readonly string[]).includes(word);

/** `none`, a strategy, an agent's key; or a map that says which agents come into question. */
export const assignField = (agents: readonly string[]) => textOr(assignWord(agents), pickingSection());

const assignWord = (agents: readonly string[]) =>
  scalar("an assignment", `${ALONE.join(", ")} or the key of an agent`, (input): Assignment | Wrong => {
    if (input === "none") return { strategy: input };
    if (isStrategy(input)) return { strategy: input };
    if (agents.includes(input)) return { strategy: "fixed", agent: input };
    return new Wrong(
      `there is no agent ${show(input)} in this file. ${didYouMean(input, [...agents, ...ALONE])}Write ${ALONE.join(", ")} or the key of an agent${agents.length > 0 ? ` (${agents.join(", ")})` : ""}.`,
    );
  });

const pickingSection = () =>
  section({
    by: choice(STRATEGIES),
    otherwise: choice(OTHERWISE).optional(),
    skills: list(skillField(), 1).optional(),
    capacity: capacityField().optional(),
  })
    .check(({ value: { by, otherwise }, issues }) => {
      const message = `belongs to sticky: ${by} finds somebody without it. Take it out, or write by: sticky.`;
      if (otherwise !== undefined && by !== "sticky")
        issues.push({ code: "custom", path: ["otherwise"], message, input: otherwise });
    })
    .transform(({ by, otherwise, skills, capacity }): Assignment => ({
      strategy: by,
      ...given({ otherwise, skills: skills && [...new Set(skills)], capacity }),
    }));

/** An assignment as the desk file writes it. */
export function writeAssign(assign: Assignment): unknown {
  if (assign.strategy === "fixed") return assign.agent;
  if (assign.strategy === "none") return "none";
  const { strategy, otherwise, skills, capacity } = assign;
  const rest = someKeys({ otherwise, skills, capacity });
  return rest === undefined ? strategy : { by: strategy, ...rest };
}

/** Agents by their addresses: an audience knows nobody's key. */
export type Addresses = Readonly<Record<string, { readonly emails: readonly EmailAddress[] }>>;

/** One receiver of a `tell`, an agent's key among them; `none` where nobody is meant. */
export const receiver = (agents: readonly string[], none?: "none") => {
  const words = ["assignee", "members", "lead", ...(none ? [none] : [])];
  const write = `${words.join(", ")}, the key of an agent, or an address`;
  return scalar("known here", write, (input): string | Wrong => {
    if (words.includes(input) || agents.includes(input)) return input;
    return (
      canonicalAddress(input) ??
      new Wrong(`${show(input)} is nobody that can be told. ${didYouMean(input, [...words, ...agents])}Write ${write}.`)
    );
  });
};

/** Receivers as an audience: an agent is told at their first address. */
export function toAudience(receivers: readonly string[], agents: Addresses): Audience {
  const told = receivers
    .filter((one) => one !== "none")
    .map((one) => (Object.hasOwn(agents, one) ? agents[one]!.emails[0]! : one));
  return [...new Set(told)] as Audience;
}

/** An audience as the desk file writes it. */
export function writeAudience(audience: Audience, agents: Readonly<Record<string, Agent>>): unknown {
  const keys = new Map(
    Object.values(agents)
      .filter(({ active }) => active)
      .map(({ key, emails }) => [emails[0] as string, key]),
  );
  const told = audience.map((one) => keys.get(one) ?? one);
  return told.length === 0 ? "none" : told.length === 1 ? told[0] : told;
}
