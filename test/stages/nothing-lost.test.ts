import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mailboxByName } from "../../src/db/mailbox.ts";
import { insertWebhookCall } from "../../src/db/webhook.ts";
import { countMailboxes, ENDS, sumLine, totalOf, verdictOf } from "../../src/desk/notices/day-count.ts";
import { dayBounds } from "../../src/desk/notices/wall-clock.ts";
import { clockOverview } from "../../src/stages/clock-overview.ts";
import { countDay } from "../../src/stages/day-count.ts";
import { testDesk } from "../db/desks.ts";
import { onBothStores } from "../db/stores.ts";
import { customerAnswers, openStreet, SECOND, type Sent, type Street } from "./street.ts";
import { mail } from "../harness/mails.ts";

const HOUR = 3600 * SECOND;
const ZONE = "Europe/Berlin";
const berlin = (text: string): number => Date.parse(`${text}+01:00`);
/** Root is the admin; Ann leads, and gets no count. */
const desk = testDesk((text) =>
  text
    .replace("undo: 2s", 'undo: 2s, overview: "08:00"')
    .replace("agents:\n", "agents:\n  root: { name: Root Roe, emails: root@nw.example, role: admin }\n"),
);
const counts = (street: Street): Sent[] =>
  street.sentTo("root@nw.example").filter(({ message }) => / messages? on \d/.test(message.subject));
const morning = async (street: Street, time: string): Promise<Sent | undefined> => {
  const before = counts(street).length;
  street.clock.now = berlin(time);
  await clockOverview(street.stage);
  await street.ring();
  expect(counts(street).length - before).toBeLessThanOrEqual(1);
  return counts(street)[before];
};
const STATES = ["stored", "recorded", "held", "quarantined", "duplicate"] as const;
const VERDICTS = [null, "open-ticket", "follow-up", "record-report", "duplicate", "hold", "quarantine", "agent-reply"];

describe("the sum", () => {
  const group = fc.record({
    mailbox: fc.constantFrom("a", "b"),
    state: fc.constantFrom(...STATES),
    verdict: fc.constantFrom(...VERDICTS),
    n: fc.nat(1000),
  });

  it("is what was seen, for every mailbox and for all, and what it lacks is missing", () => {
    fc.assert(
      fc.property(fc.array(group), fc.nat(3), (groups, lost) => {
        const of = (mailbox: string) => groups.reduce((sum, one) => sum + (one.mailbox === mailbox ? one.n : 0), 0);
        const seen = ["b", "a"].map((mailbox) => ({ mailbox, n: of(mailbox) + lost }));
        const made = countMailboxes(seen, groups);
        expect(made.map(({ mailbox }) => mailbox)).toEqual(["a", "b"]);
        for (const one of [...made, totalOf(made)]) {
          const sum = ENDS.reduce((all, end) => all + one.tally[end], 0);
          expect(one.seen).toBe(sum + one.missing);
          const [left, ...right] = sumLine(one).split(". ")[0]!.match(/\d+/g)!.map(Number);
          expect(left).toBe(right.reduce((all, n) => all + n, 0) + one.missing);
        }
        expect(totalOf(made).missing).toBe(2 * lost);
        expect(verdictOf({ date: "2026-11-26", mailboxes: made, gaps: [] }).startsWith("Nothing lost")).toBe(
          lost === 0,
        );
      }),
    );
  });

  it("names a message that is in no known state", () => {
    const made = countMailboxes([{ mailbox: "a", n: 2 }], [{ mailbox: "a", state: "odd", verdict: null, n: 2 }]);
    expect(sumLine(made[0]!)).toBe("2 = 0. 2 missing.");
    expect(verdictOf({ date: "2026-11-26", mailboxes: made, gaps: [] })).toBe("2 messages are missing");
  });
});

