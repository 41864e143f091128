/**
 * Story: every command that stands in an answer about a ticket, each with a customer, a ticket and a mail client of its own, on
 * Dovecot and SMTP: its event, the mail that tells the agent, and the ticket as it was after #undo.
 */
import type { ParsedMail } from "mailparser";
import { expect, it } from "vitest";
import { COMMAND_NAMES } from "../../../src/desk/commands/command-table.ts";
import { linksOf } from "../../../src/db/ticket-link.ts";
import type { Mail } from "../../harness/mails.ts";
import { distinctMails, mail } from "../../harness/mails.ts";
import { until } from "../../harness/wait.ts";
import { answered, newestTo, noticeOf } from "../agent-mails.ts";
import { read, ticketOf } from "../ledger.ts";
import { ANN, BEN, SUPPORT } from "../world.ts";
import { timedStory } from "../timed.ts";
import { type Case, CASES, TOLD_APART } from "./cases.ts";

const DESK = `
name: Northwind Support
ticket_numbers: { prefix: NW, next: 1001 }
time_zone: Europe/Berlin
defaults: { department: support, sla: standard, undo: 5m }
sla:
  standard: { respond: 4h, resolve: 3d, during: always }
  gold: { respond: 1h, resolve: 8h, during: always }
agents:
  ann: { name: Ann Lee, emails: [${ANN}], role: lead, in: [support, billing] }
  ben: { name: Ben Ortiz, emails: [${BEN}], role: lead, in: [support, billing], notify: { receipts: always } }
departments:
  support: { address: ${SUPPORT}, assign: none, tell: { new: members, customer_reply: members } }
  billing: { address: billing@nw.example, assign: none }
topics:
  invoice: { title: Invoices }
canned:
  reset: "Choose a new password, {{ customer.first_name }}."
`;

it("leaves no command out", () => {
  const told = new Set([...CASES.map(({ command }) => command), ...TOLD_APART]);
  expect(COMMAND_NAMES.filter((name) => !told.has(name))).toEqual([]);
});

