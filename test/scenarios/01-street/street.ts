/**
 * The whole street, told once and run on every stack: a mailbox with old mail is adopted, customers write, are acknowledged and
 * answer, agents reply from their mail clients and close, and the tickets tell all of it.
 */
import { afterAll, beforeAll, beforeEach, expect, it, onTestFailed } from "vitest";
import { getRaw } from "../../../src/db/raw.ts";
import { describeWith } from "../../harness/describe-with.ts";
import type { Gateway } from "../../harness/gateway.ts";
import { distinctMails, type Mail, replyTo } from "../../harness/mails.ts";
import { until } from "../../harness/wait.ts";
import { AGENT_TOKEN, count, everyWord, mailboxOf, mailTo, read, settled, ticketOf } from "../ledger.ts";
import { oddMails } from "./odd-mail.ts";
import { AGENTS, nameOf, needsOf, openWorld, proven, type Stack, SUPPORT, type World } from "../world.ts";

const CUSTOMERS = 200;
const OLD = 300;
/** Customers who answer their acknowledgement. */
const ANSWERS = 20;
const ANSWER = "It is the side door, not the front door.";

const CLOSING = "We consider this solved.";

const ACKNOWLEDGED_AND_ANSWERED = [
  "opened: customer, because of message",
  "assign: postern, because of department",
  "acknowledged: postern, because of message",
  "ack sent: postern, because of delivery",
  "customer replied: customer, because of message",
];

/** The first customer is answered with words and #close, the second is closed without a word. */
const ANSWERED = 0;
const DISMISSED = 1;

