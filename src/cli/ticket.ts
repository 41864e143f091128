/** `postern ticket`: list the tickets of a view, show one with its thread, events, mails and the trace of its rules. */
import { attachmentsOf, entriesOf, type EntryRow } from "../db/entry.ts";
import { eventsOf, type EventRow } from "../db/event.ts";
import { listDeliveries } from "../db/delivery.ts";
import type { Db } from "../db/connect.ts";
import { requireDesk } from "../db/desk.ts";
import { routesOf } from "../db/route.ts";
import { listTickets, ticketByNumber, type TicketView } from "../db/ticket.ts";
import type { Ticket } from "../desk/types.ts";
import { spokenAddress } from "../mail/address.ts";
import { didYouMean } from "../text/nearest.ts";
import {
  type AddCommand,
  Exit,
  type Globals,
  print,
  printJson,
  requireConfig,
  table,
  when,
  withStore,
  limit,
} from "./context.ts";

const VIEWS: readonly TicketView[] = ["open", "pending", "closed", "unassigned", "overdue", "all"];

export const ticketCommand: AddCommand = (root, run) => {
  const ticket = root.command("ticket").description("tickets");
  ticket
    .command("list")
    .argument("[VIEW]", VIEWS.join(", "), "open")
    .option("--assignee <AGENT>")
    .option("--department <KEY>")
    .option("--limit <N>", "at most so many", "50")
    .option("--json")
    .description("the tickets of a view")
    .action(run(list));
  ticket
    .command("show")
    .argument("NUMBER", "such as NW-1001")
    .option("--json")
    .description("thread, events and mails of one ticket")
    .action(run(show));
};

async function list(
  globals: Globals,
  view: string,
  options: { assignee?: string; department?: string; limit: string; json?: boolean },
): Promise<number> {
  const known = VIEWS.find((one) => one === view);
  if (!known) throw new Exit(2, `"${view}" is not a view. Write one of ${VIEWS.join(", ")}.`);
  const filter = {
    assignee: options.assignee,
    department: options.department,
    limit: limit(options.limit),
    now: Date.now(),
  };
  const tickets = await withStore(requireConfig(globals), async (db) => {
    const desk = await requireDesk(db);
    mustBe(desk.agents, options.assignee, "agent");
    mustBe(desk.departments, options.department, "department");
    return await listTickets(db, known, filter);
  });
  if (options.json) printJson(tickets);
  else
    print(
      tickets.length
        ? table(
            ["number", "status", "priority", "department", "assignee", "waiting for", "due", "customer", "subject"],
            tickets.map(row),
          )
        : `No tickets in the view "${view}".`,
    );
  return 0;
}

function mustBe(known: Readonly<Record<string, unknown>>, key: string | undefined, what: string): void {
  if (key === undefined || Object.hasOwn(known, key)) return;
  throw new Exit(
    3,
    `There is no ${what} "${key}".${didYouMean(key, Object.keys(known))} There are: ${Object.keys(known).join(", ")}.`,
  );
}

const row = (ticket: Ticket): string[] => [
  ticket.publicNumber,
  ticket.status,
  ticket.priority,
  ticket.department,
  ticket.assignee ?? "-",
  ticket.waitingFor ?? "-",
  when(ticket.respondDueAt),
  ticket.customer.address,
  ticket.subject,
];

async function show(globals: Globals, wanted: string, options: { json?: boolean }): Promise<number> {
  return await withStore(requireConfig(globals), async (db) => {
    const ticket = await ticketByNumber(db, wanted.replace(/^\[|\]$/g, ""));
    if (!ticket) throw new Exit(3, `There is no ticket ${wanted}. "postern ticket list all" shows them.`);
    const full = await everything(db, ticket);
    if (options.json) printJson(full);
    else describe(full);
    return 0;
  });
}

async function everything(db: Db, ticket: Ticket) {
  const entries = await entriesOf(db, ticket.id);
  const files = new Map<number, Awaited<ReturnType<typeof attachmentsOf>>>();
  for (const { id } of entries) files.set(id, await attachmentsOf(db, id));
  const routes = (await routesOf(db, ticket.id)).map(({ trace, ...rest }) => ({
    ...rest,
    trace: trace ? (JSON.parse(trace) as unknown) : null,
  }));
  const deliveries = (await listDeliveries(db, { ticketId: ticket.id, limit: 500 }))
    .reverse()
    .map(({ token_mode: _mode, ...rest }) => rest);
  return {
    ticket,
    entries: entries.map((entry) => ({ ...entry, attachments: files.get(entry.id) ?? [] })),
    events: await eventsOf(db, ticket.id),
    deliveries,
    routes,
  };
}

type Everything = Awaited<ReturnType<typeof everything>>;

function describe({ ticket, entries, events, deliveries, routes }: Everything): void {
  print(`${ticket.publicNumber}  ${ticket.subject}`);
  print(
    `${ticket.status}, ${ticket.priority}, ${ticket.department}, ${ticket.assignee ?? "nobody"}; waiting for ${ticket.waitingFor ?? "nobody"}${ticket.respondDueAt && ticket.waitingFor === "us" ? `; answer due ${when(ticket.respondDueAt)}` : ""}`,
  );
  print(
    `customer ${ticket.customer.name} <${spokenAddress(ticket.customer.address)}>${ticket.participants.length ? `, with ${ticket.participants.map(({ address }) => address).join(", ")}` : ""}; language ${ticket.language ?? "-"}; topic ${ticket.topic ?? "-"}; tags ${ticket.tags.join(" ") || "-"}`,
  );
  const lines = [
    ...entries.map((entry) => ({ at: entry.created_at, text: entryText(entry) })),
    ...events.map((event) => ({ at: event.at, text: eventText(event) })),
  ];
  for (const { text } of lines.sort((a, b) => a.at - b.at)) print(text);
  if (deliveries.length)
    print(
      `\n${table(
        ["mail", "kind", "to", "state", "tries", "response"],
        deliveries.map((one) => [
          String(one.id),
          one.kind,
          one.recipient,
          one.state,
          String(one.attempts),
          one.response ?? "",
        ]),
      )}`,
    );
  for (const route of routes) if (route.error) print(`\nrouting failed ${route.attempts} times: ${route.error}`);
}

function entryText({
  kind,
  author_name,
  author_address,
  text,
  marks,
  created_at,
  attachments,
}: EntryRow & { attachments: readonly { filename: string; size: number }[] }): string {
  const tags = (JSON.parse(marks) as string[]).map((mark) => ` (${mark})`).join("");
  const files = attachments.map(({ filename, size }) => `\n    [${filename}, ${size} bytes]`).join("");
  return `\n${when(created_at)}  ${kind} of ${author_name || author_address}${tags}\n${text.replace(/^/gm, "    ")}${files}\n`;
}

function eventText({ at, name, actor, cause_kind, cause, old, new: to, detail }: EventRow): string {
  const change = old === null && to === null ? "" : ` ${old === null ? "" : `${old} -> `}${to ?? "none"}`;
  return `${when(at)}  ${name}${change}  [${actor}; ${cause_kind} ${cause}]${detail ? ` ${detail}` : ""}`;
}
