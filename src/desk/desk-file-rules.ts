/** Rules between the desk file and `Rule`: trigger, condition, and the table of actions. */
import type { z } from "zod";
import { choice, flag, list, section, text } from "../yaml/fields.ts";
import { conditionField, writeCondition } from "./desk-file-condition.ts";
import { assignField, formatAssign, reference, tagField, type DeskNames } from "./desk-file-names.ts";
import { PRIORITIES, STATUSES, TRIGGERS, type Condition, type Rule, type RuleAction } from "./types.ts";

const LATER_ACTIONS = ["customer", "tell", "sla", "note", "reply", "forward", "untag", "delete", "hold", "close"];
const LATER_KEYS = ["examples", "else", "after"];

/** One entry of `rules:`. Its position is its place in the list. */
export const ruleSection = (names: DeskNames) =>
  section(
    {
      name: text("a name", "a name by which people will know the rule, e.g. Outages are urgent", 200),
      when: choice(TRIGGERS, ["clock"]),
      enabled: flag().default(true),
      if: conditionField({ ...names, assignee: names.agent }).optional(),
      then: thenSection(names),
    },
    LATER_KEYS,
  );

/** Actions in the order in which they are applied: where the ticket goes before who gets it. */
const thenSection = (names: DeskNames) =>
  section(
    {
      department: reference("department", names.department).optional(),
      topic: reference("topic", names.topic).optional(),
      priority: choice(PRIORITIES).optional(),
      assign: assignField(names.agent).optional(),
      tag: list(tagField()).optional(),
      status: choice(STATUSES).optional(),
      stop: flag().optional(),
    },
    LATER_ACTIONS,
  );

type RuleFile = z.output<ReturnType<typeof ruleSection>>;

export function toRule(file: RuleFile, index: number): Rule {
  const { then } = file;
  const actions: (RuleAction | undefined)[] = [
    then.department === undefined ? undefined : { action: "department", to: then.department },
    then.topic === undefined ? undefined : { action: "topic", to: then.topic },
    then.priority === undefined ? undefined : { action: "priority", to: then.priority },
    then.assign === undefined ? undefined : { action: "assign", to: then.assign },
    then.tag === undefined ? undefined : { action: "tag", tags: [...new Set(then.tag)] },
    then.status === undefined ? undefined : { action: "status", to: then.status },
  ];
  const condition: { if?: Condition } = file.if === undefined ? {} : { if: file.if };
  return {
    position: index + 1,
    name: file.name,
    enabled: file.enabled,
    when: file.when,
    ...condition,
    then: actions.filter((action) => action !== undefined),
    stop: then.stop ?? false,
    examples: [],
  };
}

/** A rule as the desk file writes it. */
export function writeRule(rule: Rule): Record<string, unknown> {
  return {
    name: rule.name,
    when: rule.when,
    ...(!rule.enabled && { enabled: false }),
    ...(rule.if !== undefined && { if: writeCondition(rule.if) }),
    then: {
      ...Object.fromEntries(rule.then.map(writeAction)),
      ...((rule.stop || rule.then.length === 0) && { stop: rule.stop }),
    },
  };
}

/** `assign: dev`, `tag: [vip]`: the key and value of an action. */
export function writeAction(action: RuleAction): [string, unknown] {
  if (action.action === "assign") return ["assign", formatAssign(action.to)];
  if ("tags" in action) return [action.action, action.tags];
  if ("to" in action && action.action !== "mail") return [action.action, action.to];
  const { action: name, ...rest } = action;
  return [name, rest];
}
