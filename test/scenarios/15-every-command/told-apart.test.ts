/**
 * Story: the commands that need more than one mail, on Dovecot and SMTP: those that ask first, those that answer a question, and
 * those about no ticket. Each with its event, the mail that tells of it, and its undo.
 */
import { expect, it } from "vitest";
import { answered, newestTo, noticeOf, written } from "../agent-mails.ts";
import { read, ticketOf } from "../ledger.ts";
import { ANN, BEN, SUPPORT } from "../world.ts";
import { timedStory } from "../timed.ts";
import { mail } from "../../harness/mails.ts";

const TOM = "tom@nw.example";
const DESK = `
name: Northwind Support
ticket_numbers: { prefix: NW, next: 1001 }
time_zone: Europe/Berlin
defaults: { department: support, undo: 1s }
agents:
  ann: { name: Ann Lee, emails: [${ANN}], role: lead, in: [support], notify: { receipts: always } }
  ben: { name: Ben Ortiz, emails: [${BEN}], in: [support], notify: { receipts: always } }
  tom: { name: Tom Reed, emails: [${TOM}], role: trainee, reviewer: ann, in: [support] }
departments:
  support: { address: ${SUPPORT}, assign: none, tell: { new: members, customer_reply: members } }
`;

timedStory(
  "commands that ask, answer or are about no ticket",
  { desk: DESK, to: SUPPORT, startsAt: "2026-12-07T08:00:00Z" },
  (street) => {
    const opens = async (from: string, subject: string) =>
      await street().writes({ from, subject, text: `${subject}?` });
    const says = async (agent: string, number: string, text: string) =>
      await street().receivesProven(await answered(await noticeOf(street().sink, agent, number), agent, text));
    const asked = async (agent: string, words: RegExp) =>
      await newestTo(street().sink, agent, ({ subject, text }) => words.test(`${subject}\n${text}`));
    const replies = async (agent: string, words: RegExp, text: string) =>
      await street().receivesProven(await answered(await asked(agent, words), agent, text));
    const count = (address: string) => street().sink.to(address).length;

    it("#cc asks before somebody reads along, and #undo takes them out", { timeout: 60_000 }, async () => {
      const number = await opens("Maria <maria@a.example>", "A lamp");
      await says(BEN, number, "#cc Oliver <oliver@b.example>\nIt is on its way.");
      expect(count("oliver@b.example")).toBe(0);
      expect(count("maria@a.example")).toBe(1);
      await replies(BEN, /oliver@b\.example will read every answer/, "#confirm");
      expect(count("oliver@b.example")).toBe(1);
      expect(count("maria@a.example")).toBe(2);
      expect(await street().events(number)).toContainEqual(
        "takes part none -> oliver@b.example, because of command #cc",
      );
      await says(BEN, number, "#cc nina@a.example");
      expect((await street().ticket(number)).participants.map(({ address }) => address)).toEqual([
        "oliver@b.example",
        "nina@a.example",
      ]);
      await says(BEN, number, "#undo");
      expect((await street().ticket(number)).participants.map(({ address }) => address)).toEqual(["oliver@b.example"]);
    });

    it(
      "#to asks before somebody outside gets an answer, who takes no part afterwards",
      { timeout: 60_000 },
      async () => {
        const number = await opens("Hugo <hugo@c.example>", "A spare part");
        await says(BEN, number, "#to supplier@parts.example\nDo you have the part?");
        expect(count("supplier@parts.example")).toBe(0);
        await replies(BEN, /This answer goes to supplier@parts\.example alone/, "#confirm");
        expect(count("supplier@parts.example")).toBe(1);
        expect(count("hugo@c.example")).toBe(1);
        expect((await street().ticket(number)).participants).toEqual([]);
      },
    );

    it("#resend sends the same mail again after a refusal", { timeout: 60_000 }, async () => {
      const number = await opens("Rosa <rosa@d.example>", "A cable");
      street().sink.switches.atRecipient = (to) =>
        to === "rosa@d.example" ? { code: 550, message: "5.2.2 full" } : undefined;
      await says(BEN, number, "It is in the box.");
      street().sink.switches.atRecipient = undefined;
      expect(count("rosa@d.example")).toBe(1);
      await replies(BEN, /NOT DELIVERED/, "#resend");
      expect(count("rosa@d.example")).toBe(2);
      const again = await newestTo(street().sink, "rosa@d.example", () => true);
      expect(again.mail.text).toContain("It is in the box.");
      const rows = await street()
        .db("delivery")
        .where({ recipient: "rosa@d.example", kind: "reply" })
        .select("state", "message_id");
      expect(rows).toEqual([{ state: "accepted", message_id: again.mail.messageId?.replace(/[<>]/g, "") }]);
      expect(await street().events(number)).toContainEqual(
        "reply sent again rejected -> rosa@d.example, because of command #resend",
      );
    });

    it("#accept, #new and #block decide about strangers", { timeout: 60_000 }, async () => {
      const number = await opens("Lena <lena@e.example>", "A door");
      const strangers = ["one", "two", "three"].map((who) =>
        mail({
          from: `${who}@stranger-${who}.example`,
          to: SUPPORT,
          subject: `Re: [${number}] A door`,
          text: `I am ${who}.`,
        }),
      );
      await street().receives(...strangers);
      expect(await street().db("inbound").where({ state: "held" }).count({ n: "*" }).first()).toEqual({ n: 3 });
      await replies(BEN, /I am one\./, "#accept");
      await replies(BEN, /I am two\./, "#new");
      await says(BEN, number, "#note They all want to get in.");
      await replies(ANN, /I am three\./, "#block");
      expect((await street().ticket(number)).participants.map(({ address }) => address)).toEqual([
        "one@stranger-one.example",
      ]);
      expect(await ticketOf(street().db, "two@stranger-two.example")).toMatch(/^NW-/);
      const blocked = await street()
        .db("inbound")
        .where({ from_address: "three@stranger-three.example" })
        .first("state");
      expect(blocked.state).toBe("quarantined");
      const events = await street().events(number);
      expect(events).toContainEqual(expect.stringContaining("sender blocked none -> three@stranger-three.example"));
    });

    it("#send lets a trainee's answer go, once its reviewer says so", { timeout: 60_000 }, async () => {
      const number = await opens("Paul <paul@f.example>", "A chair");
      await says(TOM, number, "#priority high\nPlease sit down.");
      expect(count("paul@f.example")).toBe(1);
      expect((await street().ticket(number)).priority).toBe("normal");
      await replies(ANN, /Please sit down\./, "#send");
      expect(count("paul@f.example")).toBe(2);
      const { mail: answer } = await newestTo(street().sink, "paul@f.example", () => true);
      expect(answer.text).toContain("Please sit down.");
      expect((await street().ticket(number)).priority).toBe("high");
      await says(TOM, number, "Are you still sitting?");
      await replies(ANN, /still sitting/, "Is the chair all right now?");
      const { mail: edited } = await newestTo(street().sink, "paul@f.example", () => true);
      expect(edited.text).toContain("Is the chair all right now?");
      expect(edited.text).not.toContain("still sitting");
    });

    it("#open opens a ticket for a caller, and #undo puts it aside", { timeout: 60_000 }, async () => {
      await street().receivesProven(written(BEN, "A window", "#open Vera <vera@g.example>\n#take\nIt does not shut."));
      const number = await ticketOf(street().db, "vera@g.example");
      expect(await street().ticket(number)).toMatchObject({ subject: "A window", assignee: "ben", status: "open" });
      expect((await street().events(number))[0]).toMatch(/^opened none -> NW-/);
      await replies(BEN, new RegExp(`${number} is open for Vera`), "#undo");
      expect(await street().ticket(number)).toMatchObject({ status: "closed", spam: true });
    });

    it("#away and #back say when an agent is there", { timeout: 60_000 }, async () => {
      await street().receivesProven(written(BEN, "Holiday", "#away 2026-12-20..2027-01-03"));
      expect(await street().postern("desk", "export")).toContain("2026-12-20..2027-01-03");
      await asked(BEN, /#away/);
      await street().receivesProven(written(BEN, "#back", ""));
      expect(await street().postern("desk", "export")).not.toContain("2026-12-20");
    });

    it("has mailed nobody twice", async () => {
      for (const address of ["maria@a.example", "hugo@c.example", "paul@f.example"]) {
        const ids = await Promise.all(
          street()
            .sink.to(address)
            .map(async (one) => (await read(one)).messageId),
        );
        expect(new Set(ids).size).toBe(ids.length);
      }
    });
  },
);
