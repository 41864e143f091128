/** `postern ticket show`: one ticket with its thread, events, mails and the traces of its rules, for people or as JSON. */
import type { Db } from "../db/connect.ts";
import { listDeliveries } from "../db/delivery.ts";
import { requireDesk } from "../db/desk.ts";
import { attachmentsOf, entriesOf, type EntryRow } from "../db/entry.ts";
import { eventsOf, type EventRow } from "../db/event.ts";
import { routesOf } from "../db/route.ts";
import { slaOf } from "../db/sla.ts";
import { linkedFrom, mergedTickets, ticketById } from "../db/ticket.ts";
import { dueInWords } from "../desk/sla/sla-words.ts";
import type { Ticket } from "../desk/types.ts";
import { spokenAddress } from "../mail/address.ts";
import { type Globals, print, printJson, requireConfig, table, when, withStore } from "./context.ts";
import { ticketNamed } from "./ticket-found.ts";
import type { AddTicketCommand } from "./ticket-part.ts";

export const addTicketShow: AddTicketCommand = (ticket, run) => {
  ticket
    .command("show")
    .argument("NUMBER", "such as NW-1001")
    .option("--json")
    .description("thread, events and mails of one ticket; times are UTC")
    .action(run(show));
};

async function show(globals: Globals, wanted: string, options: { json?: boolean }): Promise<number> {
  return await withStore(requireConfig(globals), async (db) => {
    const full = await everything(db, await ticketNamed(db, wanted));
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
  const sla = await slaOf(db, await requireDesk(db), ticket, Date.now());
  return {
    ticket,
    links: await linksOf(db, ticket),
    due: { words: dueInWords(sla, (at) => when(at)), ...sla },
    entries: entries.map((entry) => ({ ...entry, attachments: files.get(entry.id) ?? [] })),
    events: await eventsWithMerged(db, ticket),
    deliveries,
    routes,
  };
}

/** Numbers of the tickets that this one belongs with, both ways. */
async function linksOf(db: Db, { id, linkedTo, mergedInto }: Ticket) {
  const numberOf = async (other: number | null) =>
    other === null ? null : ((await ticketById(db, other))?.publicNumber ?? null);
  const merged = (await mergedTickets(db, id)).map(({ publicNumber }) => publicNumber);
  return {
    linkedTo: await numberOf(linkedTo),
    linkedFrom: await linkedFrom(db, id),
    mergedInto: await numberOf(mergedInto),
    merged,
  };
}

/** What happened to the tickets that were merged into this one is part of its story. */
async function eventsWithMerged(db: Db, ticket: Ticket): Promise<(EventRow & { of: string })[]> {
  const all: (EventRow & { of: string })[] = [];
  for (const { id, publicNumber } of [ticket, ...(await mergedTickets(db, ticket.id))])
    all.push(...(await eventsOf(db, id)).map((event) => ({ ...event, of: publicNumber })));
  return all.sort((a, b) => Number(a.at) - Number(b.at) || a.id - b.id);
}

type Everything = Awaited<ReturnType<typeof everything>>;

function describe({ ticket, links, due, entries, events, deliveries, routes }: Everything): void {
  print([`${ticket.publicNumber}  ${ticket.subject}`, ...standing(ticket, due.words), ...linkLines(links)].join("\n"));
  const lines = [
    ...entries.map((entry) => ({ at: entry.created_at, text: entryText(entry) })),
    ...events.map((event) => ({ at: event.at, text: eventText(event, ticket.publicNumber) })),
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

function standing(ticket: Ticket, due: string): string[] {
  const { status, snoozedUntil, priority, department, assignee, customer, participants } = ticket;
  const until = snoozedUntil === null ? "" : ` until ${when(snoozedUntil)}`;
  const spam = ticket.spam ? "spam, " : "";
  const people = participants.map(({ address }) => address).join(", ");
  return [
    `${spam}${status}${until}, ${priority}, ${department}, ${assignee ?? "nobody"}; waiting for ${ticket.waitingFor ?? "nobody"}`,
    due,
    `customer ${[customer.name, `<${spokenAddress(customer.address)}>`].filter(Boolean).join(" ")}${people ? `, with ${people}` : ""}; organization ${ticket.organization ?? "-"}; language ${ticket.language ?? "-"}`,
    `topic ${ticket.topic ?? "-"}; tags ${ticket.tags.join(", ") || "-"}; watched by ${ticket.watchers.join(", ") || "nobody"}`,
  ];
}

function linkLines({ linkedTo, linkedFrom: later, mergedInto, merged }: Everything["links"]): string[] {
  return [
    ...(mergedInto ? [`merged into ${mergedInto}: there it goes on`] : []),
    ...(merged.length ? [`merged into this one: ${merged.join(", ")}`] : []),
    ...(linkedTo ? [`continues ${linkedTo}`] : []),
    ...(later.length ? [`continued in ${later.join(", ")}`] : []),
  ];
}

function entryText(entry: EntryRow & { attachments: readonly { filename: string; size: number }[] }): string {
  const { id, kind, author_name, author_address, text, marks, created_at, attachments } = entry;
  const tags = (JSON.parse(marks) as string[]).map((mark) => ` (${mark})`).join("");
  const files = attachments.map(({ filename, size }) => `\n    [${filename}, ${size} bytes]`).join("");
  const head = `${when(created_at)}  entry ${id}, ${kind} of ${author_name || author_address}${tags}`;
  return `\n${head}\n${text.replace(/^/gm, "    ")}${files}\n`;
}

function eventText(
  { at, name, actor, cause_kind, cause, old, new: to, detail, of }: EventRow & { of: string },
  number: string,
): string {
  const change = old === null && to === null ? "" : ` ${old === null ? "" : `${old} -> `}${to ?? "none"}`;
  // What an unmerge needs is for programs.
  const more = detail && !detail.startsWith("{") ? ` ${detail}` : "";
  return `${when(at)}  ${of === number ? "" : `(${of}) `}${name}${change}  [${actor}; ${cause_kind} ${cause}]${more}`;
}
