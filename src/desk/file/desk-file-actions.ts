/** A rule's `then` between the desk file and its actions, in the order in which they apply: where a ticket goes before who gets it. */
import type { z } from "zod";
import { canonicalAddress } from "../../mail/address.ts";
import { didYouMean } from "../../text/nearest.ts";
import { address } from "../../yaml/address-field.ts";
import { choice, duration, flag, list, scalar, section, text, textOr, Wrong } from "../../yaml/fields.ts";
import { show } from "../../yaml/problem.ts";
import { formatDuration } from "../../yaml/units.ts";
import { assignField, receiver, toAudience, writeAssign, writeAudience, type Addresses } from "./desk-file-assign.ts";
import { daysField, readTag, reference, tagField, type DeskNames } from "./desk-file-names.ts";
import { oneOrList } from "./desk-file-shape.ts";
import { PRIORITIES, STATUSES, type Agent, type EmailAddress, type RuleAction } from "../types.ts";

/** In characters. */
const LONGEST_TEXT = 10_000;

/** The Liquid in these texts is checked where the whole rule is known (desk-file-check-rules.ts): `match` depends on its patterns. */
export const thenSection = (names: DeskNames) =>
  section(
    {
      department: reference("department", names.department).optional(),
      topic: reference("topic", names.topic).optional(),
      priority: choice(PRIORITIES).optional(),
      sla: reference("sla", names.sla).optional(),
      assign: assignField(names.agent).optional(),
      tag: list(tagText()).optional(),
      untag: list(tagField()).optional(),
      status: statusField().optional(),
      watch: list(watcher(names.agent)).optional(),
      note: text("a note", 'a text, e.g. "Order {{ match.order }}"', LONGEST_TEXT).optional(),
      reply: reference("canned", names.canned).optional(),
      tell: list(receiver(names.agent), 1).optional(),
      mail: section({
        to: list(address("ops@example.com"), 1),
        subject: text("a subject", 'a text, e.g. "Ticket {{ ticket.number }}"', 300),
        text: text("a text", 'what the mail says, e.g. "{{ customer.name }} waits."', LONGEST_TEXT),
      }).optional(),
      webhook: webhookField().optional(),
      acknowledge: only("false", "an acknowledgement is sent anyway").optional(),
      reject: reference("canned", names.canned).optional(),
      spam: only("true", "a ticket is no spam anyway").optional(),
      merge: duration("24h", "1m", "365d").optional(),
      customer: choice(["reply-to"]).optional(),
      stop: flag().optional(),
    },
    ["forward", "delete", "hold", "close"],
  );

