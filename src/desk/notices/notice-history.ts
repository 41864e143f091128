/** A ticket's past in the words of a notice: what was changed and why, and what was written, oldest first. */
import type { HistoryLine } from "./notice-facts.ts";
import { type Clock, shortLine, shortTime } from "./notice-words.ts";
import type { CausedChange, Change, Desk, Status } from "../types.ts";

/** Enough to know where one is; the whole ticket is on the console. */
const MOST_CHANGES = 20;
const MOST_ENTRIES = 4;
const MOST_LINES = 6;
const LONGEST_LINE = 160;

/** `assigned to Dev Patel (department default)`. */
export function changeLine(desk: Desk, { change, cause }: CausedChange): string {
  return cause.detail === "" ? changeWords(desk, change) : `${changeWords(desk, change)} (${cause.detail})`;
}

const STATUS_WORDS: Readonly<Record<Status, string>> = {
  open: "opened again",
  pending: "set to pending",
  snoozed: "snoozed",
  closed: "closed",
};

function changeWords(desk: Desk, change: Change): string {
  switch (change.change) {
    case "set-status":
      return STATUS_WORDS[change.to];
    case "set-priority":
      return `priority ${change.to}`;
    case "set-department":
      return `moved to ${desk.departments[change.to]?.name ?? change.to}`;
    case "set-topic":
      return change.to === null ? "topic removed" : `topic ${desk.topics[change.to]?.title ?? change.to}`;
    case "set-sla":
      return change.to === null ? "SLA plan removed" : `SLA plan ${change.to}`;
    case "assign":
      return change.to === null
        ? "given back, assigned to nobody"
        : `assigned to ${desk.agents[change.to]?.name ?? change.to}`;
    case "tag":
      return `tagged ${change.tag}`;
    case "untag":
      return `tag ${change.tag} removed`;
    case "watch":
      return `watched by ${desk.agents[change.who]?.name ?? change.who}`;
    case "unwatch":
      return `no longer watched by ${desk.agents[change.who]?.name ?? change.who}`;
    case "set-customer":
      return `customer ${change.to.address}`;
    case "set-spam":
      return change.to ? "put aside as spam" : "not spam after all";
    case "set-subject":
      return `subject "${shortLine(change.to, 80)}"`;
    case "set-due":
      return change.to === null ? "due as the plan says" : `due ${new Date(change.to).toISOString()}`;
    case "set-waiting-for":
      return change.to === null
        ? "waiting for nobody"
        : change.to === "us"
          ? "waiting for us"
          : "waiting for the customer";
  }
}

/** The newest changes and entries as lines of text, `10:02  opened by mail`; entries shortened and indented. */
export function historyText(history: readonly HistoryLine[], now: number, clock: Clock): string {
  const sorted = history.toSorted((left, right) => left.at - right.at);
  const changes = sorted.filter((one) => "change" in one);
  const entries = sorted.filter((one) => "text" in one);
  const shown = new Set<HistoryLine>([...changes.slice(-MOST_CHANGES), ...entries.slice(-MOST_ENTRIES)]);
  const lines = sorted.filter((one) => shown.has(one)).map((one) => pastLine(one, now, clock));
  return [...(shown.size < sorted.length ? ["(older lines left out)"] : []), ...lines].join("\n");
}

function pastLine(past: HistoryLine, now: number, clock: Clock): string {
  const time = shortTime(past.at, now, clock);
  if ("change" in past) return `${time}  ${shortLine(past.change, LONGEST_LINE)}`;
  const lines = past.text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== "");
  const shown = lines.slice(0, MOST_LINES).map((line) => `  ${shortLine(line, LONGEST_LINE)}`);
  return [`${time}  ${shortLine(past.from, 80)}:`, ...shown, ...(lines.length > MOST_LINES ? ["  …"] : [])].join("\n");
}
