/**
 * The whole street in one process: raw messages in, rows in a real store, composed bytes out. Only the clock and the SMTP
 * server are made up; bells ring when the test says so.
 */
import { randomBytes } from "node:crypto";
import { pino } from "pino";
import { afterEach } from "vitest";
import { claimants } from "../../src/db/attempt.ts";
import { deliveryById, type DeliveryRow } from "../../src/db/delivery.ts";
import { currentDesk, ourAddresses, storeDesk } from "../../src/db/desk.ts";
import { entriesOf } from "../../src/db/entry.ts";
import { type EventRow, eventsOf } from "../../src/db/event.ts";
import { inboundById, type InboundRow, storeInbound } from "../../src/db/inbound.ts";
import { mailboxByName } from "../../src/db/mailbox.ts";
import { packRaw } from "../../src/db/raw.ts";
import { ticketById } from "../../src/db/ticket.ts";
import type { Desk, Ticket } from "../../src/desk/types.ts";
import type { ParseContext } from "../../src/mail/context.ts";
import { parse } from "../../src/mail/parse.ts";
import type { InboundMessage } from "../../src/mail/types.ts";
import type { Job } from "../../src/queue/job.ts";
import { readPart } from "../../src/roles/read-part.ts";
import type { SendResult, SendOnce } from "../../src/smtp/send.ts";
import { deliver } from "../../src/stages/deliver.ts";
import { type ParseMessage, receive } from "../../src/stages/receive.ts";
import { route } from "../../src/stages/route.ts";
import type { Stage, StageSettings } from "../../src/stages/stage.ts";
import { loadTemplateSet } from "../../src/templates.ts";
import { type Mail, mail, type MailParts, replyTo } from "../harness/mails.ts";
import { testDesk } from "../db/desks.ts";
import { type Watch, watchMail } from "../harness/leak-watch.ts";
import type { Store } from "../db/stores.ts";

export const START = Date.UTC(2026, 10, 23, 10);
export const SECOND = 1000;
export const DAY = 24 * 3600_000;
export const MX = { authservId: "mx.nw.example" };

export type Sent = {
  readonly to: string;
  readonly from: string;
  readonly bytes: Buffer;
  readonly message: InboundMessage;
};
/** What the SMTP server says; `before` = it fails before it asks for data. Tests of the leak oracle change mail `below` the mailer. */
export type Script = (sent: Sent) => SendResult | { before: SendResult } | undefined;

export type Street = Awaited<ReturnType<typeof openStreet>>;

type Options = { readonly desk?: Desk; readonly settings?: Partial<StageSettings>; readonly at?: number };

/** Mail that left without a bell is judged at the end of its test. */
const watches: Watch[] = [];
afterEach(async () => {
  for (const watch of watches) await watch.judge();
});

const key = randomBytes(32);
let mailboxes = 0;
let uids = 0;