const tagText = () =>
  scalar("a tag", "letters and digits without spaces, e.g. refund or order-{{ match.order }}", (input) => {
    if (!/\{[{%]/.test(input)) return readTag(input);
    const around = input.replace(/\{\{[^}]*\}\}|\{%[^%]*%\}/g, "");
    return input.length <= 200 && /^[\p{L}\p{M}\p{N}_.-]*$/u.test(around) ? input : undefined;
  });

/** `pending`, or `{ snoozed: 3d }`. */
const statusField = () =>
  textOr(
    choice(STATUSES).refine((status) => status !== "snoozed", {
      error: "`snoozed` needs to know for how long. Write { snoozed: 3d }.",
    }),
    section({ snoozed: daysField("3d", 1) }),
  );

const watcher = (agents: readonly string[]) =>
  scalar("somebody who can watch", "the key of an agent or an address", (input) => {
    if (agents.includes(input)) return input;
    return (
      canonicalAddress(input) ??
      new Wrong(
        `${show(input)} is nobody who can watch. ${didYouMean(input, agents)}Write the key of an agent or an address.`,
      )
    );
  });

const webhookField = () =>
  scalar("a web address", "a URL that begins with https:// or http://", (input) => {
    if (input.length > 2_000 || !/^https?:\/\/[^/\s]/i.test(input) || !URL.canParse(input)) return undefined;
    const { username, password } = new URL(input);
    return username !== "" || password !== ""
      ? new Wrong("holds a name or a password: anybody who exports the desk would read it. Write a URL without them.")
      : input;
  });

/** A switch that has one useful side. */
const only = (word: "true" | "false", otherwise: string) =>
  flag().refine((value) => String(value) === word, { error: `${otherwise}. Write ${word}, or take it out.` });

type ThenFile = z.output<ReturnType<typeof thenSection>>;

/** The actions of a rule, in the order of the table above. */
export function toActions(then: ThenFile, agents: Addresses): RuleAction[] {
  const act = <T>(value: T | undefined, made: (value: T) => RuleAction): RuleAction[] =>
    value === undefined ? [] : [made(value)];
  return [
    ...act(then.department, (to) => ({ action: "department", to })),
    ...act(then.topic, (to) => ({ action: "topic", to })),
    ...act(then.priority, (to) => ({ action: "priority", to })),
    ...act(then.sla, (to) => ({ action: "sla", to })),
    ...act(then.assign, (to) => ({ action: "assign", to })),
    ...act(then.tag, (tags) => ({ action: "tag", tags: [...new Set(tags)] })),
    ...act(then.untag, (tags) => ({ action: "untag", tags: [...new Set(tags)] })),
    ...act(then.status, (to) =>
      typeof to === "string" ? { action: "status", to } : { action: "status", to: "snoozed", days: to.snoozed },
    ),
    ...act(then.watch, (who) => ({ action: "watch", who: toWatchers(who, agents) })),
    ...act(then.note, (note) => ({ action: "note", text: note })),
    ...act(then.reply, (canned) => ({ action: "reply", canned })),
    ...act(then.tell, (told) => ({ action: "tell", audience: toAudience(told, agents) })),
    ...act(then.mail, (mail) => ({ action: "mail", ...mail })),
    ...act(then.webhook, (url) => ({ action: "webhook", url })),
    ...act(then.acknowledge, () => ({ action: "silence" })),
    ...act(then.reject, (canned) => ({ action: "reject", canned })),
    ...act(then.spam, () => ({ action: "spam" })),
    ...act(then.merge, (ms) => ({ action: "merge", withinMinutes: Math.max(1, Math.round(ms / 60_000)) })),
    ...act(then.customer, (from) => ({ action: "customer", from })),
  ];
}

/** An agent's address means the agent. */
function toWatchers(who: readonly string[], agents: Addresses): (string | EmailAddress)[] {
  const keys = new Map(
    Object.entries(agents).flatMap(([key, { emails }]) => emails.map((one) => [one as string, key])),
  );
  return [...new Set(who.map((one) => keys.get(one) ?? one))];
}

/** `assign: dev`, `tag: [vip]`: the key and value of an action as the desk file writes it. */
export function writeAction(action: RuleAction, agents: Readonly<Record<string, Agent>>): [string, unknown] {
  switch (action.action) {
    case "assign":
      return ["assign", writeAssign(action.to)];
    case "tag":
    case "untag":
      return [action.action, action.tags];
    case "status":
      return ["status", action.days === undefined ? action.to : { [action.to]: `${action.days}d` }];
    case "watch":
      return ["watch", oneOrList(action.who)];
    case "note":
      return ["note", action.text];
    case "reply":
    case "reject":
      return [action.action, action.canned];
    case "tell":
      return ["tell", writeAudience(action.audience, agents)];
    case "mail":
      return ["mail", { to: oneOrList(action.to), subject: action.subject, text: action.text }];
    case "webhook":
      return ["webhook", action.url];
    case "silence":
      return ["acknowledge", false];
    case "spam":
      return ["spam", true];
    case "merge":
      return ["merge", formatDuration(action.withinMinutes * 60_000)];
    case "customer":
      return ["customer", action.from];
    default:
      return [action.action, action.to];
  }
}
