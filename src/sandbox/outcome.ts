/** What became of a mail, in one line for people: from the row of the database and nothing else. */
import type { Db } from "../db/connect.ts";
import type { DeliveryKind } from "../db/delivery.ts";
import type { InboundRow } from "../db/inbound.ts";

/** `opens NW-1002 (no evidence names a ticket)`, `is held: …`. */
export async function outcomeOf(db: Db, row: InboundRow): Promise<string> {
  const number = row.ticket_id === null ? undefined : await numberOf(db, row.ticket_id);
  if (row.state === "stored") return "is stored, no verdict yet";
  if (row.state !== "recorded")
    return `is ${row.state}${number ? ` (${number})` : ""}: ${row.reason ?? "no reason given"}`;
  return `${VERDICTS[row.verdict ?? ""] ?? row.verdict} ${number ?? "no ticket"} (${row.reason})`;
}

const VERDICTS: Readonly<Record<string, string>> = {
  "open-ticket": "opens",
  "follow-up": "joins",
  "agent-reply": "is an agent's reply in",
  "answer-to-hold": "answers a question about",
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

async function numberOf(db: Db, ticketId: number): Promise<string | undefined> {
  return (await db("ticket").where({ id: ticketId }).first("public_number"))?.public_number;
}

/** Waits until the mail with this Message-ID has its verdict; undefined when it takes longer than `patienceMs`. */
export async function outcomeByMessageId(db: Db, messageId: string, patienceMs: number): Promise<string | undefined> {
  const bare = messageId.replace(/^<|>$/g, "");
  const begun = performance.now();
  while (performance.now() - begun < patienceMs) {
    const row: InboundRow | undefined = await db("inbound").where({ message_id: bare }).orderBy("id", "desc").first();
    if (row) return await outcomeOf(db, row);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return undefined;
}
