/** What became of a mail, in one line for people: from the row of the database and nothing else. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Db } from "../db/connect.ts";
import type { DeliveryKind } from "../db/delivery.ts";
import { entryById } from "../db/entry.ts";
import type { InboundRow } from "../db/inbound.ts";
import { survivor, ticketById } from "../db/ticket.ts";

/** `opens NW-1002 (no evidence names a ticket)`, `is held: …`. */
export async function outcomeOf(db: Db, row: InboundRow): Promise<string> {
  const first = await firstTicket(db, row);
  const number = first === null ? undefined : await namedTicket(db, first);
  if (row.state === "stored") return "is stored, no verdict yet";
  if (row.state !== "recorded")
    return `is ${row.state}${number ? ` (${number})` : ""}: ${row.reason ?? "no reason given"}`;
  if (row.verdict === "command-mail") return `is commands to the desk (${row.reason})`;
  return `${VERDICTS[row.verdict ?? ""] ?? row.verdict} ${number ?? "no ticket"} (${row.reason})`;
}

const VERDICTS: Readonly<Record<string, string>> = {
  "open-ticket": "opens",
  "follow-up": "joins",
  "agent-reply": "is an agent's reply in",
  "answer-to-hold": "answers a question about",
  "forwarded-in": "is forwarded to the desk and opens",
  "record-report": "is a report, noted in",
};

/** What each kind of outgoing mail is called. */
export const KINDS: Readonly<Record<DeliveryKind, string>> = {
  ack: "acknowledgement",
  reply: "reply",
  canned: "canned reply of a rule",
  rejection: "rejection",
  closure: "closure notice",
  warning: "warning before closing",
  notice: "notification",
  receipt: "receipt",
  challenge: "question whether it was them",
  "rule-mail": "mail of a rule",
};

/** The ticket that the mail opened or joined at first: a merge takes the entry, and the row of the mail with it. */
async function firstTicket(db: Db, row: InboundRow): Promise<number | null> {
  const entry = row.entry_id === null ? undefined : await entryById(db, row.entry_id);
  return entry?.from_ticket_id ?? row.ticket_id;
}

/** `NW-1002`, or `NW-1004, merged into NW-1002`. */
async function namedTicket(db: Db, ticketId: number): Promise<string | undefined> {
  const ticket = await ticketById(db, ticketId);
  const living = ticket?.mergedInto ? await survivor(db, ticket.mergedInto) : undefined;
  return living ? `${ticket!.publicNumber}, merged into ${living.publicNumber}` : ticket?.publicNumber;
}

/** Rules may do something else with a new ticket, a merge say. A route that fails is not waited for. */
async function lookedAt(db: Db, ticketId: number, patienceMs: number): Promise<void> {
  const begun = performance.now();
  const waits = db("route").where({ ticket_id: ticketId, state: "pending", attempts: 0 });
  while (performance.now() - begun < patienceMs && (await waits.clone().first("id"))) await sleep(50);
}

/** Waits until the mail with this Message-ID has its verdict and rules have seen it; undefined when it takes longer than `patienceMs`. */
export async function outcomeByMessageId(db: Db, messageId: string, patienceMs: number): Promise<string | undefined> {
  const bare = messageId.replace(/^<|>$/g, "");
  const begun = performance.now();
  while (performance.now() - begun < patienceMs) {
    const row: InboundRow | undefined = await db("inbound").where({ message_id: bare }).orderBy("id", "desc").first();
    if (row?.verdict === "open-ticket" && row.ticket_id !== null) await lookedAt(db, row.ticket_id, patienceMs);
    if (row) return await outcomeOf(db, row);
    await sleep(50);
  }
  return undefined;
}
