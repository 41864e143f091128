/** Keys that one part of a desk file uses to refer to another, and the small scalars that several parts share. */
import { didYouMean } from "../text/nearest.ts";
import { scalar, Wrong } from "../yaml/fields.ts";
import { show } from "../yaml/problem.ts";
import type { Plain } from "../yaml/source.ts";
import { canonicalAddress } from "../mail/address.ts";
import { fold } from "./words.ts";
import type { Assignment, Audience } from "./types.ts";

/** The keys that the file defines, collected before it is checked, so that a wrong reference is found beside every other mistake. */
export type DeskNames = {
  readonly agent: readonly string[];
  readonly department: readonly string[];
  readonly topic: readonly string[];
  readonly sla: readonly string[];
  readonly schedule: readonly string[];
};

/** Words of `assign` and `tell`, which therefore cannot be keys of agents. */
export const RESERVED_AGENT_KEYS = ["none", "round-robin", "least-open", "assignee", "members", "lead", "me"];

export const keysOf = (value: Plain): string[] =>
  typeof value === "object" && !Array.isArray(value) ? Object.keys(value) : [];

/** The key of an agent, department, topic, SLA plan or schedule of this file. */
export const reference = (kind: keyof DeskNames, keys: readonly string[]) => {
  const named = kind === "sla" ? "SLA plan" : kind;
  return scalar(`the key of a ${named}`, `the key of a ${named}`, (input): string | Wrong => {
    if (keys.includes(input)) return input;
    return new Wrong(
      `there is no ${named} ${show(input)} in this file. ${didYouMean(input, keys)}${keys.length > 0 ? `Known here: ${keys.join(", ")}.` : `The file defines none.`}`,
    );
  });
};

/** `none`, `round-robin`, `least-open` or an agent's key. */
export const assignField = (agents: readonly string[]) =>
  scalar("an assignment", "none, round-robin, least-open or the key of an agent", (input): Assignment | Wrong => {
    if (input === "none" || input === "round-robin" || input === "least-open") return { strategy: input };
    if (agents.includes(input)) return { strategy: "fixed", agent: input };
    return new Wrong(
      `there is no agent ${show(input)} in this file. ${didYouMean(input, [...agents, "none", "round-robin", "least-open"])}Write none, round-robin, least-open or the key of an agent${agents.length > 0 ? ` (${agents.join(", ")})` : ""}.`,
    );
  });

export const formatAssign = (assign: Assignment): string =>
  assign.strategy === "fixed" ? assign.agent : assign.strategy;

export type Receiver = Audience[number] | "none";

/** One receiver of a `tell`. */
export const receiver = () =>
  scalar("known here", "assignee, members, lead, none or an address", (input): Receiver | Wrong => {
    if (input === "assignee" || input === "members" || input === "lead" || input === "none") return input;
    const address = canonicalAddress(input);
    if (address !== undefined) return address;
    return new Wrong(
      `${show(input)} is nobody that can be told. ${didYouMean(input, ["assignee", "members", "lead", "none"])}Write assignee, members, lead, none, or an address.`,
    );
  });

/** A tag as `#tag` accepts it: letters, digits, `-`, `_`, `.`, up to 40, in lower case. */
export const tagField = () =>
  scalar("a tag", "letters and digits without spaces, e.g. refund", (input) => {
    const tag = fold(input);
    return tag.length <= 40 && /^[\p{L}\p{N}][\p{L}\p{M}\p{N}_.-]*$/u.test(tag) ? tag : undefined;
  });
