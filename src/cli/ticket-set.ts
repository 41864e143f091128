/** `postern ticket set`: an admin changes a ticket's fields, its status, who has it, and who watches it. */
import { knownNames, readPriority } from "../desk/commands/command-argument.ts";
import { type ArgumentReading, readAssignee, readDepartment } from "../desk/commands/command-argument-names.ts";
import type { Move } from "../desk/lifecycle.ts";
import { planOf } from "../desk/sla/sla.ts";
import { type Change, type Desk, STATUSES, type Ticket } from "../desk/types.ts";
import { tagOf } from "../desk/words.ts";
import { canonicalAddress } from "../mail/address.ts";
import { setTicket } from "../stages/set-ticket.ts";
import { nearest } from "../text/nearest.ts";
import { Exit, type Globals, print, when } from "./context.ts";
import { decide, ticketNamed } from "./ticket-found.ts";
import type { AddTicketCommand } from "./ticket-part.ts";
import { untilOf } from "./ticket-until.ts";

type Options = {
  status?: string;
  until?: string;
  priority?: string;
  department?: string;
  assignee?: string;
  sla?: string;
  topic?: string;
  due?: string;
  subject?: string;
  tag: string[];
  untag: string[];
  watch: string[];
  unwatch: string[];
  notice: boolean;
};

const NONE = "none";
/** The options that change something. */
const CHANGING = [
  "status",
  "until",
  "priority",
  "department",
  "assignee",
  "sla",
  "topic",
  "due",
  "subject",
  "tag",
  "untag",
  "watch",
  "unwatch",
] as const;

const collect = (value: string, before: string[]): string[] => [...before, value];

export const addTicketSet: AddTicketCommand = (ticket, run) => {
  ticket
    .command("set")
    .argument("NUMBER", "such as NW-1001")
    .option("--status <STATUS>", STATUSES.join(", "))
    .option("--until <WHEN>", 'of --status snoozed: 3d, 4h, 2026-12-01, "2026-12-01 09:00"')
    .option("--priority <PRIORITY>")
    .option("--department <KEY>")
    .option("--assignee <AGENT>", "an agent, none, or a strategy such as round-robin")
    .option("--sla <PLAN>", "a plan of the desk file; none = the one of the department, else of the desk")
    .option("--topic <KEY>", "a topic of the desk file, or none")
    .option("--due <WHEN>", "when a solution is due, whatever the plan says; none = as the plan says")
    .option("--subject <TEXT>", "for the desk's lists; mail keeps the subject by which it is threaded")
    .option("--tag <TAG>", "may be repeated, like the next three", collect, [])
    .option("--untag <TAG>", "", collect, [])
    .option("--watch <WHO>", "an agent or an address", collect, [])
    .option("--unwatch <WHO>", "", collect, [])
    .option("--no-notice", "with --status closed: do not tell the customer")
    .description("change a ticket; every change is an event")
    .action(run(set));
};

async function set(globals: Globals, wanted: string, options: Options): Promise<number> {
  mustChangeSomething(options);
  const { before, after, plan } = await decide(globals, async (unit) => {
    const ticket = await ticketNamed(unit.tx, wanted);
    const { desk, now } = unit;
    const assignee =
      options.assignee === undefined ? undefined : read("--assignee", assigneeOf(desk, options.assignee));
    const edited = await setTicket(unit, ticket.id, {
      changes: [...changesOf(desk, ticket, options), ...ofWords(options, now, desk.timeZone)],
      ...(assignee === undefined ? {} : { assignment: assignee }),
      move: moveOf(options, now, desk.timeZone),
      notice: options.notice,
      actor: { kind: "admin" },
      cause: { kind: "cli", detail: "postern ticket set" },
    });
    return { ...edited, plan: options.sla === NONE ? planOfPlace(desk, edited.after) : "" };
  });
  const said = differences(before, after, plan);
  const same = plan && `: plan ${after.sla ?? NONE}${plan}`;
  print(
    said.length ? `${after.publicNumber}: ${said.join("; ")}.` : `${after.publicNumber} is like that already${same}.`,
  );
  return 0;
}

function mustChangeSomething(options: Options): void {
  const given = CHANGING.some((name) => options[name] !== undefined && options[name].length > 0);
  if (!given) throw new Exit(2, `Say what to change: ${CHANGING.map((name) => `--${name}`).join(", ")}.`);
}

/** Without a plan of its own a ticket has the one of its department or desk: said, so that nobody takes it for none. */
function planOfPlace(desk: Desk, { department, sla }: Ticket): string {
  if (sla === null) return ", for neither its department nor the desk has a plan";
  return `, the plan of the ${desk.departments[department]?.sla === sla ? "department" : "desk"}`;
}

function read<T>(option: string, reading: ArgumentReading<T>): T {
  if ("value" in reading) return reading.value;
  throw new Exit(2, `${option}: ${reading.why}.${reading.instead ? ` Did you mean "${reading.instead}"?` : ""}`);
}

function assigneeOf(desk: Desk, text: string) {
  const reading = readAssignee(text, knownNames(desk));
  if (!("value" in reading)) return reading;
  const { value } = reading;
  return value === "me" ? { why: 'the command line has no "me"; name an agent' } : { value };
}

