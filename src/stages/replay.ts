/**
 * Replay: two desks decide about stored messages, and nothing comes of it but the differences. The connection is one on
 * which the database refuses writes. Messages are parsed ahead in the parser's threads, a few at a time and in order.
 */
import { type Db, isReadOnly } from "../db/connect.ts";
import { deskVersion, ourAddresses } from "../db/desk.ts";
import { entryById } from "../db/entry.ts";
import { eventsOf } from "../db/event.ts";
import type { InboundRow } from "../db/inbound.ts";
import { getRaw } from "../db/raw.ts";
import { ticketById } from "../db/ticket.ts";
import { route as decideRoute, type RouteFacts } from "../desk/rules/routing.ts";
import type { Desk } from "../desk/types.ts";
import type { InboundMessage } from "../mail/types.ts";
import type { ParseResult } from "../parser/pool.ts";
import { type Outcome, outcomeOf, type Replayed } from "./replay-outcome.ts";
import {
  againstAcknowledging,
  type Arrival,
  changesOfNew,
  factsOfFollowUp,
  factsOfNew,
  fateOf,
  type People,
} from "./replay-facts.ts";
import { ticketBefore } from "./replay-past.ts";
import { knownPeople } from "./replay-people.ts";
import { type ReplayOrder, spanOf, type StoredMessage, storedMessages } from "./replay-source.ts";
import { type ReplayReport, reporter } from "./replay-report.ts";

export type ReplayTools = {
  /** Opened read-only. */
  readonly db: Db;
  /** Reads bytes as this desk would: its addresses say what is ours. */
  readonly parse: (raw: Buffer, inbound: InboundRow, desk: Desk) => Promise<ParseResult>;
  /** The support address of a mailbox, where its settings name one. */
  readonly addressOf: (mailbox: string) => string | undefined;
  readonly loopMark: string;
  /** Messages in hand at a time; default 8. */
  readonly width?: number;
};

export type Desks = {
  /** Undefined = for each message the version that decided it then. */
  readonly before: Desk | undefined;
  readonly after: Desk;
};

export type Watch = {
  readonly begun?: (count: number) => void;
  /** After each message; undefined for one that was left out. */
  readonly seen?: (replayed: Replayed | undefined) => void;
};

type Step = { readonly replayed: Replayed } | { readonly leftOut: string };

/**
 * @param list at most so many differing messages are kept in the report; all are counted
 * @throws when the connection could write, or the store fails
 */
export async function replay(
  tools: ReplayTools,
  desks: Desks,
  order: ReplayOrder,
  list: number,
  watch: Watch = {},
): Promise<ReplayReport> {
  if (!(await isReadOnly(tools.db))) throw new Error("A replay runs on a read-only connection only.");
  const span = await spanOf(tools.db, order);
  watch.begun?.(span.count);
  const report = reporter(list);
  const { people, warm } = knownPeople(tools.db);
  const paged = (page: readonly InboundRow[]) => warm(page.flatMap(({ from_address: from }) => from ?? []));
  const stored = storedMessages(tools.db, order, span, paged);
  const steps = ahead(stored, tools.width ?? 8, (one) => step({ ...tools, people }, desks, one));
  for await (const one of steps) {
    if ("leftOut" in one) report.leave(one.leftOut);
    else report.add(one.replayed);
    watch.seen?.("leftOut" in one ? undefined : one.replayed);
  }
  return report.done();
}

/** Work on a few items at once, results in the order of the items: at most `width` are begun and not yet taken. */
async function* ahead<A, B>(items: AsyncIterable<A>, width: number, work: (item: A) => Promise<B>): AsyncGenerator<B> {
  const begun: Promise<B>[] = [];
  for await (const item of items) {
    const one = work(item);
    // Awaited in its turn: until then a failure is nobody's.
    one.catch(() => undefined);
    begun.push(one);
    if (begun.length >= width) yield await begun.shift()!;
  }
  while (begun.length > 0) yield await begun.shift()!;
}

type Means = ReplayTools & { readonly people: People };

