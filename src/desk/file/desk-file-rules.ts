/** Rules between the desk file and `Rule`: trigger, condition, actions (desk-file-actions.ts), examples (desk-file-examples.ts). */
import type { z } from "zod";
import { choice, flag, list, section, text } from "../../yaml/fields.ts";
import { thenSection, toActions, writeAction } from "./desk-file-actions.ts";
import type { Addresses } from "./desk-file-assign.ts";
import type { Beside } from "./desk-file-beside.ts";
import { conditionField, writeCondition } from "./desk-file-condition.ts";
import { exampleSection, toExample, writeExample } from "./desk-file-examples.ts";
import type { DeskNames } from "./desk-file-names.ts";
import { TRIGGERS, type Agent, type Condition, type Rule } from "../types.ts";

/** One entry of `rules:`. Its position is its place in the list. */
export const ruleSection = (names: DeskNames, beside: Beside) =>
  section(
    {
      name: text("a name", "a name by which people will know the rule, e.g. Outages are urgent", 200),
      when: choice(TRIGGERS),
      enabled: flag().default(true),
      if: conditionField(names).optional(),
      then: thenSection(names),
      examples: list(exampleSection(names, beside)).default([]),
    },
    ["else", "after"],
  );

type RuleFile = z.output<ReturnType<typeof ruleSection>>;

export function toRule(file: RuleFile, index: number, agents: Addresses): Rule {
  const condition: { if?: Condition } = file.if === undefined ? {} : { if: file.if };
  return {
    position: index + 1,
    name: file.name,
    enabled: file.enabled,
    when: file.when,
    ...condition,
    then: toActions(file.then, agents),
    stop: file.then.stop ?? false,
    examples: file.examples.map(toExample),
  };
}

/** A rule as the desk file writes it. */
export function writeRule(rule: Rule, agents: Readonly<Record<string, Agent>>): Record<string, unknown> {
  return {
    name: rule.name,
    when: rule.when,
    ...(!rule.enabled && { enabled: false }),
    ...(rule.if !== undefined && { if: writeCondition(rule.if) }),
    then: {
      ...writeActions(rule, agents),
      ...((rule.stop || rule.then.length === 0) && { stop: rule.stop }),
    },
    ...(rule.examples.length > 0 && { examples: rule.examples.map(writeExample) }),
  };
}

/** The actions of a rule as the map of its `then`, without `stop`. */
export const writeActions = ({ then }: Rule, agents: Readonly<Record<string, Agent>>): Record<string, unknown> =>
  Object.fromEntries(then.map((action) => writeAction(action, agents)));
