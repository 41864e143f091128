/** Story: a supplier's machine writes all day; its mails become tickets, but nobody acknowledges them. */
import { expect, it } from "vitest";
import { SUPPORT } from "../world.ts";
import { timedStory } from "../timed.ts";

const RULE = "The supplier's machine";
const DESK = `
name: Northwind Support
ticket_numbers: { prefix: NW, next: 1001 }
defaults: { department: support }
agents:
  ann: { name: Ann Lee, emails: [ann@nw.example], role: lead, in: [support] }
departments:
  support: { address: ${SUPPORT} }
lists:
  machines: [orders@supplier.example, "@robots.example"]
rules:
  - { name: "${RULE}", when: opened, if: { from: { in_list: machines } }, then: { acknowledge: false, tag: machine } }
`;

timedStory("no acknowledgement", { desk: DESK, to: SUPPORT }, (street) => {
  const silent = ["orders@supplier.example", "r2@robots.example"];

  it("opens the ticket, tells the agent and stays silent towards the machine", async () => {
    for (const from of silent) {
      const number = await street().writes({ from, subject: `Order of ${from}` });
      expect((await street().ticket(number)).tags).toEqual(["machine"]);
      const events = await street().events(number);
      expect(events.filter((event) => event.startsWith("acknowledged"))).toEqual([]);
      expect(events.some((event) => event.startsWith("not acknowledged"))).toBe(true);
      expect(street().sink.to(from)).toEqual([]);
    }
    expect(street().sink.to("ann@nw.example")).toHaveLength(2);
  });

  it("says which rule it was", async () => {
    const row = await street().db("event").where({ name: "not acknowledged" }).first("cause_kind", "cause", "detail");
    expect(JSON.stringify(row)).toContain(RULE);
  });

  it("acknowledges everybody else", async () => {
    await street().writes({ from: "maria@home.example", subject: "Hello" });
    expect(street().sink.to("maria@home.example")).toHaveLength(1);
  });
});
