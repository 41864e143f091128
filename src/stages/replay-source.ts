/**
 * Stored messages for a replay, oldest first, in pages, so that memory does not grow with the store. What the rules never
 * looked at, and what is no longer there, comes with the reason in words.
 */
import type { Db } from "../db/connect.ts";
import type { InboundRow } from "../db/inbound.ts";
import type { RouteRecord, RouteRow } from "../db/route.ts";
import type { Trigger } from "../desk/types.ts";

export type ReplayOrder = {
  /** The newest so many messages. */
  readonly last: number;
  /** Only what arrived at or after this, UTC milliseconds. */
  readonly since?: number;
  readonly triggers: readonly Trigger[];
};

export type StoredMessage = {
  readonly inbound: InboundRow & { readonly mailbox: string; readonly public_number: string | null };
  /** The run of the rules that it led to, or why it cannot be replayed. */
  readonly run: { readonly route: RouteRow; readonly recordedAt: number } | { readonly leftOut: string };
};

/** Ids of the first and the last message that the order means, and how many there are. */
export type Span = { readonly from: number; readonly to: number; readonly count: number };

const PAGE = 200;

/** Fixed before the first page: what arrives meanwhile is not replayed. */
export async function spanOf(db: Db, { last, since }: ReplayOrder): Promise<Span> {
  const newest = db("inbound").select("id").orderBy("id", "desc").limit(last);
  if (since !== undefined) void newest.where("received_at", ">=", since);
  const row = await db.from(newest.as("newest")).min({ from: "id" }).max({ to: "id" }).count({ count: "*" }).first();
  return { from: Number(row?.from ?? 0), to: Number(row?.to ?? 0), count: Number(row?.count ?? 0) };
}

/** @param paged told of each page before its messages come */
export async function* storedMessages(
  db: Db,
  order: ReplayOrder,
  span: Span,
  paged: (page: readonly InboundRow[]) => Promise<void>,
): AsyncGenerator<StoredMessage> {
  for (let from = span.from; span.count > 0 && from <= span.to;) {
    const rows = await page(db, order, from, span.to);
    if (rows.length === 0) return;
    const runs = await runsOf(db, rows, order.triggers);
    await paged(rows);
    for (const inbound of rows) yield { inbound, run: runs.get(inbound.id) ?? { leftOut: notRouted(inbound) } };
    from = rows.at(-1)!.id + 1;
  }
}

type Row = InboundRow & { mailbox: string; public_number: string | null };

async function page(db: Db, { since }: ReplayOrder, from: number, to: number): Promise<Row[]> {
  const rows = db("inbound")
    .join("mailbox", "mailbox.id", "inbound.mailbox_id")
    .leftJoin("ticket", "ticket.id", "inbound.ticket_id")
    .whereBetween("inbound.id", [from, to])
    .orderBy("inbound.id")
    .limit(PAGE)
    .select("inbound.*", "mailbox.name as mailbox", "ticket.public_number");
  return await (since === undefined ? rows : rows.where("inbound.received_at", ">=", since));
}

async function runsOf(
  db: Db,
  rows: readonly Row[],
  triggers: readonly Trigger[],
): Promise<Map<number, StoredMessage["run"]>> {
  const stored = new Set<string>(
    await db("raw")
      .whereIn(
        "sha256",
        rows.flatMap(({ raw_sha256: hash }) => hash ?? []),
      )
      .pluck("sha256"),
  );
  const byEntry = await routesByEntry(
    db,
    rows.flatMap(({ entry_id: id }) => id ?? []),
  );
  const runs = new Map<number, StoredMessage["run"]>();
  for (const { id, entry_id: entryId, raw_sha256: hash } of rows) {
    const run = entryId === null ? undefined : byEntry.get(entryId);
    if (!run) continue;
    if (skippedBy(run.route) !== undefined) runs.set(id, { leftOut: skippedBy(run.route)! });
    else if (!triggers.includes(run.route.trigger)) runs.set(id, { leftOut: `another trigger (${run.route.trigger})` });
    else if (hash === null || !stored.has(hash)) runs.set(id, { leftOut: "its bytes are no longer stored" });
    else runs.set(id, run);
  }
  return runs;
}

/** The rules were never asked: it was merged before, or lay with spam. */
function skippedBy({ trace }: RouteRow): string | undefined {
  // A trace is long: it is only read where it can be such a one.
  if (!trace?.includes('"rules":[],"skipped":')) return undefined;
  return (JSON.parse(trace) as RouteRecord).skipped;
}

type Run = { readonly route: RouteRow; readonly recordedAt: number };

/** The first run of the rules over each entry: the one that the message itself caused. */
async function routesByEntry(db: Db, entries: readonly number[]): Promise<Map<number, Run>> {
  const routes: (RouteRow & { recorded_at: number })[] = await db("route")
    .join("entry", "entry.id", "route.entry_id")
    .whereIn("route.entry_id", entries)
    .orderBy("route.id", "desc")
    .select("route.*", "entry.created_at as recorded_at");
  return new Map(routes.map(({ recorded_at: at, ...route }) => [route.entry_id!, { route, recordedAt: Number(at) }]));
}

const STATES: Readonly<Record<InboundRow["state"], string>> = {
  stored: "not read yet",
  held: "held, waiting for a decision",
  quarantined: "quarantined",
  duplicate: "the same mail once more",
  recorded: "the rules do not look at it",
};

const VERDICTS: Readonly<Record<string, string>> = {
  "record-report": "reports and our own mail",
  "agent-reply": "agents' replies",
  "answer-to-hold": "agents' answers to a hold",
};

function notRouted({ state, verdict, raw_sha256: hash }: InboundRow): string {
  if (hash === null && state === "quarantined") return "left on the server, over the size limit";
  return (state === "recorded" ? VERDICTS[verdict ?? ""] : undefined) ?? STATES[state];
}
