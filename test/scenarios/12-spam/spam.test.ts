/** Story: what a filter marked as spam is put aside without a word, is visible, and comes back when a human says so. */
import { expect, it } from "vitest";
import { SUPPORT } from "../world.ts";
import { timedStory } from "../timed.ts";

const DESK = `
name: Northwind Support
ticket_numbers: { prefix: NW, next: 1001 }
defaults: { department: support }
agents:
  ann: { name: Ann Lee, emails: [ann@nw.example], role: lead, in: [support] }
departments:
  support: { address: ${SUPPORT} }
rules:
  - name: The filter says so
    when: opened
    if: { any: [{ header: { X-Filter-Verdict: { is: junk } } }, { subject: { matches: 'cheap (?:watches|pills)' } }] }
    then: { spam: true, stop: true }
`;

timedStory("spam", { desk: DESK, to: SUPPORT }, (street) => {
  const SENDER = "winner@lottery.example";
  let inboundId = 0;

  it("puts it aside: nobody is told, nobody is answered, it stays visible", async () => {
    const number = await street().writes({ from: SENDER, subject: "You won", headers: [["X-Filter-Verdict", "junk"]] });
    const ticket = await street().ticket(number);
    expect([ticket.status, ticket.spam]).toEqual(["closed", true]);
    expect(street().sink.to(SENDER)).toEqual([]);
    expect(street().sink.to("ann@nw.example")).toEqual([]);
    const row = await street().db("inbound").where({ from_address: SENDER }).first();
    expect([row.state, row.reason]).toEqual(["quarantined", expect.stringContaining("The filter says so")]);
    inboundId = row.id;
    expect(await street().postern("ticket", "list", "open")).not.toContain(number);
    expect(await street().postern("ticket", "list", "spam")).toContain(number);
    expect(await street().postern("inbound", "list", "quarantined")).toContain(SENDER);
  });

  it("does not touch what only looks a little like it", async () => {
    const number = await street().writes({ from: "maria@home.example", subject: "My watches are not cheap" });
    expect((await street().ticket(number)).spam).toBe(false);
    expect(street().sink.to("maria@home.example")).toHaveLength(1);
  });

  it("brings it back when a human accepts it", async () => {
    await street().postern("inbound", "accept", String(inboundId));
    await street().receives();
    const row = await street().db("ticket").where({ spam: 0 }).whereIn("customer_name", ["", "winner"]).first();
    const ticket = await street().ticket(row.public_number);
    expect([ticket.status, ticket.spam, ticket.customer.address]).toEqual(["open", false, SENDER]);
    expect(street().sink.to("ann@nw.example").length).toBeGreaterThanOrEqual(2);
  });
});