function moveOf({ status, until }: Options, now: number, timeZone: string): Move | undefined {
  const to = STATUSES.find((one) => one === status);
  if (status !== undefined && !to)
    throw new Exit(2, `--status "${status}" is no status. Write one of ${STATUSES.join(", ")}.`);
  if (until !== undefined && to !== "snoozed") throw new Exit(2, "--until belongs to --status snoozed.");
  if (to === "snoozed" && until === undefined)
    throw new Exit(2, "--status snoozed needs --until: when the ticket is open again, such as 3d.");
  if (!to) return undefined;
  return until === undefined ? { to } : { to, until: untilOf(until, now, timeZone) };
}

function changesOf(desk: Desk, ticket: Ticket, options: Options): readonly Change[] {
  const names = knownNames(desk);
  const { priority, topic, sla } = options;
  const department =
    options.department === undefined ? undefined : read("--department", readDepartment(options.department, names));
  return [
    ...(department === undefined ? [] : [to("set-department", department)]),
    ...(priority === undefined ? [] : [to("set-priority", read("--priority", readPriority(priority)))]),
    ...(topic === undefined ? [] : [to("set-topic", keyOf("--topic", topic, activeKeys(desk.topics)))]),
    ...(sla === undefined ? [] : [to("set-sla", planFrom(desk, sla, department ?? ticket.department))]),
    ...options.tag.map((text): Change => ({ change: "tag", tag: tagFrom("--tag", text) })),
    ...options.untag.map((text): Change => ({ change: "untag", tag: tagFrom("--untag", text) })),
    ...options.watch.map((who): Change => ({ change: "watch", who: watcherOf(desk, "--watch", who) })),
    ...options.unwatch.map((who): Change => ({ change: "unwatch", who: watcherOf(desk, "--unwatch", who) })),
  ];
}

function ofWords({ due, subject }: Options, now: number, timeZone: string): readonly Change[] {
  if (subject?.trim() === "") throw new Exit(2, "--subject: write a few words.");
  return [
    ...(due === undefined
      ? []
      : [{ change: "set-due", to: due === NONE ? null : untilOf(due, now, timeZone, "--due") } as const]),
    ...(subject === undefined ? [] : [{ change: "set-subject", to: subject.trim() } as const]),
  ];
}

const to = (change: "set-department" | "set-priority" | "set-topic" | "set-sla", value: string | null): Change =>
  ({ change, to: value }) as Change;

/** `none` takes the ticket's own plan away: what counts then is its department's or the desk's, and stands in the ticket. */
function planFrom(desk: Desk, text: string, department: string): string | null {
  const key = keyOf("--sla", text, Object.keys(desk.sla));
  return key ?? planOf(desk, { sla: null, department })?.key ?? null;
}

/** The rule of the desk file: a tag is one word. */
function tagFrom(option: string, text: string): string {
  const tag = tagOf(text);
  if (tag !== undefined) return tag;
  throw new Exit(
    2,
    `${option}: "${text}" cannot be a tag. Write letters and digits without spaces, such as refund; for more tags repeat ${option}.`,
  );
}

const activeKeys = (all: Readonly<Record<string, { readonly active: boolean }>>): string[] =>
  Object.keys(all).filter((key) => all[key]!.active);

function keyOf(option: string, text: string, known: readonly string[]): string | null {
  if (text === NONE) return null;
  if (known.includes(text)) return text;
  const near = nearest(text, known);
  const there = known.length ? `There are ${known.join(", ")}, and none.` : "The desk file has none.";
  throw new Exit(2, `${option}: there is no "${text}".${near ? ` Did you mean "${near}"?` : ""} ${there}`);
}

/** Agents watch under their key, whatever they were called by. */
function watcherOf(desk: Desk, option: string, text: string): string {
  const reading = readAssignee(text, knownNames(desk));
  if ("value" in reading && reading.value !== "me" && reading.value.strategy === "fixed") return reading.value.agent;
  const address = text.includes("@") ? canonicalAddress(text) : undefined;
  if (address) return address;
  throw new Exit(2, `${option}: "${text}" is neither an agent nor an address.`);
}

/** @param plan what to say behind a changed plan */
function differences(before: Ticket, after: Ticket, plan: string): string[] {
  const fields = [
    ...(["status", "priority", "department", "assignee", "topic"] as const),
    ...(["sla", "dueAt", "subject", "tags", "watchers"] as const),
  ];
  const shown = (ticket: Ticket, field: (typeof fields)[number]): string => {
    const value = ticket[field];
    if (field === "dueAt") return ticket.dueAt === null ? "none" : when(ticket.dueAt);
    if (field === "status" && ticket.snoozedUntil !== null) return `snoozed until ${when(ticket.snoozedUntil)}`;
    return (Array.isArray(value) ? value.join(", ") : (value as string | null)) || "none";
  };
  const changed = fields.filter((field) => shown(before, field) !== shown(after, field));
  return changed.map(
    (field) =>
      `${field === "dueAt" ? "due" : field} ${shown(before, field)} -> ${shown(after, field)}${field === "sla" ? plan : ""}`,
  );
}
