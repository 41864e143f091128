/**
 * Invitations (iCalendar, RFC 5545; what is asked with it: RFC 5546): the facts that a person needs to answer one.
 * Nothing is scheduled, expanded or converted. One calendar is one invitation: the event itself, before the changed
 * dates of a series that come with it.
 */
import { canonicalAddress } from "../address.ts";
import { oneLine } from "../encoded-word.ts";
import type { EmailAddress } from "../types.ts";
import { readLines, splitCalendar, type Component, type ContentLine } from "./calendar-lines.ts";
import { ruleInWords } from "./calendar-rule.ts";
import { lastDay, later, readTime, type CalendarTime } from "./calendar-time.ts";

/** What is asked (RFC 5546 section 1.4); `none`: a file that somebody exported. */
export type InvitationMethod =
  "request" | "reply" | "cancel" | "counter" | "declinecounter" | "publish" | "add" | "refresh" | "none";

/** Somebody asked, and the answer given (PARTSTAT, RFC 5545 section 3.2.12). */
export type Invitee = {
  readonly name: string;
  readonly address?: EmailAddress;
  readonly answer: "accepted" | "declined" | "tentative" | "delegated" | "completed" | "none";
};

/** Plain JSON, every text bounded and without control characters but line ends in `description` and `comment`. */
export type Invitation = {
  readonly method: InvitationMethod;
  /** VEVENT or VTODO. */
  readonly kind: "event" | "task";
  readonly summary: string;
  readonly start?: CalendarTime;
  /** With whole days the last day, not the day after it. Of a task: when it is due. */
  readonly end?: CalendarTime;
  readonly location?: string;
  readonly organizer?: Invitee;
  readonly attendees: readonly Invitee[];
  /** The rule in words: `every week on Monday`. */
  readonly recurrence?: string;
  /** Dates that the rule would give and that are left out. */
  readonly except: readonly CalendarTime[];
  /** The date of a series that this is about, as first planned (RECURRENCE-ID). */
  readonly occurrence?: CalendarTime;
  readonly description?: string;
  /** What an attendee writes with an answer. */
  readonly comment?: string;
  /** STATUS:CANCELLED, whatever the method says. */
  readonly cancelled: boolean;
  /** Further events of the same calendar that are not told here. */
  readonly more: number;
};

const MAX_LINE = 500;
/** Characters. Agents read the rest in the file; a page of conference dial-in numbers is about 3,000. */
const MAX_DESCRIPTION = 5_000;
const MAX_ATTENDEES = 200;
const MAX_EXCEPT = 100;

const HEAD = new Set(["method"]);
const FIELDS = new Set(
  "summary dtstart dtend due duration location organizer attendee rrule exdate recurrence-id description comment status x-microsoft-cdo-alldayevent".split(
    " ",
  ),
);

/** By type, or by name where a program did not know the type: `invite.ics`. */
export function isCalendar(contentType: string, filename = ""): boolean {
  if (["text/calendar", "text/x-vcalendar", "application/ics", "text/ics"].includes(contentType)) return true;
  return contentType === "application/octet-stream" && /\.(?:ics|vcs|ical)$/i.test(filename);
}

/**
 * Reads an invitation. Never throws; linear in the size, of which the first two million characters count.
 * @param ics a text/calendar part, without its transfer encoding; bytes rather than text where they are at hand, because
 * lines may be folded inside a character
 * @param charset of the bytes, as the part states it; UTF-8 when it states none
 * @returns undefined when it holds no event and no task
 */
export function readInvitation(ics: string | Buffer, charset?: string): Invitation | undefined {
  const calendar = splitCalendar(ics, charset);
  if (!calendar) return undefined;
  const all = calendar.components;
  const main =
    all.find(({ lines }) => !lines.some((line) => /^RECURRENCE-ID[;:]/i.test(line))) ?? (all[0] as Component);
  const [method] = readLines(calendar.head, HEAD);
  return { method: methodOf(method), ...readComponent(main), more: all.length - 1 };
}