timedStory(
  "every command in an answer about a ticket",
  { desk: DESK, to: SUPPORT, startsAt: "2026-12-07T08:00:00Z" },
  (street) => {
    /** Each case has two tickets of one customer's firm: its own, and the one that `OTHER` names. */
    const customers = distinctMails(CASES.length, SUPPORT, "command");
    const others = customers.map(({ sender }) =>
      mail({ from: sender.replace("customer@", "colleague@"), to: SUPPORT, subject: "Something else" }),
    );
    const number = new Map<string, string>();
    const numberOf = (one: Mail) => number.get(one.sender)!;
    const before = new Map<Case, unknown>();
    const mails = new Map<Case, number>();
    let arrived = 0;

    /** Until nothing is to be done before the next #undo runs out. */
    async function arrives(sent: readonly Mail[], byAgent: boolean): Promise<void> {
      await street().deliver(sent, byAgent ? { authResults: "mx.nw.example; dmarc=pass header.from=nw.example" } : {});
      arrived += sent.length;
      await until(
        async () => {
          const db = street().db;
          const stored = Number((await db("inbound").whereNot({ state: "stored" }).count({ n: "*" }).first())!["n"]);
          const routes = Number((await db("route").where({ state: "pending" }).count({ n: "*" }).first())!["n"]);
          const due = db("delivery").whereIn("state", ["pending", "sending"]).where("not_before", "<=", street().now());
          const left = Number((await due.count({ n: "*" }).first())!["n"]);
          if (stored < arrived || routes + left > 0) throw new Error(JSON.stringify({ arrived, stored, routes, left }));
          return true;
        },
        { what: "the mails to be carried out", timeoutMs: 60_000, everyMs: 100 },
      );
    }

    /** All that makes the ticket what it is. */
    async function stateOf(index: number): Promise<unknown> {
      const { seq, slaPausedAt, statusSince, lastAgentAt, closedAt, ...ticket } = await street().ticket(
        numberOf(customers[index]!),
      );
      const entries = street().db("entry").where({ ticket_id: ticket.id }).whereIn("kind", ["message"]);
      const links = (await linksOf(street().db, ticket.id)).map(({ publicNumber }) => publicNumber);
      // When something happened is told by the events; what a ticket is, is not moved by undoing.
      expect(closedAt === null).toBe(ticket.status !== "closed");
      expect([seq, slaPausedAt, statusSince, lastAgentAt]).toHaveLength(4);
      return { ...ticket, links, messages: await entries.orderBy("seq").pluck("message_id") };
    }

    /** One mail of Ben's for each of these cases, each in answer to the notification of its ticket. */
    async function says(texts: readonly (string | undefined)[]): Promise<void> {
      const answers = texts.map(async (text, index) => {
        if (text === undefined) return undefined;
        const notice = await noticeOf(street().sink, BEN, numberOf(customers[index]!));
        return await answered(notice, BEN, text.replace("OTHER", numberOf(others[index]!)));
      });
      await arrives(
        (await Promise.all(answers)).filter((one) => one !== undefined),
        true,
      );
    }

    /** Also the ticket that a merge leads to, or that a split has made. */
    async function aboutTicketsOf(index: number): Promise<(one: ParsedMail) => boolean> {
      const people = [customers[index]!, others[index]!].map(({ sender }) => sender);
      const numbers: string[] = await street()
        .db("ticket")
        .join("address", "address.id", "ticket.customer_address_id")
        .whereIn("address.address", people)
        .pluck("ticket.public_number");
      return ({ subject }) => numbers.some((number) => subject?.includes(`[${number}]`));
    }

    const forEach = async (look: (one: Case, index: number) => Promise<void>): Promise<void> => {
      for (const [index, one] of CASES.entries()) await look(one, index);
    };
    const name = ({ command, as }: Case) => (as ? `#${command} ${as}` : `#${command}`);

    it("begins with a ticket for each, and a customer's answer in it", { timeout: 120_000 }, async () => {
      await arrives([...customers, ...others], false);
      for (const one of [...customers, ...others]) number.set(one.sender, await ticketOf(street().db, one.sender));
      const more = customers.map(async ({ sender }) => {
        const ack = await newestTo(street().sink, sender, () => true);
        return await answered(ack, sender, `More to ${sender}: it squeaks.`);
      });
      await arrives(await Promise.all(more), false);
      await says(CASES.map(({ first }) => first));
      await forEach(async (one, index) => {
        before.set(one, await stateOf(index));
        mails.set(one, street().sink.to(customers[index]!.sender).length);
      });
      expect([before.size, mails.size]).toEqual([CASES.length, CASES.length]);
    });

    it("carries each out, leaves its event, and tells the agent", { timeout: 120_000 }, async () => {
      const events = await Promise.all(customers.map(async (one) => (await street().events(numberOf(one))).length));
      const inbox = street().sink.to(BEN).length;
      await says(CASES.map(({ text }) => text));
      const told = await Promise.all(
        street()
          .sink.to(BEN)
          .slice(inbox)
          .map(async (one) => await read(one)),
      );
      await forEach(async (one, index) => {
        const ticket = numberOf(customers[index]!);
        const fresh = (await street().events(ticket)).slice(events[index]);
        const left = one.event === undefined || fresh.some((event) => one.event!.test(event));
        expect([name(one), left ? "as expected" : fresh]).toEqual([name(one), "as expected"]);
        const answers = one.list ? told : told.filter(await aboutTicketsOf(index));
        expect([name(one), answers.map(({ text }) => text).join("\n")]).toEqual([
          name(one),
          expect.stringMatching(one.told),
        ]);
        const got = street().sink.to(customers[index]!.sender).length - mails.get(one)!;
        expect([name(one), got]).toEqual([name(one), one.customer ?? 0]);
      });
    });

    it("takes each back", { timeout: 120_000 }, async () => {
      const inbox = street().sink.to(BEN).length;
      await says(CASES.map(() => "#undo"));
      const told = await Promise.all(
        street()
          .sink.to(BEN)
          .slice(inbox)
          .map(async (one) => await read(one)),
      );
      await forEach(async (one, index) => {
        const answers = told.filter(await aboutTicketsOf(index)).map(({ text }) => text);
        const wanted = one.undo === "back" ? /taken back/ : one.undo;
        expect([name(one), answers.join("\n")]).toEqual([name(one), expect.stringMatching(wanted)]);
      });
      const back = [...CASES.entries()].filter(([, { undo }]) => undo === "back");
      expect(back.length).toBeGreaterThan(20);
      for (const [index, one] of back) {
        expect([name(one), await stateOf(index)]).toEqual([name(one), before.get(one)]);
        expect([name(one), street().sink.to(customers[index]!.sender).length]).toEqual([name(one), mails.get(one)!]);
      }
    });
  },
);
