/** Story: a customer comes back with something new and reaches the agent who knows them, unless that agent is away. */
import { expect, it } from "vitest";
import { SUPPORT } from "../world.ts";
import { DAY, timedStory } from "../timed.ts";

const MONDAY = "2026-12-07T09:00:00Z";
const DESK = `
name: Northwind Support
ticket_numbers: { prefix: NW, next: 1001 }
defaults: { department: support }
agents:
  ann: { name: Ann Lee, emails: [ann@nw.example], role: lead, in: [support] }
  ben: { name: Ben Ortiz, emails: [ben@nw.example], in: [support], away: 2026-12-09..2026-12-31 }
  cleo: { name: Cleo Roy, emails: [cleo@nw.example], in: [support] }
departments:
  support: { address: ${SUPPORT}, assign: { by: sticky, otherwise: round-robin } }
`;

timedStory("sticky assignment", { desk: DESK, to: SUPPORT, startsAt: MONDAY }, (street) => {
  const opens = async (customer: string, subject: string) => {
    await street()
      .writes({ from: customer, subject })
      .catch((error: Error) => {
        if (!error.message.includes("tickets:")) throw error;
      });
    const row = await street().db("ticket").orderBy("id", "desc").first("public_number");
    return (await street().ticket(row.public_number)).assignee;
  };
  const CUSTOMERS = [
    "one@a.example",
    "two@b.example",
    "three@c.example",
    "four@d.example",
    "five@e.example",
    "six@f.example",
  ];
  const first = new Map<string, string | null>();

  it("deals new customers out in turn", async () => {
    for (const customer of CUSTOMERS) first.set(customer, await opens(customer, "First question"));
    const counts = ["ann", "ben", "cleo"].map((key) => [...first.values()].filter((agent) => agent === key).length);
    expect(counts).toEqual([2, 2, 2]);
  });

  it("gives everybody the agent they had", async () => {
    for (const customer of CUSTOMERS.toReversed())
      expect(await opens(customer, "Second question")).toBe(first.get(customer));
  });

  it("does not wait for one who is away", async () => {
    await street().advance(3 * DAY);
    for (const customer of CUSTOMERS) {
      const agent = await opens(customer, "Third question");
      const allowed = first.get(customer) === "ben" ? ["ann", "cleo"] : [first.get(customer)];
      expect(allowed).toContain(agent);
    }
  });
});