export function street(stack: Stack): void {
  describeWith(needsOf(stack), `the street on ${nameOf(stack)}`, () => {
    const old = distinctMails(OLD, SUPPORT, "old");
    const customers = distinctMails(CUSTOMERS, SUPPORT, "street");
    let world: World;
    let gateway: Gateway;
    beforeAll(async () => {
      world = await openWorld(stack);
      await world.deliver(old);
      gateway = await world.start();
    }, 120_000);
    beforeEach(() => onTestFailed(() => console.log(`the gateway complained:\n${world.complaints()}`)));
    afterAll(async () => await world?.close(), 60_000);

    it("opens one ticket and sends one acknowledgement for each mail", { timeout: 120_000 }, async () => {
      await world.deliver(customers);
      await settled(world.db, CUSTOMERS);
      const tickets = await Promise.all(customers.map(({ sender }) => ticketOf(world.db, sender)));
      expect(new Set(tickets).size).toBe(CUSTOMERS);
      expect(await count(world.db, "ticket")).toBe(CUSTOMERS);
      for (const [index, { sender }] of customers.entries()) {
        const mails = world.sink.to(sender);
        expect([sender, mails.length]).toEqual([sender, 1]);
        const { subject, headers } = await read(mails[0]!);
        expect(subject).toBe(`Re: Question ${index + 1} of street [${tickets[index]}]`);
        expect(headers.get("auto-submitted")).toBe("auto-replied");
      }
    });

    it("leaves mail from before its time alone", async () => {
      const mailbox = await world.db("mailbox").first("baseline_uid");
      expect(Number(mailbox.baseline_uid)).toBe(OLD + 1);
      expect(old.filter(({ sender }) => world.sink.to(sender).length > 0)).toEqual([]);
      expect(await world.db("inbound").where("uid", "<=", OLD).pluck("uid")).toEqual([]);
    });

    it("stores every message byte by byte before it is marked as seen", { timeout: 60_000 }, async () => {
      expect(await compareBytes(world, customers)).toBe(CUSTOMERS);
    });

    it("puts the answers to acknowledgements into their tickets", { timeout: 60_000 }, async () => {
      const answering = customers.slice(0, ANSWERS);
      await world.deliver(await Promise.all(answering.map((customer) => answerOf(world, customer))));
      await settled(world.db, CUSTOMERS + ANSWERS);
      expect(await count(world.db, "ticket")).toBe(CUSTOMERS);
      for (const { sender } of answering) {
        const number = await ticketOf(world.db, sender);
        const texts: string[] = await world
          .db("entry")
          .join("ticket", "ticket.id", "entry.ticket_id")
          .where("ticket.public_number", number)
          .orderBy("entry.seq")
          .pluck("entry.text");
        expect(texts.map((text) => text.trim())).toEqual([expect.stringContaining("no other has these words"), ANSWER]);
        expect(world.sink.to(sender)).toHaveLength(1);
      }
    });

    it("sends an agent's reply with #close, clean", { timeout: 60_000 }, async () => {
      const customer = customers[ANSWERED]!;
      const { recipient, secret } = await agentSays(world, customer, "#close\n\nThe side door has a key of its own.");
      const isReply = (text: string | undefined) => text?.includes("a key of its own") === true;
      const reply = await mailTo(world.sink, customer.sender, ({ text }) => isReply(text));
      expect(reply.mail.from?.value[0]?.address).toBe(SUPPORT);
      expect(reply.mail.text).toContain(CLOSING);
      expect(reply.mail.headers.has("auto-submitted")).toBe(false);
      const words = await everyWord(reply);
      for (const hidden of ["#close", recipient, secret, "Optional first lines"])
        expect(words.toLowerCase()).not.toContain(hidden.toLowerCase());
      expect(words).not.toMatch(AGENT_TOKEN);
      await closed(world, customer);
      expect(world.sink.to(customer.sender)).toHaveLength(2);
    });

    it("sends the closure notice for #close alone", { timeout: 60_000 }, async () => {
      const customer = customers[DISMISSED]!;
      const { recipient, secret } = await agentSays(world, customer, "#close");
      const number = await ticketOf(world.db, customer.sender);
      const notice = await mailTo(
        world.sink,
        customer.sender,
        ({ text }) => text?.includes(`have closed ${number}`) === true,
      );
      expect(notice.mail.headers.get("auto-submitted")).toMatch(/^auto-/);
      const words = await everyWord(notice);
      for (const hidden of ["#close", recipient, secret]) expect(words).not.toContain(hidden);
      await closed(world, customer);
      expect(world.sink.to(customer.sender)).toHaveLength(2);
    });

    it("tells all of it in the events of the tickets", { timeout: 60_000 }, async () => {
      await settled(world.db, CUSTOMERS + ANSWERS + 2);
      const answered = await shown(world, customers[ANSWERED]!.sender);
      expect(story(answered)).toEqual([
        ...ACKNOWLEDGED_AND_ANSWERED,
        "reply written: agent, because of message",
        "reply sent: postern, because of delivery",
        "set-status closed: agent, because of command",
      ]);
      const dismissed = await shown(world, customers[DISMISSED]!.sender);
      expect(story(dismissed)).toEqual([
        ...ACKNOWLEDGED_AND_ANSWERED,
        "set-status closed: agent, because of command",
        "closure notice written: agent, because of command",
        "closure sent: postern, because of delivery",
      ]);
      const causeless = [...answered.events, ...dismissed.events].filter(({ actor, cause }) => !actor || !cause);
      expect(causeless).toEqual([]);
    });

    it("keeps the bytes of odd messages, and opens tickets for them too", { timeout: 60_000 }, async () => {
      const odd = oddMails();
      await world.deliver(odd);
      await settled(world.db, CUSTOMERS + ANSWERS + 2 + odd.length);
      const rows: { uid: number; raw_sha256: string; state: string }[] = await world
        .db("inbound")
        .whereLike("from_address", "%@odd.example")
        .select();
      expect(rows.map(({ state }) => state)).toEqual(odd.map(() => "recorded"));
      const mailbox = await mailboxOf(world.dovecot);
      for (const { uid, raw_sha256 } of rows) {
        const stored = await getRaw(world.db, raw_sha256);
        expect([uid, stored.equals(mailbox.get(Number(uid))!.source)]).toEqual([uid, true]);
      }
    });

    it("shows a stored message with its bytes, and stops with exit code 0", { timeout: 60_000 }, async () => {
      const row = await world.db("inbound").orderBy("id").first("id", "uid");
      const { stdout } = await world.cli("inbound", "show", String(row.id), "--raw");
      expect(stdout).toBe((await mailboxOf(world.dovecot)).get(Number(row.uid))!.source.toString());
      expect(await gateway.stop()).toBe(0);
      expect(await count(world.db, "delivery", { state: "uncertain" })).toBe(0);
    });
  });
}