export async function openStreet(store: Store, options: Options = {}) {
  const db = store.db();
  const desk = options.desk ?? testDesk();
  await db.transaction((tx) => storeDesk(tx, desk, "test", START));
  const mailboxName = `box${++mailboxes}`;
  const clock = { now: options.at ?? START };
  const bells: (Job & { due: number })[] = [];
  const outbox: Sent[] = [];
  const smtp: { script: Script; below?: (bytes: Buffer, to: string) => Buffer } = { script: () => undefined };
  const watch = watchMail(db);
  watches.push(watch);
  const settings: StageSettings = {
    key,
    agentProof: "confirm",
    plusAddressing: () => true,
    addressOf: () => undefined,
    loopMark: "test.postern",
    leaseTtlMs: 15_000,
    ...options.settings,
  };
  const stage: Stage = {
    db,
    now: () => clock.now,
    log: pino({ level: "silent" }),
    settings,
    templates: await loadTemplateSet(null, ["en", "de", "fr"]),
    readPart,
    enqueue: async (jobs) => void bells.push(...jobs.map((job) => ({ ...job, due: clock.now + (job.delay ?? 0) }))),
  };
  const context = (arrivedAt: number): ParseContext => ({
    ourAddresses: ourAddresses(desk),
    ourDomains: [],
    loopMark: settings.loopMark,
    mx: MX,
    arrivedAt,
    ownListIds: desk.ownListIds,
    forwarders: desk.forwarders,
  });
  const parseRow: ParseMessage = async (raw, row) => ({
    ok: true,
    message: await parse(raw, context(row.received_at)),
  });
  const send: SendOnce = async ({ from, to }, bytes, { dataStarted }) => {
    watch.saw({ to, raw: smtp.below?.(bytes, to) ?? bytes });
    const sent = { from, to, bytes, message: await parse(bytes, context(clock.now)) };
    const said = smtp.script(sent);
    if (said && "before" in said) return said.before;
    if (!(await dataStarted())) return { kind: "aborted", why: "the claim was lost" };
    outbox.push(sent);
    return said ?? { kind: "accepted", response: "250 2.0.0 queued" };
  };

  /** Stores a message as the poller does; returns its row's id. */
  async function arrive(raw: Buffer, more: { mailbox?: string; quiet?: boolean } = {}): Promise<number> {
    const box = await mailboxByName(db, more.mailbox ?? mailboxName, clock.now);
    const uid = ++uids;
    const facts = { mailbox: box.name, uidValidity: 1, uid, receivedAt: clock.now, source: raw };
    const packed = await packRaw(raw);
    await db.transaction((tx) =>
      storeInbound(tx, { mailboxId: box.id, uidValidity: 1 }, facts, packed, more.quiet === true, clock.now),
    );
    return (await db("inbound").where({ mailbox_id: box.id, uid }).first("id")).id;
  }

  /** Records what has arrived in a mailbox. */
  async function record(mailbox = mailboxName, parser = parseRow): Promise<number> {
    const box = await mailboxByName(db, mailbox, clock.now);
    return await receive(stage, parser, box.id, () => false);
  }

  /** Rings every bell that is due, and the ones that ring because of it. */
  async function ring(): Promise<void> {
    for (;;) {
      const at = bells.findIndex(({ due }) => due <= clock.now);
      if (at < 0) return await watch.judge();
      const [bell] = bells.splice(at, 1);
      if (bell!.queue === "route") await route(stage, bell!.id);
      else await deliver(stage, send, "worker:test", bell!.id, bell!.epoch);
    }
  }

  async function receiveMail(raw: Mail | Buffer, more: { quiet?: boolean } = {}): Promise<InboundRow> {
    const id = await arrive(Buffer.isBuffer(raw) ? raw : raw.raw, more);
    await record();
    await ring();
    return (await inboundById(db, id))!;
  }

  return {
    db,
    desk,
    stage,
    clock,
    bells,
    outbox,
    smtp,
    send,
    parseRow,
    arrive,
    record,
    ring,
    receive: receiveMail,
    mailbox: mailboxName,
    mailboxId: async () => (await mailboxByName(db, mailboxName, clock.now)).id,
    /** Lets time go by and rings what is due then. */
    pass: async (ms: number) => {
      clock.now += ms;
      await ring();
    },
    /** A mail of a customer's, recorded, routed and acknowledged. */
    open: async (parts: Partial<MailParts> & { from: string }) => {
      const row = await receiveMail(mail({ to: "support@nw.example", date: new Date(clock.now), ...parts }));
      return await ticketAt(db, row.ticket_id!);
    },
    ticket: (id: number) => ticketAt(db, id),
    events: (id: number): Promise<EventRow[]> => eventsOf(db, id),
    entries: (id: number) => entriesOf(db, id),
    inbound: async (id: number) => (await inboundById(db, id))!,
    delivery: async (id: number) => (await deliveryById(db, id))!,
    deliveries: async (where: Partial<DeliveryRow>): Promise<DeliveryRow[]> =>
      await db("delivery").where(where).orderBy("id").select(),
    claimants: () => claimants(db),
    /** Everything sent to an address since the beginning, oldest first. */
    sentTo: (address: string) => outbox.filter(({ to }) => to === address),
    lastTo: (address: string): Sent => {
      const sent = outbox.findLast(({ to }) => to === address);
      if (!sent)
        throw new Error(`nothing was sent to ${address}; there is mail to ${outbox.map(({ to }) => to).join(", ")}`);
      return sent;
    },
    currentDesk: async () => (await currentDesk(db))!,
  };
}

async function ticketAt(db: ReturnType<Store["db"]>, id: number): Promise<Ticket> {
  const ticket = await ticketById(db, id);
  if (!ticket) throw new Error(`there is no ticket ${id}`);
  return ticket;
}

/** What our own MX writes above a message whose author it has verified, or has found to be false. */
export function verdictOf(mx: "pass" | "fail", domain: string): readonly (readonly [string, string])[] {
  return [
    ["Authentication-Results", `${MX.authservId}; dmarc=${mx} header.from=${domain}`],
    ["Received", `from out.${domain} by ${MX.authservId} with ESMTPS; Mon, 23 Nov 2026 10:00:00 +0000`],
  ];
}

/** An agent's answer to a mail of ours, from their own client, proven by our MX unless `auth` says otherwise. */
export async function agentAnswers(
  sent: Sent,
  text: string,
  more: { from?: string; auth?: "pass" | "fail" | "none"; quote?: boolean; headers?: MailParts["headers"] } = {},
): Promise<Mail> {
  const from = more.from ?? `Ann Lee <${sent.to}>`;
  const domain = /@([^>]+)/.exec(from)![1]!;
  const auth = more.auth ?? "pass";
  return await replyTo(sent.bytes, {
    from,
    text,
    quote: more.quote,
    headers: [...(auth === "none" ? [] : verdictOf(auth, domain)), ...(more.headers ?? [])],
  });
}

/** A customer's answer to a mail of ours. */
export const customerAnswers = async (sent: Sent, text: string, from = `Customer <${sent.to}>`): Promise<Mail> =>
  await replyTo(sent.bytes, { from, text });
