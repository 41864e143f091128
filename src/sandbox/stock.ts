/**
 * The account of a sandbox: what lies in the desk's mailboxes of the world against the rows of the database. The two are
 * counted apart from one another, so that a mail which the gateway never stored shows as missing.
 */
import type { Db } from "../db/connect.ts";
import { account } from "../db/counts.ts";
import { listMailboxes } from "../db/mailbox.ts";
import type { MailStore } from "./mail-store.ts";
import { DESK_MAILBOXES } from "./settings.ts";

export type Stock = {
  /** Rows of the database by state: stored, recorded, held, quarantined, duplicate. */
  readonly inbound: Readonly<Record<string, number>>;
  /** Mails in the desk's mailboxes that the database does not know. */
  readonly missing: number;
  /** Mails in the desk's mailboxes that are not marked read. */
  readonly unread: number;
  readonly tickets: number;
  readonly deliveries: Readonly<Record<string, number>>;
  readonly waitingRoutes: number;
};

const sum = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((a, b) => a + b, 0);

/** Counts both sides. The database must have its schema. */
export async function takeStock(db: Db, store: MailStore): Promise<Stock> {
  const { inbound, deliveries, tickets, waitingRoutes } = await account(db);
  const rows = new Map((await listMailboxes(db)).map((row) => [row.name, row]));
  let missing = 0;
  let unread = 0;
  for (const [name, address] of Object.entries(DESK_MAILBOXES)) {
    const row = rows.get(name);
    const mailbox = store.mailbox(address);
    if (!mailbox) continue;
    const where = { mailbox_id: row?.id ?? -1, uid_validity: mailbox.uidValidity };
    const known = new Set((await db("inbound").where(where).pluck("uid")).map(Number));
    const ours = mailbox.messages.filter(({ uid }) => uid >= Number(row?.baseline_uid ?? 1));
    missing += ours.filter(({ uid }) => !known.has(uid)).length;
    unread += ours.filter(({ flags }) => !flags.has("\\Seen")).length;
  }
  return { inbound, missing, unread, tickets: sum(tickets), deliveries, waitingRoutes };
}

/** Nothing is on its way any more: every mail has its verdict, every ticket is routed, nothing waits to be sent. */
export function isSettled({ inbound, missing, unread, deliveries, waitingRoutes }: Stock): boolean {
  const waiting = [inbound["stored"], deliveries["pending"], deliveries["sending"]];
  return missing === 0 && unread === 0 && waitingRoutes === 0 && waiting.every((count = 0) => count === 0);
}

export const mailsIn = ({ inbound, missing }: Stock): number => sum(inbound) + missing;

const STATES: readonly (readonly [state: string, words: (count: number) => string])[] = [
  ["recorded", (count) => `${count} recorded`],
  ["held", (count) => `${count} held`],
  ["quarantined", (count) => `${count} quarantined`],
  ["duplicate", (count) => (count === 1 ? "1 duplicate" : `${count} duplicates`)],
  ["stored", (count) => `${count} stored and waiting`],
];

/** `4 mails in = 3 recorded + 1 held. 0 missing.` */
export function stockSentence(stock: Stock): string {
  const parts = STATES.flatMap(([state, words]) => (stock.inbound[state] ? [words(stock.inbound[state])] : []));
  const account = parts.length > 0 ? ` = ${parts.join(" + ")}` : "";
  return `${count(mailsIn(stock), "mail")} in${account}. ${stock.missing} missing.`;
}

/** `1 mail`, `2 mails`. */
export const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? "" : "s"}`;
