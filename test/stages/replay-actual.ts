/** What really became of mails that came in: read from tickets, entries, events, calls and mails, not from what was decided. */
import type { Db } from "../../src/db/connect.ts";
import { entriesOf } from "../../src/db/entry.ts";
import { eventsOf } from "../../src/db/event.ts";
import { routesOf, type RouteRecord } from "../../src/db/route.ts";
import { ticketById } from "../../src/db/ticket.ts";
import type { Outcome } from "../../src/stages/replay-outcome.ts";

export type Actual = {
  readonly topic: string | null;
  readonly department: string;
  readonly priority: string;
  readonly sla: string | null;
  readonly status: string;
  /** The agent or the strategy that somebody was picked by; who it was depends on the others. */
  readonly assign: string | null;
  readonly acknowledged: string | null;
  readonly tags: readonly string[];
  readonly watchers: readonly string[];
  readonly effects: readonly string[];
};

/** Events by which the desk says that it did something for a rule, or why it could not. */
const DONE: Readonly<Record<string, string>> = {
  "canned reply written": "reply",
  "canned reply not written": "reply",
  "rejection written": "reject",
  "rejection not written": "reject",
  "mail written": "mail",
  "webhook written": "webhook",
  "customer not done": "customer",
  told: "tell",
};

export async function actualOf(db: Db, inboundId: number): Promise<Actual> {
  const { entry_id: entryId } = await db("inbound").where({ id: inboundId }).first("entry_id");
  const { ticket_id: ticketId } = await db("route").where({ entry_id: entryId }).orderBy("id").first("ticket_id");
  const ticket = (await ticketById(db, ticketId))!;
  const events = await eventsOf(db, ticketId);
  const record = JSON.parse((await routesOf(db, ticketId))[0]!.trace!) as RouteRecord;
  const written = events.flatMap(({ name }) => DONE[name] ?? []);
  const notes = (await entriesOf(db, ticketId)).filter(({ kind }) => kind === "note").map(({ text }) => `note ${text}`);
  const urls: string[] = await db("webhook_call").where({ ticket_id: ticketId }).pluck("url");
  const silenced = events.some(({ name, detail }) => name === "not acknowledged" && detail?.endsWith("wants none"));
  const moved = events.filter(({ name }) => name === "set-customer").map(({ new: to }) => `customer ${to}`);
  const told = (record.effects ?? []).filter(({ did }) => did === "nobody new to tell").map(() => "tell");
  return {
    topic: ticket.topic,
    department: ticket.department,
    priority: ticket.priority,
    sla: ticket.sla,
    status: ticket.status,
    assign: record.because === undefined ? null : record.steps.find(({ field }) => field === "assign")!.value,
    acknowledged: events.some(({ name }) => name === "acknowledged") ? "yes" : "no",
    tags: ticket.tags.toSorted(),
    watchers: ticket.watchers.toSorted(),
    effects: [
      ...written.filter((one) => one !== "webhook"),
      ...urls.map((url) => `webhook ${url}`),
      ...(silenced ? ["silence"] : []),
      ...(ticket.spam ? ["spam"] : []),
      ...notes,
      ...moved,
      ...told,
    ].toSorted(),
  };
}

/** What a replay foretold, in the same form. */
export function foretold({ fields, tags, watchers, effects }: Outcome, customer: string | undefined): Actual {
  const values = (list: readonly { readonly value: string | null }[]) => list.map(({ value }) => value!).toSorted();
  // Of a rejected message the event says that it is rejected, not that a rule wants no acknowledgement.
  const rejected = effects.some(({ action }) => action === "reject");
  return {
    topic: fields.topic.value,
    department: fields.department.value!,
    priority: fields.priority.value!,
    sla: fields.sla.value,
    status: fields.status.value!,
    assign: fields.assign.value,
    acknowledged: fields.acknowledged.value,
    tags: values(tags),
    watchers: values(watchers),
    effects: effects
      .filter(({ action }) => !(rejected && action === "silence"))
      .map(({ action, key }) => effectOf(action, key, customer))
      .toSorted(),
  };
}

function effectOf(action: string, key: string, customer: string | undefined): string {
  const [effect, match] = JSON.parse(key) as [{ text?: string; url?: string }, Record<string, string>];
  if (action === "note") return `note ${effect.text!.replace(/\{\{ match\.(\w+) \}\}/g, (_, name) => match[name]!)}`;
  if (action === "webhook") return `webhook ${effect.url}`;
  return action === "customer" && customer !== undefined ? `customer ${customer}` : action;
}
