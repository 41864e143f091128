/** An event of a ticket in a few words for agents: "assigned to Dev Patel (IT's default)". */
import { dayOf, timeOfDay } from "./notices/notice-words.ts";
import type { Desk } from "./types.ts";

export type WordedEvent = {
  readonly name: string;
  readonly actor: string;
  readonly cause_kind: string;
  readonly cause: string;
  readonly old: string | null;
  readonly new: string | null;
  readonly detail?: string | null;
};

/** Undefined for events that say nothing to a reader of the thread, such as a mail that was sent. */
export function changeInWords(event: WordedEvent, desk: Desk): string | undefined {
  return wordsOf(event, desk)?.replace(/\d{4}-\d\d-\d\dT[\d:.]{8,12}Z/g, (moment) => localTime(moment, desk));
}

/** `24 November 09:00`. */
function localTime(moment: string, { timeZone }: Desk): string {
  const at = Date.parse(moment);
  const clock = { timeZone, locale: "en-GB" };
  return `${dayOf(at, at, clock)} ${timeOfDay(at, clock)}`;
}

function wordsOf(event: WordedEvent, desk: Desk): string | undefined {
  const to = event.new;
  const why = reason(event, desk);
  switch (event.name) {
    case "opened":
      return /^split from [^\s:]+/.exec(event.detail ?? "")?.[0] ?? openedBy(desk.agents[event.actor]?.name);
    case "assign":
      return to === null ? `taken from ${agent(desk, event.old)}${why}` : `assigned to ${agent(desk, to)}${why}`;
    case "set-department":
      return `moved to ${desk.departments[to ?? ""]?.name ?? to}${why}`;
    case "set-priority":
      return `priority ${event.old} -> ${to}${why}`;
    case "set-status":
      return `status ${event.old} -> ${to}${why}`;
    case "set-topic":
      return `topic ${desk.topics[to ?? ""]?.title ?? to ?? "none"}${why}`;
    case "tag":
      return `tagged ${to}${why}`;
    case "untag":
      return `tag ${event.old} removed${why}`;
    case "set-sla":
      return `SLA plan ${to ?? "none"}${why}`;
    case "set-subject":
      return `subject "${event.old}" -> "${to}"${why}`;
    case "set-due":
      return to === null ? `due as the plan says${why}` : `due ${to}${why}`;
    case "sla breached":
      return `overdue${why}`;
    case "sla escalated":
      return `escalated${why}`;
    case "watch":
      return `watched by ${agent(desk, to)}${why}`;
    case "unwatch":
      return `no longer watched by ${agent(desk, event.old)}${why}`;
    case "set-customer":
      return `customer ${event.old} -> ${to}${why}`;
    case "merged in":
      return `${to} merged into this ticket${why}`;
    case "merge taken back":
      return `${event.old} is a ticket of its own again${why}`;
    case "linked":
      return `linked with ${to}${why}`;
    case "unlinked":
      return `no longer linked with ${event.old}${why}`;
    case "set-spam":
      return `${to === "yes" ? "put aside as spam" : "no longer spam"}${why}`;
    case "takes part":
      return `${to} takes part${why}`;
    case "takes no part":
      return `${event.old} takes no part any more${why}`;
    case "reference barred":
      return `answers to the mail that ${to} answered lead here no more${why}`;
    case "reference allowed again":
      return `answers that were barred lead here again${why}`;
    case "domain accepted":
      return `whoever writes from ${to} takes part${why}`;
    case "domain forgotten":
      return `who writes from ${event.old} no longer takes part by that${why}`;
    case "undone":
      return `taken back by ${event.actor}: ${event.detail ?? ""}`;
    case "reply sent again":
      return `answer to ${to} sent again${why}`;
    case "split":
      return `${to} split off${why}`;
    case "closing announced":
      return "the customer was told that it will be closed";
    default:
      return undefined;
  }
}

/** An agent opens it for somebody who has called. */
const openedBy = (name: string | undefined): string => (name === undefined ? "opened by mail" : `opened by ${name}`);

const agent = (desk: Desk, key: string | null): string => desk.agents[key ?? ""]?.name ?? key ?? "nobody";

const BY_ITSELF = ["topic", "organization", "default", "sla", "clock"];
const BY_PEOPLE = ["command", "console", "cli"];

function reason({ cause_kind, cause, actor }: WordedEvent, desk: Desk): string {
  if (cause_kind === "department") return ` (${desk.departments[cause.split(":")[0]!]?.name ?? cause}'s default)`;
  if (cause_kind === "rule") return ` (rule ${cause.replace(/^"(.*)"$/s, "$1")})`;
  if (BY_ITSELF.includes(cause_kind)) return ` (${cause})`;
  return BY_PEOPLE.includes(cause_kind) ? ` by ${actor}` : "";
}
