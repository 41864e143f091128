/** What the store and the sink say about the mails of a test, read from the outside. */
import { ImapFlow } from "imapflow";
import { simpleParser, type ParsedMail } from "mailparser";
import type { Db } from "../../src/db/connect.ts";
import type { Dovecot } from "../harness/servers.ts";
import type { SmtpSink, Transaction } from "../harness/smtp-sink.ts";
import { until } from "../harness/wait.ts";
import { PASSWORD, SUPPORT } from "./world.ts";

export type Counts = Readonly<Record<"stored" | "routes" | "pending" | "sending", number>>;

/** Work that is not finished, in the order in which it is done: read so, nothing slips past between two looks. */
export async function openWork(db: Db): Promise<Counts> {
  const stored = await count(db, "inbound", { state: "stored" });
  const routes = await count(db, "route", { state: "pending" });
  const pending = await count(db, "delivery", { state: "pending" });
  const sending = await count(db, "delivery", { state: "sending" });
  return { stored, routes, pending, sending };
}

export async function count(db: Db, table: string, where: Readonly<Record<string, unknown>> = {}): Promise<number> {
  const row = await db(table).where(where).count({ n: "*" }).first();
  return Number(row?.["n"] ?? 0);
}

/** Waits until `messages` have come in and nothing is left to do about any of them. */
export async function settled(db: Db, messages: number, timeoutMs = 90_000): Promise<void> {
  await until(
    async () => {
      const missing = messages - (await count(db, "inbound"));
      const open = { missing, ...(await openWork(db)) };
      if (Object.values(open).some((n) => n > 0)) throw new Error(JSON.stringify(open));
      return true;
    },
    { what: `${messages} messages to be settled`, timeoutMs, everyMs: 100 },
  );
}

/** The number of the ticket that a customer has; fails when they have none or several. */
export async function ticketOf(db: Db, customer: string): Promise<string> {
  const numbers: string[] = await db("ticket")
    .join("address", "address.id", "ticket.customer_address_id")
    .where("address.address", customer)
    .pluck("ticket.public_number");
  if (numbers.length !== 1) throw new Error(`${customer} has ${numbers.length} tickets: ${numbers.join(", ")}`);
  return numbers[0]!;
}

export type Held = { readonly source: Buffer; readonly seen: boolean };

/** The mailbox as any IMAP client sees it: bytes and \Seen by uid. */
export async function mailboxOf(dovecot: Dovecot): Promise<Map<number, Held>> {
  const client = new ImapFlow({
    host: "127.0.0.1",
    port: dovecot.imapPort,
    secure: false,
    doSTARTTLS: false,
    auth: { user: SUPPORT, pass: PASSWORD },
    logger: false,
  });
  client.on("error", () => undefined);
  await client.connect();
  try {
    await client.mailboxOpen("INBOX", { readOnly: true });
    const messages = await client.fetchAll("1:*", { uid: true, source: true, flags: true });
    return new Map(
      messages.map(({ uid, source, flags }) => [
        uid,
        { source: source ?? Buffer.alloc(0), seen: flags?.has("\\Seen") === true },
      ]),
    );
  } finally {
    await client.logout();
  }
}

/** Waits for a mail at the sink that fits, and returns it with what it says. */
export async function mailTo(
  sink: SmtpSink,
  recipient: string,
  fits: (mail: ParsedMail) => boolean = () => true,
  timeoutMs = 30_000,
): Promise<Transaction & { readonly mail: ParsedMail }> {
  return await until(
    async () => {
      for (const transaction of sink.to(recipient)) {
        const mail = await read(transaction);
        if (fits(mail)) return { ...transaction, mail };
      }
      throw new Error(`${sink.to(recipient).length} other mails came`);
    },
    { what: `a mail to ${recipient}`, timeoutMs, everyMs: 50 },
  );
}

const seen = new WeakMap<Buffer, Promise<ParsedMail>>();

/** A mail that the sink has, parsed once. */
export function read({ raw }: Transaction): Promise<ParsedMail> {
  const known = seen.get(raw) ?? simpleParser(raw, { skipHtmlToText: true });
  seen.set(raw, known);
  return known;
}

/** Everything a reader of the mail could find in it: the bytes, and every part decoded. */
export async function everyWord(transaction: Transaction): Promise<string> {
  const { subject, text, html, headerLines } = await read(transaction);
  const headers = headerLines.map(({ line }) => line).join("\n");
  return [transaction.raw.toString("latin1"), headers, subject, text, html || ""].join("\n");
}

/** An address with an agent's token in it, wherever it stands. */
export const AGENT_TOKEN = /\+a\d+-[a-z2-7]{8,}/;
