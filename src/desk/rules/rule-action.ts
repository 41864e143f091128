/**
 * What the actions of a rule do to what rules have chosen so far, and how that is told. Changes of fields become picks, of
 * which the last counts; everything else becomes an effect, kept in order.
 */
import { Temporal } from "temporal-polyfill";
import type { RuleTicket } from "./facts.ts";
import { statusRefusal } from "../lifecycle.ts";
import { readRuleTag } from "./rule-tag.ts";
import type { Picks, TagChoice } from "./settled.ts";
import type { Assignment, Cause, Effect, Rule, RuleAction, Status } from "../types.ts";

/** An effect with the rule that wants it and what that rule's named groups caught ("" for those that caught nothing). */
export type RuleEffect = {
  readonly effect: Effect;
  readonly cause: Cause;
  readonly match: Readonly<Record<string, string>>;
};

export type Chosen = { readonly picks: Picks; readonly effects: readonly RuleEffect[] };

export type Acting = {
  readonly rule: Rule;
  readonly match: Readonly<Record<string, string>>;
  /** UTC ms. */
  readonly now: number;
  readonly timeZone: string;
  /** Its status before any rule. */
  readonly statusBefore: Status;
};

export type Done = Chosen & { readonly did: string };

/** Effects of which there can be one; a later rule's takes the place of an earlier one's. */
const ONCE: readonly Effect["action"][] = ["silence", "reject", "spam", "merge", "customer"];
/** A ticket with more has been tagged by accident. */
const MOST_TAGS = 100;

/** Does one action. @param ticket as the actions before it left it */
export function act(chosen: Chosen, action: RuleAction, acting: Acting, ticket: RuleTicket): Done {
  const { picks } = chosen;
  const cause: Cause = { kind: "rule", detail: `"${acting.rule.name}"` };
  switch (action.action) {
    case "tag":
      return tag(chosen, action.tags, acting, ticket);
    case "untag": {
      const tags = action.tags.reduce((all, value) => withTag(all, { value, cause, gone: true }), picks.tags);
      return {
        ...chosen,
        picks: tags === picks.tags ? picks : { ...picks, tags },
        did: `untag ${action.tags.join(", ")}`,
      };
    }
    case "status":
      return status(chosen, action, acting, ticket);
    case "assign":
    case "department":
    case "priority":
    case "topic":
    case "sla":
      return {
        ...chosen,
        picks: { ...picks, [action.action]: { value: action.to, cause } },
        did: told(action.action, action.to, picks, ticket),
      };
    case "watch": {
      const fresh = action.who.filter((who) => !picks.watchers.some(({ value }) => value === who));
      const watchers = [...picks.watchers, ...fresh.map((value) => ({ value, cause }))];
      return { ...chosen, picks: { ...picks, watchers }, did: `watch ${action.who.join(", ")}` };
    }
    default:
      return effect(chosen, action, { effect: action, cause, match: acting.match });
  }
}

function status(
  chosen: Chosen,
  { to, days }: Extract<RuleAction, { action: "status" }>,
  { rule, now, timeZone, statusBefore }: Acting,
  ticket: RuleTicket,
): Done {
  const until = to === "snoozed" && days !== undefined ? daysLater(now, days, timeZone) : undefined;
  const known = { publicNumber: "the ticket", status: statusBefore, mergedInto: null };
  const refused = statusRefusal(known, { to, until }, "postern");
  if (refused !== undefined) return { ...chosen, did: `left out: ${refused}` };
  const cause: Cause = { kind: "rule", detail: `"${rule.name}"` };
  const picks = { ...chosen.picks, status: { value: to, cause, ...(until === undefined ? {} : { until }) } };
  const line = told("status", to, chosen.picks, ticket);
  const did = until === undefined ? line : `${line} until ${new Date(until).toISOString()}`;
  return { ...chosen, picks, did };
}

