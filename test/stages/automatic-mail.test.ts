import { expect, it } from "vitest";
import { route } from "../../src/stages/route.ts";
import { testDesk } from "../db/desks.ts";
import { onBothStores } from "../db/stores.ts";
import { mail } from "../harness/mails.ts";
import { customerAnswers, openStreet, SECOND } from "./street.ts";

onBothStores("automatic mail", (store) => {
  const expectSilence = async (street: Awaited<ReturnType<typeof openStreet>>, ticket: number, because: string) => {
    const event = (await street.events(ticket)).find(({ name }) => name === "not acknowledged");
    expect(event?.detail).toContain(because);
  };

  it("is not sent to machines, lists, no-reply senders, Bcc and doubtful senders, and the event says why", async () => {
    const street = await openStreet(store);
    const cases: [string, Partial<Parameters<typeof mail>[0]>, string][] = [
      ["robot@a.quiet.example", { headers: [["Auto-Submitted", "auto-generated"]] }, "auto-submitted"],
      ["list@b.quiet.example", { headers: [["List-Id", "<news.example>"]] }, "list-id"],
      ["no-reply@c.quiet.example", {}, "nobody reads"],
      ["bulk@d.quiet.example", { headers: [["Precedence", "bulk"]] }, "precedence"],
      ["null@e.quiet.example", { headers: [["Return-Path", "<>"]] }, "null return path"],
      ["bcc@f.quiet.example", { to: "undisclosed@elsewhere.example" }, "in To or Cc"],
      ["oof@g.quiet.example", { subject: "Out of office" }, "automatic answer"],
    ];
    for (const [from, parts, because] of cases) {
      const row = await street.receive(mail({ from, to: "support@nw.example", text: from, ...parts }));
      expect({ from, verdict: row.verdict }).toEqual({ from, verdict: "open-ticket" });
      expect(street.sentTo(from)).toEqual([]);
      await expectSilence(street, row.ticket_id!, because);
    }
  });

  it("is not sent for old mail of a rebuilt mailbox, and agents hear of the customer's next words again", async () => {
    const street = await openStreet(store);
    const from = "m@rebuilt.example";
    const row = await street.receive(mail({ from, to: "support@nw.example", messageId: "old@rebuilt.example" }), {
      quiet: true,
    });
    expect(street.outbox).toEqual([]);
    await expectSilence(street, row.ticket_id!, "rebuilt mailbox");
    await street.receive(mail({ from, to: "support@nw.example", inReplyTo: "old@rebuilt.example", text: "Any news?" }));
    expect(street.outbox).toHaveLength(1);
    expect(street.outbox[0]!.to).toMatch(/@nw\.example$/);
  });

  it("stops at the sender's budget, and starts again when the hour is over", async () => {
    const street = await openStreet(store);
    const from = "m@often.example";
    const tickets = [];
    for (let n = 0; n < 7; n++) tickets.push(await street.open({ from, subject: `Question ${n}`, text: `n ${n}` }));
    expect(street.sentTo(from)).toHaveLength(5);
    await expectSilence(street, tickets[5]!.id, "the budget is 5");
    await street.pass(3600 * SECOND + 1);
    await street.open({ from, subject: "Later", text: "later" });
    expect(street.sentTo(from)).toHaveLength(6);
  });

  it("keeps the sender's budget when many of their mails are routed at the same moment", async () => {
    // Nobody is assigned here, so that no other lock makes them queue.
    const street = await openStreet(store, { desk: testDesk((text) => text.replace(", assign: round-robin", "")) });
    const from = "m@storm.example";
    for (let n = 0; n < 12; n++)
      await street.arrive(mail({ from, to: "support@nw.example", subject: `Storm ${n}`, text: `storm ${n}` }).raw);
    await street.record();
    const routes = street.bells.splice(0);
    await Promise.all(routes.map(({ id }) => route(street.stage, id)));
    await street.pass(60 * SECOND);
    expect(street.sentTo(from)).toHaveLength(5);
  });

  it("stops at the domain's budget", async () => {
    const street = await openStreet(store, {
      desk: testDesk((text) => `${text}\nbudgets: { domain_per_hour: 3 }\n`),
    });
    for (let n = 0; n < 5; n++) await street.open({ from: `m${n}@crowd.example`, text: `n ${n}` });
    expect(street.outbox.filter(({ to }) => to.endsWith("@crowd.example"))).toHaveLength(3);
  });

  it("folds a storm with one subject into one ticket, never that of a form", async () => {
    const street = await openStreet(store, {
      desk: testDesk((text) => `${text}\nbudgets: { fold_after: 3 }\nform_senders: [form@www.example]\n`),
    });
    const from = "alarm@machine.example";
    for (let n = 0; n < 6; n++)
      await street.receive(mail({ from, to: "support@nw.example", subject: "Disk full", text: `${n}` }));
    const tickets = await street.db("ticket").where({ base_subject: "disk full" }).orderBy("id");
    expect(tickets).toHaveLength(3);
    expect(await street.entries(tickets[0].id)).toHaveLength(4);
    for (let n = 0; n < 5; n++)
      await street.receive(
        mail({
          from: "form@www.example",
          to: "support@nw.example",
          subject: "Contact form",
          text: `${n}`,
          headers: [["Reply-To", "Maria <m@formed.example>"]],
        }),
      );
    const forms = await street.db("ticket").where({ base_subject: "contact form" }).orderBy("id");
    expect(forms).toHaveLength(5);
    expect((await street.ticket(forms[0].id)).customer.address).toBe("m@formed.example");
  });

  it("is never sent in answer to our own", async () => {
    const street = await openStreet(store);
    const ticket = await street.open({ from: "m@loop.example" });
    const ack = street.lastTo("m@loop.example");
    for (let n = 0; n < 3; n++) await street.receive(Buffer.concat([Buffer.from(`X-Hop: ${n}\r\n`), ack.bytes]));
    await street.receive(await customerAnswers(ack, "Away until Monday.", "m@loop.example"));
    expect(street.sentTo("m@loop.example")).toHaveLength(1);
    expect(
      await street.db("ticket").where({ customer_name: ticket.customer.name }).count({ n: "*" }).first(),
    ).toBeTruthy();
  });
});
