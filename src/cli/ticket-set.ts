/** `postern ticket set`: an admin changes a ticket's fields, its status, who has it, and who watches it. */
import { ARGUMENTS, type ArgumentReading, knownNames } from "../desk/commands/command-argument.ts";
import type { Move } from "../desk/lifecycle.ts";
import { type Change, type Desk, STATUSES, type Ticket } from "../desk/types.ts";
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
  tag: string[];
  untag: string[];
  watch: string[];
  unwatch: string[];
  notice: boolean;
};

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
    .option("--sla <PLAN>", "a plan of the desk file, or none")
    .option("--topic <KEY>", "a topic of the desk file, or none")
    .option("--tag <TAG>", "may be repeated, like the next three", collect, [])
    .option("--untag <TAG>", "", collect, [])
    .option("--watch <WHO>", "an agent or an address", collect, [])
    .option("--unwatch <WHO>", "", collect, [])
    .option("--no-notice", "with --status closed: do not tell the customer")
    .description("change a ticket; every change is an event")
    .action(run(set));
};

async function set(globals: Globals, wanted: string, options: Options): Promise<number> {
  const { before, after } = await decide(globals, async (unit) => {
    const { id } = await ticketNamed(unit.tx, wanted);
    const { desk, now } = unit;
    const assignee =
      options.assignee === undefined ? undefined : read("--assignee", assigneeOf(desk, options.assignee));
    return await setTicket(unit, id, {
      changes: changesOf(desk, options),
      ...(assignee === undefined ? {} : { assignment: assignee }),
      move: moveOf(options, now, desk.timeZone),
      notice: options.notice,
      actor: { kind: "admin" },
      cause: { kind: "cli", detail: "postern ticket set" },
    });
  });
  const said = differences(before, after);
  print(said.length ? `${after.publicNumber}: ${said.join("; ")}.` : `${after.publicNumber} is like that already.`);
  return 0;
}

function read<T>(option: string, reading: ArgumentReading<T>): T {
  if ("value" in reading) return reading.value;
  throw new Exit(2, `${option}: ${reading.why}.${reading.instead ? ` Did you mean "${reading.instead}"?` : ""}`);
}

function assigneeOf(desk: Desk, text: string) {
  const reading = ARGUMENTS.agent(text, knownNames(desk));
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

function changesOf(desk: Desk, options: Options): readonly Change[] {
  const names = knownNames(desk);
  const tags = (option: string, given: readonly string[]) =>
    given.flatMap((text) => read(option, ARGUMENTS.tags(text, names)));
  const { department, priority, topic, sla } = options;
  return [
    ...(department === undefined
      ? []
      : [to("set-department", read("--department", ARGUMENTS.department(department, names)))]),
    ...(priority === undefined ? [] : [to("set-priority", read("--priority", ARGUMENTS.priority(priority, names)))]),
    ...(topic === undefined ? [] : [to("set-topic", keyOf("--topic", topic, activeKeys(desk.topics)))]),
    ...(sla === undefined ? [] : [to("set-sla", keyOf("--sla", sla, Object.keys(desk.sla)))]),
    ...tags("--tag", options.tag).map((tag): Change => ({ change: "tag", tag })),
    ...tags("--untag", options.untag).map((tag): Change => ({ change: "untag", tag })),
    ...options.watch.map((who): Change => ({ change: "watch", who: watcherOf(desk, "--watch", who) })),
    ...options.unwatch.map((who): Change => ({ change: "unwatch", who: watcherOf(desk, "--unwatch", who) })),
  ];
}

const to = (change: "set-department" | "set-priority" | "set-topic" | "set-sla", value: string | null): Change =>
  ({ change, to: value }) as Change;

const activeKeys = (all: Readonly<Record<string, { readonly active: boolean }>>): string[] =>
  Object.keys(all).filter((key) => all[key]!.active);

function keyOf(option: string, text: string, known: readonly string[]): string | null {
  if (text === "none") return null;
  if (known.includes(text)) return text;
  const near = nearest(text, known);
  const there = known.length ? `There are ${known.join(", ")}, and none.` : "The desk file has none.";
  throw new Exit(2, `${option}: there is no "${text}".${near ? ` Did you mean "${near}"?` : ""} ${there}`);
}

/** Agents watch under their key, whatever they were called by. */
function watcherOf(desk: Desk, option: string, text: string): string {
  const reading = ARGUMENTS.agent(text, knownNames(desk));
  if ("value" in reading && reading.value !== "me" && reading.value.strategy === "fixed") return reading.value.agent;
  const address = text.includes("@") ? canonicalAddress(text) : undefined;
  if (address) return address;
  throw new Exit(2, `${option}: "${text}" is neither an agent nor an address.`);
}

function differences(before: Ticket, after: Ticket): string[] {
  const fields = ["status", "priority", "department", "assignee", "topic", "sla", "tags", "watchers"] as const;
  const shown = (ticket: Ticket, field: (typeof fields)[number]): string => {
    const value = ticket[field];
    if (field === "status" && ticket.snoozedUntil !== null) return `snoozed until ${when(ticket.snoozedUntil)}`;
    return (Array.isArray(value) ? value.join(" ") : (value as string | null)) || "none";
  };
  const changed = fields.filter((field) => shown(before, field) !== shown(after, field));
  return changed.map((field) => `${field} ${shown(before, field)} -> ${shown(after, field)}`);
}
