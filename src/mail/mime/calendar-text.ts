/**
 * An invitation as an agent reads it in a ticket: what is asked, when, where, by whom. No line begins like a header
 * block (`From:`, `Sent:`) or a divider, which would be taken for quoted history, and decoration around conference links
 * is left out.
 */
import type { Invitation, Invitee } from "./calendar.ts";
import { spokenDate, spokenSpan, spokenTime, type CalendarTime } from "./calendar-time.ts";

/** People and dates told one by one; the file has them all. */
const MAX_TOLD = 8;
/** So much of a description found beside it is enough to know it for the same. Characters without spaces. */
const SAME = 120;
/** The text beside an invitation is searched this far, in characters. */
const MAX_BESIDE = 100_000;

/**
 * @param beside the readable text of the same message: a description that stands there is not told twice
 * @returns lines with LF, none of them empty at either end: `Invitation: Quarterly review`, `Monday 23 November 2026
 * 10:00–11:00 (Europe/Berlin)`, `Where: Room 4`, `Organizer: Ana Ruiz <ana@acme.example>`
 */
export function invitationText(invitation: Invitation, beside = ""): string {
  const { start, location, recurrence, except, organizer, attendees, comment, more } = invitation;
  const answered = invitation.method === "reply" || invitation.method === "counter" || invitation.method === "refresh";
  const guests = attendees.filter((one) => one.address === undefined || one.address !== organizer?.address);
  const facts = [
    title(invitation),
    ...when(invitation),
    ...told("Repeats", recurrence),
    ...told("Not on", several(except.map((one) => spokenException(one, start)))),
    ...told("Where", location),
    ...told("Organizer", organizer && spokenInvitee(organizer)),
    ...told(answered ? "Answer by" : "Invited", several(guests.map(spokenInvitee))),
    ...told("Comment", comment),
    ...told("Further events in the file", more > 0 ? String(more) : ""),
  ];
  const description = withoutDecoration(invitation.description ?? "");
  const known = words(beside.slice(0, MAX_BESIDE)).includes(words(description).slice(0, SAME));
  return known ? facts.join("\n") : `${facts.join("\n")}\n\n${description}`;
}

/** Outlook's summary of a cancelled meeting begins with `Cancelled: ` already. */
function title(invitation: Invitation): string {
  const [before, summary] = [`${heading(invitation)}: `, invitation.summary || "(without a title)"];
  return summary.toLowerCase().startsWith(before.toLowerCase()) ? summary : before + summary;
}

function heading({ kind, method, cancelled, attendees }: Invitation): string {
  if (method === "reply") return ANSWERED[attendees[0]?.answer ?? "none"];
  if (cancelled || method === "cancel") return "Cancelled";
  return method === "request" && kind === "task"
    ? "Task assigned"
    : (HEADINGS[method] ?? (kind === "task" ? "Task" : "Event"));
}

/** RFC 5546 section 1.4. A REPLY is named after its answer; PUBLISH and a mere file are an event or a task. */
const HEADINGS: Readonly<Partial<Record<Invitation["method"], string>>> = {
  request: "Invitation",
  counter: "Another time is proposed",
  declinecounter: "The proposed time is declined",
  add: "Added to a series",
  refresh: "Asks for the invitation once more",
};

const ANSWERED: Readonly<Record<Invitee["answer"], string>> = {
  accepted: "Accepted",
  declined: "Declined",
  tentative: "Tentatively accepted",
  delegated: "Delegated",
  completed: "Completed",
  none: "Answer to an invitation",
};

function when({ kind, start, end, occurrence }: Invitation): string[] {
  const lines: string[] = [];
  if (start) lines.push(spokenSpan(start, kind === "task" ? undefined : end));
  if (kind === "task") lines.push(...told("Due", end && spokenTime(end)));
  // The date of a series as first planned, when this is about another time or tells none.
  const planned = occurrence && spokenTime(occurrence);
  if (planned !== undefined && planned !== (start && spokenTime(start))) lines.push(`Instead of: ${planned}`);
  else if (planned !== undefined) lines.push("Only this date of a series");
  return lines;
}

/** The date alone when the time is the event's own. */
function spokenException(one: CalendarTime, start: CalendarTime | undefined): string {
  return one.time === start?.time && one.zone === start?.zone ? spokenDate(one) : spokenTime(one);
}

function told(label: string, value: string | undefined): string[] {
  return value === undefined || value === "" ? [] : [`${label}: ${value}`];
}

function several(names: readonly string[]): string {
  const rest = names.length - MAX_TOLD;
  return names.slice(0, MAX_TOLD).join(", ") + (rest > 0 ? ` and ${rest} more` : "");
}

function spokenInvitee({ name, address }: Invitee): string {
  if (address === undefined) return name;
  return name === "" || name.toLowerCase() === address ? address : `${name} <${address}>`;
}

/**
 * Lines of nothing but signs: Teams' row of underscores, Google's `-::~:~::~:~::-`. What is left is as its author wrote it.
 */
function withoutDecoration(text: string): string {
  const lines = text.split("\n").map((line) => line.trimEnd());
  const plain = lines.filter((line) => !/^\s*[_\-*=~:.]{8,}$/.test(line)).join("\n");
  return plain.replace(/\n{3,}/g, "\n\n").trim();
}

/** Without blanks and signs, which differ between a description and the text made of it. */
function words(text: string): string {
  return text.replace(/[\s_\-*=~:.<>]+/g, "");
}