async function step(tools: Means, desks: Desks, { inbound, run }: StoredMessage): Promise<Step> {
  if ("leftOut" in run) return run;
  const { db } = tools;
  const raw = await getRaw(db, inbound.raw_sha256!).catch(() => undefined);
  if (!raw) return { leftOut: "its stored bytes are damaged" };
  const before = desks.before ?? (await deskVersion(db, run.route.desk_version_id ?? desks.after.version));
  const messages = await readAs(tools, raw, inbound, before, desks.after);
  if (!messages) return { leftOut: "it could not be read" };
  const outcomes = await decideBoth(tools, { inbound, run, desks: [before, desks.after], messages });
  const { id: inboundId, from_address: from, subject, public_number: ticket } = inbound;
  const [was, would] = outcomes;
  return { replayed: { inboundId, from, subject, ticket, before: was, after: would } };
}

type Pair<T> = readonly [T, T];

/** Read once, where both desks would read the same. */
async function readAs(
  tools: ReplayTools,
  raw: Buffer,
  inbound: InboundRow,
  before: Desk,
  after: Desk,
): Promise<Pair<InboundMessage> | undefined> {
  const same = sightOf(before) === sightOf(after);
  const [first, second] = await Promise.all([
    tools.parse(raw, inbound, before),
    same ? undefined : tools.parse(raw, inbound, after),
  ]);
  if (!first.ok || (second && !second.ok)) return undefined;
  return [asJudgedThen(first.message, inbound), asJudgedThen(second?.message ?? first.message, inbound)];
}

/** What of a desk decides how a message is read. */
const sightOf = (desk: Desk): string => JSON.stringify([ourAddresses(desk), desk.ownListIds, desk.forwarders]);

/** The authentication that was found when it arrived: keys in DNS change, and a replay asks nobody. */
export function asJudgedThen(message: InboundMessage, { auth }: InboundRow): InboundMessage {
  const stored = /^(pass|fail|none) \((.*)\)$/s.exec(auth ?? "");
  if (!stored) return message;
  return { ...message, auth: { ...message.auth, result: stored[1] as "pass" | "fail" | "none", detail: stored[2]! } };
}

type Case = {
  readonly inbound: StoredMessage["inbound"];
  readonly run: Exclude<StoredMessage["run"], { leftOut: string }>;
  readonly desks: Pair<Desk>;
  readonly messages: Pair<InboundMessage>;
};

async function decideBoth(tools: Means, one: Case): Promise<Pair<Outcome>> {
  return [await decideAs(tools, one, 0), await decideAs(tools, one, 1)];
}

async function decideAs(tools: Means, one: Case, which: 0 | 1): Promise<Outcome> {
  const desk = one.desks[which];
  const facts = await factsFor(tools, one, desk, one.messages[which]);
  const routed = decideRoute(desk, facts, false);
  const opened = facts.trigger === "opened";
  const quiet = one.inbound.quiet === 1 ? "it came with a rebuilt mailbox" : undefined;
  const against = quiet ?? againstAcknowledging(one.messages[which], desk, tools.loopMark, routed.effects);
  return outcomeOf({
    before: facts.ticket,
    routed,
    changes: opened ? changesOfNew(one.messages[which], desk, routed) : routed.changes,
    fate: fateOf(routed.effects, facts, facts.times.lastAgentAt !== null),
    against: opened ? against : null,
  });
}

async function factsFor(
  { db, addressOf, people }: Means,
  { inbound, run: { route, recordedAt } }: Case,
  desk: Desk,
  message: InboundMessage,
): Promise<RouteFacts> {
  const routedAt = Number(route.done_at ?? recordedAt);
  const { mailbox } = inbound;
  let arrival: Arrival = { message, mailbox, mailboxAddress: addressOf(mailbox), recordedAt, routedAt };
  if (route.trigger === "opened") return await factsOfNew(people, desk, arrival);
  const ticket = await ticketById(db, route.ticket_id);
  if (!ticket) throw new Error(`There is no ticket with id ${route.ticket_id}.`);
  const past = ticketBefore(ticket, await eventsOf(db, ticket.id), {
    inboundId: inbound.id,
    entryId: route.entry_id!,
    routedAt,
  });
  if (route.trigger === "agent_replied") {
    // What they wrote to the customer: no commands, and nothing that they quote.
    const words = (await entryById(db, route.entry_id!))?.text ?? message.replyText;
    arrival = { ...arrival, message: { ...message, replyText: words } };
  }
  return await factsOfFollowUp(people, desk, arrival, ticket, past, route.trigger);
}
