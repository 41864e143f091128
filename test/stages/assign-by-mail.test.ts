/** Assigning as agents and customers see it: desk file in, mail in, mail and history out. */
import { expect, it } from "vitest";
import { testDesk } from "../db/desks.ts";
import { onBothStores } from "../db/stores.ts";
import { clockAbsence } from "../../src/stages/clock-absence.ts";
import { agentAnswers, customerAnswers, DAY, openStreet, type Street } from "./street.ts";

/** The street begins on Monday, 23 November 2026. */
const desk = (change: (text: string) => string) =>
  testDesk((text) => change(text.replace("assign: round-robin }", "assign: ann }")));
const benAway = (text: string) =>
  text.replace("in: [support] }\n  dev", "in: [support], away: 2026-11-24..2026-11-26, deputy: ann }\n  dev");

async function answered(street: Street, ticketId: number, text: string) {
  const { assignee } = await street.ticket(ticketId);
  await street.receive(await agentAnswers(street.lastTo(`${assignee}@nw.example`), text));
  const event = (await street.events(ticketId)).findLast(({ name }) => name === "assign");
  return { assignee: (await street.ticket(ticketId)).assignee, cause: event?.cause };
}

onBothStores("assigning by mail", (store) => {
  it("#assign least-weighted gives the ticket to who has the least to do, and tells them", async () => {
    const street = await openStreet(store, { desk: desk((text) => text) });
    await store.db()("ticket").update({ status: "closed" });
    const { id } = await street.open({ from: "m@weighed.example", subject: "One" });
    await street.open({ from: "m2@weighed.example", subject: "Two" });
    await street.open({ from: "m@weighed.example", subject: "Three" });
    await street.receive(await agentAnswers(street.lastTo("ann@nw.example"), "#assign ben"));
    const notice = street.outbox.find(
      ({ to, message }) => to === "ann@nw.example" && message.subject?.includes("One"),
    )!;
    await street.receive(await agentAnswers(notice, "#assign least weighted"));
    // Ann has "Two", Ben has "Three": the same weight, and it is neither's turn; the key decides.
    expect((await street.ticket(id)).assignee).toBe("ann");
    await street.open({ from: "m4@weighed.example", subject: "Four" });
    await street.receive(await agentAnswers(notice, "#assign least-weighted\n#priority low"));
    expect((await street.ticket(id)).assignee).toBe("ben");
    expect((await street.events(id)).findLast(({ name }) => name === "assign")).toMatchObject({
      actor: "ann",
      cause_kind: "command",
      cause: "#assign: Ben Ortiz has the least to do (weight 1)",
    });
    expect(street.lastTo("ben@nw.example").message.text).toContain("Ann Lee assigned this to you.");
  });

  it("#dept gives the ticket to who stands in for the department's agent", async () => {
    const street = await openStreet(store, {
      desk: desk((text) =>
        text
          .replace(
            "emails: [dev@nw.example], in: [it]",
            "emails: [dev@nw.example], in: [it], away: 2026-11-23, deputy: ben",
          )
          .replace("emails: [ben@nw.example], in: [support]", "emails: [ben@nw.example], in: [support, it]"),
      ),
    });
    const { id } = await street.open({ from: "m@moved.example", subject: "Move me" });
    expect(await answered(street, id, "#dept it")).toEqual({
      assignee: "ben",
      cause: "#dept: Dev Patel is away today; Ben Ortiz is the deputy",
    });
  });

  it("#assign sticky goes to who had the customer's last ticket", async () => {
    const street = await openStreet(store, { desk: desk((text) => text) });
    const first = await street.open({ from: "m@sticky.example", subject: "First" });
    await answered(street, first.id, "#assign ben");
    const { id } = await street.open({ from: "m@sticky.example", subject: "Second" });
    expect(await answered(street, id, "#assign sticky")).toEqual({
      assignee: "ben",
      cause: `#assign: Ben Ortiz had the customer's last ticket (${first.publicNumber})`,
    });
  });

  it("hands over what a customer writes to an agent who is away", async () => {
    const street = await openStreet(store, { desk: desk(benAway) });
    await store.db()("ticket").update({ status: "closed" });
    const { id } = await street.open({ from: "m@absent.example", subject: "For Ben" });
    await answered(street, id, "#assign ben");
    await street.receive(await agentAnswers(street.lastTo("ben@nw.example"), "#pending\n\nIs it on?"));
    await street.pass(DAY);
    expect(await clockAbsence(street.stage)).toBe(0);
    await street.receive(await customerAnswers(street.lastTo("m@absent.example"), "Yes, it is on, and now?"));
    expect(await clockAbsence(street.stage)).toBe(1);
    await street.ring();
    expect((await street.ticket(id)).assignee).toBe("ann");
    const told = street.lastTo("ann@nw.example").message.text;
    expect(told).toContain("Ben Ortiz is away until 26 November: this is yours now.");
    expect(told).toContain("Yes, it is on, and now?");
  });
});
