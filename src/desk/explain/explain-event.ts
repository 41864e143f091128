/** An event of a ticket in words for whoever asks why: what happened, who did it, what made them. */

/** An event as it is stored; the column names are the database's. */
export type StoryEvent = {
  readonly at: number;
  readonly seq: number;
  readonly name: string;
  readonly actor_kind: string;
  readonly actor: string;
  readonly cause_kind: string;
  readonly cause: string;
  readonly old: string | null;
  readonly new: string | null;
  readonly detail: string | null;
};

/** A moment for people, to the second: `2026-11-23 10:00:00Z`. */
export function moment(ms: number): string {
  return new Date(ms).toISOString().replace("T", " ").slice(0, 19).concat("Z");
}

const FIELDS: Readonly<Record<string, string>> = {
  "set-status": "status",
  "set-priority": "priority",
  "set-department": "department",
  "set-topic": "topic",
  "set-sla": "SLA plan",
  "set-customer": "customer",
  assign: "assignee",
};

/** `priority normal -> high`, `tag vip added`, `acknowledged: joe@x.example`. */
export function eventText(event: StoryEvent): string {
  const { name, old, new: to } = event;
  const field = FIELDS[name];
  if (field !== undefined) return `${field} ${old ?? none(name)} -> ${to ?? none(name)}`;
  switch (name) {
    case "tag":
      return `tag ${to} added`;
    case "untag":
      return `tag ${old} removed`;
    case "watch":
      return `watched by ${to}`;
    case "unwatch":
      return `no longer watched by ${old}`;
    case "set-spam":
      return to === "yes" ? "put aside as spam" : "no longer spam";
    case "set-waiting-for":
      return `waiting for ${to ?? "nobody"}`;
    case "takes no part":
    case "unlinked":
    case "domain forgotten":
      return `${name}: ${old}`;
    default:
      return `${name}${to === null ? "" : `: ${old === null ? "" : `${old} -> `}${to.replace(/^inbound (\d+)$/, "message $1")}`}`;
  }
}

const none = (name: string): string => (name === "assign" ? "nobody" : "none");

/** What made it happen: `message 17: no evidence names a ticket`, `rule "Login words": it is Ben's turn`, `command #close`. */
export function causeWords({ cause_kind, cause, detail }: StoryEvent): string {
  const message = /^inbound (\d+)(?:: (.*))?$/s.exec(cause);
  const words = message
    ? `message ${message[1]}${message[2] === undefined ? "" : `: ${message[2]}`}`
    : cause.startsWith(`${cause_kind} `)
      ? cause
      : `${cause_kind} ${cause}`;
  // What an unmerge needs to know is for programs.
  return detail === null || detail.startsWith("{") ? words : `${words}; ${detail}`;
}

/** `by ann`, `by joe@x.example (customer)`; nothing for what Postern did itself, since the cause says all. */
export function actorWords({ actor_kind, actor }: StoryEvent): string {
  if (actor_kind === "postern") return "";
  return ["agent", "admin"].includes(actor_kind) ? `by ${actor}` : `by ${actor} (${actor_kind})`;
}

/** The message that an event names as its cause. */
export function messageOf({ cause }: StoryEvent): number | undefined {
  const found = /^inbound (\d+)\b/.exec(cause)?.[1];
  return found === undefined ? undefined : Number(found);
}