/** Compares the store with the mailbox and with what was delivered; returns how many messages were the same. */
async function compareBytes({ db, dovecot }: World, delivered: readonly Mail[]): Promise<number> {
  const mailbox = await mailboxOf(dovecot);
  const rows: { uid: number; raw_sha256: string; from_address: string }[] = await db("inbound").select();
  const raws = new Map(delivered.map(({ sender, raw }) => [sender, raw]));
  let same = 0;
  for (const { uid, raw_sha256, from_address } of rows) {
    const stored = await getRaw(db, raw_sha256);
    const held = mailbox.get(Number(uid))!;
    // LMTP puts Return-Path, Delivered-To and Received on top; the rest is what the customer's server handed over.
    const sent = raws.get(from_address)!;
    const asSent = stored.subarray(-sent.length).equals(sent);
    const found = { uid, asHeld: stored.equals(held.source), asSent, seen: held.seen };
    expect(found).toEqual({ uid, asHeld: true, asSent: true, seen: true });
    same++;
  }
  expect([...mailbox.values()].filter(({ seen }) => seen)).toHaveLength(same);
  return same;
}

const answerOf = async ({ sink }: World, customer: Mail): Promise<Mail> =>
  await replyTo(sink.to(customer.sender)[0]!.raw, { from: customer.from, text: ANSWER });

/** The agent who was told of a customer's ticket replies to that notification. Returns what must not reach the customer. */
async function agentSays(
  world: World,
  { subject }: Mail,
  text: string,
): Promise<{ recipient: string; secret: string }> {
  const told = await until(
    async () => {
      for (const agent of AGENTS)
        for (const one of world.sink.to(agent)) if ((await read(one)).subject?.endsWith(`] ${subject}`)) return one;
      return undefined;
    },
    { what: `the notification about "${subject}"` },
  );
  const recipient = told.to[0]!;
  const reply = await replyTo(told.raw, { from: recipient, text });
  const secret = /\+(a\d+-[a-z2-7]+)@/.exec(reply.to)?.[1];
  if (!secret) throw new Error(`the notification has no token to reply to: ${reply.to}`);
  await world.deliver(reply, proven);
  return { recipient, secret };
}

type Shown = {
  readonly ticket: { readonly status: string; readonly waitingFor: string | null };
  readonly events: readonly Readonly<
    Record<"name" | "new" | "actor_kind" | "actor" | "cause_kind" | "cause", string>
  >[];
};

/** What `postern ticket show` says about a customer's ticket. */
async function shown(world: World, customer: string): Promise<Shown> {
  const { code, stdout, stderr } = await world.cli("ticket", "show", await ticketOf(world.db, customer), "--json");
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Shown;
}

async function closed(world: World, { sender }: Mail): Promise<void> {
  const number = await ticketOf(world.db, sender);
  await until(async () => await world.db("ticket").where({ public_number: number, status: "closed" }).first("id"), {
    what: `${number} to close`,
  });
}

/** What happened to the ticket. What the agents were mailed runs beside it, in no certain order. */
const story = ({ events }: Shown): string[] =>
  events
    .filter(({ name }) => name !== "notice sent" && name !== "receipt sent")
    .map(({ name, new: to, actor_kind, cause_kind }) => {
      const what = name === "set-status" ? `${name} ${to}` : name;
      return `${what}: ${actor_kind}, because of ${cause_kind}`;
    });