function methodOf(line: ContentLine | undefined): InvitationMethod {
  const name = line?.raw.trim().toLowerCase() ?? "";
  return METHODS.find((method) => method === name) ?? "none";
}

const METHODS: readonly InvitationMethod[] = [
  "request",
  "reply",
  "cancel",
  "counter",
  "declinecounter",
  "publish",
  "add",
  "refresh",
];

function readComponent({ kind, lines }: Component): Omit<Invitation, "method" | "more"> {
  const fields = readLines(lines, FIELDS);
  const all = (name: string): ContentLine[] => fields.filter((field) => field.name === name);
  const first = (name: string): ContentLine | undefined => fields.find((field) => field.name === name);
  const text = (name: string): string | undefined => textOf(first(name)) || undefined;
  const time = (name: string): CalendarTime | undefined => times(first(name))[0];
  const [rule, organizer] = [first("rrule"), first("organizer")];
  return {
    kind,
    summary: short(text("summary")),
    ...span(
      time("dtstart"),
      time(kind === "task" ? "due" : "dtend"),
      first("duration"),
      textOf(first("x-microsoft-cdo-alldayevent")),
    ),
    ...defined("location", short(text("location")) || undefined),
    ...defined("organizer", organizer && inviteeOf(organizer)),
    attendees: all("attendee").slice(0, MAX_ATTENDEES).map(inviteeOf),
    ...defined("recurrence", rule && ruleInWords(rule)),
    except: all("exdate").flatMap(times).slice(0, MAX_EXCEPT),
    ...defined("occurrence", time("recurrence-id")),
    ...defined("description", text("description")),
    ...defined("comment", text("comment")),
    cancelled: /^cancelled$/i.test(textOf(first("status"))),
  };
}

function defined<K extends string, T>(name: K, value: T | undefined): { [key in K]?: T } {
  return value === undefined ? {} : ({ [name]: value } as { [key in K]?: T });
}

function textOf(line: ContentLine | undefined): string {
  const [value] = line?.values ?? [];
  if (typeof value !== "string") return "";
  // eslint-disable-next-line no-control-regex
  const plain = value.replace(/\r\n?/g, "\n").replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]+/g, " ");
  const bounded = plain.length > MAX_DESCRIPTION ? `${plain.slice(0, MAX_DESCRIPTION)}…` : plain;
  return bounded.trim().toWellFormed();
}

function short(text: unknown): string {
  return oneLine(typeof text === "string" ? text : "")
    .slice(0, MAX_LINE)
    .toWellFormed();
}

function times(line: ContentLine | undefined): CalendarTime[] {
  return (line?.values ?? [])
    .map((value) => readTime(value, line?.params["tzid"]))
    .filter((time) => time !== undefined);
}

/** Outlook writes a whole day as midnight to midnight of a zone and says so beside it. */
function span(
  start: CalendarTime | undefined,
  end: CalendarTime | undefined,
  duration: ContentLine | undefined,
  allDay: string,
): Pick<Invitation, "start" | "end"> {
  if (!start) return defined("end", end);
  const until = end ?? (duration ? later(start, duration.values[0]) : undefined);
  const whole = start.time === undefined || (/^true$/i.test(allDay) && start.time === "00:00");
  if (!whole) return { start, ...defined("end", until) };
  return { start: { date: start.date }, end: lastDay(start, until ?? start) };
}

/** `ATTENDEE;CN="Ruiz, Ana";PARTSTAT=ACCEPTED:mailto:ana@acme.example`; rooms and groups look the same. */
function inviteeOf({ params, values: [value] }: ContentLine): Invitee {
  const uri = typeof value === "string" ? value : "";
  const address = canonicalAddress(uri.replace(/^.*mailto:/is, ""));
  const name = short(params["cn"]);
  const answer = String(params["partstat"] ?? "").toLowerCase();
  return { name, ...defined("address", address), answer: ANSWERS.find((known) => known === answer) ?? "none" };
}

const ANSWERS: readonly Invitee["answer"][] = ["accepted", "declined", "tentative", "delegated", "completed"];