onBothStores("the daily count", (store) => {
  it("is what the store holds, on days of 23, 24 and 25 hours", async () => {
    const db = store.db();
    const box = await mailboxByName(db, "random", 0);
    let uid = 0;
    for (const date of ["2026-03-29", "2026-10-25", "2026-06-01"]) {
      const { from, to } = dayBounds(date, ZONE);
      expect((to - from) / HOUR).toBe({ "2026-03-29": 23, "2026-10-25": 25 }[date] ?? 24);
      const rows = fc.sample(
        fc.record({
          state: fc.constantFrom(...STATES),
          verdict: fc.constantFrom(...VERDICTS),
          at: fc.integer({ min: from - HOUR, max: to + HOUR }),
        }),
        60,
      );
      const edges = [from - 1, from, to - 1, to].map((at) => ({ state: "recorded", verdict: null, at }) as const);
      for (const { state, verdict, at } of [...rows, ...edges])
        await db("inbound").insert({
          mailbox_id: box.id,
          uid_validity: 1,
          uid: ++uid,
          received_at: at,
          stored_at: at,
          state,
          verdict,
          size: 1,
        });
      const inside = [...rows, ...edges].filter(({ at }) => at >= from && at < to);
      const made = await countDay(db, date, ZONE, to + HOUR);
      const [random] = made.mailboxes.filter(({ mailbox }) => mailbox === "random");
      expect(random).toMatchObject({ seen: inside.length, missing: 0 });
      expect(random!.tally.reports).toBe(
        inside.filter(({ state, verdict }) => state === "recorded" && verdict === "record-report").length,
      );
      for (const state of ["held", "quarantined", "stored"] as const)
        expect(random!.tally[state]).toBe(inside.filter((one) => one.state === state).length);
    }
    await db("inbound").delete();
    await db("mailbox").delete();
  });

  it("goes to admins each morning, says that nothing is lost, and names every gap", async () => {
    const street = await openStreet(store, { desk, at: berlin("2026-11-25T10:00") });
    const ticket = await street.open({ from: "Maria Santos <maria@home.example>", subject: "Printer" });
    const { raw } = mail({ from: "joe@home.example", to: "support@nw.example", date: new Date(street.clock.now) });
    await street.receive(raw);
    await street.receive(raw);
    await street.receive(await customerAnswers(street.lastTo("maria@home.example"), "Still broken."));

    expect(await morning(street, "2026-11-26T07:59")).toBeUndefined();
    const quiet = await morning(street, "2026-11-26T08:00");
    expect(quiet!.message.subject).toBe("Nothing lost: 4 messages on 25 November");
    expect(quiet!.message.text).toContain(`${street.mailbox}: 4 = 3 recorded + 1 duplicate. 0 missing.`);
    expect(quiet!.message.text).not.toContain("What waits or failed");
    expect(street.sentTo("ann@nw.example").some(({ message }) => / messages? on \d/.test(message.subject))).toBe(false);
    expect(await morning(street, "2026-11-26T09:00")).toBeUndefined();

    // Held, not read, too large, quarantined; a reply that failed, one that does not leave, a webhook.
    const stranger = mail({
      from: "eve@other.example",
      to: "support@nw.example",
      subject: `Re: [${ticket.publicNumber}]`,
      date: new Date(street.clock.now),
    });
    const held = await street.receive(stranger);
    expect(held.state).toBe("held");
    const whole = mail({ from: "x@y.example", to: "support@nw.example" }).raw.toString();
    const nobody = await street.receive(Buffer.from(whole.replace(/^From:.*\r\n/m, "")));
    expect(nobody.state).toBe("quarantined");
    const unread = await street.arrive(mail({ from: "late@home.example", to: "support@nw.example" }).raw);
    const boxId = await street.mailboxId();
    await street.db("inbound").insert({
      mailbox_id: boxId,
      uid_validity: 1,
      uid: 9_999,
      received_at: street.clock.now,
      stored_at: street.clock.now,
      state: "quarantined",
      verdict: "quarantine",
      reason: "60 MB is more than max_size",
      size: 60_000_000,
      finished: 1,
    });
    const [sent] = await street.deliveries({ recipient: "maria@home.example", kind: "ack" });
    await street
      .db("delivery")
      .where({ id: sent!.id })
      .update({ state: "uncertain", done_at: street.clock.now, response: "connection lost" });
    const [told] = await street.deliveries({ kind: "notice", ticket_id: ticket.id });
    await street
      .db("delivery")
      .where({ id: told!.id })
      .update({ state: "pending", attempts: 3, not_before: berlin("2026-11-28T00:00"), response: "450 later" });
    const call = await insertWebhookCall(
      street.db,
      { ticketId: ticket.id, cause: "t", url: "https://x.example", body: "" },
      street.clock.now,
    );
    await street
      .db("webhook_call")
      .where({ id: call })
      .update({ state: "failed", done_at: street.clock.now, response: "500" });
    await street.db("mailbox").where({ id: boxId }).update({ state: "backing-off", state_detail: "login refused" });

    const loud = await morning(street, "2026-11-27T08:00");
    expect(loud!.message.subject).toBe(
      "4 messages wait, 2 mails did not leave, 2 other things failed: 4 messages on 26 November",
    );
    const { text } = loud!.message;
    expect(text).toContain("4 = 1 held + 2 quarantined + 1 stored and not yet read. 0 missing.");
    expect(text).toContain(
      `held for 23 h: message ${held.id} from eve@other.example, "Re: [${ticket.publicNumber}]" (`,
    );
    expect(text).toContain(`not read yet, not tried: message ${unread} from somebody`);
    expect(text).toContain("left on the server: message");
    expect(text).toContain("(60 MB is more than max_size)");
    expect(text).toMatch(new RegExp(`quarantined: message ${nobody.id} from somebody.*no usable From address`));
    expect(text).toContain(`uncertain: delivery ${sent!.id}, ack to maria@home.example`);
    expect(text).toContain(`not sent for `);
    expect(text).toContain(`webhook failed: call ${call} of https://x.example (500)`);
    expect(text).toContain(`mailbox ${street.mailbox} cannot be read (login refused)`);
  });

  it("tells only of the last whole day when the clock was down, and of what still waits from before", async () => {
    const street = await openStreet(store, { desk, at: berlin("2026-12-01T10:00") });
    const late = await morning(street, "2026-12-04T17:00");
    expect(late!.message.subject).toMatch(/^2 messages wait.*: 0 messages on 3 December$/);
    expect(late!.message.text).toContain("held for 8 days: message");
    expect(late!.message.text).not.toContain("left on the server");
    expect(await morning(street, "2026-12-04T23:59")).toBeUndefined();
    expect((await morning(street, "2026-12-05T08:00"))!.message.subject).toContain("on 4 December");
  });
});
