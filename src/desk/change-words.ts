/** An event of a ticket in a few words for agents: "assigned to Dev Patel (IT's default)". */
import type { Desk } from "./types.ts";

export type WordedEvent = {
  readonly name: string;
  readonly actor: string;
  readonly cause_kind: string;
  readonly cause: string;
  readonly old: string | null;
  readonly new: string | null;
};

/** Undefined for events that say nothing to a reader of the thread, such as a mail that was sent. */
export function changeInWords(event: WordedEvent, desk: Desk): string | undefined {
  const to = event.new;
  const why = reason(event, desk);
  switch (event.name) {
    case "opened":
      return "opened by mail";
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
    default:
      return undefined;
  }
}

const agent = (desk: Desk, key: string | null): string => desk.agents[key ?? ""]?.name ?? key ?? "nobody";

function reason({ cause_kind, cause, actor }: WordedEvent, desk: Desk): string {
  if (cause_kind === "department") return ` (${desk.departments[cause.split(":")[0]!]?.name ?? cause}'s default)`;
  if (cause_kind === "rule" || cause_kind === "topic" || cause_kind === "default") return ` (${cause})`;
  return cause_kind === "command" ? ` by ${actor}` : "";
}