/** The same local time so many days later; parts of a day are hours. */
function daysLater(now: number, days: number, timeZone: string): number {
  const whole = Math.trunc(days);
  const local = Temporal.Instant.fromEpochMilliseconds(Math.floor(now)).toZonedDateTimeISO(timeZone);
  return local.add({ days: whole }).epochMilliseconds + Math.round((days - whole) * 86_400_000);
}

function tag(chosen: Chosen, texts: readonly string[], { rule, match }: Acting, ticket: RuleTicket): Done {
  const cause: Cause = { kind: "rule", detail: `"${rule.name}"` };
  let { tags } = chosen.picks;
  const made: string[] = [];
  const left: string[] = [];
  for (const text of texts) {
    const read = readRuleTag(text, match);
    if ("why" in read) left.push(read.why);
    else if (ticket.tags.length + made.length >= MOST_TAGS && !ticket.tags.includes(read.tag))
      left.push(`${read.tag}: ${MOST_TAGS} tags are the most`);
    else {
      tags = withTag(tags, { value: read.tag, cause });
      made.push(read.tag);
    }
  }
  const did = [
    ...(made.length > 0 ? [`tag ${made.join(", ")}`] : []),
    ...(left.length > 0 ? [`left out: the tag ${left.join("; ")}`] : []),
  ].join("; ");
  return { ...chosen, picks: tags === chosen.picks.tags ? chosen.picks : { ...chosen.picks, tags }, did };
}

/** What was the last word on this tag already is not said again. */
function withTag(tags: readonly TagChoice[], choice: TagChoice): readonly TagChoice[] {
  const last = tags.findLast(({ value }) => value === choice.value);
  return last !== undefined && last.gone === choice.gone ? tags : [...tags, choice];
}

type Replaced = "department" | "priority" | "status" | "topic" | "sla" | "assign";

/** `priority normal -> high`, or which rule had chosen otherwise. */
function told(field: Replaced, value: string | Assignment, picks: Picks, ticket: RuleTicket): string {
  const to = textOf(value);
  const before = picks[field];
  if (before !== undefined && textOf(before.value) !== to)
    return `${field} ${to} overrides rule ${before.cause.detail} (${textOf(before.value)})`;
  if (field === "assign") return `assign ${to}`;
  const now = ticket[field];
  return now === to ? `${field} stays ${to}` : `${field} ${now ?? "none"} -> ${to}`;
}

const textOf = (value: string | Assignment): string => (typeof value === "string" ? value : assignmentText(value));

/** An assignment in one word: the agent's key, or the strategy. */
export function assignmentText(assignment: Assignment): string {
  return assignment.strategy === "fixed" ? assignment.agent : assignment.strategy;
}

function effect(chosen: Chosen, action: Effect, made: RuleEffect): Done {
  const line = effectText(action);
  const before = ONCE.includes(action.action)
    ? chosen.effects.find(({ effect: { action: known } }) => known === action.action)
    : undefined;
  const did =
    before === undefined ? line : `${line} overrides rule ${before.cause.detail} (${effectText(before.effect)})`;
  return { ...chosen, effects: [...chosen.effects.filter((one) => one !== before), made], did };
}

/** An effect in words, without texts and addresses' secrets: `webhook hooks.nw.example`. */
export function effectText(action: Effect): string {
  switch (action.action) {
    case "reply":
    case "reject":
      return `${action.action} ${action.canned}`;
    case "tell":
      return `tell ${action.audience.join(", ")}`;
    case "mail":
      return `mail ${action.to.join(", ")}`;
    case "webhook":
      return `webhook ${URL.parse(action.url)?.host ?? "somewhere"}`;
    case "silence":
      return "acknowledge no";
    case "merge":
      return `merge within ${action.withinMinutes / 60} h`;
    case "customer":
      return `customer from ${action.from}`;
    case "watch":
      return `watch ${action.who.join(", ")}`;
    default:
      return action.action;
  }
}
